/* SPDX-License-Identifier: MIT */
#include "write/writer_table.h"

#include "base/error.h"
#include "key.h"
#include "index/index_postings.h"
#include "posting.h"
#include "row_block.h"

#include <stdlib.h>

stemma_status stm_writer_put_u32(stemma_writer *writer, uint32_t number, stemma_bytes value,
                                 stemma_error *error)
{
    uint8_t key[4];
    stemma_bytes bytes = {key, sizeof key};
    stm_key_u32(key, number);
    return stm_store_writer_put(writer->store, bytes, value, error);
}

/* ---- Row blocks ------------------------------------------------------------------------------ */

typedef struct row_sink {
    stemma_writer *writer;
    stm_row_block *block;
    uint32_t first; /* number of the block's first row */
} row_sink;

static stemma_status flush_rows(row_sink *sink, stemma_error *error)
{
    if (sink->block->rows == 0) {
        return STEMMA_OK;
    }
    stemma_status status =
        stm_writer_put_u32(sink->writer, sink->first, stm_row_block_value(sink->block), error);
    stm_row_block_clear(sink->block);
    return status;
}

/* Adds row `number`, which lies in the writer's scratch memory. */
static stemma_status add_row(row_sink *sink, uint32_t number, stemma_bytes row, stemma_error *error)
{
    for (int attempt = 0; attempt < 2; attempt++) {
        if (sink->block->rows == 0) {
            sink->first = number;
        }
        if (stm_row_block_add(sink->block, row)) {
            return STEMMA_OK;
        }
        stemma_status status = flush_rows(sink, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    uint8_t *alone = malloc(row.size + 8);
    if (alone == NULL) {
        return stm_no_memory(error);
    }
    stm_buffer out = stm_buffer_over(alone, row.size + 8);
    stm_row_alone(&out, row);
    stemma_status status = stm_writer_put_u32(sink->writer, number, stm_buffer_view(&out), error);
    free(alone);
    return status;
}

stemma_status stm_writer_put_rows_of(stemma_writer *writer, stm_table table, uint32_t count,
                                     stm_writer_encode_row_of *encode, const void *from,
                                     stemma_error *error)
{
    stm_row_block *block = malloc(sizeof *block);
    row_sink sink = {writer, block, 0};
    stemma_status status = stm_store_writer_table(writer->store, table, error);
    if (block == NULL) {
        return stm_no_memory(error);
    }
    stm_row_block_clear(block);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        stm_fault fault = {0};
        stm_buffer out = stm_buffer_over(writer->scratch, writer->scratch_size);
        status = encode(from, i, &out, &fault);
        if (status == STEMMA_E_NO_SPACE) {
            size_t size = out.size;
            uint8_t *room = stm_writer_scratch(writer, size);
            out = stm_buffer_over(room, room != NULL ? writer->scratch_size : 0);
            status = room != NULL ? encode(from, i, &out, &fault) : STEMMA_E_NO_MEMORY;
        }
        status = status == STEMMA_OK
                     ? add_row(&sink, i, stm_buffer_view(&out), error)
                     : stm_writer_fault(error, status, &fault, stm_tables[table].name, i);
    }
    if (status == STEMMA_OK) {
        status = flush_rows(&sink, error);
    }
    free(block);
    return status;
}

/* Rows that the writer itself is asked for. */
typedef struct own_rows {
    stemma_writer *writer;
    stm_writer_encode_row *encode;
} own_rows;

static stemma_status encode_own(const void *from, uint32_t number, stm_buffer *out,
                                stm_fault *fault)
{
    const own_rows *own = from;
    return own->encode(own->writer, number, out, fault);
}

stemma_status stm_writer_put_rows(stemma_writer *writer, stm_table table, uint32_t count,
                                  stm_writer_encode_row *encode, stemma_error *error)
{
    own_rows own = {writer, encode};
    return stm_writer_put_rows_of(writer, table, count, encode_own, &own, error);
}

/* ---- Postings -------------------------------------------------------------------------------- */

typedef struct posting_sink {
    stemma_writer *writer;
    stemma_error *error;
    stm_posting_builder builder;
} posting_sink;

static stemma_status emit_record(void *context, stemma_bytes key, stemma_bytes value)
{
    posting_sink *sink = context;
    return stm_store_writer_put(sink->writer->store, key, value, sink->error);
}

static stemma_status post(void *context, stemma_bytes list, const uint32_t *ids,
                          const uint32_t *payloads, uint32_t count)
{
    posting_sink *sink = context;
    return stm_posting_add_list(&sink->builder, list, ids, payloads, count);
}

stemma_status stm_writer_put_postings_of(stemma_writer *writer, stm_table table,
                                         stm_writer_produce *produce, const void *from,
                                         stemma_error *error)
{
    stemma_error ignored = {0};
    posting_sink *sink = malloc(sizeof *sink);
    stemma_status status = stm_store_writer_table(writer->store, table, error);
    if (sink == NULL) {
        return stm_no_memory(error);
    }
    sink->writer = writer;
    sink->error = error != NULL ? error : &ignored;
    sink->error->status = STEMMA_OK;
    stm_posting_begin_as(&sink->builder, writer->postings, stm_tables[table].list_size, emit_record,
                         sink);
    if (status == STEMMA_OK) {
        status = produce(from, table, post, sink);
    }
    if (status == STEMMA_OK) {
        status = stm_posting_end(&sink->builder);
    }
    /* When the store failed it has said so; else it was memory or the order of postings. */
    if (status != STEMMA_OK && sink->error->status == STEMMA_OK) {
        stm_writer_fault(error, status, NULL, stm_tables[table].name, 0);
    }
    free(sink);
    return status;
}

static stemma_status produce_from_index(const void *from, stm_table table,
                                        stm_index_post_list *post_some, void *context)
{
    return stm_index_posting_lists(from, table, post_some, context);
}

stemma_status stm_writer_put_postings(stemma_writer *writer, stm_table table, stemma_error *error)
{
    return stm_writer_put_postings_of(writer, table, produce_from_index, &writer->index, error);
}

bool stm_writer_has_postings(const stemma_writer *writer)
{
    bool found = false;
    for (int table = 0; table < STM_TABLE_COUNT; table++) {
        stm_store_summary summary;
        if (stm_tables[table].key == STM_KEY_POSTING) {
            stm_store_writer_summary(writer->store, (stm_table)table, &summary);
            found = found || summary.entries != 0;
        }
    }
    return found;
}
