/* SPDX-License-Identifier: MIT */
/* Derivations: records of the table `derivation`. The key holds both documents; the value is a
 * non-empty array of maps, ascending in canonical order, so that people and programs may each say
 * something of the same pair.
 *
 * Map: 0 kind · 1 score + 1 (absent: none) · 2 run + 1 · 3 author · 4 retracted · 5 shared ranges.
 * Exactly one of 2 and 3. Ranges: flat array of four numbers each: start in `from` minus the end before it,
 * length, start in `to` minus the end before it, length; differences may be negative, no length 0. */
#ifndef STEMMA_FORMAT_DERIVATION_RECORD_H
#define STEMMA_FORMAT_DERIVATION_RECORD_H

#include "bounds.h"
#include "bytes.h"
#include "fault.h"
#include "stemma/judgement.h"

/* Canonical order: from, to, kind, run (people first), author, retracted, score, then ranges. */
int stm_derivation_compare(const stemma_derivation *a, const stemma_derivation *b);

/* Appends the value of the key (derivations[0].from, .to). All have the same documents and ascend.
   `from` and `to` are below bounds->documents and differ. STEMMA_E_INVALID: DERIVATION_KIND,
   DERIVATION_ORDER, DERIVATION_SELF, SCORE, AUTHOR, DOCUMENT_OUT_OF_RANGE, RUN_OUT_OF_RANGE,
   SPAN_ORDER, TEXT_TOO_LONG, TEXT_NOT_UTF8. STEMMA_E_NO_SPACE. */
stemma_status stm_derivations_encode(const stemma_derivation *derivations, uint32_t count,
                                     const stm_bounds *bounds, stm_buffer *out, stm_fault *fault);

/* First pass: checks the form, says how many derivations and ranges there are. STEMMA_E_DAMAGED. */
stemma_status stm_derivations_count(stemma_bytes value, uint32_t *count, uint32_t *ranges,
                                    stm_fault *fault);

/* Second pass: fills `count` derivations and `ranges` ranges in the caller's memory. `from` and
   `to` come from the key. Ranges are bounded by 2^32 only, not by the documents' sizes.
   STEMMA_E_DAMAGED. */
stemma_status stm_derivations_decode(stemma_bytes value, uint32_t from, uint32_t to,
                                     const stm_bounds *bounds, stemma_derivation *derivations,
                                     uint32_t count, stemma_shared_range *ranges,
                                     uint32_t range_count, stm_fault *fault);

#endif
