/* SPDX-License-Identifier: MIT */
#include "find/find_posting.h"

#include "base/error.h"

static stemma_status named(stemma_status status, stemma_error *error)
{
    return status < 0 ? stm_damaged(error, STM_TABLE_NAME, 0, "POSTING_VALUE") : status;
}

stemma_status stm_find_count(stemma_snapshot *snapshot, uint32_t token, uint64_t *count,
                             stemma_error *error)
{
    stm_posting_source source;
    stm_list_key key;
    stemma_status status = stm_snapshot_source(snapshot, STM_TABLE_NAME, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_u32(&key, token);
    status = named(stm_posting_count(&source, stm_list_key_bytes(&key), count), error);
    stm_snapshot_source_return(&source);
    return status;
}

stemma_status stm_find_list_open(stm_find_list *list, stemma_snapshot *snapshot,
                                 stm_posting_cursor *cursor, uint32_t token, stemma_error *error)
{
    stm_list_key key;
    stemma_status status = stm_snapshot_source(snapshot, STM_TABLE_NAME, &list->source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    list->cursor = cursor;
    stm_list_key_u32(&key, token);
    status = named(stm_posting_cursor_open(cursor, &list->source, stm_list_key_bytes(&key),
                                           snapshot->file->bounds.entities),
                   error);
    if (status != STEMMA_OK) {
        stm_snapshot_source_return(&list->source);
    }
    return status;
}

void stm_find_list_close(stm_find_list *list)
{
    stm_snapshot_source_return(&list->source);
}

stemma_status stm_find_list_next(stm_find_list *list, uint32_t *entity, stemma_error *error)
{
    return named(stm_posting_cursor_next(list->cursor, entity, NULL), error);
}

stemma_status stm_find_list_seek(stm_find_list *list, uint32_t least, uint32_t *entity,
                                 stemma_error *error)
{
    return named(stm_posting_cursor_seek(list->cursor, least, entity, NULL), error);
}
