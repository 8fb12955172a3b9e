/* SPDX-License-Identifier: MIT */
/* conflicts [NAME|ID]: claims that cannot all be true. */
#include <stdlib.h>

#include "query/choose.h"
#include "query/claim_list.h"
#include "query/claim_words.h"
#include "query/conflict.h"
#include "query/event_filter.h"
#include "query/label.h"
#include "query/value_words.h"
#include "stemma/name.h"

#define COMPARED 64u /* claims of one predicate that are compared, the best supported first */

struct context {
    uint64_t limit, offset; /* of conflicts; the query's own count events */
    uint64_t shown;
};

static bool is_single(struct stm_query *query, stemma_text predicate)
{
    for (uint32_t i = 0; i < query->counts.vocabulary; i++) {
        stemma_term term;
        if (stemma_term_get(query->item, i, &term, NULL) == STEMMA_OK &&
            term.kind == STEMMA_TERM_PREDICATE && stemma_text_equal(term.name, predicate)) {
            return term.single_valued != 0;
        }
    }
    return false;
}

static int by_support(const void *left, const void *right)
{
    const stemma_claim *a = &((const struct stm_claim_view *)left)->claim;
    const stemma_claim *b = &((const struct stm_claim_view *)right)->claim;
    if (a->independent != b->independent) {
        return a->independent > b->independent ? -1 : 1;
    }
    if (a->documents != b->documents) {
        return a->documents > b->documents ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}

/* ---- Showing one -------------------------------------------------------------------------------- */

static stemma_status show_json(struct stm_query *query, enum stm_conflict kind,
                               const struct stm_claim_view *views, const bool *involved,
                               uint32_t count)
{
    stm_json *json = &query->output.json;
    stemma_status status;
    stm_output_item_begin(&query->output);
    stm_json_member_string(json, "kind", stm_conflict_name(kind));
    stm_json_key(json, "subject");
    status = stm_reference_json(query, views[0].claim.subject_kind, views[0].claim.subject);
    stm_json_member_text(json, "predicate", views[0].claim.predicate);
    stm_json_key(json, "claims");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        if (involved[i]) {
            status = stm_claim_list_json(query, &views[i], true);
        }
    }
    stm_json_array_end(json);
    stm_output_item_end(&query->output);
    return status;
}

static stemma_status subject_words(struct stm_query *query, const stemma_claim *claim,
                                   struct stm_buffer *out)
{
    return claim->subject_kind == STEMMA_REFERENT_ENTITY
               ? stm_entity_words(query, claim->subject, out)
               : stm_event_words(query, claim->subject, out);
}

static stemma_status show_rows(struct stm_query *query, enum stm_conflict kind, uint64_t number,
                               const struct stm_claim_view *views, const bool *involved,
                               uint32_t count)
{
    struct stm_output *output = &query->output;
    struct stm_buffer subject = {0};
    stemma_status status = subject_words(query, &views[0].claim, &subject);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        if (involved[i]) {
            stm_output_field_number(output, number);
            stm_output_field_string(output, stm_conflict_name(kind));
            stm_output_field(output, stm_buffer_text(&subject));
            status = stm_claim_list_row(query, &views[i]);
        }
    }
    stm_buffer_free(&subject);
    return status;
}

static stemma_status show_text(struct stm_query *query, enum stm_conflict kind, uint64_t number,
                               const struct stm_claim_view *views, const bool *involved,
                               uint32_t count)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    struct stm_buffer subject = {0};
    struct stm_buffer line = {0};
    struct stm_table table;
    stemma_status status = subject_words(query, &views[0].claim, &subject);
    stm_buffer_add_safe(&line, stm_buffer_text(&subject));
    stm_buffer_add_string(&line, stm_style_off(terminal, STM_STYLE_BOLD));
    stm_buffer_add_string(&line, "\n  ");
    stm_buffer_add_safe(&line, views[0].claim.predicate);
    fprintf(terminal->file, "%s%s%.*s: conflict of %s\n", number != 0 ? "\n" : "",
            stm_style_on(terminal, STM_STYLE_BOLD), (int)line.size,
            line.data != NULL ? line.data : "", stm_conflict_name(kind));
    stm_claim_table_begin(&table, query, 4);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        if (involved[i]) {
            status = stm_claim_list_line(query, &table, &views[i], true);
        }
    }
    if (!stm_table_end(&table) || line.failed || subject.failed) {
        status = STEMMA_E_NO_MEMORY;
    }
    stm_buffer_free(&subject);
    stm_buffer_free(&line);
    return status;
}

/* ---- Finding them ------------------------------------------------------------------------------- */

static bool is_named(const stemma_entity *entity)
{
    for (uint32_t i = 0; i < entity->name_count; i++) {
        if (entity->names[i].kind != STEMMA_NAME_NOMINAL) {
            return true;
        }
    }
    return false;
}

/* Whether two values are entities that cannot be told to be two: one is known by a description only
   ("the ministry"), or one's name may be the other's. */
static bool may_be_one(struct stm_query *query, const stemma_claim *a, const stemma_claim *b)
{
    stemma_entity left;
    stemma_entity right;
    stemma_name_class kind = STEMMA_NAME_CLASS_OTHER;
    if (a->object.kind != STEMMA_OBJECT_REFERENT || b->object.kind != STEMMA_OBJECT_REFERENT ||
        a->object_referent_kind != STEMMA_REFERENT_ENTITY ||
        b->object_referent_kind != STEMMA_REFERENT_ENTITY) {
        return false;
    }
    stemma_snapshot_reset(query->scratch);
    if (stemma_entity_get(query->scratch, a->object.as.referent, &left, NULL) != STEMMA_OK ||
        stemma_entity_get(query->scratch, b->object.as.referent, &right, NULL) != STEMMA_OK) {
        return false; /* said elsewhere: the labels are read the same way */
    }
    if (stemma_text_equal(left.type, stemma_text_of("person"))) {
        kind = STEMMA_NAME_CLASS_PERSON;
    } else if (stemma_text_equal(left.type, stemma_text_of("organization"))) {
        kind = STEMMA_NAME_CLASS_ORGANIZATION;
    }
    return !is_named(&left) || !is_named(&right) ||
           stemma_name_similarity(left.name, right.name, kind) >= STEMMA_NAME_LIKELY;
}

static bool contradict(struct stm_query *query, enum stm_conflict kind, const stemma_claim *a,
                       const stemma_claim *b, bool single)
{
    return stm_conflict_of(a, b, single) == kind &&
           (kind != STM_CONFLICT_VALUE || !may_be_one(query, a, b));
}

/* Whether documents disagree on whether the thing of these claims happened at all: then whatever
   is said and denied of its circumstances follows from that and is no conflict of its own. */
static bool is_disputed(const struct stm_claim_view *views, uint32_t count)
{
    uint32_t last = count < COMPARED ? count : COMPARED;
    for (uint32_t i = 0; i < last; i++) {
        for (uint32_t j = i + 1; j < last; j++) {
            if (stemma_text_equal(views[i].claim.predicate, stemma_text_of("type")) &&
                stemma_text_equal(views[j].claim.predicate, stemma_text_of("type")) &&
                stm_conflict_of(&views[i].claim, &views[j].claim, true) == STM_CONFLICT_POLARITY) {
                return true;
            }
        }
    }
    return false;
}

/* Claims of one predicate: those that some other one contradicts, as one conflict of each kind. */
static stemma_status compare(struct stm_query *query, struct context *context, bool disputed,
                             struct stm_claim_view *views, uint32_t count)
{
    stemma_status status = STEMMA_OK;
    bool single = is_single(query, views[0].claim.predicate);
    if (count > 1) {
        qsort(views, count, sizeof *views, by_support);
    }
    count = count < COMPARED ? count : COMPARED;
    for (int kind = STM_CONFLICT_POLARITY; kind <= STM_CONFLICT_VALUE; kind++) {
        bool involved[COMPARED] = {false};
        bool any = false;
        if (kind == STM_CONFLICT_POLARITY && disputed &&
            !stemma_text_equal(views[0].claim.predicate, stemma_text_of("type"))) {
            continue;
        }
        for (uint32_t i = 0; i < count; i++) {
            for (uint32_t j = i + 1; j < count; j++) {
                if (contradict(query, (enum stm_conflict)kind, &views[i].claim, &views[j].claim,
                               single)) {
                    involved[i] = involved[j] = any = true;
                }
            }
        }
        if (!any || status != STEMMA_OK) {
            continue;
        }
        if (context->offset != 0) {
            context->offset--;
            continue;
        }
        if (context->shown == context->limit) {
            break;
        }
        status = stm_output_is_json(&query->output)
                     ? show_json(query, (enum stm_conflict)kind, views, involved, count)
                 : stm_output_is_rows(&query->output)
                     ? show_rows(query, (enum stm_conflict)kind, context->shown + 1, views,
                                 involved, count)
                     : show_text(query, (enum stm_conflict)kind, context->shown, views, involved,
                                 count);
        context->shown++;
    }
    return status;
}

static stemma_status look_through(struct stm_query *query, struct context *context,
                                  struct stm_claim_view *views, uint32_t count)
{
    stemma_status status = STEMMA_OK;
    bool disputed = false;
    for (uint32_t first = 0, end; first < count && !disputed; first = end) {
        for (end = first + 1; end < count && stemma_text_equal(views[end].claim.predicate,
                                                               views[first].claim.predicate);
             end++) {
        }
        disputed = is_disputed(views + first, end - first);
    }
    for (uint32_t first = 0, end; first < count && status == STEMMA_OK; first = end) {
        for (end = first + 1; end < count && stemma_text_equal(views[end].claim.predicate,
                                                               views[first].claim.predicate);
             end++) {
        }
        if (end - first > 1) {
            status = compare(query, context, disputed, views + first, end - first);
        }
    }
    return status;
}

static stemma_status visit(struct stm_query *query, void *data, const struct stm_event_view *event)
{
    struct context *context = data;
    if (context->shown == context->limit) {
        query->limit = 0; /* enough */
        return STEMMA_OK;
    }
    return look_through(query, context, event->claims, event->claim_count);
}

static stemma_status look_at_entity(struct stm_query *query, struct context *context,
                                    uint32_t number)
{
    struct stm_claim_view *views = NULL;
    uint32_t count = 0;
    stemma_entity entity;
    stemma_status status;
    stm_query_next_item(query);
    status = stemma_entity_get(query->item, number, &entity, &query->error);
    if (status == STEMMA_OK && entity.claim_count > 1) {
        status = stm_claims_load(query, entity.claim_first, entity.claim_count, &views, &count);
    }
    return status == STEMMA_OK ? look_through(query, context, views, count) : status;
}

static void show_header(struct stm_output *output)
{
    stm_output_field_string(output, "conflict");
    stm_output_field_string(output, "kind");
    stm_output_field_string(output, "subject");
    stm_claim_list_header(output);
}

static bool narrows_events(const struct stm_query_settings *settings)
{
    return settings->who.count != 0 || settings->role != NULL || settings->type != NULL ||
           settings->place != NULL || settings->from != NULL || settings->to != NULL ||
           settings->actual;
}

/* One event, or one entity and its events, or everything. */
static stemma_status look(struct stm_query *query, struct context *context)
{
    stemma_reference reference = {STEMMA_REFERENCE_ENTITY, STEMMA_NONE};
    stemma_status status = STEMMA_OK;
    bool place = false;
    uint32_t entities[STM_OPTION_LIST_MAX + 1];
    uint32_t count = 0;
    if (query->argument_count != 0) {
        status = stm_choose(query, stm_choose_arguments(query, 0), &reference);
    }
    if (status == STEMMA_OK && reference.kind == STEMMA_REFERENCE_EVENT) {
        struct stm_event_view event;
        status = stm_event_load(query, reference.number, &event);
        return status == STEMMA_OK ? visit(query, context, &event) : status;
    }
    if (status == STEMMA_OK && reference.kind != STEMMA_REFERENCE_ENTITY) {
        query->exit = stm_usage_error(&stm_query_program, "conflicts: give an event or entity");
        return STEMMA_E_MISUSE;
    }
    if (status == STEMMA_OK && reference.number != STEMMA_NONE) {
        entities[count++] = reference.number;
        status = stm_entity_is_place(query, reference.number, &place);
    }
    for (int i = 0; i < query->settings->who.count && status == STEMMA_OK; i++) {
        status = stm_choose_entity(query, stemma_text_of(query->settings->who.items[i]),
                                   (stemma_text){NULL, 0}, &entities[count++]);
    }
    if (status == STEMMA_OK) {
        status = stm_event_filter(query, entities, count, place, visit, context);
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    if (narrows_events(query->settings) || status != STEMMA_OK) {
        return status;
    }
    if (reference.number != STEMMA_NONE) {
        return look_at_entity(query, context, reference.number);
    }
    for (uint32_t i = 0; i < query->counts.entities && status == STEMMA_OK &&
                         context->shown != context->limit && !stm_output_failed(&query->output);
         i++) {
        status = look_at_entity(query, context, i);
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status; /* not known yet */
    }
    return status;
}

stemma_status stm_query_conflicts(struct stm_query *query)
{
    struct context context = {query->limit, query->offset, 0};
    stemma_status status;
    query->limit = UINT64_MAX;
    query->offset = 0;
    if (stm_output_is_rows(&query->output)) {
        show_header(&query->output);
    }
    status = look(query, &context);
    return status == STEMMA_OK && context.shown == 0 ? STEMMA_NOT_FOUND : status;
}
