/* SPDX-License-Identifier: MIT */
/* Conflicts whose sides were found out in ranking them: who is given one mostly asks for its sides next. Kept are
   the numbers of claims and what stands behind positions, not the claims. */
#ifndef STEMMA_LIB_CONFLICT_KEPT_H
#define STEMMA_LIB_CONFLICT_KEPT_H

#include "claims/conflict_find.h"

/* The last conflicts that were kept, and the bytes that all of them may take. */
#define STM_KEPT_CONFLICTS 64u
#define STM_KEPT_BYTES     (256u * 1024)

typedef struct stm_kept_conflict {
    uint8_t subject_kind; /* stemma_referent_kind */
    uint32_t subject;
    uint32_t ordinal;
    stemma_text predicate;
    uint32_t side_count, update_count, compatible_count;
    const stemma_position *positions; /* sides, then updates, with their claims left out */
    const uint32_t *claims;           /* numbers of claims: of each position in turn, then compatible ones */
} stm_kept_conflict;

/* In the memory of a snapshot; begins as zeros. */
typedef struct stm_kept_conflicts {
    stm_kept_conflict *conflicts; /* STM_KEPT_CONFLICTS; NULL: nothing is kept */
    uint32_t count;
    uint8_t *bytes; /* STM_KEPT_BYTES */
    size_t used;
} stm_kept_conflicts;

/* Makes room. Without memory nothing is kept, which is no error. */
void stm_kept_begin(stm_kept_conflicts *kept, stemma_snapshot *snapshot);

/* Keeps the sides of a conflict, unless they are too many. What was kept before may be forgotten. */
void stm_kept_put(stm_kept_conflicts *kept, const stemma_conflict *conflict,
                  const stemma_conflict_sides *sides);

/* A conflict that is kept, until the next stm_kept_put(); NULL. */
const stm_kept_conflict *stm_kept_find(const stm_kept_conflicts *kept,
                                       const stemma_conflict *conflict);

/* Its sides with their claims, in the memory of `snapshot`, which is of the same file as of the same date.
   `speakers` as for stm_positions_about(). */
stemma_status stm_kept_get(const stm_kept_conflict *conflict, stemma_snapshot *snapshot,
                           bool speakers, stemma_conflict_sides *out, stemma_error *error);

#endif
