/* SPDX-License-Identifier: MIT */
#include "page_build.h"

#include <string.h>

static const uint8_t zeros[STEMMA_PAGE_SIZE];

static stemma_status failed(stm_page_builder *builder, stemma_status status)
{
    builder->status = status;
    return status;
}

/* ---- Pages ----------------------------------------------------------------------------------- */

static void clear(stm_page_filling *page)
{
    page->nodes = 0;
    page->upper = STEMMA_PAGE_SIZE;
}

static uint32_t room_of(const stm_page_filling *page)
{
    return page->upper - STM_PAGE_HEADER - 2 * page->nodes;
}

/* Room for a node, below those that are there, and its pointer. There must be. */
static uint8_t *add_node(stm_page_filling *page, uint32_t size)
{
    page->upper -= size + size % 2;
    stm_page_put16(page->bytes + STM_PAGE_HEADER + 2 * page->nodes, (uint16_t)page->upper);
    page->nodes++;
    if (size % 2 != 0) {
        page->bytes[page->upper + size] = 0;
    }
    return page->bytes + page->upper;
}

/* Completes a page and hands it out, to page `kept` of the front or, for a 0, behind what is there. */
static stemma_status put_page(stm_page_builder *builder, stm_page_filling *page, uint16_t kind,
                              uint64_t kept, uint64_t *number)
{
    uint8_t *bytes = page->bytes;
    uint32_t lower = STM_PAGE_HEADER + 2 * page->nodes;
    *number = kept != 0 ? kept : builder->next;
    stm_page_put64(bytes + STM_PAGE_NUMBER, *number);
    stm_page_put16(bytes + STM_PAGE_PAD, 0);
    stm_page_put16(bytes + STM_PAGE_FLAGS, kind);
    stm_page_put16(bytes + STM_PAGE_LOWER, (uint16_t)lower);
    stm_page_put16(bytes + STM_PAGE_UPPER, (uint16_t)page->upper);
    memset(bytes + lower, 0, page->upper - lower);
    if (kept == 0) {
        builder->next++;
        return builder->sink->append(builder->sink->context, bytes, STEMMA_PAGE_SIZE);
    }
    if (kept < STM_META_PAGES || kept >= builder->front || (builder->front_taken >> kept & 1) != 0) {
        return STEMMA_E_MISUSE;
    }
    builder->front_taken |= UINT32_C(1) << kept;
    return builder->sink->place(builder->sink->context, kept, bytes);
}

/* ---- Branch pages ---------------------------------------------------------------------------- */

static void set_key(stm_page_filling *page, stemma_bytes key)
{
    page->key_size = (uint32_t)key.size;
    if (key.size != 0) {
        memcpy(page->key, key.data, key.size);
    }
}

/* Begins a branch page or goes on with it: its first node has no key, what is less than the second goes there. */
static void put_child(stm_page_filling *page, stemma_bytes key, uint64_t child)
{
    if (page->nodes == 0) {
        set_key(page, key);
        key.size = 0;
    }
    uint8_t *node = add_node(page, STM_NODE_HEADER + (uint32_t)key.size);
    stm_page_put32(node, (uint32_t)child);
    stm_page_put16(node + STM_NODE_FLAGS, (uint16_t)(child >> 32));
    stm_page_put16(node + STM_NODE_KEY_SIZE, (uint16_t)key.size);
    if (key.size != 0) {
        memcpy(node + STM_NODE_HEADER, key.data, key.size);
    }
}

static bool child_fits(const stm_page_filling *page, size_t key_size)
{
    uint32_t size = STM_NODE_HEADER + (page->nodes == 0 ? 0 : (uint32_t)key_size);
    return size + size % 2 + 2 <= room_of(page);
}

static stemma_status put_branch(stm_page_builder *builder, stm_page_filling *page, uint64_t kept,
                                uint64_t *number)
{
    builder->branch_pages++;
    return put_page(builder, page, STM_PAGE_IS_BRANCH, kept, number);
}

/* Makes a page that went out known to the level above, level by level as far as pages are full. */
static stemma_status enter(stm_page_builder *builder, uint32_t at, stemma_bytes key, uint64_t child)
{
    uint8_t rooms[2][STEMMA_LIMIT_KEY]; /* of keys on their way up: those of this level and the one below */
    for (; at < STEMMA_LIMIT_DEPTH - 1; at++) {
        stm_page_level *level = &builder->level[at];
        if (at == builder->levels) {
            builder->levels++;
            level->current = 0;
            level->full_before = false;
            clear(&level->pages[0]);
        }
        if (child_fits(&level->pages[level->current], key.size)) {
            put_child(&level->pages[level->current], key, child);
            return STEMMA_OK;
        }
        bool before = level->full_before;
        stm_page_filling *other = &level->pages[1 - level->current];
        stemma_bytes its_key = {rooms[at % 2], other->key_size};
        uint64_t its_number = 0;
        if (before) {
            stemma_status status = put_branch(builder, other, 0, &its_number);
            if (status != STEMMA_OK) {
                return status;
            }
            memcpy(rooms[at % 2], other->key, other->key_size);
        }
        level->current = 1 - level->current;
        level->full_before = true;
        clear(other);
        put_child(other, key, child);
        if (!before) {
            return STEMMA_OK;
        }
        key = its_key;
        child = its_number;
    }
    return STEMMA_E_LIMIT;
}

/* A branch page has two nodes at least: gives the last page of a level another one from the full page before it. */
static void even_out(stm_page_filling *before, stm_page_filling *page)
{
    const uint8_t *only = page->bytes + page->upper;
    uint64_t child = stm_page_get64(only) & UINT64_C(0xFFFFFFFFFFFF);
    uint8_t room[STEMMA_LIMIT_KEY];
    stemma_bytes key = {room, page->key_size};
    memcpy(room, page->key, page->key_size);

    const uint8_t *last = before->bytes + before->upper;
    uint32_t size = stm_page_get16(last + STM_NODE_KEY_SIZE);
    stemma_bytes moved = {last + STM_NODE_HEADER, size};
    clear(page);
    put_child(page, moved, stm_page_get64(last) & UINT64_C(0xFFFFFFFFFFFF));
    put_child(page, key, child);
    before->upper += STM_NODE_HEADER + size + size % 2;
    before->nodes--;
}

/* Hands out what is left of the branch pages, the root last. */
static stemma_status end_branches(stm_page_builder *builder, uint64_t *root)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t at = 0; status == STEMMA_OK; at++) {
        stm_page_level *level = &builder->level[at];
        stm_page_filling *page = &level->pages[level->current];
        stm_page_filling *before = &level->pages[1 - level->current];
        if (!level->full_before) {
            return put_branch(builder, page, builder->kept.root, root);
        }
        if (page->nodes == 1) {
            even_out(before, page);
        }
        stm_page_filling *both[] = {before, page};
        for (int i = 0; i < 2 && status == STEMMA_OK; i++) {
            uint64_t number;
            status = put_branch(builder, both[i], 0, &number);
            if (status == STEMMA_OK) {
                status = enter(builder, at + 1, (stemma_bytes){both[i]->key, both[i]->key_size},
                               number);
            }
        }
    }
    return status;
}

/* ---- Leaf pages ------------------------------------------------------------------------------ */

static stemma_status put_leaf(stm_page_builder *builder, uint64_t kept, uint64_t *number)
{
    builder->leaf_pages++;
    return put_page(builder, &builder->leaf, STM_PAGE_IS_LEAF, kept, number);
}

/* Hands out a full leaf page that is not the root. */
static stemma_status end_leaf(stm_page_builder *builder)
{
    uint64_t number;
    const stm_page_front *kept = &builder->kept;
    uint64_t place = builder->leaf_pages < kept->leaves ? kept->first_leaf + builder->leaf_pages : 0;
    stm_page_filling *leaf = &builder->leaf;
    stemma_status status = put_leaf(builder, place, &number);
    if (status == STEMMA_OK) {
        status = enter(builder, 0, (stemma_bytes){leaf->key, leaf->key_size}, number);
    }
    clear(leaf);
    return status;
}

/* The shortest key that is above the key before and not above `key`: a beginning of that. */
static stemma_bytes separator(const stm_page_builder *builder, stemma_bytes key)
{
    size_t common = 0;
    while (common < builder->last_size && builder->last[common] == key.data[common]) {
        common++;
    }
    return (stemma_bytes){key.data, common + 1};
}

/* Whether a key is behind the one before. */
static bool ascends(const stm_page_builder *builder, stemma_bytes key)
{
    size_t common = key.size < builder->last_size ? key.size : builder->last_size;
    int order = memcmp(builder->last, key.data, common);
    return order < 0 || (order == 0 && builder->last_size < key.size);
}

/* Writes a value as an overflow run of its own. */
static stemma_status put_run(stm_page_builder *builder, stemma_bytes value, uint64_t *number)
{
    const stm_page_sink *sink = builder->sink;
    uint8_t header[STM_PAGE_HEADER] = {0};
    uint64_t pages = stm_page_run(value.size);
    size_t slack = (size_t)(pages * STEMMA_PAGE_SIZE - STM_PAGE_HEADER - value.size);
    *number = builder->next;
    stm_page_put64(header + STM_PAGE_NUMBER, *number);
    stm_page_put16(header + STM_PAGE_FLAGS, STM_PAGE_IS_OVERFLOW);
    stm_page_put32(header + STM_PAGE_OVERFLOW_RUN, (uint32_t)pages);
    builder->next += pages;
    builder->overflow_pages += pages;
    stemma_status status = sink->append(sink->context, header, sizeof header);
    if (status == STEMMA_OK) {
        status = sink->append(sink->context, value.data, value.size);
    }
    if (status == STEMMA_OK && slack != 0) {
        status = sink->append(sink->context, zeros, slack);
    }
    return status;
}

static stemma_status add(stm_page_builder *builder, stemma_bytes key, stemma_bytes value)
{
    stm_page_filling *leaf = &builder->leaf;
    uint32_t size = STM_NODE_HEADER + (uint32_t)key.size;
    bool big = size + (uint64_t)value.size > STM_NODE_MAX;
    uint32_t own = size;
    size += big ? STM_NODE_PAGE_REF : (uint32_t)value.size;
    if (size + size % 2 + 2 > room_of(leaf)) {
        stemma_status status = end_leaf(builder);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (leaf->nodes == 0) {
        set_key(leaf, separator(builder, key));
    }
    uint64_t run = 0;
    if (big) {
        stemma_status status = put_run(builder, value, &run);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    uint8_t *node = add_node(leaf, size);
    stm_page_put32(node, (uint32_t)value.size);
    stm_page_put16(node + STM_NODE_FLAGS,
                   builder->is_main ? STM_NODE_TABLE : big ? STM_NODE_BIG : 0);
    stm_page_put16(node + STM_NODE_KEY_SIZE, (uint16_t)key.size);
    memcpy(node + STM_NODE_HEADER, key.data, key.size);
    if (big) {
        stm_page_put64(node + own, run);
    } else if (value.size != 0) {
        memcpy(node + own, value.data, value.size);
    }
    memcpy(builder->last, key.data, key.size);
    builder->last_size = (uint32_t)key.size;
    builder->entries++;
    return STEMMA_OK;
}

stemma_status stm_page_build_add(stm_page_builder *builder, stemma_bytes key, stemma_bytes value)
{
    if (builder->status != STEMMA_OK) {
        return builder->status;
    }
    if (key.size - 1 >= STEMMA_LIMIT_KEY || value.size > STEMMA_LIMIT_VALUE) {
        return failed(builder, STEMMA_E_LIMIT);
    }
    if (!builder->open || (builder->entries != 0 && !ascends(builder, key))) {
        return failed(builder, STEMMA_E_MISUSE);
    }
    stemma_status status = add(builder, key, value);
    return status == STEMMA_OK ? status : failed(builder, status);
}

/* ---- Tables ---------------------------------------------------------------------------------- */

/* Ends the tree of the table that is open and makes its record. */
static stemma_status end_tree(stm_page_builder *builder, uint8_t record[STM_TABLE_RECORD])
{
    uint64_t root = STM_NO_PAGE;
    uint32_t depth = 0;
    stemma_status status = STEMMA_OK;
    if (builder->leaf_pages != 0) {
        status = end_leaf(builder);
        if (status == STEMMA_OK) {
            status = end_branches(builder, &root);
        }
        depth = builder->levels + 1;
    } else if (builder->entries != 0) {
        status = put_leaf(builder, builder->kept.root, &root);
        depth = 1;
    }
    memset(record, 0, STM_TABLE_RECORD);
    stm_page_put16(record + STM_TABLE_DEPTH, (uint16_t)depth);
    stm_page_put64(record + STM_TABLE_BRANCH_PAGES, builder->branch_pages);
    stm_page_put64(record + STM_TABLE_LEAF_PAGES, builder->leaf_pages);
    stm_page_put64(record + STM_TABLE_OVERFLOW_PAGES, builder->overflow_pages);
    stm_page_put64(record + STM_TABLE_ENTRIES, builder->entries);
    stm_page_put64(record + STM_TABLE_ROOT, root);
    builder->open = false;
    return status;
}

static void begin_tree(stm_page_builder *builder, const stm_page_front *front, bool is_main)
{
    builder->open = true;
    builder->is_main = is_main;
    builder->kept = front != NULL ? *front : (stm_page_front){0, 0, 0};
    builder->levels = 0;
    builder->branch_pages = builder->leaf_pages = builder->overflow_pages = 0;
    builder->entries = 0;
    builder->last_size = 0;
    clear(&builder->leaf);
}

/* Where a name stands among those of the tables; `*there`: it is one of them. */
static uint32_t find_name(const stm_page_builder *builder, const char *name, size_t size, bool *there)
{
    uint32_t at = 0;
    *there = false;
    for (; at < builder->ended_count; at++) {
        const stm_page_ended *ended = &builder->ended[at];
        size_t common = size < ended->name_size ? size : ended->name_size;
        int order = memcmp(ended->name, name, common);
        order = order != 0 ? order : (ended->name_size > size) - (ended->name_size < size);
        if (order >= 0) {
            *there = order == 0;
            break;
        }
    }
    return at;
}

static bool is_name(const char *name, size_t size)
{
    return size - 1 < STM_PAGE_TABLE_NAME &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == size;
}

void stm_page_build_begin(stm_page_builder *builder, const stm_page_sink *sink, uint64_t front)
{
    builder->sink = sink;
    builder->front = front;
    builder->front_taken = 0;
    builder->next = front;
    builder->status =
        front > STM_PAGE_MAIN_ROOT && front <= STM_PAGE_FRONT_MAX ? STEMMA_OK : STEMMA_E_MISUSE;
    builder->open = false;
    builder->ended_count = 0;
}

/* Its name has its place from the beginning, its record when it ends. */
static void place_name(stm_page_builder *builder, uint32_t at, const char *name, size_t size)
{
    stm_page_ended *ended = &builder->ended[at];
    memmove(ended + 1, ended, (builder->ended_count - at) * sizeof *ended);
    builder->ended_count++;
    builder->present = at;
    ended->name_size = (uint32_t)size;
    memcpy(ended->name, name, size);
}

static stemma_status end_table(stm_page_builder *builder)
{
    return builder->open ? end_tree(builder, builder->ended[builder->present].record) : STEMMA_OK;
}

stemma_status stm_page_build_table(stm_page_builder *builder, const char *name,
                                   const stm_page_front *front)
{
    bool there;
    size_t size = strlen(name);
    if (builder->status == STEMMA_OK) {
        builder->status = end_table(builder);
    }
    if (builder->status != STEMMA_OK) {
        return builder->status;
    }
    uint32_t at = find_name(builder, name, size, &there);
    if (!is_name(name, size) || there ||
        (front != NULL && front->leaves != 0 && (front->root == 0 || front->first_leaf == 0))) {
        return failed(builder, STEMMA_E_MISUSE);
    }
    if (builder->ended_count == STM_PAGE_TABLES) {
        return failed(builder, STEMMA_E_LIMIT);
    }
    place_name(builder, at, name, size);
    begin_tree(builder, front, false);
    return STEMMA_OK;
}

/* ---- The end --------------------------------------------------------------------------------- */

/* The table record of an empty table; `first` is its page size field. */
static void put_empty_table(uint8_t *record, uint32_t first, uint16_t flags)
{
    memset(record, 0, STM_TABLE_RECORD);
    stm_page_put32(record + STM_TABLE_PAD, first);
    stm_page_put16(record + STM_TABLE_FLAGS, flags);
    stm_page_put64(record + STM_TABLE_ROOT, STM_NO_PAGE);
}

void stm_page_put_meta(uint8_t *page, uint64_t number, uint64_t file_size,
                       const uint8_t *main_record)
{
    memset(page, 0, STEMMA_PAGE_SIZE);
    stm_page_put64(page + STM_PAGE_NUMBER, number);
    stm_page_put16(page + STM_PAGE_FLAGS, STM_PAGE_IS_META);
    stm_page_put32(page + STM_META_MAGIC, STM_META_MAGIC_VALUE);
    stm_page_put32(page + STM_META_VERSION, STM_META_VERSION_VALUE);
    stm_page_put64(page + STM_META_MAP_SIZE, file_size);
    put_empty_table(page + STM_META_FREE, STEMMA_PAGE_SIZE, STM_META_FREE_FLAGS);
    put_empty_table(page + STM_META_MAIN, 0, 0);
    if (main_record != NULL) {
        memcpy(page + STM_META_MAIN, main_record, STM_TABLE_RECORD);
    }
    stm_page_put64(page + STM_META_LAST_PAGE,
                   number == 0 ? STM_META_PAGES - 1 : file_size / STEMMA_PAGE_SIZE - 1);
    stm_page_put64(page + STM_META_TXNID, number);
}

/* The main table: the records of the others under their names. */
static stemma_status make_main(stm_page_builder *builder, uint8_t record[STM_TABLE_RECORD])
{
    const stm_page_front front = {.root = STM_PAGE_MAIN_ROOT};
    stemma_status status = end_table(builder);
    begin_tree(builder, &front, true);
    for (uint32_t i = 0; i < builder->ended_count && status == STEMMA_OK; i++) {
        const stm_page_ended *ended = &builder->ended[i];
        status = add(builder, (stemma_bytes){(const uint8_t *)ended->name, ended->name_size},
                     (stemma_bytes){ended->record, sizeof ended->record});
    }
    return status == STEMMA_OK ? end_tree(builder, record) : status;
}

static stemma_status make_metas(stm_page_builder *builder, const uint8_t record[STM_TABLE_RECORD])
{
    const stm_page_sink *sink = builder->sink;
    uint8_t *page = builder->leaf.bytes; /* no longer needed */
    stemma_status status = STEMMA_OK;
    for (uint64_t number = 0; number < STM_META_PAGES && status == STEMMA_OK; number++) {
        stm_page_put_meta(page, number, builder->next * STEMMA_PAGE_SIZE, number == 0 ? NULL : record);
        status = sink->place(sink->context, number, page);
    }
    return status;
}

stemma_status stm_page_build_end(stm_page_builder *builder, uint64_t *pages)
{
    uint8_t record[STM_TABLE_RECORD];
    stemma_status status = builder->status;
    if (status == STEMMA_OK) {
        status = make_main(builder, record);
    }
    if (status == STEMMA_OK) {
        uint32_t all = (UINT32_C(1) << builder->front) - 1; /* the meta pages among them */
        bool filled = (builder->front_taken | ((UINT32_C(1) << STM_META_PAGES) - 1)) == all;
        status = filled ? make_metas(builder, record) : STEMMA_E_MISUSE;
    }
    *pages = builder->next;
    builder->status = status != STEMMA_OK ? status : STEMMA_E_MISUSE; /* nothing comes behind it */
    return status;
}
