/* SPDX-License-Identifier: MIT */
#include "file/late.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "key.h"
#include "meta_record.h"

/* Terms that are read one by one before all are. */
#define SINGLE_TERMS 32u

static void find_row_predicates(stemma_file *file)
{
    stm_row_predicates *terms = &file->row_predicates;
    const struct {
        const char *name;
        uint32_t *number;
    } wanted[] = {{"type", &terms->type},
                  {"time", &terms->time},
                  {"place", &terms->place},
                  {"content", &terms->content}};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        if (!stm_vocabulary_find(&file->bounds.vocabulary, STEMMA_TERM_PREDICATE,
                                 stemma_text_of(wanted[i].name), wanted[i].number)) {
            *wanted[i].number = STEMMA_NONE;
        }
    }
}

static stemma_status read_term(stemma_bytes value, uint32_t number, stemma_term *out,
                               stemma_error *error)
{
    stm_fault fault = {"", 0};
    stemma_status status = stm_term_decode(value, out, &fault);
    return status == STEMMA_OK
               ? STEMMA_OK
               : stm_record_failed(error, status, STM_TABLE_VOCABULARY, number, &fault);
}

static stemma_status read_terms(stm_store_cursor *cursor, stemma_term *terms, uint32_t count,
                                stemma_error *error)
{
    stemma_bytes key;
    stemma_bytes value;
    uint32_t number;
    stemma_status status = stm_store_first(cursor, &key, &value);
    for (uint32_t i = 0; i < count; i++) {
        if (status != STEMMA_OK) {
            return stm_damaged(error, STM_TABLE_VOCABULARY, i, "COUNT_MISMATCH");
        }
        if (stm_key_read_u32(key, &number) != STEMMA_OK || number != i) {
            return stm_damaged(error, STM_TABLE_VOCABULARY, i, "KEY_ORDER");
        }
        status = read_term(value, i, &terms[i], error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (i > 0 && stm_term_compare(&terms[i - 1], &terms[i]) >= 0) {
            return stm_damaged(error, STM_TABLE_VOCABULARY, i, "TERM_ORDER");
        }
        status = stm_store_next(cursor, &key, &value);
    }
    return STEMMA_OK;
}

/* ---- Dictionaries, names, the fence ---- */

static stemma_status get_named(stm_store_view *view, stm_table table, const char *name,
                               stemma_bytes *value)
{
    stemma_bytes key = {(const uint8_t *)name, strlen(name)};
    return stm_store_get(view, table, key, value);
}

static stemma_status dictionary_failed(stemma_error *error, const char *key, const char *message)
{
    char where[64];
    snprintf(where, sizeof where, "meta %s", key);
    return stm_fail(error, STEMMA_E_DAMAGED, "DICTIONARY", where, "%s", message);
}

/* Whether a dictionary is what the digests say; one that they do not know is taken as it is. */
static bool is_intact(stm_store_view *view, const char *key, stemma_bytes dictionary)
{
    stm_table_digest digests[STM_TABLES_MAX];
    stemma_bytes value;
    uint32_t count = 0;
    if (get_named(view, STM_TABLE_META, STM_DIGEST_KEY, &value) != STEMMA_OK ||
        stm_digests_decode(value, digests, &count, NULL) != STEMMA_OK) {
        return true; /* the check of the file tells of that */
    }
    return stm_dictionary_prove(digests, count, key, dictionary) != STEMMA_E_DAMAGED;
}

static stemma_status load_dictionary(stm_store_view *view, const char *key, ZSTD_DDict **out,
                                     bool proven, stemma_error *error)
{
    stemma_bytes value;
    stemma_status status = get_named(view, STM_TABLE_META, key, &value);
    if (status == STEMMA_NOT_FOUND || *out != NULL) {
        return STEMMA_OK;
    }
    if (status != STEMMA_OK || value.size > STM_DICTIONARY_MAX) {
        return dictionary_failed(error, key, "The compression dictionary is too large");
    }
    if (proven && !is_intact(view, key, value)) {
        return dictionary_failed(error, key, "The compression dictionary is not what its digest says");
    }
    *out = ZSTD_createDDict(value.data, value.size);
    return *out != NULL
               ? STEMMA_OK
               : dictionary_failed(error, key, "The compression dictionary cannot be used");
}

static stemma_status load_labels(stemma_file *file, stm_store_view *view, stemma_error *error)
{
    stemma_bytes value;
    stemma_status status = get_named(view, STM_TABLE_LABEL, "arena", &value);
    if (status == STEMMA_OK) {
        status = stm_label_arena_open(value, &file->labels);
    }
    if (status == STEMMA_OK) {
        status = get_named(view, STM_TABLE_LABEL, "exact", &value);
    }
    if (status == STEMMA_OK) {
        status = stm_label_hash_open(value, &file->exact);
    }
    if (status != STEMMA_OK || file->labels.count != file->bounds.entities) {
        return stm_fail(error, STEMMA_E_DAMAGED, "LABEL", "label",
                        "The names of the entities are damaged");
    }
    status = get_named(view, STM_TABLE_TOKEN, "text", &value);
    if (status == STEMMA_OK) {
        status = stm_token_list_open(value, &file->tokens);
    }
    if (status == STEMMA_OK) {
        status = get_named(view, STM_TABLE_TOKEN, "sound", &value);
    }
    if (status == STEMMA_OK) {
        status = stm_label_hash_open(value, &file->sounds);
    }
    return status == STEMMA_OK ? STEMMA_OK
                               : stm_fail(error, STEMMA_E_DAMAGED, "TOKEN", "token",
                                          "The words of the names of the entities are damaged");
}

/* The first events of blocks: a record that is there when there are events. */
static stemma_status load_fence(stemma_file *file, stm_store_view *view, stemma_error *error)
{
    stm_column_block block;
    stemma_bytes value;
    stm_fence *fence = &file->fence;
    uint32_t count = file->cache->event_blocks;
    stemma_status status = get_named(view, STM_TABLE_FENCE, "event", &value);
    if (status == STEMMA_NOT_FOUND && count == 0) {
        return STEMMA_OK;
    }
    if (status != STEMMA_OK || stm_column_block_open(value, &block) != STEMMA_OK ||
        block.rows != count || stm_column_require(&block, 1, count, &fence->start) != STEMMA_OK ||
        stm_column_optional(&block, 2, count, &fence->claim_first) != STEMMA_OK ||
        stm_column_optional(&block, 3, count, &fence->unstored) != STEMMA_OK ||
        stm_column_optional(&block, 4, count, &fence->unknown) != STEMMA_OK) {
        return stm_fail(error, STEMMA_E_DAMAGED, "FENCE", "fence event",
                        "The fence of the events is damaged");
    }
    return STEMMA_OK;
}

/* ---- All of it ---- */

static stemma_status load_terms(stemma_file *file, stm_store_view *view, stemma_error *error)
{
    stm_store_cursor *cursor = NULL;
    uint32_t count = (uint32_t)file->counts.vocabulary;
    stemma_term *terms = malloc(((size_t)count + 1) * sizeof *terms);
    stemma_status status = terms != NULL
                               ? stm_store_cursor_take(&cursor, view, STM_TABLE_VOCABULARY)
                               : STEMMA_E_NO_MEMORY;
    if (status != STEMMA_OK) {
        free(terms);
        return stm_fail(error, status, status == STEMMA_E_NO_MEMORY ? "NO_MEMORY" : "STORE_DAMAGED",
                        "vocabulary", "The table cannot be read");
    }
    status = read_terms(cursor, terms, count, error);
    stm_store_cursor_return(cursor);
    if (status != STEMMA_OK) {
        free(terms);
        return status;
    }
    file->terms = terms;
    file->bounds.vocabulary.terms = terms;
    file->bounds.vocabulary.count = count;
    find_row_predicates(file);
    return STEMMA_OK;
}

/* While no other thread does. What a failure leaves is taken up by the next try. */
static stemma_status load_alone(stemma_file *file, stm_store_view *view, stemma_error *error)
{
    stemma_status status = file->terms == NULL ? load_terms(file, view, error) : STEMMA_OK;
    if (status == STEMMA_OK) {
        status = load_dictionary(view, STM_DICTIONARY_TEXT_KEY, &file->text_dictionary, true, error);
    }
    if (status == STEMMA_OK) {
        status = load_dictionary(view, STM_DICTIONARY_TESTIMONY_KEY, &file->testimony_dictionary,
                                 true, error);
    }
    if (status == STEMMA_OK) {
        status = load_labels(file, view, error);
    }
    if (status == STEMMA_OK) {
        status = load_fence(file, view, error);
    }
    if (status == STEMMA_OK) {
        atomic_store_explicit(&file->late_loaded, true, memory_order_release);
    }
    return status;
}

stemma_status stm_late_load(stemma_file *file, stm_store_view *view, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    pthread_mutex_lock(&file->late_lock);
    if (!stm_late_loaded(file)) {
        status = load_alone(file, view, error);
    }
    pthread_mutex_unlock(&file->late_lock);
    return status;
}

void stm_late_load_remains(stemma_file *file, stm_store_view *view)
{
    find_row_predicates(file);
    /* Damaged ones, too: most of what they compressed is sound, and what is not proven is said. */
    (void)load_dictionary(view, STM_DICTIONARY_TEXT_KEY, &file->text_dictionary, false, NULL);
    (void)load_dictionary(view, STM_DICTIONARY_TESTIMONY_KEY, &file->testimony_dictionary, false,
                          NULL);
    if (load_fence(file, view, NULL) != STEMMA_OK) {
        memset(&file->fence, 0, sizeof file->fence);
    }
    atomic_store_explicit(&file->late_loaded, true, memory_order_release);
}

stemma_status stm_late_term(stemma_snapshot *snapshot, uint32_t number, stemma_term *out,
                            stemma_error *error)
{
    stemma_file *file = snapshot->file;
    if (number >= file->counts.vocabulary) {
        return STEMMA_NOT_FOUND;
    }
    if (!stm_late_loaded(file) &&
        atomic_fetch_add_explicit(&file->single_terms, 1, memory_order_relaxed) < SINGLE_TERMS) {
        uint8_t bytes[4];
        stemma_bytes key = {bytes, sizeof bytes};
        stemma_bytes value;
        stm_key_u32(bytes, number);
        return stm_store_get(snapshot->view, STM_TABLE_VOCABULARY, key, &value) == STEMMA_OK
                   ? read_term(value, number, out, error)
                   : stm_damaged(error, STM_TABLE_VOCABULARY, number, "KEY_ORDER");
    }
    stemma_status status = stm_late_need(snapshot, error);
    if (status == STEMMA_OK) {
        *out = file->terms[number];
    }
    return status;
}
