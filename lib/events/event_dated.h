/* SPDX-License-Identifier: MIT */
/* The events of a query as of a date. */
#ifndef STEMMA_LIB_EVENT_DATED_H
#define STEMMA_LIB_EVENT_DATED_H

#include "events/event_query.h"

/* Sets a cursor of a snapshot that is cut up; its query is read. */
stemma_status stm_event_dated_begin(stemma_event_cursor *cursor, stemma_error *error);

/* Some of the next events, in order of their start as of then; none when there are no more
   (cursor->next is cursor->end then). */
stemma_status stm_event_dated_next(stemma_event_cursor *cursor, uint32_t *events, uint32_t capacity,
                                   uint32_t *count, stemma_error *error);

/* Gets an event as it was known then: whether it was, and fits, and when it started (INT64_MAX: unknown). `whole`:
   it was as the file has it. */
stemma_status stm_event_look(stemma_event_cursor *cursor, uint32_t number, bool whole,
                             bool *fitting, int64_t *start, stemma_error *error);

/* Whether a time is one that is asked for. */
bool stm_event_in_time(const stm_event_wanted *wanted, const stemma_time_bounds *bounds);

/* Sets a cursor up that gives all events which may be asked for, by number, without looking at any. */
stemma_status stm_event_loose_begin(stemma_event_cursor *cursor, stemma_error *error);

/* Opens the lists that hold as of a date too: those of participants, of whom there can only have
   been fewer then. */
stemma_status stm_event_dated_lists(stemma_event_cursor *cursor, stemma_error *error);

#endif
