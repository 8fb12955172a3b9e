/* SPDX-License-Identifier: MIT */
#include "query/change_item.h"

#include "query/claim_words.h"
#include "query/value_words.h"

#define SOURCES_SHOWN 3u /* documents that a line of text names before it counts the rest */

static const char *const kinds[] = {"",       "new",   "reading", "claim", "corroborated",
                                    "joined", "split", "gone"};
static const char *const fields[] = {"", "type", "name", "time", "place", "count", "factuality"};

static const char *thing_of(uint8_t kind)
{
    return kind == STEMMA_REFERENCE_DOCUMENT ? "document"
           : kind == STEMMA_REFERENCE_ENTITY ? "entity"
                                             : "event";
}

/* The side on which the thing is looked at: as it is now, or was when it is gone. */
static stemma_snapshot *side_of(const struct stm_change_view *view, const stemma_change *change,
                                stemma_reference *thing)
{
    bool gone = change->kind == STEMMA_CHANGE_GONE || change->kind == STEMMA_CHANGE_SPLIT;
    *thing = gone ? change->before : change->after;
    return gone ? view->before : view->after;
}

/* ---- Ids ------------------------------------------------------------------------------------- */

struct ids {
    char thing[STEMMA_ID_SIZE];
    char before[STEMMA_ID_SIZE]; /* "" when it was not known */
    char claim[STEMMA_ID_SIZE];  /* "" when it is no change of a claim */
};

static stemma_status get_ids(struct stm_query *query, const struct stm_change_view *view,
                             const stemma_change *change, struct ids *out)
{
    stemma_reference thing;
    stemma_snapshot *side = side_of(view, change, &thing);
    stemma_status status = stemma_id_text(side, thing, out->thing, &query->error);
    out->before[0] = out->claim[0] = '\0';
    if (status == STEMMA_OK && change->before.number != STEMMA_NONE) {
        status = stemma_id_text(view->before, change->before, out->before, &query->error);
    }
    if (status == STEMMA_OK && change->claim != STEMMA_NONE) {
        stemma_reference claim = {STEMMA_REFERENCE_CLAIM, change->claim};
        status = stemma_id_text(view->after, claim, out->claim, &query->error);
    }
    return status;
}

static stemma_status document_id(struct stm_query *query, const struct stm_change_view *view,
                                 uint32_t document, char out[STEMMA_ID_SIZE])
{
    stemma_reference reference = {STEMMA_REFERENCE_DOCUMENT, document};
    return stemma_id_text(view->after, reference, out, &query->error);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void string_or_null(stm_json *json, const char *key, const char *value)
{
    stm_member_text_or_null(json, key, stemma_text_of(value));
}

static stemma_status show_json(struct stm_query *query, const struct stm_change_view *view,
                               const stemma_change *change)
{
    stm_json *json = &query->output.json;
    stemma_reference thing;
    struct ids ids;
    stemma_status status = get_ids(query, view, change, &ids);
    (void)side_of(view, change, &thing);
    stm_output_item_begin(&query->output);
    stm_json_member_string(json, "change", kinds[change->kind]);
    stm_json_member_string(json, "kind", thing_of(thing.kind));
    stm_json_member_string(json, "id", ids.thing);
    stm_json_member_text(json, "name", change->subject);
    string_or_null(json, "before", ids.before);
    string_or_null(json, "field", fields[change->field]);
    string_or_null(json, "claim", ids.claim);
    stm_member_text_or_null(json, "predicate", change->role);
    stm_member_text_or_null(json, "was", change->was);
    stm_member_text_or_null(json, "now", change->now);
    stm_json_member_unsigned(json, "independent_was", change->independent_was);
    stm_json_member_unsigned(json, "independent_now", change->independent_now);
    stm_json_key(json, "documents");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < change->document_count && status == STEMMA_OK; i++) {
        char id[STEMMA_ID_SIZE] = "";
        status = document_id(query, view, change->documents[i], id);
        stm_json_text(json, stemma_text_of(id));
    }
    stm_json_array_end(json);
    stm_output_item_end(&query->output);
    return status;
}

/* ---- Rows ------------------------------------------------------------------------------------ */

void stm_change_header(struct stm_output *output)
{
    static const char *const names[] = {"change",    "kind", "id",  "name", "before",
                                        "field",     "claim", "predicate", "was", "now",
                                        "independent_was", "independent_now", "documents"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(output, names[i]);
    }
    stm_output_row_end(output);
}

static stemma_status show_row(struct stm_query *query, const struct stm_change_view *view,
                              const stemma_change *change)
{
    struct stm_output *output = &query->output;
    struct stm_buffer documents = {0};
    stemma_reference thing;
    struct ids ids;
    stemma_status status = get_ids(query, view, change, &ids);
    (void)side_of(view, change, &thing);
    for (uint32_t i = 0; i < change->document_count && status == STEMMA_OK; i++) {
        char id[STEMMA_ID_SIZE] = "";
        status = document_id(query, view, change->documents[i], id);
        stm_buffer_add_string(&documents, i != 0 ? " " : "");
        stm_buffer_add_string(&documents, id);
    }
    if (status == STEMMA_OK) {
        stm_output_field_string(output, kinds[change->kind]);
        stm_output_field_string(output, thing_of(thing.kind));
        stm_output_field_string(output, ids.thing);
        stm_output_field(output, change->subject);
        stm_output_field_string(output, ids.before);
        stm_output_field_string(output, fields[change->field]);
        stm_output_field_string(output, ids.claim);
        stm_output_field(output, change->role);
        stm_output_field(output, change->was);
        stm_output_field(output, change->now);
        stm_output_field_number(output, change->independent_was);
        stm_output_field_number(output, change->independent_now);
        stm_output_field(output, stm_buffer_text(&documents));
        stm_output_row_end(output);
    }
    status = documents.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&documents);
    return status;
}

/* ---- Text ------------------------------------------------------------------------------------ */

static const char *heading_of(const stemma_change *change, uint8_t kind)
{
    bool event = kind == STEMMA_REFERENCE_EVENT;
    bool document = kind == STEMMA_REFERENCE_DOCUMENT;
    switch (change->kind) {
    case STEMMA_CHANGE_NEW:
        return document ? "NEW DOCUMENTS" : event ? "NEW EVENTS" : "NEW ENTITIES";
    case STEMMA_CHANGE_GONE:
    case STEMMA_CHANGE_SPLIT:
        return document ? "DOCUMENTS GONE"
               : event  ? "EVENTS GONE OR FALLEN APART"
                        : "ENTITIES GONE OR FALLEN APART";
    default:
        return event ? "CHANGED EVENTS" : "CHANGED ENTITIES";
    }
}

/* "  [Meridian, 2023-12-02; The Lantern, 2023-12-03 (+2)]" */
static stemma_status add_sources(struct stm_query *query, const struct stm_change_view *view,
                                 const stemma_change *change, struct stm_buffer *line)
{
    for (uint32_t i = 0; i < change->document_count && i < SOURCES_SHOWN; i++) {
        stemma_document document;
        struct stm_buffer words = {0};
        stemma_status status =
            stemma_document_get(view->after, change->documents[i], &document, &query->error);
        if (status != STEMMA_OK) {
            return status;
        }
        stm_document_words(&document, &words);
        stm_buffer_add_string(line, i != 0 ? "; " : "  [");
        stm_buffer_add_safe(line, stm_buffer_text(&words));
        line->failed = line->failed || words.failed;
        stm_buffer_free(&words);
    }
    if (change->document_count > SOURCES_SHOWN) {
        stm_buffer_addf(line, " (+%u)", change->document_count - SOURCES_SHOWN);
    }
    stm_buffer_add_string(line, change->document_count != 0 ? "]" : "");
    return STEMMA_OK;
}

static void add_text(struct stm_buffer *line, stemma_text text)
{
    if (text.size != 0) {
        stm_buffer_add_safe(line, text);
    } else {
        stm_buffer_add_string(line, "(not known)");
    }
}

/* What happened to a thing that was known: the line below its name. */
static void add_change(const stemma_change *change, struct stm_buffer *line)
{
    switch (change->kind) {
    case STEMMA_CHANGE_READING:
        stm_buffer_add_string(line, fields[change->field]);
        if (change->role.size != 0) {
            stm_buffer_add_string(line, " of ");
            stm_buffer_add_safe(line, change->role);
        }
        stm_buffer_add_string(line, ": ");
        add_text(line, change->was);
        stm_buffer_add_string(line, " -> ");
        add_text(line, change->now);
        break;
    case STEMMA_CHANGE_CLAIM:
        stm_buffer_add_string(line, "new: ");
        stm_buffer_add_safe(line, change->role);
        stm_buffer_add_string(line, ": ");
        add_text(line, change->now);
        break;
    case STEMMA_CHANGE_CORROBORATED:
        stm_buffer_add_string(line, "corroborated: ");
        stm_buffer_add_safe(line, change->role);
        stm_buffer_add_string(line, ": ");
        add_text(line, change->now);
        stm_buffer_addf(line, ": %u -> %u independent", change->independent_was,
                        change->independent_now);
        break;
    case STEMMA_CHANGE_JOINED:
        stm_buffer_add_string(line, "became one: ");
        add_text(line, change->was);
        break;
    case STEMMA_CHANGE_SPLIT:
        stm_buffer_add_string(line, "fell apart: ");
        add_text(line, change->now);
        break;
    default:
        break;
    }
}

static void begin_text(struct stm_query *query, struct stm_change_view *view,
                       const stemma_change *change, stemma_reference thing, const char *id)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    const char *heading = heading_of(change, thing.kind);
    struct stm_buffer name = {0};
    if (view->heading == NULL || strcmp(view->heading, heading) != 0) {
        fprintf(terminal->file, "%s%s%s%s\n", view->heading != NULL ? "\n" : "",
                stm_style_on(terminal, STM_STYLE_BOLD), heading,
                stm_style_off(terminal, STM_STYLE_BOLD));
        view->heading = heading;
        view->subject.kind = 0;
    }
    if (view->subject.kind != thing.kind || view->subject.number != thing.number) {
        stm_buffer_add_safe(&name, change->subject);
        fprintf(terminal->file, "  %.*s", (int)name.size, name.data != NULL ? name.data : "");
        if (change->kind == STEMMA_CHANGE_NEW && thing.kind == STEMMA_REFERENCE_EVENT) {
            fprintf(terminal->file, "  %u indep.", change->independent_now);
        }
        fprintf(terminal->file, "  %s%s%s\n", stm_style_on(terminal, STM_STYLE_DIM), id,
                stm_style_off(terminal, STM_STYLE_DIM));
        view->subject = thing;
    }
    stm_buffer_free(&name);
}

static stemma_status show_text(struct stm_query *query, struct stm_change_view *view,
                               const stemma_change *change)
{
    struct stm_buffer line = {0};
    stemma_reference thing;
    struct ids ids;
    stemma_status status = get_ids(query, view, change, &ids);
    (void)side_of(view, change, &thing);
    if (status != STEMMA_OK) {
        return status;
    }
    begin_text(query, view, change, thing, ids.thing);
    if (change->kind != STEMMA_CHANGE_NEW && change->kind != STEMMA_CHANGE_GONE) {
        add_change(change, &line);
        status = add_sources(query, view, change, &line);
        fprintf(query->output.terminal.file, "    %.*s\n", (int)line.size,
                line.data != NULL ? line.data : "");
    }
    status = line.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&line);
    return status;
}

stemma_status stm_change_show(struct stm_query *query, struct stm_change_view *view,
                              const stemma_change *change)
{
    if (stm_output_is_json(&query->output)) {
        return show_json(query, view, change);
    }
    return stm_output_is_rows(&query->output) ? show_row(query, view, change)
                                              : show_text(query, view, change);
}
