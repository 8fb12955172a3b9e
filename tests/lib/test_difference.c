/* SPDX-License-Identifier: MIT */
/* What became known between two dates of one file, and what two files tell otherwise; and things in
   words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stemma/stemma.h"
#include "support/knowledge.h"
#include "support/need.h"

static stemma_error error;

/* Three releases of Ada Vex and Bo Ruk, in May, June and July 2031. */
static uint32_t write_file(char path[64], uint32_t count)
{
    static const char *const published[] = {"2031-05-02", "2031-06-02", "2031-07-02"};
    static const char *const who[] = {"Ada Vex", "Bo Ruk", "Ada Vex"};
    corpus_document *documents[3];
    for (uint32_t i = 0; i < count; i++) {
        char uri[32];
        snprintf(uri, sizeof uri, "https://news.example/%u", i);
        documents[i] = corpus_new(uri, published[i]);
        (void)corpus_release(documents[i], who[i], "Monday", published[i], "Orell");
    }
    knowledge_write(path, documents, count);
    return count;
}

/* Counts changes by kind and kind of thing. */
typedef struct tally {
    uint32_t of[8][128];
    uint32_t all;
    char subjects[1024];
} tally;

static tally count_changes(const stemma_snapshot *before, const stemma_snapshot *after)
{
    stemma_difference *difference = NULL;
    stemma_change change;
    stemma_status status;
    tally out = {0};
    NEED(stemma_difference_begin(&difference, before, after, &error));
    while ((status = stemma_difference_next(difference, &change, &error)) == STEMMA_OK) {
        uint8_t kind =
            change.after.number != STEMMA_NONE ? change.after.kind : change.before.kind;
        assert_in_range(change.kind, STEMMA_CHANGE_NEW, STEMMA_CHANGE_GONE);
        assert_true(change.subject.size != 0);
        out.of[change.kind][kind & 127u]++;
        out.all++;
        if (change.kind == STEMMA_CHANGE_NEW) {
            assert_int_equal(change.before.number, STEMMA_NONE);
            assert_true(change.document_count != 0);
        }
        size_t used = strlen(out.subjects);
        snprintf(out.subjects + used, sizeof out.subjects - used, "%.*s\n",
                 (int)change.subject.size, change.subject.data);
    }
    assert_int_equal(status, STEMMA_END);
    stemma_difference_end(difference);
    return out;
}

static void test_dates(void **state)
{
    char path[64];
    stemma_file *file = NULL;
    (void)state;
    write_file(path, 3);
    stemma_snapshot *after = knowledge_open(path, &file);
    stemma_snapshot *before = NULL;
    NEED(stemma_snapshot_begin(&before, file, &error));
    stemma_snapshot_as_of(before, 1);
    stemma_snapshot_as_of(after, 2);
    tally june = count_changes(before, after); /* another man, in the same place */
    assert_int_equal(june.of[STEMMA_CHANGE_NEW]['d'], 1);
    assert_int_equal(june.of[STEMMA_CHANGE_NEW]['v'], 1);
    assert_int_equal(june.of[STEMMA_CHANGE_NEW]['e'], 1);
    assert_non_null(strstr(june.subjects, "Bo Ruk"));
    assert_null(strstr(june.subjects, "Ada Vex"));
    stemma_snapshot_as_of(before, 2);
    stemma_snapshot_as_of(after, STEMMA_NONE);
    tally july = count_changes(before, after); /* she was known */
    assert_int_equal(july.of[STEMMA_CHANGE_NEW]['d'], 1);
    assert_int_equal(july.of[STEMMA_CHANGE_NEW]['v'], 1);
    assert_int_equal(july.of[STEMMA_CHANGE_NEW]['e'], 0);
    /* the same again is no difference, and the order counts */
    stemma_difference *difference = NULL;
    assert_int_equal(stemma_difference_begin(&difference, after, before, &error),
                     STEMMA_E_MISUSE);
    assert_null(difference);
    stemma_snapshot_end(before);
    knowledge_close(path, file, after);
}

static void test_files(void **state)
{
    char small_path[64], large_path[64];
    stemma_file *small_file = NULL, *large_file = NULL;
    (void)state;
    write_file(small_path, 2);
    write_file(large_path, 3);
    stemma_snapshot *small = knowledge_open(small_path, &small_file);
    stemma_snapshot *large = knowledge_open(large_path, &large_file);
    tally more = count_changes(small, large);
    assert_int_equal(more.of[STEMMA_CHANGE_NEW]['d'], 1);
    assert_int_equal(more.of[STEMMA_CHANGE_NEW]['v'], 1);
    assert_int_equal(more.of[STEMMA_CHANGE_GONE]['d'], 0);
    tally less = count_changes(large, small);
    assert_int_equal(less.of[STEMMA_CHANGE_NEW]['d'], 0);
    assert_int_equal(less.of[STEMMA_CHANGE_GONE]['d'], 1);
    assert_int_equal(less.of[STEMMA_CHANGE_GONE]['v'], 1);
    /* cut to what the small one has, nothing differs */
    stemma_snapshot_as_of(large, 2);
    assert_int_equal(count_changes(small, large).all, 0);
    knowledge_close(small_path, small_file, small);
    knowledge_close(large_path, large_file, large);
}

static void test_labels(void **state)
{
    char path[64];
    stemma_file *file = NULL;
    stemma_text text;
    stemma_event_summary summary;
    (void)state;
    write_file(path, 3);
    stemma_snapshot *snapshot = knowledge_open(path, &file);
    NEED(stemma_event_label(snapshot, 0, &text, &error));
    assert_non_null(memmem(text.data, text.size, "Ada Vex", 7));
    NEED(stemma_event_summary_get(snapshot, 0, &summary, &error));
    assert_int_equal(summary.participant_count, 1);
    NEED(stemma_label(snapshot, (stemma_reference){'c', summary.claims[0].number}, &text, &error));
    assert_non_null(memmem(text.data, text.size, ": ", 2));
    NEED(stemma_label(snapshot, (stemma_reference){'d', 0}, &text, &error));
    assert_non_null(memmem(text.data, text.size, "2031-05-02", 10));
    assert_int_equal(stemma_label(snapshot, (stemma_reference){'x', 0}, &text, &error),
                     STEMMA_E_MISUSE);
    stemma_snapshot_as_of(snapshot, 1);
    uint32_t known = 0;
    for (uint32_t i = 0; i < 3; i++) {
        stemma_status status = stemma_event_label(snapshot, i, &text, &error);
        assert_true(status == STEMMA_OK || status == STEMMA_NOT_FOUND);
        known += status == STEMMA_OK;
    }
    assert_int_equal(known, 1);
    knowledge_close(path, file, snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
