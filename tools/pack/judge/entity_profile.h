/* SPDX-License-Identifier: MIT */
/* What is known of a cluster of entities, and whether two clusters contradict each other. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_PROFILE_H
#define STEMMA_PACK_JUDGE_ENTITY_PROFILE_H

#include "pack/judge/entity_node.h"

#define STM_PROFILE_NAMES 12u

struct stm_profile {
    uint32_t names[STM_PROFILE_NAMES]; /* distinct; the rest is forgotten */
    uint8_t name_count;
    uint8_t kinds;   /* bit per stemma_name_class */
    uint8_t genders; /* bit per stemma_name_gender, by titles and pronouns */
    uint8_t surname_genders;
    uint8_t full; /* has a name of two words or more */
    int16_t born_least;
    int16_t born_most;
};

void stm_profile_init(struct stm_profile *profile, const struct stm_entities *entities,
                      uint32_t node);

/* Adds what is known of `other`. */
void stm_profile_merge(struct stm_profile *profile, const struct stm_profile *other);

/* Why the two cannot be one, in words for people; NULL when nothing speaks against it. `one_name`:
   they bear one full name, against which the gender of some pronouns says nothing. */
const char *stm_profile_contradiction(const struct stm_profile *a, const struct stm_profile *b,
                                      const struct stm_entities *entities, int one_name);

#endif
