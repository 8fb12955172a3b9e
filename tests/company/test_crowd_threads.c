/* SPDX-License-Identifier: MIT */
/* Many threads and many processes ask everything of one file at once, and each is told what one
   reader alone is told. */
#include "crowd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* A thread sanitizer makes everything slow, and looks at threads only. */
#if defined(__SANITIZE_THREAD__)
#define THREADS   4u
#define PROCESSES 1u
#else
#define THREADS   6u
#define PROCESSES 3u
#endif

typedef struct reader {
    stemma_file *file;
    uint32_t first; /* question: threads begin with others */
    pthread_barrier_t *start;
    crowd_answers answers;
    bool good;
} reader;

static void *read_in_thread(void *argument)
{
    reader *self = argument;
    pthread_barrier_wait(self->start);
    self->good = crowd_ask(self->file, self->first, &self->answers) &&
                 crowd_ask_sql(self->file, &self->answers.sql);
    return NULL;
}

/* All threads on one open file. */
static bool ask_together(stemma_file *file, const crowd_answers *alone)
{
    static reader readers[THREADS];
    pthread_t threads[THREADS];
    pthread_barrier_t start;
    bool good = pthread_barrier_init(&start, NULL, THREADS) == 0;
    for (uint32_t i = 0; i < THREADS; i++) {
        readers[i] = (reader){.file = file, .first = i * 7, .start = &start};
        good = pthread_create(&threads[i], NULL, read_in_thread, &readers[i]) == 0 && good;
    }
    for (uint32_t i = 0; i < THREADS; i++) {
        good = pthread_join(threads[i], NULL) == 0 && good;
        good = readers[i].good && crowd_same(&readers[i].answers, alone) && good;
    }
    pthread_barrier_destroy(&start);
    return good;
}

static stemma_file *open_file(const char *path, uint32_t flags)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stemma_file *file = NULL;
    stemma_error error = {0};
    options.flags = flags;
    if (stemma_open(&file, path, &options, &error) != STEMMA_OK) {
        fprintf(stderr, "%s: %s\n", path, error.message);
        return NULL;
    }
    return file;
}

/* Opened afresh: what a trusted file reads late is raced for by all threads. */
static bool crowd_of_threads(const char *path, uint32_t flags, const crowd_answers *alone)
{
    stemma_file *file = open_file(path, flags);
    bool good = file != NULL && ask_together(file, alone);
    stemma_close(file);
    return good;
}

static void threads_and_processes(shape which)
{
    static crowd_answers alone;
    pid_t children[PROCESSES];
    crowd place;
    crowd_begin(&place);
    crowd_put(place.path, which);
    stemma_file *file = open_file(place.path, 0);
    assert_non_null(file);
    assert_true(crowd_ask(file, 0, &alone));
    assert_true(crowd_ask_sql(file, &alone.sql));
    stemma_close(file);
    for (uint32_t i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            _exit(crowd_of_threads(place.path, i % 2 == 0 ? STEMMA_OPEN_TRUSTED : 0u, &alone) ? 0
                                                                                             : 1);
        }
    }
    assert_true(crowd_of_threads(place.path, STEMMA_OPEN_TRUSTED, &alone));
    for (uint32_t i = 0; i < PROCESSES; i++) {
        int result = 0;
        assert_int_equal(waitpid(children[i], &result, 0), children[i]);
        assert_true(WIFEXITED(result));
        assert_int_equal(WEXITSTATUS(result), 0);
    }
    crowd_end(&place);
}

/* [F-6] */
static void everybody_is_told_the_same_of_documents(void **state)
{
    (void)state;
    threads_and_processes(SHAPE_FULL);
    threads_and_processes(SHAPE_DICTIONARY);
}

static void everybody_is_told_the_same_of_rows(void **state)
{
    (void)state;
    threads_and_processes(SHAPE_ROWS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_is_told_the_same_of_documents),
        cmocka_unit_test(everybody_is_told_the_same_of_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
