/* SPDX-License-Identifier: MIT */
/* find NAME: entities by any spelling of a name. */
#include "query/choose.h"
#include "query/claim_words.h"
#include "query/entity_view.h"

#define OTHER_NAMES 4u

static const struct stm_table_column columns[] = {
    {"ID", false, false, STM_STYLE_DIM},     {"TYPE", false, false, STM_STYLE_NONE},
    {"NAME", false, true, STM_STYLE_BOLD},   {"DOCS", true, false, STM_STYLE_NONE},
    {"EVENTS", true, false, STM_STYLE_NONE}, {"MATCH", false, true, STM_STYLE_NONE},
    {"ALSO CALLED", false, true, STM_STYLE_NONE},
};

/* What was found, and the name by which. */
struct hit {
    const struct stm_entity_view *entity;
    const stemma_found *found;
    stemma_text name;
};

static stemma_status show_json(struct stm_query *query, const struct hit *hit)
{
    stm_json *json = &query->output.json;
    stemma_status status;
    stm_output_item_begin(&query->output);
    status = stm_entity_members(query, hit->entity);
    stm_entity_share(json, "score", hit->found->score);
    stm_json_key(json, "matched");
    stm_json_object_begin(json);
    stm_member_text_or_null(json, "name", hit->name);
    stm_json_member_string(json, "reason", stemma_match_reason_text(hit->found->reason));
    stm_json_object_end(json);
    stm_output_item_end(&query->output);
    return status;
}

static void join_names(const struct stm_entity_view *entity, const char *separator, uint32_t most,
                       struct stm_buffer *out)
{
    uint32_t shown = 0;
    for (uint32_t i = 0; i < entity->name_count && shown < most; i++) {
        if (!stemma_text_equal(entity->names[i].text, entity->name)) {
            stm_buffer_add_string(out, shown++ != 0 ? separator : "");
            stm_buffer_add(out, entity->names[i].text);
        }
    }
}

static void show_row(struct stm_query *query, const struct hit *hit, stemma_text names)
{
    struct stm_output *output = &query->output;
    const struct stm_entity_view *entity = hit->entity;
    char share[16];
    snprintf(share, sizeof share, "%u.%03u", hit->found->score / 1000u, hit->found->score % 1000u);
    stm_output_field_string(output, entity->id);
    stm_output_field(output, entity->type);
    stm_output_field(output, entity->name);
    stm_output_field_number(output, entity->documents);
    stm_output_field_number(output, entity->events);
    stm_output_field(output, names);
    stm_output_field_string(output, share);
    stm_output_field(output, hit->name);
    stm_output_field_string(output, stemma_match_reason_text(hit->found->reason));
    stm_output_row_end(output);
}

/* "same name", or the name by which it was found: "Kovarina: part of the name". */
static void show_line(struct stm_table *table, const struct hit *hit, stemma_text names)
{
    const struct stm_entity_view *entity = hit->entity;
    struct stm_buffer match = {0};
    if (!stemma_text_equal(hit->name, entity->name)) {
        stm_buffer_add(&match, hit->name);
        stm_buffer_add_string(&match, ": ");
    }
    stm_buffer_add_string(&match, stemma_match_reason_text(hit->found->reason));
    stm_table_cell(table, stemma_text_of(entity->id));
    stm_table_cell(table, entity->type);
    stm_table_cell(table, entity->name);
    stm_table_number(table, entity->documents);
    stm_table_number(table, entity->events);
    stm_table_cell(table, stm_buffer_text(&match));
    stm_table_cell(table, names);
    stm_buffer_free(&match);
}

static stemma_status show(struct stm_query *query, struct stm_table *table, const struct hit *hit)
{
    struct stm_buffer names = {0};
    bool rows = stm_output_is_rows(&query->output);
    bool failed;
    if (stm_output_is_json(&query->output)) {
        return show_json(query, hit);
    }
    join_names(hit->entity, "; ", rows ? UINT32_MAX : OTHER_NAMES, &names);
    if (rows) {
        show_row(query, hit, stm_buffer_text(&names));
    } else {
        show_line(table, hit, stm_buffer_text(&names));
    }
    failed = names.failed;
    stm_buffer_free(&names);
    return failed ? STEMMA_E_NO_MEMORY : STEMMA_OK;
}

static void show_header(struct stm_output *output)
{
    static const char *const names[] = {"id",    "type",  "name",    "documents", "events",
                                        "names", "score", "matched", "reason"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(output, names[i]);
    }
    stm_output_row_end(output);
}

/* Finds by the snapshot that shows, too: what it worked out of an entity as of a date it need not work out again.
   What was found is kept, as each item empties that snapshot. */
static stemma_status find_kept(struct stm_query *query, stemma_text name, const stemma_find_options *options,
                               stemma_found **out, uint32_t *count)
{
    const stemma_found *found = NULL;
    stemma_status status = stemma_find(query->item, name, options, &found, count, &query->error);
    if (status != STEMMA_OK || *count == 0) {
        return status;
    }
    *out = stm_arena_alloc(&query->kept, *count, sizeof **out);
    if (*out == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memcpy(*out, found, *count * sizeof **out);
    return STEMMA_OK;
}

stemma_status stm_query_find(struct stm_query *query)
{
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    stemma_found *found = NULL;
    struct stm_table table;
    uint32_t count = 0;
    uint32_t shown = 0;
    stemma_text name = stm_choose_arguments(query, 0);
    uint64_t wanted = query->limit;
    stemma_status status;
    /* What is passed over takes a place among the results too. */
    wanted = wanted > 5000 || query->offset > 5000 ? 10000 : wanted + query->offset;
    options.limit = (uint32_t)wanted;
    options.type = stemma_text_of(query->settings->type);
    options.flags = query->settings->prefix ? STEMMA_FIND_PREFIX : 0;
    status = stm_choose_term(query, "type", query->settings->type, STEMMA_TERM_ENTITY_TYPE);
    if (status != STEMMA_OK) {
        return status;
    }
    status = find_kept(query, name, &options, &found, &count);
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_output_is_rows(&query->output)) {
        show_header(&query->output);
    }
    stm_table_begin(&table, &query->output.terminal, columns, 7, 0, true);
    for (uint32_t i = 0; i < count && status == STEMMA_OK && !stm_query_done(query); i++) {
        struct stm_entity_view entity;
        stm_query_next_item(query);
        status = stm_entity_load(query, found[i].entity, &entity);
        if (status == STEMMA_NOT_FOUND) {
            status = STEMMA_OK;
        } else if (status == STEMMA_OK && stm_query_take(query)) {
            struct hit hit = {&entity, &found[i], entity.name};
            if (found[i].name < entity.name_count) {
                hit.name = entity.names[found[i].name].text;
            }
            status = show(query, &table, &hit);
            shown++;
        }
    }
    if (!stm_table_end(&table)) {
        return STEMMA_E_NO_MEMORY;
    }
    return status == STEMMA_OK && shown == 0 ? STEMMA_NOT_FOUND : status;
}
