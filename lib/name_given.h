/* SPDX-License-Identifier: MIT */
/* Given names: which are forms of one ("Bill", "William"), which are others ("Ahmed", "Mohammed"). */
#ifndef STEMMA_LIB_NAME_GIVEN_H
#define STEMMA_LIB_NAME_GIVEN_H

#include "stemma/types.h"

enum stm_given_relation {
    STM_GIVEN_UNKNOWN = 0, /* one of them is in no list */
    STM_GIVEN_SAME,        /* forms of one name */
    STM_GIVEN_OTHER        /* two names, however alike they look */
};

/* `a` and `b`: plain keys of one word. */
enum stm_given_relation stm_given_compare(stemma_text a, stemma_text b);

#endif
