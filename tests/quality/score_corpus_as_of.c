/* SPDX-License-Identifier: MIT */
/* What was known on a day: the questions under "as_of", asked of a snapshot that is cut there. */
#include "score_corpus.h"

#include <string.h>

struct asking {
    struct kb *kb;
    const gold_question *question;
    struct report *report;
    size_t right;
    size_t asked;
};

static const char *subject_of(const struct gold *gold, const gold_question *question)
{
    return question->event != STEMMA_NONE ? gold->events[question->event].id
                                          : gold->entities[question->entity].id;
}

/* Counts one thing that a question asks; says what is wrong with the answer. */
static void check(struct asking *asking, const struct gold *gold, int right, const char *what)
{
    asking->asked++;
    asking->right += right != 0;
    if (!right) {
        detail(asking->report, "as of %s, %s: %s", asking->question->date,
               subject_of(gold, asking->question), what);
    }
}

static void check_number(struct asking *asking, const struct gold *gold, const char *key,
                         uint32_t found)
{
    const json_t *wanted = json_object_get(asking->question->is, key);
    char what[96];
    if (wanted != NULL) {
        snprintf(what, sizeof what, "%s %u, not %u", key, (unsigned)json_integer_value(wanted),
                 found);
        check(asking, gold, json_integer_value(wanted) == found, what);
    }
}

/* ---- Events ------------------------------------------------------------------------------------
 */

static int has_amount(struct kb *kb, const stemma_event *event, const char *role,
                      const char *amount)
{
    for (uint32_t i = 0; i < event->claim_count; i++) {
        stemma_claim claim;
        stemma_error error;
        stemma_status status =
            stemma_claim_get(kb->snapshot, event->claim_first + i, &claim, &error);
        if (status == STEMMA_NOT_FOUND) {
            continue; /* nobody had said it yet */
        }
        expect_ok(status, &error, "a claim");
        if (claim.object.kind == STEMMA_OBJECT_QUANTITY &&
            claim.polarity != STEMMA_POLARITY_NEGATIVE &&
            stemma_text_equal(claim.predicate, stemma_text_of(role)) &&
            stemma_text_equal(claim.object.as.quantity.amount, stemma_text_of(amount))) {
            return 1;
        }
    }
    return 0;
}

static void check_amounts(struct asking *asking, const struct gold *gold, const stemma_event *event,
                          const char *key, int wanted)
{
    const char *role = gold->events[asking->question->event].count_role;
    size_t index;
    json_t *amount;
    json_array_foreach(json_object_get(asking->question->is, key), index, amount)
    {
        char what[96];
        snprintf(what, sizeof what, "%s %s", wanted ? "no count of" : "already a count of",
                 json_string_value(amount));
        check(asking, gold,
              role != NULL &&
                  has_amount(asking->kb, event, role, json_string_value(amount)) == wanted,
              what);
    }
}

static void ask_event(struct asking *asking, const struct gold *gold, uint32_t number)
{
    stemma_event event;
    stemma_error error;
    stemma_status status = number != STEMMA_NONE ? stemma_event_get(asking->kb->snapshot, number,
                                                                    &event, &error)
                                                 : STEMMA_NOT_FOUND;
    if (status != STEMMA_NOT_FOUND) {
        expect_ok(status, &error, "an event");
    }
    int known = status == STEMMA_OK && event.realis == STEMMA_REALIS_ACTUAL &&
                event.polarity != STEMMA_POLARITY_NEGATIVE;
    check(asking, gold, known == asking->question->known,
          known ? "taken for done" : "not known to have happened");
    if (!known || !asking->question->known) {
        return;
    }
    check_number(asking, gold, "documents", event.documents);
    check_number(asking, gold, "independent", event.independent);
    check_amounts(asking, gold, &event, "counts", 1);
    check_amounts(asking, gold, &event, "not_counts", 0);
    const char *time = json_string_value(json_object_get(asking->question->is, "time"));
    stemma_time_bounds bounds;
    if (time != NULL) {
        check(asking, gold,
              stemma_edtf_bounds(stemma_text_of(time), &bounds) == STEMMA_OK &&
                  event.bounds.start_earliest <= bounds.end_latest &&
                  bounds.start_earliest <= event.bounds.end_latest &&
                  event.bounds.precision != STEMMA_PRECISION_UNKNOWN,
              "another time, or none");
    }
}

/* ---- Entities ----------------------------------------------------------------------------------
 */

/* The entity that most forms of the gold's are taken for. */
static uint32_t entity_of(const struct units *units, uint32_t entity)
{
    uint32_t best = STEMMA_NONE;
    size_t most = 0;
    for (size_t i = 0; i < units->count; i++) {
        uint32_t answer = units->items[i].answer;
        size_t votes = 0;
        for (size_t k = 0; k < units->count && units->items[i].entity == entity; k++) {
            votes += units->items[k].entity == entity && units->items[k].answer == answer;
        }
        if (answer != STEMMA_NONE && votes > most) {
            most = votes;
            best = answer;
        }
    }
    return best;
}

static void check_names(struct asking *asking, const struct gold *gold,
                        const stemma_entity *entity, const char *key, int wanted)
{
    size_t index;
    json_t *name;
    json_array_foreach(json_object_get(asking->question->is, key), index, name)
    {
        stemma_text text = stemma_text_of(json_string_value(name));
        int found = 0;
        for (uint32_t i = 0; i < entity->name_count; i++) {
            found = found || stemma_text_equal(entity->names[i].text, text);
        }
        check(asking, gold, found == wanted, json_string_value(name));
    }
}

static void ask_entity(struct asking *asking, const struct gold *gold, uint32_t number)
{
    stemma_entity entity;
    stemma_error error;
    stemma_status status =
        number != STEMMA_NONE
            ? stemma_entity_get(asking->kb->snapshot, number, &entity, &error)
            : STEMMA_NOT_FOUND;
    if (status != STEMMA_NOT_FOUND) {
        expect_ok(status, &error, "an entity");
    }
    int known = status == STEMMA_OK;
    check(asking, gold, known == asking->question->known, known ? "known" : "not known");
    if (known && asking->question->known) {
        check_number(asking, gold, "documents", entity.documents);
        check_names(asking, gold, &entity, "names", 1);
        check_names(asking, gold, &entity, "not_names", 0);
    }
}

void score_as_of(const struct gold *gold, struct kb *kb, const struct units *units,
                 const uint32_t *matches, struct report *report)
{
    size_t whole = 0;
    struct asking all = {kb, NULL, report, 0, 0};
    for (size_t i = 0; i < gold->question_count; i++) {
        const gold_question *question = &gold->questions[i];
        struct asking one = {kb, question, report, 0, 0};
        uint32_t until;
        stemma_error error;
        stemma_snapshot_as_of(kb->snapshot, STEMMA_NONE);
        expect_ok(stemma_documents_until(kb->snapshot, question->end, &until, &error), &error,
                  "the documents of a day");
        stemma_snapshot_as_of(kb->snapshot, until);
        if (question->event != STEMMA_NONE) {
            ask_event(&one, gold, matches[question->event]);
        } else {
            ask_entity(&one, gold, entity_of(units, question->entity));
        }
        whole += one.right == one.asked;
        all.right += one.right;
        all.asked += one.asked;
    }
    stemma_snapshot_as_of(kb->snapshot, STEMMA_NONE);
    report_counts(report, "as_of", "what was known on a day: questions wholly right", (double)whole,
                  0, (double)gold->question_count);
    report_counts(report, "as_of_parts", "the same, one by one", (double)all.right, 0,
                  (double)all.asked);
}
