/* SPDX-License-Identifier: MIT */
/* Claims: rows of the table `claim`.
 *
 * Row: [subject * 2 + kind (0 entity, 1 event), predicate term, object, polarity, documents,
 * independent, speakers, witnesses]. A referent in the object is number * 2 + kind, see
 * object_record.h. Witnesses: a binary of pairs of varints, ascending by (document, assertion):
 * document minus the one before it (the first: minus 0); then the assertion, or when the document
 * is the same as before, the assertion minus the one before it minus 1. */
#ifndef STEMMA_FORMAT_CLAIM_RECORD_H
#define STEMMA_FORMAT_CLAIM_RECORD_H

#include "bounds.h"
#include "bytes.h"
#include "fault.h"
#include "stemma/testimony.h"

typedef struct stm_witness {
    uint32_t document;
    uint32_t assertion;
} stm_witness;

typedef struct stm_claim_row {
    uint8_t subject_kind; /* stemma_referent_kind */
    uint32_t subject;     /* entity or event number */
    uint32_t predicate;   /* term number of a predicate */
    stemma_object object; /* a referent in it: entity or event number, or STEMMA_NONE (places) */
    uint8_t object_referent_kind; /* stemma_referent_kind of that number */
    uint8_t polarity;
    uint32_t documents;
    uint32_t independent;
    uint32_t speakers;
    const stm_witness *witnesses;
    uint32_t witness_count;
} stm_claim_row;

/* Appends the row. STEMMA_E_INVALID: SUBJECT_OUT_OF_RANGE, TERM_UNKNOWN, POLARITY, WITNESS_ORDER,
   WITNESS_COUNT, DOCUMENT_OUT_OF_RANGE and those of stm_object_fault(). STEMMA_E_NO_SPACE. */
stemma_status stm_claim_encode(const stm_claim_row *row, const stm_bounds *bounds, stm_buffer *out,
                               stm_fault *fault);

/* First pass: checks the form; how many witnesses there are. STEMMA_E_DAMAGED. */
stemma_status stm_claim_count(stemma_bytes row, uint32_t *witnesses, stm_fault *fault);

/* A row without its witnesses, which are not looked at: for a first look at many. Checks the form of the
   rest. STEMMA_E_DAMAGED. */
stemma_status stm_claim_peek(stemma_bytes row, const stm_bounds *bounds, stm_claim_row *out,
                             stm_fault *fault);

/* The same with the document of the first witness, which is the least; STEMMA_NONE without any. */
stemma_status stm_claim_peek_first(stemma_bytes row, const stm_bounds *bounds, stm_claim_row *out,
                                   uint32_t *document, stm_fault *fault);

/* What the first bytes of a row tell, for passing over many that nobody asks for. */
typedef struct stm_claim_glance {
    uint8_t kind;        /* stemma_object_kind of the object */
    stemma_bytes object; /* from there to the end of the row; see object_record.h */
} stm_claim_glance;

/* Looks at those bytes only, and at nothing of what the numbers mean. False when they are not as rows
   begin: decoding tells what is wrong. */
bool stm_claim_glance_at(stemma_bytes row, stm_claim_glance *out);

/* Second pass: `witnesses` has room for `witness_count`. Texts are views into `row`.
   STEMMA_E_DAMAGED. */
stemma_status stm_claim_decode(stemma_bytes row, const stm_bounds *bounds, stm_claim_row *out,
                               stm_witness *witnesses, uint32_t witness_count, stm_fault *fault);

#endif
