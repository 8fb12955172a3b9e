/* SPDX-License-Identifier: MIT */
/* What was joined, listed: however many there are, and as of any document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stemma/read.h"
#include "stemma/write.h"
#include "support/corpus.h"

static void must(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fail_msg("%s: %s at %s: %s", stemma_status_name(status), error->code, error->where,
                 error->message);
    }
}

/* Which of its document's referents the person of document `i` is: any, so that lists are long. */
static uint32_t place_of(uint32_t i)
{
    return i * 7919u % 61u;
}

static void write_person(stemma_writer *writer, uint32_t i)
{
    stemma_error error = {0};
    char uri[32], day[16];
    uint32_t number = 0;
    corpus_document *d;
    snprintf(uri, sizeof uri, "urn:day:%05u", i);
    snprintf(day, sizeof day, "%04u-01-01", 1000 + i);
    d = corpus_new(uri, day);
    corpus_sentence(d);
    for (uint32_t k = 0; k < place_of(i); k++) {
        corpus_entity(d, "thing", "Stone");
    }
    corpus_entity(d, "person", "Ora Lind");
    corpus_mention(d, place_of(i), STEMMA_MENTION_NAME, corpus_say(d, "Ora Lind"));
    must(stemma_writer_add_document(writer, &d->document, &number, &error), &error);
    corpus_free(d);
}

/* A person in each of `count` documents, all of them one. */
static void write_one_of(const char *path, uint32_t count)
{
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_run run = {stemma_text_of("test"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}};
    stemma_error error = {0};
    uint32_t number;
    options.flags = STEMMA_WRITE_REPLACE;
    must(stemma_writer_new(&writer, path, &options, &error), &error);
    must(stemma_writer_add_run(writer, &run, &number, &error), &error);
    for (uint32_t i = 0; i < count; i++) {
        write_person(writer, i);
    }
    for (uint32_t i = 0; i + 1 < count; i++) {
        stemma_judgement same = {0};
        same.left = (stemma_referent_id){i, place_of(i)};
        same.right = (stemma_referent_id){i + 1, place_of(i + 1)};
        same.verdict = STEMMA_VERDICT_SAME;
        same.score = 900;
        must(stemma_writer_add_judgement(writer, &same, &error), &error);
    }
    must(stemma_writer_finish(writer, &error), &error);
    stemma_writer_free(writer);
}

static void are_members(stemma_snapshot *snapshot, uint32_t expected)
{
    const stemma_referent_id *members = NULL;
    const stemma_referent_id first = {0, place_of(0)};
    stemma_reference of = {0, 0};
    stemma_error error = {0};
    uint32_t count = 0;
    must(stemma_member_of(snapshot, first, &of, &error), &error);
    must(stemma_members(snapshot, of, &members, &count, &error), &error);
    assert_int_equal(count, expected);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(members[i].document, i);
        assert_int_equal(members[i].referent, place_of(i));
    }
}

static void all_members_are_listed(void **state)
{
    static const uint32_t sizes[] = {1, 2, 63, 64, 65, 66, 129, 255, 256, 257, 700, 2500};
    char path[64];
    (void)state;
    snprintf(path, sizeof path, "/tmp/stemma-members-%d", (int)getpid());
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        stemma_file *file = NULL;
        stemma_snapshot *snapshot = NULL;
        stemma_error error = {0};
        write_one_of(path, sizes[s]);
        must(stemma_open(&file, path, NULL, &error), &error);
        must(stemma_snapshot_begin(&snapshot, file, &error), &error);
        are_members(snapshot, sizes[s]);
        for (size_t t = 0; t < s; t++) {
            stemma_snapshot_as_of(snapshot, sizes[t]);
            are_members(snapshot, sizes[t]);
        }
        stemma_snapshot_end(snapshot);
        stemma_close(file);
        unlink(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_members_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
