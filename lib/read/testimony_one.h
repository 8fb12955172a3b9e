/* SPDX-License-Identifier: MIT */
/* Single assertions, without decoding what else their documents say. */
#ifndef STEMMA_LIB_TESTIMONY_ONE_H
#define STEMMA_LIB_TESTIMONY_ONE_H

#include "file/snapshot.h"
#include "stemma/testimony.h"

/* Parts that a snapshot keeps unpacked, and the bytes that one of them has at most. */
#define STM_PARTS_KEPT      8u
#define STM_PART_KEPT_BYTES (2u << 20)

/* The parts that assertions were read from last; made by the snapshot when first needed. */
typedef struct stm_kept_parts stm_kept_parts;

void stm_kept_parts_free(stm_kept_parts *parts);

/* The raw payload of a part: in the file itself when it is stored raw, else in the snapshot's memory.
   STEMMA_NOT_FOUND, STEMMA_E_DAMAGED. */
stemma_status stm_testimony_part(stemma_snapshot *snapshot, uint32_t document, uint32_t part,
                                 stemma_bytes *raw, stemma_error *error);

/* An explicit assertion. With `evidence` all of it, in the snapshot's memory; without, its evidence is left
   out and its texts are views that the next call may change: for who looks at one at once.
   STEMMA_NOT_FOUND when there is none, or its document is not known; STEMMA_E_DAMAGED. */
stemma_status stm_testimony_assertion(stemma_snapshot *snapshot, uint32_t document,
                                      uint32_t assertion, bool evidence, stemma_assertion *out,
                                      stemma_error *error);

#endif
