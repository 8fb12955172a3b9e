/* SPDX-License-Identifier: MIT */
#include "query/referent_view.h"

#include <stdio.h>

stemma_status stm_referent_id_text(struct stm_query *query, uint8_t kind,
                                   stemma_referent_id referent, char out[STEMMA_ID_SIZE])
{
    char document[STEMMA_ID_SIZE];
    stemma_status status =
        stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, referent.document, document);
    out[0] = '\0';
    if (status == STEMMA_OK) {
        /* "d.DOCUMENT" but for the kind */
        snprintf(out, STEMMA_ID_SIZE, "%c.%.12s.%u",
                 kind == STEMMA_REFERENT_EVENT ? STEMMA_REFERENCE_EVENT : STEMMA_REFERENCE_ENTITY,
                 document + 2, referent.referent);
    }
    return status;
}

/* The canonical mention, or else the first. */
static void find_mention(struct stm_referent_view *view)
{
    const stemma_document *document = &view->source->document;
    const stemma_mention *best = NULL;
    for (uint32_t i = 0; i < document->mention_count; i++) {
        const stemma_mention *mention = &document->mentions[i];
        if (mention->referent == view->referent.referent && mention->span_count != 0 &&
            (best == NULL || (mention->canonical && !best->canonical))) {
            best = mention;
        }
    }
    if (best != NULL) {
        stemma_span span = {best->spans[0].start, best->spans[best->span_count - 1].end};
        stm_quote_span(view->source, span, &view->quote);
    }
}

stemma_status stm_referent_load(struct stm_query *query, uint8_t kind, stemma_referent_id referent,
                                struct stm_referent_view *out)
{
    const stemma_document *document;
    stemma_status status;
    memset(out, 0, sizeof *out);
    out->referent = referent;
    status = stm_referent_id_text(query, kind, referent, out->id);
    if (status == STEMMA_OK) {
        status = stm_query_record(query, referent.document, &out->source);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    document = &out->source->document;
    if (document->row_count != 0) {
        return STEMMA_OK; /* of a data set, which may have millions: its actors and rows stand in no sentence */
    }
    status = stm_query_testimony(query, referent.document, &out->source);
    if (status != STEMMA_OK) {
        return status;
    }
    document = &out->source->document;
    if (referent.referent >= document->referent_count) {
        return STEMMA_E_DAMAGED;
    }
    if (document->referents[referent.referent].name_count != 0) {
        out->name = document->referents[referent.referent].names[0].text;
    }
    find_mention(out);
    return STEMMA_OK;
}
