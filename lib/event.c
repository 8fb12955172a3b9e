/* SPDX-License-Identifier: MIT */
#include "error.h"
#include "snapshot.h"

stemma_status stm_snapshot_event_block(stemma_snapshot *snapshot, uint32_t event,
                                       const stm_event_block **out, stemma_error *error)
{
    uint32_t number = event / STEMMA_EVENT_BLOCK;
    if (snapshot->block_number != number) {
        stemma_bytes value;
        snapshot->block_number = STEMMA_NONE;
        stemma_status status =
            stm_snapshot_get_u32(snapshot, STM_TABLE_EVENT, number, &value, error);
        if (status == STEMMA_NOT_FOUND) {
            return stm_damaged(error, STM_TABLE_EVENT, number, "RECORD_MISSING");
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (stm_event_block_open(value, &snapshot->block) != STEMMA_OK) {
            return stm_damaged(error, STM_TABLE_EVENT, number, "COLUMN_BLOCK");
        }
        snapshot->block_number = number;
    }
    if (event % STEMMA_EVENT_BLOCK >= snapshot->block.rows) {
        return stm_damaged(error, STM_TABLE_EVENT, number, "COLUMN_ROWS");
    }
    *out = &snapshot->block;
    return STEMMA_OK;
}

/* The term's name, or NULL when it is none of this kind. */
static const stemma_text *term_name(const stm_bounds *bounds, uint32_t number, uint8_t kind)
{
    if (number >= bounds->vocabulary.count || bounds->vocabulary.terms[number].kind != kind) {
        return NULL;
    }
    return &bounds->vocabulary.terms[number].name;
}

static stemma_status get_participants(stemma_snapshot *snapshot, const stm_event_block *block,
                                      const stm_event_row *row, stemma_event *out,
                                      stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    if (row->participant_first > block->participants ||
        row->participant_count > block->participants - row->participant_first) {
        return STEMMA_E_DAMAGED;
    }
    stemma_participant *participants =
        stm_snapshot_array(snapshot, row->participant_count, sizeof *participants, error);
    if (participants == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < row->participant_count; i++) {
        stm_event_participant participant;
        if (stm_event_block_participant(block, row, i, &participant) != STEMMA_OK ||
            participant.entity >= bounds->entities) {
            return STEMMA_E_DAMAGED;
        }
        const stemma_text *role = term_name(bounds, participant.role, STEMMA_TERM_PREDICATE);
        if (role == NULL) {
            return STEMMA_E_DAMAGED;
        }
        participants[i].role = *role;
        participants[i].entity = participant.entity;
    }
    out->participants = participants;
    out->participant_count = row->participant_count;
    return STEMMA_OK;
}

static bool numbers_exist(const stm_event_row *row, const stm_bounds *bounds)
{
    return (row->place == STEMMA_NONE || row->place < bounds->entities) &&
           row->first_document < bounds->documents && row->documents <= bounds->documents &&
           row->independent <= row->documents && row->claim_first <= bounds->claims &&
           row->claim_count <= bounds->claims - row->claim_first;
}

stemma_status stemma_event_get(stemma_snapshot *snapshot, uint32_t event, stemma_event *out,
                               stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    const stm_event_block *block = NULL;
    stm_event_row row;
    if (event >= bounds->events) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = stm_snapshot_event_block(snapshot, event, &block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_event_block_row(block, event % STEMMA_EVENT_BLOCK, &row);
    const stemma_text *type =
        status == STEMMA_OK ? term_name(bounds, row.type, STEMMA_TERM_EVENT_TYPE) : NULL;
    if (type == NULL || !numbers_exist(&row, bounds)) {
        return stm_damaged(error, STM_TABLE_EVENT, event, "NUMBER_OUT_OF_RANGE");
    }
    memset(out, 0, sizeof *out);
    status = get_participants(snapshot, block, &row, out, error);
    if (status == STEMMA_E_DAMAGED) {
        return stm_damaged(error, STM_TABLE_EVENT, event, "PARTICIPANT");
    }
    out->number = event;
    out->type = *type;
    out->bounds = row.bounds;
    out->place = row.place;
    out->documents = row.documents;
    out->independent = row.independent;
    out->polarity = row.polarity;
    out->certainty = row.certainty;
    out->tense = row.tense;
    out->realis = row.realis;
    out->first.document = row.first_document;
    out->first.referent = row.first_referent;
    out->claim_first = row.claim_first;
    out->claim_count = row.claim_count;
    return status;
}
