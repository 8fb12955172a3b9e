/* SPDX-License-Identifier: MIT */
#include "read/entity.h"

#include "entity_alias.h"
#include "entity_block.h"
#include "base/error.h"
#include "read/known.h"
#include "file/late.h"
#include "file/snapshot.h"
#include "utf8.h"

/* ---- Blocks ---------------------------------------------------------------------------------- */

/* Reads and checks a block for the first time. */
static stemma_status open_block(stemma_snapshot *snapshot, uint32_t number,
                                const stm_entity_block **out, stemma_error *error)
{
    stemma_bytes value;
    stm_entity_block block;
    stm_fault fault = {"", 0};
    stemma_status status = stm_snapshot_get_u32(snapshot, STM_TABLE_ENTITY, number, &value, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_ENTITY, number, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_entity_block_open(value, &block, &fault);
    if (status != STEMMA_OK) {
        return stm_record_failed(error, status, STM_TABLE_ENTITY, number, &fault);
    }
    *out = stm_cache_keep_entity(snapshot->file->cache, number, &block);
    return *out != NULL ? STEMMA_OK
                        : stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "entity",
                                   "The system refused memory");
}

stemma_status stm_snapshot_entity_block(stemma_snapshot *snapshot, uint32_t entity,
                                        const stm_entity_block **out, stemma_error *error)
{
    uint32_t number = entity / STM_ENTITY_BLOCK;
    const stm_entity_block *block = stm_cache_entity(snapshot->file->cache, number);
    if (block == NULL) {
        stemma_status status = open_block(snapshot, number, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    *out = block;
    return entity % STM_ENTITY_BLOCK < block->rows
               ? STEMMA_OK
               : stm_damaged(error, STM_TABLE_ENTITY, number, "COLUMN_ROWS");
}

/* The row of an entity, which exists. */
static stemma_status get_row(stemma_snapshot *snapshot, uint32_t entity, stm_entity_row *row,
                             stemma_error *error)
{
    const stm_entity_block *block = NULL;
    stm_fault fault = {"", 0};
    stemma_status status = stm_snapshot_entity_block(snapshot, entity, &block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_entity_block_row(block, entity % STM_ENTITY_BLOCK, &snapshot->file->bounds, row,
                                  &fault);
    return status == STEMMA_OK ? STEMMA_OK
                               : stm_record_failed(error, status, STM_TABLE_ENTITY, entity, &fault);
}

/* ---- Names ----------------------------------------------------------------------------------- */

/* Names of an entity with an alias row; the position of the one to show. */
static stemma_status get_aliases(stemma_snapshot *snapshot, uint32_t alias, stemma_text label,
                                 stemma_entity *out, uint32_t *shown, stemma_error *error)
{
    stemma_bytes bytes;
    stm_fault fault = {"", 0};
    uint32_t count = 0;
    stemma_status status = stm_snapshot_row(snapshot, STM_TABLE_ALIAS, alias, &bytes, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_ALIAS, alias, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_entity_alias_count(bytes, &count, &fault);
    if (status == STEMMA_OK) {
        stemma_entity_name *names = stm_snapshot_array(snapshot, count, sizeof *names, error);
        stm_mark mark = stm_snapshot_mark(snapshot);
        stm_entity_name *read = stm_snapshot_array(snapshot, count, sizeof *read, error);
        if (names == NULL || read == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        status = stm_entity_alias_decode(bytes, label, snapshot->file->bounds.documents, read,
                                         count, shown, &fault);
        for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
            names[i].text = read[i].text;
            names[i].kind = read[i].kind;
            names[i].documents = read[i].documents;
        }
        stm_snapshot_rewind(snapshot, mark);
        out->names = names;
        out->name_count = count;
    }
    return status == STEMMA_OK ? STEMMA_OK
                               : stm_record_failed(error, status, STM_TABLE_ALIAS, alias, &fault);
}

static stemma_status get_names(stemma_snapshot *snapshot, const stm_entity_row *row,
                               stemma_entity *out, stemma_error *error)
{
    stemma_text label;
    uint32_t shown = 0;
    stemma_status status = stm_entity_whole_label(snapshot, out->number, &label, error);
    if (status == STEMMA_OK && row->alias != 0) {
        status = get_aliases(snapshot, row->alias - 1u, label, out, &shown, error);
    } else if (status == STEMMA_OK && label.size != 0) {
        stemma_entity_name *name = stm_snapshot_array(snapshot, 1, sizeof *name, error);
        if (name == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        name->text = label;
        name->kind = STEMMA_NAME_NAME;
        name->documents = row->documents;
        out->names = name;
        out->name_count = 1;
    }
    if (status == STEMMA_OK && out->name_count != 0) {
        out->name = out->names[shown].text;
    }
    return status;
}

stemma_status stm_entity_whole(stemma_snapshot *snapshot, uint32_t entity, bool names,
                               stemma_entity *out, stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    stm_entity_row row;
    if (entity >= bounds->entities) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = get_row(snapshot, entity, &row, error);
    if (status != STEMMA_OK) {
        return status;
    }
    memset(out, 0, sizeof *out);
    out->number = entity;
    out->type = bounds->vocabulary.terms[row.type].name;
    out->documents = row.documents;
    out->mentions = row.mentions;
    out->events = row.events;
    out->first = row.first;
    out->claim_first = row.claim_first;
    out->claim_count = row.claim_count;
    return names ? get_names(snapshot, &row, out, error) : STEMMA_OK;
}

stemma_status stm_entity_here(stemma_snapshot *snapshot, uint32_t entity, stemma_entity *out,
                              stemma_error *error)
{
    stemma_status status = stm_entity_whole(snapshot, entity, false, out, error);
    return status == STEMMA_OK && out->first.document >= snapshot->until ? STEMMA_NOT_FOUND
                                                                         : status;
}

static stemma_status get(stemma_snapshot *snapshot, uint32_t entity, bool events,
                         stemma_entity *out, stemma_error *error)
{
    stemma_status status = stm_entity_whole(snapshot, entity, true, out, error);
    if (status == STEMMA_OK && stm_is_cut(snapshot)) {
        stemma_entity whole = *out;
        status = stm_known_entity(snapshot, &whole, events, out, error);
    }
    return status;
}

stemma_status stm_entity_uncounted(stemma_snapshot *snapshot, uint32_t entity, stemma_entity *out,
                                   stemma_error *error)
{
    return get(snapshot, entity, false, out, error);
}

stemma_status stemma_entity_get(stemma_snapshot *snapshot, uint32_t entity, stemma_entity *out,
                                stemma_error *error)
{
    return get(snapshot, entity, true, out, error);
}

stemma_status stm_entity_first(stemma_snapshot *snapshot, uint32_t entity, stemma_referent_id *out,
                               stemma_error *error)
{
    stm_entity_row row;
    if (entity >= snapshot->file->bounds.entities) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = get_row(snapshot, entity, &row, error);
    if (status == STEMMA_OK) {
        *out = row.first;
    }
    return status;
}

/* Whether all labels of the group of `entity` are UTF-8; then nobody needs to ask again. */
static void check_group(const stemma_file *file, uint32_t entity)
{
    uint32_t group = entity / STM_LABEL_GROUP, first = group * STM_LABEL_GROUP;
    for (uint32_t i = 0; i < STM_LABEL_GROUP && first + i < file->labels.count; i++) {
        stemma_text label;
        if (stm_label_arena_get(&file->labels, first + i, &label) != STEMMA_OK ||
            !stm_utf8_valid(label)) {
            return;
        }
    }
    stm_cache_keep_labels(file->cache, group);
}

stemma_status stm_entity_whole_label(stemma_snapshot *snapshot, uint32_t entity, stemma_text *out,
                                     stemma_error *error)
{
    const stemma_file *file = snapshot->file;
    stemma_text label;
    stemma_status status = stm_late_need(snapshot, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_label_arena_get(&file->labels, entity, &label);
    if (status == STEMMA_OK && !stm_cache_labels(file->cache, entity / STM_LABEL_GROUP)) {
        check_group(file, entity);
        status = stm_utf8_valid(label) ? STEMMA_OK : STEMMA_E_DAMAGED;
    }
    if (status == STEMMA_E_DAMAGED) {
        return stm_damaged(error, STM_TABLE_LABEL, entity, "LABEL");
    }
    if (status == STEMMA_OK) {
        *out = label;
    }
    return status;
}

stemma_status stemma_entity_label(stemma_snapshot *snapshot, uint32_t entity, stemma_text *out,
                                  stemma_error *error)
{
    stemma_text label;
    stemma_status status = stm_entity_whole_label(snapshot, entity, &label, error);
    if (status == STEMMA_OK && stm_is_cut(snapshot)) {
        status = stm_known_label(snapshot, entity, &label, error);
    }
    if (status == STEMMA_OK) {
        *out = label;
    }
    return status;
}

stemma_status stm_entity_brief(stemma_snapshot *snapshot, uint32_t entity, stemma_entity *out,
                               stemma_error *error)
{
    stemma_status status = stm_entity_here(snapshot, entity, out, error);
    if (status == STEMMA_OK && stm_is_cut(snapshot) && out->documents > 1) {
        status = stm_known_entity_type(snapshot, out, &out->type, error);
    }
    return status == STEMMA_OK ? stemma_entity_label(snapshot, entity, &out->name, error) : status;
}
