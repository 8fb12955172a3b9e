/* SPDX-License-Identifier: MIT */
/* A program may ask from a thread with a small stack: how much of one each call of the library takes. */
#include "crowd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "stemma/check.h"
#include "stemma/salvage.h"
#include "stemma/write.h"
#include "support/corpus.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define ROOM    ((size_t)1 << 20)
#define PROMISE ((size_t)128 << 10) /* stemma/read.h says so */
#define PAINT   0xa5

static crowd place;

typedef struct job {
    bool (*work)(uint32_t number);
    uint32_t number;
    bool good;
} job;

static void *run(void *argument)
{
    job *self = argument;
    self->good = self->work(self->number);
    return NULL;
}

/* Bytes of the stack of a thread that does nothing else. */
static size_t stack_of(bool (*work)(uint32_t number), uint32_t number)
{
    job one = {work, number, false};
    pthread_attr_t attributes;
    pthread_t thread;
    size_t untouched = 0;
    uint8_t *stack = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(stack != MAP_FAILED);
    memset(stack, PAINT, ROOM);
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstack(&attributes, stack, ROOM), 0);
    assert_int_equal(pthread_create(&thread, &attributes, run, &one), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(pthread_attr_destroy(&attributes), 0);
    assert_true(one.good);
    while (untouched < ROOM && stack[untouched] == PAINT) {
        untouched++;
    }
    assert_int_equal(munmap(stack, ROOM), 0);
    return ROOM - untouched;
}

static void expect_little(const char *what, size_t taken)
{
    if (!SANITIZED) {
        print_message("figure: stack: %s: %zu bytes\n", what, taken);
        assert_true(taken <= PROMISE);
    }
}

/* ---- What is done -------------------------------------------------------------------------- */

static bool nothing(uint32_t number)
{
    (void)number;
    return true;
}

static bool open_and_ask(uint32_t question)
{
    stemma_file *file = NULL;
    asked answer = {0};
    if (stemma_open(&file, place.path, NULL, NULL) != STEMMA_OK) {
        return false;
    }
    ask(file, question, &answer);
    stemma_close(file);
    return answer.wrong == 0 && answer.damaged == 0;
}

static bool check(uint32_t jobs)
{
    stemma_check_options options = STEMMA_CHECK_OPTIONS_INIT;
    stemma_check_summary summary;
    options.jobs = jobs;
    return stemma_check_with(place.path, &options, NULL, NULL, &summary, NULL) == STEMMA_OK &&
           summary.problems == 0;
}

static bool salvage(uint32_t flags)
{
    stemma_salvage *saved = NULL;
    if (stemma_salvage_begin(&saved, place.path, NULL, NULL, flags, 0, NULL) != STEMMA_OK) {
        return false;
    }
    stemma_salvage_end(saved);
    return true;
}

static bool write_file(uint32_t count)
{
    static corpus_names names;
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    const stemma_run run = {stemma_text_of("test"), {NULL, 0}, STEMMA_RUN_RULE, {NULL, 0}};
    uint32_t number = 0;
    corpus_make_names(&names);
    options.flags = STEMMA_WRITE_REPLACE;
    options.jobs = 1;
    bool good = stemma_writer_new(&writer, place.path, &options, NULL) == STEMMA_OK &&
                stemma_writer_add_run(writer, &run, &number, NULL) == STEMMA_OK;
    for (uint32_t i = 0; i < count && good; i++) {
        corpus_document *document = corpus_make(&names, i);
        good = stemma_writer_add_document(writer, &document->document, &number, NULL) == STEMMA_OK;
        corpus_free(document);
    }
    good = good && stemma_writer_finish(writer, NULL) == STEMMA_OK;
    stemma_writer_free(writer);
    return good;
}

/* ---- What it takes ------------------------------------------------------------------------- */

static void reading_takes_little(void **state)
{
    static const shape shapes[] = {SHAPE_FULL, SHAPE_ROWS, SHAPE_DEEP};
    size_t base = stack_of(nothing, 0);
    size_t most = 0;
    uint32_t which = 0;
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        crowd_put(place.path, shapes[i]);
        for (uint32_t question = 0; question < question_count(); question++) {
            size_t taken = stack_of(open_and_ask, question) - base;
            if (taken > most) {
                most = taken;
                which = question;
            }
        }
    }
    print_message("most: %s\n", question_name(which));
    expect_little("opening and asking", most);
    crowd_put(place.path, SHAPE_FULL);
    expect_little("checking", stack_of(check, 1) - base);
    expect_little("checking in threads", stack_of(check, 2) - base);
    expect_little("salvage", stack_of(salvage, 0) - base);
}

static void writing_takes_little(void **state)
{
    size_t base = stack_of(nothing, 0);
    (void)state;
    expect_little("writing", stack_of(write_file, 8) - base);
}

static int set_up(void **state)
{
    (void)state;
    crowd_begin(&place);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    crowd_end(&place);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reading_takes_little, set_up, tear_down),
        cmocka_unit_test_setup_teardown(writing_takes_little, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
