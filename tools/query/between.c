/* SPDX-License-Identifier: MIT */
/* between A B: what is claimed of one with the other, the events that both take part in, and where there
   is neither, those who share events with both. */
#include <stdlib.h>

#include "query/choose.h"
#include "query/claim_list.h"
#include "query/claim_words.h"
#include "query/entity_view.h"
#include "query/event_filter.h"
#include "query/event_item.h"
#include "query/label.h"
#include "query/value_words.h"

#define MOST_EVENTS 20000u /* of one side that are looked at for those who share them */

struct context {
    uint64_t shown;
    struct stm_table *table; /* of events; text only */
    struct stm_table *claims;
};

/* ---- Claims --------------------------------------------------------------------------------------- */

/* A row; `events` is empty but for those who share them. */
static void row_of(struct stm_output *output, const char *kind, const char *id,
                   stemma_text label, stemma_text type, stemma_text time, const char *documents,
                   const char *independent, const char *events)
{
    stm_output_field_string(output, kind);
    stm_output_field_string(output, id);
    stm_output_field(output, label);
    stm_output_field(output, type);
    stm_output_field(output, time);
    stm_output_field_string(output, documents);
    stm_output_field_string(output, independent);
    stm_output_field_string(output, events);
    stm_output_row_end(output);
}

static void counted_row(struct stm_output *output, const char *kind, const char *id,
                        stemma_text label, stemma_text type, stemma_text time,
                        uint32_t documents, uint32_t independent)
{
    char all[16];
    char groups[16];
    snprintf(all, sizeof all, "%u", documents);
    snprintf(groups, sizeof groups, "%u", independent);
    row_of(output, kind, id, label, type, time, all, groups, "");
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

static bool is_about(const stemma_claim *claim, uint32_t entity)
{
    uint32_t referent = claim->object.kind == STEMMA_OBJECT_REFERENT ? claim->object.as.referent
                        : claim->object.kind == STEMMA_OBJECT_PLACE
                            ? claim->object.as.place.referent
                            : STEMMA_NONE;
    return referent == entity && referent != STEMMA_NONE &&
           claim->object_referent_kind == STEMMA_REFERENT_ENTITY;
}

static stemma_status show_claims(struct stm_query *query, struct context *context, uint32_t of,
                                 uint32_t with)
{
    stemma_entity entity;
    stemma_status status = stemma_entity_get(query->item, of, &entity, &query->error);
    for (uint32_t i = 0; status == STEMMA_OK && i < entity.claim_count; i++) {
        struct stm_claim_view view;
        stm_query_next_item(query);
        status = stm_claim_load(query, entity.claim_first + i, &view);
        if (status == STEMMA_OK && is_about(&view.claim, with) && stm_query_take(query)) {
            status = show_claim(query, context, &view);
            context->shown++;
        }
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
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

/* ---- Those who share events with both -------------------------------------------------------------- */

struct shared {
    uint32_t *counts; /* by entity: events with A; those of B are counted in `both` */
    uint32_t *both;
    uint32_t *into;
    uint32_t self;
    uint32_t seen;
};

static stemma_status count_one(struct stm_query *query, void *data,
                               const struct stm_event_view *event)
{
    struct shared *shared = data;
    for (uint32_t i = 0; i < event->participant_count; i++) {
        uint32_t entity = event->participants[i]->claim.object.as.referent;
        if (entity < query->counts.entities && entity != shared->self) {
            shared->into[entity] += shared->into[entity] != UINT32_MAX;
        }
    }
    if (event->place < query->counts.entities && event->place != shared->self) {
        shared->into[event->place] += shared->into[event->place] != UINT32_MAX;
    }
    if (++shared->seen == MOST_EVENTS) {
        query->limit = 0;
    }
    return STEMMA_OK;
}

struct tie {
    uint32_t entity;
    uint32_t events; /* the fewer of the two sides */
};

static int by_events(const void *left, const void *right)
{
    const struct tie *a = left, *b = right;
    if (a->events != b->events) {
        return a->events > b->events ? -1 : 1;
    }
    return (a->entity > b->entity) - (a->entity < b->entity);
}

static stemma_status show_tie(struct stm_query *query, struct stm_table *table,
                              const struct tie *tie)
{
    stm_json *json = &query->output.json;
    struct stm_entity_view entity;
    stemma_status status;
    stm_query_next_item(query);
    status = stm_entity_load(query, tie->entity, &entity);
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_output_is_json(&query->output)) {
        stm_output_item_begin(&query->output);
        stm_json_member_string(json, "kind", "via");
        stm_json_member_string(json, "id", entity.id);
        stm_json_member_text(json, "type", entity.type);
        stm_member_text_or_null(json, "name", entity.name);
        stm_json_member_unsigned(json, "events", tie->events);
        stm_output_item_end(&query->output);
    } else if (stm_output_is_rows(&query->output)) {
        char events[16];
        snprintf(events, sizeof events, "%u", tie->events);
        row_of(&query->output, "via", entity.id, entity.name, entity.type,
               (stemma_text){NULL, 0}, "", "", events);
    } else {
        stm_table_cell(table, entity.name);
        stm_table_cell(table, entity.type);
        stm_table_number(table, tie->events);
        stm_table_cell(table, stemma_text_of(entity.id));
    }
    return STEMMA_OK;
}

static stemma_status count_side(struct stm_query *query, struct shared *shared, uint32_t entity)
{
    uint64_t limit = query->limit, offset = query->offset;
    bool place = false;
    stemma_status status = stm_entity_is_place(query, entity, &place);
    query->limit = UINT64_MAX;
    query->offset = 0;
    shared->self = entity;
    shared->seen = 0;
    if (status == STEMMA_OK) {
        status = stm_event_filter(query, &entity, 1, place, count_one, shared);
    }
    query->limit = limit;
    query->offset = offset;
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

static stemma_status show_ties(struct stm_query *query, struct context *context,
                               const struct shared *shared)
{
    static const struct stm_table_column columns[] = {
        {"BOTH SHARE EVENTS WITH", false, true, STM_STYLE_BOLD},
        {"TYPE", false, false, STM_STYLE_NONE},
        {"EVENTS", true, false, STM_STYLE_NONE},
        {"ID", false, false, STM_STYLE_DIM},
    };
    struct stm_table table;
    stemma_status status = STEMMA_OK;
    struct tie *ties = malloc((size_t)(query->counts.entities + 1) * sizeof *ties);
    size_t count = 0;
    if (ties == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < query->counts.entities; i++) {
        uint32_t least =
            shared->counts[i] < shared->both[i] ? shared->counts[i] : shared->both[i];
        if (least != 0) {
            ties[count++] = (struct tie){i, least};
        }
    }
    if (count > 1) {
        qsort(ties, count, sizeof *ties, by_events);
    }
    stm_table_begin(&table, &query->output.terminal, columns, 4, 0, true);
    for (size_t i = 0; i < count && status == STEMMA_OK && !stm_query_done(query); i++) {
        if (stm_query_take(query)) {
            status = show_tie(query, &table, &ties[i]);
            context->shown++;
        }
    }
    free(ties);
    return stm_table_end(&table) ? status : STEMMA_E_NO_MEMORY;
}

static stemma_status show_via(struct stm_query *query, struct context *context, uint32_t a,
                              uint32_t b)
{
    size_t count = (size_t)query->counts.entities + 1;
    struct shared shared = {calloc(count, sizeof(uint32_t)), calloc(count, sizeof(uint32_t)),
                            NULL, STEMMA_NONE, 0};
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (shared.counts != NULL && shared.both != NULL) {
        shared.into = shared.counts;
        status = count_side(query, &shared, a);
    }
    if (status == STEMMA_OK) {
        shared.into = shared.both;
        status = count_side(query, &shared, b);
    }
    if (status == STEMMA_OK) {
        status = show_ties(query, context, &shared);
    }
    free(shared.counts);
    free(shared.both);
    return status;
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
    if (status == STEMMA_OK && a != b) {
        status = show_claims(query, context, b, a);
    }
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

static void show_header(struct stm_output *output)
{
    static const char *const names[] = {"kind", "id",        "label",      "type",
                                        "time", "documents", "independent", "events"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(output, names[i]);
    }
    stm_output_row_end(output);
}

stemma_status stm_query_between(struct stm_query *query)
{
    struct context context = {0, NULL, NULL};
    uint64_t offset = query->offset;
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
        show_header(&query->output);
    }
    status = show_direct(query, &context, a, b);
    if (status == STEMMA_OK && context.shown == 0 && query->offset == offset) {
        status = show_via(query, &context, a, b);
    }
    return status == STEMMA_OK && context.shown == 0 ? STEMMA_NOT_FOUND : status;
}
