/* SPDX-License-Identifier: MIT */
/* Documents: records of the table `document`.
 *
 * Map: 0 uri · 1 title · 2 publisher · 3 agency · 4 byline · 5 published [raw, edtf] · 6 retrieved
 * · 7 language · 8 media type · 9 licence · 10 digest (32 bytes, always) · 11 text size in bytes ·
 * 12 text size in code points · 13 withheld (true) · 14 sentences · 15 paragraphs · 16 furniture ·
 * 17 counts [referents, mentions, assertions] (always) · of a data set also 18 rows · 19 row gaps ·
 * 20 stride · 21 run + 1. Empty fields are absent.
 * 14 and 15 are binaries of varints: each offset minus the one before it (the first: minus 0).
 * 16: pairs of varints: start minus the end before it, length.
 * 19: pairs of varints: rows before the gap (since the gap before it), row numbers left out. */
#ifndef STEMMA_FORMAT_DOCUMENT_RECORD_H
#define STEMMA_FORMAT_DOCUMENT_RECORD_H

#include "bytes.h"
#include "fault.h"
#include "stemma/testimony.h"

/* What the record knows beyond a stemma_document. When decoding, the counts are the testimony's;
   when encoding they are taken from the document. */
typedef struct stm_document_extra {
    uint32_t code_points;
    uint32_t referents;
    uint32_t mentions;
    uint32_t assertions;
    uint32_t sentences; /* how much room stm_document_decode() needs */
    uint32_t paragraphs;
    uint32_t furniture;
    uint32_t rows;      /* of a data set, else 0, as the rest */
    uint32_t stride;    /* most assertions of a row */
    uint32_t run;       /* of the rows, or STEMMA_NONE */
    stemma_bytes gaps;  /* a view into the value, checked */
} stm_document_extra;

/* What makes a document a data set. */
typedef struct stm_document_rows {
    uint32_t rows;
    uint32_t stride;
    uint32_t run;
    stemma_bytes gaps;
} stm_document_rows;

/* Appends the record of `document` (all fields but text and testimony; digest, text_size and the
   three testimony counts are taken as they stand). `code_points` counts the text; `rows` is NULL
   unless it is a data set.
   STEMMA_E_INVALID: TEXT_TOO_LONG, TEXT_NOT_UTF8, SENTENCE_ORDER, PARAGRAPH_ORDER, FURNITURE_ORDER,
   TEXT_SIZE. STEMMA_E_NO_SPACE. */
stemma_status stm_document_encode(const stemma_document *document, uint32_t code_points,
                                  const stm_document_rows *rows, stm_buffer *out,
                                  stm_fault *fault);

/* First pass: checks the value and fills everything of `document` but the three arrays, and
   `extra`. Texts are views into `value`. STEMMA_E_DAMAGED. */
stemma_status stm_document_decode(stemma_bytes value, stemma_document *document,
                                  stm_document_extra *extra, stm_fault *fault);

/* What makes documents one source, and when they were published. */
typedef struct stm_document_glance {
    stemma_text publisher;
    stemma_text agency;
    stemma_text published; /* EDTF */
} stm_document_glance;

/* Reads only that, as views into `value`, and does not check what comes behind. STEMMA_E_DAMAGED. */
stemma_status stm_document_glance_at(stemma_bytes value, stm_document_glance *out,
                                     stm_fault *fault);

/* Second pass: the arrays. `offsets` has room for extra->sentences + extra->paragraphs numbers,
   `spans` for extra->furniture. They become the document's arrays. */
stemma_status stm_document_decode_arrays(stemma_bytes value, stemma_document *document,
                                         const stm_document_extra *extra, uint32_t *offsets,
                                         stemma_span *spans, stm_fault *fault);

#endif
