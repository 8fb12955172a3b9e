/* SPDX-License-Identifier: MIT */
/* One file, many threads: each reads all of it and gets the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>

#include "support/built_file.h"
#include "support/read_all.h"
#include "support/row_file.h"

#define THREADS 8u

typedef struct reader {
    stemma_file *file;
    read_all_result result;
} reader;

static void *read_in_thread(void *argument)
{
    reader *self = argument;
    read_all_of(self->file, &self->result);
    return NULL;
}

static void read_at_once(const char *path)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    reader readers[THREADS] = {0};
    pthread_t threads[THREADS];
    stemma_file *file = NULL;
    options.jobs = 3; /* of the page check */
    assert_int_equal(stemma_open(&file, path, &options, NULL), STEMMA_OK);
    for (uint32_t i = 0; i < THREADS; i++) {
        readers[i].file = file;
        assert_int_equal(pthread_create(&threads[i], NULL, read_in_thread, &readers[i]), 0);
    }
    for (uint32_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_true(readers[i].result.answers > 100);
        assert_int_equal(
            readers[i].result.damaged + readers[i].result.too_much + readers[i].result.other, 0);
        assert_memory_equal(&readers[i].result, &readers[0].result, sizeof readers[0].result);
    }
    stemma_close(file);
}

/* [F-6] */
static void many_threads_read_the_same(void **state)
{
    static built_file built;
    (void)state;
    built_file_make(&built, 12);
    read_at_once(built.path);
    built_file_remove(&built);
}

static void many_threads_read_the_same_rows(void **state)
{
    static row_file rows;
    (void)state;
    row_file_make(&rows, 150, 2);
    read_at_once(rows.path);
    row_file_remove(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(many_threads_read_the_same),
                                       cmocka_unit_test(many_threads_read_the_same_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
