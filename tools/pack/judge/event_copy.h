/* SPDX-License-Identifier: MIT */
/* Accounts that are one passage: told in words that one document took from another, and accounts
 * of one document that give two numbers for one happening. */
#ifndef STEMMA_PACK_JUDGE_EVENT_COPY_H
#define STEMMA_PACK_JUDGE_EVENT_COPY_H

#include "pack/judge/event_scene.h"
#include "pack/judge/verdicts.h"

struct stm_event_twin {
    uint32_t left; /* event nodes; left < right */
    uint32_t right;
};

/* Pairs of events of one type whose trigger words correspond in a passage that two documents share,
   ascending, distinct. They live in `arena`. */
stemma_status stm_events_copied(const struct stm_judge_input *input,
                                const struct stm_verdicts *verdicts,
                                const struct stm_events *events,
                                const struct stm_triggers *triggers, struct stm_arena *arena,
                                struct stm_event_twin **twins, size_t *count);

#endif
