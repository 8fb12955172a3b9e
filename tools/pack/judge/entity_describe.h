/* SPDX-License-Identifier: MIT */
/* How documents describe what they do not name: "the long-standing authoritarian leader". */
#ifndef STEMMA_PACK_JUDGE_ENTITY_DESCRIBE_H
#define STEMMA_PACK_JUDGE_ENTITY_DESCRIBE_H

#include "stemma/types.h"

#include <stdint.h>

#define STM_TELLING_MOST 4u
#define STM_MANNER_MOST  3u

/* One way in which a document describes a referent. */
struct stm_description {
    uint64_t key;  /* story, head and number */
    uint64_t head; /* head and number */
    uint32_t node;
    uint64_t telling[STM_TELLING_MOST]; /* words that tell it from others of its kind, hashed */
    uint8_t telling_count;
    uint64_t manner[STM_MANNER_MOST]; /* other adjectives: "authoritarian", hashed */
    uint8_t manner_count;
    uint8_t definite;   /* "the gunman" */
    uint8_t indefinite; /* "a gunman", "another gunman" */
    uint8_t anyone;     /* "men": no word says which */
    uint8_t plural;
    uint8_t is_name; /* the last word of a name: "theatre" of "Lantern Theatre" */
};

/* Reads a nominal: its head, number, and what tells it from others. 0 when it cannot be compared.
   `d` is zeroed by the caller; `node` is the caller's. */
int stm_describe_nominal(stemma_text text, int group, uint32_t story, struct stm_description *d);

/* The last word of the name of a thing, place or organisation, where it is a common noun. */
int stm_describe_name(stemma_text text, uint32_t story, struct stm_description *d);

#endif
