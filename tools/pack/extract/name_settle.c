/* SPDX-License-Identifier: MIT */
/* What holds over a document: equal names share what the model thinks of each, a surname follows
   its full name, a name that was found once is found again, and what is called an award or a war is
   a thing. */
#include "pack/extract/name.h"
#include "pack/extract/name_feature.h"

#define LONGEST_NAME 8u /* words of a name that is looked for again */

/* What a given name, a word for a body or a word for a place is worth, in thirty-seconds of a weight, thrice; set on
   development texts. */
#define CALLED 192

static int word_in(const struct stm_annotation *ann, enum stm_lexicon_list list, uint32_t i)
{
    return i < ann->token_count && stm_lexicon_has(list, ann->tokens[i].lower);
}

static int is_capital(const struct stm_annotation *ann, uint32_t i)
{
    return (ann->tokens[i].flags & STM_TOKEN_CAPITALISED) != 0;
}

/* A word of the dictionary, which capitals may have made a name of. */
static int is_plain(const struct stm_annotation *ann, uint32_t i)
{
    stemma_text lower = ann->tokens[i].lower;
    return stm_lexicon_has(STM_LEXICON_NOUN, lower) || stm_lexicon_has(STM_LEXICON_VERB, lower) ||
           stm_lexicon_has(STM_LEXICON_ROLE, lower) ||
           stm_lexicon_has(STM_LEXICON_CALENDAR, lower) ||
           stm_lexicon_has(STM_LEXICON_DIRECTION, lower) ||
           stm_lexicon_has(STM_LEXICON_ORG_HEAD, lower) ||
           stm_lexicon_closed_tag(lower) != STM_TAG_OTHER || stm_lexicon_form(lower) != NULL;
}

static enum stm_entity_type best_of(const int64_t *score)
{
    enum stm_entity_type best = STM_ENTITY_PERSON;
    for (int type = STM_ENTITY_ORGANIZATION; type <= STM_ENTITY_PLACE; type++) {
        if (score[type] > score[best]) {
            best = (enum stm_entity_type)type;
        }
    }
    return best;
}

/* Last word of a person's name: "Talbot" of "John F. Talbot Jr." */
static uint32_t surname_of(const struct stm_annotation *ann, const struct stm_name_chunk *chunk)
{
    uint32_t last = chunk->first + chunk->count - 1;
    while (last > chunk->first && word_in(ann, STM_LEXICON_HONORIFIC_AFTER, last)) {
        last--;
    }
    return last;
}

static int is_any(stemma_text word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (stemma_text_equal(word, stemma_text_of(list[i]))) {
            return 1;
        }
    }
    return 0;
}
#define IS_ANY(word, list) is_any(word, list, sizeof(list) / sizeof *(list))

/* "X's capital", "X's foreign ministry": what only countries and towns have. */
static int has_state(const struct stm_annotation *ann, uint32_t end)
{
    static const char *const nouns[] = {
        "government", "ministry",  "parliament",  "capital",  "embassy",      "army",
        "president",  "king",      "queen",       "minister", "constitution", "border",
        "borders",    "airspace",  "territory",   "military", "ambassador",   "prime",
        "senate",     "monarchy",  "independence", "mayor",   "population",   "coast"};
    if (end + 1 >= ann->token_count || (ann->tokens[end].flags & STM_TOKEN_POSSESSIVE) == 0) {
        return 0;
    }
    for (uint32_t i = end + 1; i < ann->token_count && i < end + 4; i++) {
        if (ann->tokens[i].sentence != ann->tokens[end].sentence ||
            (ann->tokens[i].flags & STM_TOKEN_PUNCTUATION) != 0) {
            return 0;
        }
        if (IS_ANY(ann->tokens[i].lower, nouns)) {
            return 1;
        }
    }
    return 0;
}

/* Whether this one word is meant as a place here. */
static int is_state_here(const struct stm_annotation *ann, const struct stm_name_chunk *chunk)
{
    static const char *const before[] = {"in", "inside", "throughout", "across"};
    if (chunk->count != 1) {
        return 0;
    }
    int within = chunk->first != 0 && IS_ANY(ann->tokens[chunk->first - 1].lower, before) &&
                 (chunk->first + 1 >= ann->token_count ||
                  (ann->tokens[chunk->first + 1].flags & STM_TOKEN_POSSESSIVE) == 0);
    return within || has_state(ann, chunk->first + 1);
}

/* "Tarvian", "Estian": whoever is called after a name shows it to be a place. */
static void count_demonyms(struct stm_name_finder *finder)
{
    static const char *const ends[] = {"n", "an", "ian", "ese", "ish"};
    const struct stm_annotation *ann = finder->ann;
    for (uint32_t i = 0; i < ann->token_count; i++) {
        stemma_text word = ann->tokens[i].lower;
        if (!is_capital(ann, i) || word.size < 6) {
            continue;
        }
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
            size_t size = strlen(ends[k]);
            if (memcmp(word.data + word.size - size, ends[k], size) == 0) {
                stemma_text name = {word.data, word.size - size};
                struct stm_name_word *key = stm_name_words_find(&finder->keys, name);
                if (key != NULL && key->names != 0) {
                    key->state = 1;
                }
            }
        }
    }
}

static stemma_status count_small(struct stm_name_finder *finder)
{
    const struct stm_annotation *ann = finder->ann;
    for (uint32_t i = 0; i < ann->token_count; i++) {
        struct stm_name_word *word =
            is_capital(ann, i) ? NULL : stm_name_words_find(&finder->keys, ann->tokens[i].lower);
        if (word != NULL) {
            word->small++;
        }
    }
    return STEMMA_OK;
}

/* "Meridian" of "Meridian Health Systems", unless the document has it as a place. */
static stemma_status count_brief(struct stm_name_finder *finder, uint32_t token)
{
    const struct stm_annotation *ann = finder->ann;
    stemma_text lower = ann->tokens[token].lower;
    if (is_plain(ann, token) || !is_capital(ann, token) || lower.size < 3 ||
        word_in(ann, STM_LEXICON_ORG_SUFFIX, token) || stm_lexicon_given(lower) != NULL ||
        stm_lexicon_place(lower) != NULL || stm_lexicon_demonym(lower) != NULL ||
        word_in(ann, STM_LEXICON_PLACE_FIRST, token)) {
        return STEMMA_OK;
    }
    struct stm_name_word *word = stm_name_words_add(&finder->keys, lower);
    if (word == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    word->brief = !word->somewhere && !word->state &&
                  (word->names < 2 || best_of(word->score) != STM_ENTITY_PLACE);
    return STEMMA_OK;
}

/* The words that stand for a name of several: a surname, "the Front". */
static stemma_status count_parts(struct stm_name_finder *finder, const struct stm_name_chunk *chunk)
{
    const struct stm_annotation *ann = finder->ann;
    uint32_t last = chunk->first + chunk->count - 1;
    if (chunk->count < 2 ||
        (chunk->type != STM_ENTITY_PERSON && chunk->type != STM_ENTITY_ORGANIZATION)) {
        return STEMMA_OK;
    }
    int person = chunk->type == STM_ENTITY_PERSON;
    struct stm_name_word *word =
        stm_name_words_add(&finder->keys, ann->tokens[person ? surname_of(ann, chunk) : last].lower);
    if (word == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    word->surname |= (uint8_t)person;
    word->body |= (uint8_t)(!person && word_in(ann, STM_LEXICON_ORG_HEAD, last));
    if (person) {
        return STEMMA_OK;
    }
    stemma_status status = count_brief(finder, chunk->first);
    return status == STEMMA_OK ? count_brief(finder, last) : status;
}

static stemma_status count_names(struct stm_name_finder *finder)
{
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < finder->chunk_count && status == STEMMA_OK; i++) {
        struct stm_name_chunk *chunk = &finder->chunks[i];
        struct stm_name_word *key = stm_name_words_add(&finder->keys, chunk->key);
        if (key == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        if (chunk->type == STM_ENTITY_GROUP) {
            continue;
        }
        key->names++;
        key->somewhere |= (uint8_t)(chunk->type == STM_ENTITY_PLACE && chunk->first != 0 &&
                                    (word_in(finder->ann, STM_LEXICON_PLACE_PREPOSITION,
                                             chunk->first - 1) ||
                                     stm_ann_is(finder->ann, chunk->first - 1, "of")));
        key->state |= (uint8_t)is_state_here(finder->ann, chunk);
        for (int type = 0; type <= STM_ENTITY_THING; type++) {
            key->score[type] += chunk->score[type];
        }
        if (chunk->settled) {
            key->sure = chunk->type;
        }
    }
    count_demonyms(finder);
    for (size_t i = 0; i < finder->chunk_count && status == STEMMA_OK; i++) {
        status = count_parts(finder, &finder->chunks[i]);
    }
    return status == STEMMA_OK ? count_small(finder) : status;
}

/* Whether no list has these words as an organisation: "Philip Morris" is in one. */
static int is_unlisted(const struct stm_name_finder *finder, const struct stm_name_chunk *chunk)
{
    return finder->known == NULL ||
           (finder->known[chunk->first] & (STM_GAZETTEER_ORGANIZATION << STM_NAME_KNOWN_BEGINS)) == 0;
}

/* "Dzmitry Halavach": a given name and a word that says nothing else. */
static int is_called(const struct stm_name_finder *finder, const struct stm_name_chunk *chunk)
{
    static const enum stm_lexicon_list others[] = {
        STM_LEXICON_ORG_HEAD,   STM_LEXICON_ORG_FIRST,   STM_LEXICON_ORG_SUFFIX, STM_LEXICON_ORG_NOUN,
        STM_LEXICON_PLACE_HEAD, STM_LEXICON_PLACE_FIRST, STM_LEXICON_THING_HEAD};
    const struct stm_annotation *ann = finder->ann;
    if (chunk->count < 2 || chunk->count > 3 ||
        stm_lexicon_given(ann->tokens[chunk->first].lower) == NULL ||
        stm_lexicon_place(ann->tokens[chunk->first].lower) != NULL) {
        return 0;
    }
    for (uint32_t i = chunk->first + 1; i < chunk->first + chunk->count; i++) {
        if ((ann->tokens[i].flags & STM_TOKEN_CAPITALISED) == 0 || is_plain(ann, i)) {
            return 0;
        }
        for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
            if (word_in(ann, others[k], i)) {
                return 0;
            }
        }
    }
    return is_unlisted(finder, chunk);
}

/* "the market of Orun in the north of Verania" */
static int lies_somewhere(const struct stm_annotation *ann, const struct stm_name_chunk *chunk)
{
    uint32_t end = chunk->first + chunk->count;
    return chunk->first != 0 && stm_ann_is(ann, chunk->first - 1, "of") && end + 3 < ann->token_count &&
           ann->tokens[end + 3].sentence == ann->tokens[chunk->first].sentence && stm_ann_is(ann, end, "in") &&
           stm_ann_is(ann, end + 1, "the") && word_in(ann, STM_LEXICON_DIRECTION, end + 2) &&
           stm_ann_is(ann, end + 3, "of");
}

/* "in the Karsen mine", "near Lund airport" */
static int names_site(const struct stm_annotation *ann, const struct stm_name_chunk *chunk)
{
    static const char *const before[] = {"in", "at", "near", "outside", "inside"};
    static const char *const sites[] = {"mine",    "mines",    "colliery", "quarry",  "refinery", "dam",
                                        "airport", "port",     "harbour",  "harbor",  "suburb",   "district",
                                        "area",    "region",   "valley",   "border",  "crossing", "airfield",
                                        "airbase", "barracks", "oilfield", "province", "shipyard"};
    uint32_t end = chunk->first + chunk->count;
    uint32_t at = chunk->first;
    if (at != 0 && stm_ann_is(ann, at - 1, "the")) {
        at--;
    }
    return at != 0 && end < ann->token_count && IS_ANY(ann->tokens[at - 1].lower, before) &&
           IS_ANY(ann->tokens[end].lower, sites) &&
           ann->tokens[end].sentence == ann->tokens[at - 1].sentence;
}

/* What the model thinks of this mention counts, and what it thinks of all of them on average. */
static enum stm_entity_type shared_type(const struct stm_name_finder *finder,
                                        const struct stm_name_chunk *chunk,
                                        const struct stm_name_word *key)
{
    int64_t score[STM_ENTITY_THING + 1] = {0};
    for (int type = 0; type <= STM_ENTITY_THING && key->names != 0; type++) {
        score[type] = chunk->score[type] + 2 * key->score[type] / (int64_t)key->names;
    }
    const struct stm_annotation *ann = finder->ann;
    uint32_t last = chunk->first + chunk->count - 1;
    if (is_called(finder, chunk)) {
        score[STM_ENTITY_PERSON] += CALLED;
    } else if (chunk->count > 1 && word_in(ann, STM_LEXICON_ORG_HEAD, last) &&
               !word_in(ann, STM_LEXICON_PLACE_HEAD, last)) {
        score[STM_ENTITY_ORGANIZATION] += CALLED; /* "Vienna University" */
    }
    if ((lies_somewhere(ann, chunk) || names_site(ann, chunk)) && !is_called(finder, chunk)) {
        score[STM_ENTITY_PLACE] += CALLED;
    }
    return best_of(score);
}

static int is_state(stemma_text key)
{
    const struct stm_place_entry *place = stm_lexicon_place(key);
    return place != NULL && place->kind <= STM_PLACE_CAPITAL;
}

/* One word that the document has as a country or town, and nobody's name: it is that wherever no
   title stands before it. */
static int is_the_place(const struct stm_annotation *ann, const struct stm_name_chunk *chunk,
                        const struct stm_name_word *key)
{
    if (chunk->count != 1 || !key->state || key->surname || key->body ||
        stm_lexicon_given(chunk->key) != NULL) {
        return 0;
    }
    return chunk->first == 0 || (!word_in(ann, STM_LEXICON_TITLE, chunk->first - 1) &&
                                 !word_in(ann, STM_LEXICON_ROLE, chunk->first - 1));
}

static void agree(struct stm_name_finder *finder)
{
    const struct stm_annotation *ann = finder->ann;
    for (size_t i = 0; i < finder->chunk_count; i++) {
        struct stm_name_chunk *chunk = &finder->chunks[i];
        const struct stm_name_word *key = stm_name_words_find(&finder->keys, chunk->key);
        if (chunk->settled || chunk->type == STM_ENTITY_GROUP || key == NULL) {
            continue;
        }
        int somewhere =
            chunk->first != 0 && word_in(ann, STM_LEXICON_PLACE_PREPOSITION, chunk->first - 1);
        const struct stm_place_entry *place = stm_lexicon_place(chunk->key);
        if (chunk->count == 1 && key->surname && !(chunk->type == STM_ENTITY_PLACE && somewhere) &&
            (place == NULL || place->kind != STM_PLACE_COUNTRY)) {
            chunk->type = STM_ENTITY_PERSON;
        } else if (is_the_place(ann, chunk, key)) {
            chunk->type = STM_ENTITY_PLACE;
        } else if (chunk->count == 1 && key->brief && !key->surname && !somewhere) {
            chunk->type = STM_ENTITY_ORGANIZATION;
        } else if (key->sure != 0 && chunk->count > 1) {
            chunk->type = key->sure;
        } else if (finder->scores != NULL) {
            chunk->type = (uint8_t)shared_type(finder, chunk, key);
        }
        /* "Washington warned": who acts there is known by where */
        if (chunk->type == STM_ENTITY_ORGANIZATION && is_state(chunk->key)) {
            chunk->type = STM_ENTITY_PLACE;
        }
    }
}

/* Whether the words are a name that the document has elsewhere, and of what type. */
static int is_known(const struct stm_name_finder *finder, uint32_t first, uint32_t count,
                    enum stm_entity_type *type)
{
    const struct stm_annotation *ann = finder->ann;
    char buffer[256];
    stemma_text joined = stm_name_join(ann, first, count, buffer, sizeof buffer);
    const struct stm_name_word *key = stm_name_words_find(&finder->keys, joined);
    if (key == NULL) {
        return 0;
    }
    int the = first != 0 && stm_ann_is(ann, first - 1, "the");
    if (count == 1 && key->body && the && !key->surname) {
        *type = STM_ENTITY_ORGANIZATION; /* "the Front" */
        return 1;
    }
    *type = key->sure != 0     ? (enum stm_entity_type)key->sure
            : key->names != 0 ? best_of(key->score)
            : key->surname    ? STM_ENTITY_PERSON
            : key->brief      ? STM_ENTITY_ORGANIZATION
                              : STM_ENTITY_NONE;
    return *type != STM_ENTITY_NONE &&
           (count > 1 || (key->small == 0 && !is_plain(ann, first)));
}

/* "the Nobel Peace Prize", "the Second Karsk War": capitals that end in a word for a thing. */
static uint32_t thing_end(const struct stm_name_finder *finder, uint32_t first)
{
    const struct stm_annotation *ann = finder->ann;
    uint32_t end = first;
    if (ann->sentences[ann->tokens[first].sentence].is_title || !is_capital(ann, first)) {
        return first;
    }
    while (end < ann->token_count && end - first < LONGEST_NAME && is_capital(ann, end) &&
           finder->labels[end] == 0 && ann->tokens[end].sentence == ann->tokens[first].sentence) {
        end++;
    }
    return end > first + 1 && word_in(ann, STM_LEXICON_THING_HEAD, end - 1) &&
                   !word_in(ann, STM_LEXICON_CALENDAR, first)
               ? end
               : first;
}

/* "US", "UK": told from words by their capitals, which say nothing in a headline. */
static int is_famous(const struct stm_name_finder *finder, uint32_t token)
{
    const struct stm_token *at = &finder->ann->tokens[token];
    if ((at->flags & STM_TOKEN_ALL_CAPS) == 0 || (at->flags & STM_TOKEN_IN_TITLE) != 0) {
        return 0; /* most words */
    }
    const struct stm_place_entry *place = stm_lexicon_place(at->lower);
    return place != NULL && place->kind == STM_PLACE_COUNTRY;
}

/* "Committee to Protect Readers" */
static uint32_t purpose_end(const struct stm_annotation *ann, uint32_t first, uint32_t limit)
{
    uint32_t end = first + 2;
    if (end + 1 >= limit || !word_in(ann, STM_LEXICON_ORG_FIRST, first) ||
        !stm_ann_is(ann, first + 1, "to") || !is_capital(ann, end) ||
        ann->tokens[end].sentence != ann->tokens[first].sentence) {
        return first;
    }
    while (end < limit && end - first < LONGEST_NAME && is_capital(ann, end) &&
           ann->tokens[end].sentence == ann->tokens[first].sentence) {
        end++;
    }
    return end;
}

/* The name that begins at a token which no chunk covers; `first` when none does. */
static uint32_t name_again(const struct stm_name_finder *finder, uint32_t first, uint32_t limit,
                           enum stm_entity_type *type)
{
    const struct stm_annotation *ann = finder->ann;
    for (uint32_t n = LONGEST_NAME; is_capital(ann, first) && n > 0; n--) {
        uint32_t end = first + n;
        if (end <= limit && ann->tokens[end - 1].sentence == ann->tokens[first].sentence &&
            is_capital(ann, end - 1) &&
            is_known(finder, first, n, type)) {
            return end;
        }
    }
    if (first < limit && is_famous(finder, first)) {
        *type = STM_ENTITY_PLACE;
        return first + 1;
    }
    uint32_t end = is_capital(ann, first) ? purpose_end(ann, first, limit) : first;
    if (end > first) {
        *type = STM_ENTITY_ORGANIZATION;
        return end;
    }
    end = thing_end(finder, first);
    *type = STM_ENTITY_THING;
    return end > limit ? first : end;
}

/* Goes over what no chunk covers: names found elsewhere, and things. The chunks are made anew. */
static stemma_status find_again(struct stm_name_finder *finder)
{
    const struct stm_annotation *ann = finder->ann;
    struct stm_name_chunk *old = finder->chunks;
    size_t old_count = finder->chunk_count;
    size_t next = 0;
    finder->chunks = NULL;
    finder->chunk_count = finder->chunk_capacity = 0;
    for (uint32_t i = 0; i < ann->token_count;) {
        stemma_status status = STEMMA_OK;
        uint32_t end;
        if (next < old_count && old[next].first == i) {
            status = stm_arena_grow(ann->arena, &finder->chunks, finder->chunk_count,
                                    &finder->chunk_capacity, sizeof *finder->chunks);
            if (status == STEMMA_OK) {
                finder->chunks[finder->chunk_count++] = old[next];
            }
            end = i + old[next].count;
            next++;
        } else {
            enum stm_entity_type type = STM_ENTITY_NONE;
            end = name_again(finder, i, next < old_count ? old[next].first : ann->token_count, &type);
            status = stm_name_add(finder, i, end, type);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        i = end > i ? end : i + 1;
    }
    return STEMMA_OK;
}

stemma_status stm_name_settle(struct stm_name_finder *finder)
{
    stemma_status status = count_names(finder);
    if (status != STEMMA_OK) {
        return status;
    }
    agree(finder);
    return find_again(finder);
}
