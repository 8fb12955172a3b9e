/* SPDX-License-Identifier: MIT */
/* Where a writer puts the pages of a file [C-19], and what the store refuses to write. */
#include "file/store_write.h"
#include "page_layout.h"
#include "support/built_file.h"
#include "support/need.h"
#include "support/page_file.h"
#include "stemma/write.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct bytes {
    uint8_t *data;
    size_t size;
} bytes;

static bytes read_file(const char *path)
{
    struct stat about;
    int file = open(path, O_RDONLY);
    assert_true(file >= 0 && fstat(file, &about) == 0);
    bytes read_bytes = {malloc((size_t)about.st_size), (size_t)about.st_size};
    assert_non_null(read_bytes.data);
    assert_true(read(file, read_bytes.data, read_bytes.size) == about.st_size);
    close(file);
    return read_bytes;
}

static const uint8_t *page_of(const bytes *file, uint64_t number)
{
    assert_true(number < file->size / STEMMA_PAGE_SIZE);
    return file->data + number * STEMMA_PAGE_SIZE;
}

static const uint8_t *node_of(const uint8_t *page, unsigned node)
{
    return page + stm_page_get16(page + STM_PAGE_HEADER + 2 * node);
}

static unsigned nodes_of(const uint8_t *page)
{
    return (stm_page_get16(page + STM_PAGE_LOWER) - STM_PAGE_HEADER) / 2;
}

/* The root of a table, 0 when it is empty. Page 2 is the root of the main table, which has one page. */
static uint64_t root_of(const bytes *file, const char *name)
{
    const uint8_t *page = page_of(file, STM_PAGE_MAIN_ROOT);
    assert_true(stm_page_get64(page_of(file, 1) + STM_META_MAIN + STM_TABLE_ROOT) == STM_PAGE_MAIN_ROOT);
    for (unsigned i = 0; i < nodes_of(page); i++) {
        const uint8_t *node = node_of(page, i);
        size_t size = stm_page_get16(node + STM_NODE_KEY_SIZE);
        if (size == strlen(name) && memcmp(node + STM_NODE_HEADER, name, size) == 0) {
            uint64_t root = stm_page_get64(node + STM_NODE_HEADER + size + STM_TABLE_ROOT);
            return root == STM_NO_PAGE ? 0 : root;
        }
    }
    return 0;
}

/* The first leaf page of a tree. */
static uint64_t first_leaf(const bytes *file, uint64_t root)
{
    const uint8_t *page = page_of(file, root);
    while (stm_page_get16(page + STM_PAGE_FLAGS) == STM_PAGE_IS_BRANCH) {
        root = stm_page_get64(node_of(page, 0)) & UINT64_C(0xFFFFFFFFFFFF);
        page = page_of(file, root);
    }
    return root;
}

static void tables_follow_each_other(const bytes *file, uint64_t front)
{
    uint64_t last = 0;
    for (int place = 0; place < STM_TABLE_COUNT; place++) {
        for (int table = 0; table < STM_TABLE_COUNT; table++) {
            uint64_t root = stm_table_place[table] == place ? root_of(file, stm_tables[table].name) : 0;
            uint64_t leaf = root != 0 ? first_leaf(file, root) : 0;
            if (leaf >= front) {
                assert_true(leaf > last);
                last = leaf;
            }
        }
    }
    assert_true(last != 0);
}

static void the_front_of_a_file_has_the_roots_that_opening_needs(void **state)
{
    (void)state;
    static const char *const roots[] = {"meta",  "vocabulary", "event", "entity",
                                        "label", "token",      "fence", "document"};
    built_file built;
    built_file_make(&built, 40);
    bytes file = read_file(built.path);
    for (unsigned i = 0; i < sizeof roots / sizeof roots[0]; i++) {
        assert_int_equal(root_of(&file, roots[i]), STM_PAGE_MAIN_ROOT + 1 + i);
    }
    assert_true(root_of(&file, "name") > STM_PAGE_FRONT_MAX);
    tables_follow_each_other(&file, STM_PAGE_MAIN_ROOT + 1 + sizeof roots / sizeof roots[0]);
    assert_true(page_file_read_all(file.data, file.size, NULL, NULL)); /* by LMDB */
    free(file.data);
    built_file_remove(&built);
}

/* Without documents there are no events, entities and documents: the front is shorter. */
static void an_empty_file_has_a_shorter_front(void **state)
{
    (void)state;
    char path[64];
    stemma_error error;
    stemma_writer *writer;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    snprintf(path, sizeof path, "/tmp/stemma-front-%ld.stemma", (long)getpid());
    NEED(stemma_writer_new(&writer, path, &options, &error));
    NEED(stemma_writer_finish(writer, &error));
    stemma_writer_free(writer);
    bytes file = read_file(path);
    assert_int_equal(root_of(&file, "meta"), 3);
    assert_int_equal(root_of(&file, "vocabulary"), 4);
    assert_int_equal(root_of(&file, "label"), 5);
    assert_int_equal(root_of(&file, "token"), 6);
    assert_int_equal(root_of(&file, "event"), 0);
    assert_true(page_file_read_all(file.data, file.size, NULL, NULL));
    free(file.data);
    unlink(path);
}

/* ---- The store ------------------------------------------------------------------------------- */

static stm_store_writer *open_store(int *file, const stm_store_front *front)
{
    char path[] = "/tmp/stemma-store-XXXXXX";
    stm_store_writer *store = NULL;
    *file = mkstemp(path);
    assert_true(*file >= 0);
    unlink(path);
    assert_int_equal(stm_store_writer_new(&store, *file, "the file", front, NULL), STEMMA_OK);
    return store;
}

static void close_store(stm_store_writer *store, int file)
{
    stm_store_writer_free(store);
    close(file);
}

static const stm_store_front bare = {.end = STM_PAGE_MAIN_ROOT + 1};

/* Puts a record of `size` bytes. */
static stemma_status put(stm_store_writer *store, stm_table table, const char *name, size_t size,
                         stemma_error *error)
{
    uint8_t *value = malloc(size + 1);
    assert_non_null(value);
    memset(value, name[0], size);
    stemma_status status = stm_store_writer_table(store, table, error);
    if (status == STEMMA_OK) {
        status = stm_store_writer_put(store, (stemma_bytes){(const uint8_t *)name, strlen(name)},
                                      (stemma_bytes){value, size}, error);
    }
    free(value);
    return status;
}

static void tables_come_in_their_turn(void **state)
{
    (void)state;
    stemma_error error = {0};
    int file;
    stm_store_writer *store = open_store(&file, &bare);
    NEED(put(store, STM_TABLE_RUN, "a", 10, &error));
    assert_int_equal(put(store, STM_TABLE_VOCABULARY, "b", 10, &error), STEMMA_E_INTERNAL);
    assert_string_equal(error.code, "STORE_FAILED");
    assert_int_equal(put(store, STM_TABLE_TERM, "c", 10, &error), STEMMA_E_INTERNAL); /* it stays */
    close_store(store, file);
    store = open_store(&file, &bare);
    NEED(put(store, STM_TABLE_RUN, "a", 10, &error));
    NEED(stm_store_writer_table(store, STM_TABLE_VOCABULARY, &error)); /* it gets nothing */
    NEED(put(store, STM_TABLE_TERM, "c", 10, &error));
    assert_int_equal(put(store, STM_TABLE_TERM, "d", 10, &error), STEMMA_E_INTERNAL);
    close_store(store, file);
}

static void a_front_that_stays_empty_is_our_mistake(void **state)
{
    (void)state;
    stm_store_front front = {.end = STM_PAGE_MAIN_ROOT + 2};
    stemma_error error = {0};
    uint64_t size;
    int file;
    front.tables[STM_TABLE_META].root = STM_PAGE_MAIN_ROOT + 1;
    stm_store_writer *store = open_store(&file, &front);
    NEED(put(store, STM_TABLE_RUN, "a", 10, &error));
    assert_int_equal(stm_store_writer_finish(store, &size, &error), STEMMA_E_INTERNAL);
    assert_string_equal(error.code, "STORE_FAILED");
    close_store(store, file);
}

/* Values of every size around those that are written from where they are. */
static void large_values_lie_where_they_should(void **state)
{
    (void)state;
    static const size_t sizes[] = {0,     2029,  2030,  4080,   4081,   65535,   65536,   65537,
                                   69632, 69633, 98304, 131072, 262144, 262145, 1000000, 3000001};
    const size_t count = sizeof sizes / sizeof sizes[0];
    for (size_t first = 0; first < count; first++) { /* another one begins each time */
        stemma_error error = {0};
        uint64_t size = 0, entries = 0;
        int descriptor;
        stm_store_writer *store = open_store(&descriptor, &bare);
        NEED(stm_store_writer_table(store, STM_TABLE_RUN, &error));
        for (size_t i = 0; i < count; i++) {
            size_t bytes_of_it = sizes[(first + i) % count];
            uint8_t *value = malloc(bytes_of_it + 1);
            uint8_t key = (uint8_t)(i + 1);
            assert_non_null(value);
            for (size_t k = 0; k < bytes_of_it; k++) {
                value[k] = (uint8_t)(k * 7 + k / 4096 + i);
            }
            NEED(stm_store_writer_put(store, (stemma_bytes){&key, 1},
                                      (stemma_bytes){value, bytes_of_it}, &error));
            free(value);
        }
        stm_store_summary summary;
        stm_store_writer_summary(store, STM_TABLE_RUN, &summary);
        assert_int_equal(summary.entries, count);
        NEED(stm_store_writer_finish(store, &size, &error));
        bytes file = {malloc((size_t)size + 1), 0};
        assert_non_null(file.data);
        file.size = (size_t)pread(descriptor, file.data, (size_t)size + 1, 0);
        assert_true(file.size == size);
        assert_true(page_file_read_all(file.data, file.size, NULL, &entries));
        assert_int_equal(entries, count);
        const uint8_t *leaf = page_of(&file, root_of(&file, "run"));
        assert_int_equal(nodes_of(leaf), count);
        for (unsigned i = 0; i < count; i++) {
            const uint8_t *node = node_of(leaf, i);
            size_t value_size = stm_page_get32(node);
            const uint8_t *value = node + STM_NODE_HEADER + 1;
            if (stm_page_get16(node + STM_NODE_FLAGS) == STM_NODE_BIG) {
                value = page_of(&file, stm_page_get64(value)) + STM_PAGE_HEADER;
            }
            assert_int_equal(value_size, sizes[(first + i) % count]);
            for (size_t k = 0; k < value_size; k++) {
                assert_int_equal(value[k], (uint8_t)(k * 7 + k / 4096 + i));
            }
        }
        free(file.data);
        close_store(store, descriptor);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_front_of_a_file_has_the_roots_that_opening_needs),
        cmocka_unit_test(an_empty_file_has_a_shorter_front),
        cmocka_unit_test(tables_come_in_their_turn),
        cmocka_unit_test(a_front_that_stays_empty_is_our_mistake),
        cmocka_unit_test(large_values_lie_where_they_should),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
