/* SPDX-License-Identifier: MIT */
/* Who made a judgement or a derivation: a program's run or a named person, never both. */
#ifndef STEMMA_FORMAT_AUTHORSHIP_H
#define STEMMA_FORMAT_AUTHORSHIP_H

#include "bounds.h"

/* AUTHOR, RUN_OUT_OF_RANGE, or NULL when all is well. */
static inline const char *stm_author_fault(uint32_t run, stemma_text author,
                                           const stm_bounds *bounds)
{
    if ((run == STEMMA_NONE) == (author.size == 0)) {
        return "AUTHOR";
    }
    if (run != STEMMA_NONE && run >= bounds->runs) {
        return "RUN_OUT_OF_RANGE";
    }
    return NULL;
}

#endif
