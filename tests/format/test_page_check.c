/* SPDX-License-Identifier: MIT */
/* The preflight accepts what LMDB writes, and names each rule that a file breaks. */
#include "page_check.h"
#include "page_layout.h"
#include "page_seal.h"
#include "support/page_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static page_file sample; /* sealed; breakers get a copy with room for one page more */

static stemma_status check(const uint8_t *data, size_t size, stm_page_report *report,
                           stemma_error *error)
{
    stemma_bytes bytes = {data, size};
    size_t bitmap_size = stm_page_bitmap_size(size);
    uint8_t *bitmap = malloc(bitmap_size);
    assert_non_null(bitmap);
    memset(bitmap, 0xFF, bitmap_size);
    stemma_status status = stm_page_check(bytes, bitmap, bitmap_size, report, error);
    free(bitmap);
    return status;
}

/* ---- finding one's way in a sound file ---- */

static uint8_t *page_at(uint8_t *file, uint64_t number)
{
    return file + number * STEMMA_PAGE_SIZE;
}

static unsigned node_count(const uint8_t *page)
{
    return (stm_page_get16(page + STM_PAGE_LOWER) - STM_PAGE_HEADER) / 2;
}

static uint8_t *node_at(uint8_t *page, unsigned node)
{
    return page + stm_page_get16(page + STM_PAGE_HEADER + 2 * node);
}

static uint8_t *value_of(uint8_t *node)
{
    return node + STM_NODE_HEADER + stm_page_get16(node + STM_NODE_KEY_SIZE);
}

static uint8_t *main_record(uint8_t *file)
{
    return page_at(file, 1) + STM_META_MAIN;
}

static uint8_t *main_leaf(uint8_t *file)
{
    return page_at(file, stm_page_get64(main_record(file) + STM_TABLE_ROOT));
}

/* Tables of the sample in the order of their names. */
enum { NAME, PERSON, TEXT, VACANT };

static uint8_t *record_of(uint8_t *file, unsigned table)
{
    return value_of(node_at(main_leaf(file), table));
}

static uint8_t *root_of(uint8_t *file, unsigned table)
{
    return page_at(file, stm_page_get64(record_of(file, table) + STM_TABLE_ROOT));
}

static uint8_t *child_of(uint8_t *file, uint8_t *branch, unsigned node)
{
    return page_at(file, stm_page_get64(node_at(branch, node)) & UINT64_C(0xFFFFFFFFFFFF));
}

/* A leaf in the middle of the table of names, whose tree has three levels. */
static uint8_t *name_leaf(uint8_t *file)
{
    return child_of(file, child_of(file, root_of(file, NAME), 1), 2);
}

/* The first node of the table of texts whose value is on overflow pages; its tree has two levels. */
static uint8_t *big_node(uint8_t *file)
{
    uint8_t *root = root_of(file, TEXT);
    for (unsigned child = 0; child < node_count(root); child++) {
        uint8_t *leaf = child_of(file, root, child);
        for (unsigned node = 0; node < node_count(leaf); node++) {
            uint8_t *at = node_at(leaf, node);
            if (stm_page_get16(at + STM_NODE_FLAGS) == STM_NODE_BIG) {
                return at;
            }
        }
    }
    fail_msg("the sample has no value on overflow pages");
    return NULL;
}

static uint8_t *overflow_run(uint8_t *file)
{
    return page_at(file, stm_page_get64(value_of(big_node(file))));
}

/* ---- one breaker for each way to break a rule ---- */

typedef void breaker(uint8_t *file, size_t *size);

static void magic(uint8_t *file, size_t *size)
{
    (void)size;
    file[STM_META_MAGIC] ^= 1;
}
static void nothing_there(uint8_t *file, size_t *size)
{
    (void)file;
    *size = 0;
}
static void version_first(uint8_t *file, size_t *size)
{
    (void)size;
    file[STM_META_VERSION] = 2;
}
static void version_second(uint8_t *file, size_t *size)
{
    (void)size;
    page_at(file, 1)[STM_META_VERSION] = 2;
}
static void page_size_first(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put32(file + STM_META_FREE, 16384);
}
static void page_size_second(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put32(page_at(file, 1) + STM_META_FREE, 8192);
}
static void cut_inside_page(uint8_t *file, size_t *size)
{
    (void)file;
    *size -= 1;
}
static void cut_inside_first_meta(uint8_t *file, size_t *size)
{
    (void)file;
    *size = 60;
}
static void one_page_only(uint8_t *file, size_t *size)
{
    (void)file;
    *size = STEMMA_PAGE_SIZE;
}
static void magic_second(uint8_t *file, size_t *size)
{
    (void)size;
    page_at(file, 1)[STM_META_MAGIC + 3] ^= 0x80;
}
static void meta_kind(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(page_at(file, 1) + STM_PAGE_FLAGS, STM_PAGE_IS_META | 0x10);
}
static void meta_number(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put64(file, 1);
}
static void meta_address(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put64(page_at(file, 1) + STM_META_ADDRESS, 0x7F0000000000);
}
static void map_size(uint8_t *file, size_t *size)
{
    stm_page_put64(page_at(file, 1) + STM_META_MAP_SIZE, *size * 2);
}
static void cut_whole_page(uint8_t *file, size_t *size)
{
    (void)file;
    *size -= STEMMA_PAGE_SIZE;
}
static void meta_flags(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(file + STM_META_FREE + STM_TABLE_FLAGS, 0x4008);
}
static void free_list(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put64(page_at(file, 1) + STM_META_FREE + STM_TABLE_ROOT, 3);
}
static void free_entries(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put64(file + STM_META_FREE + STM_TABLE_ENTRIES, 1);
}
static void last_page(uint8_t *file, size_t *size)
{
    stm_page_put64(page_at(file, 1) + STM_META_LAST_PAGE, *size / STEMMA_PAGE_SIZE);
}
static void last_page_first(uint8_t *file, size_t *size)
{
    stm_page_put64(file + STM_META_LAST_PAGE, *size / STEMMA_PAGE_SIZE - 1);
}
static void txnid_newer_first(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put64(file + STM_META_TXNID, 2);
}
static void txnid_second(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put64(page_at(file, 1) + STM_META_TXNID, 3);
}
static void old_root(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put64(file + STM_META_MAIN + STM_TABLE_ROOT, 2);
}
static void meta_rest(uint8_t *file, size_t *size)
{
    (void)size;
    page_at(file, 1)[STEMMA_PAGE_SIZE - 1] = 1;
}
static void main_flags(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(main_record(file) + STM_TABLE_FLAGS, 0x04);
}
static void table_flags(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(record_of(file, PERSON) + STM_TABLE_FLAGS, 0x08);
}
static void table_pad(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put32(record_of(file, PERSON) + STM_TABLE_PAD, 4);
}
static void empty_with_entries(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put64(record_of(file, VACANT) + STM_TABLE_ENTRIES, 1);
}
static void empty_with_depth(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(record_of(file, VACANT) + STM_TABLE_DEPTH, 1);
}
static void depth_zero(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(record_of(file, PERSON) + STM_TABLE_DEPTH, 0);
}
static void depth_beyond_limit(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(record_of(file, PERSON) + STM_TABLE_DEPTH, STEMMA_LIMIT_DEPTH + 1);
}
static void depth_too_small(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(record_of(file, PERSON) + STM_TABLE_DEPTH, 1);
}
static void depth_too_large(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(record_of(file, PERSON) + STM_TABLE_DEPTH, STEMMA_LIMIT_DEPTH);
}
static void root_in_meta(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put64(record_of(file, PERSON) + STM_TABLE_ROOT, 1);
}
static void root_past_end(uint8_t *file, size_t *size)
{
    stm_page_put64(record_of(file, PERSON) + STM_TABLE_ROOT, *size / STEMMA_PAGE_SIZE);
}
static void child_past_end(uint8_t *file, size_t *size)
{
    uint8_t *node = node_at(root_of(file, PERSON), 1);
    stm_page_put32(node, (uint32_t)(*size / STEMMA_PAGE_SIZE));
}
static void child_huge(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(node_at(root_of(file, PERSON), 1) + STM_NODE_FLAGS, 0xFFFF);
}
static void overflow_past_end(uint8_t *file, size_t *size)
{
    stm_page_put64(value_of(big_node(file)), *size / STEMMA_PAGE_SIZE - 1);
    stm_page_put32(big_node(file), 20000);
}
static void overflow_at_maximum(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put64(value_of(big_node(file)), UINT64_MAX);
}
static void child_twice(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *root = root_of(file, PERSON);
    memcpy(node_at(root, 1), node_at(root, 0), 4);
}
static void child_is_root(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *root = root_of(file, PERSON);
    stm_page_put32(node_at(root, 1), (uint32_t)stm_page_get64(root));
}
static void two_tables_one_root(uint8_t *file, size_t *size)
{
    (void)size;
    memcpy(record_of(file, PERSON), record_of(file, NAME), STM_TABLE_RECORD);
}
static void overflow_is_tree(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put64(value_of(big_node(file)), stm_page_get64(root_of(file, NAME)));
}
static void leaf_number(uint8_t *file, size_t *size)
{
    (void)size;
    name_leaf(file)[STM_PAGE_NUMBER] ^= 1;
}
static void leaf_kind(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(name_leaf(file) + STM_PAGE_FLAGS, STM_PAGE_IS_LEAF | 0x20);
}
static void leaf_dirty(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(name_leaf(file) + STM_PAGE_FLAGS, STM_PAGE_IS_LEAF | 0x10);
}
static void leaf_pad(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(name_leaf(file) + STM_PAGE_PAD, 1);
}
static void lower_odd(uint8_t *file, size_t *size)
{
    (void)size;
    name_leaf(file)[STM_PAGE_LOWER] |= 1;
}
static void lower_in_header(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(name_leaf(file) + STM_PAGE_LOWER, 14);
}
static void lower_above_upper(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *leaf = name_leaf(file);
    stm_page_put16(leaf + STM_PAGE_LOWER, (uint16_t)(stm_page_get16(leaf + STM_PAGE_UPPER) + 2));
}
static void upper_past_page(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(name_leaf(file) + STM_PAGE_UPPER, STEMMA_PAGE_SIZE + 2);
}
static void leaf_without_nodes(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(name_leaf(file) + STM_PAGE_LOWER, STM_PAGE_HEADER);
}
static void branch_of_one(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(root_of(file, PERSON) + STM_PAGE_LOWER, STM_PAGE_HEADER + 2);
}
static void set_pointer(uint8_t *page, unsigned node, unsigned pointer)
{
    stm_page_put16(page + STM_PAGE_HEADER + 2 * node, (uint16_t)pointer);
}
static void pointer_odd(uint8_t *file, size_t *size)
{
    (void)size;
    name_leaf(file)[STM_PAGE_HEADER + 4] |= 1;
}
static void pointer_past_page(uint8_t *file, size_t *size)
{
    (void)size;
    set_pointer(name_leaf(file), 0, 4094);
}
static void pointer_in_gap(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *leaf = name_leaf(file);
    set_pointer(leaf, 1, stm_page_get16(leaf + STM_PAGE_UPPER) - 2u);
}
static void pointer_twice(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *leaf = name_leaf(file);
    set_pointer(leaf, 1, stm_page_get16(leaf + STM_PAGE_HEADER));
}
static void branch_pointer_odd(uint8_t *file, size_t *size)
{
    (void)size;
    root_of(file, NAME)[STM_PAGE_HEADER + 2] |= 1;
}
static void key_empty(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(node_at(name_leaf(file), 1) + STM_NODE_KEY_SIZE, 0);
}
static void key_too_long(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(node_at(name_leaf(file), 1) + STM_NODE_KEY_SIZE, 512);
}
static void first_branch_key(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(node_at(root_of(file, NAME), 0) + STM_NODE_KEY_SIZE, 2);
}
static void branch_key_empty(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(node_at(root_of(file, NAME), 1) + STM_NODE_KEY_SIZE, 0);
}
static void duplicate_flag(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(node_at(name_leaf(file), 1) + STM_NODE_FLAGS, 0x04);
}
static void table_inside_table(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(node_at(name_leaf(file), 1) + STM_NODE_FLAGS, STM_NODE_TABLE);
}
static void record_in_main(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(node_at(main_leaf(file), 1) + STM_NODE_FLAGS, 0);
}
static void big_record_in_main(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(node_at(main_leaf(file), 1) + STM_NODE_FLAGS, STM_NODE_BIG | STM_NODE_TABLE);
}
static void value_beyond_limit(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put32(big_node(file), STEMMA_LIMIT_VALUE + 1);
}
static void small_value_outside(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put32(big_node(file), STM_NODE_MAX - STM_NODE_HEADER - 4);
}
static void large_value_inside(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put32(node_at(name_leaf(file), 0), 2031);
}
static void largest_value_inside(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put32(node_at(name_leaf(file), 0), UINT32_MAX);
}
static void value_longer(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put32(node_at(name_leaf(file), 3), 8);
}
static void value_shorter(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put32(node_at(name_leaf(file), 3), 1);
}
static void upper_below_nodes(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *leaf = name_leaf(file);
    stm_page_put16(leaf + STM_PAGE_UPPER, (uint16_t)(stm_page_get16(leaf + STM_PAGE_UPPER) - 2));
}
static void node_forgotten(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *leaf = name_leaf(file);
    stm_page_put16(leaf + STM_PAGE_LOWER, (uint16_t)(stm_page_get16(leaf + STM_PAGE_LOWER) - 2));
}
static void branch_node_forgotten(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *root = root_of(file, PERSON);
    stm_page_put16(root + STM_PAGE_LOWER, (uint16_t)(stm_page_get16(root + STM_PAGE_LOWER) - 2));
}
static void branch_key_longer(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *key_size = node_at(root_of(file, PERSON), 1) + STM_NODE_KEY_SIZE;
    stm_page_put16(key_size, (uint16_t)(stm_page_get16(key_size) + 2));
}
static void keys_equal(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *leaf = child_of(file, root_of(file, PERSON), 1);
    memcpy(node_at(leaf, 4) + STM_NODE_HEADER, node_at(leaf, 3) + STM_NODE_HEADER, 4);
}
static void key_falls(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *leaf = child_of(file, root_of(file, PERSON), 1);
    stm_page_put32(node_at(leaf, 4) + STM_NODE_HEADER, 0);
}
static void late_byte_of_key_falls(uint8_t *file, size_t *size)
{
    (void)size;
    /* The last digit of a number behind 36 equal bytes. */
    node_at(name_leaf(file), 5)[STM_NODE_HEADER + 36] = '0' - 1;
}
static void branch_keys_equal(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *root = root_of(file, PERSON);
    memcpy(node_at(root, 2) + STM_NODE_HEADER, node_at(root, 1) + STM_NODE_HEADER, 4);
}
static void first_key_below_range(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *leaf = child_of(file, root_of(file, PERSON), 1);
    stm_page_put32(node_at(leaf, 0) + STM_NODE_HEADER, 0);
}
static void last_key_above_range(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *leaf = child_of(file, root_of(file, PERSON), 0);
    node_at(leaf, node_count(leaf) - 1)[STM_NODE_HEADER] = 0x7F;
}
static void last_key_is_upper_bound(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *root = root_of(file, PERSON);
    uint8_t *leaf = child_of(file, root, 0);
    memcpy(node_at(leaf, node_count(leaf) - 1) + STM_NODE_HEADER,
           node_at(root, 1) + STM_NODE_HEADER, 4);
}
static void branch_above_its_range(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *branch = child_of(file, root_of(file, NAME), 0);
    node_at(branch, node_count(branch) - 1)[STM_NODE_HEADER] = 'z';
}
static void branch_below_its_range(uint8_t *file, size_t *size)
{
    (void)size;
    uint8_t *branch = child_of(file, root_of(file, NAME), 1);
    node_at(branch, 1)[STM_NODE_HEADER] = 'a';
}
static void overflow_number(uint8_t *file, size_t *size)
{
    (void)size;
    overflow_run(file)[STM_PAGE_NUMBER + 7] = 1;
}
static void overflow_kind(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put16(overflow_run(file) + STM_PAGE_FLAGS, STM_PAGE_IS_LEAF);
}
static void overflow_run_long(uint8_t *file, size_t *size)
{
    (void)size;
    overflow_run(file)[STM_PAGE_OVERFLOW_RUN] += 1;
}
static void overflow_run_none(uint8_t *file, size_t *size)
{
    (void)size;
    stm_page_put32(overflow_run(file) + STM_PAGE_OVERFLOW_RUN, 0);
}
static void record_size(uint8_t *file, size_t *size)
{
    (void)size;
    /* 4 + 47 bytes pad to the same node as 4 + 48. */
    stm_page_put32(node_at(main_leaf(file), NAME), STM_TABLE_RECORD - 1);
}
static void name_with_nul(uint8_t *file, size_t *size)
{
    (void)size;
    node_at(main_leaf(file), VACANT)[STM_NODE_HEADER + 2] = '\0';
}
static void name_with_escape(uint8_t *file, size_t *size)
{
    (void)size;
    node_at(main_leaf(file), VACANT)[STM_NODE_HEADER + 2] = 0x1B;
}
static void count_of(uint8_t *file, unsigned table, unsigned field)
{
    uint8_t *at = record_of(file, table) + field;
    stm_page_put64(at, stm_page_get64(at) + 1);
}
static void count_branches(uint8_t *file, size_t *size)
{
    (void)size;
    count_of(file, NAME, STM_TABLE_BRANCH_PAGES);
}
static void count_leaves(uint8_t *file, size_t *size)
{
    (void)size;
    count_of(file, NAME, STM_TABLE_LEAF_PAGES);
}
static void count_overflow(uint8_t *file, size_t *size)
{
    (void)size;
    count_of(file, TEXT, STM_TABLE_OVERFLOW_PAGES);
}
static void count_entries(uint8_t *file, size_t *size)
{
    (void)size;
    count_of(file, PERSON, STM_TABLE_ENTRIES);
}
static void count_of_main(uint8_t *file, size_t *size)
{
    (void)size;
    main_record(file)[STM_TABLE_ENTRIES] += 1;
}
static void page_too_many(uint8_t *file, size_t *size)
{
    memset(file + *size, 0, STEMMA_PAGE_SIZE);
    *size += STEMMA_PAGE_SIZE;
    stm_page_put64(file + STM_META_MAP_SIZE, *size);
    stm_page_put64(page_at(file, 1) + STM_META_MAP_SIZE, *size);
    stm_page_put64(page_at(file, 1) + STM_META_LAST_PAGE, *size / STEMMA_PAGE_SIZE - 1);
}
static void table_lost(uint8_t *file, size_t *size)
{
    (void)size;
    memcpy(record_of(file, PERSON), record_of(file, VACANT), STM_TABLE_RECORD);
}

#define BREAKS(problem, how) {STM_BAD_##problem, #how, how}
static const struct {
    stm_page_problem problem;
    const char *name;
    breaker *how;
} breakers[] = {
    BREAKS(FILE_MAGIC, magic),
    BREAKS(FILE_MAGIC, nothing_there),
    BREAKS(META_VERSION, version_first),
    BREAKS(META_VERSION, version_second),
    BREAKS(META_PAGE_SIZE, page_size_first),
    BREAKS(META_PAGE_SIZE, page_size_second),
    BREAKS(FILE_SIZE, cut_inside_page),
    BREAKS(FILE_SIZE, cut_inside_first_meta),
    BREAKS(FILE_SIZE, one_page_only),
    BREAKS(META_MAGIC, magic_second),
    BREAKS(META_HEADER, meta_kind),
    BREAKS(META_HEADER, meta_number),
    BREAKS(META_ADDRESS, meta_address),
    BREAKS(META_MAP_SIZE, map_size),
    BREAKS(META_MAP_SIZE, cut_whole_page),
    BREAKS(META_FREE_FLAGS, meta_flags),
    BREAKS(META_FREE_LIST, free_list),
    BREAKS(META_FREE_LIST, free_entries),
    BREAKS(META_LAST_PAGE, last_page),
    BREAKS(META_LAST_PAGE, last_page_first),
    BREAKS(META_TXNID, txnid_newer_first),
    BREAKS(META_TXNID, txnid_second),
    BREAKS(META_OLD_ROOT, old_root),
    BREAKS(META_UNUSED, meta_rest),
    BREAKS(TABLE_FLAGS, main_flags),
    BREAKS(TABLE_FLAGS, table_flags),
    BREAKS(TABLE_FLAGS, table_pad),
    BREAKS(TABLE_EMPTY, empty_with_entries),
    BREAKS(TABLE_EMPTY, empty_with_depth),
    BREAKS(TABLE_DEPTH, depth_zero),
    BREAKS(TABLE_DEPTH, depth_beyond_limit),
    BREAKS(PAGE_KIND, depth_too_small),
    BREAKS(PAGE_KIND, depth_too_large),
    BREAKS(PAGE_RANGE, root_in_meta),
    BREAKS(PAGE_RANGE, root_past_end),
    BREAKS(PAGE_RANGE, child_past_end),
    BREAKS(PAGE_RANGE, child_huge),
    BREAKS(PAGE_RANGE, overflow_past_end),
    BREAKS(PAGE_RANGE, overflow_at_maximum),
    BREAKS(PAGE_SHARED, child_twice),
    BREAKS(PAGE_SHARED, child_is_root),
    BREAKS(PAGE_SHARED, two_tables_one_root),
    BREAKS(PAGE_SHARED, overflow_is_tree),
    BREAKS(PAGE_NUMBER, leaf_number),
    BREAKS(PAGE_KIND, leaf_kind),
    BREAKS(PAGE_KIND, leaf_dirty),
    BREAKS(PAGE_KIND, leaf_pad),
    BREAKS(PAGE_BOUNDS, lower_odd),
    BREAKS(PAGE_BOUNDS, lower_in_header),
    BREAKS(PAGE_BOUNDS, lower_above_upper),
    BREAKS(PAGE_BOUNDS, upper_past_page),
    BREAKS(PAGE_COUNT, leaf_without_nodes),
    BREAKS(PAGE_COUNT, branch_of_one),
    BREAKS(NODE_BOUNDS, pointer_odd),
    BREAKS(NODE_BOUNDS, pointer_past_page),
    BREAKS(NODE_BOUNDS, pointer_in_gap),
    BREAKS(NODE_BOUNDS, pointer_twice),
    BREAKS(NODE_BOUNDS, branch_pointer_odd),
    BREAKS(NODE_KEY_SIZE, key_empty),
    BREAKS(NODE_KEY_SIZE, key_too_long),
    BREAKS(NODE_KEY_SIZE, first_branch_key),
    BREAKS(NODE_KEY_SIZE, branch_key_empty),
    BREAKS(NODE_FLAGS, duplicate_flag),
    BREAKS(NODE_FLAGS, table_inside_table),
    BREAKS(NODE_FLAGS, record_in_main),
    BREAKS(NODE_FLAGS, big_record_in_main),
    BREAKS(NODE_VALUE_SIZE, value_beyond_limit),
    BREAKS(NODE_PLACEMENT, small_value_outside),
    BREAKS(NODE_PLACEMENT, large_value_inside),
    BREAKS(NODE_PLACEMENT, largest_value_inside),
    BREAKS(NODE_PACKING, value_longer),
    BREAKS(NODE_PACKING, value_shorter),
    BREAKS(NODE_PACKING, upper_below_nodes),
    BREAKS(NODE_PACKING, node_forgotten),
    BREAKS(NODE_PACKING, branch_node_forgotten),
    BREAKS(NODE_PACKING, branch_key_longer),
    BREAKS(NODE_ORDER, keys_equal),
    BREAKS(NODE_ORDER, key_falls),
    BREAKS(NODE_ORDER, late_byte_of_key_falls),
    BREAKS(NODE_ORDER, branch_keys_equal),
    BREAKS(NODE_SEPARATOR, first_key_below_range),
    BREAKS(NODE_SEPARATOR, last_key_above_range),
    BREAKS(NODE_SEPARATOR, last_key_is_upper_bound),
    BREAKS(NODE_SEPARATOR, branch_above_its_range),
    BREAKS(NODE_SEPARATOR, branch_below_its_range),
    BREAKS(OVERFLOW_HEADER, overflow_number),
    BREAKS(OVERFLOW_HEADER, overflow_kind),
    BREAKS(OVERFLOW_RUN, overflow_run_long),
    BREAKS(OVERFLOW_RUN, overflow_run_none),
    BREAKS(TABLE_RECORD, record_size),
    BREAKS(TABLE_NAME, name_with_nul),
    BREAKS(TABLE_NAME, name_with_escape),
    BREAKS(TABLE_COUNTERS, count_branches),
    BREAKS(TABLE_COUNTERS, count_leaves),
    BREAKS(TABLE_COUNTERS, count_overflow),
    BREAKS(TABLE_COUNTERS, count_entries),
    BREAKS(TABLE_COUNTERS, count_of_main),
    BREAKS(PAGE_UNUSED, page_too_many),
    BREAKS(PAGE_UNUSED, table_lost),
};
#define BREAKER_COUNT (sizeof breakers / sizeof breakers[0])

static void each_broken_rule_gives_its_code(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < BREAKER_COUNT; i++) {
        stemma_error error = {0};
        size_t size = sample.size;
        uint8_t *file = malloc(sample.size + STEMMA_PAGE_SIZE);
        assert_non_null(file);
        memcpy(file, sample.data, sample.size);
        breakers[i].how(file, &size);
        /* Exactly the bytes of the file, so that a sanitizer sees a read past its end. */
        uint8_t *exact = malloc(size != 0 ? size : 1);
        assert_non_null(exact);
        memcpy(exact, file, size);
        free(file);
        stemma_status status = check(exact, size, NULL, &error);
        const stm_page_problem_text *expected = &stm_page_problem_texts[breakers[i].problem];
        if (strcmp(error.code, expected->code) != 0 || status != expected->status ||
            error.status != status || strcmp(error.message, expected->meaning) != 0) {
            print_error("%s: expected %s, got %s at %s\n", breakers[i].name, expected->code,
                        error.code, error.where);
            wrong++;
        }
        free(exact);
    }
    assert_int_equal(wrong, 0);
}

/* Found where they can be made: more tables than fit, in their own test; slack, by the seal's. */
static bool tested_elsewhere(unsigned problem)
{
    return problem == STM_BAD_TABLE_LIMIT || problem == STM_BAD_PAGE_SLACK;
}

static void every_problem_has_a_breaker_a_code_and_a_sentence(void **state)
{
    (void)state;
    for (unsigned problem = 1; problem < STM_PAGE_PROBLEM_COUNT; problem++) {
        const stm_page_problem_text *text = &stm_page_problem_texts[problem];
        bool broken = tested_elsewhere(problem);
        for (size_t i = 0; i < BREAKER_COUNT; i++) {
            broken = broken || breakers[i].problem == problem;
        }
        if (!broken) {
            fail_msg("nothing breaks %s", text->code);
        }
        assert_true(strlen(text->code) < sizeof((stemma_error *)0)->code);
        assert_true(strlen(text->meaning) < sizeof((stemma_error *)0)->message);
        assert_true(text->meaning[0] >= 'A' && text->meaning[0] <= 'Z');
        assert_true(text->meaning[strlen(text->meaning) - 1] != '.');
        assert_true(text->status < 0);
    }
}

static void a_problem_says_where_it_is(void **state)
{
    (void)state;
    stemma_error error = {0};
    page_file file = page_file_copy(&sample);
    size_t size = file.size;
    key_falls(file.data, &size);
    uint64_t number = stm_page_get64(child_of(file.data, root_of(file.data, PERSON), 1));
    char expected[80];
    snprintf(expected, sizeof expected, "table person, page %llu, node 4",
             (unsigned long long)number);
    assert_int_equal(check(file.data, size, NULL, &error), STEMMA_E_DAMAGED);
    assert_string_equal(error.where, expected);
    assert_true(error.offset == number * STEMMA_PAGE_SIZE);
    page_file_free(&file);

    /* A null error is allowed. */
    assert_int_equal(check((const uint8_t *)"", 0, NULL, NULL), STEMMA_E_NOT_STEMMA);
}

static void the_report_agrees_with_what_was_loaded(void **state)
{
    (void)state;
    static const char *const names[] = {"name", "person", "text", "vacant"};
    static const uint64_t entries[] = {3000, 3000, 24, 0};
    stm_page_report report;
    uint64_t pages = STM_META_PAGES;
    assert_int_equal(check(sample.data, sample.size, &report, NULL), STEMMA_OK);
    assert_int_equal(report.pages, sample.size / STEMMA_PAGE_SIZE);
    assert_string_equal(report.main.name, "main");
    assert_int_equal(report.main.entries, 4);
    assert_int_equal(report.table_count, 4);
    pages += report.main.branch_pages + report.main.leaf_pages;
    for (unsigned i = 0; i < 4; i++) {
        const stm_page_table *table = &report.tables[i];
        uint64_t own = table->branch_pages + table->leaf_pages + table->overflow_pages;
        assert_string_equal(table->name, names[i]);
        assert_int_equal(table->entries, entries[i]);
        assert_true(table->bytes_used <= own * STEMMA_PAGE_SIZE);
        assert_true(table->bytes_used > own * STEMMA_PAGE_SIZE * 3 / 5 || own == 0);
        pages += own;
    }
    assert_int_equal(pages, report.pages);
    assert_int_equal(report.tables[NAME].depth, 3);
    assert_true(report.tables[TEXT].overflow_pages > 0);
    assert_int_equal(report.tables[VACANT].depth, 0);
}

static void sixty_four_tables_are_accepted_and_more_refused(void **state)
{
    (void)state;
    char names[STM_PAGE_TABLES + 1][STM_PAGE_TABLE_NAME + 1];
    page_file_table tables[STM_PAGE_TABLES + 1];
    const page_file_options options = {.batch = 0};
    for (unsigned i = 0; i <= STM_PAGE_TABLES; i++) {
        /* Names as long as they may be. */
        snprintf(names[i], sizeof names[i], "%032u", i);
        tables[i] = (page_file_table){names[i], 1, page_file_sample[PERSON].record};
    }
    stemma_error error = {0};
    stm_page_report report;
    page_file most = page_file_build_sealed(tables, STM_PAGE_TABLES, &options);
    assert_int_equal(check(most.data, most.size, &report, &error), STEMMA_OK);
    assert_int_equal(report.table_count, STM_PAGE_TABLES);
    assert_string_equal(report.tables[63].name, "00000000000000000000000000000063");
    page_file_free(&most);

    page_file more = page_file_build(tables, STM_PAGE_TABLES + 1, &options);
    assert_int_equal(stm_page_seal(more.data, more.size, &error), STEMMA_OK);
    assert_int_equal(check(more.data, more.size, &report, &error), STEMMA_E_DAMAGED);
    assert_string_equal(error.code, "TABLE_LIMIT");
    page_file_free(&more);
}

static void a_bitmap_that_is_too_small_is_refused(void **state)
{
    (void)state;
    uint8_t bitmap[1024];
    stemma_error error = {0};
    stemma_bytes bytes = {sample.data, sample.size};
    size_t needed = stm_page_bitmap_size(sample.size);
    assert_true(needed <= sizeof bitmap);
    assert_int_equal(stm_page_check(bytes, bitmap, needed - 1, NULL, &error), STEMMA_E_NO_SPACE);
    assert_int_equal(error.status, STEMMA_E_NO_SPACE);
    assert_int_equal(stm_page_check(bytes, bitmap, needed, NULL, &error), STEMMA_OK);
}

/* The cut may fall anywhere: no prefix of a file is accepted, nor read beyond. */
static void no_prefix_of_a_file_is_accepted(void **state)
{
    (void)state;
    for (size_t size = 0; size < sample.size; size += size < 9000 ? 1 : 1021) {
        uint8_t *exact = malloc(size != 0 ? size : 1);
        assert_non_null(exact);
        memcpy(exact, sample.data, size);
        assert_true(check(exact, size, NULL, NULL) < 0);
        free(exact);
    }
}

static int set_up(void **state)
{
    (void)state;
    const page_file_options options = {.batch = 500};
    sample = page_file_build_sealed(page_file_sample, PAGE_FILE_SAMPLE_COUNT, &options);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    page_file_free(&sample);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_broken_rule_gives_its_code),
        cmocka_unit_test(every_problem_has_a_breaker_a_code_and_a_sentence),
        cmocka_unit_test(a_problem_says_where_it_is),
        cmocka_unit_test(the_report_agrees_with_what_was_loaded),
        cmocka_unit_test(sixty_four_tables_are_accepted_and_more_refused),
        cmocka_unit_test(a_bitmap_that_is_too_small_is_refused),
        cmocka_unit_test(no_prefix_of_a_file_is_accepted),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
