/* SPDX-License-Identifier: MIT */
/* The writer when memory is refused: every allocation of a run, its libraries' included, fails
   once; each time the writer says so, leaks no file and does not crash. */
#include "stemma/write.h"
#include "support/corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CAN_FAIL 1

/* These take the place of the C library's for the whole program, its shared libraries included,
   whatever the visibility that the build asks for. */
#define VISIBLE __attribute__((visibility("default")))
VISIBLE void *malloc(size_t size);
VISIBLE void *calloc(size_t count, size_t size);
VISIBLE void *realloc(void *old, size_t size);
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static long until_failure = -1; /* allocations that still succeed; < 0: all */
static long failures;

static int refused(void)
{
    if (until_failure < 0 || until_failure-- > 0) {
        return 0;
    }
    until_failure = -1; /* one only: what follows must cope, not fail again */
    failures++;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return refused() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return refused() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return refused() ? NULL : __libc_realloc(old, size);
}
#endif

#ifdef CAN_FAIL
static stemma_status write_three(const char *path, corpus_document *const *documents,
                                 stemma_error *error)
{
    stemma_writer *writer = NULL;
    stemma_run run = {stemma_text_of("test"), {NULL, 0}, STEMMA_RUN_RULE, {NULL, 0}};
    uint32_t number = 0;
    stemma_status status = stemma_writer_new(&writer, path, NULL, error);
    if (status == STEMMA_OK) {
        status = stemma_writer_add_run(writer, &run, &number, error);
    }
    for (int i = 0; i < 3 && status == STEMMA_OK; i++) {
        status = stemma_writer_add_document(writer, &documents[i]->document, &number, error);
    }
    if (status == STEMMA_OK) {
        stemma_judgement same = {0};
        same.right.document = 1;
        same.verdict = STEMMA_VERDICT_SAME;
        status = stemma_writer_add_judgement(writer, &same, error);
    }
    if (status == STEMMA_OK) {
        stemma_derivation copy = {0};
        copy.from = 1;
        copy.kind = STEMMA_DERIVATION_COPY;
        status = stemma_writer_add_derivation(writer, &copy, error);
    }
    if (status == STEMMA_OK) {
        status = stemma_writer_finish(writer, error);
    }
    stemma_writer_free(writer);
    return status;
}
#endif

static void every_refused_allocation_is_reported(void **state)
{
    (void)state;
#ifdef CAN_FAIL
    static corpus_names names;
    char path[64];
    corpus_document *documents[3];
    long tried = 0;
    corpus_make_names(&names);
    for (uint32_t i = 0; i < 3; i++) {
        documents[i] = corpus_make(&names, i);
    }
    snprintf(path, sizeof path, "/tmp/stemma-memory-%ld.stemma", (long)getpid());
    for (long n = 0;; n += 1 + n / 300) {
        stemma_error error = {0};
        long before = failures;
        until_failure = n;
        stemma_status status = write_three(path, documents, &error);
        until_failure = -1;
        if (failures == before) { /* the run needs no more than n allocations */
            assert_int_equal(status, STEMMA_OK);
            break;
        }
        tried++;
        if (status == STEMMA_OK) { /* a library could do without, or a sort went another way */
            unlink(path);
            continue;
        }
        assert_int_equal(access(path, F_OK), -1);
        if (status != STEMMA_E_NO_MEMORY) {
            fail_msg("allocation %ld: %s: %s", n, error.code, error.message);
        }
        assert_true(error.message[0] != '\0');
    }
    assert_true(tried > 100);
    unlink(path);
    for (int i = 0; i < 3; i++) {
        corpus_free(documents[i]);
    }
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
