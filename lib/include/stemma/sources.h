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

/* ---- Alike, whether or not one derives from the other ------------------------------------------ */

/** Bounds on what is compared of a document. What lies beyond them is left out, and is_partial says
 *  so. */
#define STEMMA_ALIKE_TEXT      (512u << 10) /**< Bytes. */
#define STEMMA_ALIKE_SENTENCES 1024u
#define STEMMA_ALIKE_WORDS     128u /**< Of one sentence. */

/** Documents of a file whose pairs stemma_pairs_alike() looks through. */
#define STEMMA_ALIKE_DOCUMENTS 1000u

typedef enum stemma_alike_kind {
    STEMMA_ALIKE_SAME_WORDS = 1, /**< A run of five words or more stands in both. */
    STEMMA_ALIKE_REWRITTEN = 2   /**< The same is told in other words. */
} stemma_alike_kind;

/** Two sentences that tell the same. */
typedef struct stemma_alike_pair {
    stemma_span from; /**< Bytes of the texts. */
    stemma_span to;
    uint16_t likeness; /**< 1..1000. */
    uint8_t kind;      /**< stemma_alike_kind */
} stemma_alike_pair;

/** What two documents have in common, sentence by sentence, worked out from their texts; the file
 *  says nothing of it, and it is no judgement that one derives from the other. */
typedef struct stemma_alike {
    uint32_t from;
    uint32_t to;
    uint16_t likeness;  /**< 0..1000: what of the shorter one's words, each by its weight, the other has
                             in the sentences paired. Documents are ranked by it. */
    uint16_t share;     /**< 0..1000: of the shorter one's words, those in sentences paired. */
    uint8_t is_partial; /**< 1: one of them is longer than what is compared. */
    const stemma_alike_pair *pairs; /**< Ascending by place in `from`. */
    uint32_t pair_count;
} stemma_alike;

/** The sentences that two documents share. A word weighs as much as it is rare among the documents of
 *  the file that are known, as in a search: ln(1 + (N - n + 1/2) / (n + 1/2)); words are terms of the
 *  index, so forms of a word are one. Two sentences are alike when they have three different words or
 *  more in common that weigh together at least as much as three words of which two documents know
 *  (12 suffice in files however large), and either those are a quarter of what the sentences weigh
 *  (their geometric mean; this is the likeness) or five words or more stand in both as they are. Each
 *  sentence is paired once, the most alike first. Page furniture is not looked at. Documents whose
 *  text is withheld, and data sets, share nothing. STEMMA_NOT_FOUND; STEMMA_E_MISUSE when both are
 *  the same. */
STEMMA_API stemma_status stemma_passages_between(stemma_snapshot *snapshot, uint32_t from, uint32_t to,
                                                 stemma_alike *out, stemma_error *error);

/** Pair `index` as a passage. Its changes are what only one side has, word by word as those of
 *  stemma_passage_get() where the words are the same; of rewritten sentences all words but those that
 *  both have, in whatever form and order, and that at most half of the documents know or that are
 *  written as names and numbers are. STEMMA_NOT_FOUND beyond the last. */
STEMMA_API stemma_status stemma_alike_passage(stemma_snapshot *snapshot, const stemma_alike *alike,
                                              uint32_t index, stemma_passage *out,
                                              stemma_error *error);

/** Documents of one independence group, and those of which one derives from the other in any way, are
 *  left out: what they share is known. */
#define STEMMA_ALIKE_UNTIED 1u

/** The documents that share most with `document`, the most alike first, `most` at the most, in an array
 *  of the snapshot. Looked for through the postings of its terms, rarest first, 16,384 of them; the 48
 *  documents that have most in common with it, for their length, are compared. So the answer is exact
 *  in files of up to 49 documents. Only those of likeness STEMMA_ALIKE_LEAST and more. `flags`: 0 or
 *  STEMMA_ALIKE_UNTIED. STEMMA_NOT_FOUND for a number that no document has. */
STEMMA_API stemma_status stemma_documents_alike(stemma_snapshot *snapshot, uint32_t document,
                                                unsigned flags, uint32_t most,
                                                const stemma_alike **out, uint32_t *count,
                                                stemma_error *error);

#define STEMMA_ALIKE_LEAST 50u /**< Thousandths. */

/** The pairs of documents of the whole file that are most alike. Of each document the eight before it
 *  that have most in common with it are remembered, of all these the 256 best are compared.
 *  STEMMA_E_LIMIT with code ALIKE_DOCUMENTS in files of more than STEMMA_ALIKE_DOCUMENTS. */
STEMMA_API stemma_status stemma_pairs_alike(stemma_snapshot *snapshot, unsigned flags, uint32_t most,
                                            const stemma_alike **out, uint32_t *count,
                                            stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
