/* SPDX-License-Identifier: MIT */
/* events and timeline: what happened, in order of time. */
#include "query/choose.h"
#include "query/event_filter.h"
#include "query/event_item.h"

static stemma_status show_one(struct stm_query *query, void *context,
                              const struct stm_event_view *event)
{
    return stm_event_show(query, context, event);
}

/* A type, role or place that the file does not know is worth a word: it is often misspelt. */
static stemma_status check_term(struct stm_query *query, const char *option, const char *name,
                                uint8_t kind)
{
    stemma_text wanted = stemma_text_of(name);
    if (name == NULL) {
        return STEMMA_OK;
    }
    for (uint32_t i = 0; i < query->counts.vocabulary; i++) {
        stemma_term term;
        stemma_status status = stemma_term_get(query->item, i, &term, &query->error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (term.kind == kind &&
            (stemma_text_equal(term.name, wanted) ||
             (term.name.size > wanted.size && term.name.data[wanted.size] == '.' &&
              memcmp(term.name.data, wanted.data, wanted.size) == 0))) {
            return STEMMA_OK;
        }
    }
    stm_query_note("--%s: the file has no such word in its vocabulary", option);
    return STEMMA_NOT_FOUND;
}

static stemma_status list(struct stm_query *query, const uint32_t *entities, uint32_t count,
                          bool place)
{
    struct stm_table table;
    stemma_status status = check_term(query, "type", query->settings->type,
                                      STEMMA_TERM_EVENT_TYPE);
    if (status == STEMMA_OK) {
        status = check_term(query, "role", query->settings->role, STEMMA_TERM_PREDICATE);
    }
    if (stm_output_is_rows(&query->output)) {
        stm_event_row_header(&query->output);
    }
    stm_event_table_begin(&table, query, 0);
    if (status == STEMMA_OK) {
        status = stm_event_filter(query, entities, count, place, show_one, &table);
    }
    return stm_table_end(&table) ? status : STEMMA_E_NO_MEMORY;
}

/* The entities of --who after those that are given already. */
static stemma_status choose_who(struct stm_query *query, uint32_t *entities, uint32_t *count)
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
    stemma_status status = choose_who(query, entities, &count);
    return status == STEMMA_OK ? list(query, entities, count, false) : status;
}

stemma_status stm_query_timeline(struct stm_query *query)
{
    uint32_t entities[STM_OPTION_LIST_MAX + 1];
    uint32_t count = 1;
    bool place = false;
    stemma_status status = stm_choose_entity(query, stm_choose_arguments(query, 0),
                                             (stemma_text){NULL, 0}, &entities[0]);
    if (status == STEMMA_OK) {
        status = choose_who(query, entities, &count);
    }
    if (status == STEMMA_OK) {
        status = stm_entity_is_place(query, entities[0], &place);
    }
    return status == STEMMA_OK ? list(query, entities, count, place) : status;
}
