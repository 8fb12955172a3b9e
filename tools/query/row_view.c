/* SPDX-License-Identifier: MIT */
#include "query/row_view.h"

#include "query/entity_view.h"
#include "query/claim_words.h"
#include "query/value_words.h"

#define NAME_WIDTH 12 /* columns of the names of fields */

stemma_status stm_row_view_load(struct stm_query *query, uint32_t document,
                                const stemma_assertion *assertion, struct stm_row_view *out)
{
    stemma_referent_id referent = {document, assertion->subject};
    uint32_t index;
    stemma_status status = stemma_row_of(query->item, referent, &index, &query->error);
    memset(out, 0, sizeof *out);
    out->document = STEMMA_NONE;
    if (status == STEMMA_NOT_FOUND) {
        return STEMMA_OK;
    }
    if (status == STEMMA_OK) {
        status = stemma_row_get(query->item, document, index, &out->row, &query->error);
    }
    if (status == STEMMA_OK) {
        out->document = document;
    }
    return status;
}

/* The entity that an actor of the row is. STEMMA_NONE for none. */
static stemma_status entity_of(struct stm_query *query, const struct stm_row_view *view,
                               uint32_t actor, uint32_t *entity)
{
    stemma_referent_id referent = {view->document, actor};
    stemma_reference reference;
    stemma_status status;
    *entity = STEMMA_NONE;
    if (actor == STEMMA_NONE) {
        return STEMMA_OK;
    }
    status = stemma_member_of(query->item, referent, &reference, &query->error);
    if (status == STEMMA_OK && reference.kind == STEMMA_REFERENCE_ENTITY) {
        *entity = reference.number;
    }
    return status;
}

/* ---- JSON --------------------------------------------------------------------------------------
 */

static stemma_status actor_json(struct stm_query *query, const struct stm_row_view *view,
                                uint32_t actor)
{
    uint32_t entity;
    stemma_status status = entity_of(query, view, actor, &entity);
    return status == STEMMA_OK ? stm_reference_json(query, STEMMA_REFERENT_ENTITY, entity) : status;
}

static stemma_status participants_json(struct stm_query *query, const struct stm_row_view *view)
{
    stm_json *json = &query->output.json;
    stemma_status status = STEMMA_OK;
    stm_json_key(json, "participants");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < view->row.participant_count && status == STEMMA_OK; i++) {
        uint32_t entity;
        status = entity_of(query, view, view->row.participants[i].referent, &entity);
        stm_json_object_begin(json);
        stm_json_member_text(json, "role", view->row.participants[i].role);
        stm_json_key(json, "actor");
        if (status == STEMMA_OK) {
            status = stm_reference_json(query, STEMMA_REFERENT_ENTITY, entity);
        } else {
            stm_json_null(json);
        }
        stm_json_object_end(json);
    }
    stm_json_array_end(json);
    return status;
}

stemma_status stm_row_view_json(struct stm_query *query, const struct stm_row_view *view)
{
    stm_json *json = &query->output.json;
    const stemma_row_view *row = &view->row;
    stemma_status status;
    stm_json_key(json, "row");
    if (view->document == STEMMA_NONE) {
        stm_json_null(json);
        return STEMMA_OK;
    }
    stm_json_object_begin(json);
    stm_json_member_unsigned(json, "number", row->number);
    stm_json_member_text(json, "type", row->type);
    stm_member_text_or_null(json, "time", row->time);
    status = participants_json(query, view);
    stm_json_key(json, "place");
    if (status == STEMMA_OK) {
        status = actor_json(query, view, row->place);
    }
    stm_json_key(json, "source");
    if (status == STEMMA_OK) {
        status = actor_json(query, view, row->source);
    }
    stm_member_text_or_null(json, "external_id", row->external_id);
    stm_member_text_or_null(json, "content", row->content);
    stm_json_key(json, "quantity");
    if (row->quantity_predicate.size == 0) {
        stm_json_null(json);
    } else {
        stm_json_object_begin(json);
        stm_json_member_text(json, "predicate", row->quantity_predicate);
        stm_json_member_text(json, "amount", row->amount);
        stm_member_text_or_null(json, "unit", row->unit);
        stm_json_object_end(json);
    }
    stm_json_object_end(json);
    return status;
}

/* ---- Text --------------------------------------------------------------------------------------
 */

static void text_line(struct stm_query *query, stemma_text name, stemma_text value)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    struct stm_buffer line = {0};
    size_t width = name.size;
    if (value.size == 0) {
        return;
    }
    stm_buffer_add_string(&line, stm_style_on(terminal, STM_STYLE_DIM));
    stm_buffer_add_safe(&line, name);
    stm_buffer_add_string(&line, stm_style_off(terminal, STM_STYLE_DIM));
    do {
        stm_buffer_add_string(&line, " ");
    } while (++width < NAME_WIDTH);
    stm_buffer_add_safe(&line, value);
    fprintf(terminal->file, "    %.*s\n", (int)line.size, line.data != NULL ? line.data : "");
    stm_buffer_free(&line);
}

static stemma_status actor_line(struct stm_query *query, const struct stm_row_view *view,
                                stemma_text name, uint32_t actor)
{
    struct stm_buffer words = {0};
    uint32_t entity;
    stemma_status status = entity_of(query, view, actor, &entity);
    if (status == STEMMA_OK && entity != STEMMA_NONE) {
        status = stm_entity_words(query, entity, &words);
    }
    text_line(query, name, stm_buffer_text(&words));
    stm_buffer_free(&words);
    return status;
}

stemma_status stm_row_view_text(struct stm_query *query, const struct stm_row_view *view)
{
    const stemma_row_view *row = &view->row;
    struct stm_buffer amount = {0};
    stemma_status status = STEMMA_OK;
    text_line(query, stemma_text_of("type"), row->type);
    text_line(query, stemma_text_of("time"), row->time);
    for (uint32_t i = 0; i < row->participant_count && status == STEMMA_OK; i++) {
        status = actor_line(query, view, row->participants[i].role, row->participants[i].referent);
    }
    if (status == STEMMA_OK) {
        status = actor_line(query, view, stemma_text_of("place"), row->place);
    }
    if (status == STEMMA_OK) {
        status = actor_line(query, view, stemma_text_of("source"), row->source);
    }
    stm_buffer_add(&amount, row->amount);
    stm_buffer_add_string(&amount, row->unit.size != 0 ? " " : "");
    stm_buffer_add(&amount, row->unit);
    text_line(query, row->quantity_predicate, stm_buffer_text(&amount));
    text_line(query, stemma_text_of("content"), row->content);
    text_line(query, stemma_text_of("id"), row->external_id);
    stm_buffer_free(&amount);
    return status;
}
