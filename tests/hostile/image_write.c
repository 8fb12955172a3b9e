/* SPDX-License-Identifier: MIT */
/* Putting a file together from records: pages as [C-1] to [C-18] say, and of a file without many branch pages in the
   order of [C-19]. */
#include "hostile/image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "digest.h"
#include "meta_record.h"
#include "page_layout.h"

#define must(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* A page that is being filled. */
typedef struct filling {
    uint8_t page[STEMMA_PAGE_SIZE];
    unsigned nodes;
    unsigned upper;
} filling;

typedef struct tree {
    image_file *out;
    filling filling;
    unsigned fanout; /* nodes of a page at most */
    uint64_t root;   /* page that is kept for the root; 0: none */
    uint64_t branches, leaves, overflow;
} tree;

static uint8_t *add_pages(image_file *out, uint64_t count)
{
    size_t needed = out->size + count * STEMMA_PAGE_SIZE;
    if (needed > out->capacity) {
        out->capacity = 2 * needed;
        out->data = realloc(out->data, out->capacity);
        must(out->data != NULL);
    }
    uint8_t *at = out->data + out->size;
    memset(at, 0, count * STEMMA_PAGE_SIZE);
    stm_page_put64(at, out->size / STEMMA_PAGE_SIZE);
    out->size = needed;
    return at;
}

static void clear(filling *self)
{
    memset(self->page, 0, sizeof self->page);
    self->nodes = 0;
    self->upper = STEMMA_PAGE_SIZE;
}

static size_t even(size_t size)
{
    return size + (size & 1);
}

static bool has_room(const filling *self, size_t node)
{
    return STM_PAGE_HEADER + 2 * (self->nodes + 1) + even(node) <= self->upper;
}

static uint8_t *add_node(filling *self, size_t size)
{
    must(has_room(self, size));
    self->upper -= (unsigned)even(size);
    stm_page_put16(self->page + STM_PAGE_HEADER + 2 * self->nodes++, (uint16_t)self->upper);
    return self->page + self->upper;
}

static uint64_t finish_page(tree *self, unsigned kind, bool is_root)
{
    filling *one = &self->filling;
    bool kept = is_root && self->root != 0;
    uint64_t number = kept ? self->root : self->out->size / STEMMA_PAGE_SIZE;
    uint8_t *page = kept ? self->out->data + number * STEMMA_PAGE_SIZE : add_pages(self->out, 1);
    memcpy(page, one->page, STEMMA_PAGE_SIZE);
    stm_page_put64(page, number);
    stm_page_put16(page + STM_PAGE_FLAGS, (uint16_t)kind);
    stm_page_put16(page + STM_PAGE_LOWER, (uint16_t)(STM_PAGE_HEADER + 2 * one->nodes));
    stm_page_put16(page + STM_PAGE_UPPER, (uint16_t)one->upper);
    self->leaves += kind == STM_PAGE_IS_LEAF;
    self->branches += kind == STM_PAGE_IS_BRANCH;
    return number;
}

/* A page of one level, for the branch above. */
typedef struct child {
    image_bytes first;
    uint64_t page;
} child;

static void put_child(filling *branch, const child *one)
{
    image_bytes key = branch->nodes == 0 ? (image_bytes){NULL, 0} : one->first;
    uint8_t *node = add_node(branch, STM_NODE_HEADER + key.size);
    stm_page_put32(node, (uint32_t)one->page);
    stm_page_put16(node + STM_NODE_FLAGS, (uint16_t)(one->page >> 32));
    stm_page_put16(node + STM_NODE_KEY_SIZE, (uint16_t)key.size);
    if (key.size != 0) {
        memcpy(node + STM_NODE_HEADER, key.data, key.size);
    }
}

/* Puts the children of one level in branches, two at least in each, and the branches in their place. */
static size_t build_branches(tree *self, child *children, size_t count)
{
    size_t made = 0;
    for (size_t i = 0; i < count;) {
        size_t from = i, room = STEMMA_PAGE_SIZE - STM_PAGE_HEADER;
        while (i < count && i - from < self->fanout) {
            size_t key = i == from ? 0 : children[i].first.size;
            size_t need = even(STM_NODE_HEADER + key) + 2;
            if (need > room) {
                break;
            }
            room -= need;
            i++;
        }
        if (count - i == 1 && i - from > 2) {
            i--; /* one alone would be left */
        } else if (count - i == 1) {
            i++;
        }
        clear(&self->filling);
        for (size_t k = from; k < i; k++) {
            put_child(&self->filling, &children[k]);
        }
        child above = {children[from].first,
                       finish_page(self, STM_PAGE_IS_BRANCH, from == 0 && i == count)};
        children[made++] = above;
    }
    return made;
}

static uint64_t put_overflow(tree *self, image_bytes value)
{
    uint64_t pages = stm_page_run(value.size);
    uint64_t number = self->out->size / STEMMA_PAGE_SIZE;
    uint8_t *run = add_pages(self->out, pages);
    stm_page_put16(run + STM_PAGE_FLAGS, STM_PAGE_IS_OVERFLOW);
    stm_page_put32(run + STM_PAGE_OVERFLOW_RUN, (uint32_t)pages);
    memcpy(run + STM_PAGE_HEADER, value.data, value.size);
    self->overflow += pages;
    return number;
}

static size_t leaf_node_size(const image_record *record)
{
    size_t whole = STM_NODE_HEADER + record->key.size + record->value.size;
    return whole <= STM_NODE_MAX ? whole
                                 : STM_NODE_HEADER + record->key.size + STM_NODE_PAGE_REF;
}

static void put_leaf_node(filling *leaf, const image_record *record, uint64_t run, unsigned flags)
{
    size_t size = leaf_node_size(record);
    uint8_t *node = add_node(leaf, size);
    bool big = STM_NODE_HEADER + record->key.size + record->value.size > STM_NODE_MAX;
    stm_page_put32(node, (uint32_t)record->value.size);
    stm_page_put16(node + STM_NODE_FLAGS, (uint16_t)(big ? STM_NODE_BIG : flags));
    stm_page_put16(node + STM_NODE_KEY_SIZE, (uint16_t)record->key.size);
    must(record->key.size >= 1 && record->key.size <= STEMMA_LIMIT_KEY);
    memcpy(node + STM_NODE_HEADER, record->key.data, record->key.size);
    uint8_t *value = node + STM_NODE_HEADER + record->key.size;
    if (big) {
        stm_page_put64(value, run);
    } else if (record->value.size != 0) {
        memcpy(value, record->value.data, record->value.size);
    }
}

/* The key under which a leaf that begins with record `at` is found: no longer than needed, where keys ascend. */
static image_bytes separator(const image_record *records, size_t at)
{
    image_bytes key = records[at].key;
    size_t common = 0;
    if (at != 0) {
        image_bytes before = records[at - 1].key;
        while (common < before.size && common < key.size && before.data[common] == key.data[common]) {
            common++;
        }
        if (common < key.size && (common == before.size || before.data[common] < key.data[common])) {
            key.size = common + 1;
        }
    }
    return key;
}

/* A leaf of records [from, to) of `count`, its overflow runs first. */
static child build_leaf(tree *self, const image_record *records, size_t from, size_t to,
                        size_t count, unsigned flags)
{
    filling *leaf = &self->filling;
    clear(leaf);
    for (size_t i = from; i < to; i++) {
        uint64_t run = 0;
        if (STM_NODE_HEADER + records[i].key.size + records[i].value.size > STM_NODE_MAX) {
            run = put_overflow(self, records[i].value);
        }
        put_leaf_node(leaf, &records[i], run, flags);
    }
    child made = {separator(records, from),
                  finish_page(self, STM_PAGE_IS_LEAF, from == 0 && to == count)};
    return made;
}

/* The tree of some records, its root in the page `kept` or, for a 0, at the end; writes its table record. */
static void build_tree(image_file *out, const image_record *records, size_t count, unsigned flags,
                       unsigned fanout, uint64_t kept, uint8_t record[STM_TABLE_RECORD])
{
    tree *self = calloc(1, sizeof *self);
    child *children = malloc((count + 1) * sizeof *children);
    size_t made = 0;
    unsigned depth = 0;
    uint64_t root = STM_NO_PAGE;
    must(self != NULL && children != NULL);
    self->out = out;
    self->root = kept;
    self->fanout = fanout != 0 ? fanout : STEMMA_PAGE_SIZE;
    for (size_t i = 0; i < count;) {
        size_t from = i, room = STEMMA_PAGE_SIZE - STM_PAGE_HEADER;
        while (i < count && i - from < self->fanout &&
               even(leaf_node_size(&records[i])) + 2 <= room) {
            room -= even(leaf_node_size(&records[i])) + 2;
            i++;
        }
        children[made++] = build_leaf(self, records, from, i, count, flags);
    }
    for (depth = made != 0; made > 1; depth++) {
        made = build_branches(self, children, made);
    }
    root = made != 0 ? children[0].page : root;
    memset(record, 0, STM_TABLE_RECORD);
    stm_page_put16(record + STM_TABLE_DEPTH, (uint16_t)depth);
    stm_page_put64(record + STM_TABLE_BRANCH_PAGES, self->branches);
    stm_page_put64(record + STM_TABLE_LEAF_PAGES, self->leaves);
    stm_page_put64(record + STM_TABLE_OVERFLOW_PAGES, self->overflow);
    stm_page_put64(record + STM_TABLE_ENTRIES, count);
    stm_page_put64(record + STM_TABLE_ROOT, root);
    free(children);
    free(self);
}

static void put_metas(image_file *out, const uint8_t record[STM_TABLE_RECORD])
{
    for (unsigned i = 0; i < STM_META_PAGES; i++) {
        uint8_t *page = out->data + i * STEMMA_PAGE_SIZE;
        memset(page, 0, STEMMA_PAGE_SIZE);
        stm_page_put64(page, i);
        stm_page_put16(page + STM_PAGE_FLAGS, STM_PAGE_IS_META);
        stm_page_put32(page + STM_META_MAGIC, STM_META_MAGIC_VALUE);
        stm_page_put32(page + STM_META_VERSION, STM_META_VERSION_VALUE);
        stm_page_put64(page + STM_META_MAP_SIZE, out->size);
        stm_page_put32(page + STM_META_FREE, STEMMA_PAGE_SIZE);
        stm_page_put16(page + STM_META_FREE + STM_TABLE_FLAGS, STM_META_FREE_FLAGS);
        stm_page_put64(page + STM_META_FREE + STM_TABLE_ROOT, STM_NO_PAGE);
        stm_page_put64(page + STM_META_MAIN + STM_TABLE_ROOT, STM_NO_PAGE);
        stm_page_put64(page + STM_META_LAST_PAGE,
                       i == 0 ? 1 : out->size / STEMMA_PAGE_SIZE - 1);
        stm_page_put64(page + STM_META_TXNID, i);
    }
    memcpy(out->data + STEMMA_PAGE_SIZE + STM_META_MAIN, record, STM_TABLE_RECORD);
}

static int by_table(const void *left, const void *right)
{
    return stemma_text_compare(((const stm_table_digest *)left)->table,
                               ((const stm_table_digest *)right)->table);
}

/* Those of the dictionaries that there are. */
static uint32_t add_dictionaries(image_table *meta, stm_table_digest *digests, uint32_t count)
{
    static const char *const names[] = {STM_DICTIONARY_TEXT_KEY, STM_DICTIONARY_TESTIMONY_KEY};
    for (size_t i = 0; i < 2; i++) {
        const image_record *record = image_find(meta, names[i], strlen(names[i]));
        if (record != NULL) {
            stemma_bytes value = {record->value.data, record->value.size};
            must(stm_dictionary_digest(names[i], value, &digests[count++]) == STEMMA_OK);
        }
    }
    return count;
}

/* Digests of all tables but `meta`, and of the dictionaries, into its record. */
static void put_digests(image *self)
{
    stm_table_digest digests[IMAGE_TABLES + 2];
    uint32_t count = 0;
    uint8_t bytes[8192];
    stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
    image_table *meta = image_table_of(self, STM_TABLE_META);
    image_record *record =
        meta != NULL ? image_find(meta, STM_DIGEST_KEY, strlen(STM_DIGEST_KEY)) : NULL;
    if (record == NULL || self->keep_digests) {
        return;
    }
    for (size_t i = 0; i < self->table_count; i++) {
        image_table *table = &self->tables[i];
        if (table == meta) {
            continue;
        }
        if (table->changed) {
            stm_digest digest;
            must(stm_digest_begin(&digest) == STEMMA_OK);
            for (size_t k = 0; k < table->count; k++) {
                const image_record *one = &table->records[k];
                must(stm_digest_record(&digest, (stemma_bytes){one->key.data, one->key.size},
                                       (stemma_bytes){one->value.data, one->value.size}) ==
                     STEMMA_OK);
            }
            stm_digest_end(table->digest, &digest);
            table->changed = false;
        }
        digests[count].table = stemma_text_of(table->name);
        digests[count].entries = table->count;
        memcpy(digests[count++].digest, table->digest, sizeof table->digest);
    }
    count = add_dictionaries(meta, digests, count);
    qsort(digests, count, sizeof digests[0], by_table);
    must(stm_digests_encode(digests, count, &out, NULL) == STEMMA_OK);
    image_set(self, meta, record, bytes, out.size);
}

/* The page that is kept for the root of each table, 0 for most, and the end of all of them. */
static uint64_t keep_roots(const image *self, uint64_t kept[IMAGE_TABLES])
{
    static const char *const first[] = {"meta",  "vocabulary", "event", "entity",
                                        "label", "token",      "fence", "document"};
    uint64_t end = STM_META_PAGES + 1;
    memset(kept, 0, IMAGE_TABLES * sizeof *kept);
    for (size_t k = 0; k < sizeof first / sizeof first[0]; k++) {
        for (size_t i = 0; i < self->table_count; i++) {
            if (strcmp(self->tables[i].name, first[k]) == 0 && self->tables[i].count != 0) {
                kept[i] = end++;
            }
        }
    }
    return end;
}

/* The place of a table in a file; those that have none come last. */
static unsigned place_of(const char *name)
{
    unsigned table = 0;
    while (table < STM_TABLE_COUNT && strcmp(stm_tables[table].name, name) != 0) {
        table++;
    }
    return table < STM_TABLE_COUNT ? stm_table_place[table] : STM_TABLE_COUNT;
}

void image_write(image *self, image_file *out)
{
    static uint8_t records[IMAGE_TABLES][STM_TABLE_RECORD];
    image_record tables[IMAGE_TABLES];
    uint64_t kept[IMAGE_TABLES];
    uint8_t main_record[STM_TABLE_RECORD];
    put_digests(self);
    out->size = 0;
    for (uint64_t end = keep_roots(self, kept); end != 0; end--) {
        (void)add_pages(out, 1);
    }
    for (unsigned place = 0; place <= STM_TABLE_COUNT; place++) {
        for (size_t i = 0; i < self->table_count; i++) {
            image_table *table = &self->tables[i];
            if (place_of(table->name) == place) {
                build_tree(out, table->records, table->count, 0, self->fanout, kept[i], records[i]);
            }
        }
    }
    for (size_t i = 0; i < self->table_count; i++) {
        tables[i].key = (image_bytes){(const uint8_t *)self->tables[i].name, strlen(self->tables[i].name)};
        tables[i].value = (image_bytes){records[i], STM_TABLE_RECORD};
    }
    build_tree(out, tables, self->table_count, STM_NODE_TABLE, self->fanout, STM_META_PAGES, main_record);
    put_metas(out, main_record);
}
