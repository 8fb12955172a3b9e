/* SPDX-License-Identifier: MIT */
#include "mutate.h"

#include "page_layout.h"

#include <string.h>

uint64_t mutate_next(mutate_random *random)
{
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

uint64_t mutate_below(mutate_random *random, uint64_t limit)
{
    return limit != 0 ? mutate_next(random) % limit : 0;
}

const char *mutation_name(mutation kind)
{
    static const char *const names[MUTATE_KIND_COUNT] = {
        [MUTATE_TRUNCATE] = "truncate",
        [MUTATE_BIT] = "bit",
        [MUTATE_BYTE] = "byte",
        [MUTATE_PAGE_SWAP] = "page swap",
        [MUTATE_PAGE_COPY] = "page copy",
        [MUTATE_PAGE_HEADER] = "page header",
        [MUTATE_NODE_POINTER] = "node pointer",
        [MUTATE_NODE_HEADER] = "node header",
        [MUTATE_PAGE_REFERENCE] = "page reference",
        [MUTATE_META] = "meta",
        [MUTATE_TABLE_RECORD] = "table record",
        [MUTATE_OVERFLOW_HEADER] = "overflow header",
    };
    return names[kind];
}

/* A number of the kind that finds mistakes: near what was there, near the edges, or anything. */
static uint64_t awkward(mutate_random *random, uint64_t was)
{
    static const uint64_t edges[] = {
        0,    1,    2,    15,     16,     18,     511,    512,        4078,       4080,      4088,
        4094, 4095, 4096, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, UINT64_MAX};
    switch (mutate_below(random, 4)) {
    case 0:
        return was + 1 + mutate_below(random, 8);
    case 1:
        return was - 1 - mutate_below(random, 8);
    case 2:
        return edges[mutate_below(random, sizeof edges / sizeof edges[0])];
    default:
        return mutate_next(random);
    }
}

static void awkward16(mutate_random *random, uint8_t *at)
{
    stm_page_put16(at, (uint16_t)awkward(random, stm_page_get16(at)));
}

static void awkward32(mutate_random *random, uint8_t *at)
{
    stm_page_put32(at, (uint32_t)awkward(random, stm_page_get32(at)));
}

static void awkward64(mutate_random *random, uint8_t *at)
{
    stm_page_put64(at, awkward(random, stm_page_get64(at)));
}

static uint8_t *random_page(mutate_random *random, uint8_t *data, size_t size)
{
    return data + mutate_below(random, size / STEMMA_PAGE_SIZE) * STEMMA_PAGE_SIZE;
}

/* A page of one of the kinds in `flags`, if a few tries find one; else any page. */
static uint8_t *random_page_of(mutate_random *random, uint8_t *data, size_t size, unsigned flags)
{
    uint8_t *page = random_page(random, data, size);
    for (int tries = 0; tries < 64 && !(stm_page_get16(page + STM_PAGE_FLAGS) & flags); tries++) {
        page = random_page(random, data, size);
    }
    return page;
}

static uint8_t *random_tree_page(mutate_random *random, uint8_t *data, size_t size)
{
    unsigned kinds = mutate_below(random, 3) == 0 ? STM_PAGE_IS_BRANCH : STM_PAGE_IS_LEAF;
    return random_page_of(random, data, size, kinds);
}

/* The pointer of some node of a page, whatever the page says of itself. */
static uint8_t *random_pointer(mutate_random *random, uint8_t *page)
{
    unsigned lower = stm_page_get16(page + STM_PAGE_LOWER);
    unsigned nodes = lower >= 18 && lower <= STEMMA_PAGE_SIZE ? (lower - STM_PAGE_HEADER) / 2 : 1;
    return page + STM_PAGE_HEADER + 2 * mutate_below(random, nodes);
}

static uint8_t *random_node(mutate_random *random, uint8_t *page)
{
    unsigned at = stm_page_get16(random_pointer(random, page));
    return page + (at < 4088 ? at : 4088);
}

static void truncate_file(mutate_random *random, uint8_t *data, size_t *size)
{
    uint64_t left = mutate_below(random, *size);
    if (mutate_below(random, 2) == 0 && left >= (size_t)3 * STEMMA_PAGE_SIZE) {
        left -= left % STEMMA_PAGE_SIZE;
        uint8_t *second = data + STEMMA_PAGE_SIZE;
        stm_page_put64(data + STM_META_MAP_SIZE, left);
        stm_page_put64(second + STM_META_MAP_SIZE, left);
        stm_page_put64(second + STM_META_LAST_PAGE, left / STEMMA_PAGE_SIZE - 1);
    }
    *size = left;
}

static void swap_pages(mutate_random *random, uint8_t *data, size_t size)
{
    uint8_t *a = random_page(random, data, size);
    uint8_t *b = random_page(random, data, size);
    size_t from = mutate_below(random, 2) == 0 ? 8 : 0;
    for (size_t i = from; i < STEMMA_PAGE_SIZE; i++) {
        uint8_t byte = a[i];
        a[i] = b[i];
        b[i] = byte;
    }
}

static void copy_page(mutate_random *random, uint8_t *data, size_t size)
{
    const uint8_t *from = random_page(random, data, size);
    uint8_t *to = random_page(random, data, size);
    size_t skip = mutate_below(random, 2) == 0 ? 8 : 0;
    if (from != to) {
        memcpy(to + skip, from + skip, STEMMA_PAGE_SIZE - skip);
    }
}

static void edit_page_header(mutate_random *random, uint8_t *page)
{
    if (mutate_below(random, 5) == 0) {
        awkward64(random, page + STM_PAGE_NUMBER);
    } else {
        awkward16(random, page + STM_PAGE_PAD + 2 * mutate_below(random, 4));
    }
}

static void edit_node(mutate_random *random, uint8_t *node)
{
    switch (mutate_below(random, 4)) {
    case 0:
        awkward32(random, node);
        break;
    case 1: /* the low part: a plausible child page or value size */
        awkward16(random, node);
        break;
    case 2:
        awkward16(random, node + STM_NODE_FLAGS);
        break;
    default:
        awkward16(random, node + STM_NODE_KEY_SIZE);
        break;
    }
}

/* What lies behind the key of some leaf node with these flags, `size` bytes at least; or NULL. */
static uint8_t *random_value(mutate_random *random, uint8_t *data, size_t file_size, unsigned flags,
                             size_t size)
{
    for (int tries = 0; tries < 300; tries++) {
        uint8_t *page = random_page_of(random, data, file_size, STM_PAGE_IS_LEAF);
        uint8_t *node = random_node(random, page);
        size_t key_size = stm_page_get16(node + STM_NODE_KEY_SIZE);
        size_t at = (size_t)(node - page) + STM_NODE_HEADER + key_size;
        if (stm_page_get16(node + STM_NODE_FLAGS) == flags && at + size <= STEMMA_PAGE_SIZE) {
            return page + at;
        }
    }
    return NULL;
}

static void edit_reference(mutate_random *random, uint8_t *data, size_t size)
{
    uint8_t *reference = random_value(random, data, size, STM_NODE_BIG, STM_NODE_PAGE_REF);
    if (reference != NULL) {
        awkward64(random, reference);
    }
}

static void edit_table_record(mutate_random *random, uint8_t *data, size_t size)
{
    static const uint8_t fields[] = {STM_TABLE_BRANCH_PAGES, STM_TABLE_LEAF_PAGES,
                                     STM_TABLE_OVERFLOW_PAGES, STM_TABLE_ENTRIES, STM_TABLE_ROOT};
    uint8_t *record = random_value(random, data, size, STM_NODE_TABLE, STM_TABLE_RECORD);
    if (record == NULL) {
        record = data + STEMMA_PAGE_SIZE + STM_META_MAIN;
    }
    uint64_t choice = mutate_below(random, 8);
    if (choice < sizeof fields) {
        awkward64(random, record + fields[choice]);
    } else {
        awkward16(random, record + 2 * mutate_below(random, 4));
    }
}

static void edit_meta(mutate_random *random, uint8_t *data)
{
    uint64_t page = mutate_below(random, STM_META_PAGES) * STEMMA_PAGE_SIZE;
    awkward16(random, data + page + 2 * mutate_below(random, STM_META_END / 2));
}

void mutate_apply(mutate_random *random, mutation kind, uint8_t *data, size_t *size)
{
    if (*size < (size_t)3 * STEMMA_PAGE_SIZE) {
        return;
    }
    switch (kind) {
    case MUTATE_TRUNCATE:
        truncate_file(random, data, size);
        break;
    case MUTATE_BIT:
        data[mutate_below(random, *size)] ^= (uint8_t)(1u << mutate_below(random, 8));
        break;
    case MUTATE_BYTE:
        data[mutate_below(random, *size)] = (uint8_t)mutate_next(random);
        break;
    case MUTATE_PAGE_SWAP:
        swap_pages(random, data, *size);
        break;
    case MUTATE_PAGE_COPY:
        copy_page(random, data, *size);
        break;
    case MUTATE_PAGE_HEADER:
        edit_page_header(random, random_page(random, data, *size));
        break;
    case MUTATE_NODE_POINTER:
        awkward16(random, random_pointer(random, random_tree_page(random, data, *size)));
        break;
    case MUTATE_NODE_HEADER:
        edit_node(random, random_node(random, random_tree_page(random, data, *size)));
        break;
    case MUTATE_PAGE_REFERENCE:
        edit_reference(random, data, *size);
        break;
    case MUTATE_META:
        edit_meta(random, data);
        break;
    case MUTATE_TABLE_RECORD:
        edit_table_record(random, data, *size);
        break;
    case MUTATE_OVERFLOW_HEADER:
        edit_page_header(random, random_page_of(random, data, *size, STM_PAGE_IS_OVERFLOW));
        break;
    case MUTATE_KIND_COUNT:
        break;
    }
}
