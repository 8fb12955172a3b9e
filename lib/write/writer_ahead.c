/* SPDX-License-Identifier: MIT */
#include "write/writer_ahead.h"

#include "base/error.h"
#include "index/index_postings.h"
#include "posting.h"

#include <pthread.h>
#include <stdlib.h>

#define EVENTS_LEAST 4096u /* below this a thread costs more than it saves */

/* In the order in which they are put. */
static const stm_table made[] = {STM_TABLE_PARTICIPATION, STM_TABLE_TYPE,    STM_TABLE_PLACE,
                                 STM_TABLE_MEMBERSHIP,    STM_TABLE_SPEAKER, STM_TABLE_TERM};
#define MADE (sizeof made / sizeof made[0])

struct stm_ahead {
    const stm_index *index;
    pthread_t thread;
    int joined;
    stemma_status status;
    uint8_t *records; /* sizes of key and value, key, value; table after table */
    size_t size, capacity;
    size_t ends[MADE];
    stm_posting_builder builder;
};

static stemma_status keep_record(void *context, stemma_bytes key, stemma_bytes value)
{
    stm_ahead *ahead = context;
    size_t needed = ahead->size + 8 + key.size + value.size;
    uint8_t *records =
        stm_memory_grow(ahead->index->memory, ahead->records, &ahead->capacity, needed, 1);
    if (records == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    ahead->records = records;
    uint8_t *at = records + ahead->size;
    stm_store_le32(at, (uint32_t)key.size);
    stm_store_le32(at + 4, (uint32_t)value.size);
    memcpy(at + 8, key.data, key.size);
    memcpy(at + 8 + key.size, value.data, value.size);
    ahead->size = needed;
    return STEMMA_OK;
}

static stemma_status post(void *context, stemma_bytes list, const uint32_t *ids,
                          const uint32_t *payloads, uint32_t count)
{
    stm_ahead *ahead = context;
    return stm_posting_add_list(&ahead->builder, list, ids, payloads, count);
}

static void *make(void *context)
{
    stm_ahead *ahead = context;
    for (size_t i = 0; i < MADE && ahead->status == STEMMA_OK; i++) {
        stm_posting_begin(&ahead->builder, stm_tables[made[i]].list_size, keep_record, ahead);
        ahead->status = stm_index_posting_lists(ahead->index, made[i], post, ahead);
        if (ahead->status == STEMMA_OK) {
            ahead->status = stm_posting_end(&ahead->builder);
        }
        ahead->ends[i] = ahead->size;
    }
    return NULL;
}

stemma_status stm_ahead_begin(stm_ahead **out, const stemma_writer *writer)
{
    *out = NULL;
    if (writer->jobs < 2 || writer->index.event_total < EVENTS_LEAST) {
        return STEMMA_OK;
    }
    stm_ahead *ahead = calloc(1, sizeof *ahead);
    if (ahead == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    ahead->index = &writer->index;
    if (pthread_create(&ahead->thread, NULL, make, ahead) != 0) {
        free(ahead); /* no thread to be had: the tables are made in their turn */
        return STEMMA_OK;
    }
    *out = ahead;
    return STEMMA_OK;
}

int stm_ahead_makes(const stm_ahead *ahead, stm_table table)
{
    int found = 0;
    for (size_t i = 0; i < MADE && ahead != NULL; i++) {
        found |= made[i] == table;
    }
    return found;
}

static void join(stm_ahead *ahead)
{
    if (!ahead->joined) {
        pthread_join(ahead->thread, NULL);
        ahead->joined = 1;
    }
}

stemma_status stm_ahead_put(stm_ahead *ahead, stemma_writer *writer, stm_table table,
                            stemma_error *error)
{
    size_t t = 0;
    stemma_status status = stm_store_writer_table(writer->store, table, error);
    join(ahead);
    if (status == STEMMA_OK && ahead->status != STEMMA_OK) {
        return stm_writer_fault(error, ahead->status, NULL, stm_tables[table].name, 0);
    }
    while (made[t] != table) {
        t++;
    }
    size_t at = t == 0 ? 0 : ahead->ends[t - 1];
    while (at < ahead->ends[t] && status == STEMMA_OK) {
        stemma_bytes key = {ahead->records + at + 8, stm_load_le32(ahead->records + at)};
        stemma_bytes value = {key.data + key.size, stm_load_le32(ahead->records + at + 4)};
        status = stm_store_writer_put(writer->store, key, value, error);
        at += 8 + key.size + value.size;
    }
    return status;
}

void stm_ahead_end(stm_ahead *ahead)
{
    if (ahead != NULL) {
        join(ahead);
        stm_memory_free(ahead->records);
        free(ahead);
    }
}
