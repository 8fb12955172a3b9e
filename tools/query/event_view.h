/* SPDX-License-Identifier: MIT */
/* An event with what its claims add up to: stemma_event_summary for the commands. */
#ifndef STEMMA_QUERY_EVENT_VIEW_H
#define STEMMA_QUERY_EVENT_VIEW_H

#include "query/claim_view.h"

struct stm_event_view {
    stemma_event_summary summary; /* what the rest is taken from */
    uint32_t number;
    char id[STEMMA_ID_SIZE];
    stemma_text type;
    stemma_time time; /* that most independent documents give; empty when none does */
    stemma_time_bounds bounds;
    uint32_t place; /* entity, or STEMMA_NONE */
    uint8_t polarity;
    uint8_t realis;
    uint32_t documents;
    uint32_t independent;
    struct stm_claim_view *claims;
    uint32_t claim_count;
    /* Of those, who takes part and how many: by role as the vocabulary orders the type's roles, then
       by support. Pointers into claims. */
    const struct stm_claim_view **participants;
    uint32_t participant_count;
    const struct stm_claim_view **quantities;
    uint32_t quantity_count;
};

/* Everything belongs to the item. STEMMA_NOT_FOUND when nothing was known of it yet. */
stemma_status stm_event_load(struct stm_query *query, uint32_t event, struct stm_event_view *out);

/* The earliest and the latest moment at which it may have happened: ISO days, or date-times when the
   time is known that finely; "" when unknown. */
#define STM_TIME_SIZE 24
void stm_event_earliest(const struct stm_event_view *event, char out[STM_TIME_SIZE]);
void stm_event_latest(const struct stm_event_view *event, char out[STM_TIME_SIZE]);

#endif
