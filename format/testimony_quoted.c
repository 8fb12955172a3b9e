/* SPDX-License-Identifier: MIT */
/* Whom a document quotes, without decoding what it says. */
#include "testimony_layout.h"
#include "testimony_record.h"

#define SPEAKER_ITEM (ASSERTION_ITEMS + 1u) /* behind the confidence */

stemma_status stm_quoted_begin(stm_quoted_walk *walk, stemma_bytes part, stm_fault *fault)
{
    stm_part opened;
    stemma_status status = stm_part_open(part, &opened, fault);
    walk->mp = stm_mp_over(part);
    walk->left = 0;
    if (status == STEMMA_OK) {
        walk->mp.at += opened.first.at;
        walk->left = opened.assertions;
    }
    return status;
}

stemma_status stm_quoted_next(stm_quoted_walk *walk, uint32_t *subject, uint32_t *speaker,
                              stm_fault *fault)
{
    stm_mp *mp = &walk->mp;
    while (walk->left != 0 && mp->code == NULL) {
        uint32_t code = 0;
        uint32_t items = stm_mp_array_of(mp, ASSERTION_ITEMS, ASSERTION_ITEMS + ASSERTION_OPTIONAL);
        walk->left--;
        *subject = stm_mp_u32(mp, UINT32_MAX);
        for (uint32_t i = 1; i < items && mp->code == NULL; i++) {
            if (i == SPEAKER_ITEM) {
                code = stm_mp_u32(mp, UINT32_MAX);
            } else {
                (void)stm_mp_skip(mp);
            }
        }
        if (code != 0 && mp->code == NULL) {
            *speaker = code - 1;
            return STEMMA_OK;
        }
    }
    if (mp->code != NULL) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, mp->code, mp->fault_offset);
    }
    return STEMMA_END;
}
