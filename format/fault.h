/* SPDX-License-Identifier: MIT */
/* What a codec found wrong. lib/ turns it into a stemma_error that also says in which record. */
#ifndef STEMMA_FORMAT_FAULT_H
#define STEMMA_FORMAT_FAULT_H

#include <stddef.h>

#include "stemma/status.h"

typedef struct stm_fault {
    const char *code; /* registered problem code, static storage */
    size_t offset;    /* byte offset inside the value, 0 when unknown */
} stm_fault;

/* Fills `fault` (which may be NULL) and returns `status`. */
static inline stemma_status stm_fault_set(stm_fault *fault, stemma_status status, const char *code,
                                          size_t offset)
{
    if (fault != NULL) {
        fault->code = code;
        fault->offset = offset;
    }
    return status;
}

#endif
