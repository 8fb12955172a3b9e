/* SPDX-License-Identifier: MIT */
/* How witnesses of claims say what they say. */
#ifndef STEMMA_LIB_HEARD_H
#define STEMMA_LIB_HEARD_H

#include "file/snapshot.h"

/* How a witness says it, whatever the date. Entities: STEMMA_NONE for none. */
typedef struct stm_heard {
    uint32_t speaker;
    uint32_t via;
    uint8_t polarity;
    uint8_t certainty;
    uint8_t realis;
} stm_heard;

/* STEMMA_NOT_FOUND when there is no such witness, or its document is not known; STEMMA_E_DAMAGED. */
stemma_status stm_witness_hear(stemma_snapshot *snapshot, stemma_witness witness, stm_heard *out,
                               stemma_error *error);

#endif
