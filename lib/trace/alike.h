/* SPDX-License-Identifier: MIT */
/* Comparing the texts of documents sentence by sentence: what of it is remembered from one document
   to the next, a document ready to be compared, and comparing two. */
#ifndef STEMMA_LIB_ALIKE_H
#define STEMMA_LIB_ALIKE_H

#include "index/index_memory.h"
#include "search/search_cache.h"
#include "file/snapshot.h"
#include "stemma/sources.h"

#define STM_ALIKE_TERMS   (1u << 18) /* different ones in all documents that are compared together */
#define STM_ALIKE_RUN     5u         /* words that stand in both */
#define STM_ALIKE_LIKE    0.25       /* of two sentences */
#define STM_ALIKE_ENOUGH  12.0       /* weight of common words that suffices in the largest file */
#define STM_ALIKE_COMMON  3u         /* different words */

/* The terms met so far, and what they weigh. */
typedef struct stm_alike_terms {
    stemma_snapshot *snapshot;
    stm_search_cache *cache;
    stm_posting_source source;
    stm_strings strings;
    double *weights;     /* by number of the term */
    uint32_t *documents; /* that have it, of those known */
    size_t weight_capacity, document_capacity;
    uint32_t known;      /* documents of the file that are */
    double enough;       /* weight that two sentences must share */
} stm_alike_terms;

/* STEMMA_E_NO_MEMORY, STEMMA_E_DAMAGED. To be ended also after an error. */
stemma_status stm_alike_begin(stm_alike_terms *terms, stemma_snapshot *snapshot,
                              stemma_error *error);
void stm_alike_end(stm_alike_terms *terms);

typedef struct stm_alike_word {
    uint32_t term;
    stemma_span span; /* bytes of the document's text */
} stm_alike_word;

typedef struct stm_alike_sentence {
    stemma_span span;
    uint32_t word_first, word_count; /* in the order of the text */
    uint32_t set_first, set_count;   /* different terms, ascending */
    double weight;                   /* of these */
} stm_alike_sentence;

typedef struct stm_alike_document {
    uint32_t number;
    stemma_text text; /* in the snapshot's memory */
    stm_alike_sentence *sentences;
    uint32_t sentence_count;
    stm_alike_word *words;
    uint32_t word_count;
    uint32_t *sets;
    uint32_t set_count;
    double weight; /* of all sentences */
    bool is_partial;
    size_t sentence_capacity, word_capacity, set_capacity;
} stm_alike_document;

/* Reads a document into `out`, which is zeroed or was read into before: its arrays are used again. Takes
   memory of the snapshot for the text. STEMMA_NOT_FOUND; STEMMA_E_NO_MEMORY, STEMMA_E_DAMAGED. */
stemma_status stm_alike_read(stm_alike_terms *terms, uint32_t document, stm_alike_document *out,
                             stemma_error *error);
/* One sentence of a document into `out`, which is zeroed. The text is borrowed. */
stemma_status stm_alike_read_sentence(stm_alike_terms *terms, uint32_t document, stemma_text text,
                                      stm_alike_document *out, stemma_error *error);
void stm_alike_document_free(stm_alike_document *document);

/* Two documents compared; `*pairs` is malloc'ed, and what `out` points to. STEMMA_E_NO_MEMORY. */
stemma_status stm_alike_compare(const stm_alike_terms *terms, const stm_alike_document *from,
                                const stm_alike_document *to, stemma_alike *out,
                                stemma_alike_pair **pairs, stemma_error *error);

/* Marks in a passage whose texts are there which words only one side has. STEMMA_E_NO_MEMORY. */
stemma_status stm_passage_compare(stemma_snapshot *snapshot, stemma_passage *passage,
                                  stemma_error *error);

/* The texts of a passage and their places in code points; empty when withheld. STEMMA_E_DAMAGED. */
stemma_status stm_passage_fetch(stemma_snapshot *snapshot, uint32_t document, stemma_span span,
                                stemma_text *text, stemma_span *points, stemma_error *error);

stemma_status stm_alike_no_memory(stemma_error *error);

#endif
