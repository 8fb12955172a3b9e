/* SPDX-License-Identifier: MIT */
/* The conflicts about one subject. */
#ifndef STEMMA_LIB_CONFLICT_FIND_H
#define STEMMA_LIB_CONFLICT_FIND_H

#include "claims/claim_arrange.h"

/* Called with each conflict: positions of the arrangement, ascending, each opposed to another. Returns
   STEMMA_OK, STEMMA_END to have no more, or an error. */
typedef stemma_status stm_conflict_visit(void *context, const stm_arrangement *arrangement,
                                         stemma_conflict_kind kind, const uint32_t *positions,
                                         uint32_t count, stemma_error *error);

/* Visits them in a fixed order. Leaves what it allocated in the snapshot. STEMMA_NOT_FOUND when there is no
   such subject. */
stemma_status stm_conflicts_about(stemma_snapshot *snapshot, stemma_reference subject,
                                  stm_conflict_visit *visit, void *context, stemma_error *error);

/* The sides of a conflict that is being visited. `speakers` as for stm_positions_about(). */
stemma_status stm_conflict_fill(stemma_snapshot *snapshot, const stm_arrangement *arrangement,
                                const uint32_t *positions, uint32_t count, bool speakers,
                                stemma_conflict_sides *out, stemma_error *error);

/* stemma_conflict_get(). `speakers` as for stm_positions_about(). */
stemma_status stm_conflict_look_up(stemma_snapshot *snapshot, const stemma_conflict *conflict,
                                   bool speakers, stemma_conflict_sides *out, stemma_error *error);

/* The standing of several positions together. */
stemma_status stm_standing_together(stemma_snapshot *snapshot, const stm_arrangement *arrangement,
                                    const uint32_t *positions, uint32_t count,
                                    stemma_standing *out, stemma_error *error);

/* A position as the public has it; its claims in the snapshot's memory. updated_by is that of the
   arrangement. */
stemma_status stm_position_out(stemma_snapshot *snapshot, const stm_arrangement *arrangement,
                               uint32_t position, stemma_position *out, stemma_error *error);

/* stemma_positions_of(); without `speakers`, which takes reading what claims say as of a date, nobody counts who
   is quoted for them. */
stemma_status stm_positions_about(stemma_snapshot *snapshot, stemma_reference subject, bool speakers,
                                  const stemma_positions **out, uint32_t *count,
                                  stemma_error *error);

/* Order of support: more independent, more documents, the lesser head. */
int stm_position_by_support(const void *left, const void *right);

#endif
