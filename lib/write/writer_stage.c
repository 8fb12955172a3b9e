/* SPDX-License-Identifier: MIT */
#include "write/writer_stage.h"

#include "base/error.h"

#include <stdio.h>

void stm_writer_progress(const stemma_writer *writer, const char *stage, uint64_t done,
                         uint64_t total)
{
    if (writer->progress != NULL) {
        writer->progress(writer->progress_context, stage, done, total);
    }
}

uint8_t *stm_writer_scratch(stemma_writer *writer, size_t size)
{
    uint8_t *scratch = stm_grow(writer->scratch, &writer->scratch_size, size, 1);
    if (scratch != NULL) {
        writer->scratch = scratch;
    }
    return scratch;
}

stemma_status stm_writer_fault(stemma_error *error, stemma_status status, const stm_fault *fault,
                               const char *table, uint64_t number)
{
    char where[64];
    snprintf(where, sizeof where, "%s %llu", table, (unsigned long long)number);
    if (status == STEMMA_E_NO_MEMORY) {
        return stm_no_memory(error);
    }
    const char *code = fault != NULL && fault->code != NULL ? fault->code : "ENCODE_FAILED";
    return stm_fail(error, status, code, where, "the record cannot be stored");
}

stemma_status stm_writer_document_at(stemma_writer *writer, uint32_t number, int with_testimony,
                                     stm_document_arrays *arrays, stemma_document *document,
                                     stemma_error *error)
{
    const stm_writer_document *entry = &writer->documents[writer->order[number]];
    stm_memory_check(writer->memory);
    stemma_status status =
        stm_spool_get(&writer->spool, entry->place, with_testimony, arrays, document);
    if (status != STEMMA_OK) {
        return stm_no_memory(error);
    }
    stemma_assertion *assertions = (stemma_assertion *)(uintptr_t)document->assertions;
    for (uint32_t i = 0; with_testimony && i < document->assertion_count; i++) {
        assertions[i].run = writer->runs[assertions[i].run].number;
    }
    return STEMMA_OK;
}
