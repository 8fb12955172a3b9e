/* SPDX-License-Identifier: MIT */
/* What is wrong with `meta`, `vocabulary`, or the tables as a whole: mostly seen on opening. */
#include "hostile/breakers.h"

#include <stdlib.h>
#include <string.h>

/* Records of `meta` in order of keys: digest, stemma. */
#define DIGEST 0
#define STEMMA 1
#define META(rule_, code_, status_, edit_, ...)                                                      \
    .rule = rule_, .code = code_, .base = SHAPE_FULL, .place = BROKEN_OPEN, .status = status_,       \
    .table = "meta", .record = STEMMA, .edit = edit_, .path = {__VA_ARGS__, END}
#define TERM(rule_, code_, record_, edit_, ...)                                                      \
    .rule = rule_, .code = code_, .base = SHAPE_FULL, .place = BROKEN_OPEN, .table = "vocabulary",   \
    .record = record_, .edit = edit_, .path = {__VA_ARGS__, END}
#define FINE(rule_, edit_)                                                                           \
    .rule = rule_, .base = SHAPE_FULL, .place = BROKEN_NOWHERE, .edit = edit_
#define DIGESTS(rule_, code_, edit_, ...)                                                            \
    .rule = rule_, .code = code_, .base = SHAPE_FULL, .place = BROKEN_CHECK, .where = "digests",     \
    .table = "meta", .record = DIGEST, .edit = edit_, .path = {__VA_ARGS__, END}
#define WHOLE(rule_, code_, table_, record_, edit_)                                                  \
    .rule = rule_, .code = code_, .base = SHAPE_FULL, .place = BROKEN_OPEN, .table = table_,         \
    .record = record_, .edit = edit_
/* The feature that the file needs [V-7]. */
#define NEAR " 92 ad 706f7374696e67732e6e656172 01"
#define EACH16 "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"

static void lose_table(image *records)
{
    image_table *table = image_table_named(records, "place");
    size_t at = (size_t)(table - records->tables);
    free(table->records);
    memmove(table, table + 1, (records->table_count - at - 1) * sizeof *table);
    records->table_count--;
}

/* At its place in the order of names. */
static void add_table(image *records)
{
    image_table *table = image_table_named(records, "place");
    size_t at = (size_t)(table - records->tables);
    memmove(table + 1, table, (records->table_count - at) * sizeof *table);
    memset(table, 0, sizeof *table);
    memcpy(table->name, "pigment", 8);
    table->changed = true;
    records->table_count++;
    image_insert(records, table, "x", 1, "y", 1);
}

static void many_features(image *records)
{
    static uint8_t value[512];
    image_table *meta = image_table_named(records, "meta");
    image_record *record = &meta->records[STEMMA];
    /* map, 0 "stemma", 1 3, 2 3: thirteen bytes before field 3, which has one feature */
    const size_t head = 13, features = 18;
    size_t size;
    memcpy(value, record->value.data, head);
    size = head;
    value[size++] = 3;
    value[size++] = 0xdc;
    value[size++] = 0;
    value[size++] = 17;
    for (int i = 0; i < 17; i++) {
        const uint8_t feature[] = {0x92, 0xa1, (uint8_t)('a' + i), 0};
        memcpy(value + size, feature, sizeof feature);
        size += sizeof feature;
    }
    const size_t rest = record->value.size - head - features;
    memcpy(value + size, record->value.data + head + features, rest);
    image_set(records, meta, record, value, size + rest);
}

static void put_dictionary(image *records, size_t size)
{
    uint8_t *bytes = calloc(size, 1);
    if (bytes == NULL) {
        abort();
    }
    image_insert(records, image_table_named(records, "meta"), "dictionary.text", 15, bytes, size);
    free(bytes);
}

static void great_dictionary(image *records)
{
    put_dictionary(records, (1u << 20) + 1);
}

/* Of so many tables that a list of digests may not name. */
static void many_digests(image *records)
{
    static uint8_t value[4096];
    image_table *meta = image_table_named(records, "meta");
    size_t size = 3;
    memcpy(value, "\xdc\x00\x41", 3);
    for (int i = 0; i < 65; i++) {
        const uint8_t row[] = {0x93, 0xa2, (uint8_t)('a' + i / 26), (uint8_t)('a' + i % 26), 0, 0xc4, 16};
        memcpy(value + size, row, sizeof row);
        memset(value + size + sizeof row, 0, 16);
        size += sizeof row + 16;
    }
    image_set(records, meta, &meta->records[DIGEST], value, size);
    records->keep_digests = true;
}

static void false_digest(image *records)
{
    image_table *meta = image_table_named(records, "meta");
    image_record *record = &meta->records[DIGEST];
    uint8_t *value = image_bytes_new(records, record->value.data, record->value.size, record->value.size);
    value[record->value.size - 1] ^= 1;
    record->value.data = value;
    records->keep_digests = true;
}

static void false_entries(image *records)
{
    image_table *runs = image_table_named(records, "derivation");
    image_remove(runs, 0);
    records->keep_digests = true;
}

static void lost_digests(image *records)
{
    image_remove(image_table_named(records, "meta"), DIGEST);
}

static const breaker all[] = {
    {"no record stemma", WHOLE("R-18", "NOT_STEMMA", "meta", STEMMA, EDIT_DROP), .status = STEMMA_E_NOT_STEMMA},
    {"another magic", META("R-18", "NOT_STEMMA", STEMMA_E_NOT_STEMMA, EDIT_SET, 0), .with = "a6 73746f6c6c61"},
    {"major version 4", META("V-1", "FORMAT_VERSION", STEMMA_E_UNSUPPORTED, EDIT_SET, 1), .with = "04"},
    {"major version 2", META("R-18", "FORMAT_VERSION", STEMMA_E_UNSUPPORTED, EDIT_SET, 1), .with = "02"},
    {"minor version 9", FINE("V-1", EDIT_SET), .table = "meta", .record = STEMMA, .path = {2, END}, .with = "09"},
    {"an ignorable feature", FINE("V-3", EDIT_SET), .table = "meta", .record = STEMMA, .path = {3, END},
     .with = "92 92 a1 66 00" NEAR},
    {"a needed feature", META("V-3", "FEATURE_UNKNOWN", STEMMA_E_UNSUPPORTED, EDIT_SET, 3),
     .with = "92 92 a1 66 01" NEAR},
    {"postings of another form than the file says", .rule = "V-7", .code = "INDEX_DIFFERS", .base = SHAPE_FULL,
     .place = BROKEN_CHECK, .where = "index", .table = "meta", .record = STEMMA, .edit = EDIT_CUT, .path = {3, END}},
    {"an unknown table", FINE("V-4", EDIT_MAKE), .make = add_table},
    {"an unknown key of meta", FINE("V-4", EDIT_RECORD), .table = "meta", .key = "7a", .with = "00"},
    {"an unknown field 64", FINE("V-4", EDIT_FIELD), .table = "run", .record = 0, .path = {END}, .with = "40 01"},
    {"an unknown field 63 of meta", META("V-4", "UNKNOWN_FIELD", 0, EDIT_FIELD, END), .with = "3f 01"},
    {"features not ascending", META("V-3", "FEATURE_ORDER", 0, EDIT_SET, 3), .with = "92 92a16200 92a16100"},
    {"a feature twice", META("V-3", "FEATURE_ORDER", 0, EDIT_SET, 3), .with = "92 92a16200 92a16200"},
    {"17 features", WHOLE("V-3", "RECORD_LENGTH", NULL, 0, EDIT_MAKE), .make = many_features},
    {"meta cut off", META("R-3", "RECORD_TRUNCATED", 0, EDIT_SHORT, END), .number = 1},
    {"meta goes on", META("R-3", "RECORD_TRAILING", 0, EDIT_APPEND, END), .with = "00"},
    {"no counts", META("R-12", "FIELD_MISSING", 0, EDIT_CUT, 4)},
    {"15 counts", META("R-12", "RECORD_LENGTH", 0, EDIT_CUT, 4, 15)},
    {"a count is a text", META("R-12", "RECORD_TYPE", 0, EDIT_SET, 4, 3), .with = "a131"},
    {"2^32 - 1 entities", META("R-19", "COUNT_LIMIT", 0, EDIT_SET, 4, 7), .with = "ce ffffffff"},
    {"2^40 claims", META("R-19", "COUNT_LIMIT", 0, EDIT_SET, 4, 9), .with = "cf 0000010000000000"},
    {"a document too many", META("R-19", "COUNT_MISMATCH", 0, EDIT_SET, 4, 0), .with = "05"},
    {"no judgement", META("R-19", "COUNT_MISMATCH", 0, EDIT_SET, 4, 5), .with = "00"},
    {"4097 events", META("R-19", "COUNT_MISMATCH", 0, EDIT_SET, 4, 8), .with = "cd 1001"},
    {"a table is not there", WHOLE("R-17", "TABLE_MISSING", NULL, 0, EDIT_MAKE), .make = lose_table},
    {"a dictionary beyond 1 MiB", WHOLE("R-17", "DICTIONARY", NULL, 0, EDIT_MAKE), .make = great_dictionary},

    {"digests cut off", DIGESTS("R-3", "RECORD_TRUNCATED", EDIT_SHORT, END), .number = 1},
    {"a digest of 15 bytes", DIGESTS("R-12", "DIGEST_SIZE", EDIT_SET, 3, 2),
     .with = "c4 0f 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"},
    {"digests not ascending", DIGESTS("R-12", "DIGEST_ORDER", EDIT_SET, 1, 0), .with = "a5 616c696173"},
    {"65 digests", .rule = "C-8", .code = "RECORD_LENGTH", .base = SHAPE_FULL, .place = BROKEN_CHECK,
     .where = "digests", .edit = EDIT_MAKE, .make = many_digests},
    {"no digest of a table", DIGESTS("C-21", "DIGEST_MISSING", EDIT_CUT, 4)},
    {"no digests", .rule = "C-21", .code = "DIGEST_MISSING", .base = SHAPE_FULL, .place = BROKEN_CHECK,
     .where = "digests", .edit = EDIT_MAKE, .make = lost_digests},
    {"another number of records", .rule = "C-21", .code = "DIGEST_ENTRIES", .base = SHAPE_FULL,
     .place = BROKEN_CHECK, .where = "digests", .edit = EDIT_MAKE, .make = false_entries},
    {"another digest", .rule = "C-21", .code = "DIGEST_MISMATCH", .base = SHAPE_FULL, .place = BROKEN_CHECK,
     .where = "digests", .edit = EDIT_MAKE, .make = false_digest},

    {"a number of terms is left out", WHOLE("P-2", "KEY_ORDER", "vocabulary", -1, EDIT_KEY), .with = "00000fff"},
    {"kind of a term", TERM("T-2", "NUMBER_OUT_OF_RANGE", 0, EDIT_ADD, 1), .with = "00 03"},
    {"a term in capitals", TERM("R-20", "TERM_NAME", 0, EDIT_SET, 1), .with = "a3 414243"},
    {"a term with an empty part", TERM("R-20", "TERM_NAME", 0, EDIT_SET, 1), .with = "a3 612e2e"},
    {"terms not ascending", TERM("R-20", "TERM_ORDER", 0, EDIT_SET, 1), .with = "a3 7a7a7a"},
    {"a term without name", TERM("R-20", "TERM_NAME", 0, EDIT_CUT, 1)},
    {"a term's name is a number", TERM("R-12", "RECORD_TYPE", 0, EDIT_SET, 1), .with = "01"},
    {"a term cut off", TERM("R-3", "RECORD_TRUNCATED", 3, EDIT_SHORT, END), .number = 1},
    {"a term's key 6", TERM("R-11", "UNKNOWN_FIELD", 0, EDIT_FIELD, END), .with = "06 01"},

    {"no array of labels", WHOLE("P-22", "LABEL", "label", 0, EDIT_DROP)},
    {"labels cut off", WHOLE("P-22", "LABEL", "label", 0, EDIT_SHORT), .number = 1, .path = {END}},
    {"one label too many", WHOLE("P-22", "LABEL", "label", 0, EDIT_STORED), .number = 0, .with = "ff"},
    {"labels longer than their texts", WHOLE("P-22", "LABEL", "label", 0, EDIT_STORED), .number = 4, .with = "ff"},
    {"no hashes of names", WHOLE("P-23", "LABEL", "label", 1, EDIT_DROP)},
    {"hashes of names cut off", WHOLE("P-23", "LABEL", "label", 1, EDIT_SHORT), .number = 1, .path = {END}},
    {"25 bits of a hash", WHOLE("P-23", "LABEL", "label", 1, EDIT_STORED), .number = 4, .with = "19"},
    {"no sounds", WHOLE("P-23", "TOKEN", "token", 0, EDIT_DROP)},
    {"sounds cut off", WHOLE("P-23", "TOKEN", "token", 0, EDIT_SHORT), .number = 1, .path = {END}},
    {"no tokens", WHOLE("P-30", "TOKEN", "token", 1, EDIT_DROP)},
    {"a token of 513 bytes", .rule = "P-30", .code = "TOKEN", .base = SHAPE_FULL, .place = BROKEN_USE, .where = "find",
     .table = "token", .record = 1, .edit = EDIT_STORED, .number = 8, .with = "f0 ff 7f"},
    {"no record of fence", WHOLE("P-9", "FENCE", "fence", 0, EDIT_DROP)},
    {"fence cut off", WHOLE("P-5", "FENCE", "fence", 0, EDIT_SHORT), .number = 1, .path = {END}},
    {"fence of two rows", WHOLE("P-8", "FENCE", "fence", 0, EDIT_STORED), .number = 0, .with = "02"},
};

breaker_list breakers_of_meta(void)
{
    return (breaker_list){all, sizeof all / sizeof all[0]};
}
