/* SPDX-License-Identifier: MIT */
/* Rows and details as records; the usual text of a time; the rows part of a document's record. */
#include "document_record.h"
#include "row_record.h"
#include "support/prng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>

static const stemma_term terms[] = {
    {STEMMA_TERM_ENTITY_TYPE, {"person", 6}, {NULL, 0}, 0, {NULL, 0}, {NULL, 0}},
    {STEMMA_TERM_EVENT_TYPE, {"contact.meet", 12}, {NULL, 0}, 0, {NULL, 0}, {NULL, 0}},
    {STEMMA_TERM_PREDICATE, {"agent", 5}, {NULL, 0}, 0, {NULL, 0}, {NULL, 0}},
    {STEMMA_TERM_PREDICATE, {"content", 7}, {NULL, 0}, 0, {NULL, 0}, {NULL, 0}},
    {STEMMA_TERM_PREDICATE, {"participant", 11}, {NULL, 0}, 0, {NULL, 0}, {NULL, 0}},
    {STEMMA_TERM_PREDICATE, {"place", 5}, {NULL, 0}, 0, {NULL, 0}, {NULL, 0}},
    {STEMMA_TERM_PREDICATE, {"time", 4}, {NULL, 0}, 0, {NULL, 0}, {NULL, 0}},
    {STEMMA_TERM_PREDICATE, {"type", 4}, {NULL, 0}, 0, {NULL, 0}, {NULL, 0}},
};
enum { PERSON, MEET, AGENT, CONTENT, PARTICIPANT, PLACE, TIME, TYPE };
static const stm_vocabulary vocabulary = {terms, sizeof terms / sizeof terms[0]};
static const stm_row_predicates predicates = {TYPE, TIME, PLACE, CONTENT};

static const stm_row_participant two[] = {{AGENT, 3}, {PARTICIPANT, 0}};

static stm_row_record full_row(void)
{
    stm_row_record row = {MEET, {"2031-05-04", 10}, 4, 5, two, 2, STM_ROW_RARE_NONE};
    row.rare.external_id = stemma_text_of("list:7");
    row.rare.content = stemma_text_of("It rained");
    row.rare.quantity_predicate = AGENT;
    row.rare.amount = stemma_text_of("12.5");
    row.rare.unit = stemma_text_of("km");
    return row;
}

static stemma_bytes encode(const stm_row_record *row, uint8_t room[256])
{
    stm_buffer out = stm_buffer_over(room, 256);
    assert_int_equal(stm_row_encode(row, &vocabulary, &out, NULL), STEMMA_OK);
    return stm_buffer_view(&out);
}

static void assert_text(stemma_text text, const char *expected)
{
    assert_true(stemma_text_equal(text, stemma_text_of(expected)));
}

/* */
static void a_row_comes_back_as_it_was(void **state)
{
    uint8_t room[256];
    stm_row_record row = full_row(), again;
    stm_row_participant list[2];
    uint32_t count = 0;
    (void)state;
    stemma_bytes value = encode(&row, room);
    assert_int_equal(stm_row_count(value, &count, NULL), STEMMA_OK);
    assert_int_equal(count, 2);
    assert_int_equal(stm_row_decode(value, &vocabulary, 6, &again, list, count, NULL), STEMMA_OK);
    assert_int_equal(again.type, MEET);
    assert_text(again.time, "2031-05-04");
    assert_int_equal(again.place, 4);
    assert_int_equal(again.source, 5);
    assert_int_equal(again.participant_count, 2);
    assert_memory_equal(again.participants, two, sizeof two);
    assert_text(again.rare.external_id, "list:7");
    assert_text(again.rare.content, "It rained");
    assert_int_equal(again.rare.quantity_predicate, AGENT);
    assert_text(again.rare.amount, "12.5");
    assert_text(again.rare.unit, "km");
    /* Fewer actors than it names. */
    assert_int_equal(stm_row_decode(value, &vocabulary, 5, &again, list, count, NULL),
                     STEMMA_E_DAMAGED);
    /* Less room than there are participants. */
    assert_int_equal(stm_row_decode(value, &vocabulary, 6, &again, list, 1, NULL),
                     STEMMA_E_DAMAGED);
}

/* */
static void a_row_of_wrong_terms_or_order_is_refused(void **state)
{
    static const stm_row_participant twice[] = {{AGENT, 3}, {AGENT, 3}};
    static const stm_row_participant typed[] = {{MEET, 3}};
    uint8_t room[256];
    stm_row_record row = full_row();
    stm_buffer out = stm_buffer_over(room, sizeof room);
    (void)state;
    row.type = AGENT;
    assert_int_equal(stm_row_encode(&row, &vocabulary, &out, NULL), STEMMA_E_INVALID);
    row.type = MEET;
    row.participants = twice;
    assert_int_equal(stm_row_encode(&row, &vocabulary, &out, NULL), STEMMA_E_INVALID);
    row.participants = typed;
    row.participant_count = 1;
    assert_int_equal(stm_row_encode(&row, &vocabulary, &out, NULL), STEMMA_E_INVALID);
}

static void damaged_rows_are_refused_or_another_row(void **state)
{
    prng random = {5};
    uint8_t room[256], copy[256], again[256];
    stm_row_record row = full_row();
    (void)state;
    stemma_bytes value = encode(&row, room);
    for (int round = 0; round < 20000; round++) {
        stm_row_record out;
        stm_row_participant list[8];
        uint32_t count = 0;
        stemma_bytes changed = {copy, value.size};
        memcpy(copy, value.data, value.size);
        copy[prng_below(&random, (uint32_t)value.size)] ^= (uint8_t)(1 + prng_below(&random, 255));
        if (prng_below(&random, 4) == 0) {
            changed.size = prng_below(&random, (uint32_t)value.size);
        }
        if (stm_row_count(changed, &count, NULL) == STEMMA_OK && count <= 8 &&
            stm_row_decode(changed, &vocabulary, 6, &out, list, count, NULL) == STEMMA_OK) {
            stm_buffer written = stm_buffer_over(again, sizeof again);
            assert_int_equal(stm_row_encode(&out, &vocabulary, &written, NULL), STEMMA_OK);
            assert_true(written.size <= changed.size);
            if (written.size == changed.size) { /* else a field of 64 or more was passed over */
                assert_memory_equal(again, copy, changed.size);
            }
        }
    }
}

/* */
static void details_are_found_by_place(void **state)
{
    uint8_t room[256];
    stm_row_rare rare = STM_ROW_RARE_NONE, found[5];
    stm_buffer out = stm_buffer_over(room, sizeof room);
    (void)state;
    rare.time = stemma_text_of("2031/2032");
    rare.external_id = stemma_text_of("a:b");
    stm_detail_begin(4, &out);
    assert_int_equal(stm_detail_put(NULL, &vocabulary, &out, NULL), STEMMA_OK);
    assert_int_equal(stm_detail_put(&rare, &vocabulary, &out, NULL), STEMMA_OK);
    assert_int_equal(stm_detail_put(NULL, &vocabulary, &out, NULL), STEMMA_OK);
    rare.time.size = 0;
    rare.content = stemma_text_of("fog");
    assert_int_equal(stm_detail_put(&rare, &vocabulary, &out, NULL), STEMMA_OK);
    stemma_bytes payload = stm_buffer_view(&out);
    assert_int_equal(stm_detail_decode(payload, &vocabulary, 4, found, NULL), STEMMA_OK);
    assert_true(found[0].external_id.size == 0 && found[0].quantity_predicate == STEMMA_NONE);
    assert_text(found[1].external_id, "a:b");
    assert_text(found[1].time, "2031/2032");
    assert_text(found[3].content, "fog");
    assert_int_equal(found[3].time.size, 0);
    assert_int_equal(stm_detail_decode(payload, &vocabulary, 3, found, NULL), STEMMA_E_DAMAGED);
    assert_int_equal(stm_detail_decode(payload, &vocabulary, 5, found, NULL), STEMMA_E_DAMAGED);
    /* An empty map where 0 belongs. */
    const uint8_t empty[] = {0x91, 0x80};
    stemma_bytes wrong = {empty, sizeof empty};
    assert_int_equal(stm_detail_decode(wrong, &vocabulary, 1, found, NULL), STEMMA_E_DAMAGED);
}

/* Texts of every length around those that are written in another form, one alone and two together; what is not as it
   should be is found whatever its length. */
static void details_have_texts_of_any_length(void **state)
{
    static char letters[70000];
    static uint8_t room[160000];
    static const uint8_t number[] = {0x91, 0x05}, other[] = {0x91, 0x81, 0x09, 0xa1, 'x'};
    static const uint8_t none[] = {0x91, 0x81, 0x05, 0xa0}, wide[] = {0x91, 0x81, 0x05, 0xd9, 0x01, 'x'};
    static const uint8_t cut[] = {0x91, 0x81, 0x06, 0xa4, 'f', 'o', 'g'}, text[] = {0x91, 0xa1, 'x'};
    static const stemma_bytes wrong[] = {{number, sizeof number}, {other, sizeof other}, {none, sizeof none},
                                         {wide, sizeof wide},     {cut, sizeof cut},     {text, sizeof text}};
    static const size_t sizes[] = {1, 31, 32, 33, 127, 128, 255, 256, 257, 1024, 1025, 65535};
    stm_row_rare found;
    (void)state;
    memset(letters, 'f', sizeof letters);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (unsigned with = 0; with < 2; with++) {
            stm_row_rare rare = STM_ROW_RARE_NONE;
            stm_buffer out = stm_buffer_over(room, sizeof room);
            rare.content = (stemma_text){letters, sizes[i]};
            rare.external_id = (stemma_text){letters, with * (sizes[i] <= 1024 ? sizes[i] : 1024)};
            stm_detail_begin(1, &out);
            assert_int_equal(stm_detail_put(&rare, &vocabulary, &out, NULL), STEMMA_OK);
            assert_int_equal(stm_detail_decode(stm_buffer_view(&out), &vocabulary, 1, &found, NULL), STEMMA_OK);
            assert_true(stemma_text_equal(found.content, rare.content) &&
                        stemma_text_equal(found.external_id, rare.external_id) && found.time.size == 0);
        }
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(stm_detail_decode(wrong[i], &vocabulary, 1, &found, NULL), STEMMA_E_DAMAGED);
    }
}

/* */
static void the_usual_time_reads_as_its_bounds(void **state)
{
    static const char *const usual[] = {
        "2031-05-04",           "2031-05",          "2031",  "0001-01-01", "9999-12-31",
        "1969-12-31",           "2031-05-04~",      "2031?", "2031-05%",   "2031-05-04T10:00Z",
        "2031-05-04T10:00:07Z", "1969-12-31T23:59Z"};
    static const char *const unusual[] = {"2031/2032", "[2031..2032]", "203X",
                                          "2031-21",   "../2031",      "2031/.."};
    static const char *const others[][2] = {{"2031-05-04T10:00", "2031-05-04T10:00Z"},
                                            {"2031-05-XX", "2031-05"},
                                            {"2031-05-04T10:00+02:00", "2031-05-04T08:00Z"}};
    char out[STM_ROW_TIME_SIZE];
    stemma_time_bounds bounds;
    (void)state;
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        assert_int_equal(stemma_edtf_bounds(stemma_text_of(usual[i]), &bounds), STEMMA_OK);
        stemma_text text = {out, stm_row_time_text(&bounds, out)};
        assert_text(text, usual[i]);
    }
    for (size_t i = 0; i < sizeof unusual / sizeof unusual[0]; i++) {
        assert_int_equal(stemma_edtf_bounds(stemma_text_of(unusual[i]), &bounds), STEMMA_OK);
        assert_int_equal(stm_row_time_text(&bounds, out), 0);
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_int_equal(stemma_edtf_bounds(stemma_text_of(others[i][0]), &bounds), STEMMA_OK);
        stemma_text text = {out, stm_row_time_text(&bounds, out)};
        assert_text(text, others[i][1]);
    }
}

/* [T-18] */
static void what_a_row_says_is_in_order(void **state)
{
    static const stm_row_participant three[] = {{AGENT, 1}, {AGENT, 3}, {PARTICIPANT, 0}};
    static const struct {
        uint32_t predicate, actor;
        uint8_t kind;
    } expected[] = {
        {AGENT, 1, STEMMA_OBJECT_REFERENT},           {AGENT, 3, STEMMA_OBJECT_REFERENT},
        {AGENT, STEMMA_NONE, STEMMA_OBJECT_QUANTITY}, {CONTENT, STEMMA_NONE, STEMMA_OBJECT_TEXT},
        {PARTICIPANT, 0, STEMMA_OBJECT_REFERENT},     {PLACE, 4, STEMMA_OBJECT_PLACE},
        {TIME, STEMMA_NONE, STEMMA_OBJECT_TIME},      {TYPE, STEMMA_NONE, STEMMA_OBJECT_TEXT}};
    stm_row_assertion out[8];
    stm_row_record row = full_row();
    (void)state;
    row.participants = three;
    row.participant_count = 3;
    assert_int_equal(stm_row_assertion_count(&row), 8);
    stm_row_assertions(&row, &predicates, out);
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(out[i].predicate, expected[i].predicate);
        assert_int_equal(out[i].actor, expected[i].actor);
        assert_int_equal(out[i].kind, expected[i].kind);
    }
}

static stemma_status rows_of_document(uint32_t rows, uint32_t stride, uint32_t run,
                                      const uint8_t *gaps, size_t gap_size, uint8_t room[256],
                                      stm_document_extra *extra)
{
    stemma_document document = {0}, again;
    stm_document_rows set = {rows, stride, run, {gaps, gap_size}};
    stm_buffer out = stm_buffer_over(room, 256);
    document.text_withheld = 1;
    document.text_size = UINT64_C(1) << 40; /* a table may be larger than any text */
    document.referent_count = 10;
    stemma_status status = stm_document_encode(&document, 0, &set, &out, NULL);
    status = status == STEMMA_OK ? stm_document_decode(stm_buffer_view(&out), &again, extra, NULL)
                                 : status;
    if (status == STEMMA_OK) {
        assert_int_equal(again.text_size, document.text_size);
    }
    return status;
}

/* */
static void rows_of_a_document_are_checked(void **state)
{
    static const uint8_t header[] = {0, 1}, later[] = {0, 1, 2, 5}, behind[] = {3, 1};
    static const uint8_t nothing[] = {1, 0}, twice[] = {0, 1, 0, 1}, half[] = {0};
    uint8_t room[256];
    stm_document_extra extra;
    (void)state;
    assert_int_equal(rows_of_document(3, 4, 7, header, 2, room, &extra), STEMMA_OK);
    assert_int_equal(extra.rows, 3);
    assert_int_equal(extra.stride, 4);
    assert_int_equal(extra.run, 7);
    assert_int_equal(extra.gaps.size, sizeof header);
    assert_memory_equal(extra.gaps.data, header, sizeof header);
    assert_int_equal(rows_of_document(3, 4, 7, NULL, 0, room, &extra), STEMMA_OK);
    assert_int_equal(extra.gaps.size, 0);
    assert_int_equal(rows_of_document(3, 4, 7, later, 4, room, &extra), STEMMA_OK);
    assert_int_equal(extra.gaps.size, sizeof later);
    assert_memory_equal(extra.gaps.data, later, sizeof later);
    const struct {
        uint32_t rows, stride;
        const uint8_t *gaps;
        size_t size;
    } wrong[] = {{3, 4, behind, 2},
                 {3, 4, nothing, 2},
                 {3, 4, twice, 4},
                 {3, 4, half, 1},
                 {0, 4, NULL, 0},
                 {3, 0, NULL, 0},
                 {UINT32_MAX - 5, 1, NULL, 0},
                 {70000, 70000, NULL, 0}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(rows_of_document(wrong[i].rows, wrong[i].stride, 0, wrong[i].gaps,
                                          wrong[i].size, room, &extra),
                         STEMMA_E_INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_comes_back_as_it_was),
        cmocka_unit_test(a_row_of_wrong_terms_or_order_is_refused),
        cmocka_unit_test(damaged_rows_are_refused_or_another_row),
        cmocka_unit_test(details_are_found_by_place),
        cmocka_unit_test(details_have_texts_of_any_length),
        cmocka_unit_test(the_usual_time_reads_as_its_bounds),
        cmocka_unit_test(what_a_row_says_is_in_order),
        cmocka_unit_test(rows_of_a_document_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
