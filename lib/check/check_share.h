/* SPDX-License-Identifier: MIT */
/* One check of many items by several threads: shares of neighbouring items, whose findings are told
   in the order of the items. What is told does not depend on the threads. */
#ifndef STEMMA_LIB_CHECK_SHARE_H
#define STEMMA_LIB_CHECK_SHARE_H

#include "check/check_state.h"

/* Items from `first` up to `end`, and what one thread found of them. */
typedef struct stm_check_share {
    stm_check check; /* with a snapshot, a list of problems and counts of its own */
    stm_check_list list;
    uint32_t first;
    uint32_t end;
    bool is_last; /* set by the work: what lies behind this share is not looked at */
    stemma_status status;
    stemma_error error;
} stm_check_share;

/* Looks at the items of a share with `self->check`. As a part of a check: see check_state.h. */
typedef stemma_status stm_check_share_work(stm_check_share *self, stemma_error *error);

/* Looks at items 0 up to `total`, `size` in a share, and takes over what shares found: problems,
   counts, rows. Tells the progress of check `number`. `*looked` is how many items shares were made
   of; not all when the status is not STEMMA_OK or a share was the last. */
stemma_status stm_check_in_shares(stm_check *check, stemma_check_number number, uint32_t total,
                                  uint32_t size, stm_check_share_work *work, uint32_t *looked,
                                  stemma_error *error);

#endif
