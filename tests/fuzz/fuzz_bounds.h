/* SPDX-License-Identifier: MIT */
/* The file that records of an input belong to: the terms that come with the program, and so much of each
   thing. */
#ifndef STEMMA_FUZZ_BOUNDS_H
#define STEMMA_FUZZ_BOUNDS_H

#include "bounds.h"

static inline const stm_bounds *fuzz_bounds(void)
{
    static stm_bounds bounds = {
        .runs = 3, .documents = 500, .entities = 300, .events = 300, .claims = 1000};
    if (bounds.vocabulary.terms == NULL) {
        bounds.vocabulary.terms = stemma_vocabulary_builtin(&bounds.vocabulary.count);
    }
    return &bounds;
}

#endif
