/* SPDX-License-Identifier: MIT */
/* The rows of entities and events, derived from clusters and grouped claims. */
#ifndef STEMMA_LIB_INDEX_ROWS_H
#define STEMMA_LIB_INDEX_ROWS_H

#include "index/index_model.h"
#include "index/index_postings.h"

/* Fills `entities` in their final order and the numbers of their clusters. Needs clusters. */
stemma_status stm_index_entities(stm_index *index);

/* Fills `events` in their final order, their participants, and the numbers of their clusters;
   counts the events of each entity. Needs entities, and claims by cluster. */
stemma_status stm_index_events(stm_index *index);

/* Fills what is contested of events and entities. Needs claims in their final order. */
void stm_index_contested(stm_index *index);

/* Gives out the postings of table `speaker`, in order. Needs claims in their final order.
   STEMMA_E_NO_MEMORY, STEMMA_E_LIMIT, or what `post` returned. */
stemma_status stm_index_post_speakers(const stm_index *index, stm_index_post *post, void *context);

/* Takes in how the assertions of a document are made. STEMMA_E_NO_MEMORY. */
stemma_status stm_index_add_voices(stm_index *index, const stemma_document *document);

/* Takes in the words of a document's text, unless it is withheld: what must not be stored must not
   be told by its words either. */
stemma_status stm_index_add_words(stm_index *index, const stemma_document *document);

/* Gives out the postings of table `term`, in order. */
stemma_status stm_index_post_words(const stm_index *index, stm_index_post *post, void *context);

/* Notes the next term of the texts. STEMMA_E_NO_MEMORY. */
stemma_status stm_index_keep_term(stm_index *index, uint32_t term);

/* Gives out the postings of table `neighbour`, in order: none unless stm_index_expect() was told of enough
   documents. */
stemma_status stm_index_post_pairs(const stm_index *index, stm_index_post *post, void *context);
void stm_index_words_free(stm_index *index);

/* The most frequent number of `values` (which it sorts), the least of them among equals. `count` is
   at least 1. */
uint32_t stm_most_frequent(uint32_t *values, size_t count);

/* The type of an event whose members have `types` (which it changes; at least one), terms of the
   vocabulary: the most frequent, but "event", which says only that something happened, only when
   there is no other. */
uint32_t stm_index_event_type(uint32_t *types, size_t count, const stemma_term *terms);

/* How many distinct documents, and how many independence groups, the members of a cluster come
   from. `scratch` has room for the cluster's members. */
void stm_cluster_documents(const stm_index *index, uint32_t cluster, uint32_t *scratch,
                           uint32_t *documents, uint32_t *independent);

#endif
