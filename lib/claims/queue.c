/* SPDX-License-Identifier: MIT */
#include "claims/queue.h"

#include <stddef.h>
#include <string.h>

#define ROOM 64u /* items at first */

static char *at(const stm_queue *queue, size_t place)
{
    return queue->items + place * queue->item;
}

stemma_status stm_queue_push(stm_queue *queue, stemma_snapshot *snapshot, const void *item,
                             stemma_error *error)
{
    size_t place = queue->count;
    if (place == queue->room) {
        size_t room = place != 0 ? 2 * place : ROOM;
        char *more = stm_snapshot_array(snapshot, room, queue->item, error);
        if (more == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        if (place != 0) {
            memcpy(more, queue->items, place * queue->item);
        }
        queue->items = more;
        queue->room = room;
    }
    queue->count++;
    while (place > 0 && queue->before(item, at(queue, (place - 1) / 2))) {
        memcpy(at(queue, place), at(queue, (place - 1) / 2), queue->item);
        place = (place - 1) / 2;
    }
    memcpy(at(queue, place), item, queue->item);
    return STEMMA_OK;
}

void stm_queue_take(stm_queue *queue, void *out)
{
    size_t count = --queue->count;
    size_t place = 0;
    _Alignas(max_align_t) char moved[STM_QUEUE_ITEM];
    memcpy(out, queue->items, queue->item);
    memcpy(moved, at(queue, count), queue->item);
    for (size_t child; (child = 2 * place + 1) < count; place = child) {
        if (child + 1 < count && queue->before(at(queue, child + 1), at(queue, child))) {
            child++;
        }
        if (!queue->before(at(queue, child), moved)) {
            break;
        }
        memcpy(at(queue, place), at(queue, child), queue->item);
    }
    memcpy(at(queue, place), moved, queue->item);
}
