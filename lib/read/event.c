/* SPDX-License-Identifier: MIT */
#include "base/error.h"
#include "event_plan.h"
#include "read/known.h"
#include "file/late.h"
#include "file/snapshot.h"
#include "stemma/events.h"

/* Reads and checks a block for the first time. */
static stemma_status open_block(stemma_snapshot *snapshot, uint32_t number,
                                const stm_event_block **out, stemma_error *error)
{
    stemma_bytes value;
    stm_event_block block;
    stemma_status status = stm_snapshot_get_u32(snapshot, STM_TABLE_EVENT, number, &value, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_EVENT, number, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_event_block_open(value, &block) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_EVENT, number, "COLUMN_BLOCK");
    }
    *out = stm_cache_keep_event(snapshot->file->cache, number, &block);
    return *out != NULL ? STEMMA_OK
                        : stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "event",
                                   "The system refused memory");
}

/* The block that holds an event, whether terms are known or not. */
static stemma_status find_block(stemma_snapshot *snapshot, uint32_t event,
                                const stm_event_block **out, stemma_error *error)
{
    uint32_t number = event / STEMMA_EVENT_BLOCK;
    const stm_event_block *block = stm_cache_event(snapshot->file->cache, number);
    if (block == NULL) {
        stemma_status status = open_block(snapshot, number, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (event % STEMMA_EVENT_BLOCK >= block->rows) {
        return stm_damaged(error, STM_TABLE_EVENT, number, "COLUMN_ROWS");
    }
    *out = block;
    return STEMMA_OK;
}

stemma_status stm_snapshot_event_block(stemma_snapshot *snapshot, uint32_t event,
                                       const stm_event_block **out, stemma_error *error)
{
    stemma_status status = stm_late_need(snapshot, error);
    return status == STEMMA_OK ? find_block(snapshot, event, out, error) : status;
}

/* The term's name. STEMMA_NOT_FOUND when it is none of this kind. */
static stemma_status term_name(stemma_snapshot *snapshot, int64_t number, uint8_t kind,
                               stemma_text *out, stemma_error *error)
{
    if (stm_late_loaded(snapshot->file)) {
        const stm_vocabulary *vocabulary = &snapshot->file->bounds.vocabulary;
        if (number < 0 || number >= (int64_t)vocabulary->count ||
            vocabulary->terms[number].kind != kind) {
            return STEMMA_NOT_FOUND;
        }
        *out = vocabulary->terms[number].name;
        return STEMMA_OK;
    }
    stemma_term term;
    if (number < 0 || number >= (int64_t)STEMMA_NONE) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = stm_late_term(snapshot, (uint32_t)number, &term, error);
    if (status != STEMMA_OK) {
        return status;
    }
    *out = term.name;
    return term.kind == kind ? STEMMA_OK : STEMMA_NOT_FOUND;
}

/* STEMMA_NOT_FOUND when a number among them is out of range. */
static stemma_status get_participants(stemma_snapshot *snapshot, const stm_event_block *block,
                                      const stm_event_row *row, stemma_event *out,
                                      stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    if (row->participant_first > block->participants ||
        row->participant_count > block->participants - row->participant_first) {
        return STEMMA_NOT_FOUND;
    }
    stemma_participant *participants =
        stm_snapshot_array(snapshot, row->participant_count, sizeof *participants, error);
    if (participants == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    const stm_column *roles = &block->role;
    for (uint32_t i = 0; i < row->participant_count; i++) {
        int64_t entity = stm_column_get(&block->entity, row->participant_first + i);
        int64_t role = block->plan != NULL ? (int64_t)block->plan->role[row->role_first + i]
                                           : stm_column_get(roles, row->role_first + i);
        if (entity < 0 || entity >= (int64_t)bounds->entities) {
            return STEMMA_NOT_FOUND;
        }
        stemma_status status =
            term_name(snapshot, role, STEMMA_TERM_PREDICATE, &participants[i].role, error);
        if (status != STEMMA_OK) {
            return status;
        }
        participants[i].entity = (uint32_t)entity;
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

/* As what an event is wanted: as of a date it is worked out anew. */
enum as { WHOLE, UNTYPED, KNOWN };

/* An event that exists, out of its block. */
static stemma_status get_event(stemma_snapshot *snapshot, const stm_event_block *block,
                               uint32_t event, enum as as, stemma_event *out, stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    stm_event_row row;
    stemma_status status = stm_event_block_row(block, event % STEMMA_EVENT_BLOCK, &row);
    if (status != STEMMA_OK || !numbers_exist(&row, bounds)) {
        return stm_damaged(error, STM_TABLE_EVENT, event, "NUMBER_OUT_OF_RANGE");
    }
    status = term_name(snapshot, row.type, STEMMA_TERM_EVENT_TYPE, &out->type, error);
    if (status != STEMMA_OK) {
        return status == STEMMA_NOT_FOUND
                   ? stm_damaged(error, STM_TABLE_EVENT, event, "NUMBER_OUT_OF_RANGE")
                   : status;
    }
    status = get_participants(snapshot, block, &row, out, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_EVENT, event, "PARTICIPANT");
    }
    out->number = event;
    out->type_term = row.type;
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
    if (status == STEMMA_OK && as != WHOLE && stm_is_cut(snapshot)) {
        status = stm_known_event(snapshot, &row, as == KNOWN, out, error);
    }
    return status;
}

static stemma_status find_event(stemma_snapshot *snapshot, uint32_t event, enum as as,
                                stemma_event *out, stemma_error *error)
{
    const stm_event_block *block = NULL;
    if (event >= snapshot->file->bounds.events) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = find_block(snapshot, event, &block, error);
    return status == STEMMA_OK ? get_event(snapshot, block, event, as, out, error) : status;
}

stemma_status stemma_event_get(stemma_snapshot *snapshot, uint32_t event, stemma_event *out,
                               stemma_error *error)
{
    return find_event(snapshot, event, KNOWN, out, error);
}

stemma_status stm_event_get_untyped(stemma_snapshot *snapshot, uint32_t event, stemma_event *out,
                                    stemma_error *error)
{
    return find_event(snapshot, event, UNTYPED, out, error);
}

stemma_status stm_event_get_whole(stemma_snapshot *snapshot, uint32_t event, stemma_event *out,
                                  stemma_error *error)
{
    return find_event(snapshot, event, WHOLE, out, error);
}

/* Events that are fetched before they are read. */
#define AHEAD 6u

static void fetch(const stemma_snapshot *snapshot, uint32_t event)
{
    if (event < snapshot->file->bounds.events) {
        const stm_event_block *block =
            stm_cache_event(snapshot->file->cache, event / STEMMA_EVENT_BLOCK);
        if (block != NULL && block->plan != NULL && event % STEMMA_EVENT_BLOCK < block->rows) {
            stm_event_plan_prefetch(block, event % STEMMA_EVENT_BLOCK);
        }
    }
}

stemma_status stemma_event_get_many(stemma_snapshot *snapshot, const uint32_t *events,
                                    uint32_t count, stemma_event *out, stemma_error *error)
{
    const stm_event_block *block = NULL;
    uint32_t number = STEMMA_NONE; /* of `block` */
    for (uint32_t i = 0; i < count; i++) {
        stemma_status status = STEMMA_OK;
        if (count - i > AHEAD) {
            fetch(snapshot, events[i + AHEAD]);
        }
        if (events[i] >= snapshot->file->bounds.events) {
            return STEMMA_NOT_FOUND;
        }
        if (events[i] / STEMMA_EVENT_BLOCK != number ||
            events[i] % STEMMA_EVENT_BLOCK >= block->rows) {
            number = events[i] / STEMMA_EVENT_BLOCK;
            status = stm_snapshot_event_block(snapshot, events[i], &block, error);
        }
        if (status == STEMMA_OK) {
            status = get_event(snapshot, block, events[i], KNOWN, &out[i], error);
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}
