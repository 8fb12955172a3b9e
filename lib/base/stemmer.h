/* SPDX-License-Identifier: MIT */
/* One stemmer of libstemmer.
 *
 * The library is loaded with the first of them and stays: its tables hold thousands of addresses that are put right
 * whenever it is loaded, which took a fifth of the time of a command that stems nothing. The static archive of
 * Stemma, whose programs may be unable to load anything, is linked with it as with the others. */
#ifndef STEMMA_LIB_STEMMER_H
#define STEMMA_LIB_STEMMER_H

#include <stddef.h>
#include <stdint.h>

#include "stemma/status.h"

/* One thread at a time. */
typedef struct stm_stemmer stm_stemmer;

/* Loads the library. STEMMA_E_SYSTEM with the loader's reason (`STEMMER`) when it is not there; after it was there once
   it stays there. */
stemma_status stm_stemmer_load(stemma_error *error);

/* Says why stm_stemmer_new() gave STEMMA_E_SYSTEM, which it returns, or STEMMA_E_NO_MEMORY if that was it. */
stemma_status stm_stemmer_explain(stemma_error *error);

/* Makes the stemmer for UTF-8 that libstemmer has under this name. `*out` is the caller's: stm_stemmer_free().
   STEMMA_E_NO_MEMORY, also when the library lacks the stemmer; STEMMA_E_SYSTEM. */
stemma_status stm_stemmer_new(stm_stemmer **out, const char *algorithm);

/* The stem of a lower-case word, and its bytes; it lives until the next. NULL without memory. */
const uint8_t *stm_stemmer_stem(stm_stemmer *stemmer, const uint8_t *word, size_t size,
                                size_t *length);

/* NULL is fine. */
void stm_stemmer_free(stm_stemmer *stemmer);

#endif
