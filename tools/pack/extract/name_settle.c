/* SPDX-License-Identifier: MIT */
/* From votes to types: equal names share their evidence over the document, surnames follow full
   names, items of lists their neighbours; capitals that mean nothing are dropped. */
#include "pack/extract/name.h"
#include "pack/extract/name_ending.h"

#define SURE_THING 15 /* more than plain words add up to */

static int word_in(const struct stm_annotation *ann, enum stm_lexicon_list list, uint32_t i)
{
    return i < ann->token_count && stm_lexicon_has(list, ann->tokens[i].lower);
}

static enum stm_entity_type best_of(const int32_t *score)
{
    static const uint8_t order[] = {STM_ENTITY_PERSON, STM_ENTITY_ORGANIZATION, STM_ENTITY_PLACE,
                                    STM_ENTITY_THING};
    enum stm_entity_type best = STM_ENTITY_NONE;
    int32_t most = 0;
    for (size_t i = 0; i < sizeof order; i++) {
        if (score[order[i]] > most) {
            most = score[order[i]];
            best = (enum stm_entity_type)order[i];
        }
    }
    return best;
}

/* "Meridian" of "Meridian Health Systems": a word that may stand for the whole. */
static void mark_short_form(struct stm_name_finder *finder, uint32_t token)
{
    const struct stm_annotation *ann = finder->ann;
    stemma_text lower = ann->tokens[token].lower;
    if (stm_name_is_plain_word(ann, token) || word_in(ann, STM_LEXICON_ORG_HEAD, token) ||
        word_in(ann, STM_LEXICON_ORG_SUFFIX, token) || word_in(ann, STM_LEXICON_GIVEN, token) ||
        stm_lexicon_place(lower) != NULL || stm_lexicon_demonym(lower) != NULL) {
        return;
    }
    /* "Halvia" of "the Halvia Courier" is the country when the text says so elsewhere. */
    const struct stm_name_word *alone = stm_name_words_find(&finder->keys, lower);
    struct stm_name_word *word = stm_name_words_find(&finder->words, lower);
    if (word != NULL && (alone == NULL || best_of(alone->score) != STM_ENTITY_PLACE)) {
        word->organization = 1;
    }
}

/* "the Front", in a document that has "the Eastern Front" too. */
static int stands_for_body(const struct stm_name_finder *finder, const struct stm_name_chunk *chunk,
                           const struct stm_name_word *word)
{
    const struct stm_annotation *ann = finder->ann;
    return word != NULL && word->body && chunk->first != 0 &&
           stm_ann_is(ann, chunk->first - 1, "the") && word->surname == 0;
}

/* First round: what each name looks like by itself, and which words are surnames. */
static stemma_status gather(struct stm_name_finder *finder)
{
    for (size_t i = 0; i < finder->chunk_count; i++) {
        struct stm_name_chunk *chunk = &finder->chunks[i];
        if (chunk->type == STM_ENTITY_GROUP) {
            continue;
        }
        stm_name_score(finder, chunk);
        struct stm_name_word *key = stm_name_words_add(&finder->keys, chunk->key);
        if (key == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        key->names++;
        for (int type = 0; type <= STM_ENTITY_THING; type++) {
            key->score[type] += chunk->score[type];
        }
    }
    for (size_t i = 0; i < finder->chunk_count; i++) {
        const struct stm_name_chunk *chunk = &finder->chunks[i];
        struct stm_name_word *key = stm_name_words_find(&finder->keys, chunk->key);
        if (key == NULL || chunk->count < 2) {
            continue;
        }
        uint32_t last = chunk->first + chunk->count - 1;
        const struct stm_token *tokens = finder->ann->tokens;
        enum stm_entity_type best = best_of(key->score);
        if (best == STM_ENTITY_ORGANIZATION) {
            mark_short_form(finder, chunk->first);
            mark_short_form(finder, last);
            struct stm_name_word *body =
                stm_name_words_find(&finder->words, finder->ann->tokens[last].lower);
            if (body != NULL && word_in(finder->ann, STM_LEXICON_ORG_HEAD, last)) {
                body->body = 1;
            }
        }
        if (best != STM_ENTITY_PERSON) {
            continue;
        }
        if (last > chunk->first &&
            stm_lexicon_has(STM_LEXICON_HONORIFIC_AFTER, tokens[last].lower)) {
            last--;
        }
        struct stm_name_word *surname = stm_name_words_find(&finder->words, tokens[last].lower);
        struct stm_name_word *given =
            stm_name_words_find(&finder->words, tokens[chunk->first].lower);
        if (surname != NULL && surname->longest < chunk->count) {
            surname->longest = chunk->count;
        }
        if (surname != NULL && surname->surname < 2) {
            surname->surname = stm_lexicon_given(tokens[chunk->first].lower) != NULL ? 2 : 1;
        }
        if (given != NULL) {
            given->given = 1;
        }
    }
    return STEMMA_OK;
}

static size_t roman_prefix(stemma_text word)
{
    size_t i = 0;
    while (i < word.size && memchr("ivxlc", word.data[i], 5) != NULL) {
        i++;
    }
    return i;
}

/* A single word that is capitalised for other reasons: "the Battle", "the West", "Zapad-2025". */
static int is_no_name(const struct stm_name_finder *finder, const struct stm_name_chunk *chunk,
                      const struct stm_name_word *word, enum stm_entity_type best)
{
    const struct stm_token *token = &finder->ann->tokens[chunk->first];
    if (best == STM_ENTITY_THING || stm_lexicon_has(STM_LEXICON_DIRECTION, token->lower)) {
        return 1;
    }
    if ((word != NULL && (word->surname || word->given)) ||
        stm_name_is_publisher(finder->ann, token->lower) ||
        stm_lexicon_has(STM_LEXICON_ORG_KNOWN, token->lower) ||
        stm_lexicon_place(token->lower) != NULL) {
        return 0;
    }
    if (stm_lexicon_has(STM_LEXICON_ORG_HEAD, token->lower) && token->lower.size == 2) {
        return 1; /* "TV", "FC": the end of names, none by itself */
    }
    /* "the rights group Memorial" */
    if (chunk->first != 0 && word_in(finder->ann, STM_LEXICON_ORG_NOUN, chunk->first - 1)) {
        return 0;
    }
    for (size_t i = 0; i < token->lower.size; i++) {
        if (token->lower.data[i] >= '0' && token->lower.data[i] <= '9') {
            return 1;
        }
    }
    if ((token->flags & STM_TOKEN_ALL_CAPS) != 0 &&
        roman_prefix(token->lower) == token->lower.size) {
        return 1;
    }
    return (stm_name_is_plain_word(finder->ann, chunk->first) && !chunk->titled &&
            (token->flags & STM_TOKEN_ALL_CAPS) == 0) ||
           stm_lexicon_has(STM_LEXICON_THING_HEAD, token->lower) ||
           (stm_lexicon_has(STM_LEXICON_ROLE, token->lower) && !chunk->titled);
}

/* Whether nothing but commas, "and" and "the" stands between two chunks. */
static int side_by_side(const struct stm_annotation *ann, const struct stm_name_chunk *left,
                        const struct stm_name_chunk *right)
{
    uint32_t from = left->first + left->count;
    if (right->first <= from || right->first - from > 3 ||
        ann->tokens[left->first].sentence != ann->tokens[right->first].sentence) {
        return 0;
    }
    for (uint32_t i = from; i < right->first; i++) {
        if (!stm_ann_is(ann, i, ",") && !stm_ann_is(ann, i, "and") && !stm_ann_is(ann, i, "or") &&
            !stm_ann_is(ann, i, "the")) {
            return 0;
        }
    }
    return 1;
}

/* "and Nobel laureate" is no item of a list of names. */
static int ends_list_item(const struct stm_annotation *ann, uint32_t i)
{
    return i >= ann->token_count || ann->tokens[i].tag == STM_TAG_PUNCTUATION ||
           ann->tokens[i].tag == STM_TAG_CONJUNCTION;
}

/* In a list ("Likud, Meretz and Shinar") what is unknown is what its neighbour is. */
static void spread_along_lists(struct stm_name_finder *finder)
{
    const struct stm_annotation *ann = finder->ann;
    for (size_t i = 0; i < finder->chunk_count; i++) {
        struct stm_name_chunk *chunk = &finder->chunks[i];
        if (chunk->type != STM_ENTITY_NONE || chunk->count != 1 ||
            stm_name_is_plain_word(ann, chunk->first) ||
            (ann->tokens[chunk->first].flags & STM_TOKEN_SENTENCE_START) != 0 ||
            !ends_list_item(ann, chunk->first + 1)) {
            continue;
        }
        uint8_t type = STM_ENTITY_NONE;
        if (i != 0 && side_by_side(ann, chunk - 1, chunk)) {
            type = chunk[-1].type;
        }
        if (type == STM_ENTITY_NONE && i + 1 < finder->chunk_count &&
            side_by_side(ann, chunk, chunk + 1)) {
            type = chunk[1].type;
        }
        if (type == STM_ENTITY_PERSON || type == STM_ENTITY_ORGANIZATION ||
            type == STM_ENTITY_PLACE) {
            chunk->type = type;
        }
    }
}

/* "Myo Win", where the document has "Hla San Myo Win" too. */
static int ends_like_person(const struct stm_name_finder *finder,
                            const struct stm_name_chunk *chunk)
{
    const struct stm_token *last = &finder->ann->tokens[chunk->first + chunk->count - 1];
    const struct stm_name_word *word = stm_name_words_find(&finder->words, last->lower);
    return word != NULL && word->longest > chunk->count;
}

/* What it takes to believe that capitals make a name of a type: set on development texts so that
   more is gained in precision than is lost in recall. */
static int32_t least_score(enum stm_entity_type type, uint32_t words)
{
    switch (type) {
    case STM_ENTITY_THING:
        return SURE_THING;
    case STM_ENTITY_ORGANIZATION:
        return 7;
    case STM_ENTITY_PERSON:
        return words > 1 ? 10 : 1;
    default:
        return 1;
    }
}

stemma_status stm_name_settle(struct stm_name_finder *finder)
{
    stemma_status status = gather(finder);
    if (status != STEMMA_OK) {
        return status;
    }
    for (size_t i = 0; i < finder->chunk_count; i++) {
        struct stm_name_chunk *chunk = &finder->chunks[i];
        const struct stm_name_word *key = stm_name_words_find(&finder->keys, chunk->key);
        if (chunk->type == STM_ENTITY_GROUP || key == NULL) {
            continue;
        }
        int32_t score[STM_ENTITY_THING + 1];
        for (int type = 0; type <= STM_ENTITY_THING; type++) {
            /* What this mention says counts, and what all of them say on average. */
            score[type] = chunk->score[type] + key->score[type] * 2 / (int32_t)key->names;
        }
        const struct stm_name_word *word = stm_name_words_find(&finder->words, chunk->key);
        if (chunk->count == 1 && word != NULL && word->surname) {
            /* A surname that is a place too ("Paris") is one where nothing says "in". */
            int somewhere = chunk->first != 0 &&
                            word_in(finder->ann, STM_LEXICON_PLACE_PREPOSITION, chunk->first - 1);
            score[STM_ENTITY_PERSON] += somewhere || word->surname == 1 ? 18 : 60;
        } else if (chunk->count == 1 && word != NULL && word->given) {
            score[STM_ENTITY_PERSON] += 6;
        } else if (chunk->count == 1 && word != NULL && word->organization) {
            score[STM_ENTITY_ORGANIZATION] += 9;
        } else if (chunk->count > 1 && ends_like_person(finder, chunk)) {
            score[STM_ENTITY_PERSON] += 10;
        }
        if (chunk->count == 1 && stands_for_body(finder, chunk, word)) {
            chunk->type = STM_ENTITY_ORGANIZATION; /* "the Front" */
            continue;
        }
        enum stm_entity_type best = best_of(score);
        if (chunk->count == 1 && (word == NULL || !word->surname) &&
            stm_name_is_adjective(finder, chunk->first)) {
            best = STM_ENTITY_NONE;
        }
        if (chunk->count == 1 && is_no_name(finder, chunk, word, best)) {
            best = STM_ENTITY_NONE;
        }
        if (score[best] < least_score(best, chunk->count)) {
            best = STM_ENTITY_NONE; /* capitals for emphasis: "a Better Idea" */
        }
        chunk->type = (uint8_t)best;
    }
    spread_along_lists(finder);
    return STEMMA_OK;
}
