/* SPDX-License-Identifier: MIT */
#include "write/writer_event.h"

#include "column.h"
#include "base/error.h"
#include "event_block.h"
#include "index/index_fold.h"
#include "index/index_order.h"
#include "key.h"
#include "base/parallel.h"
#include "write/writer_ahead.h"
#include "write/writer_lane.h"
#include "write/writer_table.h"

#include <stdlib.h>

#define BLOCK STEMMA_EVENT_BLOCK

/* ---- Events ---------------------------------------------------------------------------------- */

#define LANES 8u /* that are made before they are written, at most */

/* Where the writing of events stands. */
typedef struct event_writer {
    stemma_writer *writer;
    stm_ahead *ahead;
    stm_event_lane *lanes;
    uint32_t lane_count;
    uint64_t claims; /* of the events before the lanes to come */
    uint64_t unstored;
    /* Columns of the fence. */
    int64_t *fence[4];
    size_t fence_capacity[4];
    int64_t last_start;
    uint32_t blocks;
} event_writer;

/* What the fence says of a block: columns 1 to 4 by the block's first event. */
static stemma_status note_block(event_writer *w, const stm_block_note *note)
{
    int unknown = note->start == STEMMA_TIME_UNKNOWN_EARLY;
    w->last_start = unknown ? w->last_start : note->start;
    const int64_t values[4] = {w->last_start, (uint32_t)note->claims, (uint32_t)note->unstored,
                               unknown};
    for (int c = 0; c < 4; c++) {
        int64_t *grown =
            stm_grow(w->fence[c], &w->fence_capacity[c], (size_t)w->blocks + 1, sizeof *grown);
        if (grown == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        w->fence[c] = grown;
        grown[w->blocks] = values[c];
    }
    if (note->last_start != STEMMA_TIME_UNKNOWN_EARLY) {
        w->last_start = note->last_start;
    }
    w->blocks++;
    return STEMMA_OK;
}

static stemma_status put_lane(event_writer *w, const stm_event_lane *lane, stemma_error *error)
{
    size_t at = 0;
    stemma_status status = lane->status;
    for (uint32_t done = 0, b = 0; done < lane->count && status == STEMMA_OK; b++) {
        stemma_bytes value = {lane->out + at, lane->notes[b].end - at};
        status = note_block(w, &lane->notes[b]);
        if (status != STEMMA_OK) {
            break;
        }
        status = stm_writer_put_u32(w->writer, lane->first / BLOCK + b, value, error);
        if (status != STEMMA_OK) {
            return status;
        }
        at = lane->notes[b].end;
        done += BLOCK;
    }
    return status == STEMMA_OK ? status
                               : stm_writer_fault(error, status, NULL, "event", lane->first);
}

/* Adds the claims of some events. */
static void count_claims(event_writer *w, uint32_t first, uint32_t count)
{
    const stm_index *index = &w->writer->index;
    const stm_row_set *only = index->event_sources == NULL ? stm_index_source(index, first).set : NULL;
    if (only != NULL && only->assertion_count == (uint64_t)only->stride * only->count) {
        w->claims += (uint64_t)only->stride * count; /* all events are its rows, and say as much each */
        w->unstored += (uint64_t)only->stride * count;
        return;
    }
    for (uint32_t i = first; i < first + count; i++) {
        stm_event_source source = stm_index_source(index, i);
        uint32_t claims = source.set != NULL ? stm_row_set_says(source.set, source.row)
                                             : source.event->claim_count;
        w->claims += claims;
        w->unstored += source.set != NULL ? claims : 0;
    }
}

/* Makes and writes as many blocks as the lanes hold; `*next` goes on behind their events. */
static stemma_status put_round(event_writer *w, uint32_t *next, stemma_error *error)
{
    uint32_t total = w->writer->index.event_total;
    uint32_t used = 0;
    stemma_status status = STEMMA_OK;
    while (used < w->lane_count && *next < total) {
        stm_event_lane *lane = &w->lanes[used++];
        uint32_t left = total - *next;
        lane->index = &w->writer->index;
        lane->first = *next;
        lane->count = left < STM_LANE_BLOCKS * BLOCK ? left : STM_LANE_BLOCKS * BLOCK;
        lane->claims = w->claims;
        lane->unstored = w->unstored;
        *next += lane->count;
        if (used < w->lane_count && *next < total) {
            count_claims(w, lane->first, lane->count);
        }
    }
    stm_parallel(stm_ahead_jobs(w->ahead, w->writer->jobs), used, stm_event_lane_make, w->lanes);
    w->claims = w->lanes[used - 1].claims;
    w->unstored = w->lanes[used - 1].unstored;
    for (uint32_t i = 0; i < used && status == STEMMA_OK; i++) {
        status = put_lane(w, &w->lanes[i], error);
    }
    return status;
}

static int is_zero(const int64_t *values, uint32_t count)
{
    uint32_t i = 0;
    while (i < count && values[i] == 0) {
        i++;
    }
    return i == count;
}

static stemma_status put_fence(event_writer *w, stemma_error *error)
{
    stemma_writer *writer = w->writer;
    stemma_bytes key = {(const uint8_t *)"event", 5};
    stemma_bytes value = {NULL, 0};
    stm_column_writer columns;
    uint32_t present = 0;
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_FENCE, error);
    if (status != STEMMA_OK || w->blocks == 0) {
        return status;
    }
    for (int c = 0; c < 4; c++) {
        present += c == 0 || !is_zero(w->fence[c], w->blocks);
    }
    size_t bound = stm_column_bound(4, UINT64_C(4) * w->blocks);
    uint8_t *out = stm_writer_scratch(writer, bound);
    if (out == NULL) {
        return stm_no_memory(error);
    }
    stm_column_begin(&columns, out, bound, w->blocks, present);
    for (int c = 0; c < 4; c++) {
        if (c == 0 || !is_zero(w->fence[c], w->blocks)) {
            stm_column_add(&columns, (uint16_t)(c + 1), w->fence[c], w->blocks);
        }
    }
    status = stm_column_end(&columns, &value.size);
    if (status != STEMMA_OK) {
        return stm_writer_fault(error, status, NULL, "fence", 0);
    }
    value.data = out;
    return stm_store_writer_put(writer->store, key, value, error);
}

stemma_status stm_writer_put_events(stemma_writer *writer, stm_ahead *ahead, stemma_error *error)
{
    uint32_t total = writer->index.event_total;
    /* Two for each thread: who is done first goes on. */
    uint32_t lanes = writer->jobs < 2 ? 1 : writer->jobs < LANES / 2 ? writer->jobs * 2 : LANES;
    event_writer w = {.writer = writer, .ahead = ahead, .lane_count = lanes};
    uint32_t next = 0;
    w.lanes = calloc(lanes, sizeof *w.lanes);
    if (w.lanes == NULL) {
        return stm_no_memory(error);
    }
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_EVENT, error);
    while (next < total && status == STEMMA_OK) {
        stm_memory_check(writer->memory);
        status = put_round(&w, &next, error);
        stm_writer_progress(writer, "writing events", next, total);
    }
    if (status == STEMMA_OK) {
        status = put_fence(&w, error);
    }
    for (uint32_t i = 0; i < lanes; i++) {
        stm_event_lane_free(&w.lanes[i]);
    }
    free(w.lanes);
    for (int c = 0; c < 4; c++) {
        free(w.fence[c]);
    }
    return status;
}

/* ---- Details --------------------------------------------------------------------------------- */

/* Appends the items of a part to `out`; gives whether any says something. */
static stemma_status put_items(stemma_writer *writer, uint32_t first, uint32_t count,
                               stm_buffer *out, int *any, stm_fault *fault)
{
    const stm_vocabulary vocabulary = writer->bounds.vocabulary;
    stemma_status status = STEMMA_OK;
    *any = 0;
    stm_detail_begin(count, out);
    for (uint32_t i = 0; i < count; i++) {
        stm_event_source source = stm_index_source(&writer->index, first + i);
        stm_row_rare rare;
        int is_said = 0;
        if (source.set != NULL) {
            stm_row_rare_of(source.set, source.row, &rare);
            uint32_t time = source.set->times[source.row];
            if (time != 0 && !source.set->time_usual[time - 1]) {
                rare.time = stm_row_time(source.set, source.row);
            }
            is_said = rare.time.size > 0 ||
                      (source.set->rares != NULL && source.set->rares[source.row] != 0);
        }
        *any |= is_said;
        status = stm_detail_put(is_said ? &rare : NULL, &vocabulary, out, fault);
        if (status != STEMMA_OK && status != STEMMA_E_NO_SPACE) {
            return status;
        }
    }
    return stm_buffer_fits(out) ? STEMMA_OK : STEMMA_E_NO_SPACE;
}

static stemma_status put_part(stemma_writer *writer, stm_compressor *compressor, uint32_t first,
                              uint32_t count, stemma_error *error)
{
    stm_fault fault = {0};
    int any = 0;
    stm_buffer out = stm_buffer_over(writer->scratch, writer->scratch_size);
    stemma_status status = put_items(writer, first, count, &out, &any, &fault);
    if (status == STEMMA_E_NO_SPACE) {
        uint8_t *room = stm_writer_scratch(writer, out.size);
        out = stm_buffer_over(room, room != NULL ? writer->scratch_size : 0);
        status =
            room != NULL ? put_items(writer, first, count, &out, &any, &fault) : STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK && any) {
        uint8_t size[4];
        uint8_t key[8];
        stemma_bytes prefix = {size, sizeof size};
        stemma_bytes key_bytes = {key, sizeof key};
        stemma_bytes value;
        stm_store_le32(size, (uint32_t)out.size);
        status = stm_compress(compressor, prefix, stm_buffer_view(&out), &value);
        if (status == STEMMA_OK) {
            stm_key_u32x2(key, first / BLOCK, first % BLOCK / STM_DETAIL_PART);
            return stm_store_writer_put(writer->store, key_bytes, value, error);
        }
    }
    return status == STEMMA_OK ? status : stm_writer_fault(error, status, &fault, "detail", first);
}

/* Whether any row of any set has a detail. */
static int has_details(const stm_index *index)
{
    int any = 0;
    for (uint32_t s = 0; s < index->row_set_count; s++) {
        const stm_row_set *set = index->row_sets[s];
        any |= set->rares != NULL || set->has_unusual_times;
    }
    return any;
}

static stemma_status put_details(stemma_writer *writer, stemma_error *error)
{
    uint32_t total = writer->index.event_total;
    stm_compressor *compressor = NULL;
    stemma_bytes none = {NULL, 0};
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_DETAIL, error);
    if (status != STEMMA_OK || !has_details(&writer->index)) {
        return status;
    }
    if (stm_compressor_new(&compressor, none) != STEMMA_OK) {
        return stm_no_memory(error);
    }
    for (uint32_t first = 0; first < total && status == STEMMA_OK; first += STM_DETAIL_PART) {
        uint32_t left = total - first;
        stm_memory_check(writer->memory);
        uint32_t count = left < STM_DETAIL_PART ? left : STM_DETAIL_PART;
        status = put_part(writer, compressor, first, count, error);
        stm_writer_progress(writer, "writing details", first + count, total);
    }
    stm_compressor_free(compressor);
    return status;
}

/* ---- Rows that are not folded ---------------------------------------------------------------- */

static stemma_status put_row(stemma_writer *writer, const stm_row_set *set, uint32_t k,
                             stemma_error *error)
{
    const stm_vocabulary vocabulary = writer->bounds.vocabulary;
    stm_row_participant *list = stm_zeroed(stm_row_shape_of(set, k)->role_count, sizeof *list);
    stm_row_record record;
    stm_fault fault = {0};
    uint8_t key[8];
    stemma_bytes key_bytes = {key, sizeof key};
    if (list == NULL) {
        return stm_no_memory(error);
    }
    stm_row_record_of(set, k, list, &record);
    stm_buffer out = stm_buffer_over(writer->scratch, writer->scratch_size);
    stemma_status status = stm_row_encode(&record, &vocabulary, &out, &fault);
    if (status == STEMMA_E_NO_SPACE) {
        uint8_t *room = stm_writer_scratch(writer, out.size);
        out = stm_buffer_over(room, room != NULL ? writer->scratch_size : 0);
        status =
            room != NULL ? stm_row_encode(&record, &vocabulary, &out, &fault) : STEMMA_E_NO_MEMORY;
    }
    free(list);
    if (status != STEMMA_OK) {
        return stm_writer_fault(error, status, &fault, "row", k);
    }
    stm_key_u32x2(key, set->document, k);
    return stm_store_writer_put(writer->store, key_bytes, stm_buffer_view(&out), error);
}

stemma_status stm_writer_put_rows_of_sets(stemma_writer *writer, stemma_error *error)
{
    const stm_index *index = &writer->index;
    stemma_status status = put_details(writer, error);
    if (status == STEMMA_OK) {
        status = stm_store_writer_table(writer->store, STM_TABLE_ROW, error);
    }
    for (uint32_t s = 0; s < index->row_set_count; s++) {
        const stm_row_set *set = index->row_sets[s];
        for (uint32_t k = 0; k < set->count && set->promoted != NULL && status == STEMMA_OK; k++) {
            if (!stm_row_is_folded(set, k)) {
                status = put_row(writer, set, k, error);
            }
        }
    }
    return status;
}

/* ---- Members --------------------------------------------------------------------------------- */

/* Goes through the referents of documents, in order. */
typedef struct member_walk {
    const stm_index *index;
    const stm_row_set *set; /* of the document; NULL: none */
    uint32_t begin;         /* first node of the document */
    uint32_t nodes;         /* of the document, but for rows */
    uint32_t promoted;      /* node of the next row that is not folded */
} member_walk;

static int64_t next_member(member_walk *w, uint32_t ordinal)
{
    if (ordinal < w->nodes) {
        return (int64_t)stm_index_member(w->index, w->begin + ordinal);
    }
    uint32_t row = ordinal - w->nodes;
    if (stm_row_is_folded(w->set, row)) {
        return (int64_t)stm_row_number(w->set, row) * 2 + 1;
    }
    return (int64_t)stm_index_member(w->index, w->promoted++);
}

stemma_status stm_writer_put_members(stemma_writer *writer, stemma_error *error)
{
    const stm_index *index = &writer->index;
    member_walk walk = {index, NULL, 0, 0, index->referent_explicit};
    int64_t values[BLOCK];
    size_t capacity = stm_column_bound(1, BLOCK);
    uint32_t s = 0;
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_MEMBER, error);
    uint8_t *out = stm_writer_scratch(writer, capacity);
    if (out == NULL) {
        return stm_no_memory(error);
    }
    for (uint32_t d = 0; d < index->document_count && status == STEMMA_OK; d++) {
        walk.begin = index->document_first[d];
        walk.nodes = index->document_first[d + 1] - walk.begin;
        walk.set = s < index->row_set_count && index->row_sets[s]->document == d
                       ? index->row_sets[s++]
                       : NULL;
        uint32_t total = walk.nodes + (walk.set != NULL ? walk.set->count : 0);
        for (uint32_t first = 0; first < total && status == STEMMA_OK; first += BLOCK) {
            uint32_t count = total - first < BLOCK ? total - first : BLOCK;
            uint8_t key[8];
            stemma_bytes key_bytes = {key, sizeof key};
            stemma_bytes value = {out, 0};
            stm_memory_check(writer->memory);
            for (uint32_t i = 0; i < count; i++) {
                values[i] = next_member(&walk, first + i);
            }
            status = stm_column_write_one(out, capacity, &value.size, values, count);
            if (status != STEMMA_OK) {
                return stm_writer_fault(error, status, NULL, "member", d);
            }
            stm_key_u32x2(key, d, first / BLOCK);
            status = stm_store_writer_put(writer->store, key_bytes, value, error);
        }
    }
    return status;
}
