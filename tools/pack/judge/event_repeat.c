/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_repeat.h"

#include "pack/judge/event_compare.h"
#include "pack/judge/event_score.h"

#define WITHIN 96u /* events of a document that one is compared with */

/* The pairs of events of one document of which one tells again, with another number, what the other
   tells, or tells it in the same word. */
stemma_status stm_events_repeated(const struct stm_judge_input *input,
                                  const struct stm_events *events, struct stm_arena *arena,
                                  struct stm_event_twin **twins, size_t *count)
{
    size_t capacity = 0;
    *twins = NULL;
    *count = 0;
    for (uint32_t d = 0; d < input->document_count; d++) {
        stm_memory_check(arena->memory);
        for (uint32_t a = events->first[d]; a < events->first[d + 1]; a++) {
            uint32_t end = events->first[d + 1] - a > WITHIN ? a + WITHIN : events->first[d + 1];
            for (uint32_t b = a + 1; b < end; b++) {
                if (!stm_event_retold(&events->nodes[a], &events->nodes[b]) &&
                    !stm_event_repeated(&events->nodes[a], &events->nodes[b])) {
                    continue;
                }
                stemma_status status =
                    stm_arena_grow(arena, twins, *count, &capacity, sizeof **twins);
                if (status != STEMMA_OK) {
                    return status;
                }
                (*twins)[*count].left = a;
                (*twins)[(*count)++].right = b;
            }
        }
    }
    return STEMMA_OK;
}
