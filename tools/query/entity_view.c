/* SPDX-License-Identifier: MIT */
#include "query/entity_view.h"

#include "query/claim_words.h"

#include "common/enum_names.h"

stemma_status stm_entity_load(struct stm_query *query, uint32_t number,
                              struct stm_entity_view *out)
{
    stemma_entity entity;
    stemma_status status = stemma_entity_get(query->item, number, &entity, &query->error);
    if (status != STEMMA_OK) {
        return status;
    }
    memset(out, 0, sizeof *out);
    out->number = number;
    out->type = entity.type;
    out->name = entity.name;
    out->names = entity.names;
    out->name_count = entity.name_count;
    out->documents = entity.documents;
    out->mentions = entity.mentions;
    out->events = entity.events;
    out->claim_first = entity.claim_first;
    out->claim_count = entity.claim_count;
    return stm_query_id(query, STEMMA_REFERENCE_ENTITY, number, out->id);
}

/* ---- JSON -------------------------------------------------------------------------------------- */

void stm_entity_share(stm_json *json, const char *key, uint16_t thousandths)
{
    char text[16];
    int size = snprintf(text, sizeof text, "%u.%03u", thousandths / 1000u, thousandths % 1000u);
    while (text[size - 1] == '0') {
        size--;
    }
    size -= text[size - 1] == '.';
    stm_json_key(json, key);
    if (thousandths == STEMMA_NO_CONFIDENCE) {
        stm_json_null(json);
    } else {
        stm_json_decimal(json, (stemma_text){text, (size_t)size});
    }
}

stemma_status stm_entity_members(struct stm_query *query, const struct stm_entity_view *entity)
{
    stm_json *json = &query->output.json;
    stm_json_member_string(json, "id", entity->id);
    stm_json_member_string(json, "kind", "entity");
    stm_json_member_text(json, "type", entity->type);
    stm_member_text_or_null(json, "name", entity->name);
    stm_json_key(json, "names");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < entity->name_count; i++) {
        stm_json_object_begin(json);
        stm_json_member_text(json, "text", entity->names[i].text);
        stm_json_member_string(json, "kind",
                               stm_enum_name(STM_ENUM_NAME_KIND, entity->names[i].kind));
        stm_json_member_unsigned(json, "documents", entity->names[i].documents);
        stm_json_object_end(json);
    }
    stm_json_array_end(json);
    stm_json_member_unsigned(json, "documents", entity->documents);
    stm_json_member_unsigned(json, "mentions", entity->mentions);
    stm_json_member_unsigned(json, "events", entity->events);
    return STEMMA_OK;
}
