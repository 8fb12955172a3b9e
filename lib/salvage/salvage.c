/* SPDX-License-Identifier: MIT */
#include "salvage/salvage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "document_record.h"
#include "file/publish.h"
#include "key.h"

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
        status = stm_salvage_prove(salvage, error);
    }
    return status == STEMMA_OK ? stm_salvage_count_runs(salvage, error) : status;
}

stemma_status stemma_salvage_begin(stemma_salvage **out, const char *path,
                                   stemma_loss_callback *callback, void *context, uint32_t flags,
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
    salvage->flags = flags;
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

bool stm_salvage_ends(stemma_status status, const stemma_error *error)
{
    return status == STEMMA_E_SYSTEM || status == STEMMA_E_MISUSE || status == STEMMA_E_INTERNAL ||
           (status == STEMMA_E_NO_MEMORY && strcmp(error->code, "NO_MEMORY") == 0);
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
