/* SPDX-License-Identifier: MIT */
#include "vocabulary.h"

#include <stdlib.h>

#include "error.h"
#include "key.h"

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

/* What load() does while no other thread does. */
static stemma_status load_alone(stemma_file *file, stm_store_view *view, stemma_error *error)
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
    atomic_store_explicit(&file->vocabulary_loaded, true, memory_order_release);
    return STEMMA_OK;
}

stemma_status stm_vocabulary_load(stemma_file *file, stm_store_view *view, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    pthread_mutex_lock(&file->vocabulary_lock);
    if (!stm_vocabulary_loaded(file)) {
        status = load_alone(file, view, error);
    }
    pthread_mutex_unlock(&file->vocabulary_lock);
    return status;
}

stemma_status stm_vocabulary_term(stemma_snapshot *snapshot, uint32_t number, stemma_term *out,
                                  stemma_error *error)
{
    stemma_file *file = snapshot->file;
    if (number >= file->counts.vocabulary) {
        return STEMMA_NOT_FOUND;
    }
    if (!stm_vocabulary_loaded(file) &&
        atomic_fetch_add_explicit(&file->single_terms, 1, memory_order_relaxed) < SINGLE_TERMS) {
        uint8_t bytes[4];
        stemma_bytes key = {bytes, sizeof bytes};
        stemma_bytes value;
        stm_key_u32(bytes, number);
        return stm_store_get(snapshot->view, STM_TABLE_VOCABULARY, key, &value) == STEMMA_OK
                   ? read_term(value, number, out, error)
                   : stm_damaged(error, STM_TABLE_VOCABULARY, number, "KEY_ORDER");
    }
    stemma_status status = stm_vocabulary_need(snapshot, error);
    if (status == STEMMA_OK) {
        *out = file->terms[number];
    }
    return status;
}
