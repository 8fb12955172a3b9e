/* SPDX-License-Identifier: MIT */
/* between A B: what is claimed of one with the other, the events that both take part in, and, where there
   is neither or --hops asks for it, the shortest chains of events and claims through others. */
#include "query/choose.h"
#include "query/claim_list.h"
#include "query/claim_words.h"
#include "query/entity_view.h"
#include "query/event_filter.h"
#include "query/event_item.h"
#include "query/label.h"
#include "query/path_item.h"
#include "query/value_words.h"

#define MOST_CHAINS 1000u

struct context {
    uint64_t shown;
    struct stm_table *table; /* of events; text only */
    struct stm_table *claims;
};

/* ---- Claims --------------------------------------------------------------------------------------- */

static void counted_row(struct stm_output *output, const char *kind, const char *id,
                        stemma_text label, stemma_text type, stemma_text time,
                        uint32_t documents, uint32_t independent)
{
    char all[16];
    char groups[16];
    struct stm_between_row row = {.kind = kind, .id = id, .label = label, .type = type,
                                  .time = time, .documents = all, .independent = groups};
    snprintf(all, sizeof all, "%u", documents);
    snprintf(groups, sizeof groups, "%u", independent);
    stm_between_row_show(output, &row);
}

static stemma_status show_claim(struct stm_query *query, struct context *context,
                                const struct stm_claim_view *view)
{
    stm_json *json = &query->output.json;
    const stemma_claim *claim = &view->claim;
    struct stm_buffer words = {0};
    char id[STEMMA_ID_SIZE];
    stemma_status status;
    if (stm_output_is_json(&query->output)) {
        stm_output_item_begin(&query->output);
        stm_json_member_string(json, "kind", "claim");
        stm_json_key(json, "subject");
        status = stm_reference_json(query, claim->subject_kind, claim->subject);
        if (status == STEMMA_OK) {
            status = stm_claim_members(query, view);
        }
        stm_output_item_end(&query->output);
        return status;
    }
    status = stm_entity_words(query, claim->subject, &words);
    stm_buffer_add_string(&words, " \xE2\x80\x94 ");
    stm_buffer_add(&words, claim->predicate);
    stm_buffer_add_string(&words, claim->polarity == STEMMA_POLARITY_NEGATIVE ? ": not " : ": ");
    if (status == STEMMA_OK) {
        status = stm_object_words(query, claim, &words);
    }
    if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_CLAIM, claim->number, id);
    }
    if (status == STEMMA_OK && stm_output_is_rows(&query->output)) {
        counted_row(&query->output, "claim", id, stm_buffer_text(&words), claim->predicate,
                    (stemma_text){NULL, 0}, claim->documents, claim->independent);
    } else if (status == STEMMA_OK) {
        stm_table_cell(context->claims, stm_buffer_text(&words));
        stm_table_number(context->claims, claim->documents);
        stm_table_number(context->claims, claim->independent);
        stm_table_cell(context->claims, stemma_text_of(id));
    }
    stm_buffer_free(&words);
    return status;
}

static stemma_status show_claims(struct stm_query *query, struct context *context, uint32_t a,
                                 uint32_t b)
{
    const uint32_t *claims = NULL;
    uint32_t count = 0;
    stemma_status status =
        stemma_claims_between(query->snapshot, a, b, &claims, &count, &query->error);
    for (uint32_t i = 0; status == STEMMA_OK && i < count && !stm_query_done(query); i++) {
        struct stm_claim_view view;
        if (!stm_query_take(query)) {
            continue;
        }
        stm_query_next_item(query);
        status = stm_claim_load(query, claims[i], &view);
        if (status == STEMMA_OK) {
            status = show_claim(query, context, &view);
            context->shown++;
        }
    }
    return status;
}

/* ---- Events --------------------------------------------------------------------------------------- */

static stemma_status show_event(struct stm_query *query, void *data,
                                const struct stm_event_view *event)
{
    struct context *context = data;
    struct stm_buffer label = {0};
    stemma_status status;
    context->shown++;
    if (stm_output_is_json(&query->output)) {
        stm_output_item_begin(&query->output);
        status = stm_event_members(query, event);
        stm_output_item_end(&query->output);
        return status;
    }
    if (!stm_output_is_rows(&query->output)) {
        return stm_event_line(query, context->table, event);
    }
    status = stm_event_label(query, event, &label);
    counted_row(&query->output, "event", event->id, stm_buffer_text(&label), event->type,
                event->time.edtf, event->documents, event->independent);
    stm_buffer_free(&label);
    return status;
}

/* ---- Chains --------------------------------------------------------------------------------------- */

/* Chains through others; `direct`: something ties the two directly, and was shown. */
static stemma_status show_chains(struct stm_query *query, struct context *context, uint32_t a,
                                 uint32_t b, bool direct)
{
    stemma_path_options options = STEMMA_PATH_OPTIONS_INIT;
    stemma_paths *paths = NULL;
    const stemma_path *path = NULL;
    uint64_t number = 0, wanted = query->limit, all = wanted + query->offset;
    stemma_status status = stm_event_wanted(query, NULL, 0, false, &options.events);
    options.hops = (uint32_t)query->settings->hops;
    options.flags = STEMMA_PATHS_INDIRECT;
    options.limit = wanted > MOST_CHAINS || all > MOST_CHAINS ? MOST_CHAINS : (uint32_t)all;
    if (query->settings->limit == UINT64_MAX) {
        options.limit = 0; /* as many as the library thinks good */
    }
    if (status == STEMMA_OK) {
        status = stemma_paths_begin(&paths, query->snapshot, a, b, &options, &query->error);
    }
    while (status == STEMMA_OK && !stm_query_done(query)) {
        status = stemma_paths_next(paths, &path, &query->error);
        if (status == STEMMA_OK && stm_query_take(query)) {
            bool text = query->output.format == STM_FORMAT_TEXT;
            if (text && number == 0 && direct) {
                fputc('\n', query->output.terminal.file);
            }
            stm_query_next_item(query);
            status = stm_path_show(query, path, ++number, stemma_paths_cut(paths) != 0);
            context->shown++;
        }
    }
    if (paths != NULL && stemma_paths_cut(paths) && query->output.format == STM_FORMAT_TEXT) {
        stm_query_note("not all was looked at: there may be other chains, and shorter ones");
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* ---- All together ----------------------------------------------------------------------------------- */

static stemma_status show_direct(struct stm_query *query, struct context *context, uint32_t a,
                                 uint32_t b)
{
    static const struct stm_table_column columns[] = {
        {"CLAIM", false, true, STM_STYLE_BOLD},
        {"DOCS", true, false, STM_STYLE_NONE},
        {"INDEP", true, false, STM_STYLE_NONE},
        {"ID", false, false, STM_STYLE_DIM},
    };
    uint32_t pair[2] = {a, b};
    struct stm_table claims;
    struct stm_table events;
    bool a_is_place = false, b_is_place = false;
    stemma_status status;
    context->claims = &claims;
    context->table = &events;
    stm_table_begin(&claims, &query->output.terminal, columns, 4, 0, true);
    stm_event_table_begin(&events, query, 0);
    status = show_claims(query, context, a, b);
    if (!stm_table_end(&claims)) {
        status = STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK) {
        status = stm_entity_is_place(query, a, &a_is_place);
    }
    if (status == STEMMA_OK) {
        status = stm_entity_is_place(query, b, &b_is_place);
    }
    if (b_is_place && !a_is_place) { /* the place goes first: events there count too */
        pair[0] = b;
        pair[1] = a;
    }
    if (status == STEMMA_OK) {
        status = stm_event_filter(query, pair, 2, a_is_place || b_is_place, show_event, context);
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    context->claims = NULL;
    context->table = NULL;
    return stm_table_end(&events) ? status : STEMMA_E_NO_MEMORY;
}

stemma_status stm_query_between(struct stm_query *query)
{
    struct context context = {0, NULL, NULL};
    uint64_t offset = query->offset;
    bool direct;
    uint32_t a = 0, b = 0;
    stemma_status status = stm_choose_entity(query, stemma_text_of(query->arguments[0]),
                                             (stemma_text){NULL, 0}, &a);
    if (status == STEMMA_OK) {
        status = stm_choose_entity(query, stemma_text_of(query->arguments[1]),
                                   (stemma_text){NULL, 0}, &b);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_output_is_rows(&query->output)) {
        stm_between_header(&query->output);
    }
    status = show_direct(query, &context, a, b);
    direct = context.shown != 0 || query->offset != offset;
    if (status == STEMMA_OK && a != b && !stm_query_done(query) &&
        (query->settings->hops != 0 || !direct)) {
        status = show_chains(query, &context, a, b, direct);
    }
    return status == STEMMA_OK && context.shown == 0 ? STEMMA_NOT_FOUND : status;
}
