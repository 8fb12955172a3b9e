/* SPDX-License-Identifier: MIT */
/* Which events may have an amount, from the first bytes of their claims: most of those that columns let pass
 * count something else. */
#include "base/error.h"
#include "events/event_check.h"
#include "name/folded.h"
#include "object_record.h"
#include "row_block.h"
#include "read/row_detail.h"

/* ---- Stored claims ---- */

/* Brings the row block of a stored claim to hand; no rows when there is none such. */
static stemma_status bring(stemma_event_cursor *cursor, uint32_t rank, stemma_error *error)
{
    stm_event_glance *glance = &cursor->checks->glance;
    stm_fault fault = {"", 0};
    stemma_status status = stm_snapshot_rows(cursor->snapshot, STM_TABLE_CLAIM, rank,
                                             &glance->first, &glance->value, error);
    glance->rows = 0;
    if (status != STEMMA_OK) {
        return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    status = stm_rows_count(glance->value, &glance->rows, &fault);
    return status == STEMMA_OK
               ? STEMMA_OK
               : stm_record_failed(error, status, STM_TABLE_CLAIM, rank, &fault);
}

/* Whether a quantity that is not checked otherwise may be the amount that is asked for. */
static bool may_be_amount(const stemma_event_cursor *cursor, const stm_claim_glance *seen)
{
    stemma_object object;
    stm_mp mp = stm_mp_over(seen->object);
    (void)stm_object_get(&mp, &object);
    return mp.code != NULL || stm_event_is_amount(cursor->checks, &object.as.quantity);
}

/* Looks at one stored claim; what cannot be told is taken for what is looked for. */
static stemma_status look_at(stemma_event_cursor *cursor, uint32_t rank, bool *may,
                             stemma_error *error)
{
    stm_event_glance *glance = &cursor->checks->glance;
    stm_claim_glance seen;
    stemma_bytes row;
    stm_fault fault = {"", 0};
    if (rank - glance->first >= glance->rows) { /* also when it lies before */
        stemma_status status = bring(cursor, rank, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (stm_rows_at(glance->value, rank - glance->first, &row, &fault) != STEMMA_OK ||
        !stm_claim_glance_at(row, &seen)) {
        *may = true;
        return STEMMA_OK;
    }
    *may = seen.kind == STEMMA_OBJECT_QUANTITY && may_be_amount(cursor, &seen);
    return STEMMA_OK;
}

/* ---- Folded rows ---- */

/* Notes which events of a part have a quantity. */
static stemma_status read_part(stemma_event_cursor *cursor, uint32_t event, uint32_t rows,
                               stemma_error *error)
{
    stm_event_glance *glance = &cursor->checks->glance;
    stemma_snapshot *snapshot = cursor->snapshot;
    uint32_t first = event - event % STM_DETAIL_PART;
    uint32_t left = rows - first % STEMMA_EVENT_BLOCK;
    uint32_t count = left < STM_DETAIL_PART ? left : STM_DETAIL_PART;
    bool there = false;
    if (glance->details == NULL) {
        glance->details =
            stm_snapshot_array(snapshot, STM_DETAIL_PART, sizeof *glance->details, error);
    }
    if (glance->details == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = stm_detail_part(snapshot, first, count, glance->details, &there, error);
    if (status != STEMMA_OK) {
        return status;
    }
    memset(glance->quantities, 0, sizeof glance->quantities);
    for (uint32_t i = 0; i < count && there; i++) {
        if (glance->details[i].quantity_predicate != STEMMA_NONE) {
            glance->quantities[i / 64] |= UINT64_C(1) << i % 64;
        }
    }
    glance->part = (uint64_t)event / STM_DETAIL_PART + 1;
    return STEMMA_OK;
}

/* Of the rows of data sets a few have a quantity. */
static stemma_status look_at_row(stemma_event_cursor *cursor, uint32_t event, uint32_t rows,
                                 bool *may, stemma_error *error)
{
    stm_event_glance *glance = &cursor->checks->glance;
    uint32_t at = event % STM_DETAIL_PART;
    if (stm_store_entries(cursor->snapshot->file->store, STM_TABLE_DETAIL) == 0) {
        return STEMMA_OK;
    }
    if (glance->part != (uint64_t)event / STM_DETAIL_PART + 1) {
        stemma_status status = read_part(cursor, event, rows, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    *may = (glance->quantities[at / 64] >> at % 64 & 1) != 0;
    return STEMMA_OK;
}

/* ---- Events ---- */

stemma_status stm_event_glance_at(stemma_event_cursor *cursor, uint32_t event, bool *may,
                                  stemma_error *error)
{
    stemma_snapshot *snapshot = cursor->snapshot;
    uint32_t row = event % STEMMA_EVENT_BLOCK;
    const stm_event_block *block = NULL;
    stemma_status status = STEMMA_OK;
    *may = true;
    if (!cursor->checks->amount) {
        return STEMMA_OK;
    }
    status = stm_snapshot_event_block(snapshot, event, &block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_event_block_get(block, STM_EVENT_FOLDED, row) != 0) {
        *may = false;
        status = look_at_row(cursor, event, block->rows, may, error);
    } else {
        int64_t first = stm_event_block_get(block, STM_EVENT_CLAIM_FIRST, row);
        int64_t count = stm_event_block_get(block, STM_EVENT_CLAIM_COUNT, row);
        int64_t unstored = stm_event_block_get(block, STM_EVENT_UNSTORED, row);
        int64_t claims = snapshot->file->bounds.claims;
        if (first < 0 || first > claims || count < 0 || count > claims - first || unstored < 0 ||
            unstored > first) {
            return STEMMA_OK; /* a closer look tells what is wrong */
        }
        *may = false;
        for (uint32_t i = 0; status == STEMMA_OK && i < count && !*may; i++) {
            status = look_at(cursor, (uint32_t)(first - unstored) + i, may, error);
        }
    }
    return status;
}
