/* SPDX-License-Identifier: MIT */
/* Values with some bytes changed or the end cut off, and what a reader may say of them. A program that
   includes this sets `damage`, the seed, first. */
#ifndef STEMMA_TESTS_DAMAGE_H
#define STEMMA_TESTS_DAMAGE_H

#include "stemma/status.h"
#include "support/prng.h"

static prng damage;

/* For `rebuild`: changes up to four bytes, half of them near the beginning; one in eight is cut short. */
static void damage_value(uint8_t *value, size_t *size, size_t capacity)
{
    unsigned changes = 1 + prng_below(&damage, 4);
    (void)capacity;
    while (changes-- > 0) {
        uint32_t span = prng_below(&damage, 2) != 0 && *size > 60 ? 60 : (uint32_t)*size;
        value[prng_below(&damage, span)] = (uint8_t)prng_next(&damage);
    }
    if (prng_below(&damage, 8) == 0) {
        *size = 1 + prng_below(&damage, (uint32_t)*size);
    }
}

static int is_sane(stemma_status status)
{
    return status == STEMMA_OK || status == STEMMA_E_DAMAGED || status == STEMMA_E_NO_MEMORY ||
           status == STEMMA_NOT_FOUND;
}

#endif
