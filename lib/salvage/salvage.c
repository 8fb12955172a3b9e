/* SPDX-License-Identifier: MIT */
#include "salvage/salvage.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "digest.h"
#include "document_record.h"
#include "file/publish.h"
#include "key.h"
#include "meta_record.h"

/* ---- Losses -------------------------------------------------------------------------------- */

stemma_status stm_salvage_lose(stemma_salvage *salvage, const char *what, const char *table,
                               const char *document, uint64_t count, const char *code,
                               const char *where, const char *message)
{
    stemma_loss loss = {what, table, where, document != NULL ? document : "", code, message, count};
    bool counts = strcmp(what, "page") != 0 && strcmp(what, "supplied") != 0;
    if (salvage->stopped) {
        return STEMMA_END;
    }
    salvage->losses += counts ? count : 0;
    if (salvage->callback != NULL && salvage->callback(salvage->context, &loss) != 0) {
        salvage->stopped = true;
        return STEMMA_END;
    }
    return STEMMA_OK;
}

static bool lose_page(void *context, stm_page_problem problem, const stm_page_place *place)
{
    const stm_page_problem_text *text = &stm_page_problem_texts[problem];
    char where[96] = "";
    if (place->page >= 0) {
        int used = snprintf(where, sizeof where, "page %lld", (long long)place->page);
        if (place->node >= 0) {
            used += snprintf(where + used, sizeof where - (size_t)used, " node %d", place->node);
        }
        snprintf(where + used, sizeof where - (size_t)used, " offset %llu",
                 (unsigned long long)place->page * STEMMA_PAGE_SIZE);
    }
    return stm_salvage_lose(context, "page", place->table != NULL ? place->table : "", NULL, 1,
                            text->code, where, text->meaning) == STEMMA_OK;
}

/* ---- Digests ------------------------------------------------------------------------------- */

static bool digest_right(stm_store_view *view, stm_table table, const stm_table_digest *stated)
{
    stm_store_cursor *cursor;
    stemma_bytes key, value;
    stm_digest digest;
    uint8_t result[STM_DIGEST_SIZE];
    uint64_t entries = 0;
    if (stm_store_cursor_take(&cursor, view, table) != STEMMA_OK ||
        stm_digest_begin(&digest) != STEMMA_OK) {
        return false;
    }
    stemma_status status = stm_store_first(cursor, &key, &value);
    for (; status == STEMMA_OK; status = stm_store_next(cursor, &key, &value)) {
        entries++;
        if (stm_digest_record(&digest, key, value) != STEMMA_OK) {
            return false;
        }
    }
    stm_store_cursor_return(cursor);
    stm_digest_end(result, &digest);
    return entries == stated->entries && memcmp(result, stated->digest, sizeof result) == 0;
}

/* The tables whose records are taken but cannot be proven. */
static stemma_status tell_unverified(stemma_salvage *salvage, stemma_error *error)
{
    static const stm_table taken[] = {
        STM_TABLE_DERIVATION, STM_TABLE_DOCUMENT,   STM_TABLE_JUDGEMENT, STM_TABLE_RUN,
        STM_TABLE_TESTIMONY,  STM_TABLE_VOCABULARY, /* the rest holds rows of data sets */
        STM_TABLE_DETAIL,     STM_TABLE_ENTITY,     STM_TABLE_EVENT,     STM_TABLE_MEMBER,
        STM_TABLE_MEMBERSHIP, STM_TABLE_ROW};
    size_t taken_count = salvage->has_rows ? sizeof taken / sizeof taken[0] : 6;
    stm_table_digest digests[STM_TABLES_MAX];
    uint32_t count = 0;
    stemma_bytes key = {(const uint8_t *)STM_DIGEST_KEY, sizeof STM_DIGEST_KEY - 1}, value;
    stm_store_view *view = NULL;
    stemma_status status = stm_store_view_begin(&view, salvage->file->store, error);
    if (status == STEMMA_OK && (stm_store_get(view, STM_TABLE_META, key, &value) != STEMMA_OK ||
                                stm_digests_decode(value, digests, &count, NULL) != STEMMA_OK)) {
        count = 0;
    }
    for (size_t i = 0; status == STEMMA_OK && i < taken_count; i++) {
        const stm_table_digest *stated = NULL;
        uint64_t entries = salvage->remains->tables[taken[i]].entries;
        for (uint32_t j = 0; j < count; j++) {
            if (stemma_text_equal(digests[j].table, stemma_text_of(stm_tables[taken[i]].name))) {
                stated = &digests[j];
            }
        }
        bool right = stated != NULL && digest_right(view, taken[i], stated);
        if (taken[i] == STM_TABLE_DETAIL) {
            const stm_remains_table *detail = &salvage->remains->tables[STM_TABLE_DETAIL];
            salvage->details_complete = right || (detail->whole && detail->lost == 0);
        }
        if (entries != 0 && !right) {
            char where[64];
            snprintf(where, sizeof where, "%llu of %llu records", (unsigned long long)entries,
                     (unsigned long long)(stated != NULL ? stated->entries : entries));
            status = stm_salvage_lose(salvage, "unverified", stm_tables[taken[i]].name, NULL, 1,
                                      stated == NULL ? "DIGEST_MISSING" : "DIGEST_MISMATCH", where,
                                      "The table is not what its digest says: each of its records "
                                      "keeps the rules, but may be altered");
        }
    }
    stm_store_view_end(view);
    return status;
}

/* ---- Beginning and end --------------------------------------------------------------------- */

/* One entry a record of `document`, in order. */
static stemma_status list_documents(stemma_salvage *salvage, stemma_error *error)
{
    const stm_remains *remains = salvage->remains;
    stm_remains_place place = {0, 0};
    stemma_bytes key, value;
    size_t most = (size_t)remains->tables[STM_TABLE_DOCUMENT].entries;
    salvage->saved = calloc(most + 1, sizeof *salvage->saved);
    if (salvage->saved == NULL) {
        return stm_no_memory(error);
    }
    bool there = stm_remains_forward(remains, STM_TABLE_DOCUMENT, &place, &key, &value);
    while (there && salvage->saved_count < most) {
        uint32_t number;
        stemma_document document;
        stm_document_extra extra;
        if (stm_key_read_u32(key, &number) == STEMMA_OK && number < STEMMA_NONE) {
            salvage->has_rows |=
                stm_document_decode(value, &document, &extra, NULL) == STEMMA_OK && extra.rows != 0;
            salvage->saved[salvage->saved_count++].number = number;
        }
        there = stm_remains_next(remains, STM_TABLE_DOCUMENT, &place) &&
                stm_remains_forward(remains, STM_TABLE_DOCUMENT, &place, &key, &value);
    }
    return STEMMA_OK;
}

/* Whether any table shows that the file was a knowledge base. */
static bool anything_left(const stemma_salvage *salvage)
{
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        if (salvage->remains->tables[i].entries != 0) {
            return true;
        }
    }
    return false;
}

static stemma_status begin(stemma_salvage *salvage, const char *path, uint64_t memory_limit,
                           stemma_error *error)
{
    stemma_status status = stm_remains_open(&salvage->remains, path, lose_page, salvage, error);
    if (status == STEMMA_OK && !anything_left(salvage)) {
        status = stm_fail(error, STEMMA_E_NOT_STEMMA, "NOT_STEMMA", path,
                          "Nothing in the file is of a .stemma file");
    }
    if (status == STEMMA_OK && salvage->remains->unplaced != 0) {
        status = stm_salvage_lose(salvage, "page", "", NULL, salvage->remains->unplaced,
                                  "PAGE_UNUSED", "", "Sound leaf pages whose table cannot be told");
    }
    if (status == STEMMA_OK) {
        status = stm_salvage_open_file(salvage, memory_limit, error);
    }
    if (status == STEMMA_OK) {
        status = list_documents(salvage, error);
    }
    if (status == STEMMA_OK) {
        status = tell_unverified(salvage, error);
    }
    return status == STEMMA_OK ? stm_salvage_count_runs(salvage, error) : status;
}

stemma_status stemma_salvage_begin(stemma_salvage **out, const char *path,
                                   stemma_loss_callback *callback, void *context,
                                   uint64_t memory_limit, stemma_error *error)
{
    if (out == NULL || path == NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    stemma_salvage *salvage = calloc(1, sizeof *salvage);
    if (salvage == NULL) {
        return stm_no_memory(error);
    }
    salvage->callback = callback;
    salvage->context = context;
    stemma_status status = begin(salvage, path, memory_limit, error);
    if (status != STEMMA_OK) {
        stemma_salvage_end(salvage);
        return status;
    }
    *out = salvage;
    return STEMMA_OK;
}

void stemma_salvage_end(stemma_salvage *salvage)
{
    if (salvage != NULL) {
        if (salvage->file != NULL) {
            stemma_close(salvage->file); /* and the remains with it */
        } else {
            stm_remains_close(salvage->remains);
        }
        free(salvage->saved);
        free(salvage);
    }
}

stemma_file *stemma_salvage_file(stemma_salvage *salvage)
{
    return salvage->file;
}

uint64_t stemma_salvage_losses(const stemma_salvage *salvage)
{
    return salvage->losses;
}

stm_saved *stm_salvage_saved(const stemma_salvage *salvage, uint32_t document)
{
    size_t low = 0;
    size_t high = salvage->saved_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (salvage->saved[middle].number < document) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < salvage->saved_count && salvage->saved[low].number == document
               ? &salvage->saved[low]
               : NULL;
}
