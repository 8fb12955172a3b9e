/* SPDX-License-Identifier: MIT */
#include "write/writer_compress.h"

#include "base/error.h"
#include "key.h"
#include "limits.h"
#include "base/parallel.h"
#include "write/writer_stage.h"

#include <stdlib.h>

#define DOCUMENTS   256u /* at most so many at a time */
#define LANES_MOST  64u
#define BATCH_PARTS 32u
#define BATCH_LEAST ((size_t)1 << 20)
#define BATCH_MOST  ((size_t)32 << 20)
#define DOCUMENT    ((size_t)4 << 10) /* that a document counts for besides its text */

/* What one thread works with. */
typedef struct compress_lane {
    stm_compressor *compressor;
    stm_document_arrays arrays;
    stm_scratch scratch;
} compress_lane;

/* The values of one document, each after its size. */
typedef struct compressed {
    uint8_t *bytes;
    size_t size, capacity;
    stemma_status status;
    stm_fault fault;
} compressed;

typedef struct stm_batch {
    stemma_writer *writer;
    stm_table table;
    compress_lane *lanes;
    uint32_t lane_count;
    uint32_t first; /* document */
    uint32_t count;
    uint32_t ready; /* documents of the first batch that were compressed ahead */
    compressed slots[DOCUMENTS];
} batch;

stemma_status stm_writer_encode_part(const stemma_writer *writer, stm_scratch *scratch,
                                     const stemma_document *document,
                                     stm_testimony_position *position, stemma_bytes *raw,
                                     stm_fault *fault)
{
    stm_buffer out = stm_buffer_over(scratch->bytes, scratch->size);
    stemma_status status = stm_testimony_encode(document, &writer->bounds, position, &out, fault);
    if (status == STEMMA_E_NO_SPACE) {
        uint8_t *room = stm_grow(scratch->bytes, &scratch->size, out.size, 1);
        if (room == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        scratch->bytes = room;
        out = stm_buffer_over(room, scratch->size);
        status = stm_testimony_encode(document, &writer->bounds, position, &out, fault);
    }
    *raw = stm_buffer_view(&out);
    return status;
}

/* ---- On any thread --------------------------------------------------------------------------- */

static stemma_status keep_value(compressed *slot, stemma_bytes value)
{
    uint32_t size = (uint32_t)value.size;
    uint8_t *bytes =
        stm_grow(slot->bytes, &slot->capacity, slot->size + sizeof size + value.size, 1);
    if (bytes == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    slot->bytes = bytes;
    memcpy(bytes + slot->size, &size, sizeof size);
    memcpy(bytes + slot->size + sizeof size, value.data, value.size);
    slot->size += sizeof size + value.size;
    return STEMMA_OK;
}

static stemma_status compress(compress_lane *lane, compressed *slot, stemma_bytes prefix,
                              stemma_bytes raw)
{
    stemma_bytes value;
    stemma_status status = stm_compress(lane->compressor, prefix, raw, &value);
    return status == STEMMA_OK ? keep_value(slot, value) : status;
}

static stemma_status compress_text(compress_lane *lane, compressed *slot,
                                   const stemma_document *document)
{
    const stemma_bytes none = {NULL, 0};
    stemma_status status = STEMMA_OK;
    for (size_t at = 0; at < document->text.size && status == STEMMA_OK; at += STEMMA_TEXT_BLOCK) {
        size_t left = document->text.size - at;
        stemma_bytes raw = {(const uint8_t *)document->text.data + at,
                            left < STEMMA_TEXT_BLOCK ? left : STEMMA_TEXT_BLOCK};
        status = compress(lane, slot, none, raw);
    }
    return status;
}

static stemma_status compress_parts(const stemma_writer *writer, compress_lane *lane,
                                    compressed *slot, const stemma_document *document)
{
    stm_testimony_position position = {0};
    stemma_status status = STEMMA_OK;
    while (status == STEMMA_OK && !stm_testimony_done(document, &position)) {
        stemma_bytes raw;
        uint8_t size[4];
        stemma_bytes prefix = {size, sizeof size};
        status =
            stm_writer_encode_part(writer, &lane->scratch, document, &position, &raw, &slot->fault);
        if (status == STEMMA_OK) {
            stm_store_le32(size, (uint32_t)raw.size);
            status = compress(lane, slot, prefix, raw);
        }
    }
    return status;
}

/* A lane takes every n-th document of the batch. */
static void fill_slots(void *context, size_t number)
{
    batch *work = context;
    compress_lane *lane = &work->lanes[number];
    const int testimony = work->table == STM_TABLE_TESTIMONY;
    for (uint32_t i = (uint32_t)number; i < work->count; i += work->lane_count) {
        compressed *slot = &work->slots[i];
        stemma_document document;
        slot->size = 0;
        memset(&slot->fault, 0, sizeof slot->fault);
        slot->status = stm_writer_document_at(work->writer, work->first + i, testimony,
                                              &lane->arrays, &document, NULL);
        if (slot->status == STEMMA_OK) {
            slot->status = testimony ? compress_parts(work->writer, lane, slot, &document)
                                     : compress_text(lane, slot, &document);
        }
    }
}

/* ---- On the writer's thread ------------------------------------------------------------------ */

static stemma_status put_slot(batch *work, uint32_t i, stemma_error *error)
{
    const compressed *slot = &work->slots[i];
    stemma_status status = slot->status;
    if (status != STEMMA_OK) {
        return stm_writer_fault(error, status, &slot->fault, stm_tables[work->table].name,
                                work->first + i);
    }
    uint32_t part = 0;
    for (size_t at = 0; at < slot->size && status == STEMMA_OK; part++) {
        uint8_t key[8];
        stemma_bytes key_bytes = {key, sizeof key};
        uint32_t size = 0;
        memcpy(&size, slot->bytes + at, sizeof size);
        stemma_bytes value = {slot->bytes + at + sizeof size, size};
        stm_key_u32x2(key, work->first + i, part);
        status = stm_store_writer_put(work->writer->store, key_bytes, value, error);
        at += sizeof size + size;
    }
    return status;
}

/* As many documents as keep the threads busy and fit a share of the budget. */
static uint32_t next_count(const batch *work)
{
    const stemma_writer *writer = work->writer;
    size_t room = stm_memory_part(writer->memory, BATCH_PARTS, BATCH_LEAST, BATCH_MOST);
    uint32_t left = writer->document_count - work->first;
    uint32_t count = 0;
    for (uint64_t bytes = 0; count < left && count < DOCUMENTS && bytes < room; count++) {
        bytes += writer->documents[writer->order[work->first + count]].text_size + DOCUMENT;
    }
    return count;
}

static stemma_status run(batch *work, const char *stage, stemma_error *error)
{
    stemma_writer *writer = work->writer;
    stemma_status status = stm_store_writer_table(writer->store, work->table, error);
    while (status == STEMMA_OK && work->first < writer->document_count) {
        if (work->ready == 0) {
            work->count = next_count(work);
            stm_parallel(work->lane_count, work->lane_count, fill_slots, work);
        }
        work->ready = 0;
        for (uint32_t i = 0; i < work->count && status == STEMMA_OK; i++) {
            status = put_slot(work, i, error);
        }
        work->first += work->count;
        stm_writer_progress(writer, stage, work->first, writer->document_count);
    }
    return status;
}

static stemma_status open_lanes(batch *work, stemma_bytes dictionary)
{
    unsigned jobs = work->writer->jobs < LANES_MOST ? work->writer->jobs : LANES_MOST;
    work->lane_count = jobs > 0 ? jobs : 1;
    work->lanes = stm_zeroed(work->lane_count, sizeof *work->lanes);
    stemma_status status = work->lanes != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    for (uint32_t l = 0; l < work->lane_count && status == STEMMA_OK; l++) {
        status = stm_compressor_new(&work->lanes[l].compressor, dictionary);
    }
    return status;
}

static void close_batch(batch *work)
{
    for (uint32_t l = 0; work->lanes != NULL && l < work->lane_count; l++) {
        stm_compressor_free(work->lanes[l].compressor);
        free(work->lanes[l].arrays.memory);
        free(work->lanes[l].scratch.bytes);
    }
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        free(work->slots[i].bytes);
    }
    free(work->lanes);
    free(work);
}

static batch *open_batch(stemma_writer *writer, stm_table table, stemma_bytes dictionary)
{
    batch *work = calloc(1, sizeof *work);
    if (work == NULL) {
        return NULL;
    }
    work->writer = writer;
    work->table = table;
    if (open_lanes(work, dictionary) != STEMMA_OK) {
        close_batch(work);
        return NULL;
    }
    return work;
}

stemma_status stm_writer_compress_ahead(stemma_writer *writer, stemma_error *error)
{
    if (writer->jobs < 2) {
        return STEMMA_OK;
    }
    batch *work = open_batch(writer, STM_TABLE_TESTIMONY, writer->testimony_dictionary);
    if (work == NULL) {
        return stm_no_memory(error);
    }
    work->ready = work->count = next_count(work);
    for (uint32_t l = 0; l < work->lane_count; l++) {
        fill_slots(work, l);
    }
    writer->compressed_ahead = work;
    return STEMMA_OK;
}

void stm_writer_compress_drop(stemma_writer *writer)
{
    if (writer->compressed_ahead != NULL) {
        close_batch(writer->compressed_ahead);
        writer->compressed_ahead = NULL;
    }
}

stemma_status stm_writer_put_compressed(stemma_writer *writer, stm_table table, const char *stage,
                                        stemma_bytes dictionary, stemma_error *error)
{
    batch *work = table == STM_TABLE_TESTIMONY ? writer->compressed_ahead : NULL;
    if (work != NULL) {
        writer->compressed_ahead = NULL;
    } else {
        work = open_batch(writer, table, dictionary);
    }
    stemma_status status = work != NULL ? run(work, stage, error) : stm_no_memory(error);
    if (work != NULL) {
        close_batch(work);
    }
    return status;
}
