/* SPDX-License-Identifier: MIT */
#include "query/claim_view.h"

#include <stdlib.h>

#include "common/enum_names.h"
#include "query/label.h"

/* ---- What is known --------------------------------------------------------------------------- */

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static uint32_t distinct(uint32_t *numbers, uint32_t count)
{
    uint32_t kept = 0;
    if (count > 1) {
        qsort(numbers, count, sizeof *numbers, by_number);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || numbers[i] != numbers[kept - 1]) {
            numbers[kept++] = numbers[i];
        }
    }
    return kept;
}

stemma_status stm_count_independent(struct stm_query *query, const uint32_t *documents,
                                    uint32_t count, uint32_t *out)
{
    uint32_t *groups = stm_arena_alloc(&query->arena, count, sizeof *groups);
    if (groups == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        stemma_status status = stemma_independence_group(query->item, documents[i], &groups[i],
                                                         &query->error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    *out = distinct(groups, count);
    return STEMMA_OK;
}

static stemma_status count_speakers(struct stm_query *query, stemma_claim *claim)
{
    uint32_t *speakers = stm_arena_alloc(&query->arena, claim->witness_count, sizeof *speakers);
    uint32_t count = 0;
    if (speakers == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < claim->witness_count; i++) {
        const struct stm_source *source;
        stemma_referent_id referent = {claim->witnesses[i].document, STEMMA_NONE};
        stemma_reference entity;
        stemma_status status = stm_query_source(query, referent.document, &source);
        if (status != STEMMA_OK) {
            return status;
        }
        if (claim->witnesses[i].assertion < source->document.assertion_count) {
            referent.referent = source->document.assertions[claim->witnesses[i].assertion].speaker;
        }
        if (referent.referent == STEMMA_NONE) {
            continue;
        }
        status = stemma_member_of(query->item, referent, &entity, &query->error);
        if (status != STEMMA_OK) {
            return status;
        }
        speakers[count++] = entity.number;
    }
    claim->speakers = distinct(speakers, count);
    return STEMMA_OK;
}

/* Leaves the witnesses that are known, and counts them anew. */
static stemma_status cut_claim(struct stm_query *query, stemma_claim *claim)
{
    uint32_t known = 0;
    uint32_t *documents;
    stemma_status status;
    while (known < claim->witness_count && claim->witnesses[known].document < query->until) {
        known++;
    }
    claim->witness_count = known;
    documents = stm_arena_alloc(&query->arena, known, sizeof *documents);
    if (documents == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < known; i++) {
        documents[i] = claim->witnesses[i].document;
    }
    claim->documents = distinct(documents, known);
    status = stm_count_independent(query, documents, claim->documents, &claim->independent);
    /* Who speaks stands in the documents: they are only opened when anybody does. */
    return status == STEMMA_OK && claim->speakers != 0 ? count_speakers(query, claim) : status;
}

stemma_status stm_claim_load(struct stm_query *query, uint32_t number, struct stm_claim_view *out)
{
    stemma_claim *claim = &out->claim;
    stemma_status status = stemma_claim_get(query->item, number, claim, &query->error);
    out->cut = false;
    if (status != STEMMA_OK || !stm_query_is_dated(query) || claim->witness_count == 0 ||
        claim->witnesses[claim->witness_count - 1].document < query->until) {
        return status;
    }
    out->cut = true;
    if (claim->witnesses[0].document >= query->until) {
        claim->witness_count = 0;
        return STEMMA_NOT_FOUND;
    }
    return cut_claim(query, claim);
}

stemma_status stm_claims_load(struct stm_query *query, uint32_t first, uint32_t count,
                              struct stm_claim_view **out, uint32_t *out_count)
{
    struct stm_claim_view *views = NULL;
    size_t capacity = 0;
    *out_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        stemma_status status =
            stm_arena_grow(&query->arena, &views, *out_count, &capacity, sizeof *views);
        if (status == STEMMA_OK) {
            status = stm_claim_load(query, first + i, &views[*out_count]);
        }
        if (status == STEMMA_NOT_FOUND) {
            continue;
        }
        if (status != STEMMA_OK) {
            return status;
        }
        (*out_count)++;
    }
    *out = views;
    return STEMMA_OK;
}

/* ---- Words ----------------------------------------------------------------------------------- */

static void quantity_words(const stemma_quantity *quantity, struct stm_buffer *out)
{
    if (quantity->raw.size != 0) {
        stm_buffer_add(out, quantity->raw);
        return;
    }
    if (quantity->modifier != STEMMA_MODIFIER_NONE) {
        const char *word = stm_enum_name(STM_ENUM_MODIFIER, quantity->modifier);
        for (; *word != '\0'; word++) {
            stm_buffer_add(out, (stemma_text){*word == '_' ? " " : word, 1});
        }
        stm_buffer_add_string(out, " ");
    }
    if (quantity->amount.size != 0) {
        stm_buffer_add(out, quantity->amount);
    } else {
        stm_buffer_add(out, quantity->lower);
        stm_buffer_add_string(out, "..");
        stm_buffer_add(out, quantity->upper);
    }
    if (quantity->unit.size != 0) {
        stm_buffer_add_string(out, " ");
        stm_buffer_add(out, quantity->unit);
    }
    if (quantity->counted.size != 0) {
        stm_buffer_add_string(out, " ");
        stm_buffer_add(out, quantity->counted);
    }
}

static void time_words(const stemma_time *time, struct stm_buffer *out)
{
    stm_buffer_add(out, time->edtf.size != 0 ? time->edtf : time->raw);
    if (time->edtf.size != 0 && time->raw.size != 0 &&
        !stemma_text_equal(time->raw, time->edtf)) {
        stm_buffer_add_string(out, " (\xE2\x80\x9C");
        stm_buffer_add(out, time->raw);
        stm_buffer_add_string(out, "\xE2\x80\x9D)");
    }
}

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
    const stemma_object *object = &claim->object;
    switch (object->kind) {
    case STEMMA_OBJECT_REFERENT:
        return referent_words(query, claim->object_referent_kind, object->as.referent, out);
    case STEMMA_OBJECT_TEXT:
        stm_buffer_add(out, object->as.text);
        break;
    case STEMMA_OBJECT_TIME:
        time_words(&object->as.time, out);
        break;
    case STEMMA_OBJECT_PLACE:
        if (object->as.place.referent != STEMMA_NONE) {
            return referent_words(query, claim->object_referent_kind, object->as.place.referent,
                                  out);
        }
        stm_buffer_add(out, object->as.place.raw);
        break;
    case STEMMA_OBJECT_QUANTITY:
        quantity_words(&object->as.quantity, out);
        break;
    case STEMMA_OBJECT_SOME:
        stm_buffer_add_string(out, "(something unnamed)");
        break;
    default:
        stm_buffer_add_string(out, "(nothing)");
        break;
    }
    return STEMMA_OK;
}

/* ---- JSON ------------------------------------------------------------------------------------ */

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
