/* SPDX-License-Identifier: MIT */
/* The tables of entities and of their names. */
#include "write/writer_names.h"

#include "entity_alias.h"
#include "entity_block.h"
#include "base/error.h"
#include "index/index_names.h"
#include "label_arena.h"
#include "token_text.h"
#include "write/writer_table.h"

#include <stdlib.h>

/* ---- Entities -------------------------------------------------------------------------------- */

/* Entities with a row in table `alias`, in the order of these rows. */
typedef struct alias_rows {
    const stm_index *index;
    uint32_t *entities;
    uint32_t count;
} alias_rows;

/* Whether an entity is called otherwise than by its label, everywhere, as a name. */
static int has_alias_row(const stm_index *index, const stm_index_entity *entity)
{
    if (entity->name_count != 1) {
        return entity->name_count > 1;
    }
    const stm_index_entity_name *name = &index->entity_names[entity->name_first];
    return name->kind != STEMMA_NAME_NAME || name->documents != entity->documents;
}

static stemma_status find_alias_rows(const stm_index *index, alias_rows *out)
{
    out->index = index;
    out->count = 0;
    out->entities = stm_memory_zeroed(index->memory, index->entity_count, sizeof *out->entities);
    if (out->entities == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < index->entity_count; i++) {
        if (has_alias_row(index, &index->entities[i])) {
            out->entities[out->count++] = i;
        }
    }
    return STEMMA_OK;
}

static void fill_entity_row(const stm_index *index, const stm_index_entity *entity,
                            stm_entity_row *row)
{
    uint32_t document = index->referents[entity->first].document;
    row->type = entity->type;
    row->documents = entity->documents;
    row->mentions = entity->mentions;
    row->events = entity->events;
    row->first.document = document;
    row->first.referent = entity->first - index->document_first[document];
    row->claim_first = entity->claim_first;
    row->claim_count = entity->claim_count;
    row->alias = 0;
    row->contested = entity->contested;
}

static stemma_status put_entities(stemma_writer *writer, const alias_rows *aliases,
                                  stemma_error *error)
{
    const stm_index *index = &writer->index;
    uint32_t total = index->entity_count, next_alias = 0;
    stm_entity_row *rows = malloc(STM_ENTITY_BLOCK * sizeof *rows);
    int64_t *scratch = malloc(STM_ENTITY_BLOCK * sizeof *scratch);
    uint8_t *out = stm_writer_scratch(writer, stm_entity_block_bound(STM_ENTITY_BLOCK));
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_ENTITY, error);
    if (rows == NULL || scratch == NULL || out == NULL) {
        status = stm_no_memory(error);
    }
    for (uint32_t first = 0; first < total && status == STEMMA_OK; first += STM_ENTITY_BLOCK) {
        uint32_t left = total - first;
        uint32_t count = left < STM_ENTITY_BLOCK ? left : STM_ENTITY_BLOCK;
        stm_fault fault = {0};
        stemma_bytes value = {out, 0};
        for (uint32_t i = 0; i < count; i++) {
            fill_entity_row(index, &index->entities[first + i], &rows[i]);
            if (next_alias < aliases->count && aliases->entities[next_alias] == first + i) {
                rows[i].alias = ++next_alias;
            }
        }
        status = stm_entity_block_write(out, writer->scratch_size, &value.size, rows, count,
                                        scratch, &writer->bounds, &fault);
        status = status == STEMMA_OK
                     ? stm_writer_put_u32(writer, first / STM_ENTITY_BLOCK, value, error)
                     : stm_writer_fault(error, status, &fault, "entity", first);
    }
    free(rows);
    free(scratch);
    return status;
}

static stemma_status encode_alias(const void *from, uint32_t number, stm_buffer *out,
                                  stm_fault *fault)
{
    const alias_rows *aliases = from;
    const stm_index *index = aliases->index;
    const stm_index_entity *entity = &index->entities[aliases->entities[number]];
    stm_entity_name few[32] = {{{NULL, 0}, 0, 0}};
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
    stemma_status status =
        stm_entity_alias_encode(names, entity->name_count, entity->shown, out, fault);
    if (names != few) {
        free(names);
    }
    return status;
}

/* ---- Labels ---------------------------------------------------------------------------------- */

static stemma_status put_named(stemma_writer *writer, const char *name, stemma_bytes value,
                               stemma_error *error)
{
    stemma_bytes key = {(const uint8_t *)name, strlen(name)};
    return stm_store_writer_put(writer->store, key, value, error);
}

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
    stm_label_arena_writer arena;
    uint64_t bytes = 0;
    size_t size = 0;
    for (uint32_t i = 0; i < index->entity_count; i++) {
        bytes += label_of(index, &index->entities[i]).size;
    }
    stm_label_arena_begin(&arena, index->entity_count, bytes);
    for (uint32_t i = 0; i < index->entity_count; i++) {
        stm_label_arena_measure(&arena, label_of(index, &index->entities[i]).size);
    }
    stemma_status status = stm_label_arena_size(&arena, &size);
    if (status != STEMMA_OK) {
        return stm_writer_fault(error, status, NULL, "label", 0);
    }
    uint8_t *out = stm_memory_zeroed(writer->memory, size, 1);
    if (out == NULL) {
        return stm_no_memory(error);
    }
    stm_label_arena_into(&arena, out, size);
    for (uint32_t i = 0; i < index->entity_count; i++) {
        stm_label_arena_add(&arena, label_of(index, &index->entities[i]));
    }
    stemma_bytes value = {out, 0};
    status = stm_label_arena_end(&arena, &value.size);
    status = status == STEMMA_OK ? put_named(writer, "arena", value, error)
                                 : stm_writer_fault(error, status, NULL, "label", 0);
    stm_memory_free(out);
    return status;
}

static stemma_status put_hashes(stemma_writer *writer, const char *name,
                                const stm_label_pair *pairs, uint32_t count, stemma_error *error)
{
    size_t bound = stm_label_hash_bound(count);
    uint8_t *out = stm_memory_zeroed(writer->memory, bound, 1);
    stemma_bytes value = {out, 0};
    if (out == NULL) {
        return stm_no_memory(error);
    }
    stemma_status status = stm_label_hash_write(out, bound, &value.size, pairs, count);
    status = status == STEMMA_OK ? put_named(writer, name, value, error)
                                 : stm_writer_fault(error, status, NULL, name, 0);
    stm_memory_free(out);
    return status;
}

static stemma_status put_labels(stemma_writer *writer, const stm_name_index *names,
                                stemma_error *error)
{
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_LABEL, error);
    if (status == STEMMA_OK) {
        status = put_arena(writer, error);
    }
    return status == STEMMA_OK
               ? put_hashes(writer, "exact", names->exact, names->exact_count, error)
               : status;
}

/* ---- Tokens ---------------------------------------------------------------------------------- */

static stemma_status put_token_texts(stemma_writer *writer, const stm_name_index *names,
                                     stemma_error *error)
{
    uint32_t count = names->tokens.count;
    size_t bound = (size_t)stm_token_list_bound(count, names->token_bytes);
    uint8_t *out = stm_memory_zeroed(writer->memory, bound, 1);
    stemma_bytes value = {out, 0};
    stm_token_writer list;
    if (out == NULL) {
        return stm_no_memory(error);
    }
    stm_token_list_begin(&list, out, bound, count);
    for (uint32_t i = 0; i < count; i++) {
        stm_token_list_add(&list, stm_name_index_token(names, i));
    }
    stemma_status status = stm_token_list_end(&list, &value.size);
    status = status == STEMMA_OK ? put_named(writer, "text", value, error)
                                 : stm_writer_fault(error, status, NULL, "token", 0);
    stm_memory_free(out);
    return status;
}

static stemma_status put_tokens(stemma_writer *writer, const stm_name_index *names,
                                stemma_error *error)
{
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_TOKEN, error);
    if (status == STEMMA_OK) {
        status = put_hashes(writer, "sound", names->sounds, names->sound_count, error);
    }
    return status == STEMMA_OK ? put_token_texts(writer, names, error) : status;
}

static stemma_status produce(const void *from, stm_table table, stm_index_post_list *post, void *context)
{
    return stm_name_index_post(from, table, post, context);
}

static stemma_status put_names(stemma_writer *writer, stemma_error *error)
{
    stm_name_index names;
    stemma_status status = stm_name_index_build(&names, &writer->index);
    if (status != STEMMA_OK) {
        stm_writer_fault(error, status, NULL, "token", 0);
    }
    if (status == STEMMA_OK) {
        status = put_labels(writer, &names, error);
    }
    if (status == STEMMA_OK) {
        status = put_tokens(writer, &names, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_postings_of(writer, STM_TABLE_NAME, produce, &names, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_postings_of(writer, STM_TABLE_GRAM, produce, &names, error);
    }
    stm_name_index_free(&names);
    return status;
}

stemma_status stm_writer_put_names(stemma_writer *writer, stemma_error *error)
{
    alias_rows aliases;
    stemma_status status = find_alias_rows(&writer->index, &aliases);
    if (status != STEMMA_OK) {
        return stm_no_memory(error);
    }
    status = put_entities(writer, &aliases, error);
    if (status == STEMMA_OK) {
        status = stm_writer_put_rows_of(writer, STM_TABLE_ALIAS, aliases.count, encode_alias,
                                        &aliases, error);
    }
    stm_memory_free(aliases.entities);
    return status == STEMMA_OK ? put_names(writer, error) : status;
}
