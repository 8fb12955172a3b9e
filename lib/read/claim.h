/* SPDX-License-Identifier: MIT */
/* Claims, stored or not, with the numbers of their terms. */
#ifndef STEMMA_LIB_CLAIM_H
#define STEMMA_LIB_CLAIM_H

#include "claim_record.h"
#include "file/snapshot.h"

/* A claim that exists, with all its witnesses, in the snapshot's memory. STEMMA_NOT_FOUND when it is
   of a row that is not known to the snapshot; STEMMA_E_DAMAGED. */
stemma_status stm_claim_fetch(stemma_snapshot *snapshot, uint32_t claim, stm_claim_row *out,
                              stemma_error *error);

/* The same without its witnesses: the document of the first one is `*document`, STEMMA_NONE without
   any. Much cheaper of a claim that many make. */
stemma_status stm_claim_head(stemma_snapshot *snapshot, uint32_t claim, stm_claim_row *out,
                             uint32_t *document, stemma_error *error);

/* As stemma_claim_get(); of a cut snapshot `speakers` are counted only when wanted. */
stemma_status stm_claim_get(stemma_snapshot *snapshot, uint32_t claim, bool speakers,
                            stemma_claim *out, stemma_error *error);

/* The same of a claim that exists with the first `most` of its known witnesses at most, and with the numbers of
   documents and speakers that the whole file has. */
stemma_status stm_claim_get_first(stemma_snapshot *snapshot, uint32_t claim, uint32_t most,
                                  stemma_claim *out, stemma_error *error);

#endif
