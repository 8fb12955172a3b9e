/* SPDX-License-Identifier: MIT */
#include "query/derivation.h"

#include "common/enum_names.h"
#include "query/claim_words.h"
#include "query/entity_view.h"

void stm_document_members(stm_json *json, const char *id, const stemma_document *document)
{
    stm_json_member_string(json, "id", id);
    stm_member_text_or_null(json, "uri", document->uri);
    stm_member_text_or_null(json, "publisher", document->publisher);
    stm_member_text_or_null(json, "published", document->published.edtf);
    stm_member_text_or_null(json, "title", document->title);
}

stemma_status stm_derivations_member(struct stm_query *query, uint32_t document)
{
    stm_json *json = &query->output.json;
    const stemma_derivation *derivations = NULL;
    uint32_t count = 0;
    stemma_status status =
        stemma_derivations_of(query->item, document, &derivations, &count, &query->error);
    stm_json_key(json, "derives_from");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        char id[STEMMA_ID_SIZE];
        if (derivations[i].to >= query->until || derivations[i].retracted.size != 0) {
            continue;
        }
        status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, derivations[i].to, id);
        if (status == STEMMA_OK) {
            stm_json_object_begin(json);
            stm_json_member_string(json, "id", id);
            stm_json_member_string(json, "kind",
                                   stm_enum_name(STM_ENUM_DERIVATION_KIND, derivations[i].kind));
            stm_entity_share(json, "score", derivations[i].score);
            stm_json_object_end(json);
        }
    }
    stm_json_array_end(json);
    return status;
}

static void add_share(const stemma_derivation *derivation, struct stm_buffer *out)
{
    if (derivation->score != STEMMA_NO_CONFIDENCE) {
        stm_buffer_addf(out, " (%u %%)", (derivation->score + 5u) / 10u);
    }
}

static const char *words_of(uint8_t kind)
{
    static const char *const words[] = {"derives from", "copy of", "excerpt of", "revision of",
                                        "quotes", "same agency report as"};
    return words[kind < 6 ? kind : 0];
}

/* For a document that is drawn under the other. */
static const char *short_words_of(uint8_t kind)
{
    static const char *const words[] = {"derived", "copy", "excerpt", "revision", "quotes it",
                                        "same agency report"};
    return words[kind < 6 ? kind : 0];
}

void stm_derivation_one(const stemma_derivation *derivation, struct stm_buffer *out)
{
    stm_buffer_add_string(out, words_of(derivation->kind));
    add_share(derivation, out);
}

stemma_status stm_derivation_words(struct stm_query *query, uint32_t document, uint32_t parent,
                                   struct stm_buffer *out)
{
    const stemma_derivation *derivations = NULL;
    uint32_t count = 0;
    stemma_status status =
        stemma_derivations_of(query->item, document, &derivations, &count, &query->error);
    for (int round = 0; round < 2; round++) { /* first that of the tree */
        for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
            const stemma_derivation *one = &derivations[i];
            char id[STEMMA_ID_SIZE];
            if (one->to >= query->until || one->retracted.size != 0 ||
                (one->to == parent) != (round == 0)) {
                continue;
            }
            status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, one->to, id);
            stm_buffer_add_string(out, out->size != 0 ? "; " : "");
            if (round == 0) {
                stm_buffer_add_string(out, short_words_of(one->kind));
            } else {
                stm_buffer_addf(out, "%s %s", words_of(one->kind), id);
            }
            add_share(one, out);
        }
    }
    return status;
}

void stm_document_title(const stemma_document *document, struct stm_buffer *out)
{
    if (document->publisher.size != 0) {
        stm_buffer_add(out, document->publisher);
        stm_buffer_add_string(out, ": ");
    }
    stm_buffer_add(out, document->title.size != 0 ? document->title : document->uri);
}
