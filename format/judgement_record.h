/* SPDX-License-Identifier: MIT */
/* Judgements: records of the table `judgement`.
 *
 * Map: 0 left [document, referent] · 1 right [document, referent] · 2 verdict · 3 score + 1
 * (absent: none) · 4 run + 1 · 5 author · 6 created · 7 retracted · 8 reason. Exactly one of 4
 * and 5. */
#ifndef STEMMA_FORMAT_JUDGEMENT_RECORD_H
#define STEMMA_FORMAT_JUDGEMENT_RECORD_H

#include "bounds.h"
#include "bytes.h"
#include "fault.h"
#include "stemma/judgement.h"

/* Canonical order: left, right, verdict, run (people, who have none, first), author, created,
   retracted, score, reason. Runs compare by number. */
int stm_judgement_compare(const stemma_judgement *a, const stemma_judgement *b);

/* Appends the record. STEMMA_E_INVALID: JUDGEMENT_ORDER (left is not below right), VERDICT, SCORE,
   AUTHOR (neither run nor author, or both), DOCUMENT_OUT_OF_RANGE, RUN_OUT_OF_RANGE, TEXT_TOO_LONG,
   TEXT_NOT_UTF8. STEMMA_E_NO_SPACE. */
stemma_status stm_judgement_encode(const stemma_judgement *judgement, const stm_bounds *bounds,
                                   stm_buffer *out, stm_fault *fault);

/* Decodes a stored value; texts are views into it. That the referents exist in their documents is
   not checked here. STEMMA_E_DAMAGED. */
stemma_status stm_judgement_decode(stemma_bytes value, const stm_bounds *bounds,
                                   stemma_judgement *judgement, stm_fault *fault);

/* What a judgement says, read from its first bytes: for going through many. Nothing else of the value
   is checked. STEMMA_E_DAMAGED when they are not what a record begins with. */
typedef struct stm_judgement_skim {
    uint16_t score; /* or STEMMA_NO_CONFIDENCE */
    uint8_t verdict;
    uint8_t person;
} stm_judgement_skim;

stemma_status stm_judgement_skim_read(stemma_bytes value, stm_judgement_skim *out);

#endif
