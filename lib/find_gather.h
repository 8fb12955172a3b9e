/* SPDX-License-Identifier: MIT */
/* Inside stemma_find(): the state of a search for a name, and the gathering of its candidates from
   the indexes of names. Every step is bounded, whatever the name and the file. */
#ifndef STEMMA_LIB_FIND_GATHER_H
#define STEMMA_LIB_FIND_GATHER_H

#include "find_candidates.h"
#include "snapshot.h"
#include "stemma/name.h"
#include "stemma/search.h"

#define STM_FIND_TOKENS      8u   /* tokens of a name that are looked up */
#define STM_FIND_EXACT_PAIRS 512u /* entities of one hash that are looked at */

typedef struct stm_find {
    stemma_snapshot *snapshot;
    stemma_text name;
    stemma_text plain; /* folded; in plain_bytes */
    stemma_text key;   /* in key_bytes */
    stemma_text type;
    uint16_t threshold;
    uint32_t limit;
    uint32_t entities; /* in the file */
    stm_candidates candidates;
    stemma_found *found; /* kept sorted; room for limit + 1 */
    uint32_t found_count;
    uint8_t *seen; /* a bit an entity: compared already */
    char plain_bytes[STEMMA_NAME_KEY_SIZE];
    char key_bytes[STEMMA_NAME_KEY_SIZE];
    stm_posting_cursor cursors[STM_FIND_TOKENS];
} stm_find;

/* Entities that have the name, or all of its tokens. */
stemma_status stm_find_gather_sure(stm_find *s, stemma_error *error);

/* Entities that have any of its tokens: rarer tokens weigh more. */
stemma_status stm_find_gather_tokens(stm_find *s, stemma_error *error);

/* Entities that share grams with the name, one a gram; tells how many grams that has. */
stemma_status stm_find_gather_grams(stm_find *s, uint32_t *grams, stemma_error *error);

#endif
