/* SPDX-License-Identifier: MIT */
#include "query/value_words.h"

stemma_status stm_entity_words(struct stm_query *query, uint32_t entity, struct stm_buffer *out)
{
    stemma_reference reference = {STEMMA_REFERENCE_ENTITY, entity};
    stemma_text text;
    stemma_status status = stemma_label(query->item, reference, &text, &query->error);
    if (status == STEMMA_OK) {
        stm_buffer_add(out, text);
    }
    return status;
}

void stm_document_words(const stemma_document *document, struct stm_buffer *out)
{
    stemma_text published = document->published.edtf.size != 0 ? document->published.edtf
                                                               : document->published.raw;
    stm_buffer_add(out, document->publisher.size != 0 ? document->publisher : document->uri);
    if (published.size != 0) {
        stm_buffer_add_string(out, ", ");
        stm_buffer_add(out, published);
    }
}

stemma_status stm_value_words(struct stm_query *query, const stemma_claim *claim,
                              struct stm_buffer *out)
{
    stemma_text text;
    stemma_status status = stemma_object_label(query->item, claim, &text, &query->error);
    if (status == STEMMA_OK) {
        stm_buffer_add(out, text);
    }
    return status;
}
