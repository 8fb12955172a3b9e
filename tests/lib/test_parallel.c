/* SPDX-License-Identifier: MIT */
/* Work on several threads: every item once, and two pieces of work side by side. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/parallel.h"

#define ITEMS 1000u

struct counting {
    atomic_uint seen[ITEMS];
};

static void count_item(void *context, size_t item)
{
    struct counting *counting = context;
    atomic_fetch_add(&counting->seen[item], 1);
}

static void every_item_is_worked_on_once(void **state)
{
    (void)state;
    for (unsigned jobs = 0; jobs < 5; jobs++) {
        static struct counting counting;
        memset(&counting, 0, sizeof counting);
        stm_parallel(jobs, ITEMS, count_item, &counting);
        for (size_t i = 0; i < ITEMS; i++) {
            assert_int_equal(atomic_load(&counting.seen[i]), 1);
        }
    }
}

struct pair {
    pthread_t here;
    pthread_t beside;
    atomic_uint turn;
    unsigned here_turn; /* 1: the first to end */
    unsigned beside_turn;
    struct counting counting;
};

static void run_here(void *context)
{
    struct pair *pair = context;
    pair->here = pthread_self();
    stm_parallel(2, ITEMS, count_item, &pair->counting);
    pair->here_turn = atomic_fetch_add(&pair->turn, 1) + 1;
}

static void run_beside(void *context)
{
    struct pair *pair = context;
    pair->beside = pthread_self();
    pair->beside_turn = atomic_fetch_add(&pair->turn, 1) + 1;
}

static void with_one_job_one_comes_after_the_other(void **state)
{
    static struct pair pair;
    (void)state;
    memset(&pair, 0, sizeof pair);
    stm_parallel_beside(1, run_here, run_beside, &pair);
    assert_true(pthread_equal(pair.here, pthread_self()));
    assert_true(pthread_equal(pair.beside, pthread_self()));
    assert_int_equal(pair.here_turn, 1);
    assert_int_equal(pair.beside_turn, 2);
}

static void with_more_the_first_stays_on_its_thread(void **state)
{
    (void)state;
    for (unsigned turn = 0; turn < 50; turn++) {
        static struct pair pair;
        memset(&pair, 0, sizeof pair);
        stm_parallel_beside(2, run_here, run_beside, &pair);
        assert_true(pthread_equal(pair.here, pthread_self()));
        assert_false(pthread_equal(pair.beside, pthread_self()));
        assert_int_equal(pair.here_turn + pair.beside_turn, 3);
        assert_int_equal(atomic_load(&pair.counting.seen[ITEMS - 1]), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_is_worked_on_once),
        cmocka_unit_test(with_one_job_one_comes_after_the_other),
        cmocka_unit_test(with_more_the_first_stays_on_its_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
