/* SPDX-License-Identifier: MIT */
#include "query/position_list.h"

#include "query/claim_words.h"

/* When a document was published, or null. */
static stemma_status published_member(struct stm_query *query, const char *key, uint32_t number)
{
    stemma_document document;
    stemma_status status = STEMMA_OK;
    memset(&document, 0, sizeof document);
    if (number != STEMMA_NONE) {
        status = stemma_document_get(query->item, number, &document, &query->error);
    }
    stm_member_text_or_null(&query->output.json, key, document.published.edtf);
    return status;
}

stemma_status stm_standing_members(struct stm_query *query, const stemma_standing *standing)
{
    stm_json *json = &query->output.json;
    stemma_status status;
    stm_json_member_unsigned(json, "documents", standing->documents);
    stm_json_member_unsigned(json, "independent", standing->independent);
    stm_json_member_unsigned(json, "speakers", standing->speakers);
    status = published_member(query, "first", standing->first);
    return status == STEMMA_OK ? published_member(query, "last", standing->last) : status;
}

stemma_status stm_position_json(struct stm_query *query, const stemma_position *position,
                                const stemma_claim *updated_by)
{
    stm_json *json = &query->output.json;
    char id[STEMMA_ID_SIZE];
    stemma_status status;
    stm_json_object_begin(json);
    status = stm_standing_members(query, &position->standing);
    stm_json_key(json, "claims");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < position->claim_count && status == STEMMA_OK; i++) {
        struct stm_claim_view view = stm_view_of(&position->claims[i]);
        status = stm_claim_list_json(query, &view, false);
    }
    stm_json_array_end(json);
    if (status == STEMMA_OK && updated_by != NULL) {
        status = stm_query_id(query, STEMMA_REFERENCE_CLAIM, updated_by->number, id);
        stm_json_member_string(json, "updated_by", id);
    }
    stm_json_object_end(json);
    return status;
}

stemma_status stm_position_lines(struct stm_query *query, struct stm_table *table,
                                 const stemma_position *position, const char *note,
                                 bool witnesses)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < position->claim_count && status == STEMMA_OK; i++) {
        struct stm_claim_view view = stm_view_of(&position->claims[i]);
        struct stm_claim_line line = {i == 0 ? &position->standing : NULL, i != 0 ? "+ " : "",
                                      i == 0 ? note : "", witnesses};
        status = stm_claim_list_line(query, table, &view, &line);
    }
    return status;
}
