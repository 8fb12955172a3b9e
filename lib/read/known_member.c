/* SPDX-License-Identifier: MIT */
/* The members of an entity or event that are known. */
#include "read/known.h"

#include "base/error.h"
#include "key.h"
#include "posting_cursor.h"

/* The list of the members of one thing, while it is read. */
struct list {
    stm_posting_source source;
    stm_posting_cursor *cursor;
    stm_mark mark;
    stemma_status status; /* of the cursor */
};

static stemma_status begin(stemma_snapshot *snapshot, stemma_reference of, struct list *list,
                           stemma_error *error)
{
    stm_list_key key;
    stemma_status status;
    list->mark = stm_snapshot_mark(snapshot);
    list->cursor = stm_snapshot_alloc(snapshot, sizeof *list->cursor, error);
    if (list->cursor == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = stm_snapshot_source(snapshot, STM_TABLE_MEMBERSHIP, &list->source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_membership(&key,
                            of.kind == STEMMA_REFERENCE_EVENT ? STM_MEMBERSHIP_EVENT
                                                              : STM_MEMBERSHIP_ENTITY,
                            of.number);
    list->status = stm_posting_cursor_open(list->cursor, &list->source, stm_list_key_bytes(&key),
                                           snapshot->file->bounds.documents);
    return STEMMA_OK;
}

static stemma_status end(stemma_snapshot *snapshot, stemma_reference of, struct list *list,
                         stemma_error *error)
{
    stm_snapshot_source_return(&list->source);
    stm_snapshot_rewind(snapshot, list->mark);
    return list->status >= 0 ? STEMMA_OK
                             : stm_damaged(error, STM_TABLE_MEMBERSHIP, of.number, "POSTINGS");
}

/* The members of an entity or event are listed when there are several: whether one of them is not
   known yet. What has no list has one member. */
stemma_status stm_known_whole(stemma_snapshot *snapshot, stemma_reference of, bool *whole,
                              stemma_error *error)
{
    struct list list;
    uint32_t document = 0;
    uint32_t referent = 0;
    stemma_status status = begin(snapshot, of, &list, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (list.status == STEMMA_OK) {
        list.status = stm_posting_cursor_seek(list.cursor, snapshot->until, &document, &referent);
    }
    *whole = list.status == STEMMA_END;
    return end(snapshot, of, &list, error);
}

stemma_status stm_known_members(stemma_snapshot *snapshot, stemma_reference of, uint32_t most,
                                stemma_referent_id *out, uint32_t *count, stemma_error *error)
{
    struct list list;
    stemma_status status = begin(snapshot, of, &list, error);
    *count = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    while (list.status == STEMMA_OK && *count < most) {
        stemma_referent_id *member = &out[*count];
        list.status = stm_posting_cursor_next(list.cursor, &member->document, &member->referent);
        if (list.status == STEMMA_OK && member->document >= snapshot->until) {
            break; /* this one and the others are not known yet */
        }
        *count += list.status == STEMMA_OK;
    }
    return end(snapshot, of, &list, error);
}
