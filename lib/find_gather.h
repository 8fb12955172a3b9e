/* SPDX-License-Identifier: MIT */
/* Inside stemma_find(): the state of a search for a name, and the gathering of its candidates from
   the indexes of names. Every step is bounded, whatever the name and the file. */
#ifndef STEMMA_LIB_FIND_GATHER_H
#define STEMMA_LIB_FIND_GATHER_H

#include "find_candidates.h"
#include "name_token.h"
#include "snapshot.h"
#include "stemma/search.h"

#define STM_FIND_WORDS    8u    /* words of a name that are looked up */
#define STM_FIND_SAME     8u    /* tokens of the file that sound like one word */
#define STM_FIND_LIKE     16u   /* tokens of the file that are like one word */
#define STM_FIND_COMPARED 1024u /* more than the entities that are ever compared */

/* A token of the file that may be meant by a word. */
typedef struct stm_find_token {
    uint32_t number;
    uint32_t score; /* 0..1000 */
    uint64_t count; /* of entities that have it */
} stm_find_token;

/* A word of the name, and the tokens of the file that sound the same, the likest first. */
typedef struct stm_find_word {
    stemma_text plain;
    stm_find_token same[STM_FIND_SAME];
    uint32_t same_count;
    uint64_t entities; /* of all of these tokens */
} stm_find_word;

typedef struct stm_find {
    stemma_snapshot *snapshot;
    stemma_text name;
    stemma_text plain; /* folded; in plain_bytes */
    stemma_text type;
    uint16_t threshold;
    uint32_t limit;
    uint32_t entities; /* in the file */
    stm_find_word words[STM_FIND_WORDS];
    uint32_t word_count;
    stm_candidates candidates;
    stm_candidates tokens; /* while grams are looked up */
    stemma_found *found;   /* kept sorted; room for limit + 1 */
    uint32_t found_count;
    uint32_t *mentions; /* of those, when the snapshot is cut; else NULL */
    uint32_t compared[2 * STM_FIND_COMPARED]; /* entity + 1, by hash; 0 free */
    char plain_bytes[STM_NAME_PLAIN_SIZE];
    stm_posting_cursor cursors[STM_FIND_WORDS * STM_FIND_SAME];
} stm_find;

/* Splits the name into words and looks up the tokens that sound like them. */
stemma_status stm_find_words(stm_find *s, stemma_error *error);

/* Entities that have the name, or all of its words. */
stemma_status stm_find_gather_sure(stm_find *s, stemma_error *error);

/* Entities that have any of its words: rarer words weigh more. */
stemma_status stm_find_gather_tokens(stm_find *s, stemma_error *error);

/* Entities that have words like those of the name; tells the least weight to take seriously. */
stemma_status stm_find_gather_like(stm_find *s, uint32_t *least, stemma_error *error);

#endif
