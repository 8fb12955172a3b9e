/* SPDX-License-Identifier: MIT */
/* events: what happened, in order of time. */
#include "query/choose.h"
#include "query/event_filter.h"
#include "query/event_item.h"

static stemma_status show_one(struct stm_query *query, void *context,
                              const struct stm_event_view *event)
{
    return stm_event_show(query, context, event);
}

static stemma_status list(struct stm_query *query, const uint32_t *entities, uint32_t count,
                          bool place)
{
    struct stm_table table;
    stemma_status status =
        stm_choose_term(query, "role", query->settings->role, STEMMA_TERM_PREDICATE);
    if (stm_output_is_rows(&query->output)) {
        stm_event_row_header(&query->output);
    }
    stm_event_table_begin(&table, query, 0);
    if (status == STEMMA_OK) {
        status = stm_event_filter(query, entities, count, place, show_one, &table);
    }
    return stm_table_end(&table) ? status : STEMMA_E_NO_MEMORY;
}

stemma_status stm_choose_who(struct stm_query *query, uint32_t *entities, uint32_t *count)
{
    const struct stm_option_list *who = &query->settings->who;
    for (int i = 0; i < who->count; i++) {
        stemma_status status = stm_choose_entity(query, stemma_text_of(who->items[i]),
                                                 (stemma_text){NULL, 0}, &entities[*count]);
        if (status != STEMMA_OK) {
            return status;
        }
        (*count)++;
    }
    return STEMMA_OK;
}

stemma_status stm_query_events(struct stm_query *query)
{
    uint32_t entities[STM_OPTION_LIST_MAX];
    uint32_t count = 0;
    stemma_status status = stm_choose_who(query, entities, &count);
    return status == STEMMA_OK ? list(query, entities, count, false) : status;
}
