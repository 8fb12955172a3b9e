/* SPDX-License-Identifier: MIT */
/* Memory in large pages is memory: where it begins, what is in it when it is new, and what it keeps as it grows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/large.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE ((size_t)4096)

static uint8_t value_at(size_t page)
{
    return (uint8_t)(page * 7 + 1);
}

static void allocated_memory_begins_where_a_large_page_may(void **state)
{
    const size_t sizes[] = {1, STM_LARGE_PAGE - 1, STM_LARGE_PAGE, STM_LARGE_PAGE + 1, 3 * STM_LARGE_PAGE};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        uint8_t *memory = stm_large_alloc(sizes[i]);
        assert_non_null(memory);
        assert_true(sizes[i] < STM_LARGE_PAGE || (uintptr_t)memory % STM_LARGE_PAGE == 0);
        memset(memory, 1, sizes[i]);
        free(memory);
    }
}

static void what_cannot_be_had_is_refused(void **state)
{
    (void)state;
    assert_null(stm_large_map(SIZE_MAX / PAGE * PAGE));
    assert_null(stm_large_map(SIZE_MAX / 4 / PAGE * PAGE));
    uint8_t *map = stm_large_map(PAGE);
    assert_non_null(map);
    map[0] = 3;
    assert_null(stm_large_stretch(map, PAGE, SIZE_MAX / 4 / PAGE * PAGE));
    assert_int_equal(map[0], 3);
    assert_int_equal(munmap(map, PAGE), 0);
}

/* Small to small, small to large, large to larger, by whole large pages and not. */
static void a_map_keeps_what_is_in_it_as_it_grows(void **state)
{
    const size_t sizes[] = {PAGE,
                            STM_LARGE_PAGE / 2,
                            STM_LARGE_PAGE,
                            STM_LARGE_PAGE + PAGE,
                            2 * STM_LARGE_PAGE,
                            5 * STM_LARGE_PAGE + 3 * PAGE,
                            12 * STM_LARGE_PAGE};
    size_t before = 0;
    uint8_t *map = NULL;
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        map = i == 0 ? stm_large_map(sizes[i]) : stm_large_stretch(map, before, sizes[i]);
        assert_non_null(map);
        assert_true(sizes[i] < STM_LARGE_PAGE || (uintptr_t)map % STM_LARGE_PAGE == 0);
        for (size_t page = 0; page < sizes[i] / PAGE; page++) {
            uint8_t *at = map + page * PAGE;
            if (page < before / PAGE) {
                assert_int_equal(at[page % PAGE], value_at(page));
            } else {
                assert_int_equal(at[page % PAGE], 0);
                at[page % PAGE] = value_at(page);
            }
        }
        before = sizes[i];
    }
    assert_int_equal(munmap(map, before), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allocated_memory_begins_where_a_large_page_may),
        cmocka_unit_test(what_cannot_be_had_is_refused),
        cmocka_unit_test(a_map_keeps_what_is_in_it_as_it_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
