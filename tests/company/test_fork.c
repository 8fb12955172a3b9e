/* SPDX-License-Identifier: MIT */
/* A process that splits: the child opens again, whatever other threads of the parent were doing,
   and nothing that it does or leaves undone disturbs the parent. */
#include "crowd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILDREN 40u
#define THREADS  3u

static crowd place;
static atomic_bool enough;

static int set_up(void **state)
{
    (void)state;
    crowd_begin(&place);
    crowd_put(place.path, SHAPE_FULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    crowd_end(&place);
    return 0;
}

static int result_of(pid_t child)
{
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    return WIFEXITED(result) ? WEXITSTATUS(result) : 1000 + WTERMSIG(result);
}

/* What a child does with the file that its parent has open, and with one of its own. */
static int be_child(stemma_file *inherited, const crowd_answers *alone)
{
    static crowd_answers answers;
    stemma_snapshot *snapshot = NULL;
    stemma_file *own = NULL;
    stemma_error error = {0};
    alarm(60); /* a lock that another thread held would never be free */
    if (stemma_snapshot_begin(&snapshot, inherited, &error) != STEMMA_E_MISUSE ||
        strcmp(error.code, "FORKED") != 0) {
        return 1;
    }
    if (stemma_open(&own, place.path, NULL, &error) != STEMMA_OK) {
        return 2;
    }
    if (!crowd_ask(own, 0, &answers) || !crowd_same(&answers, alone)) {
        return 3;
    }
    stemma_close(own);
    return 0;
}

static void a_child_opens_again_and_the_parent_goes_on(void **state)
{
    static crowd_answers alone, after;
    stemma_file *file = NULL;
    stemma_snapshot *snapshot = NULL;
    stemma_document before = {0}, again = {0};
    (void)state;
    assert_int_equal(stemma_open(&file, place.path, NULL, NULL), STEMMA_OK);
    assert_true(crowd_ask(file, 0, &alone));
    assert_int_equal(stemma_snapshot_begin(&snapshot, file, NULL), STEMMA_OK);
    assert_int_equal(stemma_document_get(snapshot, 0, &before, NULL), STEMMA_OK);
    for (int how = 0; how < 3; how++) { /* _exit(), closing what it got, killed */
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            int result = be_child(file, &alone);
            if (how == 1) {
                stemma_snapshot_end(snapshot);
                stemma_close(file);
            } else if (how == 2) {
                kill(getpid(), SIGKILL);
            }
            _exit(result);
        }
        assert_int_equal(result_of(child), how == 2 ? 1000 + SIGKILL : 0);
        /* What was got before the fork is there still, and more can be asked. */
        assert_int_equal(stemma_document_get(snapshot, 0, &again, NULL), STEMMA_OK);
        assert_true(stemma_text_equal(before.uri, again.uri));
        assert_true(crowd_ask(file, 0, &after));
        assert_true(crowd_same(&after, &alone));
    }
    stemma_snapshot_end(snapshot);
    stemma_close(file);
}

/* Opens, asks and closes until it is enough: locks of this library and of malloc are held. */
static void *keep_busy(void *argument)
{
    const crowd_answers *alone = argument;
    crowd_answers *answers = malloc(sizeof *answers);
    bool good = true;
    while (!atomic_load(&enough) && good) {
        stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
        stemma_file *file = NULL;
        options.flags = STEMMA_OPEN_TRUSTED;
        good = stemma_open(&file, place.path, &options, NULL) == STEMMA_OK &&
               crowd_ask(file, 3, answers) && crowd_same(answers, alone);
        stemma_close(file);
    }
    free(answers);
    return good ? argument : NULL;
}

static void a_child_of_a_busy_process_opens_again(void **state)
{
    static crowd_answers alone;
    stemma_file *file = NULL;
    pthread_t threads[THREADS];
    (void)state;
#if defined(__SANITIZE_ADDRESS__)
    skip(); /* its allocator does not free its locks in a child of a process whose threads allocate */
#endif
    assert_int_equal(stemma_open(&file, place.path, NULL, NULL), STEMMA_OK);
    assert_true(crowd_ask(file, 0, &alone));
    atomic_store(&enough, false);
    for (uint32_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, keep_busy, &alone), 0);
    }
    for (uint32_t i = 0; i < CHILDREN; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            _exit(be_child(file, &alone));
        }
        assert_int_equal(result_of(child), 0);
    }
    atomic_store(&enough, true);
    for (uint32_t i = 0; i < THREADS; i++) {
        void *good = NULL;
        assert_int_equal(pthread_join(threads[i], &good), 0);
        assert_non_null(good);
    }
    stemma_close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_child_opens_again_and_the_parent_goes_on, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_child_of_a_busy_process_opens_again, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
