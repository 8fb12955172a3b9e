/* SPDX-License-Identifier: MIT */
/* What is wrong with records of runs, documents, texts, judgements and derivations. */
#include "hostile/breakers.h"

#include "hostile/value.h"

#define ON_USE(rule_, code_, where_, table_, record_, edit_, ...)                                    \
    .rule = rule_, .code = code_, .base = SHAPE_FULL, .place = BROKEN_USE, .where = where_,          \
    .table = table_, .record = record_, .edit = edit_, .path = {__VA_ARGS__, END}
#define RUN(rule_, code_, edit_, ...) ON_USE(rule_, code_, "runs", "run", 0, edit_, __VA_ARGS__)
#define DOCUMENT(rule_, code_, edit_, ...)                                                           \
    ON_USE(rule_, code_, "documents", "document", 0, edit_, __VA_ARGS__)
#define JUDGEMENT(rule_, code_, edit_, ...)                                                          \
    ON_USE(rule_, code_, "judgements", "judgement", 0, edit_, __VA_ARGS__)
#define DERIVATION(rule_, code_, edit_, ...)                                                         \
    ON_USE(rule_, code_, "derivations", "derivation", 0, edit_, __VA_ARGS__)
#define TEXT(rule_, code_, edit_)                                                                    \
    ON_USE(rule_, code_, "texts", "text", 0, edit_, END)
#define CHECKED(rule_, code_, where_, table_, record_, edit_)                                        \
    .rule = rule_, .code = code_, .base = SHAPE_FULL, .place = BROKEN_CHECK, .where = where_,        \
    .table = table_, .record = record_, .edit = edit_

static void swap_judgements(image *records)
{
    image_table *table = image_table_named(records, "judgement");
    image_bytes first = table->records[3].value;
    table->records[3].value = table->records[4].value;
    table->records[4].value = first;
    table->changed = true;
}

static void add_run(image *records)
{
    static const uint8_t count[] = {4, 12}; /* of `stemma`: counts, runs */
    image_table *runs = image_table_named(records, "run"), *meta = image_table_named(records, "meta");
    static value_bytes value;
    mp_place place;
    const int path[] = {count[0], count[1], END};
    image_insert(records, runs, "\0\0\0\1", 4, "\x81\x00\xa1\x61", 4); /* "a" is before "reader" */
    image_record *stemma = &meta->records[1];
    value.size = stemma->value.size;
    for (size_t i = 0; i < value.size; i++) {
        value.data[i] = stemma->value.data[i];
    }
    if (mp_find(&value, path, &place)) {
        value.data[place.at] = 2;
    }
    image_set(records, meta, stemma, value.data, value.size);
}

static const breaker all[] = {
    /* MessagePack, on the record of the run: 83 00 a6 "reader" 01 a1 "1" 03 a5 "quick" */
    {"a run of nothing", RUN("R-3", "RECORD_TRUNCATED", EDIT_VALUE, END), .with = ""},
    {"a run cut off", RUN("R-3", "RECORD_TRUNCATED", EDIT_SHORT, END), .number = 1},
    {"a run goes on", RUN("R-3", "RECORD_TRAILING", EDIT_APPEND, END), .with = "c3"},
    {"nil", RUN("R-4", "RECORD_FORM", EDIT_SET, 1), .with = "c0"},
    {"false", RUN("R-4", "RECORD_FORM", EDIT_SET, 1), .with = "c2"},
    {"a float", RUN("R-4", "RECORD_FORM", EDIT_SET, 1), .with = "ca 3f800000"},
    {"an extension", RUN("R-4", "RECORD_FORM", EDIT_SET, 1), .with = "d4 01 00"},
    {"a long form of a text", RUN("R-5", "RECORD_FORM", EDIT_SET, 1), .with = "d9 01 31"},
    {"a long form of a number", RUN("R-5", "RECORD_FORM", EDIT_ADD, 3), .with = "02 cc 02"},
    {"a signed form of a number", RUN("R-5", "RECORD_FORM", EDIT_ADD, 3), .with = "02 d0 02"},
    {"an array beyond the bytes", RUN("R-6", "RECORD_COUNT", EDIT_SET, 3), .with = "dc ffff"},
    {"a map beyond the bytes", RUN("R-6", "RECORD_COUNT", EDIT_BYTES, END), .number = 0, .with = "8f"},
    {"nine containers in each other", RUN("R-7", "RECORD_NESTING", EDIT_FIELD, END), .with = "40 91 91 91 91 91 91 91 91 01"},
    {"an overlong form of UTF-8", RUN("R-8", "TEXT_NOT_UTF8", EDIT_SET, 1), .with = "a2 c080"},
    {"a surrogate", RUN("R-8", "TEXT_NOT_UTF8", EDIT_SET, 1), .with = "a3 eda080"},
    {"U+0000", RUN("R-8", "TEXT_NOT_UTF8", EDIT_SET, 1), .with = "a1 00"},
    {"beyond U+10FFFF", RUN("R-8", "TEXT_NOT_UTF8", EDIT_SET, 1), .with = "a4 f4908080"},
    {"a key that is a text", RUN("R-9", "MAP_KEY", EDIT_ADD, 1), .with = "a1 61 01"},
    {"key 128", RUN("R-9", "MAP_KEY", EDIT_FIELD, END), .with = "cc 80 01"},
    {"a key twice", RUN("R-9", "MAP_ORDER", EDIT_ADD, 1), .with = "00 a1 61"},
    {"keys not ascending", RUN("R-9", "MAP_ORDER", EDIT_ADD, 0), .with = "02 01"},
    {"an empty field", RUN("R-10", "FIELD_DEFAULT", EDIT_SET, 1), .with = "a0"},
    {"a field of 0", RUN("R-10", "FIELD_DEFAULT", EDIT_ADD, 3), .with = "02 00"},
    {"an unknown field", RUN("R-11", "UNKNOWN_FIELD", EDIT_FIELD, END), .with = "04 01"},
    {"a number for a text", RUN("R-12", "RECORD_TYPE", EDIT_SET, 1), .with = "01"},
    {"a text beyond its limit", RUN("R-12", "TEXT_TOO_LONG", EDIT_TEXT, 3), .number = 65536},
    {"a kind of run 4", RUN("T-2", "NUMBER_OUT_OF_RANGE", EDIT_ADD, 3), .with = "02 04"},
    {"runs not ascending", .rule = "R-22", .code = "RECORD_ORDER", .base = SHAPE_FULL, .place = BROKEN_CHECK,
     .where = "records", .edit = EDIT_MAKE, .make = add_run},

    /* Documents */
    {"a document's number is left out", ON_USE("P-2", "RECORD_MISSING", "documents", "document", 3, EDIT_KEY, END),
     .with = "00000009", .checked = "RECORD_NUMBER"},
    {"no digest", DOCUMENT("R-12", "FIELD_MISSING", EDIT_CUT, 10)},
    {"a digest of 31 bytes", DOCUMENT("R-12", "DIGEST_SIZE", EDIT_SET, 10),
     .with = "c4 1f 00000000 00000000 00000000 00000000 00000000 00000000 00000000 000000"},
    {"a URI of 8,193 bytes", DOCUMENT("T-1", "TEXT_TOO_LONG", EDIT_TEXT, 0), .number = 8193},
    {"published with one item", DOCUMENT("R-12", "RECORD_LENGTH", EDIT_SET, 5), .with = "91 a1 61"},
    {"published and nothing said", DOCUMENT("R-10", "FIELD_DEFAULT", EDIT_SET, 5), .with = "92 a0 a0"},
    {"a text of 2^30 + 1 bytes", DOCUMENT("R-26", "NUMBER_OUT_OF_RANGE", EDIT_SET, 11), .with = "ce 40000001"},
    {"more code points than bytes", DOCUMENT("R-26", "NUMBER_OUT_OF_RANGE", EDIT_SET, 12), .with = "cd 0fff"},
    {"withheld is 1", DOCUMENT("R-12", "RECORD_TYPE", EDIT_ADD, 14), .with = "0d 01"},
    {"a sentence twice", DOCUMENT("R-23", "SENTENCE_ORDER", EDIT_SET, 14), .with = "c4 02 09 00"},
    {"a sentence behind the text", DOCUMENT("R-23", "SENTENCE_ORDER", EDIT_SET, 14), .with = "c4 03 09 ff 7f"},
    {"a varint that is cut off", DOCUMENT("R-23", "SENTENCE_ORDER", EDIT_SET, 14), .with = "c4 01 89"},
    {"a varint that ends in 0", DOCUMENT("R-23", "SENTENCE_ORDER", EDIT_SET, 14), .with = "c4 02 89 00"},
    {"a paragraph twice", DOCUMENT("R-23", "PARAGRAPH_ORDER", EDIT_SET, 15), .with = "c4 02 00 00"},
    {"furniture of no length", DOCUMENT("R-23", "FURNITURE_ORDER", EDIT_SET, 16), .with = "c4 02 00 00"},
    {"furniture behind the text", DOCUMENT("R-23", "FURNITURE_ORDER", EDIT_SET, 16), .with = "c4 03 00 ff 7f"},
    {"half a piece of furniture", DOCUMENT("R-23", "FURNITURE_ORDER", EDIT_SET, 16), .with = "c4 01 00"},
    {"two counts", DOCUMENT("R-12", "RECORD_LENGTH", EDIT_CUT, 17, 2)},
    {"2^32 - 1 referents", DOCUMENT("R-12", "NUMBER_OUT_OF_RANGE", EDIT_SET, 17, 0), .with = "ce ffffffff"},
    {"rows without a run", DOCUMENT("R-41", "FIELD_MISSING", EDIT_FIELD, END), .with = "12 01"},
    {"documents not in order", CHECKED("R-24", "DOCUMENT_ORDER", "documents", "document", 0, EDIT_SET), .path = {5, 1, END},
     .with = "aa 323039392d30352d3035"},

    /* Identity */
    {"no way from an id", CHECKED("R-25", "IDENTITY", "documents", "identity", 0, EDIT_VALUE), .with = "03000000"},
    {"an id too many", CHECKED("R-25", "COUNTS", "documents", "identity", 0, EDIT_RECORD), .key = "0000000000000010",
     .with = "00000000"},

    /* Texts */
    {"a block longer than it should be", TEXT("R-26", "TEXT_BLOCK", EDIT_APPEND), .with = "61"},
    {"a block shorter than it should be", TEXT("R-26", "TEXT_BLOCK", EDIT_SHORT), .number = 1},
    {"an unknown codec", TEXT("R-26", "TEXT_BLOCK", EDIT_STORED), .number = 0, .with = "03"},
    {"a dictionary that is not there", TEXT("R-26", "TEXT_BLOCK", EDIT_STORED), .number = 0, .with = "01"},
    {"an empty block", TEXT("R-26", "TEXT_BLOCK_MISSING", EDIT_VALUE), .with = ""},
    {"no block", ON_USE("R-26", "TEXT_BLOCK_MISSING", "texts", "text", 0, EDIT_DROP, END)},
    {"a text that is not UTF-8", TEXT("R-26", "TEXT_NOT_UTF8", EDIT_BYTES), .number = 3, .with = "ff"},
    {"another text", CHECKED("R-26", "TEXT_DIGEST", "documents", "text", 0, EDIT_BYTES), .number = 3, .with = "78",
     .path = {END}},
    {"a block behind the text", CHECKED("P-2", "RECORD_NUMBER", "records", "text", 0, EDIT_RECORD),
     .key = "00000009 00000000", .with = "00 61"},
    {"a second block of a short text", CHECKED("R-26", "RECORD_COUNT", "documents", "text", 0, EDIT_RECORD),
     .key = "00000000 00000001", .with = "00 61"},
    {"a block of a text that is withheld", .rule = "R-26", .code = "RECORD_COUNT", .base = SHAPE_WITHHELD,
     .place = BROKEN_CHECK, .where = "documents", .table = "text", .edit = EDIT_RECORD, .key = "00000000 00000000",
     .with = "00 61"},

    /* Judgements: {0 [0,0], 1 [1,0], 2 1, 3 score + 1, 4 run + 1, 6 created, 8 reason} */
    {"a judgement's number is left out", ON_USE("P-2", "RECORD_MISSING", "judgements", "judgement", -1, EDIT_KEY, END),
     .with = "00000fff", .checked = "RECORD_NUMBER"},
    {"right before left", JUDGEMENT("R-33", "JUDGEMENT_ORDER", EDIT_SET, 1), .with = "92 00 00"},
    {"no verdict", JUDGEMENT("R-12", "FIELD_MISSING", EDIT_CUT, 2)},
    {"verdict 4", JUDGEMENT("R-12", "NUMBER_OUT_OF_RANGE", EDIT_SET, 2), .with = "04"},
    {"verdict 0", JUDGEMENT("R-12", "FIELD_DEFAULT", EDIT_SET, 2), .with = "00"},
    {"a score of 1,001", JUDGEMENT("R-12", "NUMBER_OUT_OF_RANGE", EDIT_SET, 3), .with = "cd 03ea"},
    {"a run that is not there", JUDGEMENT("R-12", "NUMBER_OUT_OF_RANGE", EDIT_SET, 4), .with = "02"},
    {"neither run nor author", JUDGEMENT("R-33", "AUTHOR", EDIT_CUT, 4)},
    {"run and author", JUDGEMENT("R-33", "AUTHOR", EDIT_ADD, 6), .with = "05 a1 61"},
    {"a document that is not there", JUDGEMENT("R-33", "NUMBER_OUT_OF_RANGE", EDIT_SET, 1), .with = "92 09 00"},
    {"a referent of one item", JUDGEMENT("R-12", "RECORD_LENGTH", EDIT_SET, 1), .with = "91 01"},
    {"a referent that is not there", CHECKED("R-33", "REFERENT_OUT_OF_RANGE", "records", "judgement", 0, EDIT_SET),
     .path = {1, 1, END}, .with = "7f"},
    {"judgements not ascending", .rule = "R-34", .code = "RECORD_ORDER", .base = SHAPE_FULL, .place = BROKEN_CHECK,
     .where = "records", .edit = EDIT_MAKE, .make = swap_judgements},

    /* Derivations */
    {"no derivation for a pair", DERIVATION("R-12", "RECORD_LENGTH", EDIT_VALUE, END), .with = "90"},
    {"a document from itself", ON_USE("R-35", "DERIVATION_SELF", "derivations", "derivation", 0, EDIT_KEY, END),
     .with = "00000001 00000001"},
    {"from a document that is not there", ON_USE("P-2", "DOCUMENT_OUT_OF_RANGE", "derivations", "derivation", 0, EDIT_KEY, END),
     .with = "00000001 00000009"},
    {"kind 6", DERIVATION("R-12", "NUMBER_OUT_OF_RANGE", EDIT_SET, 0, 0), .with = "06"},
    {"kind 0", DERIVATION("R-12", "FIELD_DEFAULT", EDIT_SET, 0, 0), .with = "00"},
    {"a share of 1,001", DERIVATION("R-12", "NUMBER_OUT_OF_RANGE", EDIT_SET, 0, 1), .with = "cd 03ea"},
    {"by nobody", DERIVATION("T-14", "AUTHOR", EDIT_CUT, 0, 2)},
    {"ranges of three items", DERIVATION("R-12", "RECORD_LENGTH", EDIT_SET, 0, 5), .with = "93 00 05 00"},
    {"a range of no length", DERIVATION("R-12", "SPAN_ORDER", EDIT_SET, 0, 5), .with = "94 00 00 00 05"},
    {"a range before the text", DERIVATION("R-12", "SPAN_OUT_OF_RANGE", EDIT_SET, 0, 5), .with = "94 ff 05 00 05"},
    {"maps twice", DERIVATION("R-35", "DERIVATION_ORDER", EDIT_ADD, 0), .with = "82 00 04 03 a1 61"},
    {"a derivation from a document too many", CHECKED("R-35", "RECORD_COUNT", "records", "derivation", 0, EDIT_RECORD),
     .key = "00000009 00000000", .with = "91 82 00 04 03 a1 61"},
    {"a derivation retracted on day 0", CHECKED("T-10", "EDTF", "records", "derivation", 0, EDIT_ADD), .path = {0, 5, END},
     .with = "04 aa 323033312d30362d3030"},
    {"a derivation too many", .rule = "R-35", .code = "RECORD_COUNT", .base = SHAPE_FULL, .place = BROKEN_CHECK,
     .where = "records", .table = "derivation", .edit = EDIT_RECORD, .key = "00000003 00000000",
     .with = "91 82 00 04 03 a1 61"},
};

breaker_list breakers_of_records(void)
{
    return (breaker_list){all, sizeof all / sizeof all[0]};
}
