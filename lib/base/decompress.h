/* SPDX-License-Identifier: MIT */
/* Undoing what dictionary.h does: a codec byte and what follows it, into memory of known size. */
#ifndef STEMMA_LIB_DECOMPRESS_H
#define STEMMA_LIB_DECOMPRESS_H

#include "file/snapshot.h"

/* Whether `packed` can hold `size` bytes at all: no block of zstd makes more than 128 KiB, nor takes less
   than four bytes. To be asked before memory is taken for what a file says. */
bool stm_decompress_can(uint8_t codec, stemma_bytes packed, size_t size);

/* Decompresses `packed`, which `codec` (STM_CODEC_*) made, into exactly `size` bytes at `out`.
   `dictionary` may be NULL; codec STM_CODEC_DICTIONARY is then damage. STEMMA_E_DAMAGED when it is
   not exactly that long; STEMMA_E_NO_MEMORY, which the caller explains. */
stemma_status stm_decompress(stemma_snapshot *snapshot, uint8_t codec, const ZSTD_DDict *dictionary,
                             stemma_bytes packed, uint8_t *out, size_t size);

#endif
