/* SPDX-License-Identifier: MIT */
#include "page_breakers.h"

#include "page_layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- finding one's way in the sample ---- */

static uint8_t *page_at(const page_file *file, uint64_t number)
{
    return file->data + number * STEMMA_PAGE_SIZE;
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

static uint8_t *child_of(const page_file *file, uint8_t *branch, unsigned node)
{
    return page_at(file, stm_page_get64(node_at(branch, node)) & UINT64_C(0xFFFFFFFFFFFF));
}

static uint8_t *first_meta(const page_file *file)
{
    return file->data;
}

static uint8_t *second_meta(const page_file *file)
{
    return page_at(file, 1);
}

static uint8_t *main_leaf(const page_file *file)
{
    return page_at(file, stm_page_get64(second_meta(file) + STM_META_MAIN + STM_TABLE_ROOT));
}

/* The records of the tables, in the order of their names. */
static uint8_t *name_record(const page_file *file)
{
    return value_of(node_at(main_leaf(file), 0));
}

static uint8_t *person_record(const page_file *file)
{
    return value_of(node_at(main_leaf(file), 1));
}

static uint8_t *text_record(const page_file *file)
{
    return value_of(node_at(main_leaf(file), 2));
}

static uint8_t *vacant_record(const page_file *file)
{
    return value_of(node_at(main_leaf(file), 3));
}

/* A tree of three levels with long keys. */
static uint8_t *name_root(const page_file *file)
{
    return page_at(file, stm_page_get64(name_record(file) + STM_TABLE_ROOT));
}

static uint8_t *name_branch(const page_file *file)
{
    return child_of(file, name_root(file), 1);
}

static uint8_t *name_leaf(const page_file *file)
{
    return child_of(file, name_branch(file), 2);
}

/* A tree of two levels with keys of four bytes. */
static uint8_t *person_root(const page_file *file)
{
    return page_at(file, stm_page_get64(person_record(file) + STM_TABLE_ROOT));
}

static uint8_t *first_person_leaf(const page_file *file)
{
    return child_of(file, person_root(file), 0);
}

static uint8_t *person_leaf(const page_file *file)
{
    return child_of(file, person_root(file), 1);
}

/* The first node of the texts whose value is on overflow pages; their tree has two levels. */
static uint8_t *big_node(const page_file *file)
{
    uint8_t *root = page_at(file, stm_page_get64(text_record(file) + STM_TABLE_ROOT));
    for (unsigned child = 0; child < node_count(root); child++) {
        uint8_t *leaf = child_of(file, root, child);
        for (unsigned node = 0; node < node_count(leaf); node++) {
            if (stm_page_get16(node_at(leaf, node) + STM_NODE_FLAGS) == STM_NODE_BIG) {
                return node_at(leaf, node);
            }
        }
    }
    fprintf(stderr, "page_breakers: the sample has no value on overflow pages\n");
    abort();
}

static uint8_t *big_reference(const page_file *file)
{
    return value_of(big_node(file));
}

static uint8_t *overflow_run(const page_file *file)
{
    return page_at(file, stm_page_get64(big_reference(file)));
}

/* ---- breakers that are more than one changed number ---- */

static void nothing_there(page_file *file)
{
    file->size = 0;
}

static void cut_inside_page(page_file *file)
{
    file->size -= 1;
}

static void cut_inside_first_meta(page_file *file)
{
    file->size = 60;
}

static void one_page_only(page_file *file)
{
    file->size = STEMMA_PAGE_SIZE;
}

static void cut_whole_page(page_file *file)
{
    file->size -= STEMMA_PAGE_SIZE;
}

static void other_version_of_any_size(page_file *file)
{
    stm_page_put32(file->data + STM_META_VERSION, 999);
    file->size -= 1;
}

static void other_page_size_of_any_size(page_file *file)
{
    stm_page_put32(file->data + STM_META_FREE, 512);
    file->size -= 512;
}

static void root_past_end(page_file *file)
{
    stm_page_put64(person_record(file) + STM_TABLE_ROOT, file->size / STEMMA_PAGE_SIZE);
}

static void child_past_end(page_file *file)
{
    stm_page_put32(node_at(person_root(file), 1), (uint32_t)(file->size / STEMMA_PAGE_SIZE));
}

static void overflow_past_end(page_file *file)
{
    stm_page_put32(big_node(file), 20000);
    stm_page_put64(big_reference(file), file->size / STEMMA_PAGE_SIZE - 1);
}

static void child_twice(page_file *file)
{
    memcpy(node_at(person_root(file), 1), node_at(person_root(file), 0), 4);
}

static void child_is_root(page_file *file)
{
    stm_page_put32(node_at(person_root(file), 1), (uint32_t)stm_page_get64(person_root(file)));
}

static void two_tables_one_root(page_file *file)
{
    memcpy(person_record(file), name_record(file), STM_TABLE_RECORD);
}

static void overflow_is_tree(page_file *file)
{
    stm_page_put64(big_reference(file), stm_page_get64(name_root(file)));
}

static void lower_above_upper(page_file *file)
{
    uint8_t *leaf = name_leaf(file);
    stm_page_put16(leaf + STM_PAGE_LOWER, (uint16_t)(stm_page_get16(leaf + STM_PAGE_UPPER) + 2));
}

static void pointer_in_gap(page_file *file)
{
    uint8_t *leaf = name_leaf(file);
    stm_page_put16(leaf + STM_PAGE_HEADER + 2,
                   (uint16_t)(stm_page_get16(leaf + STM_PAGE_UPPER) - 2));
}

static void pointer_twice(page_file *file)
{
    uint8_t *pointers = name_leaf(file) + STM_PAGE_HEADER;
    memcpy(pointers + 2, pointers, 2);
}

static void keys_equal(page_file *file)
{
    uint8_t *leaf = person_leaf(file);
    memcpy(node_at(leaf, 4) + STM_NODE_HEADER, node_at(leaf, 3) + STM_NODE_HEADER, 4);
}

static void branch_keys_equal(page_file *file)
{
    uint8_t *root = person_root(file);
    memcpy(node_at(root, 2) + STM_NODE_HEADER, node_at(root, 1) + STM_NODE_HEADER, 4);
}

static void last_key_above_range(page_file *file)
{
    uint8_t *leaf = first_person_leaf(file);
    node_at(leaf, node_count(leaf) - 1)[STM_NODE_HEADER] = 0x7F;
}

static void last_key_is_next_separator(page_file *file)
{
    uint8_t *leaf = first_person_leaf(file);
    memcpy(node_at(leaf, node_count(leaf) - 1) + STM_NODE_HEADER,
           node_at(person_root(file), 1) + STM_NODE_HEADER, 4);
}

static void branch_above_its_range(page_file *file)
{
    uint8_t *branch = child_of(file, name_root(file), 0);
    node_at(branch, node_count(branch) - 1)[STM_NODE_HEADER] = 'z';
}

static void page_too_many(page_file *file)
{
    uint8_t *longer = realloc(file->data, file->size + STEMMA_PAGE_SIZE);
    if (longer == NULL) {
        abort();
    }
    memset(longer + file->size, 0, STEMMA_PAGE_SIZE);
    file->data = longer;
    file->size += STEMMA_PAGE_SIZE;
    stm_page_put64(first_meta(file) + STM_META_MAP_SIZE, file->size);
    stm_page_put64(second_meta(file) + STM_META_MAP_SIZE, file->size);
    stm_page_put64(second_meta(file) + STM_META_LAST_PAGE, file->size / STEMMA_PAGE_SIZE - 1);
}

static void table_lost(page_file *file)
{
    memcpy(person_record(file), vacant_record(file), STM_TABLE_RECORD);
}

/* ---- the table ---- */

enum operation { SET8, SET16, SET32, SET64, ADD16, ADD64, XOR8 };

typedef struct breaker {
    stm_page_problem problem;
    const char *name;
    void (*make)(page_file *file);            /* all by itself, or NULL: then */
    uint8_t *(*place)(const page_file *file); /* in this page or record, */
    int node;                                 /* at this node of it unless negative, */
    unsigned offset;                          /* this many bytes on, */
    enum operation operation;                 /* this is done */
    uint64_t value;                           /* with this */
} breaker;

#define MADE(problem, how)                                                                         \
    {                                                                                              \
        STM_BAD_##problem, #how, how, NULL, -1, 0, SET8, 0                                         \
    }
#define AT(problem, name, place, offset, operation, value)                                         \
    {                                                                                              \
        STM_BAD_##problem, name, NULL, place, -1, offset, operation, value                         \
    }
#define NODE(problem, name, place, node, offset, operation, value)                                 \
    {                                                                                              \
        STM_BAD_##problem, name, NULL, place, node, offset, operation, value                       \
    }

static const breaker breakers[] = {
    MADE(FILE_MAGIC, nothing_there),
    AT(FILE_MAGIC, "magic", first_meta, STM_META_MAGIC, XOR8, 1),
    AT(META_VERSION, "version", first_meta, STM_META_VERSION, SET32, 2),
    AT(META_VERSION, "version of second", second_meta, STM_META_VERSION, SET32, 2),
    MADE(META_VERSION, other_version_of_any_size),
    AT(META_PAGE_SIZE, "page size", first_meta, STM_META_FREE, SET32, 16384),
    AT(META_PAGE_SIZE, "page size of second", second_meta, STM_META_FREE, SET32, 8192),
    MADE(META_PAGE_SIZE, other_page_size_of_any_size),
    MADE(FILE_SIZE, cut_inside_page),
    MADE(FILE_SIZE, cut_inside_first_meta),
    MADE(FILE_SIZE, one_page_only),
    AT(META_MAGIC, "magic of second", second_meta, STM_META_MAGIC + 3, XOR8, 0x80),
    AT(META_HEADER, "kind of meta", second_meta, STM_PAGE_FLAGS, SET16, STM_PAGE_IS_META | 0x10),
    AT(META_HEADER, "number of meta", first_meta, STM_PAGE_NUMBER, SET64, 1),
    AT(META_HEADER, "bounds in meta", second_meta, STM_PAGE_UPPER, SET16, 4096),
    AT(META_ADDRESS, "address", second_meta, STM_META_ADDRESS, SET64, 0x7F0000000000),
    AT(META_MAP_SIZE, "map size", second_meta, STM_META_MAP_SIZE, ADD64, STEMMA_PAGE_SIZE),
    MADE(META_MAP_SIZE, cut_whole_page),
    AT(META_FREE_FLAGS, "flags", first_meta, STM_META_FREE + STM_TABLE_FLAGS, SET16, 0x4008),
    AT(META_FREE_LIST, "free root", second_meta, STM_META_FREE + STM_TABLE_ROOT, SET64, 3),
    AT(META_FREE_LIST, "free entry", first_meta, STM_META_FREE + STM_TABLE_ENTRIES, SET64, 1),
    AT(META_LAST_PAGE, "last page", second_meta, STM_META_LAST_PAGE, ADD64, 1),
    AT(META_LAST_PAGE, "last page of first", first_meta, STM_META_LAST_PAGE, ADD64, 1),
    AT(META_TXNID, "first meta newer", first_meta, STM_META_TXNID, SET64, 2),
    AT(META_TXNID, "second meta of another time", second_meta, STM_META_TXNID, SET64, 3),
    AT(META_OLD_ROOT, "old root", first_meta, STM_META_MAIN + STM_TABLE_ROOT, SET64, 2),
    AT(META_OLD_ROOT, "old flags", first_meta, STM_META_MAIN + STM_TABLE_FLAGS, SET16, 4),
    AT(META_UNUSED, "last byte of meta", second_meta, STEMMA_PAGE_SIZE - 1, SET8, 1),
    AT(TABLE_FLAGS, "duplicates in main", second_meta, STM_META_MAIN + STM_TABLE_FLAGS, SET16, 4),
    AT(TABLE_FLAGS, "integer keys", person_record, STM_TABLE_FLAGS, SET16, 8),
    AT(TABLE_FLAGS, "fixed size", person_record, STM_TABLE_PAD, SET32, 4),
    AT(TABLE_EMPTY, "empty with entries", vacant_record, STM_TABLE_ENTRIES, SET64, 1),
    AT(TABLE_EMPTY, "empty with depth", vacant_record, STM_TABLE_DEPTH, SET16, 1),
    AT(TABLE_DEPTH, "depth 0", person_record, STM_TABLE_DEPTH, SET16, 0),
    AT(TABLE_DEPTH, "depth 17", person_record, STM_TABLE_DEPTH, SET16, STEMMA_LIMIT_DEPTH + 1),
    AT(PAGE_RANGE, "root is meta", person_record, STM_TABLE_ROOT, SET64, 1),
    MADE(PAGE_RANGE, root_past_end),
    MADE(PAGE_RANGE, child_past_end),
    NODE(PAGE_RANGE, "child huge", person_root, 1, STM_NODE_FLAGS, SET16, 0xFFFF),
    MADE(PAGE_RANGE, overflow_past_end),
    AT(PAGE_RANGE, "overflow at maximum", big_reference, 0, SET64, UINT64_MAX),
    MADE(PAGE_SHARED, child_twice),
    MADE(PAGE_SHARED, child_is_root),
    MADE(PAGE_SHARED, two_tables_one_root),
    MADE(PAGE_SHARED, overflow_is_tree),
    AT(PAGE_NUMBER, "number of leaf", name_leaf, STM_PAGE_NUMBER, XOR8, 1),
    AT(PAGE_KIND, "depth too small", person_record, STM_TABLE_DEPTH, SET16, 1),
    AT(PAGE_KIND, "depth too large", person_record, STM_TABLE_DEPTH, SET16, STEMMA_LIMIT_DEPTH),
    AT(PAGE_KIND, "leaf of fixed keys", name_leaf, STM_PAGE_FLAGS, SET16, STM_PAGE_IS_LEAF | 0x20),
    AT(PAGE_KIND, "dirty leaf", name_leaf, STM_PAGE_FLAGS, SET16, STM_PAGE_IS_LEAF | 0x10),
    AT(PAGE_KIND, "pad of leaf", name_leaf, STM_PAGE_PAD, SET16, 1),
    AT(PAGE_BOUNDS, "lower odd", name_leaf, STM_PAGE_LOWER, ADD16, 1),
    AT(PAGE_BOUNDS, "lower in header", name_leaf, STM_PAGE_LOWER, SET16, STM_PAGE_HEADER - 2),
    MADE(PAGE_BOUNDS, lower_above_upper),
    AT(PAGE_BOUNDS, "upper past page", name_leaf, STM_PAGE_UPPER, SET16, STEMMA_PAGE_SIZE + 2),
    AT(PAGE_COUNT, "leaf of none", name_leaf, STM_PAGE_LOWER, SET16, STM_PAGE_HEADER),
    AT(PAGE_COUNT, "branch of one", person_root, STM_PAGE_LOWER, SET16, STM_PAGE_HEADER + 2),
    AT(NODE_BOUNDS, "pointer odd", name_leaf, STM_PAGE_HEADER + 4, ADD16, 1),
    AT(NODE_BOUNDS, "pointer past page", name_leaf, STM_PAGE_HEADER, SET16, 4094),
    MADE(NODE_BOUNDS, pointer_in_gap),
    MADE(NODE_BOUNDS, pointer_twice),
    AT(NODE_BOUNDS, "branch pointer odd", name_root, STM_PAGE_HEADER + 2, ADD16, 1),
    NODE(NODE_KEY_SIZE, "key empty", name_leaf, 1, STM_NODE_KEY_SIZE, SET16, 0),
    NODE(NODE_KEY_SIZE, "key too long", name_leaf, 1, STM_NODE_KEY_SIZE, SET16, 512),
    NODE(NODE_KEY_SIZE, "key longest", name_leaf, 1, STM_NODE_KEY_SIZE, SET16, 0xFFFF),
    NODE(NODE_KEY_SIZE, "first key of branch", name_root, 0, STM_NODE_KEY_SIZE, SET16, 2),
    NODE(NODE_KEY_SIZE, "key of branch empty", name_root, 1, STM_NODE_KEY_SIZE, SET16, 0),
    NODE(NODE_FLAGS, "duplicates", name_leaf, 1, STM_NODE_FLAGS, SET16, 0x04),
    NODE(NODE_FLAGS, "table in a table", name_leaf, 1, STM_NODE_FLAGS, SET16, STM_NODE_TABLE),
    NODE(NODE_FLAGS, "no table in main", main_leaf, 1, STM_NODE_FLAGS, SET16, 0),
    NODE(NODE_FLAGS, "big table in main", main_leaf, 1, STM_NODE_FLAGS, SET16, 3),
    AT(NODE_VALUE_SIZE, "value beyond limit", big_node, 0, SET32, STEMMA_LIMIT_VALUE + 1),
    AT(NODE_PLACEMENT, "small value outside", big_node, 0, SET32, STEMMA_LIMIT_INLINE - 4),
    NODE(NODE_PLACEMENT, "large value inside", name_leaf, 0, 0, SET32, STEMMA_LIMIT_INLINE + 1),
    NODE(NODE_PLACEMENT, "largest value inside", name_leaf, 0, 0, SET32, UINT32_MAX),
    NODE(NODE_PACKING, "value longer", name_leaf, 3, 0, SET32, 8),
    NODE(NODE_PACKING, "value shorter", name_leaf, 3, 0, SET32, 1),
    NODE(NODE_PACKING, "value over nodes above", name_leaf, 20, 0, SET32, 600),
    AT(NODE_PACKING, "upper below nodes", name_leaf, STM_PAGE_UPPER, ADD16, (uint16_t)-2),
    AT(NODE_PACKING, "node forgotten", name_leaf, STM_PAGE_LOWER, ADD16, (uint16_t)-2),
    AT(NODE_PACKING, "branch node forgotten", person_root, STM_PAGE_LOWER, ADD16, (uint16_t)-2),
    NODE(NODE_PACKING, "branch key longer", person_root, 1, STM_NODE_KEY_SIZE, ADD16, 2),
    MADE(NODE_ORDER, keys_equal),
    NODE(NODE_ORDER, "key falls", person_leaf, 4, STM_NODE_HEADER, SET32, 0),
    NODE(NODE_ORDER, "key falls late", name_leaf, 5, STM_NODE_HEADER + 36, SET8, '0' - 1),
    MADE(NODE_ORDER, branch_keys_equal),
    NODE(NODE_SEPARATOR, "key below range", person_leaf, 0, STM_NODE_HEADER, SET32, 0),
    MADE(NODE_SEPARATOR, last_key_above_range),
    MADE(NODE_SEPARATOR, last_key_is_next_separator),
    MADE(NODE_SEPARATOR, branch_above_its_range),
    NODE(NODE_SEPARATOR, "branch below range", name_branch, 1, STM_NODE_HEADER, SET8, 'a'),
    AT(OVERFLOW_HEADER, "number of run", overflow_run, STM_PAGE_NUMBER + 7, SET8, 1),
    AT(OVERFLOW_HEADER, "kind of run", overflow_run, STM_PAGE_FLAGS, SET16, STM_PAGE_IS_LEAF),
    AT(OVERFLOW_RUN, "run longer", overflow_run, STM_PAGE_OVERFLOW_RUN, ADD16, 1),
    AT(OVERFLOW_RUN, "run of none", overflow_run, STM_PAGE_OVERFLOW_RUN, SET32, 0),
    /* A name of 4 and a record of 47 bytes pad to the same node as 4 and 48. */
    NODE(TABLE_RECORD, "record shorter", main_leaf, 0, 0, SET32, STM_TABLE_RECORD - 1),
    NODE(TABLE_NAME, "nul in name", main_leaf, 3, STM_NODE_HEADER + 2, SET8, 0),
    NODE(TABLE_NAME, "escape in name", main_leaf, 3, STM_NODE_HEADER + 2, SET8, 0x1B),
    AT(TABLE_COUNTERS, "branches", name_record, STM_TABLE_BRANCH_PAGES, ADD64, 1),
    AT(TABLE_COUNTERS, "leaves", name_record, STM_TABLE_LEAF_PAGES, ADD64, 1),
    AT(TABLE_COUNTERS, "overflow", text_record, STM_TABLE_OVERFLOW_PAGES, ADD64, 1),
    AT(TABLE_COUNTERS, "entries", person_record, STM_TABLE_ENTRIES, ADD64, UINT64_MAX),
    AT(TABLE_COUNTERS, "tables", second_meta, STM_META_MAIN + STM_TABLE_ENTRIES, ADD64, 1),
    MADE(PAGE_UNUSED, page_too_many),
    MADE(PAGE_UNUSED, table_lost),
};

static void operate(uint8_t *at, enum operation operation, uint64_t value)
{
    switch (operation) {
    case SET8:
        *at = (uint8_t)value;
        break;
    case SET16:
        stm_page_put16(at, (uint16_t)value);
        break;
    case SET32:
        stm_page_put32(at, (uint32_t)value);
        break;
    case SET64:
        stm_page_put64(at, value);
        break;
    case ADD16:
        stm_page_put16(at, (uint16_t)(stm_page_get16(at) + value));
        break;
    case ADD64:
        stm_page_put64(at, stm_page_get64(at) + value);
        break;
    case XOR8:
        *at ^= (uint8_t)value;
        break;
    }
}

size_t page_breaker_count(void)
{
    return sizeof breakers / sizeof breakers[0];
}

page_broken page_break(page_file *file, size_t index)
{
    const breaker *how = &breakers[index];
    if (how->make != NULL) {
        how->make(file);
    } else {
        uint8_t *at = how->place(file);
        if (how->node >= 0) {
            at = node_at(at, (unsigned)how->node);
        }
        operate(at + how->offset, how->operation, how->value);
    }
    page_broken broken = {how->name, how->problem};
    return broken;
}
