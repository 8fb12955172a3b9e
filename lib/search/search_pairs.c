/* SPDX-License-Identifier: MIT */
#include "search/search_pairs.h"

#include "base/error.h"
#include "file/publish.h"
#include "search/search_text.h"

/* How many documents have a term or a pair. */
static stemma_status count_list(stemma_snapshot *snapshot, stm_table table,
                                const stm_list_key *key, uint64_t *count, stemma_error *error)
{
    stm_posting_source source;
    stemma_status status = stm_snapshot_source(snapshot, table, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_posting_count(&source, stm_list_key_bytes(key), count);
    stm_snapshot_source_return(&source);
    return status < 0 ? stm_damaged(error, table, 0, "POSTING_VALUE") : STEMMA_OK;
}

static stemma_status count_term(stemma_snapshot *snapshot, const stm_word *word, stm_list_key *key,
                                uint64_t *count, stemma_error *error)
{
    *count = 0;
    return stm_list_key_text(key, stm_word_text(word)) == STEMMA_OK
               ? count_list(snapshot, STM_TABLE_TERM, key, count, error)
               : STEMMA_OK;
}

/* A list is as long as its file says. */
static uint32_t at_most(uint64_t documents)
{
    return documents < UINT32_MAX ? (uint32_t)documents : UINT32_MAX;
}

/* The bound of the table, of the level that it has. */
static stemma_status need_bound(stemma_snapshot *snapshot, stm_search_cache *cache,
                                stemma_error *error)
{
    stm_posting_source source;
    stm_posting_cursor cursor;
    stm_list_key key;
    uint32_t level = STEMMA_PAIR_LEVELS;
    if (cache->pair_bound != 0) {
        return STEMMA_OK;
    }
    stemma_status status = stm_snapshot_source(snapshot, STM_TABLE_NEIGHBOUR, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_level(&key);
    status = stm_posting_cursor_open(&cursor, &source, stm_list_key_bytes(&key),
                                     snapshot->file->bounds.documents);
    if (status == STEMMA_OK) {
        status = stm_posting_cursor_seek(&cursor, 0, &level, NULL);
    }
    stm_snapshot_source_return(&source);
    if (status < 0) {
        return stm_damaged(error, STM_TABLE_NEIGHBOUR, 0, "POSTING_VALUE");
    }
    if (status != STEMMA_OK || level >= STEMMA_PAIR_LEVELS) {
        return stm_damaged(error, STM_TABLE_NEIGHBOUR, 0, "PAIR_LEVEL");
    }
    cache->pair_bound = stm_pair_bound(snapshot->file->bounds.documents, level);
    return STEMMA_OK;
}

/* The list of a pair; or, when it is common, none, and `*named` is 1. */
static stemma_status find_pair(stemma_snapshot *snapshot, stm_list_key *pair, uint64_t *documents,
                               int *named, stemma_error *error)
{
    stm_list_key key = *pair;
    uint64_t count = 0;
    stemma_status status = count_list(snapshot, STM_TABLE_NEIGHBOUR, pair, documents, error);
    if (status == STEMMA_OK && *documents == 0) {
        stm_list_key_common(&key);
        status = count_list(snapshot, STM_TABLE_NEIGHBOUR, &key, &count, error);
    }
    *named = count != 0;
    return status;
}

/* The list that tells most of two words in one language: their pair's, or the rarer word's. */
static stemma_status choose_list(stemma_snapshot *snapshot, uint64_t bound, const stm_word *first,
                                 const stm_word *second, stm_pair_list *out, stemma_error *error)
{
    stm_list_key other;
    uint64_t documents = 0;
    int named = 0;
    out->table = STM_TABLE_TERM;
    stemma_status status = count_term(snapshot, first, &out->key, &out->documents, error);
    if (status == STEMMA_OK) {
        status = count_term(snapshot, second, &other, &documents, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    int frequent = stm_pair_is_frequent(bound, snapshot->file->bounds.documents,
                                        at_most(out->documents), at_most(documents));
    if (documents < out->documents) {
        out->key = other;
        out->documents = documents;
    }
    if (frequent && stm_list_key_pair(&other, stm_word_text(first), stm_word_text(second)) ==
                        STEMMA_OK) {
        status = find_pair(snapshot, &other, &documents, &named, error);
        if (status == STEMMA_OK && !named) {
            out->table = STM_TABLE_NEIGHBOUR;
            out->key = other;
            out->documents = documents;
        }
    }
    return status;
}

static void add_list(stm_pair_lists *lists, const stm_pair_list *one)
{
    for (uint32_t i = 0; i < lists->count; i++) {
        stm_pair_list *held = &lists->lists[i];
        if (held->table == one->table && held->key.size == one->key.size &&
            memcmp(held->key.data, one->key.data, one->key.size) == 0) {
            held->languages |= one->languages;
            return;
        }
    }
    if (one->documents != 0) {
        lists->lists[lists->count++] = *one;
    }
}

stemma_status stm_pair_lists_of(stemma_snapshot *snapshot, stm_search_cache *cache,
                                stemma_text phrase, uint32_t position, stm_pair_lists *out,
                                stemma_error *error)
{
    int pairs = 0;
    out->count = out->told = 0;
    if (stm_store_entries(snapshot->file->store, STM_TABLE_NEIGHBOUR) == 0) {
        return STEMMA_END;
    }
    stemma_status bound = need_bound(snapshot, cache, error);
    if (bound != STEMMA_OK) {
        return bound;
    }
    for (uint32_t i = 0; i < STM_LANGUAGE_COUNT; i++) {
        const stm_word *words;
        uint32_t count;
        stm_pair_list one;
        if ((cache->present >> i & 1u) == 0) {
            continue;
        }
        uint32_t language = i < STM_WORD_LANGUAGES ? i : STEMMA_NONE;
        stemma_status status = stm_text_phrase(cache, language, phrase, &words, &count);
        if (status != STEMMA_OK) {
            return stm_no_memory(error);
        }
        if (count < position + 2) {
            return STEMMA_END; /* in this language the lists would leave out what they must not */
        }
        status = choose_list(snapshot, cache->pair_bound, &words[position], &words[position + 1], &one, error);
        if (status != STEMMA_OK) {
            return status;
        }
        one.languages = UINT32_C(1) << i;
        pairs |= one.table == STM_TABLE_NEIGHBOUR;
        out->told |= one.table == STM_TABLE_NEIGHBOUR && count == 2 ? one.languages : 0;
        add_list(out, &one);
    }
    return pairs ? STEMMA_OK : STEMMA_NOT_FOUND;
}
