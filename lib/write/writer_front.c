/* SPDX-License-Identifier: MIT */
/* What stands at the front of a file. */
#include "write/writer_stage.h"

#include "limits.h"

/* Most records of `event` in a leaf page: each has a header of 8 bytes, a key of 4, a pointer of 2, and 8 of its value
   at least. */
#define EVENT_NODES ((STEMMA_PAGE_SIZE - STM_PAGE_HEADER) / 22u)

static void keep_root(stm_store_front *front, stm_table table, bool there)
{
    if (there) {
        front->tables[table].root = front->end++;
    }
}

void stm_writer_front(const stemma_writer *writer, stm_store_front *front)
{
    const stm_index *index = &writer->index;
    memset(front, 0, sizeof *front);
    front->end = STM_PAGE_MAIN_ROOT + 1;
    keep_root(front, STM_TABLE_META, true);
    keep_root(front, STM_TABLE_VOCABULARY, writer->term_count != 0);
    keep_root(front, STM_TABLE_EVENT, index->event_total != 0);
    keep_root(front, STM_TABLE_ENTITY, index->entity_count != 0);
    keep_root(front, STM_TABLE_LABEL, true);
    keep_root(front, STM_TABLE_TOKEN, true);
    keep_root(front, STM_TABLE_FENCE, index->event_total != 0);
    keep_root(front, STM_TABLE_DOCUMENT, writer->document_count != 0);
    uint32_t blocks = index->event_total / STEMMA_EVENT_BLOCK + (index->event_total % STEMMA_EVENT_BLOCK != 0);
    uint32_t leaves = (blocks + EVENT_NODES - 1) / EVENT_NODES;
    if (leaves > 1) {
        uint32_t left = STM_PAGE_FRONT_MAX - front->end;
        front->tables[STM_TABLE_EVENT].first_leaf = front->end;
        front->tables[STM_TABLE_EVENT].leaves = leaves < left ? leaves : left;
        front->end += front->tables[STM_TABLE_EVENT].leaves;
    }
}
