/* SPDX-License-Identifier: MIT */
/* How great the conflicts about a subject can be at most, by the numbers of its claims alone. */
#ifndef STEMMA_LIB_CONFLICT_BOUND_H
#define STEMMA_LIB_CONFLICT_BOUND_H

#include "file/snapshot.h"

/* The most that the lesser side of a conflict about it can have of independent sources; 0: there is none. No
   witness is looked at. STEMMA_NOT_FOUND when there is no such subject, STEMMA_E_DAMAGED. */
stemma_status stm_conflict_bound(stemma_snapshot *snapshot, stemma_reference subject,
                                 uint32_t *bound, stemma_error *error);

/* The same for the positions about it: the most independent sources and documents that one can have. As far
   as that is known without reading much; UINT32_MAX where it is not. */
stemma_status stm_position_bound(stemma_snapshot *snapshot, stemma_reference subject,
                                 uint32_t *independent, uint32_t *documents, stemma_error *error);

/* Where the claims about a subject are, those included that are not known as of the date. STEMMA_NOT_FOUND,
   STEMMA_E_DAMAGED. */
stemma_status stm_claims_of(stemma_snapshot *snapshot, stemma_reference subject, uint32_t *first,
                            uint32_t *count, stemma_error *error);

#endif
