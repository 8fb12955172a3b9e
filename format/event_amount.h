/* SPDX-License-Identifier: MIT */
/* Amounts of an event's quantities, as columns 28 and 29 of table `event` have them: coarse, so that they
   take a few bits, and never narrower than what the quantities may mean. SPEC.md, "Event columns".
   Pure; any thread. */
#ifndef STEMMA_FORMAT_EVENT_AMOUNT_H
#define STEMMA_FORMAT_EVENT_AMOUNT_H

#include <stdbool.h>

#include "stemma/testimony.h"

/* Whole numbers above this one, and what nothing bounds, are this one. */
#define STM_AMOUNT_MOST (UINT64_C(1) << 60)

/* Steps: 0 no amount, 1 below zero, then ascending with the number, each a 32nd of it wide at most. */
#define STM_STEP_BELOW 1u
#define STM_STEP_ZERO  2u
#define STM_STEP_MOST  1794u /* of STM_AMOUNT_MOST */

/* What quantities reach, in steps; least 0: there is none. */
typedef struct stm_amount_reach {
    uint32_t least;
    uint32_t greatest; /* not below `least` */
} stm_amount_reach;

/* Step of a whole number; ascends with it. */
uint32_t stm_amount_step(uint64_t number);

/* Step of any number, rounded down: with it stands every amount that may be equal. */
uint32_t stm_amount_step_of(double number);

/* What a quantity reaches; its amount, lower and upper are decimals or empty. */
stm_amount_reach stm_amount_reach_of(const stemma_quantity *quantity);

/* Widens `to` so that it holds `more`, too. */
void stm_amount_reach_join(stm_amount_reach *to, stm_amount_reach more);

/* Column 29 of a reach: 0 the same as `least`, 1 nothing bounds it, else 1 + the steps between. */
uint32_t stm_amount_above(stm_amount_reach reach);

/* The reverse; false when the two columns do not go together. */
bool stm_amount_reach_read(int64_t least, int64_t above, stm_amount_reach *out);

#endif
