/* SPDX-License-Identifier: MIT */
/* Compressing small records alike: a zstd dictionary trained on a sample of them. The same records
   in the same order train the same dictionary. */
#ifndef STEMMA_LIB_DICTIONARY_H
#define STEMMA_LIB_DICTIONARY_H

#include "stemma/status.h"
#include "stemma/types.h"

/* How a stored block begins. */
#define STM_CODEC_RAW        0u
#define STM_CODEC_DICTIONARY 1u
#define STM_CODEC_ZSTD       2u

/* Less than this in all is not worth a dictionary. */
#define STM_DICTIONARY_CORPUS (200u * 1024u)

/* Bytes of records that a dictionary is trained on at most. */
#define STM_SAMPLE_BYTES (1u << 20)

/* A sample in the making. Begins as {0}. */
typedef struct stm_sample {
    uint8_t *bytes;
    size_t size, capacity;
    size_t *sizes;
    size_t count, size_capacity;
} stm_sample;

/* Takes a record in, or its beginning; nothing once the sample is full. STEMMA_E_NO_MEMORY. */
stemma_status stm_sample_add(stm_sample *sample, stemma_bytes record);
void stm_sample_end(stm_sample *sample);

/* Trains a dictionary for a corpus of about `total` bytes; `*dictionary` is the caller's, to
   free(); its size is 0 when the corpus is too small or too uniform for one. STEMMA_E_NO_MEMORY. */
stemma_status stm_dictionary_train(const stm_sample *sample, uint64_t total,
                                   stemma_bytes *dictionary);

/* Compresses records one by one. One thread at a time. */
typedef struct stm_compressor stm_compressor;

/* `dictionary` may be empty; it is copied. STEMMA_E_NO_MEMORY. */
stemma_status stm_compressor_new(stm_compressor **out, stemma_bytes dictionary);
void stm_compressor_free(stm_compressor *compressor);

/* Compresses `raw` to a codec byte, then `prefix`, then the payload, whichever codec is shorter.
   `*out` lives until the next call. STEMMA_E_NO_MEMORY, STEMMA_E_INTERNAL. */
stemma_status stm_compress(stm_compressor *compressor, stemma_bytes prefix, stemma_bytes raw,
                           stemma_bytes *out);

#endif
