/* SPDX-License-Identifier: MIT */
/* What holds over a document: a full name is of one type, a surname follows it, a name that was
   found once is found again, and what is called an award or a war is a thing. */
#include "pack/extract/name.h"

#define LONGEST_NAME 8u /* words of a name that is looked for again */

static int word_in(const struct stm_annotation *ann, enum stm_lexicon_list list, uint32_t i)
{
    return i < ann->token_count && stm_lexicon_has(list, ann->tokens[i].lower);
}

static int is_capital(const struct stm_annotation *ann, uint32_t i)
{
    return (ann->tokens[i].flags & STM_TOKEN_CAPITALISED) != 0;
}

static enum stm_entity_type most_of(const struct stm_name_word *word)
{
    enum stm_entity_type best = STM_ENTITY_NONE;
    for (int type = 1; type <= STM_ENTITY_THING; type++) {
        if (word->times[type] > word->times[best]) {
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

static stemma_status count_names(struct stm_name_finder *finder)
{
    const struct stm_annotation *ann = finder->ann;
    for (size_t i = 0; i < finder->chunk_count; i++) {
        struct stm_name_chunk *chunk = &finder->chunks[i];
        struct stm_name_word *key = stm_name_words_add(&finder->keys, chunk->key);
        if (key == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        key->times[chunk->type] += chunk->settled ? 3 : 1;
        if (chunk->type == STM_ENTITY_PERSON && chunk->count > 1) {
            key = stm_name_words_add(&finder->keys, ann->tokens[surname_of(ann, chunk)].lower);
            if (key == NULL) {
                return STEMMA_E_NO_MEMORY;
            }
            key->surname = 1;
        } else if (chunk->settled && chunk->count == 1 &&
                   chunk->type == STM_ENTITY_ORGANIZATION) {
            key->acronym = 1;
        }
    }
    return STEMMA_OK;
}

/* Full names are of one type; words that are a surname here are it where nothing says "in". */
static void agree(struct stm_name_finder *finder)
{
    const struct stm_annotation *ann = finder->ann;
    for (size_t i = 0; i < finder->chunk_count; i++) {
        struct stm_name_chunk *chunk = &finder->chunks[i];
        const struct stm_name_word *key = stm_name_words_find(&finder->keys, chunk->key);
        if (chunk->settled || chunk->type == STM_ENTITY_GROUP || key == NULL) {
            continue;
        }
        enum stm_entity_type most = most_of(key);
        int somewhere =
            chunk->first != 0 && word_in(ann, STM_LEXICON_PLACE_PREPOSITION, chunk->first - 1);
        if (chunk->count > 1) {
            chunk->type = (uint8_t)most;
        } else if (key->surname && !(chunk->type == STM_ENTITY_PLACE && somewhere) &&
                   stm_lexicon_place(chunk->key) == NULL) {
            chunk->type = STM_ENTITY_PERSON;
        } else if (key->times[most] >= 3 * key->times[chunk->type] && most != STM_ENTITY_GROUP) {
            chunk->type = (uint8_t)most;
        }
    }
}

static int starts_chunk_key(const struct stm_name_finder *finder, uint32_t first, uint32_t count,
                            enum stm_entity_type *type)
{
    char buffer[256];
    stemma_text joined = stm_name_join(finder->ann, first, count, buffer, sizeof buffer);
    const struct stm_name_word *key = stm_name_words_find(&finder->keys, joined);
    if (key == NULL) {
        return 0;
    }
    *type = most_of(key);
    if (*type == STM_ENTITY_NONE && key->surname && count == 1) {
        *type = STM_ENTITY_PERSON;
    }
    /* A single word must be sure: capitalised inside a sentence. */
    uint32_t unsure = STM_TOKEN_SENTENCE_START | STM_TOKEN_IN_TITLE;
    return *type != STM_ENTITY_NONE && *type != STM_ENTITY_GROUP &&
           (count > 1 || ((key->surname || key->acronym) && (finder->ann->tokens[first].flags & unsure) == 0));
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
        if (next < old_count && old[next].first == i) {
            status = stm_arena_grow(ann->arena, &finder->chunks, finder->chunk_count,
                                    &finder->chunk_capacity, sizeof *finder->chunks);
            if (status != STEMMA_OK) {
                return status;
            }
            finder->chunks[finder->chunk_count++] = old[next];
            i += old[next].count;
            next++;
            continue;
        }
        uint32_t limit = next < old_count ? old[next].first : ann->token_count;
        uint32_t end = i;
        enum stm_entity_type type = STM_ENTITY_NONE;
        for (uint32_t n = LONGEST_NAME; is_capital(ann, i) && n > 0 && end == i; n--) {
            if (i + n <= limit && ann->tokens[i + n - 1].sentence == ann->tokens[i].sentence &&
                is_capital(ann, i + n - 1) && starts_chunk_key(finder, i, n, &type)) {
                end = i + n;
            }
        }
        if (end == i) {
            end = thing_end(finder, i);
            end = end > limit ? i : end;
            type = STM_ENTITY_THING;
        }
        if (end > i) {
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
