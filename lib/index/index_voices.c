/* SPDX-License-Identifier: MIT */
/* How assertions are made, whose they are and through whom: the column blocks of table `voice`, encoded document by
   document as they are taken in. */
#include "index/index_rows.h"

#include <string.h>

#include "column.h"
#include "limits.h"
#include "voice_block.h"

#define BLOCK STEMMA_EVENT_BLOCK

/* Room for one more block behind those that there are. */
static uint8_t *room_for(stm_index *index, size_t bytes)
{
    uint8_t *voices = stm_memory_grow(index->memory, index->voices, &index->voice_capacity,
                                      index->voice_size + bytes, 1);
    index->voices = voices != NULL ? voices : index->voices;
    return voices != NULL ? voices + index->voice_size : NULL;
}

stemma_status stm_index_add_voices(stm_index *index, const stemma_document *document)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t first = 0; first < document->assertion_count && status == STEMMA_OK;
         first += BLOCK) {
        uint32_t left = document->assertion_count - first;
        uint32_t count = left < BLOCK ? left : BLOCK;
        size_t capacity = stm_voice_block_bound(count), size = 0;
        stm_index_voice head = {index->document_count, first / BLOCK, 0};
        uint8_t *out = room_for(index, sizeof head + capacity);
        if (out == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        status = stm_voice_block_write(document->assertions + first, count, out + sizeof head,
                                       capacity, &size);
        head.size = (uint32_t)size;
        memcpy(out, &head, sizeof head);
        index->voice_size += sizeof head + size;
    }
    return status;
}

stemma_bytes stm_index_voice_at(const stm_index *index, size_t at, stm_index_voice *head)
{
    memcpy(head, index->voices + at, sizeof *head);
    return (stemma_bytes){index->voices + at + sizeof *head, head->size};
}
