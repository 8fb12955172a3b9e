/* SPDX-License-Identifier: MIT */
/* A file can say that it is a million times as long as what it holds: what is left of it is found in no more
   time and memory than of any other, and what lies behind the hole is found, too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file/remains.h"
#include "limits.h"
#include "page_layout.h"
#include "stemma/check.h"
#include "stemma/salvage.h"
#include "support/built_file.h"

#define PAGE   ((off_t)STEMMA_PAGE_SIZE)
#define LENGTH ((off_t)4 << 40)

static built_file built;
static int file;
static off_t whole; /* bytes before it grew */

/* Long, and a second copy of a leaf page behind the hole. Where no file can be so long, or holes are not
   told, there is nothing to be tested. */
static int set_up(void **state)
{
    struct stat status;
    (void)state;
    built_file_make(&built, 20);
    file = open(built.path, O_RDWR | O_CLOEXEC);
    assert_true(file >= 0 && fstat(file, &status) == 0);
    whole = status.st_size;
    *state = &built;
    if (ftruncate(file, LENGTH) != 0 || lseek(file, whole, SEEK_DATA) >= 0 || errno != ENXIO) {
        *state = NULL;
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    close(file);
    built_file_remove(&built);
    return 0;
}

static uint64_t strays(void)
{
    stm_remains *remains = NULL;
    stemma_error error;
    assert_int_equal(stm_remains_open(&remains, built.path, NULL, NULL, &error), STEMMA_OK);
    uint64_t count = remains->strays;
    stm_remains_close(remains);
    return count;
}

static uint64_t find_leaf(void)
{
    uint8_t page[STEMMA_PAGE_SIZE];
    for (off_t number = 3; number < whole / PAGE; number++) { /* behind the main table */
        assert_int_equal(pread(file, page, sizeof page, number * PAGE), PAGE);
        if (stm_page_get64(page + STM_PAGE_NUMBER) == (uint64_t)number &&
            stm_page_get32(page + STM_PAGE_PAD) == STM_PAGE_IS_LEAF << 16) {
            return (uint64_t)number;
        }
    }
    fail();
    return 0;
}

static void what_lies_behind_a_hole_is_found(void **state)
{
    uint8_t page[STEMMA_PAGE_SIZE];
    const off_t far[] = {whole / PAGE + 9, LENGTH / 2 / PAGE, LENGTH / PAGE - 1};
    if (*state == NULL) {
        skip();
    }
    assert_int_equal(strays(), 0);
    assert_int_equal(pread(file, page, sizeof page, (off_t)find_leaf() * PAGE), PAGE);
    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
        stm_page_put64(page + STM_PAGE_NUMBER, (uint64_t)far[i]);
        assert_int_equal(pwrite(file, page, sizeof page, far[i] * PAGE), PAGE);
        assert_int_equal(strays(), i + 1);
    }
}

static void a_hole_costs_no_time(void **state)
{
    stemma_check_summary summary;
    stemma_error error;
    if (*state == NULL) {
        skip();
    }
    assert_int_equal(stemma_check(built.path, NULL, NULL, &summary, &error), STEMMA_E_DAMAGED);
    assert_true(summary.problems != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_lies_behind_a_hole_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_hole_costs_no_time, set_up, tear_down),
    };
    alarm(120); /* to read all of it takes an hour */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
