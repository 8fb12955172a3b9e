/* SPDX-License-Identifier: MIT */
/* A row's line, parsed: every form that the format allows. */
#include <string.h>

#include "common/interchange_row.h"
#include "base/error.h"

static stemma_status no_memory(struct stm_json_in *in)
{
    return stm_fail(in->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
}

static stemma_status actor(struct stm_json_in *in, const json_t *value, const char *key,
                           struct stm_line_actor *out)
{
    *out = (struct stm_line_actor){{NULL, 0}, STEMMA_NONE};
    if (json_is_string(value) && json_string_length(value) != 0) {
        out->name = stm_arena_text(
            in->arena, (stemma_text){json_string_value(value), json_string_length(value)});
        return out->name.data != NULL ? STEMMA_OK : no_memory(in);
    }
    if (json_is_integer(value) && json_integer_value(value) >= 0 &&
        json_integer_value(value) < STEMMA_NONE) {
        out->position = (uint32_t)json_integer_value(value);
        return STEMMA_OK;
    }
    return stm_in_fail(in, "FIELD_TYPE", key,
                       "An actor is its name or its position in \"referents\"");
}

static stemma_status actor_member(struct stm_json_in *in, const json_t *object, const char *key,
                                  struct stm_line_actor *out)
{
    const json_t *value = json_object_get(object, key);
    *out = (struct stm_line_actor){{NULL, 0}, STEMMA_NONE};
    return value == NULL || json_is_null(value) ? STEMMA_OK : actor(in, value, key, out);
}

static stemma_status participants(struct stm_json_in *in, const json_t *object,
                                  struct stm_line_row *out)
{
    json_t *roles = json_object_get(object, "participants");
    struct stm_line_participant *list;
    size_t count = 0;
    const char *role;
    json_t *value;
    if (roles == NULL || json_is_null(roles)) {
        return STEMMA_OK;
    }
    if (!json_is_object(roles)) {
        return stm_in_fail(in, "FIELD_TYPE", "participants", "Participants are an object of roles");
    }
    json_object_foreach(roles, role, value)
    {
        count += json_is_array(value) ? json_array_size(value) : 1;
    }
    list = stm_arena_alloc(in->arena, count, sizeof *list);
    if (list == NULL) {
        return no_memory(in);
    }
    count = 0;
    json_object_foreach(roles, role, value)
    {
        size_t many = json_is_array(value) ? json_array_size(value) : 1;
        stemma_text name = stm_arena_text(in->arena, stemma_text_of(role));
        if (name.data == NULL && role[0] != '\0') {
            return no_memory(in);
        }
        for (size_t i = 0; i < many; i++) {
            list[count].role = name;
            STM_TRY(actor(in, json_is_array(value) ? json_array_get(value, i) : value,
                          "participants", &list[count].actor));
            count++;
        }
    }
    out->participants = list;
    out->participant_count = (uint32_t)count;
    return STEMMA_OK;
}

static stemma_status quantity(struct stm_json_in *in, const json_t *object,
                              struct stm_line_row *out)
{
    const json_t *value = json_object_get(object, "quantity");
    if (value == NULL || json_is_null(value)) {
        return STEMMA_OK;
    }
    if (!json_is_object(value)) {
        return stm_in_fail(in, "FIELD_TYPE", "quantity", "A quantity is an object");
    }
    STM_TRY(stm_in_known(in, value, " predicate amount unit "));
    STM_TRY(stm_in_text(in, value, "predicate", &out->predicate));
    STM_TRY(stm_in_text(in, value, "amount", &out->amount));
    STM_TRY(stm_in_text(in, value, "unit", &out->unit));
    if (out->predicate.size == 0 || out->amount.size == 0) {
        return stm_in_fail(in, "FIELD_MISSING", "quantity",
                           "A quantity needs a predicate and an amount");
    }
    return STEMMA_OK;
}

stemma_status stm_interchange_row(struct stm_json_in *in, const json_t *object,
                                  struct stm_line_row *out)
{
    memset(out, 0, sizeof *out);
    out->number = STEMMA_NONE;
    STM_TRY(stm_in_ordinal(in, object, "row", &out->number));
    STM_TRY(stm_in_text(in, object, "type", &out->type));
    STM_TRY(stm_in_text(in, object, "time", &out->time));
    STM_TRY(participants(in, object, out));
    STM_TRY(actor_member(in, object, "place", &out->place));
    STM_TRY(actor_member(in, object, "source", &out->source));
    STM_TRY(stm_in_text(in, object, "external_id", &out->external_id));
    STM_TRY(stm_in_text(in, object, "content", &out->content));
    STM_TRY(quantity(in, object, out));
    if (out->number == STEMMA_NONE || out->type.size == 0) {
        return stm_in_fail(in, "FIELD_MISSING", out->type.size == 0 ? "type" : "row",
                           "A row needs its number and a type");
    }
    return STEMMA_OK;
}
