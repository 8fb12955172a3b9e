/* SPDX-License-Identifier: MIT */
/* Given names: which are forms of one ("Bill", "William"), which are others ("Ahmed", "Mohammed").
 */
#ifndef STEMMA_LIB_NAME_GIVEN_H
#define STEMMA_LIB_NAME_GIVEN_H

#include "stemma/types.h"

/* A number that the forms of one given name share, never 0; 0 for what is in no list. Two numbers
   are two names, however alike they look. `plain` is the plain key of one word. */
uint16_t stm_given_group(stemma_text plain);

#endif
