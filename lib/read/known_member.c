/* SPDX-License-Identifier: MIT */
/* The members of an entity or event that are known. */
#include "read/known.h"

#include "base/error.h"
#include "key.h"
#include "posting_cursor.h"

/* The members of an entity or event are listed when there are several: whether one of them is not
   known yet. What has no list has one member. */
stemma_status stm_known_whole(stemma_snapshot *snapshot, stemma_reference of, bool *whole,
                              stemma_error *error)
{
    stm_posting_source source;
    stm_list_key list;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stm_posting_cursor *cursor = stm_snapshot_alloc(snapshot, sizeof *cursor, error);
    uint32_t document = 0;
    uint32_t referent = 0;
    if (cursor == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = stm_snapshot_source(snapshot, STM_TABLE_MEMBERSHIP, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_membership(&list,
                            of.kind == STEMMA_REFERENCE_EVENT ? STM_MEMBERSHIP_EVENT
                                                              : STM_MEMBERSHIP_ENTITY,
                            of.number);
    status = stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&list),
                                     snapshot->file->bounds.documents);
    if (status == STEMMA_OK) {
        status = stm_posting_cursor_seek(cursor, snapshot->until, &document, &referent);
    }
    stm_snapshot_source_return(&source);
    stm_snapshot_rewind(snapshot, mark);
    *whole = status == STEMMA_END;
    return status >= 0 ? STEMMA_OK
                       : stm_damaged(error, STM_TABLE_MEMBERSHIP, of.number, "POSTINGS");
}

stemma_status stm_known_members(stemma_snapshot *snapshot, stemma_reference of, uint32_t most,
                                stemma_referent_id *out, uint32_t *count, stemma_error *error)
{
    stm_posting_source source;
    stm_list_key list;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stm_posting_cursor *cursor = stm_snapshot_alloc(snapshot, sizeof *cursor, error);
    *count = 0;
    if (cursor == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = stm_snapshot_source(snapshot, STM_TABLE_MEMBERSHIP, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_membership(&list,
                            of.kind == STEMMA_REFERENCE_EVENT ? STM_MEMBERSHIP_EVENT
                                                              : STM_MEMBERSHIP_ENTITY,
                            of.number);
    status = stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&list),
                                     snapshot->file->bounds.documents);
    while (status == STEMMA_OK && *count < most) {
        stemma_referent_id *member = &out[*count];
        status = stm_posting_cursor_next(cursor, &member->document, &member->referent);
        if (status == STEMMA_OK && member->document >= snapshot->until) {
            break; /* this one and the others are not known yet */
        }
        *count += status == STEMMA_OK;
    }
    stm_snapshot_source_return(&source);
    stm_snapshot_rewind(snapshot, mark);
    return status >= 0 ? STEMMA_OK
                       : stm_damaged(error, STM_TABLE_MEMBERSHIP, of.number, "POSTINGS");
}
