/* SPDX-License-Identifier: MIT */
#include "pack/extract/annotation.h"

#define STUB(name)                                                                                 \
    stemma_status name(struct stm_annotation *ann)                                                 \
    {                                                                                              \
        (void)ann;                                                                                 \
        return STEMMA_OK;                                                                          \
    }
STUB(stm_extract_times)
STUB(stm_extract_quantities)
STUB(stm_extract_attribution)
STUB(stm_extract_events)
STUB(stm_extract_facts)
