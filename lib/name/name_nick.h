/* SPDX-License-Identifier: MIT */
/* Given names and what their bearers are called by those who know them. */
#ifndef STEMMA_LIB_NAME_NICK_H
#define STEMMA_LIB_NAME_NICK_H

#include "stemma/types.h"

#define STM_NICK_GROUPS 6u  /* names that one pet form may stand for: "Sasha", "Alex" */

/* How two forms of one given name stand to each other. */
typedef enum stm_nick_relation {
    STM_NICK_STRANGERS = 0,
    STM_NICK_FORMS = 1, /* the name in two languages: "Yelena", "Helen" */
    STM_NICK_PET = 2    /* one of them is a pet form: "Lena", "Helen" */
} stm_nick_relation;

/* The names of which `plain`, a word of a plain key, is a form: at most STM_NICK_GROUPS numbers into
   `groups`. Returns how many. */
uint32_t stm_nick_groups(stemma_text plain, uint16_t groups[STM_NICK_GROUPS]);

/* How `word` stands to another form, whose groups those are. */
stm_nick_relation stm_nick_relate(stemma_text plain, const uint16_t *groups, uint32_t count,
                                  stemma_text word);

/* The next form of the name of a group from `*at` (0 to begin with) on; 0 after the last. */
int stm_nick_next(uint16_t group, size_t *at, stemma_text *form);

#endif
