/* SPDX-License-Identifier: MIT */
/* Accounts of one document that are one happening: told again with another number, or in the same
 * word with nothing that differs. */
#ifndef STEMMA_PACK_JUDGE_EVENT_REPEAT_H
#define STEMMA_PACK_JUDGE_EVENT_REPEAT_H

#include "pack/judge/event_copy.h"

/* The pairs, ascending by document. They live in `arena`. */
stemma_status stm_events_repeated(const struct stm_judge_input *input,
                                  const struct stm_events *events, struct stm_arena *arena,
                                  struct stm_event_twin **twins, size_t *count);

#endif
