/* SPDX-License-Identifier: MIT */
#include "write/writer_lane.h"

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
    stm_folded_amount(set, k, &row->amount, &row->amount_above);
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

/* Room behind `at` for a block of so many events and participants. */
static stemma_status have_room(stm_event_lane *w, size_t at, uint32_t count, uint32_t participants)
{
    size_t bound = stm_event_block_bound(count, participants);
    uint8_t *out = stm_grow(w->out, &w->out_capacity, at + bound, 1);
    w->out = out != NULL ? out : w->out;
    return out != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

static stemma_status make_of_rows(stm_event_lane *w, uint32_t first, uint32_t count, size_t at,
                                  stm_block_note *note, size_t *size)
{
    stemma_status status = take_block(w, first, count, note);
    uint32_t most = count > w->participant_count ? count : w->participant_count;
    int64_t *scratch = stm_grow(w->scratch, &w->scratch_capacity, most, sizeof *scratch);
    w->scratch = scratch != NULL ? scratch : w->scratch;
    if (status == STEMMA_OK) {
        status = scratch != NULL ? have_room(w, at, count, w->participant_count) : STEMMA_E_NO_MEMORY;
    }
    return status == STEMMA_OK
               ? stm_event_block_write(w->out + at, w->out_capacity - at, size, w->rows, count,
                                       w->participants, scratch)
               : status;
}

/* All times of such a block are known. */
static stemma_status make_of_columns(stm_event_lane *w, uint32_t count, size_t at,
                                     stm_block_note *note, size_t *size)
{
    const stm_folded *folded = &w->folded;
    note->claims = w->claims;
    note->unstored = w->unstored;
    note->start = folded->time_bounds[0]->start_earliest;
    note->last_start = folded->time_bounds[folded->times - 1]->start_earliest;
    w->claims += folded->says;
    w->unstored += folded->says;
    stemma_status status = have_room(w, at, count, folded->participants);
    return status == STEMMA_OK
               ? stm_event_block_write_columns(w->out + at, w->out_capacity - at, size, count,
                                               folded->columns)
               : status;
}

static stemma_status make_block(stm_event_lane *w, uint32_t first, uint32_t count, size_t at,
                                stm_block_note *note)
{
    size_t size = 0;
    stemma_status status =
        stm_folded_take(&w->folded, w->index, first, count, w->claims, w->unstored);
    if (status == STEMMA_OK) {
        status = make_of_columns(w, count, at, note, &size);
    } else if (status == STEMMA_NOT_FOUND) {
        status = make_of_rows(w, first, count, at, note, &size);
    }
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
    stm_folded_free(&lane->folded);
    free(lane->participants);
    free(lane->scratch);
    free(lane->out);
}
