/* SPDX-License-Identifier: MIT */
/* How well attested the positions about a subject can be at most, by the numbers of its claims alone. */
#ifndef STEMMA_LIB_POSITION_BOUND_H
#define STEMMA_LIB_POSITION_BOUND_H

#include "file/snapshot.h"

/* The most independent sources and documents that one can have, as far as that is known without reading much;
   UINT32_MAX where it is not. STEMMA_NOT_FOUND when there is no such subject, STEMMA_E_DAMAGED. */
stemma_status stm_position_bound(stemma_snapshot *snapshot, stemma_reference subject,
                                 uint32_t *independent, uint32_t *documents, stemma_error *error);

/* Where the claims about a subject are, those included that are not known as of the date. STEMMA_NOT_FOUND,
   STEMMA_E_DAMAGED. */
stemma_status stm_claims_of(stemma_snapshot *snapshot, stemma_reference subject, uint32_t *first,
                            uint32_t *count, stemma_error *error);

#endif
