/* SPDX-License-Identifier: MIT */
/* What claims need to know of places. */
#ifndef STEMMA_LIB_CLAIM_PLACE_H
#define STEMMA_LIB_CLAIM_PLACE_H

#include "file/snapshot.h"

/* Whether one entity lies within another. */
stemma_status stm_place_within(stemma_snapshot *snapshot, uint32_t inner, uint32_t outer,
                               bool *answer, stemma_error *error);

/* Whether the file says of both where they lie, so that neither lying within the other means that they
   are two places. */
stemma_status stm_places_known(stemma_snapshot *snapshot, uint32_t a, uint32_t b, bool *answer,
                               stemma_error *error);

#endif
