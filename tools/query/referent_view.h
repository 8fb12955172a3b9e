/* SPDX-License-Identifier: MIT */
/* A referent: one thing or happening as one document speaks of it. */
#ifndef STEMMA_QUERY_REFERENT_VIEW_H
#define STEMMA_QUERY_REFERENT_VIEW_H

#include "query/quote.h"

struct stm_referent_view {
    stemma_referent_id referent;
    char id[STEMMA_ID_SIZE];         /* "e.DOCUMENT.3" */
    const struct stm_source *source; /* until the next document is loaded, as the quote */
    stemma_text name;                /* as the document calls it; empty for most events */
    struct stm_quote quote;          /* its canonical mention in the sentence */
};

/* The public id of a referent; `kind` is a stemma_referent_kind. STEMMA_NOT_FOUND, and no id, when its
   document is not known as of the date. */
stemma_status stm_referent_id_text(struct stm_query *query, uint8_t kind,
                                   stemma_referent_id referent, char out[STEMMA_ID_SIZE]);

/* STEMMA_E_DAMAGED when the document has no such referent. */
stemma_status stm_referent_load(struct stm_query *query, uint8_t kind, stemma_referent_id referent,
                                struct stm_referent_view *out);

#endif
