/* SPDX-License-Identifier: MIT */
/* What is wrong with the index: packed structures that break their form, numbers that lead nowhere, and what
   does not follow from the testimony. */
#include "hostile/breakers.h"

#include <stdlib.h>
#include <string.h>

#include "column.h"
#include "hostile/value.h"

#define USE(rule_, code_, where_, table_, edit_, ...)                                                \
    .rule = rule_, .code = code_, .base = SHAPE_FULL, .place = BROKEN_USE, .where = where_,          \
    .table = table_, .record = 0, .edit = edit_, .path = {__VA_ARGS__, END}
#define COLUMN(rule_, code_, where_, table_, column_, number_, to_)                                  \
    USE(rule_, code_, where_, table_, EDIT_COLUMN, END), .column = column_, .number = number_, .to = to_
#define INDEX(rule_, code_, table_, edit_, ...)                                                      \
    .rule = rule_, .code = code_, .base = SHAPE_FULL, .place = BROKEN_CHECK, .where = "index",       \
    .table = table_, .record = 0, .edit = edit_, .path = {__VA_ARGS__, END}
#define FOLDED(rule_, code_, where_, column_, number_, to_)                                          \
    .rule = rule_, .code = code_, .base = SHAPE_ORDERED, .place = BROKEN_USE, .where = where_,       \
    .table = "event", .record = 0, .edit = EDIT_COLUMN, .path = {END}, .column = column_,            \
    .number = number_, .to = to_

/* ---- Folded events ---------------------------------------------------------------------------- */

static int64_t element(const image_record *record, uint16_t id, uint32_t index)
{
    stm_column_block block;
    stm_column column;
    stemma_bytes value = {record->value.data, record->value.size};
    return stm_column_block_open(value, &block) == STEMMA_OK &&
                   stm_column_find(&block, id, &column) == STEMMA_OK && index < column.count
               ? stm_column_get(&column, index)
               : 0;
}

static int64_t becomes(void *to, int64_t was)
{
    (void)was;
    return *(const int64_t *)to;
}

/* Changes a column of the first folded event; `flat`: at its first participant. */
static void set_folded(image *records, uint16_t column, int flat, int64_t to)
{
    static value_bytes out;
    image_table *table = image_table_named(records, "event");
    image_record *record = &table->records[0];
    uint32_t event = 0;
    while (element(record, 21, event) != 1 && event < 4096) {
        event++;
    }
    uint32_t at = flat ? (uint32_t)element(record, 13, event) : event;
    if (event == 4096 || !value_set_column(record, column, at, becomes, &to, &out)) {
        abort();
    }
    image_set(records, table, record, out.data, out.size);
}

static void first_is_article(image *records)
{
    set_folded(records, 17, 0, 0);
}

static void claims_too_many(image *records)
{
    set_folded(records, 18, 0, 0); /* an actor, no row */
}

static void variant_too_many(image *records)
{
    static value_bytes out;
    image_table *table = image_table_named(records, "event");
    image_record *record = &table->records[0];
    /* As flat as column 12: made of it, so that there are as many. */
    stm_column_block block;
    stm_column entities;
    stemma_bytes value = {record->value.data, record->value.size};
    if (stm_column_block_open(value, &block) == STEMMA_OK && stm_column_find(&block, 24, &entities) != STEMMA_OK &&
        stm_column_find(&block, 12, &entities) == STEMMA_OK) {
        stm_column_writer writer;
        static int64_t values[65536];
        stm_column_begin(&writer, out.data, sizeof out.data, block.rows, block.columns + 1);
        int put = 0;
        for (uint32_t i = 0; i < block.columns; i++) {
            stm_column one;
            stm_column_at(&block, i, &one);
            if (one.id > 24 && !put) {
                memset(values, 0, sizeof values);
                stm_column_add(&writer, 24, values, entities.count);
                put = 1;
            }
            stm_column_unpack(&one, 0, one.count, values);
            stm_column_add(&writer, one.id, values, one.count);
        }
        if (!put) {
            memset(values, 0, sizeof values);
            stm_column_add(&writer, 24, values, entities.count);
        }
        if (stm_column_end(&writer, &out.size) != STEMMA_OK) {
            abort();
        }
        image_set(records, table, record, out.data, out.size);
        record = &table->records[0];
    }
    set_folded(records, 24, 1, 900);
}

/* ---- The others ------------------------------------------------------------------------------- */

/* Counts of `meta`: one more. */
static void count_more(image *records, int count)
{
    static value_bytes value;
    image_table *meta = image_table_named(records, "meta");
    image_record *record = image_find(meta, "stemma", 6);
    const int path[] = {4, count, END};
    mp_place place;
    memcpy(value.data, record->value.data, record->value.size);
    value.size = record->value.size;
    if (!mp_find(&value, path, &place)) {
        abort();
    }
    value.data[place.end - 1]++;
    image_set(records, meta, record, value.data, value.size);
}

static void one_event_more(image *records)
{
    count_more(records, 8);
}

static void one_entity_more(image *records)
{
    count_more(records, 7);
}

static void name_of_nobody(image *records)
{
    image_table *table = image_table_named(records, "name");
    size_t count = 0;
    value_posting *all = value_postings(table, &count);
    for (size_t i = 0; i < count; i++) {
        if (i + 1 == count || memcmp(all[i].list, all[i + 1].list, 4) != 0) {
            all[i].id = 9000; /* the last of each list */
        }
    }
    if (!value_set_postings(records, table, all, count)) {
        abort();
    }
    free(all);
}

/* Somebody is quoted on what no document told yet. */
static void quoted_too_late(image *records)
{
    image_table *table = image_table_named(records, "speaker");
    size_t count = 0;
    value_posting *all = value_postings(table, &count);
    for (size_t i = 0; i < count; i++) {
        all[i].payload = 9000;
    }
    if (count == 0 || !value_set_postings(records, table, all, count)) {
        abort();
    }
    free(all);
}

static void dirty_slack(image *records)
{
    image_table *table = image_table_named(records, "group");
    image_record *record = &table->records[0];
    uint8_t *value = image_bytes_new(records, record->value.data, record->value.size, record->value.size);
    value[record->value.size - 1] = 1;
    record->value.data = value;
    table->changed = true;
}

/* The only referent of an entity in a list, where it has no place. */
static void add_membership(image *records)
{
    image_table *table = image_table_named(records, "membership");
    size_t count = 0;
    static value_posting postings[4096];
    value_posting *all = value_postings(table, &count);
    memcpy(postings, all, count * sizeof *all);
    free(all);
    postings[count] = postings[count - 1];
    postings[count].list[4] = 0xff;
    postings[count].id = postings[count].payload = 0;
    (void)value_set_postings(records, table, postings, count + 1);
}

/* A pair of words in a file that has too few documents for any; `skip`: without the level before it. */
static void add_neighbours(image *records, size_t skip)
{
    static const value_posting postings[] = {{.list = " ", .list_size = 1, .id = 0},
                                             {.list = "quick fox", .list_size = 9, .id = 0}};
    image_table *table = image_table_named(records, "participation");
    size_t at = (size_t)(table - records->tables);
    memmove(table + 1, table, (records->table_count - at) * sizeof *table);
    memset(table, 0, sizeof *table);
    memcpy(table->name, "neighbour", 10);
    records->table_count++;
    (void)value_set_postings(records, table, postings + skip, 2 - skip);
}

static void add_pairs(image *records)
{
    add_neighbours(records, 0);
}

static void add_pairs_without_level(image *records)
{
    add_neighbours(records, 1);
}

static void one_record_more(image *records)
{
    image_insert(records, image_table_named(records, "detail"), "\0\0\0\0\0\0\0\0", 8, "\0\0\0\0\0", 5);
}

#define MADE_FOLDED(rule_, code_, where_)                                                            \
    .rule = rule_, .code = code_, .base = SHAPE_ORDERED, .place = BROKEN_USE, .where = where_,       \
    .table = "event", .edit = EDIT_MAKE

static const breaker all[] = {
    /* Column blocks, on those of events, entities, groups, members */
    {"a block of 7 bytes", USE("P-3", "COLUMN_BLOCK", "event rows", "event", EDIT_VALUE, END), .with = "01000000 010000"},
    {"no column", USE("P-3", "COLUMN_BLOCK", "event rows", "event", EDIT_STORED, END), .number = 4, .with = "0000"},
    {"65 columns", USE("P-3", "COLUMN_BLOCK", "event rows", "event", EDIT_STORED, END), .number = 4, .with = "4100"},
    {"a reserved word of a block", USE("P-3", "COLUMN_BLOCK", "event rows", "event", EDIT_STORED, END), .number = 6,
     .with = "01"},
    {"columns not ascending", USE("P-3", "COLUMN_BLOCK", "event rows", "event", EDIT_STORED, END), .number = 8,
     .with = "0900"},
    {"a width of 65 bits", USE("P-4", "COLUMN_BLOCK", "event rows", "event", EDIT_STORED, END), .number = 10, .with = "41"},
    {"a form 3", USE("P-4", "COLUMN_BLOCK", "event rows", "event", EDIT_STORED, END), .number = 11, .with = "03"},
    {"2^22 + 1 elements", USE("P-4", "COLUMN_BLOCK", "event rows", "event", EDIT_STORED, END), .number = 12,
     .with = "01004000"},
    {"a scale of 0", USE("P-4", "COLUMN_BLOCK", "event rows", "event", EDIT_STORED, END), .number = 24,
     .with = "0000000000000000"},
    {"a column somewhere else", USE("P-5", "COLUMN_BLOCK", "event rows", "event", EDIT_STORED, END), .number = 32,
     .with = "ff"},
    {"another number of bytes", USE("P-5", "COLUMN_BLOCK", "event rows", "event", EDIT_STORED, END), .number = 36,
     .with = "ff"},
    {"a block cut off", USE("P-5", "COLUMN_BLOCK", "event rows", "event", EDIT_SHORT, END), .number = 1},
    {"slack that is not zero", INDEX("P-6", "INDEX_DIFFERS", "group", EDIT_MAKE, END), .make = dirty_slack},
    {"too few rows", USE("P-8", "COLUMN_BLOCK", "event rows", "event", EDIT_STORED, END), .number = 0, .with = "00"},
    {"an event of no type", COLUMN("R-12", "NUMBER_OUT_OF_RANGE", "event rows", "event", 1, 0, 60000)},
    {"a place that is not there", COLUMN("P-9", "NUMBER_OUT_OF_RANGE", "event rows", "event", 8, 0, 9000)},
    {"a frame that is not there", COLUMN("P-25", "COLUMN_BLOCK", "event rows", "event", 9, 0, 900)},
    {"a role that is none", COLUMN("P-25", "PARTICIPANT", "event rows", "event", 11, 0, 0)},
    {"a participant that is not there", COLUMN("P-10", "PARTICIPANT", "event rows", "event", 12, 0, 9000)},
    {"participants before the first", FOLDED("P-10", "NUMBER_OUT_OF_RANGE", "event rows", 13, 3, 90000)},
    {"claims that are not there", COLUMN("P-9", "NUMBER_OUT_OF_RANGE", "event rows", "event", 20, 0, 9000)},
    {"a first document that is not there", COLUMN("P-9", "NUMBER_OUT_OF_RANGE", "event rows", "event", 17, 0, 900)},
    {"more documents than there are", COLUMN("P-9", "NUMBER_OUT_OF_RANGE", "event rows", "event", 14, 0, 900)},
    {"an amount beyond all steps", COLUMN("P-32", "NUMBER_OUT_OF_RANGE", "events", "event", 28, 0, 1795),
     .checked = "COLUMN_BLOCK"},
    {"an entity of no type", COLUMN("R-36", "TERM_UNKNOWN", "entities", "entity", 1, 0, 60000)},
    {"an entity's claims that are not there", COLUMN("R-36", "CLAIM_RANGE", "entities", "entity", 8, 0, 9000)},
    {"more documents of an entity than there are", COLUMN("R-36", "NUMBER_OUT_OF_RANGE", "entities", "entity", 2, 0, 900)},
    {"an entity's first document that is not there", COLUMN("R-36", "DOCUMENT_OUT_OF_RANGE", "entities", "entity", 5, 0, 900)},
    {"a row of aliases that is not there", COLUMN("R-61", "RECORD_MISSING", "entities", "entity", 9, 0, 900)},
    {"a group above its document", COLUMN("P-9", "NUMBER_OUT_OF_RANGE", "derivations", "group", 1, 0, 3)},
    {"no block of groups", USE("P-9", "COLUMN_BLOCK", "derivations", "group", EDIT_DROP, END), .checked = "RECORD_COUNT"},
    {"no block of groups, for a search", USE("P-9", "GROUP_MISSING", "search", "group", EDIT_DROP, END),
     .checked = "RECORD_COUNT"},
    {"no block of entities", USE("P-31", "RECORD_MISSING", "entities", "entity", EDIT_DROP, END), .checked = "RECORD_COUNT"},
    {"an event more than the last block has", .rule = "P-9", .code = "COLUMN_ROWS", .base = SHAPE_FULL,
     .place = BROKEN_USE, .where = "event rows", .table = "event", .edit = EDIT_MAKE, .make = one_event_more},
    {"an entity more than the last block has", .rule = "P-31", .code = "LABEL", .base = SHAPE_ORDERED,
     .place = BROKEN_OPEN, .edit = EDIT_MAKE, .make = one_entity_more},
    {"a member of nothing", COLUMN("P-9", "NUMBER_OUT_OF_RANGE", "members", "member", 1, 0, 9000), .checked = "REFERENT_OUT_OF_RANGE"},
    {"a folded event of a document that is no data set", MADE_FOLDED("I-31", "FOLDED_ROW", "claims"), .make = first_is_article},
    {"a folded event of another row", MADE_FOLDED("I-31", "FOLDED_ROW", "claims"), .make = claims_too_many},
    {"a variant that is not there", MADE_FOLDED("P-26", "MEMBER_MISSING", "rows"), .make = variant_too_many},

    {"a voice of polarity 3", COLUMN("P-33", "NUMBER_OUT_OF_RANGE", "agree", "voice", 1, 0, 3)},
    {"voices cut off", USE("P-33", "COLUMN_BLOCK", "agree", "voice", EDIT_SHORT, END), .number = 1},

    /* Row blocks */
    {"a row block of one byte", USE("P-20", "ROW_DIRECTORY", "claims", "claim", EDIT_VALUE, END), .with = "01"},
    {"no rows", USE("P-20", "ROW_DIRECTORY", "claims", "claim", EDIT_STORED, END), .number = 0, .with = "0000"},
    {"more rows than bytes", USE("P-20", "ROW_DIRECTORY", "claims", "claim", EDIT_STORED, END), .number = 0, .with = "ffff"},
    {"the first row somewhere else", USE("P-20", "ROW_DIRECTORY", "claims", "claim", EDIT_STORED, END), .number = 2,
     .with = "01"},
    {"a row that begins behind the block", USE("P-20", "ROW_OFFSET", "claims", "claim", EDIT_STORED, END), .number = 4,
     .with = "ff7f"},
    {"a claim of nothing", USE("R-37", "SUBJECT_OUT_OF_RANGE", "claims", "claim", EDIT_SET, 0, 0), .with = "cd 7fff"},
    {"a claim of another subject", USE("R-37", "CLAIM_RANGE", "conflicts", "claim", EDIT_SET, 0, 0), .with = "02"},
    {"a claim's predicate is a type", USE("R-37", "TERM_UNKNOWN", "claims", "claim", EDIT_SET, 0, 1), .with = "00"},
    {"a claim's polarity 3", USE("R-37", "NUMBER_OUT_OF_RANGE", "claims", "claim", EDIT_SET, 0, 3), .with = "03"},
    {"more documents than witnesses", USE("R-37", "WITNESS_COUNT", "claims", "claim", EDIT_SET, 0, 4), .with = "09"},
    {"more independent than documents", USE("R-37", "WITNESS_COUNT", "claims", "claim", EDIT_SET, 0, 5), .with = "09"},
    {"a witness that is not there", USE("R-37", "WITNESS_ORDER", "claims", "claim", EDIT_SET, 0, 7), .with = "c4 02 09 00"},
    {"half a witness", USE("R-37", "WITNESS_ORDER", "claims", "claim", EDIT_SET, 0, 7), .with = "c4 01 00"},
    {"a claim of seven items", USE("R-37", "RECORD_LENGTH", "claims", "claim", EDIT_CUT, 0, 6)},
    {"no claims", USE("P-21", "RECORD_MISSING", "claims", "claim", EDIT_DROP, END)},
    {"aliases of nobody", USE("R-60", "RECORD_LENGTH", "entities", "alias", EDIT_SET, 0), .with = "91 00"},
    {"a name to show that is given twice", USE("R-60", "NAME_EMPTY", "entities", "alias", EDIT_SET, 0, 1), .with = "a178"},
    {"a name to show that is not there", USE("R-60", "NUMBER_OUT_OF_RANGE", "entities", "alias", EDIT_SET, 0, 0), .with = "09"},

    /* Posting tables */
    {"a list without entries", USE("P-13", "POSTINGS", "members", "membership", EDIT_STORED, END), .number = 0, .with = "0080"},
    {"more entries than bytes", USE("P-13", "POSTINGS", "members", "membership", EDIT_STORED, END), .number = 0,
     .with = "ffff"},
    {"a list cut off", USE("P-13", "POSTINGS", "members", "membership", EDIT_SHORT, END), .number = 1},
    {"a key that is no posting", USE("P-11", "POSTINGS", "members", "membership", EDIT_KEY, END), .with = "65", .checked = "KEY_FORM"},
    {"a term cut off", USE("P-13", "POSTING_VALUE", "search", "term", EDIT_SHORT, END), .number = 1},
    {"participants cut off", USE("P-13", "POSTINGS", "events", "participation", EDIT_SHORT, END), .number = 1},

    {"quotes of documents that are not there", .rule = "I-22", .code = "POSTINGS", .base = SHAPE_FULL, .place = BROKEN_USE,
     .where = "as of", .table = "speaker", .edit = EDIT_MAKE, .make = quoted_too_late, .checked = "INDEX_DIFFERS"},
    {"a name of nobody", .rule = "I-23", .code = "POSTING_VALUE", .base = SHAPE_FULL, .place = BROKEN_USE, .where = "find",
     .table = "name", .edit = EDIT_MAKE, .make = name_of_nobody},
    {"a witness that says nothing", .rule = "R-37", .code = "WITNESS_MISSING", .base = SHAPE_TINY, .place = BROKEN_USE,
     .where = "why", .table = "claim", .record = 0, .edit = EDIT_SET, .path = {0, 7, END}, .with = "c4 02 00 60"},

    /* What does not follow */
    {"a record of the index too many", INDEX("I-22", "INDEX_EXTRA", "detail", EDIT_MAKE, END), .make = one_record_more},
    {"pairs without a level", .rule = "I-38", .code = "PAIR_LEVEL", .base = SHAPE_FULL, .place = BROKEN_USE, .where = "search",
     .table = "neighbour", .edit = EDIT_MAKE, .make = add_pairs_without_level, .checked = "INDEX_EXTRA"},
    {"a pair that is none", INDEX("I-38", "INDEX_EXTRA", "neighbour", EDIT_MAKE, END), .make = add_pairs},
    {"a member that is none", INDEX("I-22", "INDEX_DIFFERS", "membership", EDIT_MAKE, END), .make = add_membership},
    {"nobody quoted", INDEX("I-22", "INDEX_MISSING", "speaker", EDIT_DROP, END)},
    {"another voice", INDEX("I-37", "INDEX_DIFFERS", "voice", EDIT_COLUMN, END), .column = 1, .number = 0, .to = 1},
    {"nobody heard", INDEX("I-37", "INDEX_MISSING", "voice", EDIT_DROP, END)},
    {"another bound of conflicts", INDEX("I-35", "INDEX_DIFFERS", "event", EDIT_COLUMN, END), .column = 27, .number = 0, .to = 7},
    {"another amount", INDEX("I-36", "INDEX_DIFFERS", "event", EDIT_COLUMN, END), .column = 28, .number = 0, .to = 3},
    {"a record of the index missing", INDEX("I-23", "INDEX_MISSING", "gram", EDIT_DROP, END)},
    {"another number of documents", INDEX("I-11", "INDEX_DIFFERS", "entity", EDIT_COLUMN, END), .column = 3, .number = 0,
     .to = 3},
};

breaker_list breakers_of_index(void)
{
    return (breaker_list){all, sizeof all / sizeof all[0]};
}
