/* SPDX-License-Identifier: MIT */
/* Short readable names of events: "Ada Vex frees 12 prisoners, among them Bo Ruk (+2)". */
#ifndef STEMMA_QUERY_LABEL_H
#define STEMMA_QUERY_LABEL_H

#include "query/event_view.h"

/* Both append text as stored: not yet safe for a terminal. Failures of the buffer latch in it. */

/* The clause for an event. */
stemma_status stm_event_label(struct stm_query *query, const struct stm_event_view *event,
                              struct stm_buffer *out);

/* The same for an event by its number. */
stemma_status stm_event_words(struct stm_query *query, uint32_t event, struct stm_buffer *out);

#endif
