/* SPDX-License-Identifier: MIT */
/* Cutting a run of capitalised words into names: titles and nationalities come off, known names of
   several words are taken whole, what is glued by a lost comma is parted. */
#include "pack/extract/name.h"

#define KEY_SIZE 256u /* bytes of a joined name */

static stemma_text lower_of(const struct stm_name_finder *finder, uint32_t i)
{
    return finder->ann->tokens[i].lower;
}

static int has(const struct stm_name_finder *finder, enum stm_lexicon_list list, uint32_t i)
{
    return stm_lexicon_has(list, finder->ann->tokens[i].lower);
}

static int has_opening(const struct stm_name_finder *finder, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        if (has(finder, STM_LEXICON_ORG_FIRST, i)) {
            return 1;
        }
    }
    return 0;
}

static stemma_status add_chunk(struct stm_name_finder *finder, uint32_t first, uint32_t end,
                               enum stm_entity_type type, int titled)
{
    if (first >= end) {
        return STEMMA_OK;
    }
    struct stm_arena *arena = finder->ann->arena;
    if (stm_arena_grow(arena, &finder->chunks, finder->chunk_count, &finder->chunk_capacity,
                       sizeof *finder->chunks) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    struct stm_name_chunk *chunk = &finder->chunks[finder->chunk_count];
    memset(chunk, 0, sizeof *chunk);
    chunk->first = first;
    chunk->count = end - first;
    chunk->type = (uint8_t)type;
    chunk->titled = (uint8_t)titled;
    char buffer[KEY_SIZE];
    stemma_text key = stm_name_join(finder->ann, first, end - first, buffer, sizeof buffer);
    if (key.size == 0) {
        return STEMMA_OK; /* too long for a name */
    }
    chunk->key = stm_arena_text(arena, key);
    if (chunk->key.data == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    finder->chunk_count++;
    return STEMMA_OK;
}

/* The longest known place or organisation of two to five words that begins at `first`. */
static uint32_t known_end(const struct stm_name_finder *finder, uint32_t first, uint32_t end)
{
    char buffer[KEY_SIZE];
    uint32_t longest = end - first < 5 ? end - first : 5;
    for (uint32_t count = longest; count >= 2; count--) {
        stemma_text key = stm_name_join(finder->ann, first, count, buffer, sizeof buffer);
        if (key.size != 0 &&
            (stm_lexicon_place(key) != NULL || stm_lexicon_has(STM_LEXICON_ORG_KNOWN_LONG, key))) {
            return first + count;
        }
    }
    return first;
}

static int is_demonym(const struct stm_name_finder *finder, uint32_t i)
{
    return stm_lexicon_demonym(lower_of(finder, i)) != NULL;
}

/* Whether a piece is an organisation, thing or place by its last word: then a nationality before it
   is part of its name ("British Council", "Russian Orthodox Church"). */
static int has_head(const struct stm_name_finder *finder, uint32_t first, uint32_t end)
{
    return has(finder, STM_LEXICON_ORG_HEAD, end - 1) ||
           has(finder, STM_LEXICON_ORG_SUFFIX, end - 1) ||
           has(finder, STM_LEXICON_THING_HEAD, end - 1) ||
           has(finder, STM_LEXICON_PLACE_HEAD, end - 1) || has_opening(finder, first, end);
}

static int is_given_strong(const struct stm_name_finder *finder, uint32_t i)
{
    return has(finder, STM_LEXICON_GIVEN, i) && stm_lexicon_place(lower_of(finder, i)) == NULL;
}

static int is_common(const struct stm_name_finder *finder, uint32_t i)
{
    stemma_text lower = lower_of(finder, i);
    return (lower.size > 5 && memcmp(lower.data + lower.size - 3, "ist", 3) == 0) ||
           has(finder, STM_LEXICON_NOUN, i) || has(finder, STM_LEXICON_ROLE, i) ||
           has(finder, STM_LEXICON_GROUP_NOUN, i) ||
           stm_lexicon_has(STM_LEXICON_NOUN, finder->ann->tokens[i].lemma) ||
           stm_lexicon_has(STM_LEXICON_ROLE, finder->ann->tokens[i].lemma);
}

/* Where the name of a body ends and that of a person begins, in one run; `first` when it does not. */
static uint32_t glued_body(const struct stm_name_finder *finder, uint32_t first, uint32_t end)
{
    if (end - first < 3 || has(finder, STM_LEXICON_ORG_HEAD, end - 1) ||
        has(finder, STM_LEXICON_PLACE_HEAD, end - 1) ||
        has(finder, STM_LEXICON_THING_HEAD, end - 1) ||
        has(finder, STM_LEXICON_ORG_SUFFIX, end - 1)) {
        return first;
    }
    uint32_t person = end - 2; /* given name and surname */
    int body = has(finder, STM_LEXICON_ORG_KNOWN, person - 1) ||
               (person - first >= 2 && has(finder, STM_LEXICON_ORG_HEAD, person - 1));
    return body && is_given_strong(finder, person) && !is_common(finder, end - 1) &&
                   finder->ann->tokens[person].tag != STM_TAG_PREPOSITION
               ? person
               : first;
}

/* A piece without titles. */
static stemma_status cut_piece(struct stm_name_finder *finder, uint32_t first, uint32_t end,
                               int titled)
{
    const struct stm_annotation *ann = finder->ann;
    while (first < end) {
        uint32_t known = known_end(finder, first, end);
        if (known != first && (known == end || !has_head(finder, first, end))) {
            stemma_status status = add_chunk(finder, first, known, STM_ENTITY_NONE, titled);
            if (status != STEMMA_OK) {
                return status;
            }
            first = known;
            continue;
        }
        /* Two words of one people: "South African", "North Korean". */
        char buffer[KEY_SIZE];
        stemma_text pair = {NULL, 0};
        if (end - first >= 2) {
            pair = stm_name_join(ann, first, 2, buffer, sizeof buffer);
        }
        uint32_t people = 0;
        if (pair.size != 0 && stm_lexicon_demonym(pair) != NULL) {
            people = 2;
        } else if (is_demonym(finder, first)) {
            people = 1;
        }
        if (people == 1 && end - first == 2 && has(finder, STM_LEXICON_GIVEN, first)) {
            people = 0; /* "Roman", "Christian": a given name too */
        }
        if (people != 0 && (end - first == people || !has_head(finder, first, end))) {
            const struct stm_demonym_entry *demonym =
                people == 2 ? stm_lexicon_demonym(pair)
                            : stm_lexicon_demonym(lower_of(finder, first));
            stemma_status status = STEMMA_OK;
            if (demonym->plural && end - first == people) {
                status = add_chunk(finder, first, end, STM_ENTITY_GROUP, 0);
            }
            if (status != STEMMA_OK || end - first == people) {
                return status;
            }
            first += people;
            continue;
        }
        /* A credit glued to what it is followed by: "Reuters Peru ..." */
        if (end - first >= 2 && has(finder, STM_LEXICON_ORG_KNOWN, first) &&
            stm_lexicon_place(lower_of(finder, first + 1)) != NULL &&
            stm_lexicon_place(lower_of(finder, first + 1))->kind == STM_PLACE_COUNTRY) {
            stemma_status status = add_chunk(finder, first, first + 1, STM_ENTITY_NONE, 0);
            if (status != STEMMA_OK) {
                return status;
            }
            first++;
            continue;
        }
        /* "Pro-Union": says where somebody stands, and names nobody. */
        stemma_text lower = lower_of(finder, first);
        if (end - first >= 2 && lower.size > 6 &&
            (memcmp(lower.data, "pro-", 4) == 0 || memcmp(lower.data, "anti-", 5) == 0)) {
            first++;
            continue;
        }
        /* "Fisheries Council Anna Holm": a body glued to its speaker by a lost word. */
        uint32_t body = glued_body(finder, first, end);
        if (body != first) {
            stemma_status status = add_chunk(finder, first, body, STM_ENTITY_NONE, 0);
            if (status != STEMMA_OK) {
                return status;
            }
            first = body;
            continue;
        }
        /* "Biologist Anna Holm": a common word that is in no list of titles */
        if (end - first >= 3 && !has(finder, STM_LEXICON_GIVEN, first) &&
            is_given_strong(finder, first + 1) && !has_head(finder, first, end) &&
            is_common(finder, first)) {
            first++;
            titled = 1;
            continue;
        }
        /* "Peru Juan Quispe": a country glued to a person by a lost comma. */
        const struct stm_place_entry *place = stm_lexicon_place(lower_of(finder, first));
        if (place != NULL && end - first >= 3 &&
            stm_lexicon_given(lower_of(finder, first)) == NULL &&
            is_given_strong(finder, first + 1) && !has_head(finder, first, end)) {
            stemma_status status = add_chunk(finder, first, first + 1, STM_ENTITY_NONE, 0);
            if (status != STEMMA_OK) {
                return status;
            }
            first++;
            continue;
        }
        break;
    }
    while (end > first && (has(finder, STM_LEXICON_PARTICLE, end - 1) &&
                           (ann->tokens[end - 1].flags & STM_TOKEN_CAPITALISED) == 0)) {
        end--;
    }
    return add_chunk(finder, first, end, STM_ENTITY_NONE, titled);
}

static int is_title(const struct stm_name_finder *finder, uint32_t i)
{
    return has(finder, STM_LEXICON_TITLE, i) || has(finder, STM_LEXICON_ROLE, i);
}

/* Whether what is before a title belongs to it: "Vice President", "Deputy Foreign Minister". */
static uint32_t title_start(const struct stm_name_finder *finder, uint32_t first, uint32_t title)
{
    while (title > first &&
           (has(finder, STM_LEXICON_TITLE_PART, title - 1) || is_title(finder, title - 1))) {
        title--;
    }
    return title;
}

/* Takes titles off a run and cuts what is left of them and right of them. */
stemma_status stm_name_cut_run(struct stm_name_finder *finder, uint32_t first, uint32_t end)
{
    const struct stm_annotation *ann = finder->ann;
    int titled = first != ann->sentences[ann->tokens[first].sentence].first &&
                 has(finder, STM_LEXICON_TITLE, first - 1);
    for (uint32_t i = end; i-- > first;) {
        if (!is_title(finder, i)) {
            continue;
        }
        uint32_t after = i + 1;
        if (after + 1 < end && stm_ann_is(ann, after, "of")) {
            after += 2; /* "Secretary of State" */
        }
        /* At the end of a run a role may be a surname: "Joan Baker". */
        if (i > first && after < end && has(finder, STM_LEXICON_GIVEN, i - 1) &&
            has(finder, STM_LEXICON_GIVEN, after)) {
            continue; /* "Omar Sheikh Khalil" */
        }
        if (after >= end && i > first &&
            (has(finder, STM_LEXICON_GIVEN, i - 1) || !has(finder, STM_LEXICON_TITLE, i))) {
            continue;
        }
        /* A title inside the name of a body is no title: "King Abdullah University". */
        if (after < end && has_head(finder, after, end) && !has(finder, STM_LEXICON_GIVEN, after)) {
            continue;
        }
        /* "General Motors", "Chief Justice" are told by the lists of known names. */
        if (known_end(finder, i, end) != i) {
            continue;
        }
        uint32_t start = title_start(finder, first, i);
        stemma_status status = STEMMA_OK;
        if (start > first) {
            status = cut_piece(finder, first, start, 0);
        }
        if (status == STEMMA_OK && after < end) {
            status = cut_piece(finder, after, end, 1);
        }
        return status;
    }
    /* A run of nothing but "Vice", "Deputy", "Former". */
    while (first < end && has(finder, STM_LEXICON_TITLE_PART, first) && end - first <= 3 &&
           !has_head(finder, first, end) && !has(finder, STM_LEXICON_GIVEN, first) &&
           known_end(finder, first, end) == first) {
        first++;
    }
    return cut_piece(finder, first, end, titled);
}
