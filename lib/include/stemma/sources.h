/* SPDX-License-Identifier: MIT */
/**
 * @file sources.h
 * The stemma: which documents derive from which, as a forest, and what they share.
 *
 *     stemma_sources *sources;
 *     stemma_source source;
 *     if (stemma_sources_all(&sources, snapshot, &error) == STEMMA_OK)
 *         while (stemma_sources_next(sources, &source, &error) == STEMMA_OK)
 *             printf("%*s%u\n", (int)(2 * source.depth), "", source.document);
 *
 * A document may derive from several. In the forest it stands once, under the best of them: one
 * that makes the two one source before one that is quoted, then the one with the greatest share of
 * it, then by kind, then the earliest. Where documents derive from each other in a circle, which no
 * honest judge says, the earliest of the circle is a root. Derivations that were retracted and, as
 * of a date, documents that are not known, do not count.
 *
 * Threads, lifetime and errors as in read.h.
 */
#ifndef STEMMA_SOURCES_H
#define STEMMA_SOURCES_H

#include "stemma/read.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct stemma_sources stemma_sources;

/** All documents. Reads every derivation; takes some 20 bytes a document. */
STEMMA_API stemma_status stemma_sources_all(stemma_sources **out, stemma_snapshot *snapshot,
                                            stemma_error *error);

/** The `count` documents `documents`, in any order; those not known are left out. A derivation from
 *  a document that is not among them makes no edge. STEMMA_NOT_FOUND for numbers that no document
 *  has. */
STEMMA_API stemma_status stemma_sources_among(stemma_sources **out, stemma_snapshot *snapshot,
                                              const uint32_t *documents, uint32_t count,
                                              stemma_error *error);

/** All that the forest of all documents ties to `document`: the trees of its independence group and
 *  the one that it stands in. Costs as much as stemma_sources_all(). STEMMA_NOT_FOUND. */
STEMMA_API stemma_status stemma_sources_about(stemma_sources **out, stemma_snapshot *snapshot,
                                              uint32_t document, stemma_error *error);

typedef struct stemma_sources_counts {
    uint32_t documents;
    uint32_t independent; /**< Groups of documents that count as one source. */
    uint32_t trees;
} stemma_sources_counts;

STEMMA_API void stemma_sources_count(const stemma_sources *sources, stemma_sources_counts *out);

/** A document in its place. */
typedef struct stemma_source {
    uint32_t document;
    uint32_t group;    /**< As stemma_independence_group(). */
    uint32_t depth;    /**< 0: it stands under none. */
    uint32_t parent;   /**< The document that it stands under, or STEMMA_NONE. */
    uint32_t children; /**< How many stand directly under it. */
    uint8_t is_last;   /**< 1: no other stands behind it under the same parent. */
    uint8_t kind;      /**< stemma_derivation_kind of the edge to the parent; 0 without. */
    uint16_t score;    /**< Its share, or STEMMA_NO_CONFIDENCE. */
} stemma_source;

/** The next document in the order in which trees are drawn: each before what stands under it, those
 *  under one parent and the roots of one independence group by number, groups by their first
 *  document. Needs no memory. STEMMA_END behind the last. */
STEMMA_API stemma_status stemma_sources_next(stemma_sources *sources, stemma_source *out,
                                             stemma_error *error);

/* ---- Passages -------------------------------------------------------------------------------- */

/** A passage that two documents share, as each has it. */
typedef struct stemma_passage {
    stemma_text from; /**< Empty when the text is withheld. */
    stemma_text to;
    stemma_span from_points; /**< Where it stands, in code points of the stored texts; in bytes of a
                                  withheld one. */
    stemma_span to_points;
    const stemma_span *from_changes; /**< What only this side has: bytes of `from`. */
    uint32_t from_change_count;
    const stemma_span *to_changes;
    uint32_t to_change_count;
} stemma_passage;

/** The passage of range `index` of a derivation, and the words in which the sides differ, white space
 *  aside. Words are aligned up to a million pairs of them; of longer passages what lies between the
 *  common beginning and the common end is told as one change. STEMMA_NOT_FOUND beyond the last
 *  range. */
STEMMA_API stemma_status stemma_passage_get(stemma_snapshot *snapshot,
                                            const stemma_derivation *derivation, uint32_t index,
                                            stemma_passage *out, stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
