/* SPDX-License-Identifier: MIT */
/* Documents, runs and terms: what they are, not what they say. */
#include "read/document.h"

#include "column.h"
#include "base/error.h"
#include "read/known.h"
#include "run_record.h"
#include "file/late.h"

stemma_status stm_document_find(stemma_snapshot *snapshot, uint32_t document, stemma_bytes *value,
                                stemma_document *out, stm_document_extra *extra,
                                stemma_error *error)
{
    stm_fault fault = {"", 0};
    if (document >= stm_known_documents(snapshot)) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status =
        stm_snapshot_get_u32(snapshot, STM_TABLE_DOCUMENT, document, value, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_DOCUMENT, document, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_document_decode(*value, out, extra, &fault);
    if (status == STEMMA_OK && out->row_count != 0 &&
        out->row_run >= snapshot->file->bounds.runs) {
        return stm_damaged(error, STM_TABLE_DOCUMENT, document, "NUMBER_OUT_OF_RANGE");
    }
    return status == STEMMA_OK
               ? STEMMA_OK
               : stm_record_failed(error, status, STM_TABLE_DOCUMENT, document, &fault);
}

stemma_status stm_document_load(stemma_snapshot *snapshot, uint32_t document, stemma_document *out,
                                stm_document_extra *extra, stemma_error *error)
{
    stemma_bytes value;
    stm_fault fault = {"", 0};
    stemma_status status = stm_document_find(snapshot, document, &value, out, extra, error);
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t *offsets = stm_snapshot_array(snapshot, (uint64_t)extra->sentences + extra->paragraphs,
                                           sizeof *offsets, error);
    stemma_span *spans = stm_snapshot_array(snapshot, extra->furniture, sizeof *spans, error);
    if (offsets == NULL || spans == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = stm_document_decode_arrays(value, out, extra, offsets, spans, &fault);
    return status == STEMMA_OK
               ? STEMMA_OK
               : stm_record_failed(error, status, STM_TABLE_DOCUMENT, document, &fault);
}

stemma_status stemma_document_get(stemma_snapshot *snapshot, uint32_t document,
                                  stemma_document *out, stemma_error *error)
{
    stm_document_extra extra;
    return stm_document_load(snapshot, document, out, &extra, error);
}

/* Whether the document was published after `seconds`, or it is not known when. */
static stemma_status published_after(stemma_snapshot *snapshot, uint32_t document, int64_t seconds,
                                     bool *after, stemma_error *error)
{
    stemma_bytes value;
    stemma_document record;
    stm_document_extra extra;
    stemma_time_bounds bounds;
    stemma_status status = stm_document_find(snapshot, document, &value, &record, &extra, error);
    if (status != STEMMA_OK) {
        return status;
    }
    *after = stemma_edtf_bounds(record.published.edtf, &bounds) != STEMMA_OK ||
             bounds.start_earliest == STEMMA_TIME_UNKNOWN_EARLY || bounds.start_earliest > seconds;
    return STEMMA_OK;
}

stemma_status stemma_documents_until(stemma_snapshot *snapshot, int64_t seconds, uint32_t *out,
                                     stemma_error *error)
{
    uint32_t low = 0;
    uint32_t high = stm_known_documents(snapshot);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        bool after = false;
        stemma_status status = published_after(snapshot, middle, seconds, &after, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (after) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    *out = low;
    return STEMMA_OK;
}

/* One number of a document out of the column blocks of table `group`. */
static stemma_status group_column(stemma_snapshot *snapshot, uint32_t document, uint16_t column_id,
                                  int64_t *number, stemma_error *error)
{
    stm_column column;
    uint32_t block = document / STEMMA_EVENT_BLOCK;
    uint32_t row = document % STEMMA_EVENT_BLOCK;
    if (document >= stm_known_documents(snapshot)) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status =
        stm_snapshot_column(snapshot, STM_TABLE_GROUP, column_id, 0, block, &column, error);
    if (status == STEMMA_NOT_FOUND || (status == STEMMA_OK && row >= column.count)) {
        return stm_damaged(error, STM_TABLE_GROUP, block, "COLUMN_BLOCK");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    *number = stm_column_get(&column, row);
    return STEMMA_OK;
}

stemma_status stemma_independence_group(stemma_snapshot *snapshot, uint32_t document, uint32_t *out,
                                        stemma_error *error)
{
    int64_t group = 0;
    if (stm_is_cut(snapshot)) {
        return document < snapshot->until ? stm_known_group(snapshot, document, out, error)
                                          : STEMMA_NOT_FOUND;
    }
    stemma_status status = group_column(snapshot, document, 1, &group, error);
    if (status == STEMMA_OK && (group < 0 || group > document)) {
        status = stm_damaged(error, STM_TABLE_GROUP, document, "NUMBER_OUT_OF_RANGE");
    }
    if (status == STEMMA_OK) {
        *out = (uint32_t)group;
    }
    return status;
}

stemma_status stemma_run_get(stemma_snapshot *snapshot, uint32_t run, stemma_run *out,
                             stemma_error *error)
{
    stemma_bytes value;
    stm_fault fault = {"", 0};
    if (run >= snapshot->file->bounds.runs) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = stm_snapshot_get_u32(snapshot, STM_TABLE_RUN, run, &value, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_RUN, run, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_run_decode(value, out, &fault);
    return status == STEMMA_OK ? STEMMA_OK
                               : stm_record_failed(error, status, STM_TABLE_RUN, run, &fault);
}

stemma_status stemma_term_get(stemma_snapshot *snapshot, uint32_t term, stemma_term *out,
                              stemma_error *error)
{
    return stm_late_term(snapshot, term, out, error);
}
