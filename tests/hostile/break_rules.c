/* SPDX-License-Identifier: MIT */
/* Testimony that decodes but says what no writer may be given: only the check tells. */
#include "hostile/breakers.h"

#include <string.h>

#include "hostile/value.h"

#define RULE(rule_, code_, edit_, ...)                                                               \
    .rule = rule_, .code = code_, .base = SHAPE_FULL, .place = BROKEN_CHECK, .where = "documents",   \
    .table = "testimony", .record = 0, .edit = edit_, .path = {__VA_ARGS__, END}
#define EVIDENCE(rule_, code_, edit_, ...)                                                           \
    .rule = rule_, .code = code_, .base = SHAPE_FULL, .place = BROKEN_CHECK, .where = "evidence",    \
    .table = "testimony", .record = 0, .edit = edit_, .path = {__VA_ARGS__, END}
#define FIELD(rule_, code_, edit_, ...)                                                              \
    .rule = rule_, .code = code_, .base = SHAPE_FULL, .place = BROKEN_CHECK, .where = "documents",   \
    .table = "document", .record = 0, .edit = edit_, .path = {__VA_ARGS__, END}

/* The place of the two bytes of a letter of the first text. */
static size_t letter_at(image *records)
{
    const image_bytes *text = &image_table_named(records, "text")->records[0].value;
    static value_bytes whole;
    size_t at = 0;
    if (value_unpack(records, "text", &image_table_named(records, "text")->records[0], &whole)) {
        while (at < whole.size && whole.data[at] < 0x80) {
            at++;
        }
    }
    return text->size != 0 ? at : 0;
}

/* One span of a mention or a list of offsets becomes one that begins inside that letter. */
static void mention_splits(image *records)
{
    static value_bytes payload, value;
    image_table *table = image_table_named(records, "testimony");
    const int path[] = {1, 7, 2, END};
    mp_place place;
    if (value_unpack(records, "testimony", &table->records[0], &payload) && mp_find(&payload, path, &place)) {
        payload.data[place.at]++;     /* the start, and */
        payload.data[place.at + 1]--; /* the length */
    }
    value_pack("testimony", &payload, &value);
    image_set(records, table, &table->records[0], value.data, value.size);
}

static void set_offset(image *records, int field)
{
    static value_bytes value;
    image_table *table = image_table_named(records, "document");
    const image_record *record = &table->records[0];
    const int path[] = {field, END};
    size_t at = letter_at(records) + 1;
    const uint8_t bytes[] = {0xc4, 1 + (at > 127), (uint8_t)(at > 127 ? (at & 127) | 128 : at), (uint8_t)(at >> 7)};
    mp_place place;
    memcpy(value.data, record->value.data, record->value.size);
    value.size = record->value.size;
    if (mp_find(&value, path, &place)) {
        mp_replace(&value, place.at, place.end, bytes, 2 + (size_t)bytes[1]);
    }
    image_set(records, table, &table->records[0], value.data, value.size);
}

static void sentence_splits(image *records)
{
    set_offset(records, 14);
}

static void paragraph_splits(image *records)
{
    set_offset(records, 15);
}

static const breaker all[] = {
    {"no canonical mention", RULE("T-8", "CANONICAL_MISSING", EDIT_SET, 1, 0, 0), .with = "20"},
    {"two canonical mentions", RULE("T-8", "MULTIPLE_CANONICAL", EDIT_SET, 1, 1, 1), .with = "01"},
    {"a canonical mention of nobody", RULE("T-8", "CANONICAL_WITHOUT_REFERENT", EDIT_SET, 1, 2, 0), .with = "14"},
    {"an external id of over 1,024 bytes", RULE("T-1", "TEXT_TOO_LONG", EDIT_TEXT, 0, 2, 2, 0), .number = 1025},
    {"a language of over 1,024 bytes", RULE("T-1", "TEXT_TOO_LONG", EDIT_TEXT, 0, 0, 1, 0, 2), .number = 1025},
    {"an external id without colon", RULE("T-7", "EXTERNAL_ID", EDIT_SET, 0, 2, 2, 0), .with = "a1 77"},
    {"an external id of nothing", RULE("T-7", "EXTERNAL_ID", EDIT_SET, 0, 2, 2, 0), .with = "a2 773a"},
    {"a name twice", RULE("T-7", "NAME_REPEATED", EDIT_ADD, 0, 5, 1, 0), .with = "a8 c3962e2056656c6c"},
    {"two spaces in a name", RULE("T-7", "NAME_SPACE", EDIT_SET, 0, 5, 1, 0), .with = "a9 c3962e202056656c6c"},
    {"a space at the end of a name", RULE("T-7", "NAME_SPACE", EDIT_SET, 0, 5, 1, 0), .with = "a9 c3962e2056656c6c20"},
    {"the type is said to be none", RULE("T-9", "TYPE_UNKNOWN", EDIT_SET, 2, 0, 2), .with = "a7 6e6f7468696e67"},
    {"a role of other events", RULE("T-9", "ROLE_UNKNOWN", EDIT_LIKE, 2, 1, 1), .like = {2, 8, 1, END}},
    {"a time of month 13", RULE("T-10", "EDTF", EDIT_SET, 2, 2, 2, 1), .with = "a7 323033312d3133"},
    {"an amount in words", RULE("T-10", "DECIMAL", EDIT_SET, 2, 4, 2, 2), .with = "a4 6d616e79"},
    {"an amount with an exponent", RULE("T-10", "DECIMAL", EDIT_SET, 2, 4, 2, 2), .with = "a3 316539"},
    {"an event speaks", RULE("T-11", "REFERENT_KIND", EDIT_SET, 2, 4, 7), .with = "03"},
    {"an event is a medium", RULE("T-11", "REFERENT_KIND", EDIT_SET, 2, 4, 8), .with = "03"},
    {"no evidence", RULE("T-13", "NO_EVIDENCE", EDIT_SET, 2, 6, 5), .with = "90"},
    {"a head outside its mention", RULE("T-4", "HEAD_OUTSIDE", EDIT_SET, 1, 0, 2), .with = "0a"},
    {"a mention that begins inside a character", RULE("T-4", "SPAN_SPLITS_CHARACTER", EDIT_MAKE, END),
     .make = mention_splits},
    {"retrieved on day 0", FIELD("T-10", "EDTF", EDIT_SET, 6), .with = "aa 323033312d30362d3030"},
    {"published in month 13", FIELD("T-10", "EDTF", EDIT_SET, 5, 1), .with = "a7 323033312d3133"},
    {"a language of over 1,024 bytes, of a document", FIELD("T-1", "TEXT_TOO_LONG", EDIT_TEXT, 7), .number = 1025},
    {"a media type of over 1,024 bytes", FIELD("T-1", "TEXT_TOO_LONG", EDIT_TEXT, 8), .number = 1025},
    {"a sentence that begins inside a character", FIELD("T-5", "SPAN_SPLITS_CHARACTER", EDIT_MAKE, END), .make = sentence_splits},
    {"a paragraph that begins inside a character", FIELD("T-5", "SPAN_SPLITS_CHARACTER", EDIT_MAKE, END), .make = paragraph_splits},
    {"judged on day 0", .rule = "T-10", .code = "EDTF", .base = SHAPE_FULL, .place = BROKEN_CHECK, .where = "records",
     .table = "judgement", .record = 0, .edit = EDIT_SET, .path = {6, END}, .with = "aa 323033312d30362d3030"},

    {"words that are not there", EVIDENCE("T-16", "FILLER_MISMATCH", EDIT_SET, 2, 4, 2, 4),
     .with = "b6 6d6f7265207468616e2033322070726973 6f6e657273"},
    {"a name that is not there", EVIDENCE("T-16", "NAME_MISMATCH", EDIT_SET, 0, 5, 1, 0), .with = "a8 c3962e2056656c78"},
};

breaker_list breakers_of_rules(void)
{
    return (breaker_list){all, sizeof all / sizeof all[0]};
}
