/* SPDX-License-Identifier: MIT */
/**
 * @file quantity_recount.h
 * Other numbers for what has been counted: "8,000 people marched. Police put the number at 1,500."
 *
 * Runs once the events of a document are assertions. A number that a verb of counting or claiming
 * gives, and that fills no role of its own, is given to the event whose participants were counted
 * shortly before: in the same role, as said by whoever counts. It is such second numbers that show
 * disagreement inside of one article.
 */
#ifndef STEMMA_EXTRACT_QUANTITY_RECOUNT_H
#define STEMMA_EXTRACT_QUANTITY_RECOUNT_H

#include "pack/extract/event_emit.h"

/** STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_extract_recounts(struct stm_annotation *ann);

/** Who gives a number that `verb` tells: whoever is quoted, or the subject of the verb, unless that
 *  is what is counted. Adds that to `stand`. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_attribute_count(struct stm_annotation *ann, uint32_t verb,
                                                   struct stm_stand *stand);

#endif
