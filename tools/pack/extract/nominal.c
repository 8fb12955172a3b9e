/* SPDX-License-Identifier: MIT */
#include "pack/extract/annotation.h"

stemma_status stm_extract_nominals(struct stm_annotation *ann)
{
    (void)ann;
    return STEMMA_OK;
}
