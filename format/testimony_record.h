/* SPDX-License-Identifier: MIT */
/* Testimony: the raw payload of a row of the table `testimony`.
 *
 * Payload: array [referents, mentions, assertions], each an array of rows. A document's rows are
 * cut into parts: row after row is added while the rows of a part are together at most
 * STM_PART_BYTES; a larger row is a part alone. All referents come before all mentions before all
 * assertions. A document without rows has no part.
 *
 *   referent   [type term, names, external ids]   the type's kind says entity or event; ids absent
 *                                                  when there is none
 *     names    array of: string, or [string, kind], or [string, kind, language], the shortest
 *   mention    [flags, referent + 1, (head, length,) start, length, (gap, length)...]
 *              flags: kind | canonical << 4 | has head << 5
 *   assertion  [subject, predicate term, object, flags, run, evidence, confidence + 1, speaker + 1,
 *              via + 1]                            0 at the end left off after evidence
 *              flags: polarity | certainty << 2 | tense << 4 | realis << 6 | attribution << 8 |
 *              stance << 10
 *     evidence array of [part, start, length, (gap, length)...]
 *
 * A start is written as the difference to the start of the span list before it in the same part
 * (of mentions and of evidence apart; the first: to 0), a gap is counted from the end of the span
 * before it, a head from the mention's start. Differences may be negative. No span is empty. */
#ifndef STEMMA_FORMAT_TESTIMONY_RECORD_H
#define STEMMA_FORMAT_TESTIMONY_RECORD_H

#include "bounds.h"
#include "canonical.h"
#include "bytes.h"
#include "fault.h"
#include "stemma/testimony.h"

#define STM_PART_BYTES (1u << 20)

/* ---- Encoding ---- */

/* How far the parts of one document have come; begins as {0}. */
typedef struct stm_testimony_position {
    uint32_t referents;
    uint32_t mentions;
    uint32_t assertions;
} stm_testimony_position;

/* Whether all rows of `document` have been written. */
bool stm_testimony_done(const stemma_document *document, const stm_testimony_position *position);

/* Appends the payload of the next part and moves `position` past its rows. `bounds` gives the
   vocabulary and the number of runs; assertion->run is a number below it. On
   STEMMA_E_NO_SPACE out->size is what is needed and the position has not moved.
   STEMMA_E_INVALID: TERM_UNKNOWN, NAME_EMPTY, NAME_KIND, REFERENT_KIND, REFERENT_OUT_OF_RANGE,
   MENTION_KIND, SPAN_MISSING, SPAN_ORDER, SPAN_OUT_OF_RANGE, FLAGS, ATTRIBUTION, CONFIDENCE,
   RUN_OUT_OF_RANGE, EVIDENCE_PART, TEXT_TOO_LONG, TEXT_NOT_UTF8, those of stm_object_fault(). */
stemma_status stm_testimony_encode(const stemma_document *document, const stm_bounds *bounds,
                                   stm_testimony_position *position, stm_buffer *out,
                                   stm_fault *fault);

/* ---- Decoding: count all parts, give memory, fill part by part ---- */

typedef struct stm_testimony_need {
    uint32_t referents;
    uint32_t mentions;
    uint32_t assertions;
    uint64_t names;
    uint64_t external_ids;
    uint64_t spans;
    uint64_t evidence;
} stm_testimony_need;

/* Prescans one part and adds what it holds to `need`, which begins as {0}. STEMMA_E_DAMAGED. */
stemma_status stm_testimony_count(stemma_bytes part, stm_testimony_need *need, stm_fault *fault);

/* Bytes of memory that stm_testimony_begin() needs; SIZE_MAX when the sum does not fit. */
size_t stm_testimony_size(const stm_testimony_need *need);

/* A document being filled. Its arrays lie in the caller's memory. */
typedef struct stm_testimony {
    stm_testimony_need need;
    stm_testimony_need done;
    stemma_referent *referents;
    stemma_mention *mentions;
    stemma_assertion *assertions;
    stemma_name *names;
    stemma_text *external_ids;
    stemma_span *spans;
    stemma_evidence *evidence;
} stm_testimony;

/* Lays the arrays out in `memory`, which has stm_testimony_size(need) bytes, aligned to 8. */
void stm_testimony_begin(stm_testimony *testimony, const stm_testimony_need *need, void *memory);

/* Decodes one part, in order, that was counted before. Texts are views into `part`; type and
   predicate are views into the vocabulary. `text_size` bounds the spans. STEMMA_E_DAMAGED. */
stemma_status stm_testimony_decode(stm_testimony *testimony, stemma_bytes part,
                                   const stm_bounds *bounds, uint32_t text_size, stm_fault *fault);

/* After the last part: hands the arrays to `document`. STEMMA_E_DAMAGED (TESTIMONY_COUNT) when the
   parts did not hold what was counted. */
stemma_status stm_testimony_end(const stm_testimony *testimony, stemma_document *document,
                                stm_fault *fault);

/* ---- A glance at one referent, without decoding the rest ---- */

typedef struct stm_glance_name {
    stemma_text text; /* a view into the part */
    uint8_t kind;
} stm_glance_name;

/* What is known of a referent; goes from part to part. Begins as {0}. */
typedef struct stm_glance {
    uint32_t referents; /* rows that were passed */
    uint32_t mentions;
    bool found;
    uint32_t type;         /* term */
    uint32_t own_mentions; /* of the referent */
    const uint8_t *names;  /* where they begin in the part `in` */
    stemma_bytes in;
    uint32_t name_count;
} stm_glance;

/* Looks for referent `referent` and its mentions in the next part. Reads only these, and only as far
   as is safe: the part need not have been checked. STEMMA_E_DAMAGED. */
stemma_status stm_testimony_glance(stemma_bytes part, uint32_t referent, const stm_bounds *bounds,
                                   stm_glance *glance, stm_fault *fault);

/* What a part holds. */
typedef struct stm_tally {
    uint32_t referents;
    uint32_t mentions;
    size_t head; /* bytes up to the end of its referents */
} stm_tally;

/* Adds to own[r] the mentions of each referent r below `room` in the part, which need not have been checked.
   STEMMA_E_DAMAGED. */
stemma_status stm_testimony_tally(stemma_bytes part, uint32_t *own, uint32_t room, stm_tally *out,
                                  stm_fault *fault);

/* stm_testimony_glance() at the first `head` bytes of a part, without its mentions. */
stemma_status stm_testimony_glance_head(stemma_bytes head, uint32_t referent,
                                        const stm_bounds *bounds, stm_glance *glance,
                                        stm_fault *fault);

/* The names of the referent that was found: room for name_count. STEMMA_E_DAMAGED. */
stemma_status stm_testimony_glance_names(const stm_glance *glance, stm_glance_name *names,
                                         stm_fault *fault);

/* ---- One assertion, without decoding the rest ---- */

/* Where an assertion begins in its part. */
typedef struct stm_assertion_place {
    uint32_t at;    /* bytes before it */
    uint32_t start; /* of the piece of evidence before it, which the next one counts from */
} stm_assertion_place;

/* What a part has, and where its first assertion is. */
typedef struct stm_part {
    uint32_t referents;
    uint32_t mentions;
    uint32_t assertions;
    stm_assertion_place first;
} stm_part;

/* Finds the assertions of a part, which need not have been checked. STEMMA_E_DAMAGED. */
stemma_status stm_part_open(stemma_bytes part, stm_part *out, stm_fault *fault);

/* Moves `place` from an assertion of the part behind it, and adds the evidence and spans that it
   has to `need`. STEMMA_E_DAMAGED. */
stemma_status stm_assertion_pass(stemma_bytes part, uint32_t text_size, stm_assertion_place *place,
                                 stm_testimony_need *need, stm_fault *fault);

/* Checks and decodes `row`, the bytes of the assertion at `place`, as strictly as
   stm_testimony_decode(): texts are views into it. `into` says how many referents the document has,
   and has room for the evidence; without `evidence` that is left out and needs none.
   STEMMA_E_DAMAGED. */
stemma_status stm_assertion_decode(stemma_bytes row, const stm_assertion_place *place,
                                   const stm_bounds *bounds, uint32_t text_size,
                                   stm_testimony *into, bool evidence, stemma_assertion *out,
                                   stm_fault *fault);

#endif
