/* SPDX-License-Identifier: MIT */
/* What decoding all of a part and decoding one assertion of it share. */
#ifndef STEMMA_FORMAT_TESTIMONY_DECODER_H
#define STEMMA_FORMAT_TESTIMONY_DECODER_H

#include "canonical.h"
#include "testimony_record.h"

typedef struct stm_decoder {
    stm_testimony *into;
    stm_mp mp;
    const stm_bounds *bounds;
    uint32_t text_size;
    uint32_t mention_start;  /* of the span list before */
    uint32_t evidence_start; /* the same of evidence */
    bool without_evidence;   /* it is passed over */
} stm_decoder;

/* Decodes a name but for whether it is UTF-8. What is wrong is latched in the cursor. */
void stm_decode_name(stm_mp *mp, stemma_name *name);

/* Decodes the assertion that the decoder stands before. What is wrong is latched in its cursor. */
void stm_decode_assertion(stm_decoder *self, stemma_assertion *assertion);

#endif
