/* SPDX-License-Identifier: MIT */
/* Letters of other scripts in Latin letters, one code point at a time. */
#ifndef STEMMA_LIB_FOLD_SCRIPT_H
#define STEMMA_LIB_FOLD_SCRIPT_H

#include <stdint.h>

/* The Latin letters for a lower-case code point: "" for a letter that is not heard, NULL when the
   script is not one that we write in Latin. Static storage. */
const char *stm_fold_latin(int32_t code);

/* The letter that `base` and the combining `mark` are together where that letter sounds otherwise
   than its base (Cyrillic short i, io, yi, short u), else 0. Both lower-case. */
int32_t stm_fold_compose(int32_t base, int32_t mark);

#endif
