/* SPDX-License-Identifier: MIT */
#include "write/writer_lane.h"

#include "event_amount.h"
#include "index/index_fold.h"
#include "index/index_order.h"

#include <stdlib.h>

#define BLOCK STEMMA_EVENT_BLOCK

static stemma_status reserve(stm_event_lane *w, uint32_t more)
{
    stm_event_participant *grown = stm_grow(w->participants, &w->participant_capacity,
                                            (size_t)w->participant_count + more, sizeof *grown);
    if (grown == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    w->participants = grown;
    return STEMMA_OK;
}

static stemma_status take_event(stm_event_lane *w, const stm_index_event *event, stm_event_row *row)
{
    const stm_index *index = w->index;
    const stm_index_referent *first = &index->referents[event->first];
    memset(row, 0, sizeof *row);
    row->bounds = event->bounds;
    row->type = event->type;
    row->place = event->place;
    row->participant_first = w->participant_count;
    row->participant_count = event->participant_count;
    row->documents = event->documents;
    row->independent = event->independent;
    row->first_document = first->document;
    row->first_referent = first->ordinal;
    row->claim_count = event->claim_count;
    row->via = STEMMA_NONE;
    row->contested = event->contested;
    row->amount = event->amount;
    row->amount_above = event->amount_above;
    row->polarity = event->polarity;
    row->certainty = event->certainty;
    row->tense = event->tense;
    row->realis = event->realis;
    if (reserve(w, event->participant_count) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < event->participant_count; i++) {
        stm_event_participant *one = &w->participants[w->participant_count++];
        one->role = index->participants[event->participant_first + i].role;
        one->entity = index->participants[event->participant_first + i].entity;
        one->variant = 0;
    }
    return STEMMA_OK;
}

static uint32_t variant_of(const stm_row_set *set, uint32_t actor)
{
    return set->variants == NULL ? 0 : set->variants[actor];
}

static void take_amount(const stm_row_set *set, uint32_t k, stm_event_row *row)
{
    row->amount = row->amount_above = 0;
    if (set->rares != NULL && set->rares[k] != 0) {
        stm_row_rare rare;
        stm_row_rare_of(set, k, &rare);
        if (rare.quantity_predicate != STEMMA_NONE) {
            stemma_quantity quantity = {.amount = rare.amount};
            stm_amount_reach reach = stm_amount_reach_of(&quantity);
            row->amount = reach.least;
            row->amount_above = stm_amount_above(reach);
        }
    }
}

static stemma_status take_row(stm_event_lane *w, const stm_row_set *set, uint32_t k,
                              stm_event_row *row)
{
    uint32_t place = stm_row_place(set, k);
    uint32_t source = stm_row_source(set, k);
    uint32_t count = stm_row_shape_of(set, k)->role_count;
    if ((size_t)w->participant_count + count > w->participant_capacity &&
        reserve(w, count) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    row->bounds = *stm_row_bounds(set, k);
    row->type = stm_row_shape_of(set, k)->type;
    row->place = place == STEMMA_NONE ? STEMMA_NONE : set->entities[place];
    row->place_variant = place == STEMMA_NONE ? 0 : variant_of(set, place);
    row->via = source == STEMMA_NONE ? STEMMA_NONE : set->entities[source];
    row->via_variant = source == STEMMA_NONE ? 0 : variant_of(set, source);
    row->participant_first = w->participant_count;
    row->participant_count = count;
    row->role_first = 0;
    row->documents = 1;
    row->independent = 1;
    row->first_document = set->document;
    row->first_referent = set->actor_count + k;
    row->claim_count = stm_row_set_says(set, k);
    row->folded = 1;
    row->contested = 0;
    take_amount(set, k, row);
    row->polarity = STEMMA_POLARITY_POSITIVE;
    row->certainty = STEMMA_CERTAINTY_UNSPECIFIED;
    row->tense = STEMMA_TENSE_UNSPECIFIED;
    row->realis = STEMMA_REALIS_ACTUAL;
    if (count != 0) { /* else there may be no participants to point into */
        w->participant_count +=
            stm_fold_participants(set, k, w->participants + w->participant_count);
    }
    return STEMMA_OK;
}

/* Takes the block's events and says where their claims begin. */
static stemma_status take_block(stm_event_lane *w, uint32_t first, uint32_t count, stm_block_note *note)
{
    stemma_status status = STEMMA_OK;
    note->claims = w->claims;
    note->unstored = w->unstored;
    note->last_start = STEMMA_TIME_UNKNOWN_EARLY;
    w->participant_count = 0;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        stm_event_source source = stm_index_source(w->index, first + i);
        stm_event_row *row = &w->rows[i];
        status = source.set != NULL ? take_row(w, source.set, source.row, row)
                                    : take_event(w, source.event, row);
        row->claim_first = (uint32_t)w->claims;
        row->unstored_before = (uint32_t)w->unstored;
        w->claims += row->claim_count;
        w->unstored += source.set != NULL ? row->claim_count : 0;
        if (row->bounds.start_earliest != STEMMA_TIME_UNKNOWN_EARLY) {
            note->last_start = row->bounds.start_earliest;
        }
    }
    note->start = w->rows[0].bounds.start_earliest;
    return status;
}

static stemma_status make_block(stm_event_lane *w, uint32_t first, uint32_t count, size_t at,
                                stm_block_note *note)
{
    size_t size = 0;
    stemma_status status = take_block(w, first, count, note);
    if (status != STEMMA_OK) {
        return status;
    }
    size_t bound = stm_event_block_bound(count, w->participant_count);
    uint32_t most = count > w->participant_count ? count : w->participant_count;
    int64_t *scratch = stm_grow(w->scratch, &w->scratch_capacity, most, sizeof *scratch);
    uint8_t *out = stm_grow(w->out, &w->out_capacity, at + bound, 1);
    w->scratch = scratch != NULL ? scratch : w->scratch;
    w->out = out != NULL ? out : w->out;
    if (scratch == NULL || out == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = stm_event_block_write(out + at, w->out_capacity - at, &size, w->rows, count,
                                   w->participants, scratch);
    note->end = at + size;
    return status;
}

void stm_event_lane_make(void *lanes, size_t item)
{
    stm_event_lane *w = &((stm_event_lane *)lanes)[item];
    size_t at = 0;
    w->status = STEMMA_OK;
    for (uint32_t done = 0, b = 0; done < w->count && w->status == STEMMA_OK; b++) {
        uint32_t left = w->count - done;
        uint32_t count = left < BLOCK ? left : BLOCK;
        w->status = make_block(w, w->first + done, count, at, &w->notes[b]);
        at = w->notes[b].end;
        done += count;
    }
}

void stm_event_lane_free(stm_event_lane *lane)
{
    free(lane->participants);
    free(lane->scratch);
    free(lane->out);
}
