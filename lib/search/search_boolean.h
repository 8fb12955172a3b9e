/* SPDX-License-Identifier: MIT */
/* Queries with operators, prefixes and fields, and searches among the documents of a thing.
 *
 * Each word's documents are a set of bits; operators join sets. What no list tells (a phrase, a
 * field) is a pair of sets: the documents that surely have it, and those that may. Which of the
 * latter do is looked at document by document, in the order in which results are asked for. */
#ifndef STEMMA_LIB_SEARCH_BOOLEAN_H
#define STEMMA_LIB_SEARCH_BOOLEAN_H

#include "search/search_pairs.h"
#include "search/search_parse.h"
#include "search/search_query.h"
#include "search/search_rank.h"
#include "file/snapshot.h"

#define STM_PREFIX_TERMS 1000u /* terms that the beginning of a word may stand for */

typedef struct stm_boolean {
    stemma_snapshot *snapshot;
    stm_search_cache *cache;
    stm_query query;
    stm_ask ask;
    uint32_t words[STM_ASK_NODES];  /* by node: bits of its words */
    uint32_t phrase[STM_ASK_NODES]; /* by node: its phrase, or STEMMA_NONE: one word is none */
    uint64_t *having[STM_QUERY_WORDS]; /* by word: the documents that have it */
    uint64_t *near[STM_QUERY_PHRASES]; /* by phrase: those that may have it; NULL: all may */
    uint32_t told[STM_QUERY_PHRASES];  /* languages in which these have it: see search_lists.h */
    uint32_t documents;                /* that are known; sets are of these */
    size_t size;                       /* 64-bit words of a set */
    uint64_t *certain;                 /* documents that surely fit ... */
    uint64_t *possible;                /* ... and those that may */
    double mean_size;
    double *scores; /* by document; NULL unless they were asked for */
    stemma_text text; /* of the document that was looked at last */
    uint32_t text_of;
} stm_boolean;

/* Reads a query and works its sets out, with scores when `scored`. `only` (may be NULL) is the set
   of the documents that are looked at. Lives in the snapshot's memory. STEMMA_E_INVALID:
   SEARCH_QUERY; STEMMA_E_LIMIT: QUERY_TOO_LONG, SEARCH_PREFIX. */
stemma_status stm_boolean_open(stm_boolean **out, stemma_snapshot *snapshot, stemma_text query,
                               const uint64_t *only, int scored, stemma_error *error);

/* Whether a document fits, of the set `possible`. */
stemma_status stm_boolean_fits(stm_boolean *self, uint32_t document, int *fits,
                               stemma_error *error);

/* The first document not below `from` that fits. STEMMA_END. */
stemma_status stm_boolean_next(stm_boolean *self, uint32_t from, uint32_t *document,
                               stemma_error *error);

/* The best `limit` ones. `*out` lives in the snapshot's memory. */
stemma_status stm_boolean_best(stm_boolean *self, uint32_t limit, stm_ranked **out, uint32_t *count,
                               stemma_error *error);

/* The documents that a word of the query is in, and its share of the scores (search_words.c). */
stemma_status stm_boolean_word(stm_boolean *self, uint32_t word, int scored, stemma_error *error);

/* Narrows `near` of a phrase to what the lists of its pairs have (search_words.c). */
stemma_status stm_boolean_phrase(stm_boolean *self, uint32_t phrase, stemma_error *error);

/* ---- Fields (search_field.c) ---- */

/* Whether a field of a document has what a node asks for. */
stemma_status stm_field_fits(stm_boolean *self, const stm_ask_node *node, uint32_t document,
                             int *fits, stemma_error *error);

/* The documents that were published at the time a node gives: numbers [*first, *end).
   STEMMA_E_INVALID: SEARCH_QUERY. */
stemma_status stm_field_published(stm_boolean *self, const stm_ask_node *node, uint32_t *first,
                                  uint32_t *end, stemma_error *error);

static inline int stm_set_has(const uint64_t *set, uint32_t document)
{
    return (set[document / 64] >> document % 64 & 1) != 0;
}

#endif
