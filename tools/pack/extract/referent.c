/* SPDX-License-Identifier: MIT */
#include "pack/extract/annotation.h"

stemma_status stm_extract_referents(struct stm_annotation *ann)
{
    for (uint32_t i = 0; i < ann->mention_count; i++) {
        uint32_t r;
        stemma_status status = stm_ann_referent_for_mention(ann, i, &r);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}
