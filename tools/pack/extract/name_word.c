/* SPDX-License-Identifier: MIT */
/* What capitals say: the words of a document counted by how they are written. */
#include "pack/extract/name.h"
#include "pack/extract/name_ending.h"

#include <xxhash.h>

static stemma_status rehash(struct stm_name_words *words)
{
    size_t larger = words->slot_count == 0 ? 256 : words->slot_count * 2;
    uint32_t *slots = stm_arena_alloc(words->arena, larger, sizeof *slots);
    if (slots == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < words->count; i++) {
        stemma_text lower = words->items[i].lower;
        size_t at = (size_t)XXH3_64bits(lower.data, lower.size) & (larger - 1);
        while (slots[at] != 0) {
            at = (at + 1) & (larger - 1);
        }
        slots[at] = (uint32_t)i + 1;
    }
    words->slots = slots;
    words->slot_count = larger;
    return STEMMA_OK;
}

static size_t slot_of(const struct stm_name_words *words, stemma_text lower)
{
    size_t at = (size_t)XXH3_64bits(lower.data, lower.size) & (words->slot_count - 1);
    while (words->slots[at] != 0 &&
           !stemma_text_equal(words->items[words->slots[at] - 1].lower, lower)) {
        at = (at + 1) & (words->slot_count - 1);
    }
    return at;
}

struct stm_name_word *stm_name_words_find(const struct stm_name_words *words, stemma_text lower)
{
    if (words->slot_count == 0 || lower.size == 0) {
        return NULL;
    }
    uint32_t item = words->slots[slot_of(words, lower)];
    return item == 0 ? NULL : &words->items[item - 1];
}

struct stm_name_word *stm_name_words_add(struct stm_name_words *words, stemma_text lower)
{
    if (words->count * 2 >= words->slot_count && rehash(words) != STEMMA_OK) {
        return NULL;
    }
    size_t at = slot_of(words, lower);
    if (words->slots[at] != 0) {
        return &words->items[words->slots[at] - 1];
    }
    if (stm_arena_grow(words->arena, &words->items, words->count, &words->capacity,
                       sizeof *words->items) != STEMMA_OK) {
        return NULL;
    }
    struct stm_name_word *item = &words->items[words->count];
    memset(item, 0, sizeof *item);
    item->lower = lower;
    words->count++;
    words->slots[at] = (uint32_t)words->count;
    return item;
}

/* "al-Assad": the small part is no reason to doubt the name. */
static int is_prefixed_name(const struct stm_annotation *ann, const struct stm_token *token)
{
    stemma_text lower = token->lower;
    const char *hyphen = memchr(lower.data, '-', lower.size < 5 ? lower.size : 5);
    if (hyphen == NULL || (token->flags & STM_TOKEN_DIGIT) != 0) {
        return 0;
    }
    size_t at = (size_t)(hyphen - lower.data);
    stemma_text part = {lower.data, at};
    char next = at + 1 < lower.size ? ann->text.data[token->start + at + 1] : 'a';
    int known = stm_lexicon_has(STM_LEXICON_PARTICLE, part) ||
                stemma_text_equal(part, stemma_text_of("ash")) ||
                stemma_text_equal(part, stemma_text_of("as")) ||
                stemma_text_equal(part, stemma_text_of("ar")) ||
                stemma_text_equal(part, stemma_text_of("an")) ||
                stemma_text_equal(part, stemma_text_of("es")) ||
                stemma_text_equal(part, stemma_text_of("et")) ||
                stemma_text_equal(part, stemma_text_of("er"));
    return known && next >= 'A' && next <= 'Z';
}

stemma_status stm_name_words_count(struct stm_name_words *words, const struct stm_annotation *ann)
{
    words->arena = ann->arena;
    for (uint32_t i = 0; i < ann->token_count; i++) {
        const struct stm_token *token = &ann->tokens[i];
        if ((token->flags & (STM_TOKEN_PUNCTUATION | STM_TOKEN_DIGIT | STM_TOKEN_POSSESSIVE)) !=
            0) {
            continue;
        }
        struct stm_name_word *word = stm_name_words_add(words, token->lower);
        if (word == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        if ((token->flags & STM_TOKEN_CAPITALISED) == 0 && !is_prefixed_name(ann, token)) {
            word->small++;
        } else if ((token->flags & (STM_TOKEN_SENTENCE_START | STM_TOKEN_IN_TITLE)) != 0) {
            word->capital_start++;
        } else {
            word->capital_inside++;
        }
    }
    return STEMMA_OK;
}

stemma_text stm_name_join(const struct stm_annotation *ann, uint32_t first, uint32_t count,
                          char *buffer, size_t size)
{
    stemma_text joined = {buffer, 0};
    for (uint32_t i = first; i < first + count; i++) {
        stemma_text lower = ann->tokens[i].lower;
        int glued = i != first && (ann->tokens[i].flags & STM_TOKEN_SPACE_BEFORE) == 0;
        if (lower.size + 1 > size - joined.size) {
            joined.size = 0;
            return joined;
        }
        if (i != first && !glued) {
            buffer[joined.size++] = ' ';
        }
        memcpy(buffer + joined.size, lower.data, lower.size);
        joined.size += lower.size;
    }
    return joined;
}

static int is_ordinary(const struct stm_token *token)
{
    stemma_text lower = token->lower;
    if (stm_lexicon_has(STM_LEXICON_NOUN, lower) || stm_lexicon_has(STM_LEXICON_VERB, lower) ||
        stm_lexicon_has(STM_LEXICON_ROLE, lower) ||
        stm_lexicon_has(STM_LEXICON_GROUP_NOUN, lower) || stm_lexicon_has(STM_LEXICON_KIN, lower) ||
        stm_lexicon_form(lower) != NULL) {
        return 1;
    }
    uint8_t tag = token->tag;
    return tag != STM_TAG_NOUN && tag != STM_TAG_PROPN && tag != STM_TAG_OTHER;
}

/* What follows a subject. */
static int follows_subject(const struct stm_annotation *ann, uint32_t i)
{
    if (i >= ann->token_count) {
        return 0;
    }
    switch (ann->tokens[i].tag) {
    case STM_TAG_PAST:
    case STM_TAG_PARTICIPLE:
    case STM_TAG_VERB_S:
    case STM_TAG_BE:
    case STM_TAG_HAVE:
    case STM_TAG_MODAL:
    case STM_TAG_DO:
    case STM_TAG_CONJUNCTION:
        return 1;
    default:
        return stm_ann_is(ann, i, ",") || (ann->tokens[i].flags & STM_TOKEN_POSSESSIVE) != 0;
    }
}

/* Whether an ordinary word, capitalised for the start of the sentence, is of the name that follows:
   a title, or the capitals end in a word such as "Committee". */
static int begins_name(const struct stm_annotation *ann, uint32_t i)
{
    stemma_text lower = ann->tokens[i].lower;
    if (stm_lexicon_has(STM_LEXICON_TITLE, lower) ||
        stm_lexicon_has(STM_LEXICON_TITLE_PART, lower) ||
        stm_lexicon_has(STM_LEXICON_PLACE_FIRST, lower) ||
        stm_lexicon_has(STM_LEXICON_ORG_FIRST, lower)) {
        return 1;
    }
    uint32_t end = i + 1;
    while (end < ann->token_count && end < i + 6 &&
           ann->tokens[end].sentence == ann->tokens[i].sentence &&
           (ann->tokens[end].flags & STM_TOKEN_CAPITALISED) != 0) {
        end++;
    }
    stemma_text last = ann->tokens[end - 1].lower;
    return stm_lexicon_has(STM_LEXICON_ORG_HEAD, last) ||
           stm_lexicon_has(STM_LEXICON_ORG_SUFFIX, last) ||
           stm_lexicon_has(STM_LEXICON_PLACE_HEAD, last) ||
           stm_lexicon_has(STM_LEXICON_THING_HEAD, last);
}

/* Where every word is capitalised, the word itself or the rest of the document must vouch. */
static int vouched(const struct stm_name_finder *finder, uint32_t i, int shouting)
{
    const struct stm_annotation *ann = finder->ann;
    const struct stm_token *token = &ann->tokens[i];
    const struct stm_name_word *word = stm_name_words_find(&finder->words, token->lower);
    if (word != NULL && word->capital_inside > word->small) {
        return 1;
    }
    if ((token->flags & STM_TOKEN_ALL_CAPS) != 0 && !shouting) {
        return 1;
    }
    if (word != NULL && word->small != 0) {
        return 0;
    }
    int ordinary = is_ordinary(token);
    /* "Edited by Ana Sorel": a given name takes its surname along. */
    if (shouting && !ordinary && i != 0 && ann->tokens[i - 1].sentence == token->sentence &&
        (ann->tokens[i - 1].flags & STM_TOKEN_CAPITALISED) != 0 &&
        !is_ordinary(&ann->tokens[i - 1]) && stm_lexicon_given(ann->tokens[i - 1].lower) != NULL) {
        return 1;
    }
    int next_capital = i + 1 < ann->token_count && ann->tokens[i + 1].sentence == token->sentence &&
                       (ann->tokens[i + 1].flags & STM_TOKEN_CAPITALISED) != 0;
    if (stm_lexicon_place(token->lower) != NULL || stm_lexicon_demonym(token->lower) != NULL ||
        stm_lexicon_has(STM_LEXICON_ORG_KNOWN, token->lower)) {
        return !ordinary || stm_lexicon_demonym(token->lower) != NULL;
    }
    if (stm_lexicon_given(token->lower) != NULL) {
        return !ordinary || next_capital;
    }
    if (shouting) {
        return stm_name_has_surname_ending(token->lower) && !ordinary;
    }
    if (next_capital) {
        /* "Amnesty International" says enough; "Exiled Orlova" does not. */
        int guessed = token->tag == STM_TAG_PLURAL &&
                      stm_lexicon_closed_tag(token->lower) == STM_TAG_OTHER &&
                      !stm_lexicon_has(STM_LEXICON_NOUN, token->lemma) &&
                      !stm_lexicon_has(STM_LEXICON_VERB, token->lemma) &&
                      !stm_lexicon_has(STM_LEXICON_ROLE, token->lemma) &&
                      !stm_lexicon_has(STM_LEXICON_GROUP_NOUN, token->lower);
        return !ordinary || guessed || begins_name(ann, i);
    }
    if (i + 1 < ann->token_count && stm_ann_is(ann, i + 1, "of")) {
        return stm_lexicon_has(STM_LEXICON_ORG_FIRST, token->lower) ||
               stm_lexicon_has(STM_LEXICON_PLACE_OF, token->lower);
    }
    return !ordinary && follows_subject(ann, i + 1);
}

/* "It was VERY late": a common word in capitals. */
static int is_emphasis(const struct stm_token *token, enum stm_tag closed)
{
    return (token->flags & STM_TOKEN_ALL_CAPS) != 0 && token->lower.size >= 3 &&
           (closed != STM_TAG_OTHER || stm_lexicon_has(STM_LEXICON_NOUN, token->lower) ||
            stm_lexicon_has(STM_LEXICON_VERB, token->lower) ||
            stm_lexicon_form(token->lower) != NULL) &&
           stm_lexicon_place(token->lower) == NULL &&
           !stm_lexicon_has(STM_LEXICON_ORG_KNOWN, token->lower);
}

/* "Jan Kral", "April Moss": a month that is a given name, before what may be a surname. */
static int is_given_month(const struct stm_annotation *ann, uint32_t i)
{
    const struct stm_token *token = &ann->tokens[i];
    if (stm_lexicon_given(token->lower) == NULL || i + 1 >= ann->token_count ||
        ann->tokens[i + 1].sentence != token->sentence) {
        return 0;
    }
    const struct stm_token *next = &ann->tokens[i + 1];
    static const char *const dating[] = {"in",   "since", "last",  "next", "this", "by",
                                         "until", "from",  "of",   "on",   "during", "early",
                                         "late", "mid",   "before", "after", "every", "till"};
    int dated = i > 0 && (ann->tokens[i - 1].flags & STM_TOKEN_DIGIT) != 0;
    for (size_t k = 0; i > 0 && k < sizeof dating / sizeof *dating; k++) {
        dated |= stm_ann_is(ann, i - 1, dating[k]);
    }
    return !dated && stm_lexicon_place(next->lower) == NULL &&
           stm_lexicon_demonym(next->lower) == NULL &&
           !stm_lexicon_has(STM_LEXICON_ORG_KNOWN, next->lower) &&
           !stm_lexicon_has(STM_LEXICON_TITLE, next->lower) && (next->flags & STM_TOKEN_CAPITALISED) != 0 &&
           (next->flags & (STM_TOKEN_DIGIT | STM_TOKEN_PUNCTUATION)) == 0 &&
           stm_lexicon_closed_tag(next->lower) == STM_TAG_OTHER &&
           !stm_lexicon_has(STM_LEXICON_CALENDAR, next->lower) &&
           !stm_lexicon_has(STM_LEXICON_NOUN, next->lower);
}

int stm_name_is_candidate(const struct stm_name_finder *finder, uint32_t i)
{
    const struct stm_annotation *ann = finder->ann;
    const struct stm_token *token = &ann->tokens[i];
    if ((token->flags & (STM_TOKEN_PUNCTUATION | STM_TOKEN_POSSESSIVE | STM_TOKEN_CONTRACTED)) !=
        0) {
        return 0;
    }
    if ((token->flags & STM_TOKEN_CAPITALISED) == 0) {
        return is_prefixed_name(ann, token);
    }
    int shouting = finder->shouting[token->sentence];
    if ((token->flags & STM_TOKEN_INITIAL) != 0 && stm_ann_is(ann, i + 1, "-")) {
        return 0; /* "D-Ohio" */
    }
    if ((stm_lexicon_has(STM_LEXICON_CALENDAR, token->lower) && !is_given_month(ann, i)) ||
        (stm_lexicon_has(STM_LEXICON_NOT_NAME, token->lower) &&
         stm_lexicon_demonym(token->lower) == NULL)) {
        return 0;
    }
    enum stm_tag closed = stm_lexicon_closed_tag(token->lower);
    int loud = (token->flags & STM_TOKEN_ALL_CAPS) != 0 && !shouting;
    if (closed != STM_TAG_OTHER && closed != STM_TAG_ADJECTIVE && closed != STM_TAG_NUMBER &&
        !loud) {
        return token->tag == STM_TAG_PROPN && closed == STM_TAG_MODAL;
    }
    if (!shouting && (token->flags & STM_TOKEN_SENTENCE_START) == 0) {
        return !is_emphasis(token, closed);
    }
    return vouched(finder, i, shouting);
}
