/* SPDX-License-Identifier: MIT */
/* Claims, stored or not, with the numbers of their terms. */
#ifndef STEMMA_LIB_CLAIM_H
#define STEMMA_LIB_CLAIM_H

#include "claim_record.h"
#include "snapshot.h"

/* A claim that exists, with all its witnesses, in the snapshot's memory. STEMMA_NOT_FOUND when it is
   of a row that is not known to the snapshot; STEMMA_E_DAMAGED. */
stemma_status stm_claim_fetch(stemma_snapshot *snapshot, uint32_t claim, stm_claim_row *out,
                              stemma_error *error);

#endif
