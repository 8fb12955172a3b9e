/* SPDX-License-Identifier: MIT */
/* Entities, documents and plain values in words. */
#ifndef STEMMA_QUERY_VALUE_WORDS_H
#define STEMMA_QUERY_VALUE_WORDS_H

#include "query/query.h"

/* All of these append text as stored: not yet safe for a terminal. Failures of the buffer latch in
   it. */

/* The name of an entity; its type in brackets when it has none. */
stemma_status stm_entity_words(struct stm_query *query, uint32_t entity, struct stm_buffer *out);

/* "Bulletin, 2024-05-02" or what there is of it, else the URI. */
void stm_document_words(const stemma_document *document, struct stm_buffer *out);

/* The object of a claim: stemma_object_label(). */
stemma_status stm_value_words(struct stm_query *query, const stemma_claim *claim,
                              struct stm_buffer *out);

#endif
