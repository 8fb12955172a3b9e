/* SPDX-License-Identifier: MIT */
/* How two claims stand to each other by what they say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>

#include "support/knowledge.h"
#include "support/told.h"

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;

static int open_file(void **state)
{
    static const told all[] = {{"Echo", "2031-05-01", NULL, "patient", "3", 0, 0, 0}};
    (void)state;
    told_write(path, all, 1);
    snapshot = knowledge_open(path, &file);
    return 0;
}

static int close_file(void **state)
{
    (void)state;
    knowledge_close(path, file, snapshot);
    return 0;
}

static stemma_claim claim_of(const char *predicate, stemma_object object)
{
    stemma_claim claim;
    memset(&claim, 0, sizeof claim);
    claim.subject_kind = STEMMA_REFERENT_EVENT;
    claim.predicate = stemma_text_of(predicate);
    claim.object = object;
    claim.polarity = STEMMA_POLARITY_POSITIVE;
    return claim;
}

static stemma_claim count_of(const char *amount, uint8_t modifier, const char *counted)
{
    stemma_object object;
    memset(&object, 0, sizeof object);
    object.kind = STEMMA_OBJECT_QUANTITY;
    object.as.quantity.amount = stemma_text_of(amount);
    object.as.quantity.modifier = modifier;
    object.as.quantity.counted = stemma_text_of(counted);
    return claim_of("patient", object);
}

static stemma_claim time_of(const char *edtf)
{
    stemma_object object;
    memset(&object, 0, sizeof object);
    object.kind = STEMMA_OBJECT_TIME;
    object.as.time.edtf = stemma_text_of(edtf);
    return claim_of("time", object);
}

static stemma_claim text_of(const char *predicate, const char *text)
{
    stemma_object object;
    memset(&object, 0, sizeof object);
    object.kind = STEMMA_OBJECT_TEXT;
    object.as.text = stemma_text_of(text);
    return claim_of(predicate, object);
}

static stemma_relation reversed(stemma_relation relation)
{
    return relation == STEMMA_RELATION_MORE_EXACT   ? STEMMA_RELATION_LESS_EXACT
           : relation == STEMMA_RELATION_LESS_EXACT ? STEMMA_RELATION_MORE_EXACT
                                                    : relation;
}

/* Both ways round. */
static void expect(stemma_claim a, stemma_claim b, stemma_relation wanted,
                   stemma_conflict_kind kind)
{
    stemma_relation relation = STEMMA_RELATION_COMPATIBLE;
    stemma_conflict_kind found = STEMMA_CONFLICT_NONE;
    assert_int_equal(stemma_claim_relation(snapshot, &a, &b, &relation, &found, NULL), STEMMA_OK);
    assert_int_equal(relation, wanted);
    assert_int_equal(found, kind);
    assert_int_equal(stemma_claim_relation(snapshot, &b, &a, &relation, &found, NULL), STEMMA_OK);
    assert_int_equal(relation, reversed(wanted));
    assert_int_equal(found, kind);
}

#define SAME(a, b)       expect(a, b, STEMMA_RELATION_SAME, STEMMA_CONFLICT_NONE)
#define MORE_EXACT(a, b) expect(a, b, STEMMA_RELATION_MORE_EXACT, STEMMA_CONFLICT_NONE)
#define COMPATIBLE(a, b) expect(a, b, STEMMA_RELATION_COMPATIBLE, STEMMA_CONFLICT_NONE)
#define EXCLUDES(a, b, kind) expect(a, b, STEMMA_RELATION_EXCLUDES, STEMMA_CONFLICT_##kind)

#define COUNT(amount, counted)    count_of(amount, STEMMA_MODIFIER_NONE, counted)
#define AT_LEAST(amount, counted) count_of(amount, STEMMA_MODIFIER_AT_LEAST, counted)
#define ABOUT(amount, counted)    count_of(amount, STEMMA_MODIFIER_ABOUT, counted)

static void counts_are_ranges(void **state)
{
    (void)state;
    SAME(COUNT("52", "miner"), COUNT("52", "miner"));
    SAME(COUNT("52", "miner"), COUNT("52.0", "miner"));
    EXCLUDES(COUNT("52", "miner"), COUNT("53", "miner"), COUNT);
    MORE_EXACT(COUNT("52", "miner"), AT_LEAST("50", "miner"));
    EXCLUDES(COUNT("40", "miner"), AT_LEAST("50", "miner"), COUNT);
    MORE_EXACT(COUNT("104", "miner"), ABOUT("100", "miner"));
    EXCLUDES(COUNT("111", "miner"), ABOUT("100", "miner"), COUNT);
    COMPATIBLE(ABOUT("100", "miner"), ABOUT("105", "miner"));
    MORE_EXACT(AT_LEAST("60", "miner"), AT_LEAST("50", "miner"));
    COMPATIBLE(AT_LEAST("50", "miner"), count_of("60", STEMMA_MODIFIER_AT_MOST, "miner"));
    COMPATIBLE(COUNT("52", "miner"), COUNT("", "miner"));
    EXCLUDES(COUNT("-3", "degree"), COUNT("3", "degree"), COUNT);
}

static void what_is_counted_matters(void **state)
{
    stemma_claim dollars = COUNT("52", "");
    (void)state;
    MORE_EXACT(COUNT("87", "prisoner"), COUNT("87", ""));
    MORE_EXACT(COUNT("87", "political prisoner"), COUNT("87", "prisoner"));
    EXCLUDES(COUNT("78", "political prisoner"), COUNT("87", "prisoner"), COUNT);
    EXCLUDES(COUNT("78", "political prisoner"), COUNT("87", ""), COUNT);
    EXCLUDES(COUNT("78", "prisoner"), COUNT("87", "people"), COUNT);
    COMPATIBLE(COUNT("3", "officer"), COUNT("5", "civilian"));
    COMPATIBLE(COUNT("3", "officer"), COUNT("3", "civilian"));
    SAME(COUNT("17", "miner"), COUNT("17", "worker"));
    COMPATIBLE(COUNT("12", "other"), COUNT("15", ""));
    dollars.object.as.quantity.unit = stemma_text_of("USD");
    COMPATIBLE(dollars, COUNT("50", ""));
}

static void times_contain_each_other(void **state)
{
    (void)state;
    SAME(time_of("2031-05-01"), time_of("2031-05-01"));
    MORE_EXACT(time_of("2031-05-01"), time_of("2031-05"));
    MORE_EXACT(time_of("2031-05-01"), time_of("2031-04-28/.."));
    MORE_EXACT(time_of("2031-05-01"), time_of("2031-05-01~"));
    EXCLUDES(time_of("2031-05-01"), time_of("2031-05-02"), TIME);
    EXCLUDES(time_of("2031-05-01"), time_of("2031-06"), TIME);
    COMPATIBLE(time_of("2031-05-01"), time_of("2031-05-03?"));
    COMPATIBLE(time_of("2031-05-01"), time_of("soon"));
    COMPATIBLE(time_of("2031-05-01"), time_of("2031-05-02T03:00:00Z"));
    EXCLUDES(time_of("2031-05-01"), time_of("2031-05-02T23:00:00Z"), TIME);
}

static void texts_say_more_or_less(void **state)
{
    (void)state;
    MORE_EXACT(text_of("role", "president of Vastria"), text_of("role", "president"));
    COMPATIBLE(text_of("role", "vice president"), text_of("role", "president"));
    COMPATIBLE(text_of("role", "former president"), text_of("role", "president"));
    COMPATIBLE(text_of("role", "poet"), text_of("role", "teacher"));
    MORE_EXACT(text_of("penalty", "six years in prison"), text_of("penalty", "prison"));
    COMPATIBLE(text_of("penalty", "prison"), text_of("penalty", "six years"));
    COMPATIBLE(text_of("penalty", "2000 crowns"), text_of("penalty", "six years"));
    EXCLUDES(text_of("penalty", "eight years"), text_of("penalty", "six years"), VALUE);
    EXCLUDES(text_of("penalty", "death"), text_of("penalty", "prison"), VALUE);
}

static void what_a_happening_is_called_is_no_matter_of_truth(void **state)
{
    (void)state;
    MORE_EXACT(text_of("type", "justice.arrest"), text_of("type", "justice"));
    COMPATIBLE(text_of("type", "justice.arrest"), text_of("type", "justice.detain"));
    COMPATIBLE(text_of("type", "conflict.attack"), text_of("type", "life.injure"));
}

static void a_denial_excludes_what_says_as_much(void **state)
{
    stemma_claim not_52 = COUNT("52", ""), not_many = AT_LEAST("50", "");
    stemma_relation relation = STEMMA_RELATION_SAME;
    stemma_claim other = COUNT("40", "");
    (void)state;
    not_52.polarity = not_many.polarity = STEMMA_POLARITY_NEGATIVE;
    EXCLUDES(COUNT("52", ""), not_52, POLARITY);
    EXCLUDES(COUNT("52", ""), not_many, POLARITY);
    COMPATIBLE(AT_LEAST("50", ""), not_52);
    COMPATIBLE(COUNT("40", ""), not_52);
    COMPATIBLE(not_many, not_52);
    SAME(not_52, not_52);
    other.subject = 1; /* about something else */
    assert_int_equal(stemma_claim_relation(snapshot, &other, &not_52, &relation, NULL, NULL),
                     STEMMA_OK);
    assert_int_equal(relation, STEMMA_RELATION_COMPATIBLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_ranges),
        cmocka_unit_test(what_is_counted_matters),
        cmocka_unit_test(times_contain_each_other),
        cmocka_unit_test(texts_say_more_or_less),
        cmocka_unit_test(what_a_happening_is_called_is_no_matter_of_truth),
        cmocka_unit_test(a_denial_excludes_what_says_as_much),
    };
    return cmocka_run_group_tests(tests, open_file, close_file);
}
