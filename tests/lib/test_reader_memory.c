/* SPDX-License-Identifier: MIT */
/* The n-th allocation fails, for every n: opening and reading say so and leave nothing behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "support/built_file.h"
#include "support/read_all.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define CAN_FAIL 0 /* the sanitizers bring an allocator of their own */
#else
#define CAN_FAIL 1
/* Seen from the shared libraries too, whatever the visibility that the build asks for. */
#define VISIBLE  __attribute__((visibility("default")))
VISIBLE void *malloc(size_t size);
VISIBLE void *calloc(size_t count, size_t size);
VISIBLE void *realloc(void *memory, size_t size);
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

static long until_failure = -1; /* allocations that still succeed; negative: all do */

static int fails(void)
{
    if (until_failure < 0) {
        return 0;
    }
    return until_failure-- == 0;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return fails() ? NULL : __libc_realloc(memory, size);
}
#endif

static void every_failed_allocation_is_told(void **state)
{
    (void)state;
#if CAN_FAIL
    static built_file built;
    long failures = 0;
    built_file_make(&built, 3);
    for (long n = 0;; n++) {
        read_all_result result = {0};
        until_failure = n;
        stemma_status status = read_all(built.path, NULL, &result);
        int reached = until_failure < 0;
        until_failure = -1;
        if (!reached) {
            assert_int_equal(status, STEMMA_OK);
            assert_int_equal(result.too_much, 0);
            break;
        }
        failures++;
        assert_true(status == STEMMA_OK || status == STEMMA_E_NO_MEMORY);
        assert_int_equal(result.other + result.damaged, 0);
        if (status == STEMMA_OK) {
            assert_true(result.too_much > 0);
        }
    }
    assert_true(failures > 15);
    built_file_remove(&built);
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_failed_allocation_is_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
