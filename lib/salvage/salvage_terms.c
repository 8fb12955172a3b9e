/* SPDX-License-Identifier: MIT */
/* The vocabulary of a damaged file. A file holds every built-in term, in order (SPEC.md, 8.2):
   where as many terms are missing between two as there are built-in ones between them, it is these.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "digest.h"
#include "file/publish.h"
#include "key.h"
#include "salvage/salvage.h"
#include "stemma/vocabulary.h"

/* No kind: whatever uses the term does not decode. */
#define LOST_KIND 0xFFu

/* Built-in terms in the order of a file. */
typedef struct built_in {
    stemma_term *terms;
    uint32_t count;
} built_in;

static int compare_terms(const void *a, const void *b)
{
    return stm_term_compare(a, b);
}

static stemma_status sort_built_in(built_in *out, stemma_error *error)
{
    const stemma_term *terms = stemma_vocabulary_builtin(&out->count);
    out->terms = malloc(((size_t)out->count + 1) * sizeof *out->terms);
    if (out->terms == NULL) {
        return stm_no_memory(error);
    }
    memcpy(out->terms, terms, out->count * sizeof *terms);
    qsort(out->terms, out->count, sizeof *terms, compare_terms);
    return STEMMA_OK;
}

/* Terms as the table has them; what is missing, does not decode or is out of order is LOST_KIND. */
static void read_terms(stm_store_cursor *cursor, stemma_term *terms, uint32_t count)
{
    stemma_bytes key, value;
    const stemma_term *before = NULL;
    for (uint32_t i = 0; i < count; i++) {
        memset(&terms[i], 0, sizeof terms[i]);
        terms[i].kind = LOST_KIND;
    }
    for (stemma_status status = stm_store_first(cursor, &key, &value); status == STEMMA_OK;
         status = stm_store_next(cursor, &key, &value)) {
        uint32_t number;
        stemma_term term;
        if (stm_key_read_u32(key, &number) == STEMMA_OK && number < count &&
            stm_term_decode(value, &term, NULL) == STEMMA_OK &&
            (before == NULL || stm_term_compare(before, &term) < 0)) {
            terms[number] = term;
            before = &terms[number];
        }
    }
}

/* The terms from `first` up to `end` are missing. Whether they can be told. */
static bool supply(stemma_term *terms, uint32_t count, uint32_t first, uint32_t end,
                   const built_in *known)
{
    uint32_t from = 0;
    uint32_t to = known->count;
    while (first != 0 && from < to &&
           stm_term_compare(&known->terms[from], &terms[first - 1]) <= 0) {
        from++;
    }
    while (end != count && from < to && stm_term_compare(&known->terms[to - 1], &terms[end]) >= 0) {
        to--;
    }
    if (to - from != end - first) {
        return false;
    }
    memcpy(&terms[first], &known->terms[from], (size_t)(end - first) * sizeof *terms);
    return true;
}

static stemma_status supply_all(stemma_salvage *salvage, stemma_term *terms, uint32_t count,
                                bool count_known, const built_in *known)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t first = 0; first < count && status == STEMMA_OK; first++) {
        uint32_t end = first;
        while (end < count && terms[end].kind == LOST_KIND) {
            end++;
        }
        if (end != first) {
            char where[64];
            snprintf(where, sizeof where, "%u..%u", first, end - 1);
            bool supplied =
                (end != count || count_known) && supply(terms, count, first, end, known);
            status = supplied
                         ? stm_salvage_lose(salvage, "supplied", "vocabulary", NULL, end - first,
                                            "RECORD_MISSING", where,
                                            "Terms that are missing can only be built-in ones")
                         : stm_salvage_lose(salvage, "term", "vocabulary", NULL, end - first,
                                            "RECORD_MISSING", where,
                                            "Terms are missing; testimony that uses them is lost");
            first = end;
        }
    }
    return status;
}

stemma_status stm_salvage_terms(stemma_salvage *salvage, stm_store_view *view, uint64_t stated,
                                stemma_error *error)
{
    stemma_file *file = salvage->file;
    const stm_remains_table *table = &salvage->remains->tables[STM_TABLE_VOCABULARY];
    stm_store_cursor *cursor = NULL;
    built_in known = {NULL, 0};
    uint32_t count = (uint32_t)stated;
    stemma_status status = sort_built_in(&known, error);
    if (status == STEMMA_OK && !salvage->meta_known && table->entries == 0) {
        count = known.count; /* the least that there can have been */
    }
    stemma_term *terms = malloc(((size_t)count + 1) * sizeof *terms);
    if (status == STEMMA_OK && terms == NULL) {
        status = stm_no_memory(error);
    }
    if (status == STEMMA_OK) {
        status = stm_store_cursor_take(&cursor, view, STM_TABLE_VOCABULARY);
    }
    if (status == STEMMA_OK) {
        read_terms(cursor, terms, count);
        stm_store_cursor_return(cursor);
        status = supply_all(salvage, terms, count, salvage->meta_known || table->whole, &known);
    }
    if (status == STEMMA_OK) {
        file->terms = terms;
        file->bounds.vocabulary.terms = terms;
        file->bounds.vocabulary.count = count;
        file->counts.vocabulary = count;
        terms = NULL;
    }
    free(terms);
    free(known.terms);
    return status;
}

bool stm_salvage_terms_proven(const stemma_salvage *salvage, const stm_table_digest *stated)
{
    const stm_vocabulary *vocabulary = &salvage->file->bounds.vocabulary;
    uint8_t bytes[4], result[STM_DIGEST_SIZE], space[4096];
    stm_digest digest;
    if (vocabulary->count != stated->entries || stm_digest_begin(&digest) != STEMMA_OK) {
        return false;
    }
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        stm_buffer value = stm_buffer_over(space, sizeof space);
        stemma_bytes key = {bytes, sizeof bytes};
        stm_key_u32(bytes, i);
        if (vocabulary->terms[i].kind == LOST_KIND ||
            stm_term_encode(&vocabulary->terms[i], &value, NULL) != STEMMA_OK ||
            stm_digest_record(&digest, key, (stemma_bytes){space, value.size}) != STEMMA_OK) {
            return false; /* also when a term of somebody's is longer than the space */
        }
    }
    stm_digest_end(result, &digest);
    return memcmp(result, stated->digest, sizeof result) == 0;
}

void stm_salvage_terms_drop(stemma_salvage *salvage)
{
    for (uint32_t i = 0; i < salvage->file->bounds.vocabulary.count; i++) {
        salvage->file->terms[i].kind = LOST_KIND;
    }
}

stemma_status stemma_salvage_term(stemma_salvage *salvage, uint32_t term, stemma_term *out)
{
    const stm_vocabulary *vocabulary = &salvage->file->bounds.vocabulary;
    if (term >= vocabulary->count || vocabulary->terms[term].kind == LOST_KIND) {
        return STEMMA_NOT_FOUND;
    }
    *out = vocabulary->terms[term];
    return STEMMA_OK;
}
