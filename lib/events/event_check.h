/* SPDX-License-Identifier: MIT */
/* What of a query neither lists nor columns tell: amounts, roles that nobody is named for, who says
 * so and where it was published. Looked at event by event. */
#ifndef STEMMA_LIB_EVENT_CHECK_H
#define STEMMA_LIB_EVENT_CHECK_H

#include "events/event_query.h"

/* Lists that checks may add to those of a query: speaker, publisher. */
#define STM_EVENT_CHECK_LISTS 2u

/* A range of numbers; an end that is open excludes its number. */
typedef struct stm_amount {
    double least;
    double most;
    bool above; /* least itself is not in it */
    bool below; /* most itself is not in it */
} stm_amount;

/* Where the look over claims is (event_glance.c). */
typedef struct stm_event_glance {
    uint32_t first; /* stored claims of the row block at hand: [first, first + rows) */
    uint32_t rows;
    stemma_bytes value;
    uint64_t part; /* of the details at hand, + 1; 0: none */
    uint64_t quantities[4]; /* which events of that part have one */
    struct stm_row_rare *details; /* room for those of a part; NULL until one is read */
} stm_event_glance;

typedef struct stm_event_checks {
    bool amount;
    bool anybody; /* some member of the query is anybody */
    stm_amount wanted;
    stemma_text unit;
    stemma_text publisher; /* empty: not asked for, or told by a list */
    uint8_t *published;    /* by document: 0 not looked at, 1 by it, 2 by another */
    uint32_t speaker;      /* STEMMA_NONE: not asked for, or told by a list */
    stm_event_glance glance;
} stm_event_checks;

/* Reads from the query what is to be checked; cursor->checks stays NULL when nothing is.
   STEMMA_E_INVALID: QUERY_AMOUNT. */
stemma_status stm_event_checks_read(stemma_event_cursor *cursor, const stemma_event_query *query,
                                    stemma_error *error);

/* Adds a list for a speaker, and for a publisher of few documents. */
stemma_status stm_event_checks_lists(stemma_event_cursor *cursor, stemma_error *error);

/* Keeps of `count` events those that pass. */
stemma_status stm_event_checks_keep(stemma_event_cursor *cursor, uint32_t *events, uint32_t *count,
                                    stemma_error *error);

/* Whether a quantity meets the amount and the unit that are asked for. */
bool stm_event_is_amount(const stm_event_checks *checks, const stemma_quantity *quantity);

/* ---- At a glance (event_glance.c) ---- */

/* Whether some claim of the event may say the amount, where that is asked for. Claims are hardly decoded: what does not look as it should may be anything. STEMMA_E_DAMAGED. */
stemma_status stm_event_glance_at(stemma_event_cursor *cursor, uint32_t event, bool *may,
                                  stemma_error *error);

/* ---- Who says so (event_said.c) ---- */

/* Adds the list of the events that documents attribute something about to the speaker. */
stemma_status stm_event_said_list(stemma_event_cursor *cursor, stemma_error *error);

/* Begins to look for what a publisher's documents speak of. */
stemma_status stm_event_published_begin(stemma_event_cursor *cursor, stemma_error *error);

/* Whether a document of the publisher speaks of the event. */
stemma_status stm_event_published(stemma_event_cursor *cursor, uint32_t event, bool *result,
                                  stemma_error *error);

/* The set of the events of the publisher, when its documents are few; NULL when they are not. */
stemma_status stm_event_published_set(stemma_event_cursor *cursor, uint64_t **out,
                                      stemma_error *error);

#endif
