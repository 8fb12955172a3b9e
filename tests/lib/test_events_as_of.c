/* SPDX-License-Identifier: MIT */
/* Events, timelines and searches of a cut snapshot are those of a file of the known documents alone. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stemma/stemma.h"
#include "support/built_file.h"
#include "support/cut_file.h"
#include "support/prng.h"
#include "support/need.h"

#define MOST 4000u

typedef struct pair {
    stemma_file *whole_file, *part_file;
    stemma_snapshot *whole, *part;
    stemma_counts counts; /* of the part */
} pair;

static stemma_error error;

typedef struct found {
    int64_t start;
    uint32_t document, referent; /* first of the event */
} found;

static int by_found(const void *left, const void *right)
{
    const found *a = left, *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    if (a->document != b->document) {
        return a->document < b->document ? -1 : 1;
    }
    return (a->referent > b->referent) - (a->referent < b->referent);
}

/* Events of a query; that they come in order of time is checked, and that they are as many as are
   counted. Sorted so that both files have one order of those that start at once. */
static uint32_t ask(stemma_snapshot *snapshot, const stemma_event_query *query, found *out)
{
    stemma_event_cursor *cursor = NULL;
    uint32_t number = 0, count = 0;
    uint64_t counted = 0;
    int64_t before = INT64_MIN;
    stemma_status status;
    NEED(stemma_events(&cursor, snapshot, query, &error));
    while ((status = stemma_event_next(cursor, &number, &error)) == STEMMA_OK) {
        stemma_event event;
        NEED(stemma_event_get(snapshot, number, &event, &error));
        int64_t start = event.bounds.start_earliest == STEMMA_TIME_UNKNOWN_EARLY
                            ? INT64_MAX
                            : event.bounds.start_earliest;
        assert_true(count < MOST);
        assert_true(start >= before);
        before = start;
        out[count++] = (found){start, event.first.document, event.first.referent};
    }
    assert_int_equal(status, STEMMA_END);
    NEED(stemma_events_count(snapshot, query, &counted, &error));
    assert_int_equal(counted, count);
    qsort(out, count, sizeof *out, by_found);
    return count;
}

/* The number in the whole file of an entity of the part. */
static uint32_t in_whole(const pair *p, uint32_t entity)
{
    stemma_entity record;
    stemma_reference of;
    NEED(stemma_entity_get(p->part, entity, &record, &error));
    NEED(stemma_member_of(p->whole, record.first, &of, &error));
    return of.number;
}

/* Fills in a query for both files. */
static void draw(const pair *p, prng *random, stemma_event_query *a, stemma_event_query *b,
                 stemma_event_part parts[2][2])
{
    static const char *const types[] = {"justice", "justice.release", "personnel", "contact"};
    static const stemma_event_query empty = STEMMA_EVENT_QUERY_INIT;
    uint32_t entities = (uint32_t)p->counts.entities;
    *a = *b = empty;
    for (uint32_t i = prng_below(random, 3); i > 0; i--) {
        uint32_t entity = prng_below(random, entities < 40 ? entities : 40);
        uint32_t flags = prng_below(random, 4);
        parts[1][b->part_count] = (stemma_event_part){entity, {NULL, 0}, flags};
        parts[0][b->part_count] = (stemma_event_part){in_whole(p, entity), {NULL, 0}, flags};
        a->part_count = ++b->part_count;
    }
    a->parts = parts[0];
    b->parts = parts[1];
    if (prng_below(random, 3) == 0) {
        a->type = b->type = stemma_text_of(types[prng_below(random, 4)]);
    }
    if (prng_below(random, 4) == 0) {
        b->place = prng_below(random, entities);
        a->place = in_whole(p, b->place);
        a->flags = b->flags = STEMMA_EVENTS_WITHIN;
    }
    if (prng_below(random, 3) == 0) {
        a->from = b->from = 1609459200 + (int64_t)prng_below(random, 300) * 86400;
        a->to = b->to = a->from + (int64_t)prng_below(random, 100) * 86400;
        a->flags |= prng_below(random, 2) * STEMMA_EVENTS_DURING;
        b->flags = a->flags;
    }
    if (prng_below(random, 4) == 0) {
        a->realis = b->realis = STEMMA_BIT(STEMMA_REALIS_ACTUAL);
    }
    if (prng_below(random, 6) == 0) {
        a->amount_least = b->amount_least = stemma_text_of("2");
        a->amount_most = b->amount_most = stemma_text_of(prng_below(random, 2) != 0 ? "" : "40");
    }
    if (prng_below(random, 4) == 0) {
        b->speaker = prng_below(random, entities < 40 ? entities : 40);
        a->speaker = in_whole(p, b->speaker);
    }
    if (prng_below(random, 6) == 0) {
        stemma_document document;
        NEED(stemma_document_get(p->part, prng_below(random, (uint32_t)p->counts.documents),
                                 &document, &error));
        a->publisher = b->publisher = document.publisher;
    }
}

static void same_timeline(const pair *p, const stemma_event_query *a, const stemma_event_query *b,
                          uint8_t step)
{
    stemma_timeline_options options = STEMMA_TIMELINE_OPTIONS_INIT;
    stemma_timeline *whole = NULL, *part = NULL;
    stemma_timeline_entry x, y;
    stemma_status status;
    options.step = step;
    options.query = a;
    NEED(stemma_timeline_begin(&whole, p->whole, &options, &error));
    options.query = b;
    NEED(stemma_timeline_begin(&part, p->part, &options, &error));
    do {
        status = stemma_timeline_next(part, &y, &error);
        assert_int_equal(stemma_timeline_next(whole, &x, &error), status);
        if (status == STEMMA_OK) {
            assert_int_equal(x.kind, y.kind);
            assert_true(x.from == y.from && x.to == y.to && x.gap == y.gap);
            assert_int_equal(x.event_count, y.event_count);
            assert_int_equal(x.documents, y.documents);
            assert_int_equal(x.independent, y.independent);
        }
    } while (status == STEMMA_OK);
    assert_int_equal(status, STEMMA_END);
}

static uint64_t same_events(const pair *p, uint32_t seed, uint64_t *quoted)
{
    static found x[MOST], y[MOST];
    prng random = {seed};
    uint64_t total = 0;
    for (uint32_t round = 0; round < 120; round++) {
        stemma_event_query a, b;
        stemma_event_part parts[2][2];
        draw(p, &random, &a, &b, parts);
        uint32_t count = ask(p->part, &b, y);
        uint32_t got = ask(p->whole, &a, x);
        assert_int_equal(got, count);
        assert_memory_equal(x, y, count * sizeof *x);
        same_timeline(p, &a, &b, (uint8_t)(round % 3));
        total += count;
        *quoted += b.speaker != STEMMA_NONE ? count : 0;
        stemma_snapshot_reset(p->whole);
        stemma_snapshot_reset(p->part);
    }
    return total;
}

static uint64_t same_searches(const pair *p)
{
    static const char *const queries[] = {
        "the",  "freed OR arrested", "(freed OR met) -the", "fre*",          "\"was freed\"",
        "NOT a", "published:2021",    "language:en was",     "title:news OR freed", "nowhere*"};
    uint64_t total = 0;
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        stemma_text text = stemma_text_of(queries[i]);
        const stemma_hit *x, *y;
        uint32_t count = 0, got = 0;
        uint64_t counted = 0;
        NEED(stemma_search(p->part, text, NULL, &y, &count, &error));
        NEED(stemma_search(p->whole, text, NULL, &x, &got, &error));
        assert_int_equal(got, count);
        for (uint32_t k = 0; k < count; k++) {
            assert_int_equal(x[k].document, y[k].document);
            assert_true(fabs(x[k].score - y[k].score) <= 1e-12 * fabs(y[k].score));
        }
        NEED(stemma_search_count(p->whole, text, NULL, &counted, &error));
        assert_true(counted >= count);
        total += count;
        stemma_snapshot_reset(p->whole);
        stemma_snapshot_reset(p->part);
    }
    return total;
}

static void cut_snapshots_answer_as_shorter_files(void **state)
{
    built_file file;
    uint64_t events = 0, quoted = 0, hits = 0;
    (void)state;
    built_file_make(&file, 60);
    for (uint32_t until = 7; until < 60; until += 17) {
        pair p = {0};
        char part[] = "/tmp/stemma-events-XXXXXX";
        int descriptor = mkstemp(part);
        assert_true(descriptor >= 0);
        close(descriptor);
        NEED(stemma_open(&p.whole_file, file.path, NULL, &error));
        NEED(stemma_snapshot_begin(&p.whole, p.whole_file, &error));
        cut_file_write(part, p.whole, until);
        NEED(stemma_open(&p.part_file, part, NULL, &error));
        NEED(stemma_snapshot_begin(&p.part, p.part_file, &error));
        stemma_counts_get(p.part_file, &p.counts);
        stemma_snapshot_as_of(p.whole, until);
        events += same_events(&p, until, &quoted);
        hits += same_searches(&p);
        stemma_snapshot_end(p.part);
        stemma_snapshot_end(p.whole);
        stemma_close(p.part_file);
        stemma_close(p.whole_file);
        unlink(part);
    }
    assert_true(events > 500);
    assert_true(quoted > 10);
    assert_true(hits > 20);
    built_file_remove(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cut_snapshots_answer_as_shorter_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
