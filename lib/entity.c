/* SPDX-License-Identifier: MIT */
#include "entity_record.h"
#include "error.h"
#include "snapshot.h"
#include "utf8.h"

/* The names as the public header has them. */
static const stemma_entity_name *public_names(stemma_snapshot *snapshot, const stm_entity_row *row,
                                              stemma_error *error)
{
    stemma_entity_name *names = stm_snapshot_array(snapshot, row->name_count, sizeof *names, error);
    for (uint32_t i = 0; names != NULL && i < row->name_count; i++) {
        names[i].text = row->names[i].text;
        names[i].kind = row->names[i].kind;
        names[i].documents = row->names[i].documents;
    }
    return names;
}

stemma_status stemma_entity_get(stemma_snapshot *snapshot, uint32_t entity, stemma_entity *out,
                                stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    stemma_bytes bytes;
    stm_entity_row row;
    stm_fault fault = {"", 0};
    uint32_t names = 0;
    if (entity >= bounds->entities) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = stm_snapshot_row(snapshot, STM_TABLE_ENTITY, entity, &bytes, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_ENTITY, entity, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_entity_count(bytes, &names, &fault);
    if (status == STEMMA_OK) {
        stm_entity_name *room = stm_snapshot_array(snapshot, names, sizeof *room, error);
        if (room == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        status = stm_entity_decode(bytes, bounds, &row, room, names, &fault);
    }
    if (status != STEMMA_OK) {
        return stm_record_failed(error, status, STM_TABLE_ENTITY, entity, &fault);
    }
    memset(out, 0, sizeof *out);
    out->names = public_names(snapshot, &row, error);
    if (out->names == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    out->number = entity;
    out->type = bounds->vocabulary.terms[row.type].name;
    out->name_count = row.name_count;
    if (row.name_count != 0) {
        out->name = out->names[row.name].text;
    }
    out->documents = row.documents;
    out->mentions = row.mentions;
    out->events = row.events;
    out->first = row.first;
    out->claim_first = row.claim_first;
    out->claim_count = row.claim_count;
    return STEMMA_OK;
}

stemma_status stemma_entity_label(stemma_snapshot *snapshot, uint32_t entity, stemma_text *out,
                                  stemma_error *error)
{
    stemma_text label;
    stemma_status status = stm_label_arena_get(&snapshot->file->labels, entity, &label);
    if (status == STEMMA_E_DAMAGED || (status == STEMMA_OK && !stm_utf8_valid(label))) {
        return stm_damaged(error, STM_TABLE_LABEL, entity, "LABEL");
    }
    if (status == STEMMA_OK) {
        *out = label;
    }
    return status;
}
