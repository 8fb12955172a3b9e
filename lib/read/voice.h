/* SPDX-License-Identifier: MIT */
/* How an assertion is made, without unpacking what its document says. */
#ifndef STEMMA_LIB_VOICE_H
#define STEMMA_LIB_VOICE_H

#include "file/snapshot.h"

/* Of an explicit assertion of a known document. STEMMA_NOT_FOUND when there is none, which is so of what rows say;
   STEMMA_E_DAMAGED. */
stemma_status stm_assertion_voice(stemma_snapshot *snapshot, uint32_t document, uint32_t assertion,
                           stm_voice *out, stemma_error *error);

#endif
