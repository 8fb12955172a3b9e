/* SPDX-License-Identifier: MIT */
/* Lists of the table `name`: the entities that have a token in their names. */
#ifndef STEMMA_LIB_FIND_POSTING_H
#define STEMMA_LIB_FIND_POSTING_H

#include "file/snapshot.h"

typedef struct stm_find_list {
    stm_posting_source source;
    stm_posting_cursor *cursor;
} stm_find_list;

/* How many entities have the token. */
stemma_status stm_find_count(stemma_snapshot *snapshot, uint32_t token, uint64_t *count,
                             stemma_error *error);

/* Opens a list on a cursor; stm_find_list_close() once it was opened. */
stemma_status stm_find_list_open(stm_find_list *list, stemma_snapshot *snapshot,
                                 stm_posting_cursor *cursor, uint32_t token, stemma_error *error);
void stm_find_list_close(stm_find_list *list);

/* STEMMA_END behind the last. */
stemma_status stm_find_list_next(stm_find_list *list, uint32_t *entity, stemma_error *error);
stemma_status stm_find_list_seek(stm_find_list *list, uint32_t least, uint32_t *entity,
                                 stemma_error *error);

#endif
