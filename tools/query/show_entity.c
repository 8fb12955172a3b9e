/* SPDX-License-Identifier: MIT */
#include "common/enum_names.h"
#include "query/claim_list.h"
#include "query/entity_view.h"
#include "query/event_filter.h"
#include "query/event_item.h"
#include "query/show_card.h"
#include "query/show_entity.h"

static stemma_status event_line(struct stm_query *query, void *context,
                                const struct stm_event_view *event)
{
    stemma_status status;
    if (!stm_output_is_json(&query->output)) {
        return stm_event_line(query, context, event);
    }
    stm_json_object_begin(&query->output.json);
    status = stm_event_members(query, event);
    stm_json_object_end(&query->output.json);
    return status;
}

static void show_names(struct stm_query *query, const struct stm_entity_view *entity)
{
    static const struct stm_table_column columns[] = {
        {"", false, true, STM_STYLE_NONE},
        {"", false, false, STM_STYLE_NONE},
        {"", true, false, STM_STYLE_NONE},
    };
    uint64_t most = stm_show_most(query);
    struct stm_table table;
    fputs("\nnames\n", query->output.file);
    stm_table_begin(&table, &query->output.terminal, columns, 3, 2, false);
    for (uint32_t i = 0; i < entity->name_count && (most == 0 || i < most); i++) {
        char count[32];
        snprintf(count, sizeof count, "%u document%s", entity->names[i].documents,
                 entity->names[i].documents == 1 ? "" : "s");
        stm_table_cell(&table, entity->names[i].text);
        stm_table_cell(&table, stemma_text_of(stm_enum_name(STM_ENUM_NAME_KIND,
                                                            entity->names[i].kind)));
        stm_table_cell(&table, stemma_text_of(count));
    }
    (void)stm_table_end(&table);
    if (most != 0 && entity->name_count > most) {
        fprintf(query->output.file, "  ... and %u more: --limit 0 shows all\n",
                entity->name_count - (uint32_t)most);
    }
}

static void show_head(struct stm_query *query, const struct stm_entity_view *entity)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    struct stm_buffer type = {0};
    stm_show_title(query, entity->name.size != 0 ? entity->name : stemma_text_of("(unnamed)"));
    stm_buffer_add_safe(&type, entity->type);
    fprintf(terminal->file, "%.*s  %s%s%s\n", (int)type.size, type.data != NULL ? type.data : "",
            stm_style_on(terminal, STM_STYLE_DIM), entity->id,
            stm_style_off(terminal, STM_STYLE_DIM));
    fprintf(terminal->file, "in %u document%s, %u mention%s; takes part in %u event%s\n", entity->documents,
            entity->documents == 1 ? "" : "s", entity->mentions, entity->mentions == 1 ? "" : "s",
            entity->events, entity->events == 1 ? "" : "s");
    stm_buffer_free(&type);
    if (entity->name_count > 1) {
        show_names(query, entity);
    }
}

static stemma_status show_text(struct stm_query *query, const struct stm_entity_view *entity)
{
    uint64_t most = stm_show_most(query);
    uint32_t number = entity->number;
    const stemma_reference subject = {STEMMA_REFERENCE_ENTITY, number};
    bool place = stemma_text_equal(entity->type, stemma_text_of("place"));
    struct stm_table table;
    char id[STEMMA_ID_SIZE];
    stemma_status status;
    memcpy(id, entity->id, sizeof id);
    show_head(query, entity);
    status = stm_claim_list_show(query, subject, most, false);
    if (status != STEMMA_OK) {
        return status;
    }
    fputs("\nevents\n", query->output.file);
    query->limit = most != 0 ? most : UINT64_MAX;
    stm_event_table_begin(&table, query, 2);
    status = stm_event_filter(query, &number, 1, place, event_line, &table);
    if (!stm_table_end(&table)) {
        return STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_NOT_FOUND) {
        fputs("  none\n", query->output.file);
    } else if (query->limit == 0) {
        fprintf(query->output.file, "  all of them: timeline %s\n", id);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

static stemma_status show_json(struct stm_query *query, const struct stm_entity_view *entity)
{
    stm_json *json = &query->output.json;
    uint32_t number = entity->number;
    const stemma_reference subject = {STEMMA_REFERENCE_ENTITY, number};
    bool place = stemma_text_equal(entity->type, stemma_text_of("place"));
    stemma_status status;
    stm_output_item_begin(&query->output);
    status = stm_entity_members(query, entity);
    if (status == STEMMA_OK) {
        status = stm_claim_list_show(query, subject, 0, false);
    }
    stm_json_key(json, "timeline");
    stm_json_array_begin(json);
    if (status == STEMMA_OK) {
        status = stm_event_filter(query, &number, 1, place, event_line, NULL);
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    stm_json_array_end(json);
    stm_output_item_end(&query->output);
    return status;
}

stemma_status stm_show_entity(struct stm_query *query, uint32_t number)
{
    struct stm_entity_view entity;
    stemma_status status;
    stm_query_next_item(query);
    status = stm_entity_load(query, number, &entity);
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_output_is_json(&query->output)) {
        return show_json(query, &entity);
    }
    if (stm_output_is_rows(&query->output)) {
        return stm_claim_list_show(query, (stemma_reference){STEMMA_REFERENCE_ENTITY, number}, 0, false);
    }
    return show_text(query, &entity);
}
