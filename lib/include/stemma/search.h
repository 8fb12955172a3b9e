/* SPDX-License-Identifier: MIT */
/**
 * @file search.h
 * Find documents by words. Lifetimes and threads as in read.h.
 */
#ifndef STEMMA_SEARCH_H
#define STEMMA_SEARCH_H

#include "stemma/read.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Hits without snippets: texts are not read, which is most of the time that a search takes. */
#define STEMMA_SEARCH_NO_SNIPPETS 1u

typedef struct stemma_search_options {
    size_t size;
    uint32_t limit;           /**< At most so many; 0: 10. */
    uint32_t flags;           /**< STEMMA_SEARCH_* */
    stemma_reference about;   /**< Only documents that speak of this entity or event, make this
                                   claim, or are this document; kind 0: all. */
} stemma_search_options;

#define STEMMA_SEARCH_OPTIONS_INIT {sizeof(stemma_search_options), 0, 0, {0, 0}}

typedef struct stemma_hit {
    uint32_t document;
    double score;            /**< BM25 (k1 1.2, b 0.75); higher is better. */
    stemma_span snippet;     /**< A passage of about 200 bytes with most of the words; {0, 0} when
                                  the text is withheld or no snippets are wanted. */
    const stemma_span *words; /**< The words found inside the snippet. */
    uint32_t word_count;
} stemma_hit;

/** Documents that fit `query`, best first. Words are folded (case, marks) and stemmed as those of the
 *  documents were. The language of queries:
 *
 *      copper mine          all of these words
 *      "copper mine"        these words next to each other
 *      copper OR zinc       one of them; AND binds tighter than OR: a b OR c is (a AND b) OR c
 *      copper AND zinc      both, as without AND
 *      copper NOT zinc      the one without the other; so is copper -zinc
 *      (copper OR zinc) mine
 *      min*                 words that begin so (at least the word itself in all its forms)
 *      title:copper         a word of the title; so are publisher:, byline:, agency:
 *      publisher:"The Bell" words next to each other
 *      language:en          en, en-GB, ...
 *      published:2023-12..2024  from the first day to the last; published:2024-05, 2024.., ..2024
 *
 *  Operators are in capitals: "or" is a word. What is not in the language, such as an open parenthesis,
 *  an unknown field (a lower-case word, a colon and more behind it), OR without something on either
 *  side, is STEMMA_E_INVALID, code SEARCH_QUERY, with the column in the error's `where`. A query may
 *  have 32 different words and 8 phrases, of 65,535 bytes in all (STEMMA_E_LIMIT, QUERY_TOO_LONG), a
 *  prefix may stand for 1,000 terms (STEMMA_E_LIMIT, SEARCH_PREFIX).
 *
 *  Words are weighed by BM25, those behind NOT and those of fields are not; of documents with one score
 *  the earlier comes first. Words have lists: they cost what their lists hold. Of two words that most documents have the pair
 *  has a list, too; other phrases are looked for in the texts that have all their words, on up to four
 *  threads for as long as the call takes when the first few hundred texts have too few, and fields in the records of the documents that fit
 *  otherwise, best first, until there are enough: a field alone may look at all documents.
 *
 *  `options` may be NULL. STEMMA_OK and a `*count` of 0 when there is none, also for an empty query (but
 *  with `about` that gives all documents); STEMMA_E_MISUSE for options that are not initialised. */
STEMMA_API stemma_status stemma_search(stemma_snapshot *snapshot, stemma_text query,
                                       const stemma_search_options *options,
                                       const stemma_hit **out, uint32_t *count,
                                       stemma_error *error);

/** The same documents in order of their numbers, which is that of publication: the first
 *  `capacity` ones from number `from` on, into the caller's `documents`. To go on, ask again from
 *  the last one plus one. Of `options` only `about` counts. Statuses as stemma_search(). */
STEMMA_API stemma_status stemma_search_documents(stemma_snapshot *snapshot, stemma_text query,
                                                 const stemma_search_options *options,
                                                 uint32_t from, uint32_t *documents,
                                                 uint32_t capacity, uint32_t *count,
                                                 stemma_error *error);

/** How many documents there are that stemma_search() would find without a limit. Of `options` only
 *  `about` counts. Statuses as stemma_search(). */
STEMMA_API stemma_status stemma_search_count(stemma_snapshot *snapshot, stemma_text query,
                                             const stemma_search_options *options,
                                             uint64_t *count, stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
