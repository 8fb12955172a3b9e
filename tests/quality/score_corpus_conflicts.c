/* SPDX-License-Identifier: MIT */
/* Disagreements: whether the values are there at all, and what `stemma-query conflicts` makes of
   them, read from its answer as JSON Lines. */
#include "score_corpus.h"

#include <stdlib.h>
#include <string.h>

/* ---- The values --------------------------------------------------------------------------------
 */

static int is_value(const stemma_claim *claim, const gold_conflict *conflict, const char *value)
{
    if (!stemma_text_equal(claim->predicate, stemma_text_of(conflict->role))) {
        return 0;
    }
    if (strcmp(conflict->role, "type") == 0) {
        return (claim->polarity == STEMMA_POLARITY_NEGATIVE) == (strcmp(value, "negative") == 0);
    }
    return claim->object.kind == STEMMA_OBJECT_QUANTITY &&
           claim->polarity != STEMMA_POLARITY_NEGATIVE &&
           stemma_text_equal(claim->object.as.quantity.amount, stemma_text_of(value));
}

static size_t values_there(struct kb *kb, const gold_conflict *conflict, uint32_t number)
{
    stemma_event event;
    stemma_error error;
    size_t there = 0;
    expect_ok(stemma_event_get(kb->snapshot, number, &event, &error), &error, "an event");
    for (size_t v = 0; v < conflict->value_count; v++) {
        for (uint32_t i = 0; i < event.claim_count; i++) {
            stemma_claim claim;
            expect_ok(stemma_claim_get(kb->snapshot, event.claim_first + i, &claim, &error), &error,
                      "a claim");
            if (is_value(&claim, conflict, conflict->values[v])) {
                there++;
                break;
            }
        }
    }
    return there;
}

static void score_values(const struct gold *gold, struct kb *kb, const uint32_t *matches,
                         struct report *report)
{
    size_t values = 0;
    size_t there = 0;
    for (size_t i = 0; i < gold->conflict_count; i++) {
        const gold_conflict *conflict = &gold->conflicts[i];
        uint32_t event = matches[conflict->event];
        if (conflict->optional) {
            continue;
        }
        size_t found = event != STEMMA_NONE ? values_there(kb, conflict, event) : 0;
        values += conflict->value_count;
        there += found;
        if (found < conflict->value_count) {
            detail(report, "conflict %s: %zu of %zu values", gold->events[conflict->event].id,
                   found, conflict->value_count);
        }
    }
    report_counts(report, "conflict_values", "values that disagree and are claims about one event",
                  (double)there, 0, (double)values);
}

/* ---- What is shown -----------------------------------------------------------------------------
 */

static const char *string_of(const json_t *object, const char *key)
{
    const char *string = json_string_value(json_object_get(object, key));
    return string != NULL ? string : "";
}

/* Whether a claim as it is shown gives the value. */
static int shows_value(const json_t *claim, const gold_conflict *conflict, const char *value)
{
    int negative = strcmp(string_of(claim, "polarity"), "negative") == 0;
    return strcmp(conflict->role, "type") == 0
               ? negative == (strcmp(value, "negative") == 0)
               : strcmp(string_of(json_object_get(claim, "object"), "amount"), value) == 0;
}

/* The witnesses of a claim, which the conflict gives once, with its claims. */
static const json_t *witnesses_of(const json_t *shown, const json_t *claim)
{
    size_t index;
    json_t *other;
    json_array_foreach(json_object_get(shown, "claims"), index, other)
    {
        if (strcmp(string_of(other, "id"), string_of(claim, "id")) == 0) {
            return json_object_get(other, "witnesses");
        }
    }
    return json_object_get(claim, "witnesses");
}

/* Notes the independence group of each witness of a claim. */
static void note_groups(struct kb *kb, const json_t *shown, const json_t *claim,
                        gold_documents *groups)
{
    size_t index;
    json_t *witness;
    json_array_foreach(witnesses_of(shown, claim), index, witness)
    {
        stemma_reference document;
        uint32_t group;
        stemma_error error;
        expect_ok(stemma_resolve(kb->snapshot, stemma_text_of(string_of(witness, "document")),
                                 &document, &error),
                  &error, "a witness");
        expect_ok(stemma_independence_group(kb->snapshot, document.number, &group, &error), &error,
                  "the group of a document");
        if (!gold_in(groups, group)) {
            groups->items[groups->count++] = group;
        }
    }
}

/* How many independent sources the claims of a list give a value, which are never more than their
   own together; 0: none. `*others`: another claim of the list gives another value. */
static uint32_t sources_in(struct kb *kb, const json_t *shown, const json_t *claims,
                           const gold_conflict *conflict, const char *value, int *others)
{
    gold_documents groups = {need((size_t)kb->counts.documents, sizeof *groups.items), 0};
    uint32_t together = 0;
    size_t index;
    json_t *claim;
    *others = 0;
    json_array_foreach(claims, index, claim)
    {
        if (shows_value(claim, conflict, value)) {
            note_groups(kb, shown, claim, &groups);
            together += (uint32_t)json_integer_value(json_object_get(claim, "independent"));
        } else {
            *others = 1;
        }
    }
    free(groups.items);
    /* an updated claim is shown without its witnesses */
    return groups.count != 0 && groups.count < together ? (uint32_t)groups.count : together;
}

/* How many independent sources a conflict gives a value: those of its side; of its claims alone
   where the side has other values, too, and where it was updated or fits several. The most of
   these; 0: not shown. */
static uint32_t sources_of(struct kb *kb, const json_t *shown, const gold_conflict *conflict,
                           const char *value)
{
    static const char *const lists[] = {"sides", "updates"};
    size_t index;
    json_t *side;
    int others;
    uint32_t most = 0;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        json_array_foreach(json_object_get(shown, lists[i]), index, side)
        {
            uint32_t own =
                sources_in(kb, shown, json_object_get(side, "claims"), conflict, value, &others);
            if (own != 0 && !others) {
                return (uint32_t)json_integer_value(json_object_get(side, "independent"));
            }
            most = own > most ? own : most;
        }
    }
    uint32_t own =
        sources_in(kb, shown, json_object_get(shown, "compatible"), conflict, value, &others);
    most = own > most ? own : most;
    return most != 0 ? most
                     : sources_in(kb, shown, json_object_get(shown, "claims"), conflict, value,
                                  &others);
}

/* Whether the event is the gold's, or a torn-off part of it: of its type, in one of its documents.
 */
static int is_about(struct kb *kb, const struct gold *gold, const gold_conflict *conflict,
                    const uint32_t *matches, uint32_t number)
{
    const gold_event *wanted = &gold->events[conflict->event];
    stemma_reference reference = {STEMMA_REFERENCE_EVENT, number};
    const stemma_referent_id *members;
    uint32_t count;
    stemma_event event;
    stemma_error error;
    if (matches[conflict->event] == number) {
        return 1;
    }
    expect_ok(stemma_event_get(kb->snapshot, number, &event, &error), &error, "an event");
    expect_ok(stemma_members(kb->snapshot, reference, &members, &count, &error), &error,
              "the members of an event");
    for (uint32_t i = 0; i < count; i++) {
        uint32_t position = kb->position[members[i].document];
        if (position != STEMMA_NONE && gold_in(&wanted->documents, position)) {
            return stemma_text_equal(event.type, stemma_text_of(wanted->type));
        }
    }
    return 0;
}

/* The conflict of the gold that is shown, or NULL. */
static const gold_conflict *find_shown(struct kb *kb, const struct gold *gold,
                                       const uint32_t *matches, const json_t *shown,
                                       uint32_t number)
{
    for (size_t i = 0; i < gold->conflict_count; i++) {
        const gold_conflict *conflict = &gold->conflicts[i];
        size_t values = 0;
        if (strcmp(conflict->role, string_of(shown, "predicate")) != 0 ||
            !is_about(kb, gold, conflict, matches, number)) {
            continue;
        }
        for (size_t v = 0; v < conflict->value_count; v++) {
            values += sources_of(kb, shown, conflict, conflict->values[v]) != 0;
        }
        if (values >= 2) {
            return conflict;
        }
    }
    return NULL;
}

struct tally {
    size_t found, shown, expected;
    size_t sides_right, sides_shown, sides;
    int *seen; /* of each conflict of the gold */
};

static void score_sides(const struct gold *gold, struct kb *kb, const gold_conflict *conflict,
                        const json_t *shown, struct tally *tally, struct report *report)
{
    for (size_t v = 0; v < conflict->value_count; v++) {
        uint32_t given = sources_of(kb, shown, conflict, conflict->values[v]);
        if (conflict->independent[v] == 0 || given == 0) {
            if (given == 0) {
                detail(report, "conflict %s: %s is not shown", gold->events[conflict->event].id,
                       conflict->values[v]);
            }
            continue;
        }
        tally->sides_shown++;
        tally->sides_right += given == conflict->independent[v];
        if (given != conflict->independent[v]) {
            detail(report, "conflict %s: %u independent sources for %s, not %u",
                   gold->events[conflict->event].id, given, conflict->values[v],
                   conflict->independent[v]);
        }
    }
}

/* Whether the gold would say so: an entity, or an event of a type that was annotated. */
static int is_annotated(struct kb *kb, const struct gold *gold, stemma_reference subject)
{
    stemma_event event;
    stemma_error error;
    if (subject.kind != STEMMA_REFERENCE_EVENT) {
        return 1;
    }
    expect_ok(stemma_event_get(kb->snapshot, subject.number, &event, &error), &error, "an event");
    return gold_has_type(gold, event.type);
}

static void score_shown(const struct gold *gold, struct kb *kb, const uint32_t *matches,
                        const json_t *shown, struct tally *tally, struct report *report)
{
    const json_t *thing = json_object_get(shown, "subject");
    stemma_reference subject;
    stemma_error error;
    expect_ok(
        stemma_resolve(kb->snapshot, stemma_text_of(string_of(thing, "id")), &subject, &error),
        &error, "the subject of a conflict");
    const gold_conflict *conflict =
        subject.kind == STEMMA_REFERENCE_EVENT
            ? find_shown(kb, gold, matches, shown, subject.number)
            : NULL;
    if (conflict == NULL && is_annotated(kb, gold, subject)) {
        tally->shown++;
        detail(report, "conflict unfounded: %s of %s", string_of(shown, "predicate"),
               string_of(thing, "name"));
    } else if (conflict != NULL && !conflict->optional && !tally->seen[conflict - gold->conflicts]) {
        tally->seen[conflict - gold->conflicts] = 1;
        tally->shown++;
        tally->found++;
        score_sides(gold, kb, conflict, shown, tally, report);
    }
}

static void score_answer(const struct gold *gold, struct kb *kb, const uint32_t *matches,
                         const char *path, struct report *report)
{
    struct tally tally = {.seen = need(gold->conflict_count, sizeof *tally.seen)};
    FILE *file = fopen(path, "r");
    json_error_t error;
    json_t *shown;
    if (file == NULL) {
        fail("cannot read %s", path);
    }
    while ((shown = json_loadf(file, JSON_DISABLE_EOF_CHECK, &error)) != NULL) {
        score_shown(gold, kb, matches, shown, &tally, report);
        json_decref(shown);
    }
    fclose(file);
    for (size_t i = 0; i < gold->conflict_count; i++) {
        const gold_conflict *conflict = &gold->conflicts[i];
        tally.expected += !conflict->optional;
        for (size_t v = 0; v < conflict->value_count; v++) {
            tally.sides += !conflict->optional && conflict->independent[v] != 0;
        }
        if (!conflict->optional && !tally.seen[i]) {
            detail(report, "conflict missed: %s of %s", conflict->role,
                   gold->events[conflict->event].id);
        }
    }
    free(tally.seen);
    report_counts(report, "conflicts", "disagreements that are shown", (double)tally.found,
                  (double)tally.shown, (double)tally.expected);
    report_counts(report, "conflict_sides", "independent sources of each side, exactly",
                  (double)tally.sides_right, (double)tally.sides_shown, (double)tally.sides);
}

void score_conflicts(const struct gold *gold, struct kb *kb, const uint32_t *matches,
                     const char *path, struct report *report)
{
    score_values(gold, kb, matches, report);
    if (path != NULL) {
        score_answer(gold, kb, matches, path, report);
    }
}
