/* SPDX-License-Identifier: MIT */
/* Undoing what dictionary.h does: a codec byte and what follows it, into memory of known size. */
#ifndef STEMMA_LIB_DECOMPRESS_H
#define STEMMA_LIB_DECOMPRESS_H

#include "file/snapshot.h"

/* Decompresses `packed`, which `codec` (STM_CODEC_*) made, into exactly `size` bytes at `out`.
   `dictionary` may be NULL; codec STM_CODEC_DICTIONARY is then damage. STEMMA_E_DAMAGED when it is
   not exactly that long; STEMMA_E_NO_MEMORY, which the caller explains. */
stemma_status stm_decompress(stemma_snapshot *snapshot, uint8_t codec, const ZSTD_DDict *dictionary,
                             stemma_bytes packed, uint8_t *out, size_t size);

#endif
