/* SPDX-License-Identifier: MIT */
/**
 * @file judgement.h
 * Conclusions about testimony: which referents are the same, which documents derive from which.
 *
 * A judgement never rewrites testimony. Each names its author and may be retracted. Positive
 * judgements join referents into entities and events, negative ones block joins (the edge list is
 * nomenklatura's idea); derivations group documents into independent sources (PROV's terms).
 */
#ifndef STEMMA_JUDGEMENT_H
#define STEMMA_JUDGEMENT_H

#include "stemma/testimony.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A referent anywhere in a corpus. What numbers `document` is said where it is used: the order of
    stemma_writer_add_document() when writing, the document's id in the file when reading. */
typedef struct stemma_referent_id {
    uint32_t document;
    uint32_t referent;
} stemma_referent_id;

typedef enum stemma_verdict {
    STEMMA_VERDICT_SAME = 1,
    STEMMA_VERDICT_NOT_SAME = 2,
    STEMMA_VERDICT_UNSURE = 3
} stemma_verdict;

typedef struct stemma_judgement {
    stemma_referent_id left; /**< Smaller than `right` by (document, referent). */
    stemma_referent_id right;
    uint8_t verdict;       /**< stemma_verdict */
    uint16_t score;        /**< Of identity, 0..1000, or STEMMA_NO_CONFIDENCE. */
    uint32_t run;          /**< Author, when a program; else STEMMA_NONE. */
    stemma_text author;    /**< Author, when a person; else empty. */
    stemma_text created;   /**< EDTF or empty (a program that must be reproducible leaves it so). */
    stemma_text retracted; /**< EDTF, or empty while it stands. */
    stemma_text reason;    /**< "same name key; shared event", for people to read. */
} stemma_judgement;

typedef enum stemma_derivation_kind {
    STEMMA_DERIVATION_COPY = 1,     /**< Substantially the same text. */
    STEMMA_DERIVATION_EXCERPT = 2,  /**< `from` is a part of `to`. */
    STEMMA_DERIVATION_REVISION = 3, /**< A later edition by the same publisher. */
    STEMMA_DERIVATION_QUOTES = 4,   /**< Passages in common. */
    STEMMA_DERIVATION_SAME_AGENCY = 5
} stemma_derivation_kind;

/** A range of `from` that is found again in `to`. */
typedef struct stemma_shared_range {
    stemma_span from;
    stemma_span to;
} stemma_shared_range;

/** Document `from` derives from document `to`, which was there first. */
typedef struct stemma_derivation {
    uint32_t from;
    uint32_t to;
    uint8_t kind;      /**< stemma_derivation_kind */
    uint16_t score;    /**< Share of `from` found in `to`, 0..1000, or STEMMA_NO_CONFIDENCE. */
    uint32_t run;      /**< Author, when a program; else STEMMA_NONE. */
    stemma_text author;
    stemma_text retracted; /**< EDTF, or empty while it stands. */
    const stemma_shared_range *ranges;
    uint32_t range_count;
} stemma_derivation;

#ifdef __cplusplus
}
#endif
#endif
