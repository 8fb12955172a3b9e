/* SPDX-License-Identifier: MIT */
/* The card of a document. */
#ifndef STEMMA_QUERY_SHOW_DOCUMENT_H
#define STEMMA_QUERY_SHOW_DOCUMENT_H

#include "query/query.h"

stemma_status stm_show_document(struct stm_query *query, uint32_t document);

#endif
