/* SPDX-License-Identifier: MIT */
/* Deriving the index from testimony and judgements.
 *
 *     stm_index index;
 *     stm_index_init(&index, terms, term_count);
 *     stm_index_expect(&index, document_count);
 *     for each document by number:             stm_index_add_document(&index, &document, &error);
 *         when it is a data set:               stm_index_add_rows(&index, &set, &error);
 *     for each judgement in canonical order:   stm_index_add_judgement(&index, &judgement, &error);
 *     for each derivation:                     stm_index_add_derivation(&index, &one, &error);
 *     stm_index_build(&index, &error);
 *     ... read the arrays of index_model.h ...
 *     stm_index_free(&index);
 *
 * One thread at a time. What is given is copied, but for the vocabulary, which is borrowed. */
#ifndef STEMMA_LIB_INDEX_H
#define STEMMA_LIB_INDEX_H

#include "index/index_model.h"

/* Starts an empty index over a vocabulary that is ascending by (kind, name) and outlives it. */
void stm_index_init(stm_index *index, const stemma_term *terms, uint32_t term_count);

/* Has the arrays of an index that nothing was added to yet lie in `memory`, which outlives it. */
void stm_index_use_memory(stm_index *index, stm_memory *memory);

/* Says how many documents there will be: the pairs of words that are indexed follow from it.
   Without it there are none. Due before the first document. */
void stm_index_expect(stm_index *index, uint32_t documents);

/* Takes in the next document's referents, assertions and mention counts, and of its text, when it
   is there, the words. The document must have passed stm_validate_document() or come from a file
   whose records were checked. STEMMA_E_NO_MEMORY, STEMMA_E_LIMIT, STEMMA_E_INVALID for a term that
   the vocabulary lacks. */
stemma_status stm_index_add_document(stm_index *index, const stemma_document *document,
                                     stemma_error *error);

/* Takes in the rows of the document that was added last, whose referents are its actors. The set is
   resolved, outlives the index, and is written to. STEMMA_E_NO_MEMORY, STEMMA_E_LIMIT,
   STEMMA_E_INVALID for a term that the vocabulary lacks. */
stemma_status stm_index_add_rows(stm_index *index, stm_row_set *set, stemma_error *error);

/* Takes in a judgement whose documents are numbered as they were added; those that are retracted
   are passed over. STEMMA_E_INVALID when it names a referent that is not there. */
stemma_status stm_index_add_judgement(stm_index *index, const stemma_judgement *judgement,
                                      stemma_error *error);

stemma_status stm_index_add_derivation(stm_index *index, const stemma_derivation *derivation,
                                       stemma_error *error);

/* Derives everything: clusters, groups, claims, entity and event rows, numbers. */
stemma_status stm_index_build(stm_index *index, stemma_error *error);

/* Frees all that the index holds; harmless on a zeroed one. */
void stm_index_free(stm_index *index);

#endif
