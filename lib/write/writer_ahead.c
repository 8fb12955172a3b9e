/* SPDX-License-Identifier: MIT */
#include "write/writer_ahead.h"

#include "base/error.h"
#include "index/index_postings.h"
#include "posting.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#define EVENTS_LEAST 4096u /* below this a thread costs more than it saves */

/* In the order in which they are put. */
static const stm_table made[] = {STM_TABLE_PARTICIPATION, STM_TABLE_TYPE,    STM_TABLE_PLACE,
                                 STM_TABLE_MEMBERSHIP,    STM_TABLE_SPEAKER, STM_TABLE_TERM};
#define MADE (sizeof made / sizeof made[0])

/* Records of one table: sizes of key and value, key, value. */
typedef struct made_table {
    atomic_int taken; /* by the thread that makes it */
    stemma_status status;
    stm_memory *memory;
    uint8_t *records;
    size_t size, capacity;
} made_table;

struct stm_ahead {
    const stm_index *index;
    stm_posting_form form;
    pthread_t thread;
    atomic_int done; /* the thread has nothing left to do */
    int joined;
    made_table tables[MADE];
};

static stemma_status keep_record(void *context, stemma_bytes key, stemma_bytes value)
{
    made_table *table = context;
    size_t needed = table->size + 8 + key.size + value.size;
    uint8_t *records = stm_memory_grow(table->memory, table->records, &table->capacity, needed, 1);
    if (records == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    table->records = records;
    uint8_t *at = records + table->size;
    stm_store_le32(at, (uint32_t)key.size);
    stm_store_le32(at + 4, (uint32_t)value.size);
    memcpy(at + 8, key.data, key.size);
    memcpy(at + 8 + key.size, value.data, value.size);
    table->size = needed;
    return STEMMA_OK;
}

static stemma_status post(void *context, stemma_bytes list, const uint32_t *ids,
                          const uint32_t *payloads, uint32_t count)
{
    return stm_posting_add_list(context, list, ids, payloads, count);
}

/* Makes a table, unless it is made by another thread. */
static void make_table(stm_ahead *ahead, size_t t)
{
    made_table *table = &ahead->tables[t];
    if (atomic_exchange(&table->taken, 1) != 0) {
        return;
    }
    stm_posting_builder *builder = malloc(sizeof *builder);
    if (builder == NULL) {
        table->status = STEMMA_E_NO_MEMORY;
        return;
    }
    table->memory = ahead->index->memory;
    stm_posting_begin_as(builder, ahead->form, stm_tables[made[t]].list_size, keep_record, table);
    table->status = stm_index_posting_lists(ahead->index, made[t], post, builder);
    if (table->status == STEMMA_OK) {
        table->status = stm_posting_end(builder);
    }
    free(builder);
}

static void *make(void *context)
{
    stm_ahead *ahead = context;
    for (size_t t = 0; t < MADE; t++) {
        make_table(ahead, t);
    }
    atomic_store(&ahead->done, 1);
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
    ahead->form = writer->postings;
    if (pthread_create(&ahead->thread, NULL, make, ahead) != 0) {
        free(ahead); /* no thread to be had: the tables are made in their turn */
        return STEMMA_OK;
    }
    *out = ahead;
    return STEMMA_OK;
}

unsigned stm_ahead_jobs(stm_ahead *ahead, unsigned jobs)
{
    return ahead != NULL && jobs > 1 && !atomic_load(&ahead->done) ? jobs - 1 : jobs;
}

int stm_ahead_makes(const stm_ahead *ahead, stm_table table)
{
    int found = 0;
    for (size_t i = 0; i < MADE && ahead != NULL; i++) {
        found |= made[i] == table;
    }
    return found;
}

/* Waits for the other thread, and makes what it has not begun meanwhile. */
static void join(stm_ahead *ahead)
{
    if (!ahead->joined) {
        for (size_t t = MADE; t > 0; t--) {
            make_table(ahead, t - 1);
        }
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
    while (made[t] != table) {
        t++;
    }
    made_table *from = &ahead->tables[t];
    if (status == STEMMA_OK && from->status != STEMMA_OK) {
        return stm_writer_fault(error, from->status, NULL, stm_tables[table].name, 0);
    }
    for (size_t at = 0; at < from->size && status == STEMMA_OK;) {
        stemma_bytes key = {from->records + at + 8, stm_load_le32(from->records + at)};
        stemma_bytes value = {key.data + key.size, stm_load_le32(from->records + at + 4)};
        status = stm_store_writer_put(writer->store, key, value, error);
        at += 8 + key.size + value.size;
    }
    stm_memory_free(from->records);
    from->records = NULL;
    from->size = 0;
    return status;
}

void stm_ahead_end(stm_ahead *ahead)
{
    if (ahead == NULL) {
        return;
    }
    for (size_t t = 0; t < MADE; t++) {
        atomic_store(&ahead->tables[t].taken, 1); /* what was not begun is not needed any more */
    }
    join(ahead);
    for (size_t t = 0; t < MADE; t++) {
        stm_memory_free(ahead->tables[t].records);
    }
    free(ahead);
}
