/* SPDX-License-Identifier: MIT */
#include "query/path_item.h"

#include "query/claim_words.h"

/* ---- Rows ---------------------------------------------------------------------------------------- */

void stm_between_header(struct stm_output *output)
{
    static const char *const names[] = {"kind", "id",    "label",     "type",        "time",
                                        "documents", "independent", "events", "chain", "hop",
                                        "from", "from_name", "to", "to_name"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(output, names[i]);
    }
    stm_output_row_end(output);
}

static void optional(struct stm_output *output, const char *text)
{
    stm_output_field_string(output, text != NULL ? text : "");
}

void stm_between_row_show(struct stm_output *output, const struct stm_between_row *row)
{
    stm_output_field_string(output, row->kind);
    stm_output_field_string(output, row->id);
    stm_output_field(output, row->label);
    stm_output_field(output, row->type);
    stm_output_field(output, row->time);
    optional(output, row->documents);
    optional(output, row->independent);
    optional(output, row->events);
    optional(output, row->chain);
    optional(output, row->hop);
    optional(output, row->from);
    stm_output_field(output, row->from_name);
    optional(output, row->to);
    stm_output_field(output, row->to_name);
    stm_output_row_end(output);
}

/* ---- Edges --------------------------------------------------------------------------------------- */

/* An edge with what is shown of it. Everything belongs to the item. */
struct edge_view {
    const stemma_path_edge *edge;
    char id[STEMMA_ID_SIZE];
    stemma_text label;
    stemma_text type; /* of the event, or predicate of the claim */
    stemma_text time;
    stemma_event_summary event;
    stemma_claim claim;
};

static stemma_status load_edge(struct stm_query *query, const stemma_path_edge *edge,
                               struct edge_view *out)
{
    stemma_reference reference = {edge->kind, edge->number};
    stemma_status status;
    memset(out, 0, sizeof *out);
    out->edge = edge;
    if (edge->kind == STEMMA_REFERENCE_EVENT) {
        status = stemma_event_summary_get(query->item, edge->number, &out->event, &query->error);
        out->type = out->event.event.type;
        out->time = out->event.time.edtf;
    } else {
        status = stemma_claim_get(query->item, edge->number, &out->claim, &query->error);
        out->type = out->claim.predicate;
    }
    if (status == STEMMA_OK) {
        status = stemma_label(query->item, reference, &out->label, &query->error);
    }
    return status == STEMMA_OK ? stm_query_id(query, edge->kind, edge->number, out->id) : status;
}

static bool names(const stemma_claim *claim, uint32_t entity)
{
    uint32_t object = claim->object.kind == STEMMA_OBJECT_REFERENT ? claim->object.as.referent
                      : claim->object.kind == STEMMA_OBJECT_PLACE
                          ? claim->object.as.place.referent
                          : STEMMA_NONE;
    return object == entity && claim->object_referent_kind == STEMMA_REFERENT_ENTITY &&
           claim->polarity != STEMMA_POLARITY_NEGATIVE;
}

/* The claims that put the two into the event, or the one claim: ids for `why`. */
static stemma_status edge_claims(struct stm_query *query, const struct edge_view *view,
                                 uint32_t from, uint32_t to)
{
    stm_json *json = &query->output.json;
    stemma_status status = STEMMA_OK;
    stm_json_key(json, "claims");
    stm_json_array_begin(json);
    if (view->edge->kind == STEMMA_REFERENCE_CLAIM) {
        stm_json_text(json, stemma_text_of(view->id));
    }
    for (uint32_t i = 0; i < view->event.claim_count && status == STEMMA_OK; i++) {
        const stemma_claim *claim = &view->event.claims[i];
        char id[STEMMA_ID_SIZE];
        if (names(claim, from) || names(claim, to)) {
            status = stm_query_id(query, STEMMA_REFERENCE_CLAIM, claim->number, id);
            stm_json_text(json, stemma_text_of(id));
        }
    }
    stm_json_array_end(json);
    return status;
}

static stemma_status edge_json(struct stm_query *query, const stemma_path *path, uint32_t i)
{
    stm_json *json = &query->output.json;
    struct edge_view view;
    stemma_status status = load_edge(query, &path->edges[i], &view);
    if (status != STEMMA_OK) {
        return status;
    }
    bool event = view.edge->kind == STEMMA_REFERENCE_EVENT;
    stm_json_object_begin(json);
    stm_json_member_string(json, "kind", event ? "event" : "claim");
    stm_json_member_string(json, "id", view.id);
    stm_json_member_text(json, event ? "type" : "predicate", view.type);
    stm_json_member_text(json, "label", view.label);
    stm_member_text_or_null(json, "time", view.time);
    stm_json_member_unsigned(json, "documents", view.edge->documents);
    stm_json_member_unsigned(json, "independent", view.edge->independent);
    stm_json_member_unsigned(json, "more", view.edge->more);
    status = edge_claims(query, &view, path->nodes[i], path->nodes[i + 1]);
    stm_json_object_end(json);
    return status;
}

/* ---- Chains -------------------------------------------------------------------------------------- */

static stemma_status node_json(struct stm_query *query, uint32_t number)
{
    stm_json *json = &query->output.json;
    char id[STEMMA_ID_SIZE];
    stemma_entity entity;
    stemma_status status = stemma_entity_get(query->item, number, &entity, &query->error);
    if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_ENTITY, number, id);
    }
    if (status == STEMMA_OK) {
        stm_json_object_begin(json);
        stm_json_member_string(json, "id", id);
        stm_json_member_text(json, "type", entity.type);
        stm_member_text_or_null(json, "name", entity.name);
        stm_json_object_end(json);
    }
    return status;
}

static stemma_status show_json(struct stm_query *query, const stemma_path *path, bool cut)
{
    stm_json *json = &query->output.json;
    stemma_status status = STEMMA_OK;
    stm_output_item_begin(&query->output);
    stm_json_member_string(json, "kind", "path");
    stm_json_member_unsigned(json, "hops", path->hops);
    stm_json_member_unsigned(json, "independent", path->independent);
    stm_json_member_unsigned(json, "events", path->events);
    stm_json_member_bool(json, "cut", cut);
    stm_json_key(json, "nodes");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i <= path->hops && status == STEMMA_OK; i++) {
        status = node_json(query, path->nodes[i]);
    }
    stm_json_array_end(json);
    stm_json_key(json, "edges");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < path->hops && status == STEMMA_OK; i++) {
        status = edge_json(query, path, i);
    }
    stm_json_array_end(json);
    stm_output_item_end(&query->output);
    return status;
}

static stemma_status name_of(struct stm_query *query, uint32_t number, stemma_text *name)
{
    stemma_reference reference = {STEMMA_REFERENCE_ENTITY, number};
    return stemma_label(query->item, reference, name, &query->error);
}

static stemma_status show_rows(struct stm_query *query, const stemma_path *path, uint64_t number)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < path->hops && status == STEMMA_OK; i++) {
        struct edge_view view;
        struct stm_between_row row = {.kind = "path"};
        char counts[5][24], from[STEMMA_ID_SIZE], to[STEMMA_ID_SIZE];
        stm_query_next_item(query);
        status = load_edge(query, &path->edges[i], &view);
        if (status == STEMMA_OK) {
            status = name_of(query, path->nodes[i], &row.from_name);
        }
        if (status == STEMMA_OK) {
            status = name_of(query, path->nodes[i + 1], &row.to_name);
        }
        if (status == STEMMA_OK) {
            status = stm_query_id(query, STEMMA_REFERENCE_ENTITY, path->nodes[i], from);
        }
        if (status == STEMMA_OK) {
            status = stm_query_id(query, STEMMA_REFERENCE_ENTITY, path->nodes[i + 1], to);
        }
        if (status == STEMMA_OK) {
            uint64_t numbers[5] = {view.edge->documents, view.edge->independent,
                                   (uint64_t)view.edge->more + 1u, number, i + 1u};
            for (int k = 0; k < 5; k++) {
                snprintf(counts[k], sizeof counts[k], "%llu", (unsigned long long)numbers[k]);
            }
            row.id = view.id;
            row.label = view.label;
            row.type = view.type;
            row.time = view.time;
            row.documents = counts[0];
            row.independent = counts[1];
            row.events = counts[2];
            row.chain = counts[3];
            row.hop = counts[4];
            row.from = from;
            row.to = to;
            stm_between_row_show(&query->output, &row);
        }
    }
    return status;
}

/* "— Ada Vex meets Bo Ruk, 2031-05-01 (3 documents, 2 independent; and 4 more)  v.x38b4yprph37.4" */
static void edge_words(const struct edge_view *view, struct stm_buffer *out)
{
    const stemma_path_edge *edge = view->edge;
    stm_buffer_add_string(out, "  \xE2\x80\x94 ");
    stm_buffer_add_safe(out, view->label);
    if (view->time.size != 0) {
        stm_buffer_add_string(out, ", ");
        stm_buffer_add_safe(out, view->time);
    }
    stm_buffer_addf(out, " (%u document%s, %u independent", edge->documents,
                    edge->documents == 1 ? "" : "s", edge->independent);
    if (edge->more != 0) {
        stm_buffer_addf(out, "; and %u more", edge->more);
    }
    stm_buffer_add_string(out, ")");
}

static void print_node(const struct stm_output *output, stemma_text name, const char *id)
{
    const struct stm_terminal *terminal = &output->terminal;
    struct stm_buffer words = {0};
    stm_buffer_add_safe(&words, name);
    fprintf(terminal->file, "%s%.*s%s  %s%s%s\n", stm_style_on(terminal, STM_STYLE_BOLD),
            (int)words.size, words.data != NULL ? words.data : "",
            stm_style_off(terminal, STM_STYLE_BOLD), stm_style_on(terminal, STM_STYLE_DIM), id,
            stm_style_off(terminal, STM_STYLE_DIM));
    stm_buffer_free(&words);
}

static void print_edge(const struct stm_output *output, const struct edge_view *view)
{
    const struct stm_terminal *terminal = &output->terminal;
    struct stm_buffer words = {0};
    edge_words(view, &words);
    fprintf(terminal->file, "%.*s  %s%s%s\n", (int)words.size,
            words.data != NULL ? words.data : "", stm_style_on(terminal, STM_STYLE_DIM), view->id,
            stm_style_off(terminal, STM_STYLE_DIM));
    stm_buffer_free(&words);
}

/* Somebody, what ties him to the next, who that is, and so on. */
static stemma_status show_lines(struct stm_query *query, const stemma_path *path, uint64_t number)
{
    stemma_status status = STEMMA_OK;
    if (number > 1) {
        fputc('\n', query->output.terminal.file);
    }
    for (uint32_t i = 0; i <= path->hops && status == STEMMA_OK; i++) {
        char id[STEMMA_ID_SIZE];
        stemma_text name;
        struct edge_view view;
        stm_query_next_item(query);
        status = name_of(query, path->nodes[i], &name);
        if (status == STEMMA_OK) {
            status = stm_query_id(query, STEMMA_REFERENCE_ENTITY, path->nodes[i], id);
        }
        if (status == STEMMA_OK) {
            print_node(&query->output, name, id);
        }
        if (status == STEMMA_OK && i < path->hops) {
            status = load_edge(query, &path->edges[i], &view);
            if (status == STEMMA_OK) {
                print_edge(&query->output, &view);
            }
        }
    }
    return status;
}

stemma_status stm_path_show(struct stm_query *query, const stemma_path *path, uint64_t number,
                            bool cut)
{
    if (stm_output_is_json(&query->output)) {
        return show_json(query, path, cut);
    }
    return stm_output_is_rows(&query->output) ? show_rows(query, path, number)
                                              : show_lines(query, path, number);
}
