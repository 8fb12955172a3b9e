/* SPDX-License-Identifier: MIT */
#include "query/claim_words.h"

#include "common/enum_names.h"
#include "query/label.h"
#include "query/value_words.h"

static stemma_status referent_words(struct stm_query *query, uint8_t kind, uint32_t number,
                                    struct stm_buffer *out)
{
    if (kind == STEMMA_REFERENT_ENTITY) {
        return stm_entity_words(query, number, out);
    }
    return stm_event_words(query, number, out);
}

stemma_status stm_object_words(struct stm_query *query, const stemma_claim *claim,
                               struct stm_buffer *out)
{
    return stm_value_words(query, claim, out);
}

void stm_member_text_or_null(stm_json *json, const char *key, stemma_text text)
{
    stm_json_key(json, key);
    if (text.size != 0) {
        stm_json_text(json, text);
    } else {
        stm_json_null(json);
    }
}

void stm_member_enum(stm_json *json, const char *key, int which, uint8_t value)
{
    stm_member_text_or_null(json, key,
                            value != 0 ? stemma_text_of(stm_enum_name((enum stm_enum)which, value))
                                       : (stemma_text){NULL, 0});
}

/* The members id and name of an entity or event. */
static stemma_status reference_members(struct stm_query *query, uint8_t kind, uint32_t number)
{
    stm_json *json = &query->output.json;
    struct stm_buffer words = {0};
    char id[STEMMA_ID_SIZE];
    stemma_status status = stm_query_id(
        query, kind == STEMMA_REFERENT_ENTITY ? STEMMA_REFERENCE_ENTITY : STEMMA_REFERENCE_EVENT,
        number, id);
    if (status == STEMMA_OK) {
        status = referent_words(query, kind, number, &words);
    }
    if (status == STEMMA_OK) {
        stm_json_member_string(json, "id", id);
        stm_json_member_text(json, "name", stm_buffer_text(&words));
    }
    if (words.failed) {
        status = STEMMA_E_NO_MEMORY;
    }
    stm_buffer_free(&words);
    return status;
}

stemma_status stm_reference_json(struct stm_query *query, uint8_t referent_kind, uint32_t number)
{
    stm_json *json = &query->output.json;
    stemma_status status;
    if (number == STEMMA_NONE) {
        stm_json_null(json);
        return STEMMA_OK;
    }
    stm_json_object_begin(json);
    status = reference_members(query, referent_kind, number);
    stm_json_object_end(json);
    return status;
}

static void quantity_members(stm_json *json, const stemma_quantity *quantity)
{
    stm_member_text_or_null(json, "text", quantity->raw);
    stm_member_text_or_null(json, "amount", quantity->amount);
    stm_member_text_or_null(json, "lower", quantity->lower);
    stm_member_text_or_null(json, "upper", quantity->upper);
    stm_member_enum(json, "modifier", STM_ENUM_MODIFIER, quantity->modifier);
    stm_member_text_or_null(json, "counted", quantity->counted);
    stm_member_text_or_null(json, "unit", quantity->unit);
}

stemma_status stm_object_json(struct stm_query *query, const stemma_claim *claim)
{
    static const char *const kinds[] = {"entity",   "text", "time", "place",
                                        "quantity", "some", "none"};
    stm_json *json = &query->output.json;
    const stemma_object *object = &claim->object;
    const char *kind = kinds[object->kind <= STEMMA_OBJECT_NONE ? object->kind : 6];
    uint32_t referent = STEMMA_NONE;
    stemma_status status = STEMMA_OK;
    if (object->kind == STEMMA_OBJECT_REFERENT) {
        referent = object->as.referent;
        kind = claim->object_referent_kind == STEMMA_REFERENT_EVENT ? "event" : "entity";
    } else if (object->kind == STEMMA_OBJECT_PLACE) {
        referent = object->as.place.referent;
    }
    stm_json_object_begin(json);
    stm_json_member_string(json, "kind", kind);
    if (referent != STEMMA_NONE) {
        status = reference_members(query, claim->object_referent_kind, referent);
    }
    if (object->kind == STEMMA_OBJECT_TEXT) {
        stm_json_member_text(json, "text", object->as.text);
    } else if (object->kind == STEMMA_OBJECT_TIME) {
        stm_member_text_or_null(json, "text", object->as.time.raw);
        stm_member_text_or_null(json, "edtf", object->as.time.edtf);
    } else if (object->kind == STEMMA_OBJECT_PLACE) {
        stm_member_text_or_null(json, "text", object->as.place.raw);
    } else if (object->kind == STEMMA_OBJECT_QUANTITY) {
        quantity_members(json, &object->as.quantity);
    }
    stm_json_object_end(json);
    return status;
}

stemma_status stm_claim_members(struct stm_query *query, const struct stm_claim_view *view)
{
    stm_json *json = &query->output.json;
    char id[STEMMA_ID_SIZE];
    stemma_status status =
        stm_query_id(query, STEMMA_REFERENCE_CLAIM, view->claim.number, id);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_json_member_string(json, "id", id);
    stm_json_member_text(json, "predicate", view->claim.predicate);
    stm_json_key(json, "object");
    status = stm_object_json(query, &view->claim);
    stm_member_enum(json, "polarity", STM_ENUM_POLARITY, view->claim.polarity);
    stm_json_member_unsigned(json, "documents", view->claim.documents);
    stm_json_member_unsigned(json, "independent", view->claim.independent);
    stm_json_member_unsigned(json, "speakers", view->claim.speakers);
    return status;
}
