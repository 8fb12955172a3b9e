/* SPDX-License-Identifier: MIT */
#include "file/remains.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "file/publish.h"
#include "limits.h"

/* What the scan of one file gathers. */
typedef struct scan {
    stm_remains *remains;
    stm_strays strays;
    stm_remains_problem *problem;
    void *context;
    stm_table table; /* of the last leaf */
    int descriptor;
    bool stopped;    /* by the callback, else memory is short */
} scan;

static const uint8_t *page_at(const stm_remains *remains, uint32_t page)
{
    return remains->file.data + (size_t)page * STEMMA_PAGE_SIZE;
}

static int compare_keys(stemma_bytes a, stemma_bytes b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common != 0 ? memcmp(a.data, b.data, common) : 0;
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

stemma_bytes stm_remains_key(const stm_remains *remains, uint32_t page, bool last)
{
    stemma_bytes key, value;
    bool big;
    const uint8_t *at = page_at(remains, page);
    stm_page_node(at, last ? stm_page_nodes(at) - 1 : 0, &key, &value, &big);
    return key;
}

/* ---- Gathering ----------------------------------------------------------------------------- */

static bool add_page(uint32_t **pages, size_t *count, size_t *room, uint32_t page)
{
    if (*count == *room) {
        size_t wanted = *room == 0 ? 64 : 2 * *room;
        uint32_t *grown = realloc(*pages, wanted * sizeof **pages);
        if (grown == NULL) {
            return false;
        }
        *pages = grown;
        *room = wanted;
    }
    (*pages)[(*count)++] = page;
    return true;
}

static stm_table table_named(const char *name)
{
    unsigned table = 0;
    while (table < STM_TABLE_COUNT && strcmp(stm_tables[table].name, name) != 0) {
        table++;
    }
    return (stm_table)table;
}

static bool take_problem(void *context, stm_page_problem problem, const stm_page_place *place)
{
    scan *s = context;
    s->remains->problems++;
    if (s->problem != NULL && !s->problem(s->context, problem, place)) {
        s->stopped = true;
        return false;
    }
    return true;
}

static bool take_leaf(void *context, const char *name, uint64_t page)
{
    scan *s = context;
    if (s->table == STM_TABLE_COUNT || strcmp(stm_tables[s->table].name, name) != 0) {
        s->table = table_named(name);
    }
    if (s->table == STM_TABLE_COUNT) {
        return true; /* a table that this library does not know */
    }
    stm_remains_table *table = &s->remains->tables[s->table];
    s->strays.owners[page] = (uint8_t)(s->table + 1);
    return add_page(&table->pages, &table->count, &table->room, (uint32_t)page);
}

static bool take_stray(void *context, uint64_t page)
{
    scan *s = context;
    return add_page(&s->strays.pages, &s->strays.count, &s->strays.room, (uint32_t)page);
}

/* What the file system knows to be a hole is passed over: it may be a million times as long as the file. */
static bool next_data(void *context, uint64_t *page, uint64_t *end)
{
    const scan *s = context;
    off_t from = (off_t)(*page * STEMMA_PAGE_SIZE);
    off_t data = lseek(s->descriptor, from, SEEK_DATA);
    off_t hole = data < 0 ? -1 : lseek(s->descriptor, data, SEEK_HOLE);
    if (data < 0 && errno == ENXIO) {
        return false;
    }
    if (hole <= data || data < from) { /* it cannot tell */
        *end = s->strays.page_count;
        return true;
    }
    *page = (uint64_t)data / STEMMA_PAGE_SIZE;
    *end = ((uint64_t)hole + STEMMA_PAGE_SIZE - 1) / STEMMA_PAGE_SIZE;
    return true;
}

/* ---- Putting strays in their places -------------------------------------------------------- */

typedef struct keyed_page {
    stemma_bytes first;
    stemma_bytes last;
    uint32_t page;
    bool reached; /* by its tree: it stays when another claims the same keys */
} keyed_page;

static int compare_pages(const void *a, const void *b)
{
    const keyed_page *left = a;
    const keyed_page *right = b;
    int order = compare_keys(left->first, right->first);
    return order != 0 ? order : (int)right->reached - (int)left->reached;
}

/* Sorts a table's pages by key and leaves out strays that overlap with others. */
static bool sort_table(stm_remains *remains, stm_remains_table *table, size_t reached)
{
    keyed_page *pages = malloc((table->count + 1) * sizeof *pages);
    size_t kept = 0;
    if (pages == NULL) {
        return false;
    }
    for (size_t i = 0; i < table->count; i++) {
        pages[i] = (keyed_page){stm_remains_key(remains, table->pages[i], false),
                                stm_remains_key(remains, table->pages[i], true), table->pages[i],
                                i < reached};
    }
    qsort(pages, table->count, sizeof *pages, compare_pages);
    for (size_t i = 0; i < table->count; i++) {
        bool overlaps = kept != 0 && compare_keys(pages[i].first, pages[kept - 1].last) <= 0;
        if (overlaps && pages[i].reached && !pages[kept - 1].reached) {
            pages[kept - 1] = pages[i];
        } else if (!overlaps) {
            pages[kept++] = pages[i];
        }
    }
    for (size_t i = 0; i < kept; i++) {
        table->pages[i] = pages[i].page;
    }
    remains->unplaced += table->count - kept;
    table->count = kept;
    free(pages);
    return true;
}

static bool add_strays(scan *s)
{
    stm_remains *remains = s->remains;
    size_t reached[STM_TABLE_COUNT];
    remains->strays = s->strays.count;
    if (s->strays.count == 0) {
        return true;
    }
    stm_strays_place(remains, &s->strays);
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        reached[i] = remains->tables[i].count;
    }
    for (size_t i = 0; i < s->strays.count; i++) {
        unsigned owner = stm_strays_owner(&s->strays, s->strays.pages[i]);
        if (owner == STM_TABLE_COUNT) {
            remains->unplaced++;
            continue;
        }
        stm_remains_table *table = &remains->tables[owner];
        if (!add_page(&table->pages, &table->count, &table->room, s->strays.pages[i])) {
            return false;
        }
    }
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        stm_remains_table *table = &remains->tables[i];
        if (table->count != reached[i] && !sort_table(remains, table, reached[i])) {
            return false;
        }
    }
    return true;
}

/* Records of each table, and how many of them cannot be read. */
static void count_entries(stm_remains *remains)
{
    for (unsigned t = 0; t < STM_TABLE_COUNT; t++) {
        stm_remains_table *table = &remains->tables[t];
        for (size_t i = 0; i < table->count; i++) {
            const uint8_t *page = page_at(remains, table->pages[i]);
            unsigned nodes = stm_page_nodes(page);
            for (unsigned node = 0; node < nodes; node++) {
                stemma_bytes key, value;
                bool big;
                stm_page_node(page, node, &key, &value, &big);
                bool lost = big && !stm_page_run_value(remains->file, page, node, &value);
                table->lost += lost;
                table->entries += !lost;
            }
        }
    }
}

/* ---- Opening ------------------------------------------------------------------------------- */

/* Leaves the descriptor open, also on failure: -1 when there is none. */
static stemma_status map_file(stm_remains *remains, const char *path, int *descriptor,
                              stemma_error *error)
{
    struct stat status;
    *descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*descriptor < 0 || fstat(*descriptor, &status) != 0) {
        return stm_system_failed(error, "SYSTEM", path, "open the file");
    }
    if (!S_ISREG(status.st_mode) || status.st_size < (off_t)(2 * STEMMA_PAGE_SIZE) ||
        (uint64_t)status.st_size / STEMMA_PAGE_SIZE >= UINT32_MAX) {
        return S_ISREG(status.st_mode) ? stm_fail(error, STEMMA_E_NOT_STEMMA, "NOT_STEMMA", path,
                                                  "The file is too small to be a .stemma file")
                                       : stm_fail(error, STEMMA_E_NOT_STEMMA, "NOT_REGULAR", path,
                                                  "Only regular files can be opened");
    }
    remains->size = (size_t)status.st_size;
    remains->map = mmap(NULL, remains->size, PROT_READ, MAP_SHARED, *descriptor, 0);
    if (remains->map == MAP_FAILED) {
        remains->map = NULL;
        return stm_system_failed(error, "MAP_FAILED", path, "map the file");
    }
    remains->file.data = remains->map;
    remains->file.size = remains->size / STEMMA_PAGE_SIZE * STEMMA_PAGE_SIZE;
    return STEMMA_OK;
}

static void take_remnants(stm_remains *remains, const stm_page_remnant *remnants, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        stm_table table = table_named(remnants[i].name);
        if (table != STM_TABLE_COUNT) {
            remains->tables[table].whole = remnants[i].whole;
            remains->tables[table].named = !remnants[i].no_tree;
        }
    }
}

static stemma_status look(scan *s, stemma_error *error)
{
    stm_remains *remains = s->remains;
    const stm_page_listener listener = {s, take_problem, take_leaf, take_stray, next_data};
    stm_page_remnant *remnants = calloc(STM_PAGE_TABLES + 1, sizeof *remnants);
    uint8_t *claimed = malloc(stm_page_bitmap_size(remains->file.size));
    uint32_t count = 0;
    bool done = false;
    s->table = STM_TABLE_COUNT;
    s->strays.page_count = remains->file.size / STEMMA_PAGE_SIZE;
    s->strays.owners = calloc(s->strays.page_count, 1); /* untouched where the file is a hole */
    if (remnants != NULL && claimed != NULL && s->strays.owners != NULL) {
        done = stm_page_remains(remains->file, claimed, &listener, remnants, &count);
    }
    if (done) {
        take_remnants(remains, remnants, count);
        done = add_strays(s);
    }
    if (done) {
        count_entries(remains);
    }
    free(remnants);
    free(claimed);
    free(s->strays.owners);
    free(s->strays.pages);
    return done ? STEMMA_OK : s->stopped ? STEMMA_END : stm_no_memory(error);
}

stemma_status stm_remains_open(stm_remains **out, const char *path, stm_remains_problem *problem,
                               void *context, stemma_error *error)
{
    scan s = {.problem = problem, .context = context};
    s.remains = calloc(1, sizeof *s.remains);
    if (s.remains == NULL) {
        return stm_no_memory(error);
    }
    stemma_status status = map_file(s.remains, path, &s.descriptor, error);
    if (status == STEMMA_OK) {
        status = look(&s, error);
    }
    if (s.descriptor >= 0) {
        close(s.descriptor);
    }
    if (status != STEMMA_OK) {
        stm_remains_close(s.remains);
        return status;
    }
    *out = s.remains;
    return STEMMA_OK;
}

void stm_remains_close(stm_remains *remains)
{
    if (remains != NULL) {
        for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
            free(remains->tables[i].pages);
        }
        if (remains->map != NULL) {
            munmap(remains->map, remains->size);
        }
        free(remains);
    }
}

/* ---- Reading ------------------------------------------------------------------------------- */

stm_remains_place stm_remains_seek(const stm_remains *remains, stm_table number, stemma_bytes key)
{
    const stm_remains_table *table = &remains->tables[number];
    size_t low = 0;
    size_t high = table->count; /* the first page whose last key is not below */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_keys(stm_remains_key(remains, table->pages[middle], true), key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    stm_remains_place place = {low, 0};
    if (low < table->count) {
        const uint8_t *page = page_at(remains, table->pages[low]);
        unsigned first = 0;
        unsigned end = stm_page_nodes(page) - 1; /* the last key is not below */
        while (first < end) {
            unsigned middle = first + (end - first) / 2;
            stemma_bytes found, value;
            bool big;
            stm_page_node(page, middle, &found, &value, &big);
            if (compare_keys(found, key) < 0) {
                first = middle + 1;
            } else {
                end = middle;
            }
        }
        place.node = first;
    }
    return place;
}

static bool read_place(const stm_remains *remains, stm_table table, stm_remains_place place,
                       stemma_bytes *key, stemma_bytes *value)
{
    bool big;
    const uint8_t *page = page_at(remains, remains->tables[table].pages[place.leaf]);
    stm_page_node(page, place.node, key, value, &big);
    return !big || stm_page_run_value(remains->file, page, place.node, value);
}

bool stm_remains_next(const stm_remains *remains, stm_table number, stm_remains_place *place)
{
    const stm_remains_table *table = &remains->tables[number];
    if (place->leaf >= table->count) {
        return false;
    }
    if (++place->node == stm_page_nodes(page_at(remains, table->pages[place->leaf]))) {
        place->leaf++;
        place->node = 0;
    }
    return place->leaf < table->count;
}

bool stm_remains_previous(const stm_remains *remains, stm_table number, stm_remains_place *place)
{
    const stm_remains_table *table = &remains->tables[number];
    if (place->node == 0) {
        if (place->leaf == 0 || table->count == 0) {
            return false;
        }
        place->leaf--;
        place->node = stm_page_nodes(page_at(remains, table->pages[place->leaf]));
    }
    place->node--;
    return true;
}

bool stm_remains_forward(const stm_remains *remains, stm_table number, stm_remains_place *place,
                         stemma_bytes *key, stemma_bytes *value)
{
    bool there = place->leaf < remains->tables[number].count;
    while (there && !read_place(remains, number, *place, key, value)) {
        there = stm_remains_next(remains, number, place);
    }
    return there;
}

bool stm_remains_backward(const stm_remains *remains, stm_table number, stm_remains_place *place,
                          stemma_bytes *key, stemma_bytes *value)
{
    bool there = place->leaf < remains->tables[number].count;
    while (there && !read_place(remains, number, *place, key, value)) {
        there = stm_remains_previous(remains, number, place);
    }
    return there;
}
