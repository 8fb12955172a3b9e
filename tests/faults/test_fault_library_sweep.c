/* SPDX-License-Identifier: MIT */
/* The library where the n-th memory is refused, for every n: it says STEMMA_E_NO_MEMORY or answers as ever,
   frees what it took, and what was asked of stays usable: asked again, it answers. Under sanitizers too.
   STEMMA_LONG: every n in every shape of file; else STEMMA_SEED says which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "faults/refuse.h"
#include "hostile/ask.h"
#include "hostile/image.h"
#include "hostile/shapes.h"
#include "stemma/check.h"
#include "stemma/write.h"
#include "support/corpus.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];
static char path[128];
static uint64_t tried;

static bool is_long(void)
{
    const char *value = getenv("STEMMA_LONG");
    return value != NULL && value[0] != '\0';
}

static void figure(const char *what)
{
    printf("figure: library: %s: %llu\n", what, (unsigned long long)tried);
    tried = 0;
}

/* All that is wrong is told before a test fails. */
static unsigned complaints;

static void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void complain(const char *format, ...)
{
    va_list arguments;
    if (complaints++ < 50) {
        va_start(arguments, format);
        vprintf(format, arguments);
        va_end(arguments);
        putchar('\n');
    }
}

/* The next call to refuse: each of the first, then fewer and fewer. STEMMA_SEED moves which. */
static uint64_t after(uint64_t at)
{
    const char *seed = getenv("STEMMA_SEED");
    uint64_t some = at / 12;
    if (seed != NULL && some != 0) {
        some = (strtoull(seed, NULL, 10) + at) * UINT64_C(0x9e3779b97f4a7c15) % (2 * some + 1);
    }
    return is_long() ? at + 1 : at + 1 + some;
}

static void write_shape(shape which)
{
    size_t size = 0;
    uint8_t *bytes = shape_make(which, &size);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    free(bytes);
}

static stemma_file *open_it(void)
{
    stemma_file *file = NULL;
    stemma_error error = {0};
    assert_int_equal(stemma_open(&file, path, NULL, &error), STEMMA_OK);
    return file;
}

/* ---- Questions ------------------------------------------------------------------------------- */

static void expect_same(const asked *true_answers, const asked *found, uint32_t question, uint64_t at)
{
    if (found->sum != true_answers->sum || found->answers != true_answers->answers ||
        found->damaged != 0 || found->too_much != true_answers->too_much || found->wrong != 0) {
        complain("%s, call %llu: another answer: %u answers, %u damaged, %u too much, %u wrong: %s %s %s",
                 question_name(question), (unsigned long long)at, found->answers, found->damaged,
                 found->too_much, found->wrong, found->what, found->first.code, found->first.where);
    }
}

/* True when there was a call to refuse. */
static bool ask_refused(uint32_t question, const asked true_answers[2], uint64_t at, bool lasting)
{
    stemma_file *file = open_it();
    stemma_snapshot *snapshot = NULL;
    asked found = {0};
    asked again = {0};
    stemma_error error;
    assert_int_equal(stemma_snapshot_begin(&snapshot, file, &error), STEMMA_OK);
    refuse_begin(at, lasting);
    ask_of(snapshot, file, question, &found);
    bool met = refuse_end();
    if (found.too_much > true_answers[0].too_much) {
        /* Where nothing at all is to be had, a failure may go without words. */
        if (found.damaged != 0 || (found.wrong != 0 && !lasting)) {
            complain("%s, call %llu: %u damaged, %u wrong: %s %s %s", question_name(question),
                     (unsigned long long)at, found.damaged, found.wrong, found.what, found.first.code,
                     found.first.where);
        }
    } else {
        expect_same(&true_answers[0], &found, question, at);
    }
    ask_of(snapshot, file, question, &again);
    if (true_answers[0].sum != true_answers[1].sum) {
        again.sum = true_answers[1].sum;
        again.answers = true_answers[1].answers;
    }
    expect_same(&true_answers[1], &again, question, at);
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    tried += met;
    return met;
}

/* What is answered when nothing is refused, and then to the same question again: a
   snapshot that has grown hands out more rows at a time, which the sum shows. */
static void learn(uint32_t question, asked answers[2])
{
    stemma_file *file = open_it();
    stemma_snapshot *snapshot = NULL;
    stemma_error error;
    assert_int_equal(stemma_snapshot_begin(&snapshot, file, &error), STEMMA_OK);
    ask_of(snapshot, file, question, &answers[0]);
    ask_of(snapshot, file, question, &answers[1]);
    stemma_snapshot_end(snapshot);
    stemma_close(file);
}

static void questions_without_memory(void **state)
{
    (void)state;
    for (int which = 0; which < SHAPE_COUNT; which++) {
        if (!is_long() && which != SHAPE_FULL && which != SHAPE_ROWS && which != SHAPE_PAIRS) {
            continue;
        }
        write_shape((shape)which);
        for (uint32_t question = 0; question < question_count(); question++) {
            asked true_answers[2] = {{0}};
            if (which == SHAPE_PAIRS && question != question_named("search")) {
                continue; /* asked of the others; this one has what they have not for searches alone */
            }
            learn(question, true_answers);
            for (uint64_t at = 1; ask_refused(question, true_answers, at, false); at = after(at)) {
                if (is_long() || at % 8 == 1) {
                    (void)ask_refused(question, true_answers, at, true);
                }
            }
        }
    }
    figure("questions");
    assert_int_equal(complaints, 0);
}

/* ---- Opening, checking ----------------------------------------------------------------------- */

static void opening_without_memory(void **state)
{
    (void)state;
    write_shape(SHAPE_FULL);
    for (uint32_t flags = 0; flags <= STEMMA_OPEN_TRUSTED; flags += STEMMA_OPEN_TRUSTED) {
        bool met = true;
        for (uint64_t at = 1; met; at++) {
            stemma_file *file = NULL;
            stemma_error error = {0};
            stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
            options.flags = flags;
            refuse_begin(at, false);
            stemma_status status = stemma_open(&file, path, &options, &error);
            met = refuse_end();
            tried += met;
            if (status != STEMMA_OK) {
                assert_int_equal(status, STEMMA_E_NO_MEMORY);
                assert_int_equal(error.status, STEMMA_E_NO_MEMORY);
                assert_null(file);
            }
            stemma_close(file);
        }
    }
    figure("opening");
}

static int told(void *context, const stemma_problem *problem)
{
    if (strcmp(problem->code, "NO_MEMORY") == 0) { /* that it cannot be made */
        return 0;
    }
    fail_msg("call %llu: a problem is told of a sound file: %s %s %s",
             (unsigned long long)*(uint64_t *)context, problem->check, problem->code, problem->where);
    return 1;
}

static void checking_without_memory(void **state)
{
    (void)state;
    for (int which = 0; which < SHAPE_COUNT; which++) {
        bool met = true;
        if (which == SHAPE_PAIRS || (!is_long() && which != SHAPE_FULL && which != SHAPE_ROWS)) {
            continue; /* of pairs: a call for each of some thousand documents, thousands of times */
        }
        write_shape((shape)which);
        for (uint64_t at = 1; met; at = after(at)) {
            stemma_error error = {0};
            stemma_check_summary summary;
            stemma_check_options options = STEMMA_CHECK_OPTIONS_INIT;
            options.jobs = 1;
            refuse_begin(at, false);
            stemma_status status = stemma_check_with(path, &options, told, &at, &summary, &error);
            met = refuse_end();
            tried += met;
            assert_true(status == STEMMA_OK || (met && status == STEMMA_E_NO_MEMORY));
        }
    }
    figure("checking");
}

/* All that is told of a file, a line each. */
typedef struct telling {
    const char *truth; /* NULL: it is what is told now */
    uint64_t at;
    size_t size;
    char told[65536];
} telling;

static int tell_of_damage(void *context, const stemma_problem *problem)
{
    telling *self = context;
    char line[512];
    int size = snprintf(line, sizeof line, "%s %s %s %s\n", problem->check, problem->code,
                        problem->where, problem->message);
    assert_true(size > 0 && (size_t)size < sizeof line);
    if (self->truth == NULL) {
        assert_true(self->size + (size_t)size < sizeof self->told);
        memcpy(self->told + self->size, line, (size_t)size + 1);
        self->size += (size_t)size;
    } else if (strcmp(problem->code, "NO_MEMORY") != 0 && strstr(self->truth, line) == NULL) {
        complain("call %llu: told, but not so: %s", (unsigned long long)self->at, line);
    }
    return 0;
}

/* A file with more to tell of than a list begins with room for. */
static void write_damaged(void)
{
    size_t size = 0;
    uint8_t *bytes = shape_make(SHAPE_MANY, &size);
    image whole;
    image_file out = {NULL, 0, 0};
    image_read(&whole, bytes, size);
    image_table *table = image_table_named(&whole, "document");
    assert_non_null(table);
    for (size_t i = 0; i < table->count; i++) {
        image_bytes value = table->records[i].value;
        image_set(&whole, table, &table->records[i], value.data, value.size - 1);
    }
    image_write(&whole, &out);
    image_save(path, out.data, out.size);
    image_free(&whole);
    free(out.data);
    free(bytes);
}

static void checking_damage_without_memory(void **state)
{
    static telling truth, now;
    stemma_check_options options = STEMMA_CHECK_OPTIONS_INIT;
    stemma_check_summary summary;
    stemma_error error = {0};
    bool met = true;
    (void)state;
    write_damaged();
    options.jobs = 1;
    truth.truth = NULL;
    truth.size = 0;
    assert_int_equal(stemma_check_with(path, &options, tell_of_damage, &truth, &summary, &error),
                     STEMMA_OK);
    assert_true(truth.size > 1536);
    now.truth = truth.told;
    for (now.at = 1; met; now.at++) {
        refuse_begin(now.at, false);
        stemma_status status =
            stemma_check_with(path, &options, tell_of_damage, &now, &summary, &error);
        met = refuse_end();
        tried += met;
        assert_true(status == STEMMA_OK || (met && status == STEMMA_E_NO_MEMORY));
    }
    figure("checking what is damaged");
    assert_int_equal(complaints, 0);
}

/* ---- Writing --------------------------------------------------------------------------------- */

#define DOCUMENTS 6u

/* Writes a file and goes on after failures, as a careless caller does. True when a call was refused. */
static bool write_refused(uint64_t at)
{
    static corpus_names names;
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    const stemma_run run = {stemma_text_of("test"), {NULL, 0}, STEMMA_RUN_RULE, {NULL, 0}};
    corpus_document *documents[DOCUMENTS];
    uint32_t number = 0;
    corpus_make_names(&names);
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        documents[i] = corpus_make(&names, i);
    }
    options.flags = STEMMA_WRITE_REPLACE;
    options.jobs = 1;
    refuse_begin(at, false);
    stemma_status status = stemma_writer_new(&writer, path, &options, &error);
    bool failed = status != STEMMA_OK;
    if (!failed) {
        failed |= stemma_writer_add_run(writer, &run, &number, &error) != STEMMA_OK;
        for (uint32_t i = 0; i < DOCUMENTS; i++) {
            failed |= stemma_writer_add_document(writer, &documents[i]->document, &number, &error) !=
                      STEMMA_OK;
        }
        status = stemma_writer_finish(writer, &error);
    }
    bool met = refuse_end();
    if (status != STEMMA_OK && status != STEMMA_E_NO_MEMORY && !failed) {
        fail_msg("call %llu: %s %s", (unsigned long long)at, error.code, error.message);
    }
    if (failed && status == STEMMA_OK) {
        fail_msg("call %llu: a file that lacks something", (unsigned long long)at);
    }
    stemma_writer_free(writer);
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        corpus_free(documents[i]);
    }
    assert_true(status == STEMMA_OK || met);
    return met;
}

static long size_of_file(void)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_int_equal(fclose(file), 0);
    return size;
}

static void writing_without_memory(void **state)
{
    (void)state;
    (void)write_refused(0);
    long whole = size_of_file();
    for (uint64_t at = 1; write_refused(at); at = after(at)) {
        tried++;
        assert_int_equal(size_of_file(), whole); /* the old one or the new one */
    }
    figure("writing");
}

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/stemma-refuse-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/news.stemma", folder);
    return 0;
}

/* Nothing but the file is left. */
static int tear_down(void **state)
{
    (void)state;
    return unlink(path) != 0 || rmdir(folder) != 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(opening_without_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(questions_without_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(checking_without_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(checking_damage_without_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(writing_without_memory, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
