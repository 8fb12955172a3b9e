/* SPDX-License-Identifier: MIT */
/* What documents derive from. */
#ifndef STEMMA_QUERY_DERIVATION_H
#define STEMMA_QUERY_DERIVATION_H

#include "query/query.h"

/* "derives_from": [{id, kind, score}, ...], a member of the open object; only of documents known. */
stemma_status stm_derivations_member(struct stm_query *query, uint32_t document);

/* "copy of d.0123456789ab (98 %); ..."; of the one that `parent` stands above without its id, as a tree
   shows that: "copy (98 %); quotes d...". `parent` may be STEMMA_NONE. */
stemma_status stm_derivation_words(struct stm_query *query, uint32_t document, uint32_t parent,
                                   struct stm_buffer *out);

/* "copy of (98 %)" */
void stm_derivation_one(const stemma_derivation *derivation, struct stm_buffer *out);

/* "Publisher: Title", or what there is of it. */
void stm_document_title(const stemma_document *document, struct stm_buffer *out);

/* id, uri, publisher, published, title: members of the open object. */
void stm_document_members(stm_json *json, const char *id, const stemma_document *document);

#endif
