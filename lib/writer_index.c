/* SPDX-License-Identifier: MIT */
/* The tables of the index. */
#include "writer_stage.h"

#include "claim_group.h"
#include "claim_record.h"
#include "column.h"
#include "entity_record.h"
#include "error.h"
#include "event_block.h"
#include "index_postings.h"
#include "key.h"
#include "label_arena.h"
#include "label_exact.h"
#include "posting.h"
#include "row_block.h"

#include <stdlib.h>

#define BLOCK STEMMA_EVENT_BLOCK

static stemma_status put_u32(stemma_writer *writer, uint32_t number, stemma_bytes value,
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
        put_u32(sink->writer, sink->first, stm_row_block_value(sink->block), error);
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
    stemma_status status = put_u32(sink->writer, number, stm_buffer_view(&out), error);
    free(alone);
    return status;
}

/* Encodes and adds one row; grows the scratch memory when it is too small. */
typedef stemma_status encode_row(stemma_writer *writer, uint32_t number, stm_buffer *out,
                                 stm_fault *fault);

static stemma_status put_rows(stemma_writer *writer, stm_table table, uint32_t count,
                              encode_row *encode, stemma_error *error)
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
        status = encode(writer, i, &out, &fault);
        if (status == STEMMA_E_NO_SPACE) {
            size_t size = out.size;
            uint8_t *room = stm_writer_scratch(writer, size);
            out = stm_buffer_over(room, room != NULL ? writer->scratch_size : 0);
            status = room != NULL ? encode(writer, i, &out, &fault) : STEMMA_E_NO_MEMORY;
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

static stemma_status encode_entity(stemma_writer *writer, uint32_t number, stm_buffer *out,
                                   stm_fault *fault)
{
    const stm_index *index = &writer->index;
    const stm_index_entity *entity = &index->entities[number];
    stm_entity_name few[32];
    stm_entity_name *names = few;
    if (entity->name_count > sizeof few / sizeof few[0] &&
        (names = calloc(entity->name_count, sizeof *names)) == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < entity->name_count; i++) {
        const stm_index_entity_name *name = &index->entity_names[entity->name_first + i];
        names[i].text = stm_strings_get(&index->names, name->text);
        names[i].kind = name->kind;
        names[i].documents = name->documents;
    }
    uint32_t document = index->referents[entity->first].document;
    stm_entity_row row = {entity->type,
                          entity->shown,
                          names,
                          entity->name_count,
                          entity->documents,
                          entity->mentions,
                          entity->events,
                          {document, entity->first - index->document_first[document]},
                          entity->claim_first,
                          entity->claim_count};
    stemma_status status = stm_entity_encode(&row, &writer->bounds, out, fault);
    if (names != few) {
        free(names);
    }
    return status;
}

/* The object as the first witness words it, its referent replaced by entity or event. */
static void claim_object(const stm_index *index, const stm_index_claim *claim,
                         stemma_object *object)
{
    uint32_t literal = index->assertions[claim->witness_first].literal;
    memset(object, 0, sizeof *object);
    if (literal != STEMMA_NONE) {
        stm_object_unpack(stm_strings_get(&index->literals, literal), object);
    }
    if (claim->object_kind != STEMMA_OBJECT_REFERENT) {
        return;
    }
    if (object->kind == STEMMA_OBJECT_PLACE) {
        object->as.place.referent = claim->object;
    } else {
        object->kind = STEMMA_OBJECT_REFERENT;
        object->as.referent = claim->object;
    }
}

static stemma_status encode_claim(stemma_writer *writer, uint32_t number, stm_buffer *out,
                                  stm_fault *fault)
{
    const stm_index *index = &writer->index;
    const stm_index_claim *claim = &index->claims[number];
    stm_witness few[64];
    stm_witness *witnesses = few;
    if (claim->witness_count > sizeof few / sizeof few[0] &&
        (witnesses = calloc(claim->witness_count, sizeof *witnesses)) == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < claim->witness_count; i++) {
        const stm_index_assertion *assertion = &index->assertions[claim->witness_first + i];
        witnesses[i].document = assertion->document;
        witnesses[i].assertion = assertion->ordinal;
    }
    stm_claim_row row = {0};
    row.subject_kind = claim->subject_kind;
    row.subject = claim->subject;
    row.predicate = claim->predicate;
    claim_object(index, claim, &row.object);
    row.object_referent_kind = claim->object_referent_kind;
    row.polarity = claim->polarity;
    row.documents = claim->documents;
    row.independent = claim->independent;
    row.speakers = claim->speakers;
    row.witnesses = witnesses;
    row.witness_count = claim->witness_count;
    stemma_status status = stm_claim_encode(&row, &writer->bounds, out, fault);
    if (witnesses != few) {
        free(witnesses);
    }
    return status;
}

/* ---- Column blocks --------------------------------------------------------------------------- */

static void fill_event_row(const stm_index *index, const stm_index_event *event,
                           uint32_t participant_base, stm_event_row *row)
{
    uint32_t document = index->referents[event->first].document;
    row->bounds = event->bounds;
    row->type = event->type;
    row->place = event->place;
    row->participant_first = event->participant_first - participant_base;
    row->participant_count = event->participant_count;
    row->via = STEMMA_NONE;
    row->documents = event->documents;
    row->independent = event->independent;
    row->first_document = document;
    row->first_referent = event->first - index->document_first[document];
    row->claim_first = event->claim_first;
    row->claim_count = event->claim_count;
    row->polarity = event->polarity;
    row->certainty = event->certainty;
    row->tense = event->tense;
    row->realis = event->realis;
}

static stemma_status put_event_block(stemma_writer *writer, uint32_t number, uint32_t first,
                                     uint32_t count, stemma_error *error)
{
    const stm_index *index = &writer->index;
    const stm_index_event *events = &index->events[first];
    uint32_t base = events[0].participant_first;
    uint32_t participants =
        events[count - 1].participant_first - base + events[count - 1].participant_count;
    size_t bound = stm_event_block_bound(count, participants);
    size_t size = 0;
    stm_event_row *rows = stm_zeroed(count, sizeof *rows);
    stm_event_participant *list = stm_zeroed(participants, sizeof *list);
    int64_t *scratch = stm_zeroed(count > participants ? count : participants, sizeof *scratch);
    uint8_t *out = stm_writer_scratch(writer, bound);
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (rows != NULL && list != NULL && scratch != NULL && out != NULL) {
        for (uint32_t i = 0; i < count; i++) {
            fill_event_row(index, &events[i], base, &rows[i]);
        }
        for (uint32_t i = 0; i < participants; i++) {
            list[i].role = index->participants[base + i].role;
            list[i].entity = index->participants[base + i].entity;
        }
        status =
            stm_event_block_write(out, writer->scratch_size, &size, rows, count, list, scratch);
    }
    free(rows);
    free(list);
    free(scratch);
    if (status != STEMMA_OK) {
        return stm_writer_fault(error, status, NULL, "event", first);
    }
    stemma_bytes value = {out, size};
    return put_u32(writer, number, value, error);
}

static stemma_status put_events(stemma_writer *writer, stemma_error *error)
{
    uint32_t total = writer->index.event_count;
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_EVENT, error);
    for (uint32_t first = 0; first < total && status == STEMMA_OK; first += BLOCK) {
        uint32_t count = total - first < BLOCK ? total - first : BLOCK;
        status = put_event_block(writer, first / BLOCK, first, count, error);
    }
    return status;
}

static stemma_status put_members(stemma_writer *writer, stemma_error *error)
{
    const stm_index *index = &writer->index;
    int64_t values[BLOCK];
    size_t capacity = stm_column_bound(1, BLOCK);
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_MEMBER, error);
    uint8_t *out = stm_writer_scratch(writer, capacity);
    if (out == NULL) {
        return stm_no_memory(error);
    }
    for (uint32_t d = 0; d < index->document_count && status == STEMMA_OK; d++) {
        uint32_t begin = index->document_first[d];
        uint32_t total = index->document_first[d + 1] - begin;
        for (uint32_t first = 0; first < total && status == STEMMA_OK; first += BLOCK) {
            uint32_t count = total - first < BLOCK ? total - first : BLOCK;
            uint8_t key[8];
            stemma_bytes key_bytes = {key, sizeof key};
            stemma_bytes value = {out, 0};
            for (uint32_t i = 0; i < count; i++) {
                values[i] = (int64_t)stm_index_member(index, begin + first + i);
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

static stemma_status put_groups(stemma_writer *writer, stemma_error *error)
{
    const stm_index *index = &writer->index;
    int64_t values[BLOCK];
    size_t capacity = stm_column_bound(3, 3 * BLOCK);
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_GROUP, error);
    uint8_t *out = stm_writer_scratch(writer, capacity);
    if (out == NULL) {
        return stm_no_memory(error);
    }
    for (uint32_t first = 0; first < index->document_count && status == STEMMA_OK; first += BLOCK) {
        uint32_t left = index->document_count - first;
        uint32_t count = left < BLOCK ? left : BLOCK;
        stm_column_writer columns;
        stemma_bytes value = {out, 0};
        stm_column_begin(&columns, out, capacity, count, 3);
        for (uint32_t i = 0; i < count; i++) {
            values[i] = index->group[first + i];
        }
        stm_column_add(&columns, 1, values, count);
        for (uint32_t i = 0; i < count; i++) {
            values[i] = index->document_tokens[first + i];
        }
        stm_column_add(&columns, 2, values, count);
        for (uint32_t i = 0; i < count; i++) {
            values[i] = index->document_stemmers[first + i];
        }
        stm_column_add(&columns, 3, values, count);
        status = stm_column_end(&columns, &value.size);
        if (status != STEMMA_OK) {
            return stm_writer_fault(error, status, NULL, "group", first);
        }
        status = put_u32(writer, first / BLOCK, value, error);
    }
    return status;
}

/* ---- Labels ---------------------------------------------------------------------------------- */

static stemma_text label_of(const stm_index *index, const stm_index_entity *entity)
{
    stemma_text none = {NULL, 0};
    return entity->name_count == 0
               ? none
               : stm_strings_get(&index->names,
                                 index->entity_names[entity->name_first + entity->shown].text);
}

static stemma_status put_arena(stemma_writer *writer, stemma_error *error)
{
    const stm_index *index = &writer->index;
    uint64_t bytes = 0;
    size_t size = 0;
    for (uint32_t i = 0; i < index->entity_count; i++) {
        bytes += label_of(index, &index->entities[i]).size;
    }
    stemma_status status = stm_label_arena_size(index->entity_count, bytes, &size);
    if (status != STEMMA_OK) {
        return stm_writer_fault(error, status, NULL, "label", 0);
    }
    uint8_t *out = malloc(size);
    if (out == NULL) {
        return stm_no_memory(error);
    }
    stm_label_arena_writer arena;
    stm_label_arena_begin(&arena, out, size, index->entity_count);
    for (uint32_t i = 0; i < index->entity_count; i++) {
        stm_label_arena_add(&arena, label_of(index, &index->entities[i]));
    }
    status = stm_label_arena_end(&arena, &size);
    if (status == STEMMA_OK) {
        stemma_bytes key = {(const uint8_t *)"arena", 5};
        stemma_bytes value = {out, size};
        status = stm_store_writer_put(writer->store, key, value, error);
    } else {
        stm_writer_fault(error, status, NULL, "label", 0);
    }
    free(out);
    return status;
}

static stemma_status put_exact(stemma_writer *writer, stemma_error *error)
{
    stm_label_pair *pairs = NULL;
    uint32_t count = 0;
    if (stm_index_label_pairs(&writer->index, &pairs, &count) != STEMMA_OK) {
        return stm_no_memory(error);
    }
    size_t size = stm_label_exact_size(count);
    uint8_t *out = malloc(size);
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (out != NULL) {
        status = stm_label_exact_write(out, size, &size, pairs, count);
    }
    free(pairs);
    if (status == STEMMA_OK) {
        stemma_bytes key = {(const uint8_t *)"exact", 5};
        stemma_bytes value = {out, size};
        status = stm_store_writer_put(writer->store, key, value, error);
    } else {
        stm_writer_fault(error, status, NULL, "label", 1);
    }
    free(out);
    return status;
}

static stemma_status put_labels(stemma_writer *writer, stemma_error *error)
{
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_LABEL, error);
    if (status == STEMMA_OK) {
        status = put_arena(writer, error);
    }
    return status == STEMMA_OK ? put_exact(writer, error) : status;
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

static stemma_status post(void *context, stemma_bytes list, uint32_t id, uint32_t payload)
{
    posting_sink *sink = context;
    return stm_posting_add(&sink->builder, list, id, payload);
}

static stemma_status put_postings(stemma_writer *writer, stm_table table, stemma_error *error)
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
    stm_posting_begin(&sink->builder, stm_tables[table].list_size, emit_record, sink);
    if (status == STEMMA_OK) {
        status = stm_index_postings(&writer->index, table, post, sink);
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

stemma_status stm_writer_put_index(stemma_writer *writer, stemma_error *error)
{
    static const stm_table posting_tables[] = {
        STM_TABLE_NAME,  STM_TABLE_GRAM,       STM_TABLE_PARTICIPATION, STM_TABLE_TYPE,
        STM_TABLE_PLACE, STM_TABLE_MEMBERSHIP, STM_TABLE_TERM};
    stm_writer_progress(writer, "writing index", 0, 0);
    stemma_status status = put_members(writer, error);
    if (status == STEMMA_OK) {
        status = put_groups(writer, error);
    }
    if (status == STEMMA_OK) {
        status =
            put_rows(writer, STM_TABLE_ENTITY, writer->index.entity_count, encode_entity, error);
    }
    if (status == STEMMA_OK) {
        status = put_labels(writer, error);
    }
    if (status == STEMMA_OK) {
        status = put_events(writer, error);
    }
    if (status == STEMMA_OK) {
        status = put_rows(writer, STM_TABLE_CLAIM, writer->index.claim_count, encode_claim, error);
    }
    for (size_t i = 0; i < sizeof posting_tables / sizeof posting_tables[0]; i++) {
        if (status == STEMMA_OK) {
            status = put_postings(writer, posting_tables[i], error);
        }
    }
    return status;
}
