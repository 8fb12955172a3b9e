/* SPDX-License-Identifier: MIT */
#include "base/decompress.h"

#include <string.h>

#include "base/dictionary.h"

#define BLOCK_MOST  ((size_t)128 << 10) /* bytes that one block of zstd makes */
#define BLOCK_LEAST 4u                  /* bytes that it takes */

bool stm_decompress_can(uint8_t codec, stemma_bytes packed, size_t size)
{
    return codec == STM_CODEC_RAW ? size == packed.size
                                  : size / BLOCK_MOST <= packed.size / BLOCK_LEAST;
}

stemma_status stm_decompress(stemma_snapshot *snapshot, uint8_t codec, const ZSTD_DDict *dictionary,
                             stemma_bytes packed, uint8_t *out, size_t size)
{
    size_t got;
    if (codec == STM_CODEC_RAW) {
        if (packed.size != size) {
            return STEMMA_E_DAMAGED;
        }
        if (size != 0) {
            memcpy(out, packed.data, size);
        }
        return STEMMA_OK;
    }
    if (codec != STM_CODEC_ZSTD && (codec != STM_CODEC_DICTIONARY || dictionary == NULL)) {
        return STEMMA_E_DAMAGED;
    }
    if (snapshot->decompressor == NULL) {
        snapshot->decompressor = ZSTD_createDCtx();
        if (snapshot->decompressor == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    if (codec == STM_CODEC_DICTIONARY) {
        got = ZSTD_decompress_usingDDict(snapshot->decompressor, out, size, packed.data,
                                         packed.size, dictionary);
    } else {
        got = ZSTD_decompressDCtx(snapshot->decompressor, out, size, packed.data, packed.size);
    }
    return !ZSTD_isError(got) && got == size ? STEMMA_OK : STEMMA_E_DAMAGED;
}
