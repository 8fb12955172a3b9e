/* SPDX-License-Identifier: MIT */
/**
 * @file corpus.h
 * The documents that one run of pack brings together, with their testimony, and the judgements that
 * came with them, until they are handed to the judge and to the writer.
 */
#ifndef STEMMA_PACK_CORPUS_H
#define STEMMA_PACK_CORPUS_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/offsets.h"
#include "common/problem.h"
#include "pack/document_copy.h"
#include "pack/read/source.h"
#include "stemma/judgement.h"
#include "stemma/testimony.h"

/** One document. While it is read it is allocated by stm_pack_document_new() and owns its arena and
 *  its source; in the corpus it owns nothing, and all that it points to is the corpus's. */
struct stm_pack_document {
    stemma_document document; /**< Runs are the writer's numbers. */
    struct stm_arena arena;
    stm_source_document *source; /**< NULL unless it was read from a file. */
    uint64_t id;                 /**< As in public ids. */
    int64_t published;           /**< Earliest second; INT64_MAX when undated. */
    bool testimony;              /**< It brought its testimony along. */
    const char *unread;          /**< The language, not English, for which it was not read; NULL.
                                      Static storage. */
    bool too_much;               /**< It was not read: that took more memory than one may have. */
    bool judged;                 /**< Judgements between it and all others so marked came in. */
    stemma_text file;            /**< For complaints; in the arena. */
    uint64_t line;
};

/** A judgement or derivation on its way: ends are named by document ids. */
struct stm_pack_edge {
    bool is_derivation;
    uint64_t left;
    uint64_t right;
    union {
        stemma_judgement judgement;
        stemma_derivation derivation;
    } as;
    char kinds[2]; /**< Of a judgement: 'e' or 'v' where the ids said so, else 0; left, right. */
    enum stm_offset_unit unit; /**< Of the ranges of a derivation. */
    stemma_text file;
    uint64_t line;
};

struct stm_corpus {
    struct stm_pack_document **documents;
    size_t count;
    size_t capacity;
    struct stm_pack_edge *edges; /**< In the arena. */
    size_t edge_count;
    size_t edge_capacity;
    struct stm_term_copies *terms;
    struct stm_arena heads; /**< Owns the documents: near each other, as they are sorted. */
    struct stm_arena arena; /**< Owns what documents and edges point to. */
};

/** An empty corpus whose contents lie in `memory`, which outlives it. */
void stm_corpus_init(struct stm_corpus *corpus, stm_memory *memory);
void stm_corpus_free(struct stm_corpus *corpus);

/** An empty document whose arena holds at most `cap` bytes; NULL when there is no memory. */
struct stm_pack_document *stm_pack_document_new(size_t cap);
void stm_pack_document_free(struct stm_pack_document *document);

/** Takes the document over, also on failure, and works out its digest, id and date. It is copied
 * into the corpus and freed: `*added`, which may be NULL, is where it is then. */
stemma_status stm_corpus_add(struct stm_corpus *corpus, struct stm_pack_document *document,
                             const struct stm_pack_document **added);

/** Room for one more edge, zeroed; NULL when there is no memory. */
struct stm_pack_edge *stm_corpus_add_edge(struct stm_corpus *corpus);

/** Puts documents into canonical order, by (published, undated last; id), and keeps one of those
 *  that are the same document: testimony brought along wins over none, then the one whose fields
 *  sort first, so that the choice does not depend on the order of the input. */
void stm_corpus_sort(struct stm_corpus *corpus, stm_problems *problems);

/** Position of the document with this id, by binary search over `ids`, or STEMMA_NONE. */
struct stm_corpus_index {
    uint64_t id;
    uint32_t position;
};
struct stm_corpus_index *stm_corpus_index_new(const struct stm_corpus *corpus);
uint32_t stm_corpus_index_find(const struct stm_corpus_index *index, size_t count, uint64_t id);

#endif
