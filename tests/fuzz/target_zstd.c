/* SPDX-License-Identifier: MIT */
/* Compressed blocks: codec, size (4 bytes), size of a dictionary (2 bytes), dictionary, block. Never more
   than was asked for is written, and nobody is asked for what so few bytes cannot hold; what the compressor
   makes comes back. */
#include "base/decompress.h"
#include "base/dictionary.h"
#include "fuzz.h"

#define MOST ((size_t)1 << 20)

static void there_and_back(stemma_bytes raw, stemma_bytes dictionary)
{
    stm_compressor *compressor;
    stemma_bytes packed, none = {NULL, 0};
    stemma_snapshot snapshot = {0};
    ZSTD_DDict *with = dictionary.size != 0 ? ZSTD_createDDict(dictionary.data, dictionary.size) : NULL;
    if (stm_compressor_new(&compressor, dictionary) == STEMMA_OK) {
        if (stm_compress(compressor, none, raw, &packed) == STEMMA_OK) {
            stemma_bytes block = {packed.data + 1, packed.size - 1};
            uint8_t *out = fuzz_zeroed(raw.size, 1);
            fuzz_must(stm_decompress_can(packed.data[0], block, raw.size));
            if (packed.data[0] != STM_CODEC_DICTIONARY || with != NULL) {
                fuzz_must(stm_decompress(&snapshot, packed.data[0], with, block, out, raw.size) == STEMMA_OK);
                fuzz_must(memcmp(out, raw.data, raw.size) == 0);
            }
            free(out);
        }
        stm_compressor_free(compressor);
    }
    ZSTD_freeDCtx(snapshot.decompressor);
    ZSTD_freeDDict(with);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    uint8_t codec = fuzz_u8(&input) % 4;
    size_t promised = fuzz_u32(&input);
    stemma_bytes dictionary = fuzz_copy(&input, fuzz_u16(&input) % 4096), packed = fuzz_rest(&input);
    stemma_snapshot snapshot = {0};
    ZSTD_DDict *with = dictionary.size != 0 ? ZSTD_createDDict(dictionary.data, dictionary.size) : NULL;
    bool can = stm_decompress_can(codec, packed, promised);
    if (promised <= MOST) {
        uint8_t *out = fuzz_zeroed(promised, 1);
        stemma_status status = stm_decompress(&snapshot, codec, with, packed, out, promised);
        fuzz_must(status == STEMMA_E_DAMAGED || (status == STEMMA_OK && can));
        free(out);
    }
    if (size % 4 == 0) {
        there_and_back(packed, dictionary);
    }
    ZSTD_freeDCtx(snapshot.decompressor);
    ZSTD_freeDDict(with);
    fuzz_free(dictionary);
    fuzz_free(packed);
    return 0;
}
