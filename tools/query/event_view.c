/* SPDX-License-Identifier: MIT */
#include "query/event_view.h"

#include <stdlib.h>

static bool is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

/* ---- Choosing among claims --------------------------------------------------------------------- */

/* As the index chooses: most independent documents, then the finer, the earlier, the lesser. */
static void choose_time(struct stm_event_view *event)
{
    const stemma_claim *best = NULL;
    stemma_time_bounds bounds = {STEMMA_TIME_UNKNOWN_EARLY, STEMMA_TIME_UNKNOWN_LATE,
                                 STEMMA_TIME_UNKNOWN_EARLY, STEMMA_TIME_UNKNOWN_LATE, 0, 0, 0, 0};
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const stemma_claim *claim = &event->claims[i].claim;
        stemma_time_bounds own;
        int order;
        if (!is(claim->predicate, "time") || claim->object.kind != STEMMA_OBJECT_TIME ||
            claim->polarity == STEMMA_POLARITY_NEGATIVE ||
            stemma_edtf_bounds(claim->object.as.time.edtf, &own) != STEMMA_OK) {
            continue;
        }
        order = best == NULL ? 1
                             : (claim->independent > best->independent) -
                                   (claim->independent < best->independent);
        if (order == 0) {
            order = (own.precision > bounds.precision) - (own.precision < bounds.precision);
        }
        if (order == 0) {
            order = (own.start_earliest < bounds.start_earliest) -
                    (own.start_earliest > bounds.start_earliest);
        }
        if (order == 0) {
            order = stemma_text_compare(best->object.as.time.edtf, claim->object.as.time.edtf);
        }
        if (order > 0) {
            best = claim;
            bounds = own;
        }
    }
    event->bounds = bounds;
    if (best != NULL) {
        event->time = best->object.as.time;
        return;
    }
    for (uint32_t i = 0; i < event->claim_count; i++) { /* words that nobody could resolve */
        const stemma_claim *claim = &event->claims[i].claim;
        if (is(claim->predicate, "time") && claim->object.kind == STEMMA_OBJECT_TIME &&
            claim->polarity != STEMMA_POLARITY_NEGATIVE) {
            event->time = claim->object.as.time;
            return;
        }
    }
}

/* ---- Who and how many -------------------------------------------------------------------------- */

/* Place of a role among the roles of the type; those it does not have come last. */
static uint32_t role_rank(stemma_text roles, stemma_text role)
{
    uint32_t rank = 0;
    size_t start = 0;
    for (size_t i = 0; i <= roles.size; i++) {
        if (i == roles.size || roles.data[i] == ' ') {
            stemma_text one = {roles.data + start, i - start};
            if (i > start && stemma_text_equal(one, role)) {
                return rank;
            }
            rank++;
            start = i + 1;
        }
    }
    return rank;
}

struct ranked {
    const struct stm_claim_view *view;
    uint32_t rank;
};

static int by_rank(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    const stemma_claim *x = &a->view->claim, *y = &b->view->claim;
    int order;
    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    order = stemma_text_compare(x->predicate, y->predicate);
    if (order != 0) {
        return order;
    }
    if (x->independent != y->independent) {
        return x->independent > y->independent ? -1 : 1;
    }
    if (x->documents != y->documents) {
        return x->documents > y->documents ? -1 : 1;
    }
    if (x->object.kind == STEMMA_OBJECT_QUANTITY && y->object.kind == STEMMA_OBJECT_QUANTITY &&
        (x->object.as.quantity.amount.size == 0) != (y->object.as.quantity.amount.size == 0)) {
        return x->object.as.quantity.amount.size != 0 ? -1 : 1;
    }
    return (x->number > y->number) - (x->number < y->number);
}

stemma_status stm_event_type(struct stm_query *query, stemma_text type, const stemma_term **out)
{
    uint32_t low = 0;
    uint32_t high;
    *out = NULL;
    if (query->types == NULL) {
        uint64_t count = query->counts.vocabulary;
        query->types = calloc(count != 0 ? (size_t)count : 1, sizeof *query->types);
        if (query->types == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        for (uint32_t i = 0; i < count; i++) {
            stemma_term term;
            stemma_status status = stemma_term_get(query->snapshot, i, &term, &query->error);
            if (status != STEMMA_OK) {
                return status;
            }
            if (term.kind == STEMMA_TERM_EVENT_TYPE) {
                query->types[query->type_count++] = term;
            }
        }
    }
    /* Terms ascend by name. */
    for (high = query->type_count; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        int order = stemma_text_compare(query->types[middle].name, type);
        if (order == 0) {
            *out = &query->types[middle];
            break;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return STEMMA_OK;
}

static bool is_role(stemma_text predicate)
{
    return !is(predicate, "type") && !is(predicate, "time") && !is(predicate, "place") &&
           !is(predicate, "content");
}

/* The same with another polarity: claims on one object stand side by side. */
static bool is_repeated(const struct stm_claim_view *views, uint32_t i)
{
    const stemma_claim *claim = &views[i].claim;
    const stemma_claim *before = i != 0 ? &views[i - 1].claim : NULL;
    return before != NULL && claim->object.kind == STEMMA_OBJECT_REFERENT &&
           before->object.kind == STEMMA_OBJECT_REFERENT &&
           before->polarity != STEMMA_POLARITY_NEGATIVE &&
           before->object_referent_kind == claim->object_referent_kind &&
           before->object.as.referent == claim->object.as.referent &&
           stemma_text_equal(before->predicate, claim->predicate);
}

static const struct stm_claim_view **pick(struct stm_query *query,
                                          const struct stm_event_view *event, stemma_text roles,
                                          uint8_t kind, uint32_t *count)
{
    struct ranked *ranked =
        stm_arena_alloc(&query->arena, event->claim_count, sizeof *ranked);
    const struct stm_claim_view **out = stm_arena_alloc(
        &query->arena, event->claim_count, sizeof(const struct stm_claim_view *));
    *count = 0;
    if (ranked == NULL || out == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const stemma_claim *claim = &event->claims[i].claim;
        if (claim->object.kind == kind && claim->polarity != STEMMA_POLARITY_NEGATIVE &&
            is_role(claim->predicate) && !is_repeated(event->claims, i) &&
            (kind != STEMMA_OBJECT_REFERENT ||
             claim->object_referent_kind == STEMMA_REFERENT_ENTITY)) {
            ranked[*count].view = &event->claims[i];
            ranked[(*count)++].rank = role_rank(roles, claim->predicate);
        }
    }
    if (*count > 1) {
        qsort(ranked, *count, sizeof *ranked, by_rank);
    }
    for (uint32_t i = 0; i < *count; i++) {
        out[i] = ranked[i].view;
    }
    return out;
}

stemma_status stm_event_load(struct stm_query *query, uint32_t number, struct stm_event_view *out)
{
    stemma_event event;
    const stemma_term *type;
    stemma_text roles = {NULL, 0};
    stemma_status status = stemma_event_get(query->item, number, &event, &query->error);
    if (status != STEMMA_OK) {
        return status;
    }
    memset(out, 0, sizeof *out);
    out->number = number;
    out->type = event.type;
    out->place = event.place;
    out->polarity = event.polarity;
    out->realis = event.realis;
    out->documents = event.documents;
    out->independent = event.independent;
    status = stm_query_id(query, STEMMA_REFERENCE_EVENT, number, out->id);
    if (status == STEMMA_OK) {
        status = stm_claims_load(query, event.claim_first, event.claim_count, &out->claims,
                                 &out->claim_count);
    }
    if (status == STEMMA_OK) {
        status = stm_event_type(query, event.type, &type);
        roles = status == STEMMA_OK && type != NULL ? type->roles : (stemma_text){NULL, 0};
    }
    if (status != STEMMA_OK) {
        return status;
    }
    choose_time(out);
    out->participants =
        pick(query, out, roles, STEMMA_OBJECT_REFERENT, &out->participant_count);
    out->quantities = pick(query, out, roles, STEMMA_OBJECT_QUANTITY, &out->quantity_count);
    if (out->participants == NULL || out->quantities == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    return STEMMA_OK;
}

/* ---- Time -------------------------------------------------------------------------------------- */

static void time_text(int64_t seconds, bool finely, char out[STM_TIME_SIZE])
{
    char day[11];
    int64_t in_day = seconds % 86400;
    out[0] = '\0';
    if (seconds == STEMMA_TIME_UNKNOWN_EARLY || seconds == STEMMA_TIME_UNKNOWN_LATE) {
        return;
    }
    stemma_day_text(seconds, day);
    in_day = in_day < 0 ? in_day + 86400 : in_day;
    if (finely && day[0] != '\0') {
        snprintf(out, STM_TIME_SIZE, "%sT%02d:%02d:%02dZ", day, (int)(in_day / 3600),
                 (int)(in_day / 60 % 60), (int)(in_day % 60));
    } else {
        snprintf(out, STM_TIME_SIZE, "%s", day);
    }
}

void stm_event_earliest(const struct stm_event_view *event, char out[STM_TIME_SIZE])
{
    time_text(event->bounds.start_earliest, event->bounds.precision == STEMMA_PRECISION_SECOND,
              out);
}

void stm_event_latest(const struct stm_event_view *event, char out[STM_TIME_SIZE])
{
    time_text(event->bounds.end_latest, event->bounds.precision == STEMMA_PRECISION_SECOND, out);
}
