/* SPDX-License-Identifier: MIT */
/* A queue of things by rank: the one that comes first is taken first. A binary heap of equal items in the
   memory of a snapshot. */
#ifndef STEMMA_LIB_QUEUE_H
#define STEMMA_LIB_QUEUE_H

#include <stdbool.h>

#include "file/snapshot.h"

typedef struct stm_queue {
    size_t item; /* bytes of one; at most STM_QUEUE_ITEM */
    bool (*before)(const void *a, const void *b);
    char *items; /* items[0] comes first */
    size_t count;
    size_t room;
} stm_queue;

#define STM_QUEUE_ITEM 64u

/* Puts a copy of an item in. STEMMA_E_NO_MEMORY. */
stemma_status stm_queue_push(stm_queue *queue, stemma_snapshot *snapshot, const void *item,
                             stemma_error *error);

/* Takes the first out of a queue that is not empty. */
void stm_queue_take(stm_queue *queue, void *out);

/* The first; NULL when there is none. It lives until the queue changes. */
static inline const void *stm_queue_first(const stm_queue *queue)
{
    return queue->count != 0 ? queue->items : NULL;
}

#endif
