/* SPDX-License-Identifier: MIT */
/* The tables of the index. */
#include "write/writer_stage.h"

#include "index/claim_group.h"
#include "claim_record.h"
#include "column.h"
#include "base/error.h"
#include "limits.h"
#include "key.h"
#include "write/writer_ahead.h"
#include "write/writer_event.h"
#include "write/writer_names.h"
#include "write/writer_table.h"

#include <stdlib.h>

#define BLOCK STEMMA_EVENT_BLOCK

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
        status = stm_writer_put_u32(writer, first / BLOCK, value, error);
    }
    return status;
}

static stemma_status put_voices(stemma_writer *writer, stemma_error *error)
{
    const stm_index *index = &writer->index;
    stm_index_voice head;
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_VOICE, error);
    for (size_t at = 0; at < index->voice_size && status == STEMMA_OK; at += sizeof head + head.size) {
        stemma_bytes value = stm_index_voice_at(index, at, &head);
        uint8_t bytes[8];
        stemma_bytes key = {bytes, sizeof bytes};
        stm_memory_step(writer->memory, head.document);
        stm_key_u32x2(bytes, head.document, head.block);
        status = stm_store_writer_put(writer->store, key, value, error);
    }
    return status;
}

stemma_status stm_writer_put_index(stemma_writer *writer, stm_ahead *ahead, stemma_error *error)
{
    static const stm_table posting_tables[] = {STM_TABLE_PARTICIPATION, STM_TABLE_TYPE,
                                               STM_TABLE_PLACE, STM_TABLE_MEMBERSHIP,
                                               STM_TABLE_SPEAKER, STM_TABLE_TERM,
                                               STM_TABLE_NEIGHBOUR};
    stm_writer_progress(writer, "writing index", 0, 0);
    stemma_status status = stm_writer_put_members(writer, error);
    if (status == STEMMA_OK) {
        status = put_groups(writer, error);
    }
    if (status == STEMMA_OK) {
        status = put_voices(writer, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_names(writer, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_rows_of_sets(writer, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_rows(writer, STM_TABLE_CLAIM, writer->index.claim_count,
                                     encode_claim, error);
    }
    for (size_t i = 0; i < sizeof posting_tables / sizeof posting_tables[0]; i++) {
        if (status == STEMMA_OK) {
            status = stm_ahead_makes(ahead, posting_tables[i])
                         ? stm_ahead_put(ahead, writer, posting_tables[i], error)
                         : stm_writer_put_postings(writer, posting_tables[i], error);
        }
    }
    return status;
}
