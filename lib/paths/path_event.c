/* SPDX-License-Identifier: MIT */
/* Who is tied by events. */
#include "paths/path_tie.h"

#include "base/error.h"
#include "events/event_query.h"
#include "key.h"

#define CHUNK 256u /* events at a time */

static int is_in(const stemma_event *event, uint32_t entity)
{
    for (uint32_t i = 0; i < event->participant_count; i++) {
        if (event->participants[i].entity == entity) {
            return 1;
        }
    }
    return event->place == entity;
}

/* Notes who is in an event beside `self`; nobody when it ties the two ends and those ties are left out.
   Returns 0, noting nobody, when there is no room for all. */
static int take_event(stm_path_search *search, const stemma_event *event, uint32_t place,
                      uint32_t self, uint32_t *count)
{
    uint32_t begin = *count;
    if (search->indirect && is_in(event, search->ends[0]) && is_in(event, search->ends[1])) {
        return 1;
    }
    for (uint32_t i = 0; i <= event->participant_count; i++) {
        uint32_t entity =
            i < event->participant_count ? event->participants[i].entity : event->place;
        int again = entity == self || entity == STEMMA_NONE;
        for (uint32_t k = begin; k < *count && !again; k++) { /* in two roles */
            again = search->taken[k].entity == entity;
        }
        if (!again && *count == STM_PATH_TAKEN) {
            *count = begin;
            return 0;
        }
        if (!again) {
            search->taken[(*count)++] = (stm_path_taken){entity, place};
        }
    }
    return 1;
}

/* Ties who is in some events; `*done` of them, at least one. What the events hold is given back before
   anything is tied, since ties are kept. */
static stemma_status tie_chunk(stm_path_search *search, stm_path_side *side, uint32_t from,
                               const uint32_t *numbers, uint32_t count, uint32_t *done,
                               stemma_error *error)
{
    stemma_snapshot *snapshot = search->snapshot;
    stemma_path_edge edges[CHUNK];
    uint32_t taken = 0, self = side->nodes[from].entity;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_event *events = stm_snapshot_array(snapshot, count, sizeof *events, error);
    if (events == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = stemma_event_get_many(snapshot, numbers, count, events, error);
    *done = 0;
    while (status == STEMMA_OK && *done < count) {
        const stemma_event *event = &events[*done];
        if (!take_event(search, event, *done, self, &taken)) {
            if (*done != 0) {
                break;
            }
            search->cut = 1; /* more are in one event than anybody wants to see */
        }
        edges[(*done)++] = (stemma_path_edge){STEMMA_REFERENCE_EVENT, event->number,
                                              event->documents, event->independent, 0};
    }
    stm_snapshot_rewind(snapshot, mark);
    for (uint32_t i = 0; status == STEMMA_OK && i < taken; i++) {
        status = stm_path_tie_add(search, side, from, search->taken[i].entity, &edges[search->taken[i].event],
                     error);
    }
    return status;
}

/* Ties who is in the events of one query, at most `*left` of them. */
stemma_status stm_path_tie_events(stm_path_search *search, stm_path_side *side, uint32_t from,
                                const stemma_event_query *query, uint32_t *left,
                                stemma_error *error)
{
    stemma_event_cursor *cursor = NULL;
    stemma_status status = stemma_events(&cursor, search->snapshot, query, error);
    while (status == STEMMA_OK) {
        uint32_t numbers[CHUNK], count = 0, done = 0;
        status = stemma_event_next_many(cursor, numbers, CHUNK, &count, error);
        if (status == STEMMA_OK && count > *left) {
            count = *left;
            search->cut = 1;
        }
        for (uint32_t at = 0; status == STEMMA_OK && at < count; at += done) {
            status = tie_chunk(search, side, from, numbers + at, count - at, &done, error);
        }
        if (status == STEMMA_OK) {
            *left -= count;
            if (*left == 0) {
                break;
            }
        }
    }
    if (cursor != NULL) {
        stm_event_lists_return(cursor);
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* ---- Events of a cut snapshot --------------------------------------------------------------------- */

/* stemma_events() sorts events by the time as of then, which takes all of them; here their order does
   not matter. */

stemma_status stm_path_event_known(stemma_snapshot *snapshot, uint32_t event, int *known,
                                   stemma_error *error)
{
    const stm_event_block *block;
    stemma_status status = stm_snapshot_event_block(snapshot, event, &block, error);
    if (status == STEMMA_OK) {
        int64_t document = stm_event_block_get(block, STM_EVENT_FIRST_DOCUMENT,
                                               event % STEMMA_EVENT_BLOCK);
        *known = document < (int64_t)snapshot->until;
    }
    return status;
}

/* Ties who is in one event as it is known. */
static stemma_status tie_known(stm_path_search *search, stm_path_side *side, uint32_t from,
                               uint32_t number, stemma_error *error)
{
    stemma_event event;
    uint32_t taken = 0, self = side->nodes[from].entity;
    stm_mark mark = stm_snapshot_mark(search->snapshot);
    stemma_status status = stemma_event_get(search->snapshot, number, &event, error);
    int fits = status == STEMMA_OK && is_in(&event, self) &&
               (search->events.polarities & STEMMA_BIT(event.polarity)) != 0;
    if (fits && !take_event(search, &event, 0, self, &taken)) {
        search->cut = 1;
    }
    stm_snapshot_rewind(search->snapshot, mark);
    stemma_path_edge edge = {STEMMA_REFERENCE_EVENT, number, event.documents, event.independent, 0};
    for (uint32_t i = 0; fits && status == STEMMA_OK && i < taken; i++) {
        status = stm_path_tie_add(search, side, from, search->taken[i].entity, &edge, error);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

/* Ties who is in the known events of a list, at most `*left` of them. */
stemma_status stm_path_tie_list(stm_path_search *search, stm_path_side *side, uint32_t from,
                              stm_table table, uint32_t *left, stemma_error *error)
{
    stemma_snapshot *snapshot = search->snapshot;
    stm_posting_source source;
    stm_posting_cursor cursor;
    stm_list_key key;
    uint32_t event = 0, last = STEMMA_NONE;
    stemma_status status = stm_snapshot_source(snapshot, table, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_u32(&key, side->nodes[from].entity);
    status = stm_posting_cursor_open(&cursor, &source, stm_list_key_bytes(&key),
                                     snapshot->file->bounds.events);
    while (status == STEMMA_OK && *left != 0) {
        int known = 0;
        status = stm_posting_cursor_next(&cursor, &event, NULL);
        if (status < 0) {
            status = stm_damaged(error, table, side->nodes[from].entity, "POSTINGS");
        }
        if (status == STEMMA_OK && event != last) { /* it may be there in several roles */
            last = event;
            status = stm_path_event_known(snapshot, event, &known, error);
        }
        if (status == STEMMA_OK && known) {
            --*left;
            status = tie_known(search, side, from, event, error);
        }
    }
    stm_snapshot_source_return(&source);
    search->cut |= status == STEMMA_OK; /* and not at the end */
    return status == STEMMA_END ? STEMMA_OK : status;
}
