/* SPDX-License-Identifier: MIT */
/* How great the conflicts about a subject can be at most, by the numbers of its claims alone. */
#ifndef STEMMA_LIB_CONFLICT_BOUND_H
#define STEMMA_LIB_CONFLICT_BOUND_H

#include "snapshot.h"

/* The most that the lesser side of a conflict about it can have of independent sources; 0: there is none. No
   witness is looked at. STEMMA_NOT_FOUND when there is no such subject, STEMMA_E_DAMAGED. */
stemma_status stm_conflict_bound(stemma_snapshot *snapshot, stemma_reference subject,
                                 uint32_t *bound, stemma_error *error);

#endif
