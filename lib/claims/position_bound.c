/* SPDX-License-Identifier: MIT */
#include "claims/position_bound.h"

#include "claim_record.h"
#include "entity_block.h"
#include "base/error.h"
#include "name/folded.h"

stemma_status stm_claims_of(stemma_snapshot *snapshot, stemma_reference subject, uint32_t *first,
                            uint32_t *count, stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    stemma_status status;
    if (subject.kind == STEMMA_REFERENCE_EVENT) {
        const stm_event_block *block = NULL;
        uint32_t row = subject.number % STEMMA_EVENT_BLOCK;
        status = subject.number < bounds->events
                     ? stm_snapshot_event_block(snapshot, subject.number, &block, error)
                     : STEMMA_NOT_FOUND;
        if (status != STEMMA_OK) {
            return status;
        }
        *first = (uint32_t)stm_event_block_get(block, STM_EVENT_CLAIM_FIRST, row);
        *count = (uint32_t)stm_event_block_get(block, STM_EVENT_CLAIM_COUNT, row);
    } else {
        const stm_entity_block *block = NULL;
        uint32_t row = subject.number % STM_ENTITY_BLOCK;
        status = subject.number < bounds->entities
                     ? stm_snapshot_entity_block(snapshot, subject.number, &block, error)
                     : STEMMA_NOT_FOUND;
        if (status != STEMMA_OK) {
            return status;
        }
        *first = (uint32_t)stm_column_get(&block->column[STM_ENTITY_CLAIM_FIRST], row);
        *count = (uint32_t)stm_column_get(&block->column[STM_ENTITY_CLAIM_COUNT], row);
    }
    return *first <= bounds->claims && *count <= bounds->claims - *first
               ? STEMMA_OK
               : stm_damaged(error, STM_TABLE_CLAIM, *first, "CLAIM_RANGE");
}

/* Row `index` of the stored claims from rank `rank` on, which are claims from `first` on. */
static stemma_status peek(stemma_snapshot *snapshot, uint32_t rank, uint32_t first, uint32_t index,
                          stm_claim_row *row, stemma_error *error)
{
    stemma_bytes bytes;
    stm_fault fault = {"", 0};
    stemma_status status =
        stm_snapshot_row(snapshot, STM_TABLE_CLAIM, rank + index, &bytes, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_CLAIM, first + index, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_claim_peek(bytes, &snapshot->file->bounds, row, &fault);
    return status == STEMMA_OK
               ? STEMMA_OK
               : stm_record_failed(error, status, STM_TABLE_CLAIM, first + index, &fault);
}

static uint32_t bounded(uint64_t sum)
{
    return sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
}

stemma_status stm_position_bound(stemma_snapshot *snapshot, stemma_reference subject,
                                 uint32_t *independent, uint32_t *documents, stemma_error *error)
{
    uint32_t first = 0, count = 0, predicate = STEMMA_NONE;
    uint64_t sums[2] = {0, 0}, most[2] = {0, 0};
    stm_claim_place place;
    stemma_status status = stm_claims_of(snapshot, subject, &first, &count, error);
    if (status == STEMMA_OK && count != 0) {
        status = stm_claim_locate(snapshot, first, &place, error);
    }
    *independent = *documents = UINT32_MAX;
    if (status != STEMMA_OK || (count != 0 && place.folded)) {
        return status;
    }
    for (uint32_t i = 0; i < count; i++) {
        stm_claim_row row;
        status = peek(snapshot, place.rank, first, i, &row, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (row.predicate != predicate) {
            sums[0] = sums[1] = 0;
            predicate = row.predicate;
        }
        sums[0] += row.independent;
        sums[1] += row.documents;
        most[0] = sums[0] > most[0] ? sums[0] : most[0];
        most[1] = sums[1] > most[1] ? sums[1] : most[1];
    }
    *independent = bounded(most[0]);
    *documents = bounded(most[1]);
    return STEMMA_OK;
}
