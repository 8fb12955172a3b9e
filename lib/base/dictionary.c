/* SPDX-License-Identifier: MIT */
#include "base/dictionary.h"

#include "index/index_memory.h"

#include <stdlib.h>
#include <zdict.h>
#include <zstd.h>
#include <zstd_errors.h>

#define LEVEL            3
#define DICTIONARY_LEAST (4u * 1024u)
#define DICTIONARY_MOST  (64u * 1024u)
#define SAMPLE_LEAST     16u           /* records */
#define SAMPLE_SHORTEST  8u            /* bytes of a record, as the trainer wants */
#define SAMPLE_LONGEST   (16u * 1024u) /* so that no record crowds out the others */

struct stm_compressor {
    ZSTD_CCtx *context;
    ZSTD_CDict *dictionary;
    uint8_t *out;
    size_t capacity;
};

stemma_status stm_sample_add(stm_sample *sample, stemma_bytes record)
{
    size_t size = record.size < SAMPLE_LONGEST ? record.size : SAMPLE_LONGEST;
    if (size < SAMPLE_SHORTEST || sample->size + size > STM_SAMPLE_BYTES) {
        return STEMMA_OK;
    }
    uint8_t *bytes = stm_grow(sample->bytes, &sample->capacity, sample->size + size, 1);
    if (bytes == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    sample->bytes = bytes;
    size_t *sizes =
        stm_grow(sample->sizes, &sample->size_capacity, sample->count + 1, sizeof *sizes);
    if (sizes == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    sample->sizes = sizes;
    memcpy(bytes + sample->size, record.data, size);
    sample->size += size;
    sizes[sample->count++] = size;
    return STEMMA_OK;
}

void stm_sample_end(stm_sample *sample)
{
    free(sample->bytes);
    free(sample->sizes);
    memset(sample, 0, sizeof *sample);
}

stemma_status stm_dictionary_train(const stm_sample *sample, uint64_t total,
                                   stemma_bytes *dictionary)
{
    dictionary->data = NULL;
    dictionary->size = 0;
    if (total < STM_DICTIONARY_CORPUS || sample->count < SAMPLE_LEAST) {
        return STEMMA_OK;
    }
    /* A dictionary pays when it is a small share of what it saves on. */
    uint64_t wanted = total / 64;
    size_t capacity = wanted < DICTIONARY_LEAST  ? DICTIONARY_LEAST
                      : wanted > DICTIONARY_MOST ? DICTIONARY_MOST
                                                 : (size_t)wanted;
    uint8_t *bytes = malloc(capacity);
    if (bytes == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    size_t size = ZDICT_trainFromBuffer(bytes, capacity, sample->bytes, sample->sizes,
                                        (unsigned)sample->count);
    if (ZDICT_isError(size)) { /* too uniform a sample: do without */
        free(bytes);
        return ZSTD_getErrorCode(size) == ZSTD_error_memory_allocation ? STEMMA_E_NO_MEMORY
                                                                       : STEMMA_OK;
    }
    dictionary->data = bytes;
    dictionary->size = size;
    return STEMMA_OK;
}

static int set_up(stm_compressor *compressor, stemma_bytes dictionary)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    compressor->context = context;
    if (context == NULL ||
        ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, LEVEL)) ||
        ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_dictIDFlag, 0)) ||
        ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 0)) ||
        ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 1))) {
        return 0;
    }
    if (dictionary.size == 0) {
        return 1;
    }
    compressor->dictionary = ZSTD_createCDict(dictionary.data, dictionary.size, LEVEL);
    return compressor->dictionary != NULL &&
           !ZSTD_isError(ZSTD_CCtx_refCDict(context, compressor->dictionary));
}

stemma_status stm_compressor_new(stm_compressor **out, stemma_bytes dictionary)
{
    stm_compressor *compressor = calloc(1, sizeof *compressor);
    *out = compressor;
    if (compressor == NULL || !set_up(compressor, dictionary)) {
        stm_compressor_free(compressor);
        *out = NULL;
        return STEMMA_E_NO_MEMORY;
    }
    return STEMMA_OK;
}

void stm_compressor_free(stm_compressor *compressor)
{
    if (compressor != NULL) {
        ZSTD_freeCCtx(compressor->context);
        ZSTD_freeCDict(compressor->dictionary);
        free(compressor->out);
        free(compressor);
    }
}

stemma_status stm_compress(stm_compressor *compressor, stemma_bytes prefix, stemma_bytes raw,
                           stemma_bytes *out)
{
    size_t head = 1 + prefix.size;
    size_t room = head + ZSTD_compressBound(raw.size);
    uint8_t *bytes = stm_grow(compressor->out, &compressor->capacity, room, 1);
    if (bytes == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    compressor->out = bytes;
    size_t size =
        ZSTD_compress2(compressor->context, bytes + head, room - head, raw.data, raw.size);
    if (ZSTD_isError(size)) {
        return ZSTD_getErrorCode(size) == ZSTD_error_memory_allocation ? STEMMA_E_NO_MEMORY
                                                                       : STEMMA_E_INTERNAL;
    }
    bytes[0] = compressor->dictionary != NULL ? STM_CODEC_DICTIONARY : STM_CODEC_ZSTD;
    if (size >= raw.size) {
        bytes[0] = STM_CODEC_RAW;
        size = raw.size;
        if (size > 0) {
            memcpy(bytes + head, raw.data, size);
        }
    }
    if (prefix.size > 0) {
        memcpy(bytes + 1, prefix.data, prefix.size);
    }
    out->data = bytes;
    out->size = head + size;
    return STEMMA_OK;
}
