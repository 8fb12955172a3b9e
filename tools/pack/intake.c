/* SPDX-License-Identifier: MIT */
#include "pack/intake.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "pack/document_copy.h"
#include "pack/extract/extract.h"
#include "pack/extract/language.h"

#define CAP_LEAST ((size_t)64 << 20)
#define CAP_MOST  ((size_t)1 << 30)
#define CAP_BYTE  256u /* beyond CAP_LEAST, for each byte of the text */

size_t stm_intake_cap(size_t text_size)
{
    return text_size < (CAP_MOST - CAP_LEAST) / CAP_BYTE ? CAP_LEAST + CAP_BYTE * text_size
                                                         : CAP_MOST;
}

void stm_intake_settle(const struct stm_intake *intake)
{
    if (intake->batch < STM_BATCH_MOST) {
        malloc_trim(0);
    }
}

struct turn {
    uint64_t size;
    uint32_t item;
};

static int compare_turns(const void *left, const void *right)
{
    const struct turn *a = left;
    const struct turn *b = right;
    return a->size != b->size ? (a->size < b->size) - (a->size > b->size)
                              : (a->item > b->item) - (a->item < b->item);
}

void stm_intake_turns(const uint64_t *sizes, size_t count, uint32_t turns[STM_BATCH_MOST])
{
    struct turn sorted[STM_BATCH_MOST];
    for (size_t i = 0; i < count; i++) {
        sorted[i] = (struct turn){sizes[i], (uint32_t)i};
    }
    qsort(sorted, count, sizeof *sorted, compare_turns);
    for (size_t i = 0; i < count; i++) {
        turns[i] = sorted[i].item;
    }
}

stemma_status stm_intake_extract(const struct stm_intake *intake,
                                 struct stm_pack_document *document, stemma_error *error)
{
    stemma_document read;
    stemma_status status;
    if (intake->model == NULL) {
        *error = intake->model_error;
        return intake->model_error.status;
    }
    status = stm_model_prove(intake->model, error);
    if (status != STEMMA_OK) {
        return status;
    }
    const struct stm_language *language = stm_language_of(&document->document);
    if (language != NULL && language != &stm_languages[0]) {
        /* Rules of English make nonsense of it; full text is indexed in its own language. */
        if (document->document.language.size == 0) {
            document->document.language = stemma_text_of(language->code);
        }
        document->unread = language->name;
        return STEMMA_OK;
    }
    /* Most of what it takes is scratch: the next document is read in the same memory. */
    struct stm_arena *scratch =
        stm_arena_pool_take(intake->scratch, stm_intake_cap(document->document.text.size));
    if (scratch == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    status = stm_extract(intake->model, &document->document, intake->extract_run, scratch, &read,
                         error);
    if (status == STEMMA_OK) {
        status = stm_document_copy_read(&document->arena, &read, &document->document);
    }
    if (status == STEMMA_E_NO_MEMORY) {
        status = stm_arena_is_full(&document->arena)
                     ? STEMMA_E_LIMIT
                     : stm_fail(error, status, "NO_MEMORY", "", "Out of memory");
    }
    stm_arena_pool_give(intake->scratch, scratch);
    if (status == STEMMA_E_LIMIT) { /* it stays, unread, and so do the others */
        document->too_much = true;
        status = STEMMA_OK;
    }
    return status;
}

stemma_status stm_intake_map_runs(struct stm_pack_document *document, const uint32_t *map,
                                  uint32_t count, stemma_error *error)
{
    stemma_document *fields = &document->document;
    stemma_assertion *assertions;
    if (fields->assertion_count == 0) {
        return STEMMA_OK;
    }
    assertions = stm_arena_alloc(&document->arena, fields->assertion_count, sizeof *assertions);
    if (assertions == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "assertions", "Out of memory");
    }
    for (uint32_t i = 0; i < fields->assertion_count; i++) {
        assertions[i] = fields->assertions[i];
        if (assertions[i].run >= count || map[assertions[i].run] == STEMMA_NONE) {
            char where[48];
            snprintf(where, sizeof where, "assertions[%u].run", i);
            return stm_fail(error, STEMMA_E_INVALID, "RUN_MISSING", where,
                            "The assertion names a run that was not declared");
        }
        assertions[i].run = map[assertions[i].run];
    }
    fields->assertions = assertions;
    return STEMMA_OK;
}
