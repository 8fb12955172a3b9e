/* SPDX-License-Identifier: MIT */
/* What the claims of an event add up to. */
#include "read/claim.h"
#include "base/error.h"
#include "read/known.h"
#include "read/label.h"
#include "file/late.h"

#include <stdlib.h>

static bool is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

/* ---- Claims ---------------------------------------------------------------------------------- */

/* One of them; without `witnesses` perhaps with the first one only: as of a date they are what it is counted by. */
static stemma_status get_claim(stemma_snapshot *snapshot, uint32_t number, bool witnesses,
                               stemma_claim *out, stemma_error *error)
{
    return witnesses || stm_is_cut(snapshot) || number >= snapshot->file->bounds.claims
               ? stm_claim_get(snapshot, number, false, out, error)
               : stm_claim_get_first(snapshot, number, 1, out, error);
}

/* Those of the event's claims that are known. */
static stemma_status get_claims(stemma_snapshot *snapshot, bool witnesses,
                                stemma_event_summary *out, stemma_error *error)
{
    const stemma_event *event = &out->event;
    stemma_claim *claims = stm_snapshot_array(snapshot, event->claim_count, sizeof *claims, error);
    if (claims == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < event->claim_count; i++) {
        stemma_claim *claim = &claims[out->claim_count];
        stemma_status status =
            get_claim(snapshot, event->claim_first + i, witnesses, claim, error);
        if (status == STEMMA_NOT_FOUND) {
            continue;
        }
        if (status != STEMMA_OK) {
            return status;
        }
        claim->speakers = stm_is_cut(snapshot) ? 0 : claim->speakers;
        out->claim_count++;
    }
    out->claims = claims;
    return STEMMA_OK;
}

/* ---- Time ------------------------------------------------------------------------------------ */

static bool is_time(const stemma_claim *claim)
{
    return claim->object.kind == STEMMA_OBJECT_TIME &&
           claim->polarity != STEMMA_POLARITY_NEGATIVE && is(claim->predicate, "time");
}

/* As the index chooses: most independent documents, then the finer, the earlier, the lesser. */
static void choose_time(stemma_event_summary *event)
{
    const stemma_claim *best = NULL;
    const stemma_claim *words = NULL; /* that nobody could resolve */
    stemma_time_bounds bounds = event->event.bounds;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const stemma_claim *claim = &event->claims[i];
        stemma_time_bounds own;
        int order;
        if (!is_time(claim)) {
            continue;
        }
        words = words == NULL ? claim : words;
        if (stemma_edtf_bounds(claim->object.as.time.edtf, &own) != STEMMA_OK) {
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
    best = best != NULL ? best : words;
    if (best != NULL) {
        event->time = best->object.as.time;
    }
}

/* ---- Who and how many ------------------------------------------------------------------------ */

/* Place of a role among the roles of the type; those it does not have come last. */
static uint32_t role_rank(stemma_text roles, stemma_text role)
{
    uint32_t rank = 0;
    size_t start = 0;
    for (size_t i = 0; i <= roles.size; i++) {
        if (i == roles.size || roles.data[i] == ' ') {
            /* without roles there is no text to begin in */
            if (i > start && stemma_text_equal((stemma_text){roles.data + start, i - start}, role)) {
                return rank;
            }
            rank++;
            start = i + 1;
        }
    }
    return rank;
}

typedef struct ranked {
    const stemma_claim *claim;
    uint32_t rank;
} ranked;

static int by_rank(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    const stemma_claim *x = a->claim, *y = b->claim;
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

static bool is_role(stemma_text predicate)
{
    return !is(predicate, "type") && !is(predicate, "time") && !is(predicate, "place") &&
           !is(predicate, "content");
}

/* The same with another polarity: claims on one object stand side by side. */
static bool is_repeated(const stemma_claim *claims, uint32_t i)
{
    const stemma_claim *claim = &claims[i];
    const stemma_claim *before = i != 0 ? &claims[i - 1] : NULL;
    return before != NULL && claim->object.kind == STEMMA_OBJECT_REFERENT &&
           before->object.kind == STEMMA_OBJECT_REFERENT &&
           before->polarity != STEMMA_POLARITY_NEGATIVE &&
           before->object_referent_kind == claim->object_referent_kind &&
           before->object.as.referent == claim->object.as.referent &&
           stemma_text_equal(before->predicate, claim->predicate);
}

static bool is_picked(const stemma_event_summary *event, uint32_t i, uint8_t kind)
{
    const stemma_claim *claim = &event->claims[i];
    return claim->object.kind == kind && claim->polarity != STEMMA_POLARITY_NEGATIVE &&
           is_role(claim->predicate) && !is_repeated(event->claims, i) &&
           (kind != STEMMA_OBJECT_REFERENT ||
            claim->object_referent_kind == STEMMA_REFERENT_ENTITY);
}

static stemma_status pick(stemma_snapshot *snapshot, const stemma_event_summary *event,
                          stemma_text roles, uint8_t kind, const stemma_claim *const **out,
                          uint32_t *count, stemma_error *error)
{
    const stemma_claim **claims =
        stm_snapshot_array(snapshot, event->claim_count, sizeof(const stemma_claim *), error);
    stm_mark mark = stm_snapshot_mark(snapshot);
    ranked *list = stm_snapshot_array(snapshot, event->claim_count, sizeof *list, error);
    *count = 0;
    if (claims == NULL || list == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < event->claim_count; i++) {
        if (is_picked(event, i, kind)) {
            list[(*count)++] =
                (ranked){&event->claims[i], role_rank(roles, event->claims[i].predicate)};
        }
    }
    if (*count > 1) {
        qsort(list, *count, sizeof *list, by_rank);
    }
    for (uint32_t i = 0; i < *count; i++) {
        claims[i] = list[i].claim;
    }
    stm_snapshot_rewind(snapshot, mark);
    *out = claims;
    return STEMMA_OK;
}

stemma_status stm_event_summary(stemma_snapshot *snapshot, uint32_t event, bool witnesses,
                                stemma_event_summary *out, stemma_error *error)
{
    stemma_text roles = {NULL, 0};
    uint32_t term = 0;
    memset(out, 0, sizeof *out);
    stemma_status status = stm_late_need(snapshot, error);
    if (status == STEMMA_OK) {
        status = stemma_event_get(snapshot, event, &out->event, error);
    }
    if (status == STEMMA_OK) {
        status = get_claims(snapshot, witnesses, out, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_vocabulary_find(&snapshot->file->bounds.vocabulary, STEMMA_TERM_EVENT_TYPE,
                            out->event.type, &term)) {
        roles = snapshot->file->terms[term].roles;
    }
    choose_time(out);
    status = pick(snapshot, out, roles, STEMMA_OBJECT_REFERENT, &out->participants,
                  &out->participant_count, error);
    return status == STEMMA_OK ? pick(snapshot, out, roles, STEMMA_OBJECT_QUANTITY,
                                      &out->quantities, &out->quantity_count, error)
                               : status;
}

stemma_status stemma_event_summary_get(stemma_snapshot *snapshot, uint32_t event,
                                       stemma_event_summary *out, stemma_error *error)
{
    return stm_event_summary(snapshot, event, true, out, error);
}
