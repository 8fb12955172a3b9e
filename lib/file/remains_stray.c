/* SPDX-License-Identifier: MIT */
/* Which table a leaf page belongs to that no tree leads to.
 *
 * Its keys and values tell: each table has its form of keys, and values of most tables cannot be
 * taken for those of another. What is left open the order of pages tells: behind the front a sealed
 * file numbers them table after table, in an order that is fixed [C-19]; files that LMDB numbered
 * have them in the order of names. A page whose table stays open belongs to none. */
#include <string.h>
#include <zstd.h>

#include "base/dictionary.h"
#include "bytes.h"
#include "canonical.h"
#include "column.h"
#include "derivation_record.h"
#include "document_record.h"
#include "file/remains.h"
#include "judgement_record.h"
#include "key.h"
#include "limits.h"
#include "page_build.h"
#include "row_block.h"
#include "run_record.h"
#include "utf8.h"
#include "vocabulary_record.h"

#define ROUNDS 4u

/* ---- What one record can be ---------------------------------------------------------------- */

static bool key_has_form(stm_table number, stemma_bytes key)
{
    const stm_table_info *table = &stm_tables[number];
    stemma_bytes list;
    uint32_t id, payload;
    switch (table->key) {
    case STM_KEY_U32:
        return key.size == 4;
    case STM_KEY_U32X2:
    case STM_KEY_U64:
        return key.size == 8;
    case STM_KEY_POSTING:
        return stm_key_read_posting(key, table->list_size, &list, &id, &payload) == STEMMA_OK;
    default:
        return key.size >= 1 && key.size <= 32;
    }
}

static bool is_name(stemma_bytes key, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (key.size == strlen(*names) && memcmp(key.data, *names, key.size) == 0) {
            return true;
        }
    }
    return false;
}

/* A frame of zstd that states its size. */
static bool frame_of(stemma_bytes packed, uint64_t least, uint64_t most)
{
    unsigned long long size = ZSTD_getFrameContentSize(packed.data, packed.size);
    return size != ZSTD_CONTENTSIZE_UNKNOWN && size != ZSTD_CONTENTSIZE_ERROR && size >= least &&
           size <= most;
}

static bool is_text_block(stemma_bytes value)
{
    if (value.size < 2 || value.data[0] > STM_CODEC_ZSTD) {
        return false;
    }
    stemma_bytes packed = {value.data + 1, value.size - 1};
    if (value.data[0] != STM_CODEC_RAW) {
        return frame_of(packed, 1, STEMMA_TEXT_BLOCK);
    }
    return packed.size <= STEMMA_TEXT_BLOCK && memchr(packed.data, 0, packed.size) == NULL;
}

/* Testimony, and details of rows, which are never packed with a dictionary. */
static bool is_sized_payload(stemma_bytes value, bool detail)
{
    if (value.size < 6 || value.data[0] > STM_CODEC_ZSTD ||
        (detail && value.data[0] == STM_CODEC_DICTIONARY)) {
        return false;
    }
    uint32_t size = stm_load_le32(value.data + 1);
    stemma_bytes packed = {value.data + 5, value.size - 5};
    if (value.data[0] != STM_CODEC_RAW) {
        return frame_of(packed, size, size);
    }
    return packed.size == size && (packed.data[0] == 0x93) == !detail;
}

/* A column block whose first column is 1 and whose last one is in a range: of events number 14 is
   never 0, of entities one from 4 to 9 nearly always is not. */
static bool is_columns(stemma_bytes value, uint16_t least_id, uint16_t most_id)
{
    stm_column_block block;
    if (stm_column_block_open(value, &block) != STEMMA_OK || block.columns == 0 ||
        block.rows == 0 || block.rows > STEMMA_EVENT_BLOCK) {
        return false;
    }
    stm_column first, last;
    stm_column_at(&block, 0, &first);
    stm_column_at(&block, block.columns - 1, &last);
    return first.id == 1 && last.id >= least_id && last.id <= most_id;
}

static bool is_document(stemma_bytes value)
{
    stemma_document document;
    stm_document_extra extra;
    return stm_document_decode(value, &document, &extra, NULL) == STEMMA_OK;
}

static bool is_judgement(stemma_bytes value)
{
    const stm_bounds open = {.documents = UINT32_MAX, .runs = UINT32_MAX};
    stemma_judgement judgement;
    return stm_judgement_decode(value, &open, &judgement, NULL) == STEMMA_OK;
}

static bool is_msgpack(stemma_bytes value, bool map)
{
    stm_mp mp = stm_mp_over(value);
    return stm_mp_check(value, NULL) == STEMMA_OK &&
           stm_mp_peek(&mp) == (map ? STM_MP_MAP : STM_MP_ARRAY);
}

static bool is_derivations(stemma_bytes value)
{
    uint32_t count, ranges;
    return stm_derivations_count(value, &count, &ranges, NULL) == STEMMA_OK;
}

static bool value_fits(stm_table table, stemma_bytes key, stemma_bytes value)
{
    static const char *const meta[] = {"stemma", "digest", "dictionary.text",
                                       "dictionary.testimony", NULL};
    static const char *const label[] = {"arena", "exact", NULL};
    static const char *const token[] = {"sound", "text", NULL};
    static const char *const fence[] = {"event", NULL};
    stemma_run run;
    stemma_term term;
    uint32_t rows;
    switch (table) {
    case STM_TABLE_META:
        return is_name(key, meta);
    case STM_TABLE_LABEL:
        return is_name(key, label);
    case STM_TABLE_TOKEN:
        return is_name(key, token);
    case STM_TABLE_FENCE:
        return is_name(key, fence);
    case STM_TABLE_VOCABULARY:
        return stm_term_decode(value, &term, NULL) == STEMMA_OK;
    case STM_TABLE_RUN:
        return stm_run_decode(value, &run, NULL) == STEMMA_OK;
    case STM_TABLE_DOCUMENT:
        return is_document(value);
    case STM_TABLE_JUDGEMENT:
        return is_judgement(value);
    case STM_TABLE_DERIVATION:
        return is_derivations(value);
    case STM_TABLE_ROW:
        return is_msgpack(value, true);
    case STM_TABLE_TEXT:
        return is_text_block(value);
    case STM_TABLE_TESTIMONY:
        return is_sized_payload(value, false);
    case STM_TABLE_DETAIL:
        return is_sized_payload(value, true);
    case STM_TABLE_IDENTITY:
        return value.size == 4;
    case STM_TABLE_MEMBER:
        return is_columns(value, 1, 1);
    case STM_TABLE_GROUP:
        return is_columns(value, 1, 3);
    case STM_TABLE_ENTITY:
        return is_columns(value, 4, 9);
    case STM_TABLE_EVENT:
        return is_columns(value, 14, UINT16_MAX);
    case STM_TABLE_ALIAS:
    case STM_TABLE_CLAIM:
        return stm_rows_count(value, &rows, NULL) == STEMMA_OK;
    default:
        return true; /* postings: their keys say all */
    }
}

/* ---- What one page can be ------------------------------------------------------------------ */

/* One bit a table. */
static uint32_t tables_of(const stm_remains *remains, uint32_t page, uint32_t wanted)
{
    const uint8_t *at = remains->file.data + (size_t)page * STEMMA_PAGE_SIZE;
    unsigned nodes = stm_page_nodes(at);
    for (unsigned node = 0; node < nodes && wanted != 0; node++) {
        stemma_bytes key, value;
        bool big;
        stm_page_node(at, node, &key, &value, &big);
        bool readable = !big || stm_page_run_value(remains->file, at, node, &value);
        for (unsigned table = 0; table < STM_TABLE_COUNT; table++) {
            uint32_t bit = UINT32_C(1) << table;
            if ((wanted & bit) != 0 && (!key_has_form((stm_table)table, key) ||
                                        (readable && !value_fits((stm_table)table, key, value)))) {
                wanted &= ~bit;
            }
        }
    }
    return wanted;
}

static bool ascends(const stm_remains *remains, uint32_t before, uint32_t after)
{
    stemma_bytes a = stm_remains_key(remains, before, true);
    stemma_bytes b = stm_remains_key(remains, after, false);
    size_t common = a.size < b.size ? a.size : b.size;
    int order = memcmp(a.data, b.data, common);
    return order < 0 || (order == 0 && a.size < b.size);
}

/* ---- The order of pages -------------------------------------------------------------------- */

/* The places that tables have in a file, by table, and the tables by place. Pages before `front` are in an order of
   their own. */
typedef struct table_order {
    uint32_t front;
    uint8_t place[STM_TABLE_COUNT];
    uint8_t table[STM_TABLE_COUNT];
} table_order;

static bool is_one(uint32_t bits)
{
    return bits != 0 && (bits & (bits - 1)) == 0;
}

static unsigned lowest(uint32_t bits)
{
    unsigned bit = 0;
    while ((bits >> bit & 1) == 0) {
        bit++;
    }
    return bit;
}

/* The table of a page when it is known or its contents alone tell it, else STM_TABLE_COUNT. `next` is the first of the
   strays that is not before the page. */
static unsigned table_of(const stm_remains *remains, const stm_strays *strays, uint32_t open,
                         uint64_t page, size_t next)
{
    if (strays->owners[page] == 0 && next < strays->count && strays->pages[next] == page) {
        uint32_t can = tables_of(remains, (uint32_t)page, open);
        return is_one(can) ? lowest(can) : STM_TABLE_COUNT;
    }
    return stm_strays_owner(strays, page);
}

/* The order in which a file has its tables: that in which fewer pages step back, our writer's when there is nothing to
   choose. */
static void find_order(const stm_remains *remains, const stm_strays *strays, uint32_t open,
                       table_order *order)
{
    table_order names = {.front = STM_META_PAGES};
    uint64_t back[2] = {0, 0};
    unsigned last[2] = {0, 0};
    size_t next = 0;
    order->front = STM_PAGE_FRONT_MAX;
    for (unsigned table = 0; table < STM_TABLE_COUNT; table++) {
        names.place[table] = names.table[table] = (uint8_t)table;
        order->place[table] = stm_table_place[table];
        order->table[stm_table_place[table]] = (uint8_t)table;
    }
    for (uint64_t page = STM_META_PAGES; page < strays->page_count; page++) {
        while (next < strays->count && strays->pages[next] < page) {
            next++;
        }
        unsigned table = table_of(remains, strays, open, page, next);
        if (table != STM_TABLE_COUNT) {
            back[0] += page >= order->front && order->place[table] < last[0];
            last[0] = page >= order->front ? order->place[table] : 0;
            back[1] += names.place[table] < last[1];
            last[1] = names.place[table];
        }
    }
    if (back[1] < back[0]) {
        *order = names;
    }
}

/* Tables from the place `least` to `most`. */
static uint32_t window(const table_order *order, unsigned least, unsigned most)
{
    uint32_t bits = 0;
    for (unsigned place = least; place <= most && place < STM_TABLE_COUNT; place++) {
        bits |= UINT32_C(1) << order->table[place];
    }
    return bits;
}

/* The place of the table of the nearest page behind `page` that has one: a bound on what can stand before it. */
static unsigned place_behind(const stm_strays *strays, const table_order *order, uint64_t page,
                             uint64_t *known_at)
{
    if (*known_at <= page) {
        *known_at = page + 1;
        while (*known_at < strays->page_count && strays->owners[*known_at] == 0) {
            (*known_at)++;
        }
    }
    return *known_at < strays->page_count ? order->place[stm_strays_owner(strays, *known_at)]
                                          : STM_TABLE_COUNT - 1;
}

/* The tables that a page can belong to by its place in the file. The front is in an order of its own. `last` is a page
   before it, behind the front, that has a table; 0: there is none. */
static uint32_t tables_there(const stm_strays *strays, const table_order *order, uint64_t page,
                             uint64_t last, uint64_t *known_at)
{
    if (page < order->front) {
        return UINT32_MAX;
    }
    unsigned least = last != 0 ? order->place[stm_strays_owner(strays, last)] : 0;
    return window(order, least, place_behind(strays, order, page, known_at));
}

/* One pass over the strays that are left. `guess`: of several tables take the one whose page comes
   before, when the keys go on. Returns whether any page was placed. */
static bool pass(const stm_remains *remains, stm_strays *strays, const table_order *order,
                 uint32_t open, bool guess)
{
    bool placed = false;
    uint64_t known_at = 0;
    uint64_t at = order->front;
    uint64_t last = 0;
    for (size_t i = 0; i < strays->count; i++) {
        uint32_t page = strays->pages[i];
        for (; at < page; at++) {
            last = strays->owners[at] != 0 ? at : last;
        }
        if (strays->owners[page] != 0) {
            continue;
        }
        uint32_t can = tables_of(remains, page,
                                 open & tables_there(strays, order, page, last, &known_at));
        uint32_t before = last != 0 ? UINT32_C(1) << stm_strays_owner(strays, last) : 0;
        if (!is_one(can) && guess && (can & before) != 0 &&
            ascends(remains, (uint32_t)last, page)) {
            can = before;
        }
        if (is_one(can)) {
            strays->owners[page] = (uint8_t)(lowest(can) + 1);
            placed = true;
        }
    }
    return placed;
}

void stm_strays_place(const stm_remains *remains, stm_strays *strays)
{
    uint32_t open = 0; /* tables whose tree does not have all of its pages */
    for (unsigned table = 0; table < STM_TABLE_COUNT; table++) {
        open |= remains->tables[table].whole ? 0 : UINT32_C(1) << table;
    }
    table_order order;
    find_order(remains, strays, open, &order);
    bool more = open != 0;
    for (unsigned round = 0; round < ROUNDS && more; round++) {
        more = pass(remains, strays, &order, open, false);
    }
    for (unsigned round = 0; round < ROUNDS && open != 0; round++) {
        if (!pass(remains, strays, &order, open, true)) {
            break;
        }
    }
}
