/* SPDX-License-Identifier: MIT */
#include "pack/extract/attribution_range.h"

const struct stm_attributed *stm_attributed_at(const struct stm_annotation *ann, uint32_t token)
{
    const struct stm_attribution *state = ann->part2;
    if (state == NULL || token >= ann->token_count || state->by_token[token] == STEMMA_NONE) {
        return NULL;
    }
    return &state->items[state->by_token[token]];
}

void stm_attribute(const struct stm_annotation *ann, uint32_t token, struct stm_stand *stand)
{
    const struct stm_attributed *item = stm_attributed_at(ann, token);
    if (item == NULL) {
        return;
    }
    stand->attribution = (uint8_t)(item->speaker != STEMMA_NONE ? STEMMA_ATTRIBUTION_SPEAKER
                                                                : STEMMA_ATTRIBUTION_UNSTATED);
    stand->speaker = item->speaker;
    stand->via = item->via;
    stand->stance = item->stance;
    if (item->demand) {
        stand->realis = STEMMA_REALIS_OTHER;
        stand->certainty = STEMMA_CERTAINTY_UNSPECIFIED;
    }
}
