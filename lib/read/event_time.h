/* SPDX-License-Identifier: MIT */
/* Time in numbers: events are numbered by their earliest start, those whose start is unknown last.
 */
#ifndef STEMMA_LIB_EVENT_TIME_H
#define STEMMA_LIB_EVENT_TIME_H

#include "file/snapshot.h"

/* The first event that starts, as far as is known, at `seconds` or later; of those whose start is
   unknown, the first. STEMMA_E_DAMAGED. */
stemma_status stm_event_first_from(stemma_snapshot *snapshot, int64_t seconds, uint32_t *event,
                                   stemma_error *error);

/* The first event whose start is unknown. STEMMA_E_DAMAGED. */
stemma_status stm_event_first_unknown(stemma_snapshot *snapshot, uint32_t *event,
                                      stemma_error *error);

#endif
