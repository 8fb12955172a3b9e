/* SPDX-License-Identifier: MIT */
/* Entities that have a name, but for case, marks and script. */
#ifndef STEMMA_LIB_FIND_EXACT_H
#define STEMMA_LIB_FIND_EXACT_H

#include "file/snapshot.h"

#define STM_FIND_EXACT_PAIRS 512u /* entities of one hash that are looked at */

/* A walk over them, ascending. */
typedef struct stm_exact {
    stemma_snapshot *snapshot;
    stemma_text name;  /* as it was asked for */
    stemma_text plain; /* its plain key */
    stm_label_hits hits;
    uint32_t looked; /* hits so far */
    uint32_t last;   /* entity looked at last, or STEMMA_NONE */
} stm_exact;

/* Begins a walk; `plain`, the plain key of `name`, lives as long as that. STEMMA_E_DAMAGED. */
stemma_status stm_exact_begin(stm_exact *exact, stemma_snapshot *snapshot, stemma_text name,
                              stemma_text plain, stemma_error *error);

/* The next entity; STEMMA_END. */
stemma_status stm_exact_next(stm_exact *exact, uint32_t *entity, stemma_error *error);

#endif
