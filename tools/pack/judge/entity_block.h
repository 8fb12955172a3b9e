/* SPDX-License-Identifier: MIT */
/* Pairs of names that are worth comparing: those that share a sound, a key, an acronym. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_BLOCK_H
#define STEMMA_PACK_JUDGE_ENTITY_BLOCK_H

#include "pack/judge/entity_node.h"

/* Least similarity of a bare surname, or of the first word of an organisation, and a full name. */
#define STM_BARE_LIKELY 600u

struct stm_name_pair {
    uint32_t left; /* names; left < right */
    uint32_t right;
    uint32_t score; /* similarity, at least STEMMA_NAME_LIKELY or STM_BARE_LIKELY */
};

/* All pairs of names that are likely one name, best first, then by number. */
stemma_status stm_blocks_compare(const struct stm_entities *entities, unsigned jobs,
                                 struct stm_arena *arena, struct stm_name_pair **pairs,
                                 size_t *count);

#endif
