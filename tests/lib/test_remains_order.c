/* SPDX-License-Identifier: MIT */
/* Leaf pages that no tree leads to get their tables back, also by the order of pages: that of our writer
   and that of files which LMDB copied. */
#include "file/remains.h"
#include "file/store.h"
#include "page_layout.h"
#include "support/built_file.h"
#include "support/need.h"
#include "support/rebuild.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static built_file built;
static char old[128]; /* the same records, in the order of the names of tables */

static int begin(void **state)
{
    (void)state;
    built_file_make(&built, 200);
    snprintf(old, sizeof old, "%s.old", built.path);
    rebuild_as_3_2(built.path, old);
    return 0;
}

static int end(void **state)
{
    (void)state;
    unlink(old);
    built_file_remove(&built);
    return 0;
}

static void count_records(const char *path, uint64_t counts[STM_TABLE_COUNT])
{
    stm_store *store = NULL;
    stemma_error error = {0};
    NEED(stm_store_open(&store, path, 0, &error));
    for (int i = 0; i < STM_TABLE_COUNT; i++) {
        counts[i] = stm_store_entries(store, (stm_table)i);
    }
    stm_store_close(store);
}

/* Overwrites both meta pages: nothing leads to the main table, or from it to any other. */
static void forget_trees(const char *path)
{
    static const uint8_t nothing[STM_META_PAGES * STEMMA_PAGE_SIZE];
    int file = open(path, O_WRONLY);
    assert_true(file >= 0);
    assert_true(pwrite(file, nothing, sizeof nothing, 0) == (ssize_t)sizeof nothing);
    close(file);
}

static void find_again(const char *path)
{
    uint64_t counts[STM_TABLE_COUNT];
    stm_remains *remains = NULL;
    stemma_error error = {0};
    count_records(path, counts);
    forget_trees(path);
    NEED(stm_remains_open(&remains, path, NULL, NULL, &error));
    for (int i = 0; i < STM_TABLE_COUNT; i++) {
        /* Some tables of the index look like each other, and can be made anew. */
        if (stm_tables[i].layer != STM_LAYER_INDEX && remains->tables[i].entries != counts[i]) {
            fail_msg("table %s: %llu of %llu records", stm_tables[i].name,
                     (unsigned long long)remains->tables[i].entries, (unsigned long long)counts[i]);
        }
    }
    assert_true(remains->strays > 100 && remains->unplaced < remains->strays / 2);
    stm_remains_close(remains);
}

static void pages_of_our_order_find_their_tables(void **state)
{
    (void)state;
    find_again(built.path);
}

static void pages_in_the_order_of_names_find_their_tables(void **state)
{
    (void)state;
    find_again(old);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_of_our_order_find_their_tables),
        cmocka_unit_test(pages_in_the_order_of_names_find_their_tables),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
