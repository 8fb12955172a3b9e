/* SPDX-License-Identifier: MIT */
/* What is wrong with rows of data sets: records of `row`, `detail`, and what the document says of them. */
#include "hostile/breakers.h"

#define ROW(rule_, code_, edit_, ...)                                                                \
    .rule = rule_, .code = code_, .base = SHAPE_ROWS, .place = BROKEN_USE, .where = "rows",          \
    .table = "row", .record = 0, .edit = edit_, .path = {__VA_ARGS__, END}
#define DETAIL(rule_, code_, edit_, ...)                                                             \
    .rule = rule_, .code = code_, .base = SHAPE_ORDERED, .place = BROKEN_USE, .where = "rows",       \
    .table = "detail", .record = 0, .edit = edit_, .path = {__VA_ARGS__, END}
#define SET(rule_, code_, edit_, ...)                                                                \
    .rule = rule_, .code = code_, .base = SHAPE_ROWS, .place = BROKEN_USE, .where = "documents",     \
    .table = "document", .record = -1, .edit = edit_, .path = {__VA_ARGS__, END}
#define CHECKED(rule_, code_, table_, record_, edit_, ...)                                           \
    .rule = rule_, .code = code_, .base = SHAPE_ROWS, .place = BROKEN_CHECK, .where = "rows",        \
    .table = table_, .record = record_, .edit = edit_, .path = {__VA_ARGS__, END}

static const breaker all[] = {
    {"a row's type is a predicate", ROW("R-42", "TERM_UNKNOWN", EDIT_LIKE, 0), .like = {4, 0, END}},
    {"a row without type", ROW("R-12", "FIELD_MISSING", EDIT_CUT, 0)},
    {"a role that is a type", ROW("R-42", "TERM_UNKNOWN", EDIT_LIKE, 4, 0), .like = {0, END}},
    {"an actor that is not there", ROW("R-42", "NUMBER_OUT_OF_RANGE", EDIT_SET, 4, 1), .with = "7f"},
    {"half a participant", ROW("R-12", "RECORD_LENGTH", EDIT_CUT, 4, 1)},
    {"a row cut off", ROW("R-3", "RECORD_TRUNCATED", EDIT_SHORT, END), .number = 1},
    {"an unknown field of a row", ROW("R-11", "UNKNOWN_FIELD", EDIT_FIELD, END), .with = "08 01"},
    {"a row that is not there", ROW("R-42", "RECORD_MISSING", EDIT_DROP, END)},

    {"details of two bytes", DETAIL("R-43", "DETAIL_HEADER", EDIT_VALUE, END), .with = "00 00"},
    {"details of another size", DETAIL("R-43", "DETAIL_HEADER", EDIT_VALUE, END), .with = "00 09000000 90"},
    {"details that do not unpack", DETAIL("R-43", "DETAIL_COMPRESSION", EDIT_STORED, END), .number = 0, .with = "01"},
    {"details of 4 GiB", DETAIL("F-5", "DETAIL_COMPRESSION", EDIT_STORED, END), .number = 1, .with = "ffffffff"},
    {"details of too few events", DETAIL("R-43", "RECORD_LENGTH", EDIT_CUT, 0)},
    {"details go on", DETAIL("R-3", "RECORD_TRAILING", EDIT_APPEND, END), .with = "00"},
    {"an empty map of details", DETAIL("R-43", "FIELD_DEFAULT", EDIT_SET, 0), .with = "80"},
    {"a detail that is not UTF-8", DETAIL("R-8", "TEXT_NOT_UTF8", EDIT_SET, 0), .with = "81 06 a1 ff"},
    {"an unknown detail", DETAIL("R-11", "UNKNOWN_FIELD", EDIT_SET, 0), .with = "81 04 01"},

    {"rows without stride", SET("R-41", "FIELD_MISSING", EDIT_CUT, 20)},
    {"rows without run", SET("R-41", "FIELD_MISSING", EDIT_CUT, 21)},
    {"a run of rows that is not there", SET("R-12", "NUMBER_OUT_OF_RANGE", EDIT_SET, 21), .with = "09"},
    {"a gap of no rows", SET("R-41", "ROW_ORDER", EDIT_SET, 19), .with = "c4 02 01 00"},
    {"a gap behind the last row", SET("R-41", "ROW_ORDER", EDIT_SET, 19), .with = "c4 03 ff 7f 01"},
    {"half a gap", SET("R-41", "ROW_ORDER", EDIT_SET, 19), .with = "c4 01 01"},
    {"2^32 - 1 rows", SET("R-41", "NUMBER_OUT_OF_RANGE", EDIT_SET, 18), .with = "ce ffffffff"},
    {"a stride of 2^31", SET("R-41", "ROW_ORDER", EDIT_SET, 20), .with = "ce 80000000"},
    {"another stride", CHECKED("R-41", "ROW_COUNTS", "document", -1, EDIT_SET, 20), .with = "20"},
    {"actors not in order", CHECKED("I-30", "ACTOR_ORDER", "testimony", -1, EDIT_SET, 0, 0, 1, 0), .with = "a2 7a7a"},
    {"a time of a row that is none", CHECKED("T-17", "EDTF", "row", 0, EDIT_SET, 1), .with = "a7 323033312d3133"},
};

breaker_list breakers_of_rows(void)
{
    return (breaker_list){all, sizeof all / sizeof all[0]};
}
