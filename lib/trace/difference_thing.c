/* SPDX-License-Identifier: MIT */
/* What is told otherwise of a thing that was known: readings, and claims. */
#include "trace/difference.h"

#include <stdio.h>

#include "read/claim.h"
#include "read/entity.h"
#include "base/error.h"
#include "read/label.h"

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
}

/* A thing on both sides, and how it is called now: only worked out when something is different. */
typedef struct pair {
    stemma_difference *difference;
    stemma_reference before;
    stemma_reference after;
    stemma_text subject;
    bool named;
} pair;

static stemma_status name(pair *self, stemma_change *change, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    if (!self->named) {
        status = stemma_label(self->difference->after, self->after, &self->subject, error);
        self->named = status == STEMMA_OK;
    }
    change->subject = self->subject;
    return status;
}

/* ---- Documents ------------------------------------------------------------------------------- */

stemma_status stm_difference_documents(stemma_difference *self, stemma_change *change,
                                       stemma_error *error)
{
    const stemma_referent_id *members = NULL;
    uint32_t count = 1;
    stemma_referent_id own = {change->after.number, 0};
    stemma_status status = STEMMA_OK;
    if (change->after.kind == STEMMA_REFERENCE_DOCUMENT) {
        members = &own;
    } else {
        status = stemma_members(self->after, change->after, &members, &count, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t *documents = stm_snapshot_array(self->after, count, sizeof *documents, error);
    if (documents == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t document = members[i].document;
        bool again =
            change->document_count != 0 && documents[change->document_count - 1] == document;
        if (!again && stm_difference_is_new(self, document)) {
            documents[change->document_count++] = document;
        }
    }
    change->documents = documents;
    return STEMMA_OK;
}

/* Those that make a claim. */
static stemma_status claim_documents(stemma_difference *self, const stemma_claim *claim,
                                     stemma_change *change, stemma_error *error)
{
    uint32_t *documents =
        stm_snapshot_array(self->after, claim->witness_count, sizeof *documents, error);
    if (documents == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < claim->witness_count; i++) {
        uint32_t document = claim->witnesses[i].document;
        bool again =
            change->document_count != 0 && documents[change->document_count - 1] == document;
        if (!again && stm_difference_is_new(self, document)) {
            documents[change->document_count++] = document;
        }
    }
    change->documents = documents;
    return STEMMA_OK;
}

/* ---- Readings -------------------------------------------------------------------------------- */

static stemma_status add_reading(pair *self, stemma_change_field field, stemma_text role,
                                 stemma_text was, stemma_text now, stemma_error *error)
{
    if (stemma_text_equal(was, now)) {
        return STEMMA_OK;
    }
    stemma_change *change = stm_difference_add(self->difference, STEMMA_CHANGE_READING,
                                               self->before, self->after);
    if (change == NULL) {
        return no_memory(error);
    }
    change->field = (uint8_t)field;
    change->role = role;
    change->was = was;
    change->now = now;
    stemma_status status = name(self, change, error);
    return status == STEMMA_OK ? stm_difference_documents(self->difference, change, error)
                               : status;
}

static stemma_text factuality(const stemma_event *event)
{
    if (event->polarity == STEMMA_POLARITY_NEGATIVE) {
        return stemma_text_of("denied");
    }
    return stemma_text_of(event->realis == STEMMA_REALIS_ACTUAL    ? "said to have happened"
                          : event->realis == STEMMA_REALIS_GENERIC ? "in general"
                          : event->realis == STEMMA_REALIS_OTHER   ? "not said to have happened"
                                                                   : "not said whether");
}

static stemma_status place_words(stemma_snapshot *snapshot, uint32_t place, stemma_text *out,
                                 stemma_error *error)
{
    *out = (stemma_text){NULL, 0};
    return place == STEMMA_NONE
               ? STEMMA_OK
               : stemma_label(snapshot, (stemma_reference){STEMMA_REFERENCE_ENTITY, place}, out,
                              error);
}

/* Numbers with what is counted; the same number in other words is the same reading. */
static bool same_count(const stemma_claim *a, const stemma_claim *b)
{
    const stemma_quantity *x = &a->object.as.quantity, *y = &b->object.as.quantity;
    bool number = x->amount.size != 0 || x->lower.size != 0 || x->upper.size != 0;
    return x->modifier == y->modifier && stemma_text_equal(x->amount, y->amount) &&
           stemma_text_equal(x->lower, y->lower) && stemma_text_equal(x->upper, y->upper) &&
           stemma_text_equal(x->unit, y->unit) && (number || stemma_text_equal(x->raw, y->raw));
}

/* The count of a role that is supported best. */
static const stemma_claim *count_of(const stemma_event_summary *event, stemma_text role)
{
    for (uint32_t i = 0; i < event->quantity_count; i++) {
        if (stemma_text_equal(event->quantities[i]->predicate, role)) {
            return event->quantities[i];
        }
    }
    return NULL;
}

static stemma_status compare_counts(pair *self, const stemma_event_summary *was,
                                    const stemma_event_summary *now, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < now->quantity_count && status == STEMMA_OK; i++) {
        const stemma_claim *claim = now->quantities[i];
        const stemma_claim *other = count_of(was, claim->predicate);
        stemma_text words = {NULL, 0}, other_words = {NULL, 0};
        if (claim != count_of(now, claim->predicate) || other == NULL ||
            same_count(claim, other)) {
            continue; /* that there is a count now, a claim tells */
        }
        status = stemma_object_label(self->difference->before, other, &other_words, error);
        if (status == STEMMA_OK) {
            status = stemma_object_label(self->difference->after, claim, &words, error);
        }
        if (status == STEMMA_OK) {
            status = add_reading(self, STEMMA_FIELD_COUNT, claim->predicate, other_words, words,
                                 error);
        }
    }
    return status;
}

static stemma_status compare_readings(pair *self, const stemma_event_summary *was,
                                      const stemma_event_summary *now, stemma_error *error)
{
    const stemma_text none = {NULL, 0};
    stemma_text place_was, place_now;
    stemma_status status =
        add_reading(self, STEMMA_FIELD_TYPE, none, was->event.type, now->event.type, error);
    if (status == STEMMA_OK) {
        status = add_reading(self, STEMMA_FIELD_TIME, none, was->time.edtf, now->time.edtf, error);
    }
    if (status == STEMMA_OK) {
        status = place_words(self->difference->before, was->event.place, &place_was, error);
    }
    if (status == STEMMA_OK) {
        status = place_words(self->difference->after, now->event.place, &place_now, error);
    }
    /* the same place by another name is no change of the event */
    if (status == STEMMA_OK &&
        !(self->difference->one_file && was->event.place == now->event.place)) {
        status = add_reading(self, STEMMA_FIELD_PLACE, none, place_was, place_now, error);
    }
    if (status == STEMMA_OK) {
        status = add_reading(self, STEMMA_FIELD_FACTUALITY, none, factuality(&was->event),
                             factuality(&now->event), error);
    }
    return status == STEMMA_OK ? compare_counts(self, was, now, error) : status;
}

/* ---- Claims ---------------------------------------------------------------------------------- */

/* The claim of `before` that a claim of `after` is, by one of its witnesses. STEMMA_NOT_FOUND. */
static stemma_status claim_before(stemma_difference *self, const stemma_claim *claim,
                                  stemma_claim *out, stemma_error *error)
{
    stemma_status status = STEMMA_NOT_FOUND;
    if (self->one_file) {
        return stm_claim_get(self->before, claim->number, false, out, error);
    }
    for (uint32_t i = 0; i < claim->witness_count && status == STEMMA_NOT_FOUND; i++) {
        stemma_reference document = {STEMMA_REFERENCE_DOCUMENT, claim->witnesses[i].document};
        stemma_reference found;
        char id[STEMMA_ID_SIZE], claim_id[STEMMA_ID_SIZE + 16];
        if (stm_difference_is_new(self, document.number)) {
            continue;
        }
        status = stemma_id_text(self->after, document, id, error);
        if (status == STEMMA_OK) {
            snprintf(claim_id, sizeof claim_id, "c%s.%u", id + 1, claim->witnesses[i].assertion);
            status = stemma_resolve(self->before, stemma_text_of(claim_id), &found, error);
        }
        if (status == STEMMA_OK) {
            status = stemma_claim_get(self->before, found.number, out, error);
        }
    }
    return status;
}

static stemma_status compare_claim(pair *self, uint32_t number, stemma_error *error)
{
    stemma_difference *difference = self->difference;
    stemma_claim claim, before;
    stemma_change *change = NULL;
    stm_mark mark = stm_snapshot_mark(difference->after);
    stemma_status status = stm_claim_get(difference->after, number, false, &claim, error);
    if (status != STEMMA_OK) {
        return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    status = claim_before(difference, &claim, &before, error);
    if (status == STEMMA_OK && claim.independent <= before.independent) {
        stm_snapshot_rewind(difference->after, mark);
        return STEMMA_OK;
    }
    if (status < 0) {
        return status;
    }
    change = stm_difference_add(difference,
                                status == STEMMA_OK ? STEMMA_CHANGE_CORROBORATED
                                                    : STEMMA_CHANGE_CLAIM,
                                self->before, self->after);
    if (change == NULL) {
        return no_memory(error);
    }
    change->claim = number;
    change->role = claim.predicate;
    change->independent_was = status == STEMMA_OK ? before.independent : 0;
    change->independent_now = claim.independent;
    status = stemma_object_label(difference->after, &claim, &change->now, error);
    if (status == STEMMA_OK) {
        status = claim_documents(difference, &claim, change, error);
    }
    return status == STEMMA_OK ? name(self, change, error) : status;
}

static stemma_status compare_claims(pair *self, uint32_t first, uint32_t count,
                                    stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = compare_claim(self, first + i, error);
    }
    return status;
}

/* ---- A thing --------------------------------------------------------------------------------- */

static stemma_status compare_event(pair *self, stemma_error *error)
{
    stemma_event_summary was, now;
    stemma_status status =
        stemma_event_summary_get(self->difference->before, self->before.number, &was, error);
    if (status == STEMMA_OK) {
        status =
            stemma_event_summary_get(self->difference->after, self->after.number, &now, error);
    }
    if (status == STEMMA_OK) {
        status = compare_readings(self, &was, &now, error);
    }
    return status == STEMMA_OK
               ? compare_claims(self, now.event.claim_first, now.event.claim_count, error)
               : status;
}

static stemma_status compare_entity(pair *self, stemma_error *error)
{
    const stemma_text none = {NULL, 0};
    stemma_entity was, now;
    stemma_status status =
        stm_entity_brief(self->difference->before, self->before.number, &was, error);
    if (status == STEMMA_OK) {
        status = stm_entity_brief(self->difference->after, self->after.number, &now, error);
    }
    if (status == STEMMA_OK) {
        status = add_reading(self, STEMMA_FIELD_TYPE, none, was.type, now.type, error);
    }
    if (status == STEMMA_OK) {
        status = add_reading(self, STEMMA_FIELD_NAME, none, was.name, now.name, error);
    }
    return status == STEMMA_OK ? compare_claims(self, now.claim_first, now.claim_count, error)
                               : status;
}

stemma_status stm_difference_compare(stemma_difference *self, stemma_reference before,
                                     stemma_reference after, stemma_error *error)
{
    pair both = {self, before, after, {NULL, 0}, false};
    return after.kind == STEMMA_REFERENCE_EVENT ? compare_event(&both, error)
                                                : compare_entity(&both, error);
}
