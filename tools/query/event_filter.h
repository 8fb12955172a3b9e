/* SPDX-License-Identifier: MIT */
/* The events that the options choose: --who, --whom, --with, --role, --type, --place, --from, --to,
   --during, --actual, --certainty, --amount, --publisher, --speaker. */
#ifndef STEMMA_QUERY_EVENT_FILTER_H
#define STEMMA_QUERY_EVENT_FILTER_H

#include "query/event_view.h"

/* Called with each event that is chosen, in order of time; what the event holds belongs to the item. */
typedef stemma_status stm_event_visit(struct stm_query *query, void *context,
                                      const struct stm_event_view *event);

/* Events in which all of `entities` take part and that fit the options. `place`: the first of them is a
   place, and an event there is as good as one it takes part in. Honours --offset and --limit.
   STEMMA_NOT_FOUND when there is none. */
stemma_status stm_event_filter(struct stm_query *query, const uint32_t *entities, uint32_t count,
                               bool place, stm_event_visit *visit, void *context);

/* The same as a question to the library, which lives as long as the command: `*out` names all of
   `entities`, which must be at most STM_OPTION_LIST_MAX + 1. STEMMA_E_MISUSE: the complaint has been
   made; STEMMA_NOT_FOUND: it has been said why nothing is found. */
stemma_status stm_event_wanted(struct stm_query *query, const uint32_t *entities, uint32_t count,
                               bool place, const stemma_event_query **out);

/* The entities of --who, put behind the `*count` that are there already. */
stemma_status stm_choose_who(struct stm_query *query, uint32_t *entities, uint32_t *count);

/* Whether the entity is a place. */
stemma_status stm_entity_is_place(struct stm_query *query, uint32_t entity, bool *result);

#endif
