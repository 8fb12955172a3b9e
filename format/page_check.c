/* SPDX-License-Identifier: MIT */
#include "page_check.h"

#include "page_layout.h"
#include "page_tree.h"

#include <stdbool.h>
#include <string.h>

/* A named table that the walk of the main table met, to be walked after it. */
typedef struct table_list {
    stm_page_table *tables;            /* STM_PAGE_TABLES of them */
    uint64_t records[STM_PAGE_TABLES]; /* file offset of each record */
    uint32_t count;
} table_list;

static bool all_zero(const uint8_t *at, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (at[i] != 0) {
            return false;
        }
    }
    return true;
}

/* Whether a table record says that there is nothing in the table. */
static bool record_empty(const uint8_t *record)
{
    return all_zero(record + STM_TABLE_DEPTH, STM_TABLE_ROOT - STM_TABLE_DEPTH) &&
           stm_page_get64(record + STM_TABLE_ROOT) == STM_NO_PAGE;
}

/* What must hold before anything else in the file means anything. */
static stm_page_problem check_file(stemma_bytes file, stm_page_place *place)
{
    place->page = -1;
    if (file.size < STM_META_VERSION + 4 ||
        stm_page_get32(file.data + STM_META_MAGIC) != STM_META_MAGIC_VALUE) {
        return STM_BAD_FILE_MAGIC;
    }
    if (stm_page_get32(file.data + STM_META_VERSION) != STM_META_VERSION_VALUE) {
        return STM_BAD_META_VERSION;
    }
    if (file.size >= STM_META_END &&
        stm_page_get32(file.data + STM_META_FREE + STM_TABLE_PAD) != STEMMA_PAGE_SIZE) {
        return STM_BAD_META_PAGE_SIZE;
    }
    if (file.size % STEMMA_PAGE_SIZE != 0 || file.size < STM_META_PAGES * STEMMA_PAGE_SIZE) {
        return STM_BAD_FILE_SIZE;
    }
    return STM_PAGE_SOUND;
}

/* A meta page of a sealed file has one possible form, but for the main table of the second. */
static stm_page_problem check_meta(stemma_bytes file, uint64_t number)
{
    const uint8_t *page = file.data + number * STEMMA_PAGE_SIZE;
    const uint8_t *free_list = page + STM_META_FREE;
    uint64_t last = number == 0 ? STM_META_PAGES - 1 : file.size / STEMMA_PAGE_SIZE - 1;
    if (stm_page_get32(page + STM_META_MAGIC) != STM_META_MAGIC_VALUE) {
        return STM_BAD_META_MAGIC;
    }
    if (stm_page_get32(page + STM_META_VERSION) != STM_META_VERSION_VALUE) {
        return STM_BAD_META_VERSION;
    }
    if (stm_page_get32(free_list + STM_TABLE_PAD) != STEMMA_PAGE_SIZE) {
        return STM_BAD_META_PAGE_SIZE;
    }
    if (stm_page_get64(page + STM_PAGE_NUMBER) != number ||
        stm_page_get64(page + STM_PAGE_PAD) != STM_PAGE_IS_META << 16) {
        return STM_BAD_META_HEADER;
    }
    if (stm_page_get64(page + STM_META_ADDRESS) != 0) {
        return STM_BAD_META_ADDRESS;
    }
    if (stm_page_get64(page + STM_META_MAP_SIZE) != file.size) {
        return STM_BAD_META_MAP_SIZE;
    }
    if (stm_page_get16(free_list + STM_TABLE_FLAGS) != STM_META_FREE_FLAGS) {
        return STM_BAD_META_FREE_FLAGS;
    }
    if (!record_empty(free_list)) {
        return STM_BAD_META_FREE_LIST;
    }
    if (stm_page_get64(page + STM_META_LAST_PAGE) != last) {
        return STM_BAD_META_LAST_PAGE;
    }
    if (stm_page_get64(page + STM_META_TXNID) != number) {
        return STM_BAD_META_TXNID;
    }
    if (number == 0 &&
        (!all_zero(page + STM_META_MAIN, STM_TABLE_DEPTH) || !record_empty(page + STM_META_MAIN))) {
        return STM_BAD_META_OLD_ROOT;
    }
    return all_zero(page + STM_META_END, STEMMA_PAGE_SIZE - STM_META_END) ? STM_PAGE_SOUND
                                                                          : STM_BAD_META_UNUSED;
}

static bool counters_match(const uint8_t *record, const stm_page_table *found)
{
    return stm_page_get64(record + STM_TABLE_BRANCH_PAGES) == found->branch_pages &&
           stm_page_get64(record + STM_TABLE_LEAF_PAGES) == found->leaf_pages &&
           stm_page_get64(record + STM_TABLE_OVERFLOW_PAGES) == found->overflow_pages &&
           stm_page_get64(record + STM_TABLE_ENTRIES) == found->entries;
}

/* What a table of which some leaf pages were looked at holds about: as much in the others. The rest is what its record
   says. False when it cannot be. */
static bool estimate(const stm_page_walk *walk, const uint8_t *record, stm_page_table *found)
{
    uint64_t branches = stm_page_get64(record + STM_TABLE_BRANCH_PAGES);
    uint64_t leaves = stm_page_get64(record + STM_TABLE_LEAF_PAGES);
    uint64_t runs = stm_page_get64(record + STM_TABLE_OVERFLOW_PAGES);
    uint64_t seen = found->leaf_pages + found->overflow_pages;
    if (branches != found->branch_pages || leaves < found->leaf_pages || leaves > walk->pages ||
        runs < found->overflow_pages || runs > walk->pages) {
        return false;
    }
    double held = (double)(found->bytes_used - walk->branch_bytes) * (double)(leaves + runs) /
                  (double)seen;
    if (held > (double)(leaves + runs) * STEMMA_PAGE_SIZE) {
        return false;
    }
    found->bytes_used = walk->branch_bytes + (uint64_t)held;
    found->leaf_pages = leaves;
    found->overflow_pages = runs;
    found->entries = stm_page_get64(record + STM_TABLE_ENTRIES);
    return true;
}

/* A table from its record: its tree, and, when the tree is walked whole, that the record's counts
   are those of the tree. */
static stm_page_problem check_table(stm_page_walk *walk, uint64_t record_offset,
                                    stm_page_tree *tree, stm_page_table *found)
{
    const uint8_t *record = walk->file + record_offset;
    walk->place.page = -1;
    walk->place.node = -1;
    walk->place.offset = record_offset;
    if (!all_zero(record, STM_TABLE_DEPTH)) {
        return STM_BAD_TABLE_FLAGS;
    }
    tree->root = stm_page_get64(record + STM_TABLE_ROOT);
    tree->depth = stm_page_get16(record + STM_TABLE_DEPTH);
    if (tree->root == STM_NO_PAGE) {
        return record_empty(record) ? STM_PAGE_SOUND : STM_BAD_TABLE_EMPTY;
    }
    if (tree->depth == 0 || tree->depth > STEMMA_LIMIT_DEPTH) {
        return STM_BAD_TABLE_DEPTH;
    }
    found->depth = tree->depth;
    tree->plain = stm_page_get64(record + STM_TABLE_OVERFLOW_PAGES) == 0;
    uint64_t leaves = stm_page_get64(record + STM_TABLE_LEAF_PAGES);
    bool sampled = walk->sampled != 0 && tree->visit == NULL && leaves > walk->sampled;
    tree->stride = sampled ? (leaves - 1) / walk->sampled + 1 : 0;
    walk->branch_bytes = 0;
    stm_page_problem problem = stm_page_tree_check(walk, tree, found);
    if (problem != STM_PAGE_SOUND) {
        return problem;
    }
    walk->place.page = -1;
    walk->place.node = -1;
    bool good = sampled ? estimate(walk, record, found)
                        : tree->parts > 1 || counters_match(record, found);
    return good ? STM_PAGE_SOUND : STM_BAD_TABLE_COUNTERS;
}

static bool name_valid(const uint8_t *name, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bool letter = name[i] >= 'a' && name[i] <= 'z';
        bool digit = name[i] >= '0' && name[i] <= '9';
        if (!letter && !digit && name[i] != '_') {
            return false;
        }
    }
    return size >= 1 && size <= STM_PAGE_TABLE_NAME;
}

/* Lists the tables that a sound leaf page of the main table names. */
static stm_page_problem list_tables(void *context, stm_page_walk *walk, const uint8_t *page,
                                    unsigned nodes)
{
    table_list *list = context;
    for (unsigned node = 0; node < nodes; node++) {
        const uint8_t *at = page + stm_page_get16(page + STM_PAGE_HEADER + 2 * node);
        size_t key_size = stm_page_get16(at + STM_NODE_KEY_SIZE);
        const uint8_t *name = at + STM_NODE_HEADER;
        walk->place.node = (int32_t)node;
        if (stm_page_get32(at) != STM_TABLE_RECORD) {
            return STM_BAD_TABLE_RECORD;
        }
        if (!name_valid(name, key_size)) {
            return STM_BAD_TABLE_NAME;
        }
        if (list->count == STM_PAGE_TABLES) {
            return STM_BAD_TABLE_LIMIT;
        }
        memset(&list->tables[list->count], 0, sizeof list->tables[0]);
        memcpy(list->tables[list->count].name, name, key_size);
        list->records[list->count] = (uint64_t)(name + key_size - walk->file);
        list->count++;
    }
    return STM_PAGE_SOUND;
}

/* The share `part` of `parts` of all tables; of more than one, claims of the main table, which
   each share walks, are those of share 0. */
static stm_page_problem check_tables(stm_page_walk *walk, uint32_t part, uint32_t parts,
                                     stm_page_report *report)
{
    table_list list = {.tables = report->tables};
    stm_page_tree main_tree = {
        .leaf_flags = STM_NODE_TABLE, .visit = list_tables, .context = &list};
    memset(&report->main, 0, sizeof report->main);
    memcpy(report->main.name, "main", sizeof "main");
    walk->place.table = report->main.name;
    stm_page_problem problem =
        check_table(walk, STEMMA_PAGE_SIZE + STM_META_MAIN, &main_tree, &report->main);
    report->table_count = list.count;
    if (part != 0) {
        memset(walk->claimed, 0, stm_page_bitmap_size((size_t)walk->pages * STEMMA_PAGE_SIZE));
    }
    for (uint32_t i = 0; i < list.count && problem == STM_PAGE_SOUND; i++) {
        stm_page_tree tree = {.leaf_flags = 0, .part = part, .parts = parts};
        walk->place.table = report->tables[i].name;
        problem = check_table(walk, list.records[i], &tree, &report->tables[i]);
    }
    return problem;
}

static stm_page_problem check_all(stemma_bytes file, stm_page_walk *walk, uint32_t part,
                                  uint32_t parts, stm_page_report *report)
{
    stm_page_problem problem = check_file(file, &walk->place);
    for (uint64_t meta = 0; meta < STM_META_PAGES && problem == STM_PAGE_SOUND; meta++) {
        walk->place.page = (int64_t)meta;
        problem = check_meta(file, meta);
    }
    if (problem != STM_PAGE_SOUND) {
        return problem;
    }
    report->pages = walk->pages;
    /* Not before: of a file that only pretends to be long the scratch is not touched. */
    memset(walk->claimed, 0, stm_page_bitmap_size(file.size));
    walk->claimed[0] = (1u << STM_META_PAGES) - 1;
    walk->claims = STM_META_PAGES;
    problem = check_tables(walk, part, parts, report);
    if (problem == STM_PAGE_SOUND && parts <= 1 && !walk->measuring &&
        walk->claims != walk->pages) {
        uint64_t page = 0;
        while (walk->claimed[page >> 3] >> (page & 7) & 1) {
            page++;
        }
        walk->place.table = NULL;
        walk->place.page = (int64_t)page;
        walk->place.node = -1;
        problem = STM_BAD_PAGE_UNUSED;
    }
    return problem;
}

/* How a file is walked. */
typedef struct manner {
    uint32_t part;
    uint32_t parts;
    bool measuring;
    uint64_t sampled; /* see stm_page_walk */
} manner;

static stemma_status check(stemma_bytes file, uint8_t *claimed, size_t claimed_size,
                           manner how, stm_page_report *report, stemma_error *error)
{
    stm_page_report unwanted;
    stm_page_walk walk = {.file = file.data,
                          .pages = file.size / STEMMA_PAGE_SIZE,
                          .claimed = claimed,
                          .measuring = how.measuring,
                          .sampled = how.sampled,
                          .place = {.page = -1, .node = -1}};
    size_t needed = stm_page_bitmap_size(file.size);
    if (claimed_size < needed) {
        if (error != NULL) {
            *error = (stemma_error){.status = STEMMA_E_NO_SPACE,
                                    .code = "NO_SPACE",
                                    .message = "The bitmap is too small for the file"};
        }
        return STEMMA_E_NO_SPACE;
    }
    stm_page_problem problem =
        check_all(file, &walk, how.part, how.parts, report != NULL ? report : &unwanted);
    if (walk.place.page >= 0) {
        walk.place.offset = (uint64_t)walk.place.page * STEMMA_PAGE_SIZE;
    }
    return stm_page_fail(problem, &walk.place, error);
}

stemma_status stm_page_check(stemma_bytes file, uint8_t *claimed, size_t claimed_size,
                             stm_page_report *report, stemma_error *error)
{
    return check(file, claimed, claimed_size, (manner){.parts = 1}, report, error);
}

stemma_status stm_page_measure(stemma_bytes file, uint8_t *claimed, size_t claimed_size,
                               stm_page_report *report, stemma_error *error)
{
    return check(file, claimed, claimed_size, (manner){.parts = 1, .measuring = true}, report,
                 error);
}

stemma_status stm_page_estimate(stemma_bytes file, uint64_t leaves, uint8_t *claimed,
                                size_t claimed_size, stm_page_report *report, stemma_error *error)
{
    manner how = {.parts = 1, .measuring = true, .sampled = leaves};
    return check(file, claimed, claimed_size, how, report, error);
}

/* ---- In shares ---- */

stemma_status stm_page_check_share(stemma_bytes file, uint32_t part, uint32_t parts,
                                   uint8_t *claimed, size_t claimed_size, stm_page_report *report)
{
    return check(file, claimed, claimed_size, (manner){part, parts, false, 0}, report, NULL);
}

stemma_status stm_page_measure_share(stemma_bytes file, uint32_t part, uint32_t parts,
                                     uint8_t *claimed, size_t claimed_size, stm_page_report *report)
{
    return check(file, claimed, claimed_size, (manner){part, parts, true, 0}, report, NULL);
}

static void add_table(stm_page_table *to, const stm_page_table *from)
{
    to->entries += from->entries;
    to->branch_pages += from->branch_pages;
    to->leaf_pages += from->leaf_pages;
    to->overflow_pages += from->overflow_pages;
    to->bytes_used += from->bytes_used;
}

bool stm_page_check_join(stemma_bytes file, uint8_t *claimed, stm_page_report *report,
                         const uint8_t *other_claimed, const stm_page_report *other)
{
    uint8_t shared = 0;
    size_t size = stm_page_bitmap_size(file.size);
    for (size_t i = 0; i < size; i++) {
        shared |= claimed[i] & other_claimed[i];
        claimed[i] |= other_claimed[i];
    }
    if (shared != 0 || report->table_count != other->table_count) {
        return false;
    }
    for (uint32_t i = 0; i < report->table_count; i++) {
        add_table(&report->tables[i], &other->tables[i]);
    }
    return true;
}

/* The file offset of the record of a table that a sound main table names. */
static stm_page_problem compare_counters(void *context, stm_page_walk *walk, const uint8_t *page,
                                         unsigned nodes)
{
    table_list *list = context;
    for (unsigned node = 0; node < nodes; node++) {
        const uint8_t *at = page + stm_page_get16(page + STM_PAGE_HEADER + 2 * node);
        const uint8_t *record = at + STM_NODE_HEADER + stm_page_get16(at + STM_NODE_KEY_SIZE);
        (void)walk;
        if (list->count == STM_PAGE_TABLES ||
            !counters_match(record, &list->tables[list->count++])) {
            return STM_BAD_TABLE_COUNTERS;
        }
    }
    return STM_PAGE_SOUND;
}

bool stm_page_check_whole(stemma_bytes file, uint8_t *claimed, stm_page_report *report)
{
    uint64_t pages = file.size / STEMMA_PAGE_SIZE;
    for (uint64_t page = 0; page < pages; page++) {
        if ((claimed[page >> 3] >> (page & 7) & 1) == 0) {
            return false;
        }
    }
    return stm_page_measure_whole(file, claimed, report);
}

bool stm_page_measure_whole(stemma_bytes file, uint8_t *claimed, stm_page_report *report)
{
    uint64_t pages = file.size / STEMMA_PAGE_SIZE;
    table_list list = {.tables = report->tables};
    stm_page_table unwanted = {.depth = 0};
    stm_page_walk walk = {.file = file.data, .pages = pages, .claimed = claimed};
    stm_page_tree main_tree = {
        .leaf_flags = STM_NODE_TABLE, .visit = compare_counters, .context = &list};
    memset(claimed, 0, stm_page_bitmap_size(file.size));
    return check_table(&walk, STEMMA_PAGE_SIZE + STM_META_MAIN, &main_tree, &unwanted) ==
               STM_PAGE_SOUND &&
           list.count == report->table_count;
}
