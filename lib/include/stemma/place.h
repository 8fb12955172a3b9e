/* SPDX-License-Identifier: MIT */
/**
 * @file place.h
 * Which places lie in which others, by what the documents of a file say. Lifetimes, errors and
 * threads as in read.h.
 *
 * A place lies directly in another when claims say so: "located" or "part_of" of one entity with
 * another as its object, which more independent documents affirm than deny. Of several that a place
 * is said to lie in directly, those count that at least half as many independent documents affirm as
 * the best of them: a slip of one text does not move a city. It lies within another when steps of
 * this kind lead there. A file may say that A lies in B and B in A: then each lies within the other.
 */
#ifndef STEMMA_PLACE_H
#define STEMMA_PLACE_H

#include "stemma/read.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Steps up from a place that are followed. */
#define STEMMA_PLACE_STEPS 16u

/** Places of a file that are looked at to find those within one. */
#define STEMMA_PLACE_MOST 100000u

/** Whether `inner` lies within `outer`, at most STEMMA_PLACE_STEPS steps away; a place lies within
 *  itself. `*answer` is 1 or 0. STEMMA_NOT_FOUND when there is no such entity. Keeps no memory. */
STEMMA_API stemma_status stemma_place_within(stemma_snapshot *snapshot, uint32_t inner,
                                             uint32_t outer, uint8_t *answer, stemma_error *error);

/** The entities that `place` lies in directly, ascending. */
STEMMA_API stemma_status stemma_place_parents(stemma_snapshot *snapshot, uint32_t place,
                                              const uint32_t **out, uint32_t *count,
                                              stemma_error *error);

/** All places that lie within `place`, it itself among them, ascending.
 *  Looks at the entities of type "place" that have claims, those most mentioned first: some
 *  microseconds for each. `*cut` (may be NULL) is 1 when the file has more than STEMMA_PLACE_MOST
 *  places, so that those mentioned least were not looked at. */
STEMMA_API stemma_status stemma_place_inside(stemma_snapshot *snapshot, uint32_t place,
                                             const uint32_t **out, uint32_t *count, uint8_t *cut,
                                             stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
