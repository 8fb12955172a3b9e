/* SPDX-License-Identifier: MIT */
/**
 * @file event_denial.h
 * Denials that only point at what they deny: "A protester died, the agency reported; the party
 * denied this."
 *
 * Runs once the events of a document are assertions. What somebody was just quoted with is denied as
 * far as the main clause of the quotation tells of a happening: it gets a second, negative
 * assertion of its type, as said by whoever denies.
 */
#ifndef STEMMA_EXTRACT_EVENT_DENIAL_H
#define STEMMA_EXTRACT_EVENT_DENIAL_H

#include "pack/extract/annotation.h"

/** STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_extract_denials(struct stm_annotation *ann);

#endif
