/* SPDX-License-Identifier: MIT */
/* What more known documents tell than are read for one number: what is exact, what stands as the whole
   file has it, and what is projected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stemma/stemma.h"
#include "stemma/write.h"
#include "support/knowledge.h"
#include "support/need.h"

#define DOCUMENTS 400u
#define RENAMED   120u /* document from which on she goes by another name */
#define PERSON    0u
#define EVENT     2u

static stemma_error error;

static void join(stemma_writer *writer, uint32_t document, uint32_t referent)
{
    stemma_judgement judgement = {0};
    judgement.left = (stemma_referent_id){document - 1, referent};
    judgement.right = (stemma_referent_id){document, referent};
    judgement.verdict = STEMMA_VERDICT_SAME;
    judgement.score = 900;
    NEED(stemma_writer_add_judgement(writer, &judgement, &error));
}

/* One release that every document tells: by another name from RENAMED on, and no longer as certain; on
   another day from document 200 on; she is quoted. Referents up to `last` are the same in all documents. */
static void write_same(char path[64], uint32_t last)
{
    const stemma_run run = {
        stemma_text_of("test"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}};
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    uint32_t number = 0;
    snprintf(path, 64, "/tmp/stemma-many-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    options.flags = STEMMA_WRITE_REPLACE;
    NEED(stemma_writer_new(&writer, path, &options, &error));
    NEED(stemma_writer_add_run(writer, &run, &number, &error));
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        char uri[32], published[16];
        snprintf(uri, sizeof uri, "https://news.example/%u", i);
        snprintf(published, sizeof published, "20%02u-%02u-01", 10 + i / 12, i % 12 + 1);
        corpus_document *d = corpus_new(uri, published);
        (void)corpus_release(d, i < RENAMED ? "Ana Bell" : "Ana Reedbell", "Monday",
                             i < 200 ? "2009-05-04" : "2009-05-11", "Orell");
        d->assertions[0].certainty =
            i < RENAMED ? STEMMA_CERTAINTY_CERTAIN : STEMMA_CERTAINTY_PROBABLE;
        d->assertions[1].speaker = PERSON;
        d->assertions[1].attribution = STEMMA_ATTRIBUTION_SPEAKER;
        NEED(stemma_writer_add_document(writer, &d->document, &number, &error));
        corpus_free(d);
        for (uint32_t referent = PERSON; i != 0 && referent <= last; referent++) {
            join(writer, number, referent);
        }
    }
    NEED(stemma_writer_finish(writer, &error));
    stemma_writer_free(writer);
}

static void write_file(char path[64])
{
    write_same(path, EVENT);
}

static uint32_t thing_of(stemma_snapshot *snapshot, uint32_t referent)
{
    stemma_reference of = {0, STEMMA_NONE};
    NEED(stemma_member_of(snapshot, (stemma_referent_id){0, referent}, &of, &error));
    return of.number;
}

static void person_is(stemma_snapshot *snapshot, uint32_t until, const char *shown,
                      uint32_t name_count)
{
    stemma_entity entity;
    stemma_text label;
    uint32_t person = thing_of(snapshot, PERSON);
    NEED(stemma_entity_get(snapshot, person, &entity, &error));
    NEED(stemma_entity_label(snapshot, person, &label, &error));
    assert_memory_equal(entity.name.data, shown, strlen(shown));
    assert_int_equal(entity.name.size, strlen(shown));
    assert_true(stemma_text_equal(label, entity.name));
    assert_true(stemma_text_equal(entity.type, stemma_text_of("person")));
    assert_int_equal(entity.documents, until); /* exact */
    assert_int_equal(entity.events, 1);
    assert_int_equal(entity.name_count, name_count);
    assert_in_range(entity.mentions, until - until / 8, until);
    for (uint32_t i = 0; i < name_count; i++) { /* projected: by no more than an eighth of all */
        bool first = stemma_text_equal(entity.names[i].text, stemma_text_of("Ana Bell"));
        uint32_t old = until < RENAMED ? until : RENAMED;
        uint32_t truly = first ? old : until - old;
        assert_in_range(entity.names[i].documents, truly - (truly < until / 8 ? truly : until / 8),
                        truly + until / 8);
    }
}

static void event_is(stemma_snapshot *snapshot, uint32_t until, const char *day)
{
    stemma_event_summary summary;
    stemma_claim claim;
    uint32_t event = thing_of(snapshot, EVENT);
    bool timed = false;
    NEED(stemma_event_summary_get(snapshot, event, &summary, &error));
    assert_int_equal(summary.event.documents, until);
    assert_int_equal(summary.event.independent, until);
    assert_int_equal(summary.event.participant_count, 1);
    assert_true(stemma_text_equal(summary.event.type, stemma_text_of("justice.release")));
    assert_int_equal(summary.event.realis, STEMMA_REALIS_ACTUAL);
    assert_true(stemma_text_equal(summary.time.edtf, stemma_text_of(day)));
    for (uint32_t i = 0; i < summary.claim_count; i++) {
        uint32_t own = summary.claims[i].documents;
        timed = timed || stemma_text_equal(summary.claims[i].predicate, stemma_text_of("time"));
        assert_true(own == summary.claims[i].independent && own == summary.claims[i].witness_count);
        assert_int_equal(summary.claims[i].speakers, 0); /* not counted here ... */
        NEED(stemma_claim_get(snapshot, summary.claims[i].number, &claim, &error));
        assert_int_equal(claim.speakers, /* ... but here */
                         stemma_text_equal(claim.predicate, stemma_text_of("patient")));
    }
    assert_true(timed);
}

static void many_documents_are_not_all_read(void **state)
{
    char path[64];
    stemma_file *file = NULL;
    (void)state;
    write_file(path);
    stemma_snapshot *snapshot = knowledge_open(path, &file);
    person_is(snapshot, DOCUMENTS, "Ana Reedbell", 2);
    stemma_snapshot_as_of(snapshot, 64); /* as many as are read: exact */
    person_is(snapshot, 64, "Ana Bell", 1);
    event_is(snapshot, 64, "2009-05-04");
    stemma_snapshot_as_of(snapshot, 100);
    person_is(snapshot, 100, "Ana Bell", 1);
    event_is(snapshot, 100, "2009-05-04");
    stemma_snapshot_as_of(snapshot, 200);
    person_is(snapshot, 200, "Ana Bell", 2);
    event_is(snapshot, 200, "2009-05-04");
    stemma_snapshot_as_of(snapshot, 390);
    person_is(snapshot, 390, "Ana Reedbell", 2);
    event_is(snapshot, 390, "2009-05-04");
    knowledge_close(path, file, snapshot);
}

static void certainty_is_what_most_of_those_read_say(void **state)
{
    char path[64];
    stemma_file *file = NULL;
    stemma_event event;
    (void)state;
    write_file(path);
    stemma_snapshot *snapshot = knowledge_open(path, &file);
    uint32_t number = thing_of(snapshot, EVENT);
    NEED(stemma_event_get(snapshot, number, &event, &error));
    assert_int_equal(event.certainty, STEMMA_CERTAINTY_PROBABLE); /* most of all documents */
    stemma_snapshot_as_of(snapshot, 110);
    NEED(stemma_event_get(snapshot, number, &event, &error));
    assert_int_equal(event.certainty, STEMMA_CERTAINTY_CERTAIN);
    stemma_snapshot_as_of(snapshot, 390); /* none of the first eight says so, but most of the others */
    NEED(stemma_event_get(snapshot, number, &event, &error));
    assert_int_equal(event.certainty, STEMMA_CERTAINTY_PROBABLE);
    knowledge_close(path, file, snapshot);
}

/* Of one block of events many and few are counted in another way. */
static void events_are_counted_as_of_any_document(void **state)
{
    static const uint32_t at[] = {1, 2, 63, 64, 65, 66, 67, 128, 399, DOCUMENTS};
    char path[64];
    stemma_file *file = NULL;
    (void)state;
    write_same(path, PERSON); /* each tells of a release of its own */
    stemma_snapshot *snapshot = knowledge_open(path, &file);
    uint32_t person = thing_of(snapshot, PERSON);
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        stemma_entity entity;
        stemma_snapshot_as_of(snapshot, at[i]);
        NEED(stemma_entity_get(snapshot, person, &entity, &error));
        assert_int_equal(entity.documents, at[i]);
        assert_int_equal(entity.events, at[i]);
    }
    knowledge_close(path, file, snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_documents_are_not_all_read),
        cmocka_unit_test(certainty_is_what_most_of_those_read_say),
        cmocka_unit_test(events_are_counted_as_of_any_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
