/* SPDX-License-Identifier: MIT */
/* Whether an event is what a query asks for, as of a date: of the event as it was known then. */
#include "events/event_check.h"
#include "events/event_dated.h"
#include "read/known.h"

static bool is_inside(const uint32_t *places, uint32_t count, uint32_t place)
{
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (places[middle] < place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && places[low] == place;
}

static bool takes_part(const stm_vocabulary *vocabulary, const stm_event_member *member,
                       const stemma_event *event)
{
    if (member->entity == STEMMA_NONE) {
        return true; /* checked by claims */
    }
    if (member->or_there && event->place != STEMMA_NONE &&
        is_inside(member->inside, member->inside_count, event->place)) {
        return true;
    }
    for (uint32_t i = 0; i < event->participant_count; i++) {
        uint32_t role = 0;
        if (event->participants[i].entity == member->entity &&
            (member->roles.count == 0 ||
             (stm_vocabulary_find(vocabulary, STEMMA_TERM_PREDICATE, event->participants[i].role,
                                  &role) &&
              stm_role_wanted(&member->roles, role)))) {
            return true;
        }
    }
    return false;
}

bool stm_event_in_time(const stm_event_wanted *wanted, const stemma_time_bounds *bounds)
{
    if (wanted->from == INT64_MIN && wanted->to == INT64_MAX) {
        return true;
    }
    if (wanted->during) {
        return stemma_time_fit(bounds, wanted->from, wanted->to) != STEMMA_FIT_NO;
    }
    return bounds->start_earliest != STEMMA_TIME_UNKNOWN_EARLY &&
           bounds->start_earliest >= wanted->from && bounds->start_earliest <= wanted->to;
}

static bool fits(const stemma_event_cursor *cursor, const stemma_event *event)
{
    const stm_vocabulary *vocabulary = &cursor->snapshot->file->bounds.vocabulary;
    const stm_event_wanted *wanted = &cursor->wanted;
    uint32_t type = 0;
    uint32_t value = (event->polarity & 3u) | (event->certainty & 3u) << 2 |
                     (event->tense & 3u) << 4 | (event->realis & 3u) << 6;
    if ((cursor->asked.type &&
         (!stm_vocabulary_find(vocabulary, STEMMA_TERM_EVENT_TYPE, event->type, &type) ||
          !stm_type_wanted(&cursor->asked, type))) ||
        (cursor->asked.factuality && cursor->asked.accepted[value] == 0) ||
        (wanted->place != STEMMA_NONE &&
         (event->place == STEMMA_NONE ||
          !is_inside(wanted->inside, wanted->inside_count, event->place)))) {
        return false;
    }
    for (uint32_t i = 0; i < wanted->member_count; i++) {
        if (!takes_part(vocabulary, &wanted->members[i], event)) {
            return false;
        }
    }
    return stm_event_in_time(wanted, &event->bounds);
}

stemma_status stm_event_look(stemma_event_cursor *cursor, uint32_t number, bool whole,
                             bool *fitting, int64_t *start, stemma_error *error)
{
    stemma_snapshot *snapshot = cursor->snapshot;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_event event;
    stemma_status status = whole ? stm_event_get_whole(snapshot, number, &event, error)
                           : cursor->asked.type
                               ? stemma_event_get(snapshot, number, &event, error)
                               : stm_event_get_untyped(snapshot, number, &event, error);
    *fitting = status == STEMMA_OK && fits(cursor, &event);
    if (*fitting) {
        *start = event.bounds.start_earliest != STEMMA_TIME_UNKNOWN_EARLY
                     ? event.bounds.start_earliest
                     : INT64_MAX;
    }
    stm_snapshot_rewind(snapshot, mark);
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

stemma_status stm_event_is_asked(stemma_event_cursor *cursor, uint32_t event, bool *fitting,
                             stemma_error *error)
{
    int64_t start = 0;
    uint32_t count = 1;
    stemma_status status = STEMMA_OK;
    *fitting = true;
    if (!cursor->loose) {
        return STEMMA_OK;
    }
    status = stm_event_look(cursor, event, false, fitting, &start, error);
    if (status == STEMMA_OK && *fitting && cursor->checks != NULL) {
        status = stm_event_checks_keep(cursor, &event, &count, error);
        *fitting = count != 0;
    }
    return status;
}

stemma_status stm_event_loose_begin(stemma_event_cursor *cursor, stemma_error *error)
{
    const stm_event_columns_wanted any_date = {.contested = cursor->columns.contested,
                                               .amount = cursor->columns.amount,
                                               .amount_from = cursor->columns.amount_from,
                                               .amount_to = cursor->columns.amount_to};
    cursor->next = 0;
    cursor->end = cursor->snapshot->file->bounds.events;
    cursor->columns = any_date;
    cursor->filtered = true;
    return stm_event_dated_lists(cursor, error);
}
