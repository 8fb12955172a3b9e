/* SPDX-License-Identifier: MIT */
/* What happened: events of the file against those of the gold, one to one, and document by
   document. */
#include "score_corpus.h"

#include <stdlib.h>
#include <string.h>

/* An event of the file that says it happened, of a type that the gold speaks of. */
struct candidate {
    stemma_event event;
    gold_documents documents; /* positions in the gold; distinct */
    uint32_t taken_by;        /* gold event, or STEMMA_NONE */
};

struct candidates {
    struct candidate *items;
    size_t count;
};

static int times_meet(const stemma_time_bounds *a, const stemma_time_bounds *b)
{
    return a->start_earliest <= b->end_latest && b->start_earliest <= a->end_latest;
}

static int may_be(const gold_event *event, const stemma_time_bounds *bounds)
{
    return !event->dated || times_meet(&event->bounds, bounds);
}

static gold_documents documents_of(struct kb *kb, uint32_t event)
{
    stemma_reference reference = {STEMMA_REFERENCE_EVENT, event};
    const stemma_referent_id *members;
    uint32_t count;
    stemma_error error;
    expect_ok(stemma_members(kb->snapshot, reference, &members, &count, &error), &error,
              "the members of an event");
    gold_documents documents = {need(count, sizeof *documents.items), 0};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t position = kb->position[members[i].document];
        if (position != STEMMA_NONE && !gold_in(&documents, position)) {
            documents.items[documents.count++] = position;
        }
    }
    return documents;
}

static void load_candidates(const struct gold *gold, struct kb *kb, struct candidates *all)
{
    all->count = 0;
    all->items = need((size_t)kb->counts.events, sizeof *all->items);
    for (uint32_t number = 0; number < kb->counts.events; number++) {
        struct candidate *fresh = &all->items[all->count];
        stemma_error error;
        expect_ok(stemma_event_get(kb->snapshot, number, &fresh->event, &error), &error,
                  "an event");
        if (!gold_has_type(gold, fresh->event.type) ||
            fresh->event.realis != STEMMA_REALIS_ACTUAL ||
            fresh->event.polarity == STEMMA_POLARITY_NEGATIVE) {
            continue;
        }
        fresh->taken_by = STEMMA_NONE;
        fresh->documents = documents_of(kb, number);
        if (fresh->documents.count != 0) {
            all->count++;
        } else {
            free(fresh->documents.items);
        }
    }
}

/* ---- Document by document ----------------------------------------------------------------------
 */

/* Whether the document says, anywhere and without denying it, that one of its events happened. */
static int says_happened(const stemma_document *document, uint32_t referent)
{
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        if (assertion->subject == referent &&
            stemma_text_equal(assertion->predicate, stemma_text_of("type")) &&
            assertion->realis == STEMMA_REALIS_ACTUAL &&
            assertion->polarity != STEMMA_POLARITY_NEGATIVE &&
            assertion->stance != STEMMA_STANCE_DENIES) {
            return 1;
        }
    }
    return 0;
}

/* Whether a time that the document itself gives is the gold's; without any time, nothing is against
   it. */
static int time_fits(const stemma_document *document, uint32_t referent, const gold_event *event)
{
    int timed = 0;
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        stemma_time_bounds bounds;
        if (assertion->subject == referent && assertion->object.kind == STEMMA_OBJECT_TIME &&
            stemma_text_equal(assertion->predicate, stemma_text_of("time")) &&
            stemma_edtf_bounds(assertion->object.as.time.edtf, &bounds) == STEMMA_OK) {
            timed = 1;
            if (may_be(event, &bounds)) {
                return 1;
            }
        }
    }
    return !timed;
}

static int gold_says(const struct gold *gold, uint32_t document, stemma_text type)
{
    for (size_t i = 0; i < gold->event_count; i++) {
        const gold_event *event = &gold->events[i];
        if (event->realis == GOLD_ACTUAL && gold_in(&event->documents, document) &&
            stemma_text_equal(type, stemma_text_of(event->type))) {
            return 1;
        }
    }
    return 0;
}

static int kb_says(const struct kb *kb, uint32_t position, stemma_text type)
{
    const stemma_document *document = &kb->documents[position].testimony;
    for (uint32_t i = 0; i < document->referent_count; i++) {
        if (stemma_text_equal(document->referents[i].type, type) && says_happened(document, i)) {
            return 1;
        }
    }
    return 0;
}

static void score_reports(const struct gold *gold, const struct kb *kb, struct report *report)
{
    size_t right = 0;
    size_t predicted = 0;
    size_t expected = 0;
    for (uint32_t d = 0; d < gold->document_count; d++) {
        for (size_t t = 0; t < gold->type_count; t++) {
            stemma_text type = stemma_text_of(gold->types[t]);
            int in_gold = gold_says(gold, d, type);
            int in_kb = kb_says(kb, d, type);
            right += (size_t)(in_gold && in_kb);
            predicted += (size_t)in_kb;
            expected += (size_t)in_gold;
            if (in_gold != in_kb) {
                detail(report, "report %s: %s in %s", in_gold ? "missed" : "unfounded",
                       gold->types[t], gold->documents[d].name);
            }
        }
    }
    report_counts(report, "reports", "which documents tell of which types of event", (double)right,
                  (double)predicted, (double)expected);
}

/* Whether a gold event, and no actual one of its type in the document, has the entity among its
   participants: then the entity tells the two apart. */
static int marks(const struct gold *gold, const gold_event *event, uint32_t entity,
                 uint32_t document)
{
    int here = 0;
    for (size_t i = 0; i < gold->event_count; i++) {
        const gold_event *other = &gold->events[i];
        int rival = other->realis == GOLD_ACTUAL && strcmp(other->type, event->type) == 0 &&
                    gold_in(&other->documents, document);
        for (size_t k = 0; k < other->participant_count; k++) {
            if (other->participants[k].entity != entity) {
                continue;
            }
            if (rival) {
                return 0;
            }
            here = here || other == event;
        }
    }
    return here;
}

/* Whether one of the document's own happenings has a participant that marks it as the gold event.
 */
static int is_marked(const struct gold *gold, const struct kb *kb, const struct units *units,
                     const gold_event *event, uint32_t position, uint32_t referent)
{
    const kb_document *document = &kb->documents[position];
    for (uint32_t i = 0; i < document->testimony.assertion_count; i++) {
        const stemma_assertion *assertion = &document->testimony.assertions[i];
        if (assertion->subject != referent || assertion->object.kind != STEMMA_OBJECT_REFERENT) {
            continue;
        }
        uint32_t answer = document->members[assertion->object.as.referent];
        for (size_t k = 0; k < event->participant_count; k++) {
            uint32_t entity = event->participants[k].entity;
            if (units_is(units, entity, answer, position) && marks(gold, event, entity, position)) {
                return 1;
            }
        }
    }
    return 0;
}

static int has_mark(const struct gold *gold, const gold_event *event, uint32_t document)
{
    for (size_t k = 0; k < event->participant_count; k++) {
        if (marks(gold, event, event->participants[k].entity, document)) {
            return 1;
        }
    }
    return 0;
}

static int told_as_done(const struct gold *gold, const struct kb *kb, const struct units *units,
                        const gold_event *event, uint32_t position)
{
    const stemma_document *document = &kb->documents[position].testimony;
    for (uint32_t i = 0; i < document->referent_count; i++) {
        if (stemma_text_equal(document->referents[i].type, stemma_text_of(event->type)) &&
            says_happened(document, i) && time_fits(document, i, event) &&
            (!gold_says(gold, position, stemma_text_of(event->type)) ||
             is_marked(gold, kb, units, event, position, i))) {
            return 1;
        }
    }
    return 0;
}

/* What was only expected, demanded or denied must not come out as done. Where the document also
   tells of a real event of the type, only a participant of its own can tell the two apart. */
static void score_realis(const struct gold *gold, const struct kb *kb, const struct units *units,
                         struct report *report)
{
    size_t checked = 0;
    size_t right = 0;
    for (size_t i = 0; i < gold->event_count; i++) {
        const gold_event *event = &gold->events[i];
        for (size_t k = 0; event->realis != GOLD_ACTUAL && k < event->documents.count; k++) {
            uint32_t document = event->documents.items[k];
            if (gold_says(gold, document, stemma_text_of(event->type)) &&
                !has_mark(gold, event, document)) {
                continue;
            }
            checked++;
            if (told_as_done(gold, kb, units, event, document)) {
                detail(report, "not real, taken for done: %s in %s", event->id,
                       gold->documents[document].name);
            } else {
                right++;
            }
        }
    }
    report_counts(report, "not_done", "expected or denied, and not taken for done", (double)right,
                  (double)checked, 0);
}

/* ---- Event by event ----------------------------------------------------------------------------
 */

static size_t shared_documents(const gold_event *event, const struct candidate *candidate)
{
    size_t shared = 0;
    for (size_t i = 0; i < candidate->documents.count; i++) {
        shared += (size_t)gold_in(&event->documents, candidate->documents.items[i]);
    }
    return shared;
}

static int takes_part(const struct units *units, const gold_participant *participant,
                      const stemma_event *event, int in_role)
{
    for (uint32_t i = 0; i < event->participant_count; i++) {
        const stemma_participant *found = &event->participants[i];
        if ((!in_role || stemma_text_equal(found->role, stemma_text_of(participant->role))) &&
            units_is(units, participant->entity, found->entity, STEMMA_NONE)) {
            return 1;
        }
    }
    return 0;
}

/* Whether a count is among the claims about an event: 1 it is, 0 only others are, -1 none is. */
static int has_count(struct kb *kb, const stemma_event *event, const char *role, const char *amount)
{
    int answer = -1;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        stemma_claim claim;
        stemma_error error;
        expect_ok(stemma_claim_get(kb->snapshot, event->claim_first + i, &claim, &error), &error,
                  "a claim");
        if (claim.object.kind != STEMMA_OBJECT_QUANTITY ||
            !stemma_text_equal(claim.predicate, stemma_text_of(role))) {
            continue;
        }
        if (stemma_text_equal(claim.object.as.quantity.amount, stemma_text_of(amount))) {
            return 1;
        }
        answer = 0;
    }
    return answer;
}

/* How well an event of the file fits a gold event; 0 when it cannot be the same. */
static size_t fit_of(struct kb *kb, const struct units *units, const gold_event *event,
                     const struct candidate *candidate)
{
    size_t shared = shared_documents(event, candidate);
    if (event->realis != GOLD_ACTUAL || shared == 0 || !may_be(event, &candidate->event.bounds) ||
        !stemma_text_equal(candidate->event.type, stemma_text_of(event->type))) {
        return 0;
    }
    size_t fit = 16 * shared;
    for (size_t i = 0; i < event->participant_count; i++) {
        fit += takes_part(units, &event->participants[i], &candidate->event, 0) ? 8 : 0;
    }
    if (event->count_role != NULL &&
        has_count(kb, &candidate->event, event->count_role, event->count_amount) == 1) {
        fit += 8;
    }
    fit += event->dated && candidate->event.bounds.precision >= STEMMA_PRECISION_MONTH ? 4 : 0;
    return fit;
}

/* Pairs off the best fit first; of equal ones the earlier. */
static void match(const struct gold *gold, struct kb *kb, const struct units *units,
                  struct candidates *all, struct candidate **matches)
{
    size_t *fits = need(gold->event_count * all->count, sizeof *fits);
    for (size_t i = 0; i < gold->event_count; i++) {
        for (size_t k = 0; k < all->count; k++) {
            fits[i * all->count + k] = fit_of(kb, units, &gold->events[i], &all->items[k]);
        }
    }
    for (;;) {
        size_t best = 0;
        size_t at = 0;
        for (size_t i = 0; i < gold->event_count * all->count; i++) {
            if (fits[i] > best && matches[i / all->count] == NULL &&
                all->items[i % all->count].taken_by == STEMMA_NONE) {
                best = fits[i];
                at = i;
            }
        }
        if (best == 0) {
            break;
        }
        matches[at / all->count] = &all->items[at % all->count];
        all->items[at % all->count].taken_by = (uint32_t)(at / all->count);
    }
    free(fits);
}

static void score_matches(const struct gold *gold, const struct candidates *all,
                          struct candidate *const *matches, struct report *report)
{
    size_t right = 0;
    size_t expected = 0;
    for (size_t i = 0; i < gold->event_count; i++) {
        expected += gold->events[i].realis == GOLD_ACTUAL;
        right += matches[i] != NULL;
        if (gold->events[i].realis == GOLD_ACTUAL && matches[i] == NULL) {
            detail(report, "event missed: %s", gold->events[i].id);
        } else if (matches[i] != NULL) {
            detail(report, "event %s is v%u", gold->events[i].id, matches[i]->event.number);
        }
    }
    for (size_t k = 0; k < all->count; k++) {
        const struct candidate *extra = &all->items[k];
        if (extra->taken_by == STEMMA_NONE) {
            detail(report, "event unfounded or torn off: v%u %.*s in %s ...", extra->event.number,
                   (int)extra->event.type.size, extra->event.type.data,
                   gold->documents[extra->documents.items[0]].name);
        }
    }
    report_counts(report, "events", "events across documents, one to one", (double)right,
                  (double)all->count, (double)expected);
}

static void score_fillers(const struct gold *gold, struct kb *kb, const struct units *units,
                          struct candidate *const *matches, struct report *report)
{
    size_t participants = 0;
    size_t present = 0;
    size_t in_role = 0;
    size_t counts = 0;
    size_t counted = 0;
    size_t count_right = 0;
    for (size_t i = 0; i < gold->event_count; i++) {
        const gold_event *event = &gold->events[i];
        for (size_t k = 0; matches[i] != NULL && k < event->participant_count; k++) {
            const gold_participant *participant = &event->participants[k];
            participants++;
            present += (size_t)takes_part(units, participant, &matches[i]->event, 0);
            if (takes_part(units, participant, &matches[i]->event, 1)) {
                in_role++;
            } else {
                detail(report, "participant missed: %s %s of %s", participant->role,
                       gold->entities[participant->entity].id, event->id);
            }
        }
        if (event->realis == GOLD_ACTUAL && event->count_role != NULL) {
            int answer = matches[i] != NULL ? has_count(kb, &matches[i]->event, event->count_role,
                                                        event->count_amount)
                                            : -1;
            counts++;
            counted += answer >= 0;
            count_right += answer > 0;
            if (answer <= 0) {
                detail(report, "count %s: %s %s of %s", answer < 0 ? "missed" : "wrong",
                       event->count_amount, event->count_role, event->id);
            }
        }
    }
    report_counts(report, "participants",
                  "of the events that were found: who took part, in which role", (double)in_role,
                  (double)present, (double)participants);
    report_counts(report, "counts", "how many", (double)count_right, (double)counted,
                  (double)counts);
}

/* The event of the file to which a document's report of a gold event belongs. */
static uint32_t told_as(const struct kb *kb, const gold_event *event, const struct candidate *match,
                        uint32_t position)
{
    const kb_document *document = &kb->documents[position];
    uint32_t answer = STEMMA_NONE;
    for (uint32_t i = 0; i < document->testimony.referent_count; i++) {
        const stemma_referent *referent = &document->testimony.referents[i];
        if (!stemma_text_equal(referent->type, stemma_text_of(event->type)) ||
            !says_happened(&document->testimony, i)) {
            continue;
        }
        if (match != NULL && document->members[i] == match->event.number) {
            return match->event.number;
        }
        if (answer == STEMMA_NONE && time_fits(&document->testimony, i, event)) {
            answer = document->members[i];
        }
    }
    return answer;
}

static void score_joins(const struct gold *gold, const struct kb *kb,
                        struct candidate *const *matches, struct report *report)
{
    size_t room = 0;
    for (size_t i = 0; i < gold->event_count; i++) {
        room += gold->events[i].documents.count;
    }
    uint32_t *truth = need(room, sizeof *truth);
    uint32_t *answer = need(room, sizeof *answer);
    size_t count = 0;
    size_t answered = 0;
    for (uint32_t i = 0; i < gold->event_count; i++) {
        const gold_event *event = &gold->events[i];
        for (size_t k = 0; event->realis == GOLD_ACTUAL && k < event->documents.count; k++) {
            truth[count] = i;
            answer[count] = told_as(kb, event, matches[i], event->documents.items[k]);
            answered += answer[count++] != STEMMA_NONE;
        }
    }
    report_counts(report, "same_event", "which reports tell of one event: B-cubed",
                  (double)answered, (double)answered, (double)count);
    struct figure *figure = &report->figures[report->count - 1];
    bcubed(truth, answer, count, &figure->precision, &figure->recall);
    free(truth);
    free(answer);
}

void score_events(const struct gold *gold, struct kb *kb, const struct units *units,
                  struct report *report, uint32_t **matches)
{
    struct candidates all;
    struct candidate **found = need(gold->event_count, sizeof *found);
    load_candidates(gold, kb, &all);
    match(gold, kb, units, &all, found);
    score_matches(gold, &all, found, report);
    score_reports(gold, kb, report);
    score_joins(gold, kb, found, report);
    score_realis(gold, kb, units, report);
    score_fillers(gold, kb, units, found, report);
    *matches = need(gold->event_count, sizeof **matches);
    for (size_t i = 0; i < gold->event_count; i++) {
        (*matches)[i] = found[i] != NULL ? found[i]->event.number : STEMMA_NONE;
    }
    for (size_t k = 0; k < all.count; k++) {
        free(all.items[k].documents.items);
    }
    free(all.items);
    free(found);
}
