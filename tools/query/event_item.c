/* SPDX-License-Identifier: MIT */
#include "query/event_item.h"

#include "common/enum_names.h"
#include "query/claim_words.h"
#include "query/label.h"
#include "query/value_words.h"

#define NARROW 120u /* columns of a terminal */

/* ---- JSON -------------------------------------------------------------------------------------- */

static void time_member(stm_json *json, const struct stm_event_view *event)
{
    char text[STM_TIME_SIZE];
    stm_json_key(json, "time");
    stm_json_object_begin(json);
    stm_member_text_or_null(json, "edtf", event->time.edtf);
    stm_event_earliest(event, text);
    stm_member_text_or_null(json, "earliest", stemma_text_of(text));
    stm_event_latest(event, text);
    stm_member_text_or_null(json, "latest", stemma_text_of(text));
    stm_member_text_or_null(json, "text", event->time.raw);
    stm_json_object_end(json);
}

static stemma_status participant(struct stm_query *query, const struct stm_claim_view *view)
{
    stm_json *json = &query->output.json;
    struct stm_buffer name = {0};
    char id[STEMMA_ID_SIZE];
    uint32_t entity = view->claim.object.as.referent;
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_ENTITY, entity, id);
    if (status == STEMMA_OK) {
        status = stm_entity_words(query, entity, &name);
    }
    stm_json_object_begin(json);
    stm_json_member_text(json, "role", view->claim.predicate);
    stm_json_member_string(json, "id", id);
    stm_json_member_text(json, "name", stm_buffer_text(&name));
    stm_json_member_unsigned(json, "documents", view->claim.documents);
    stm_json_member_unsigned(json, "independent", view->claim.independent);
    stm_json_object_end(json);
    if (name.failed) {
        status = STEMMA_E_NO_MEMORY;
    }
    stm_buffer_free(&name);
    return status;
}

static void quantity(stm_json *json, const struct stm_claim_view *view)
{
    const stemma_quantity *value = &view->claim.object.as.quantity;
    stm_json_object_begin(json);
    stm_json_member_text(json, "role", view->claim.predicate);
    stm_member_text_or_null(json, "text", value->raw);
    stm_member_text_or_null(json, "amount", value->amount);
    stm_member_text_or_null(json, "lower", value->lower);
    stm_member_text_or_null(json, "upper", value->upper);
    stm_member_enum(json, "modifier", STM_ENUM_MODIFIER, value->modifier);
    stm_member_text_or_null(json, "counted", value->counted);
    stm_member_text_or_null(json, "unit", value->unit);
    stm_json_member_unsigned(json, "documents", view->claim.documents);
    stm_json_member_unsigned(json, "independent", view->claim.independent);
    stm_json_object_end(json);
}

stemma_status stm_event_members(struct stm_query *query, const struct stm_event_view *event)
{
    stm_json *json = &query->output.json;
    struct stm_buffer label = {0};
    stemma_status status = stm_event_label(query, event, &label);
    stm_json_member_string(json, "id", event->id);
    stm_json_member_string(json, "kind", "event");
    stm_json_member_text(json, "type", event->type);
    stm_json_member_text(json, "label", stm_buffer_text(&label));
    stm_buffer_free(&label);
    time_member(json, event);
    stm_json_key(json, "place");
    if (status == STEMMA_OK) {
        status = stm_reference_json(query, STEMMA_REFERENT_ENTITY, event->place);
    }
    stm_json_key(json, "participants");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < event->participant_count && status == STEMMA_OK; i++) {
        status = participant(query, event->participants[i]);
    }
    stm_json_array_end(json);
    stm_json_key(json, "quantities");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < event->quantity_count; i++) {
        quantity(json, event->quantities[i]);
    }
    stm_json_array_end(json);
    stm_member_enum(json, "realis", STM_ENUM_REALIS, event->realis);
    stm_member_enum(json, "polarity", STM_ENUM_POLARITY, event->polarity);
    stm_json_member_unsigned(json, "documents", event->documents);
    stm_json_member_unsigned(json, "independent", event->independent);
    if (query->settings->during != NULL) {
        bool sure =
            stemma_time_fit(&event->bounds, query->from, query->to) == STEMMA_FIT_SURE;
        stm_json_member_string(json, "during", sure ? "sure" : "possible");
    }
    return status;
}

/* ---- Rows -------------------------------------------------------------------------------------- */

void stm_event_row_header(struct stm_output *output)
{
    static const char *const names[] = {"id",       "type",         "label",      "edtf",
                                        "earliest", "latest",       "place",      "participants",
                                        "quantities", "realis",     "polarity",   "documents",
                                        "independent"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(output, names[i]);
    }
    stm_output_row_end(output);
}

/* "agent: Ada Vex; patient: Bo Ruk" */
static stemma_status join_claims(struct stm_query *query, const struct stm_claim_view **views,
                                 uint32_t count, struct stm_buffer *out)
{
    stm_buffer_clear(out);
    for (uint32_t i = 0; i < count; i++) {
        stemma_status status;
        stm_buffer_add_string(out, i != 0 ? "; " : "");
        stm_buffer_add(out, views[i]->claim.predicate);
        stm_buffer_add_string(out, ": ");
        status = stm_object_words(query, &views[i]->claim, out);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

static void enum_field(struct stm_output *output, enum stm_enum which, uint8_t value)
{
    stm_output_field_string(output, value != 0 ? stm_enum_name(which, value) : "");
}

stemma_status stm_event_row(struct stm_query *query, const struct stm_event_view *event)
{
    struct stm_output *output = &query->output;
    struct stm_buffer words = {0};
    char text[STM_TIME_SIZE];
    stemma_status status = stm_event_label(query, event, &words);
    stm_output_field_string(output, event->id);
    stm_output_field(output, event->type);
    stm_output_field(output, stm_buffer_text(&words));
    stm_output_field(output, event->time.edtf);
    stm_event_earliest(event, text);
    stm_output_field_string(output, text);
    stm_event_latest(event, text);
    stm_output_field_string(output, text);
    stm_buffer_clear(&words);
    if (status == STEMMA_OK && event->place != STEMMA_NONE) {
        status = stm_entity_words(query, event->place, &words);
    }
    stm_output_field(output, stm_buffer_text(&words));
    if (status == STEMMA_OK) {
        status = join_claims(query, event->participants, event->participant_count, &words);
    }
    stm_output_field(output, stm_buffer_text(&words));
    if (status == STEMMA_OK) {
        status = join_claims(query, event->quantities, event->quantity_count, &words);
    }
    stm_output_field(output, stm_buffer_text(&words));
    enum_field(output, STM_ENUM_REALIS, event->realis);
    enum_field(output, STM_ENUM_POLARITY, event->polarity);
    stm_output_field_number(output, event->documents);
    stm_output_field_number(output, event->independent);
    stm_output_row_end(output);
    if (words.failed) {
        status = STEMMA_E_NO_MEMORY;
    }
    stm_buffer_free(&words);
    return status;
}

/* ---- Text -------------------------------------------------------------------------------------- */

static const struct stm_table_column columns[] = {
    {"DATE", false, false, STM_STYLE_BOLD},    {"TYPE", false, false, STM_STYLE_NONE},
    {"EVENT", false, true, STM_STYLE_NONE},    {"DOCS", true, false, STM_STYLE_NONE},
    {"INDEP", true, false, STM_STYLE_NONE},    {"ID", false, false, STM_STYLE_DIM},
};

/* The clause tells the type too: on a narrow terminal the column goes. */
static const struct stm_table_column narrow_columns[] = {
    {"DATE", false, false, STM_STYLE_BOLD}, {"EVENT", false, true, STM_STYLE_NONE},
    {"DOCS", true, false, STM_STYLE_NONE},  {"INDEP", true, false, STM_STYLE_NONE},
    {"ID", false, false, STM_STYLE_DIM},
};

static bool is_narrow(const struct stm_query *query)
{
    return query->output.terminal.width != 0 && query->output.terminal.width < NARROW;
}

void stm_event_table_begin(struct stm_table *table, const struct stm_query *query, unsigned indent)
{
    bool narrow = is_narrow(query);
    stm_table_begin(table, &query->output.terminal, narrow ? narrow_columns : columns,
                    narrow ? 5 : 6, indent, true);
}

stemma_status stm_event_line(struct stm_query *query, struct stm_table *table,
                             const struct stm_event_view *event)
{
    return stm_event_line_at(query, table, event,
                             event->time.edtf.size != 0 ? event->time.edtf : stemma_text_of("-"));
}

void stm_event_note_line(const struct stm_query *query, struct stm_table *table, stemma_text date,
                         stemma_text words, const stemma_timeline_entry *entry)
{
    const stemma_text none = {NULL, 0};
    stm_table_cell(table, date);
    if (!is_narrow(query)) {
        stm_table_cell(table, none);
    }
    stm_table_cell(table, words);
    if (entry != NULL) {
        stm_table_number(table, entry->documents);
        stm_table_number(table, entry->independent);
    } else {
        stm_table_cell(table, none);
        stm_table_cell(table, none);
    }
    stm_table_cell(table, none);
}

stemma_status stm_event_line_at(struct stm_query *query, struct stm_table *table,
                                const struct stm_event_view *event, stemma_text date)
{
    struct stm_buffer label = {0};
    stemma_status status = stm_event_label(query, event, &label);
    stm_table_cell(table, date);
    if (!is_narrow(query)) {
        stm_table_cell(table, event->type);
    }
    stm_table_cell(table, stm_buffer_text(&label));
    stm_table_number(table, event->documents);
    stm_table_number(table, event->independent);
    stm_table_cell(table, stemma_text_of(event->id));
    stm_buffer_free(&label);
    return status;
}

stemma_status stm_event_show(struct stm_query *query, struct stm_table *table,
                             const struct stm_event_view *event)
{
    stemma_status status;
    if (stm_output_is_rows(&query->output)) {
        return stm_event_row(query, event);
    }
    if (!stm_output_is_json(&query->output)) {
        return stm_event_line(query, table, event);
    }
    stm_output_item_begin(&query->output);
    status = stm_event_members(query, event);
    stm_output_item_end(&query->output);
    return status;
}
