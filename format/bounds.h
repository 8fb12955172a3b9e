/* SPDX-License-Identifier: MIT */
/* How many of each thing a file holds: every number in a record must be below its count. */
#ifndef STEMMA_FORMAT_BOUNDS_H
#define STEMMA_FORMAT_BOUNDS_H

#include <stdint.h>

#include "vocabulary_record.h"

typedef struct stm_bounds {
    stm_vocabulary vocabulary;
    uint32_t runs;
    uint32_t documents;
    uint32_t entities;
    uint32_t events;
    uint32_t claims;
} stm_bounds;

#endif
