/* SPDX-License-Identifier: MIT */
/* Claims of folded rows, which are not stored but follow from their event, and where the others
 * are stored. */
#ifndef STEMMA_LIB_FOLDED_H
#define STEMMA_LIB_FOLDED_H

#include "claim_record.h"
#include "read/row.h"

/* Where a claim is. */
typedef struct stm_claim_place {
    bool folded;
    uint32_t event; /* folded: the event ... */
    uint32_t index; /* ... and the place of the claim among its claims */
    uint32_t rank;  /* else: number of stored claims before it */
} stm_claim_place;

/* `claim` exists. STEMMA_E_DAMAGED. */
stemma_status stm_claim_locate(stemma_snapshot *snapshot, uint32_t claim, stm_claim_place *out,
                               stemma_error *error);

/* The claim at a place of a folded event, its witness in the snapshot's memory. STEMMA_NOT_FOUND
   when the snapshot is cut before the row; STEMMA_E_DAMAGED. */
stemma_status stm_folded_claim(stemma_snapshot *snapshot, const stm_claim_place *place,
                               stm_claim_row *out, stemma_error *error);

/* The place, among the claims of its folded event, of assertion `*place` of a row, whose actors are
   ordinals; and back: both orders differ only where one role has several actors. */
stemma_status stm_folded_claim_of(stemma_snapshot *snapshot, uint32_t document,
                                  const stm_row_record *row, uint32_t assertion, uint32_t *place,
                                  stemma_error *error);

#endif
