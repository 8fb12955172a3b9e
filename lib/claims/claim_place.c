/* SPDX-License-Identifier: MIT */
#include "claims/claim_place.h"

#include "stemma/place.h"

stemma_status stm_place_within(stemma_snapshot *snapshot, uint32_t inner, uint32_t outer,
                               bool *answer, stemma_error *error)
{
    uint8_t within = 0;
    stemma_status status = stemma_place_within(snapshot, inner, outer, &within, error);
    *answer = status == STEMMA_OK && within != 0;
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

stemma_status stm_places_known(stemma_snapshot *snapshot, uint32_t a, uint32_t b, bool *answer,
                               stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    const uint32_t *parents = NULL;
    uint32_t above_a = 0, above_b = 0;
    stemma_status status = stemma_place_parents(snapshot, a, &parents, &above_a, error);
    if (status == STEMMA_OK) {
        status = stemma_place_parents(snapshot, b, &parents, &above_b, error);
    }
    *answer = status == STEMMA_OK && above_a != 0 && above_b != 0;
    stm_snapshot_rewind(snapshot, mark);
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}
