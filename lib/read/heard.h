/* SPDX-License-Identifier: MIT */
/* How witnesses of claims say what they say. */
#ifndef STEMMA_LIB_HEARD_H
#define STEMMA_LIB_HEARD_H

#include "file/snapshot.h"

/* How a witness says it, whatever the date; kept with the file for the next time. STEMMA_NOT_FOUND when there is
   none such, or its document is not known. */
stemma_status stm_witness_hear(stemma_snapshot *snapshot, stemma_witness witness, stm_heard *out,
                               stemma_error *error);

#endif
