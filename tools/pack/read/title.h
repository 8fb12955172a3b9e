/* SPDX-License-Identifier: MIT */
/**
 * @file title.h
 * The title of a text that does not name one.
 */
#ifndef STEMMA_PACK_TITLE_H
#define STEMMA_PACK_TITLE_H

#include "pack/read/source.h"

/** Takes the first paragraph that is not furniture as the title when there is none yet and it looks
    like one: short, no full stop at its end, something longer after it. STEMMA_OK or
    STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_title_find(stm_source_document *source);

#endif
