/* SPDX-License-Identifier: MIT */
/* The tables of entities and of their names. */
#include "writer_names.h"

#include "entity_record.h"
#include "error.h"
#include "index_postings.h"
#include "label_arena.h"
#include "label_exact.h"
#include "writer_table.h"

#include <stdlib.h>

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
    uint8_t *out = stm_memory_zeroed(writer->memory, size, 1);
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
    stm_memory_free(out);
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
    uint8_t *out = stm_memory_zeroed(writer->memory, size, 1);
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (out != NULL) {
        status = stm_label_exact_write(out, size, &size, pairs, count);
    }
    stm_memory_free(pairs);
    if (status == STEMMA_OK) {
        stemma_bytes key = {(const uint8_t *)"exact", 5};
        stemma_bytes value = {out, size};
        status = stm_store_writer_put(writer->store, key, value, error);
    } else {
        stm_writer_fault(error, status, NULL, "label", 1);
    }
    stm_memory_free(out);
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

stemma_status stm_writer_put_names(stemma_writer *writer, stemma_error *error)
{
    stemma_status status = stm_writer_put_rows(writer, STM_TABLE_ENTITY, writer->index.entity_count,
                                               encode_entity, error);
    if (status == STEMMA_OK) {
        status = put_labels(writer, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_postings(writer, STM_TABLE_NAME, error);
    }
    return status == STEMMA_OK ? stm_writer_put_postings(writer, STM_TABLE_GRAM, error) : status;
}
