/* SPDX-License-Identifier: MIT */
#include "page_remains.h"

#include <string.h>

#include "page_layout.h"
#include "page_tree.h"

/* The walk of one file. */
typedef struct remains {
    const stm_page_listener *listener;
    stm_page_walk walk;
    stm_page_remnant *remnants;
    uint64_t records[STM_PAGE_TABLES + 1]; /* file offset of each table's record */
    uint32_t count;
    uint32_t current; /* the table that is walked */
    bool ended;       /* by the listener */
} remains;

static bool tell(remains *r, stm_page_problem problem, const stm_page_place *place)
{
    const stm_page_listener *listener = r->listener;
    if (!r->ended && listener->problem != NULL &&
        !listener->problem(listener->context, problem, place)) {
        r->ended = true;
    }
    return !r->ended;
}

static bool skip(void *context, stm_page_walk *walk, stm_page_problem problem)
{
    remains *r = context;
    r->remnants[r->current].problems++;
    if (walk->place.page >= 0) {
        walk->place.offset = (uint64_t)walk->place.page * STEMMA_PAGE_SIZE;
    }
    return tell(r, problem, &walk->place);
}

/* ---- Nodes --------------------------------------------------------------------------------- */

unsigned stm_page_nodes(const uint8_t *page)
{
    return (stm_page_get16(page + STM_PAGE_LOWER) - STM_PAGE_HEADER) / 2;
}

static const uint8_t *node_of(const uint8_t *page, unsigned node)
{
    return page + stm_page_get16(page + STM_PAGE_HEADER + 2 * node);
}

void stm_page_node(const uint8_t *page, unsigned node, stemma_bytes *key, stemma_bytes *value,
                   bool *big)
{
    const uint8_t *at = node_of(page, node);
    key->data = at + STM_NODE_HEADER;
    key->size = stm_page_get16(at + STM_NODE_KEY_SIZE);
    value->size = stm_page_get32(at);
    *big = stm_page_get16(at + STM_NODE_FLAGS) == STM_NODE_BIG;
    value->data = *big ? NULL : key->data + key->size;
}

bool stm_page_run_value(stemma_bytes file, const uint8_t *page, unsigned node, stemma_bytes *value)
{
    stemma_bytes key;
    bool big;
    stm_page_node(page, node, &key, value, &big);
    uint64_t pages = file.size / STEMMA_PAGE_SIZE;
    uint64_t number = stm_page_get64(key.data + key.size);
    uint64_t run = stm_page_run(value->size);
    if (number < STM_META_PAGES || number >= pages || run > pages - number) {
        return false;
    }
    const uint8_t *first = file.data + number * STEMMA_PAGE_SIZE;
    if (stm_page_get64(first + STM_PAGE_NUMBER) != number ||
        stm_page_get32(first + STM_PAGE_PAD) != STM_PAGE_IS_OVERFLOW << 16 ||
        stm_page_get32(first + STM_PAGE_OVERFLOW_RUN) != run) {
        return false;
    }
    value->data = first + STM_PAGE_HEADER;
    return true;
}

/* Overflow runs of a sound leaf page that cannot be read. */
static stm_page_problem look_at_runs(remains *r, const uint8_t *page, unsigned nodes)
{
    stemma_bytes file = {r->walk.file, (size_t)r->walk.pages * STEMMA_PAGE_SIZE};
    for (unsigned node = 0; node < nodes; node++) {
        stemma_bytes key, value;
        bool big;
        stm_page_node(page, node, &key, &value, &big);
        if (big && !stm_page_run_value(file, page, node, &value)) {
            r->walk.place.node = (int32_t)node;
            if (!skip(r, &r->walk, STM_BAD_OVERFLOW_HEADER)) {
                return STM_BAD_OVERFLOW_HEADER;
            }
        }
    }
    r->walk.place.node = -1;
    return STM_PAGE_SOUND;
}

static stm_page_problem hand_out_leaf(void *context, stm_page_walk *walk, const uint8_t *page,
                                      unsigned nodes)
{
    remains *r = context;
    const stm_page_listener *listener = r->listener;
    stm_page_remnant *remnant = &r->remnants[r->current];
    uint64_t number = (uint64_t)(page - walk->file) / STEMMA_PAGE_SIZE;
    stm_page_problem problem = look_at_runs(r, page, nodes);
    remnant->leaves++;
    remnant->entries += nodes;
    if (problem == STM_PAGE_SOUND && listener->leaf != NULL &&
        !listener->leaf(listener->context, remnant->name, number)) {
        r->ended = true;
    }
    return r->ended ? STM_BAD_PAGE_UNUSED : STM_PAGE_SOUND;
}

/* ---- Trees --------------------------------------------------------------------------------- */

static bool name_valid(stemma_bytes name)
{
    for (size_t i = 0; i < name.size; i++) {
        bool letter = name.data[i] >= 'a' && name.data[i] <= 'z';
        bool digit = name.data[i] >= '0' && name.data[i] <= '9';
        if (!letter && !digit && name.data[i] != '_') {
            return false;
        }
    }
    return name.size >= 1 && name.size <= STM_PAGE_TABLE_NAME;
}

/* The tables that a leaf page of the main table names. */
static stm_page_problem list_tables(void *context, stm_page_walk *walk, const uint8_t *page,
                                    unsigned nodes)
{
    remains *r = context;
    for (unsigned node = 0; node < nodes; node++) {
        stemma_bytes key, value;
        bool big;
        stm_page_node(page, node, &key, &value, &big);
        if (value.size != STM_TABLE_RECORD || !name_valid(key) || r->count > STM_PAGE_TABLES) {
            walk->place.node = (int32_t)node;
            if (!skip(r, walk,
                      value.size != STM_TABLE_RECORD ? STM_BAD_TABLE_RECORD
                      : r->count > STM_PAGE_TABLES   ? STM_BAD_TABLE_LIMIT
                                                     : STM_BAD_TABLE_NAME)) {
                return STM_BAD_TABLE_RECORD;
            }
            continue;
        }
        memset(&r->remnants[r->count], 0, sizeof r->remnants[0]);
        memcpy(r->remnants[r->count].name, key.data, key.size);
        r->records[r->count] = (uint64_t)(value.data - walk->file);
        r->count++;
    }
    return STM_PAGE_SOUND;
}

static bool all_zero(const uint8_t *at, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (at[i] != 0) {
            return false;
        }
    }
    return true;
}

static bool counts_stated(const uint8_t *record, const stm_page_table *found)
{
    return stm_page_get64(record + STM_TABLE_BRANCH_PAGES) == found->branch_pages &&
           stm_page_get64(record + STM_TABLE_LEAF_PAGES) == found->leaf_pages &&
           stm_page_get64(record + STM_TABLE_ENTRIES) == found->entries;
}

/* Walks the tree of the table `r->current` from its record. */
static void walk_table(remains *r, uint16_t leaf_flags, stm_page_visit *visit)
{
    stm_page_remnant *remnant = &r->remnants[r->current];
    const uint8_t *record = r->walk.file + r->records[r->current];
    stm_page_table found = {.depth = 0};
    stm_page_tree tree = {.root = stm_page_get64(record + STM_TABLE_ROOT),
                          .depth = stm_page_get16(record + STM_TABLE_DEPTH),
                          .leaf_flags = leaf_flags,
                          .visit = visit,
                          .context = r,
                          .skip = skip};
    r->walk.place = (stm_page_place){remnant->name, -1, -1, r->records[r->current]};
    if (!all_zero(record, STM_TABLE_DEPTH)) {
        remnant->no_tree = true;
        (void)skip(r, &r->walk, STM_BAD_TABLE_FLAGS);
        return;
    }
    if (tree.root == STM_NO_PAGE) {
        bool empty = all_zero(record + STM_TABLE_DEPTH, STM_TABLE_ROOT - STM_TABLE_DEPTH);
        remnant->whole = empty;
        if (!empty) {
            remnant->no_tree = true;
            (void)skip(r, &r->walk, STM_BAD_TABLE_EMPTY);
        }
        return;
    }
    if (tree.depth == 0 || tree.depth > STEMMA_LIMIT_DEPTH) {
        remnant->no_tree = true;
        (void)skip(r, &r->walk, STM_BAD_TABLE_DEPTH);
        return;
    }
    (void)stm_page_tree_check(&r->walk, &tree, &found);
    if (!r->ended && remnant->problems == 0 && !counts_stated(record, &found)) {
        r->walk.place = (stm_page_place){remnant->name, -1, -1, r->records[r->current]};
        (void)skip(r, &r->walk, STM_BAD_TABLE_COUNTERS);
    }
    remnant->whole = remnant->problems == 0;
}

/* ---- Strays -------------------------------------------------------------------------------- */

static stm_page_problem ignore_leaf(void *context, stm_page_walk *walk, const uint8_t *page,
                                    unsigned nodes)
{
    (void)page;
    (void)nodes;
    *(bool *)context = true;
    (void)walk;
    return STM_PAGE_SOUND;
}

static bool ignore_problem(void *context, stm_page_walk *walk, stm_page_problem problem)
{
    (void)context;
    (void)walk;
    (void)problem;
    return true;
}

/* Whether a page is a sound leaf of a named table, whatever its table. Claims it when it is. */
static bool stray_leaf(remains *r, uint64_t number)
{
    const uint8_t *page = r->walk.file + number * STEMMA_PAGE_SIZE;
    bool sound = false;
    if (stm_page_get64(page + STM_PAGE_NUMBER) != number ||
        stm_page_get32(page + STM_PAGE_PAD) != STM_PAGE_IS_LEAF << 16) {
        return false;
    }
    stm_page_tree tree = {.root = number,
                          .depth = 1,
                          .visit = ignore_leaf,
                          .context = &sound,
                          .skip = ignore_problem};
    stm_page_table unwanted = {.depth = 0};
    (void)stm_page_tree_check(&r->walk, &tree, &unwanted);
    return sound;
}

static void find_strays(remains *r)
{
    const stm_page_listener *listener = r->listener;
    const uint64_t pages = r->walk.pages;
    uint64_t end = listener->next_data != NULL ? 0 : pages;
    for (uint64_t page = STM_META_PAGES; page < pages && !r->ended; page++) {
        if (page >= end && (!listener->next_data(listener->context, &page, &end) || page >= pages)) {
            break;
        }
        if ((r->walk.claimed[page >> 3] >> (page & 7) & 1) == 0 && stray_leaf(r, page) &&
            listener->stray != NULL && !listener->stray(listener->context, page)) {
            r->ended = true;
        }
    }
}

/* ---- The whole ----------------------------------------------------------------------------- */

/* The main table, when the meta page that states it is one. */
static void walk_main(remains *r)
{
    const uint8_t *meta = r->walk.file + STEMMA_PAGE_SIZE;
    stm_page_place place = {NULL, 1, -1, STEMMA_PAGE_SIZE};
    memset(&r->remnants[0], 0, sizeof r->remnants[0]);
    memcpy(r->remnants[0].name, "main", sizeof "main");
    r->count = 1;
    if (r->walk.pages < STM_META_PAGES ||
        stm_page_get32(meta + STM_META_MAGIC) != STM_META_MAGIC_VALUE) {
        r->remnants[0].no_tree = true;
        r->remnants[0].problems = 1;
        (void)tell(r, STM_BAD_META_MAGIC, &place);
        return;
    }
    r->records[0] = STEMMA_PAGE_SIZE + STM_META_MAIN;
    walk_table(r, STM_NODE_TABLE, list_tables);
}

bool stm_page_remains(stemma_bytes file, uint8_t *claimed, const stm_page_listener *listener,
                      stm_page_remnant remnants[STM_PAGE_TABLES + 1], uint32_t *count)
{
    remains r = {.listener = listener, .remnants = remnants};
    r.walk.file = file.data;
    r.walk.pages = file.size / STEMMA_PAGE_SIZE;
    r.walk.claimed = claimed;
    memset(claimed, 0, stm_page_bitmap_size(file.size));
    claimed[0] = (1u << STM_META_PAGES) - 1;
    walk_main(&r);
    for (r.current = 1; r.current < r.count && !r.ended; r.current++) {
        walk_table(&r, 0, hand_out_leaf);
    }
    if (!r.ended) {
        find_strays(&r);
    }
    *count = r.count;
    return !r.ended;
}
