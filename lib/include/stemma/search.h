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
    uint32_t documents_until; /**< Only documents below this number; STEMMA_NONE: all. */
    uint32_t flags;           /**< STEMMA_SEARCH_* */
} stemma_search_options;

#define STEMMA_SEARCH_OPTIONS_INIT {sizeof(stemma_search_options), 0, STEMMA_NONE, 0}

typedef struct stemma_hit {
    uint32_t document;
    double score;            /**< BM25 (k1 1.2, b 0.75); higher is better. */
    stemma_span snippet;     /**< A passage of about 200 bytes with most of the words; {0, 0} when
                                  the text is withheld or no snippets are wanted. */
    const stemma_span *words; /**< The words found inside the snippet. */
    uint32_t word_count;
} stemma_hit;

/** Documents that hold all the words of `query` (stemmed, case and marks folded), best first; words
 *  in double quotes must stand next to each other. `options` may be NULL. STEMMA_OK and a `*count`
 *  of 0 when there is none; STEMMA_E_INVALID when it is not UTF-8, STEMMA_E_MISUSE for options that
 *  are not initialised. */
STEMMA_API stemma_status stemma_search(stemma_snapshot *snapshot, stemma_text query,
                                       const stemma_search_options *options,
                                       const stemma_hit **out, uint32_t *count,
                                       stemma_error *error);

/** The same documents in order of their numbers, which is that of publication: the first
 *  `capacity` ones from number `from` on, into the caller's `documents`. To go on, ask again from
 *  the last one plus one. Of `options` only documents_until counts. Statuses as stemma_search(). */
STEMMA_API stemma_status stemma_search_documents(stemma_snapshot *snapshot, stemma_text query,
                                                 const stemma_search_options *options,
                                                 uint32_t from, uint32_t *documents,
                                                 uint32_t capacity, uint32_t *count,
                                                 stemma_error *error);

/** How many documents there are that stemma_search() would find without a limit. Of `options` only
 *  documents_until counts. Statuses as stemma_search(). */
STEMMA_API stemma_status stemma_search_count(stemma_snapshot *snapshot, stemma_text query,
                                             const stemma_search_options *options,
                                             uint64_t *count, stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
