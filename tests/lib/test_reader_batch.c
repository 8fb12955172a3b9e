/* SPDX-License-Identifier: MIT */
/* What is read many at a time is what is read one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "stemma/events.h"
#include "support/built_file.h"

#define DOCUMENTS 40u

static built_file built;
static stemma_file *file;
static stemma_snapshot *snapshot;
static stemma_counts counts;

static int open_file(void **state)
{
    (void)state;
    built_file_make(&built, DOCUMENTS);
    if (stemma_open(&file, built.path, NULL, NULL) != STEMMA_OK ||
        stemma_snapshot_begin(&snapshot, file, NULL) != STEMMA_OK) {
        return 1;
    }
    stemma_counts_get(file, &counts);
    return 0;
}

static int close_file(void **state)
{
    (void)state;
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    built_file_remove(&built);
    return 0;
}

static void same_event(const stemma_event *a, const stemma_event *b)
{
    assert_int_equal(a->number, b->number);
    assert_true(stemma_text_equal(a->type, b->type));
    assert_true(a->bounds.start_earliest == b->bounds.start_earliest);
    assert_true(a->bounds.start_latest == b->bounds.start_latest);
    assert_true(a->bounds.end_earliest == b->bounds.end_earliest);
    assert_true(a->bounds.end_latest == b->bounds.end_latest);
    assert_int_equal(a->bounds.precision, b->bounds.precision);
    assert_int_equal(a->place, b->place);
    assert_int_equal(a->documents, b->documents);
    assert_int_equal(a->claim_first, b->claim_first);
    assert_int_equal(a->claim_count, b->claim_count);
    assert_int_equal(a->participant_count, b->participant_count);
    for (uint32_t i = 0; i < a->participant_count; i++) {
        assert_true(stemma_text_equal(a->participants[i].role, b->participants[i].role));
        assert_int_equal(a->participants[i].entity, b->participants[i].entity);
    }
}

static void a_batch_is_the_events_one_by_one(void **state)
{
    uint32_t total = (uint32_t)counts.events;
    uint32_t *numbers = calloc(total + 1, sizeof *numbers);
    stemma_event *events = calloc(total + 1, sizeof *events);
    (void)state;
    assert_non_null(numbers);
    assert_non_null(events);
    for (uint32_t i = 0; i < total; i++) {
        numbers[i] = i * 7 % total; /* in any order, and the same more than once */
    }
    assert_int_equal(stemma_event_get_many(snapshot, numbers, total, events, NULL), STEMMA_OK);
    for (uint32_t i = 0; i < total; i++) {
        stemma_event event;
        assert_int_equal(stemma_event_get(snapshot, numbers[i], &event, NULL), STEMMA_OK);
        same_event(&events[i], &event);
    }
    numbers[total / 2] = total;
    assert_int_equal(stemma_event_get_many(snapshot, numbers, total, events, NULL),
                     STEMMA_NOT_FOUND);
    assert_int_equal(stemma_event_get_many(snapshot, numbers, 0, events, NULL), STEMMA_OK);
    free(events);
    free(numbers);
    stemma_snapshot_reset(snapshot);
}

/* One row of a scan against the event. */
static void compare_row(const stemma_event_columns *at, uint32_t i)
{
    stemma_event event;
    stemma_term term;
    assert_int_equal(stemma_event_get(snapshot, at->first + i, &event, NULL), STEMMA_OK);
    assert_int_equal(stemma_term_get(snapshot, at->type[i], &term, NULL), STEMMA_OK);
    assert_true(stemma_text_equal(term.name, event.type));
    assert_true(at->start_earliest[i] == event.bounds.start_earliest);
    assert_true(at->start_latest[i] == event.bounds.start_latest);
    assert_true(at->end_earliest[i] == event.bounds.end_earliest);
    assert_true(at->end_latest[i] == event.bounds.end_latest);
    assert_int_equal(at->precision[i] & 15, event.bounds.precision);
    assert_int_equal(at->place[i], event.place);
    assert_int_equal(at->documents[i], event.documents);
    assert_int_equal(at->independent[i], event.independent);
    assert_int_equal(at->factuality[i], (unsigned)event.polarity | (unsigned)event.certainty << 2 |
                                            (unsigned)event.tense << 4 |
                                            (unsigned)event.realis << 6);
    assert_int_equal(at->first_document[i], event.first.document);
    assert_int_equal(at->first_referent[i], event.first.referent);
    assert_int_equal(at->claim_first[i], event.claim_first);
    assert_int_equal(at->claim_count[i], event.claim_count);
    uint32_t first = at->participant_first[i];
    assert_int_equal(at->participant_first[i + 1] - first, event.participant_count);
    for (uint32_t j = 0; j < event.participant_count; j++) {
        assert_int_equal(stemma_term_get(snapshot, at->role[first + j], &term, NULL), STEMMA_OK);
        assert_true(stemma_text_equal(term.name, event.participants[j].role));
        assert_int_equal(at->entity[first + j], event.participants[j].entity);
    }
}

static void a_scan_is_the_events_one_by_one(void **state)
{
    stemma_event_columns at;
    uint32_t next = 0;
    (void)state;
    while (stemma_event_scan(snapshot, next, STEMMA_SCAN_ALL, &at, NULL) == STEMMA_OK) {
        assert_int_equal(at.first, next);
        assert_true(at.count > 0);
        for (uint32_t i = 0; i < at.count; i++) {
            compare_row(&at, i);
        }
        next += at.count;
        stemma_snapshot_reset(snapshot);
    }
    assert_int_equal(next, counts.events);
    for (uint32_t first = 1; first < counts.events; first += 13) { /* from inside a block */
        assert_int_equal(stemma_event_scan(snapshot, first, STEMMA_SCAN_ALL, &at, NULL), STEMMA_OK);
        for (uint32_t i = 0; i < at.count; i += 5) {
            compare_row(&at, i);
        }
        compare_row(&at, at.count - 1);
        stemma_snapshot_reset(snapshot);
    }
}

static void a_scan_gives_only_what_was_asked_for(void **state)
{
    stemma_event_columns at;
    (void)state;
    assert_int_equal(stemma_event_scan(snapshot, 0, STEMMA_SCAN_TYPE, &at, NULL), STEMMA_OK);
    assert_non_null(at.type);
    assert_null(at.start_earliest);
    assert_null(at.entity);
    assert_null(at.claim_first);
    assert_int_equal(
        stemma_event_scan(snapshot, (uint32_t)counts.events, STEMMA_SCAN_TYPE, &at, NULL),
        STEMMA_NOT_FOUND);
}

static void types_are_counted_as_they_occur(void **state)
{
    uint32_t terms = (uint32_t)counts.vocabulary;
    uint64_t *expected = calloc(terms + 2, sizeof *expected);
    uint64_t *counted = calloc(terms + 2, sizeof *counted);
    stemma_event_columns at;
    (void)state;
    assert_non_null(expected);
    assert_non_null(counted);
    for (uint32_t first = 0;
         stemma_event_scan(snapshot, first, STEMMA_SCAN_TYPE, &at, NULL) == STEMMA_OK;
         first += at.count) {
        for (uint32_t i = 0; i < at.count; i++) {
            expected[at.type[i]]++;
        }
    }
    for (uint32_t i = 0; i < counts.entities; i++) {
        stemma_entity entity;
        assert_int_equal(stemma_entity_get(snapshot, i, &entity, NULL), STEMMA_OK);
        for (uint32_t t = 0; t < terms; t++) {
            stemma_term term;
            assert_int_equal(stemma_term_get(snapshot, t, &term, NULL), STEMMA_OK);
            expected[t] +=
                term.kind == STEMMA_TERM_ENTITY_TYPE && stemma_text_equal(term.name, entity.type);
        }
        stemma_snapshot_reset(snapshot);
    }
    assert_int_equal(stemma_type_counts(snapshot, counted, terms + 2, NULL), STEMMA_OK);
    assert_memory_equal(counted, expected, (terms + 2) * sizeof *expected);
    free(expected);
    free(counted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_batch_is_the_events_one_by_one),
        cmocka_unit_test(a_scan_is_the_events_one_by_one),
        cmocka_unit_test(a_scan_gives_only_what_was_asked_for),
        cmocka_unit_test(types_are_counted_as_they_occur),
    };
    return cmocka_run_group_tests(tests, open_file, close_file);
}
