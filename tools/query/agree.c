/* SPDX-License-Identifier: MIT */
/* agree [NAME|ID]: what most independent sources say. */
#include <stdlib.h>

#include "query/choose.h"
#include "query/claim_list.h"
#include "query/claim_words.h"
#include "query/label.h"
#include "query/value_words.h"

struct listed {
    uint32_t number;
    uint32_t independent;
    uint32_t documents;
};

static int by_support(const void *left, const void *right)
{
    const struct listed *a = left, *b = right;
    if (a->independent != b->independent) {
        return a->independent > b->independent ? -1 : 1;
    }
    if (a->documents != b->documents) {
        return a->documents > b->documents ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}

/* The claims in question: about one thing, or all. */
static stemma_status range_of(struct stm_query *query, uint32_t *first, uint32_t *count)
{
    stemma_reference reference;
    stemma_entity entity;
    stemma_event event;
    stemma_status status;
    *first = 0;
    *count = (uint32_t)query->counts.claims;
    if (query->argument_count == 0) {
        return STEMMA_OK;
    }
    status = stm_choose(query, stm_choose_arguments(query, 0), &reference);
    if (status == STEMMA_OK && reference.kind == STEMMA_REFERENCE_ENTITY) {
        status = stemma_entity_get(query->item, reference.number, &entity, &query->error);
        *first = entity.claim_first;
        *count = entity.claim_count;
    } else if (status == STEMMA_OK && reference.kind == STEMMA_REFERENCE_EVENT) {
        status = stemma_event_get(query->item, reference.number, &event, &query->error);
        *first = event.claim_first;
        *count = event.claim_count;
    } else if (status == STEMMA_OK) {
        query->exit = stm_usage_error(&stm_query_program, "agree: give an event or entity");
        status = STEMMA_E_MISUSE;
    }
    return status;
}

static stemma_status gather(struct stm_query *query, uint32_t first, uint32_t count,
                            struct listed *list, uint32_t *listed)
{
    stemma_status status = STEMMA_OK;
    *listed = 0;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        struct stm_claim_view view;
        stm_query_next_item(query);
        status = stm_claim_load(query, first + i, &view);
        if (status == STEMMA_OK) {
            list[(*listed)++] =
                (struct listed){first + i, view.claim.independent, view.claim.documents};
        }
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    if (*listed > 1) {
        qsort(list, *listed, sizeof *list, by_support);
    }
    return status;
}

static stemma_status subject_words(struct stm_query *query, const stemma_claim *claim,
                                   struct stm_buffer *out)
{
    return claim->subject_kind == STEMMA_REFERENT_ENTITY
               ? stm_entity_words(query, claim->subject, out)
               : stm_event_words(query, claim->subject, out);
}

static const struct stm_table_column columns[] = {
    {"INDEP", true, false, STM_STYLE_NONE},  {"DOCS", true, false, STM_STYLE_NONE},
    {"SUBJECT", false, true, STM_STYLE_NONE}, {"PREDICATE", false, false, STM_STYLE_NONE},
    {"OBJECT", false, true, STM_STYLE_BOLD}, {"ID", false, false, STM_STYLE_DIM},
};

static stemma_status show_json(struct stm_query *query, const struct stm_claim_view *view)
{
    stm_json *json = &query->output.json;
    stemma_status status;
    stm_output_item_begin(&query->output);
    stm_json_key(json, "subject");
    status = stm_reference_json(query, view->claim.subject_kind, view->claim.subject);
    if (status == STEMMA_OK) {
        status = stm_claim_members(query, view);
    }
    stm_output_item_end(&query->output);
    return status;
}

static stemma_status show(struct stm_query *query, struct stm_table *table,
                          const struct stm_claim_view *view)
{
    struct stm_buffer subject = {0};
    struct stm_buffer object = {0};
    char id[STEMMA_ID_SIZE];
    stemma_status status;
    if (stm_output_is_json(&query->output)) {
        return show_json(query, view);
    }
    status = subject_words(query, &view->claim, &subject);
    if (status == STEMMA_OK && stm_output_is_rows(&query->output)) {
        stm_output_field(&query->output, stm_buffer_text(&subject));
        status = stm_claim_list_row(query, view);
    } else if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_CLAIM, view->claim.number, id);
        if (view->claim.polarity == STEMMA_POLARITY_NEGATIVE) {
            stm_buffer_add_string(&object, "not ");
        }
        if (status == STEMMA_OK) {
            status = stm_object_words(query, &view->claim, &object);
        }
        stm_table_number(table, view->claim.independent);
        stm_table_number(table, view->claim.documents);
        stm_table_cell(table, stm_buffer_text(&subject));
        stm_table_cell(table, view->claim.predicate);
        stm_table_cell(table, stm_buffer_text(&object));
        stm_table_cell(table, stemma_text_of(status == STEMMA_OK ? id : ""));
    }
    stm_buffer_free(&subject);
    stm_buffer_free(&object);
    return status;
}

stemma_status stm_query_agree(struct stm_query *query)
{
    struct stm_table table;
    struct listed *list = NULL;
    uint32_t first = 0, count = 0, listed = 0, shown = 0;
    stemma_status status = range_of(query, &first, &count);
    if (status != STEMMA_OK) {
        return status;
    }
    list = malloc((count != 0 ? count : 1) * sizeof *list);
    status = list != NULL ? gather(query, first, count, list, &listed) : STEMMA_E_NO_MEMORY;
    if (stm_output_is_rows(&query->output)) {
        stm_output_field_string(&query->output, "subject");
        stm_claim_list_header(&query->output);
    }
    stm_table_begin(&table, &query->output.terminal, columns, 6, 0, true);
    for (uint32_t i = 0; i < listed && status == STEMMA_OK && !stm_query_done(query); i++) {
        struct stm_claim_view view;
        if (!stm_query_take(query)) {
            continue;
        }
        stm_query_next_item(query);
        status = stm_claim_load(query, list[i].number, &view);
        if (status == STEMMA_OK) {
            status = show(query, &table, &view);
            shown++;
        }
    }
    free(list);
    if (!stm_table_end(&table)) {
        return STEMMA_E_NO_MEMORY;
    }
    return status == STEMMA_OK && shown == 0 ? STEMMA_NOT_FOUND : status;
}
