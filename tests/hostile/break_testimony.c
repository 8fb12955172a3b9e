/* SPDX-License-Identifier: MIT */
/* What is wrong with testimony so that it does not decode. */
#include "hostile/breakers.h"

#include "hostile/value.h"

/* Referents: 0 person, 1 place, 2 release, 3 agency, 4 paper, 5 minister. Mentions: 0 person, 1 release,
   2 time, 3 place, 4 agency, 5 paper, 6 quantity, 7 minister. Assertions: 0 type, 1 patient (person), 2 time,
   3 place, 4 patient (quantity, quoted), 5 located (a place with coordinates), 6 role, 7 agent (some value),
   8 spouse (no value), 9 part_of. */
#define PART(rule_, code_, edit_, ...)                                                               \
    .rule = rule_, .code = code_, .base = SHAPE_FULL, .place = BROKEN_USE, .where = "testimony",     \
    .table = "testimony", .record = 0, .edit = edit_, .path = {__VA_ARGS__, END}

/* The last referent in a second part, behind mentions and assertions. */
static void referent_behind(image *records)
{
    static value_bytes payload, value;
    static uint8_t referent[512];
    image_table *table = image_table_named(records, "testimony");
    const int path[] = {0, 5, END};
    mp_place place;
    size_t size = 0;
    if (value_unpack(records, "testimony", &table->records[0], &payload) && mp_find(&payload, path, &place)) {
        size = place.end - place.at;
        for (size_t i = 0; i < size; i++) {
            referent[i] = payload.data[place.at + i];
        }
        mp_replace(&payload, place.at, place.end, NULL, 0);
        mp_count_add(&payload, place.container, -1);
    }
    value_pack("testimony", &payload, &value);
    image_set(records, table, &table->records[0], value.data, value.size);
    payload.size = 0;
    mp_replace(&payload, 0, 0, "\x93\x91\x90\x90", 4);
    mp_replace(&payload, 2, 2, referent, size);
    value_pack("testimony", &payload, &value);
    image_insert(records, table, "\0\0\0\0\0\0\0\1", 8, value.data, value.size);
}

static const breaker all[] = {
    {"a part of two bytes", PART("R-28", "TESTIMONY_HEADER", EDIT_VALUE, END), .with = "00 00"},
    {"a size that is not the payload's", PART("R-28", "TESTIMONY_HEADER", EDIT_VALUE, END), .with = "00 04000000 93 90 90"},
    {"a size that is not what it unpacks to", PART("R-28", "TESTIMONY_COMPRESSION", EDIT_STORED, END), .number = 1, .with = "ff"},
    {"an unknown codec of a part", PART("R-28", "TESTIMONY_COMPRESSION", EDIT_STORED, END), .number = 0, .with = "07"},
    {"a part of 4 GiB", PART("F-5", "TESTIMONY_COMPRESSION", EDIT_STORED, END), .number = 1, .with = "ffffffff"},
    {"no part", PART("R-28", "TESTIMONY_COUNT", EDIT_DROP, END)},
    {"an assertion missing", PART("R-28", "TESTIMONY_COUNT", EDIT_CUT, 2, 9)},
    {"a mention missing", PART("R-28", "TESTIMONY_COUNT", EDIT_CUT, 1, 7)},
    {"a referent behind mentions", PART("R-28", "TESTIMONY_ORDER", EDIT_MAKE, END), .make = referent_behind},
    {"a part of two arrays", PART("R-28", "RECORD_LENGTH", EDIT_CUT, 2)},
    {"a part too many", .rule = "R-28", .code = "TESTIMONY_COUNT", .base = SHAPE_FULL, .place = BROKEN_CHECK,
     .where = "documents", .table = "testimony", .edit = EDIT_RECORD, .key = "00000000 00000001", .with = "00 04000000 93 90 90 90"},
    {"a part goes on", PART("R-3", "RECORD_TRAILING", EDIT_APPEND, END), .with = "90"},

    {"a type that is a predicate", PART("R-29", "TERM_KIND", EDIT_LIKE, 0, 0, 0), .like = {2, 0, 1, END}},
    {"a type that is no term", PART("R-29", "NUMBER_OUT_OF_RANGE", EDIT_SET, 0, 0, 0), .with = "cd ffff"},
    {"a predicate that is a type", PART("R-29", "TERM_KIND", EDIT_LIKE, 2, 0, 1), .like = {0, 0, 0, END}},
    {"a referent of one item", PART("R-12", "RECORD_LENGTH", EDIT_SET, 0, 1), .with = "91 00"},
    {"an empty name", PART("R-28", "FIELD_DEFAULT", EDIT_SET, 0, 1, 1, 0), .with = "a0"},
    {"a name of kind 4", PART("R-28", "NUMBER_OUT_OF_RANGE", EDIT_SET, 0, 1, 1, 0), .with = "92 a1 61 04"},
    {"a name of kind 0 that says so", PART("R-10", "FIELD_DEFAULT", EDIT_SET, 0, 1, 1, 0), .with = "92 a1 61 00"},
    {"a name of 1,025 bytes", PART("R-28", "TEXT_TOO_LONG", EDIT_TEXT, 0, 1, 1, 0), .number = 1025},

    {"a mention of kind 6", PART("R-28", "MENTION_KIND", EDIT_SET, 1, 1, 0), .with = "16"},
    {"a reserved flag of a mention", PART("R-28", "NUMBER_OUT_OF_RANGE", EDIT_SET, 1, 1, 0), .with = "53"},
    {"a mention of nobody", PART("R-31", "NUMBER_OUT_OF_RANGE", EDIT_SET, 1, 1, 1), .with = "07"},
    {"a mention without spans", PART("R-30", "RECORD_LENGTH", EDIT_SET, 1, 1), .with = "92 13 03"},
    {"half a span", PART("R-30", "RECORD_LENGTH", EDIT_CUT, 1, 1, 3)},
    {"an empty span", PART("R-30", "SPAN_ORDER", EDIT_SET, 1, 1, 3), .with = "00"},
    {"a span behind the text", PART("R-30", "SPAN_OUT_OF_RANGE", EDIT_SET, 1, 1, 3), .with = "cd 4000"},
    {"a span before the text", PART("R-30", "SPAN_OUT_OF_RANGE", EDIT_SET, 1, 0, 4), .with = "ff"},
    {"a head before the text", PART("R-30", "SPAN_OUT_OF_RANGE", EDIT_SET, 1, 0, 2), .with = "d0 a0"},

    {"a subject that is not there", PART("R-31", "NUMBER_OUT_OF_RANGE", EDIT_SET, 2, 1, 0), .with = "06"},
    {"an object that is not there", PART("R-31", "REFERENT_OUT_OF_RANGE", EDIT_SET, 2, 1, 2), .with = "06"},
    {"a speaker that is not there", PART("R-31", "NUMBER_OUT_OF_RANGE", EDIT_SET, 2, 4, 7), .with = "07"},
    {"a medium that is not there", PART("R-31", "NUMBER_OUT_OF_RANGE", EDIT_SET, 2, 4, 8), .with = "07"},
    {"a run that is not there", PART("R-31", "NUMBER_OUT_OF_RANGE", EDIT_SET, 2, 1, 4), .with = "01"},
    {"a confidence of 1,001", PART("R-31", "NUMBER_OUT_OF_RANGE", EDIT_SET, 2, 4, 6), .with = "cd 03ea"},
    {"a speaker and attribution none", PART("R-32", "ATTRIBUTION", EDIT_SET, 2, 4, 3), .with = "05"},
    {"no speaker and attribution speaker", PART("R-32", "ATTRIBUTION", EDIT_SET, 2, 1, 3), .with = "cd 0105"},
    {"polarity 3", PART("R-32", "FLAGS", EDIT_SET, 2, 1, 3), .with = "07"},
    {"attribution 3", PART("R-32", "FLAGS", EDIT_SET, 2, 1, 3), .with = "cd 0305"},
    {"stance 5", PART("R-32", "FLAGS", EDIT_SET, 2, 1, 3), .with = "cd 1405"},
    {"a reserved flag of an assertion", PART("R-32", "NUMBER_OUT_OF_RANGE", EDIT_SET, 2, 1, 3), .with = "cd 2005"},
    {"a zero at the end of an assertion", PART("R-10", "FIELD_DEFAULT", EDIT_SET, 2, 1), .with = "97 02 cc a1 00 05 00 91 93 02 00 2a 00"},
    {"evidence of part 3", PART("R-28", "NUMBER_OUT_OF_RANGE", EDIT_SET, 2, 1, 5, 0, 0), .with = "03"},
    {"evidence without spans", PART("R-30", "RECORD_LENGTH", EDIT_SET, 2, 1, 5, 0), .with = "91 02"},
    {"an empty span of evidence", PART("R-30", "SPAN_ORDER", EDIT_SET, 2, 1, 5, 0, 2), .with = "00"},
    {"evidence behind the text", PART("R-30", "SPAN_OUT_OF_RANGE", EDIT_SET, 2, 1, 5, 0, 2), .with = "cd 4000"},

    {"an object of kind 7", PART("R-13", "NUMBER_OUT_OF_RANGE", EDIT_SET, 2, 7, 2), .with = "91 07"},
    {"a text that is written as an array", PART("R-13", "OBJECT_KIND", EDIT_SET, 2, 7, 2), .with = "91 01"},
    {"an object of no kind", PART("R-13", "RECORD_LENGTH", EDIT_SET, 2, 7, 2), .with = "90"},
    {"some value, and more", PART("R-13", "RECORD_LENGTH", EDIT_SET, 2, 7, 2), .with = "92 05 01"},
    {"a time with an empty end", PART("R-13", "FIELD_DEFAULT", EDIT_SET, 2, 2, 2), .with = "93 02 a4 32303331 a0"},
    {"a place with one coordinate", PART("R-13", "RECORD_LENGTH", EDIT_CUT, 2, 5, 2, 6)},
    {"a place north of the pole", PART("R-13", "NUMBER_OUT_OF_RANGE", EDIT_SET, 2, 5, 2, 5), .with = "ce 35a4e901"},
    {"modifier 6", PART("R-13", "NUMBER_OUT_OF_RANGE", EDIT_SET, 2, 4, 2, 1), .with = "06"},
};

breaker_list breakers_of_testimony(void)
{
    return (breaker_list){all, sizeof all / sizeof all[0]};
}
