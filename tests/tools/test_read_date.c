/* SPDX-License-Identifier: MIT */
/* Dates of publication: what is certain is read, what is not stays unread. */
#include "test_read_support.h"

#include "pack/read/date.h"
#include "stemma/edtf.h"

static void usual_forms_become_edtf(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2024-03-12", "2024-03-12"},
        {"2024-03", "2024-03"},
        {"2024", "2024"},
        {"2024-03-12T10:32:00Z", "2024-03-12T10:32:00Z"},
        {"2024-03-12T10:32:00.123+0100", "2024-03-12T10:32:00+01:00"},
        {"2024-03-12 10:32:00 -05:00", "2024-03-12T10:32:00-05:00"},
        {"2024-03-12T10:32", "2024-03-12T10:32"},
        {"12 March 2024", "2024-03-12"},
        {"12th of March, 2024", "2024-03-12"},
        {"March 12, 2024", "2024-03-12"},
        {"Mar. 12, 2024", "2024-03-12"},
        {"Sept 3 2024", "2024-09-03"},
        {"March 12, 2024 10:32 GMT", "2024-03-12T10:32Z"},
        {"March 12, 2024 at 10:32 p.m. EST", "2024-03-12T22:32-05:00"},
        {"12 March 2024, 12:05am", "2024-03-12T00:05"},
        {"10:32 GMT, Tuesday 12 March 2024", "2024-03-12T10:32Z"},
        {"Tue, 12 Mar 2024 10:32:07 +0100", "2024-03-12T10:32:07+01:00"},
        {"Tue, 12 Mar 2024 10:32:07 GMT", "2024-03-12T10:32:07Z"},
        {"Tue, 12 Mar 2024 10:32:07 +0000 (UTC)", "2024-03-12T10:32:07Z"},
        {"12.03.2024", "2024-03-12"},
        {"2024/3/12", "2024-03-12"},
        {"25/12/2024", "2024-12-25"},
        {"12/25/2024", "2024-12-25"},
        {"04/04/2024", "2024-04-04"},
        {"March 2024", "2024-03"},
        {"29 February 2024", "2024-02-29"},
        {"12 March 2024 10:32 AEST", "2024-03-12"},
        {"  12 March 2024 \n", "2024-03-12"},
        {"12 March 2024 \xE2\x80\xA2 10:32", "2024-03-12T10:32"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char edtf[STM_DATE_SIZE];
        if (!stm_date_read(stemma_text_of(cases[i][0]), edtf) || strcmp(edtf, cases[i][1]) != 0) {
            fail_msg("\"%s\" gave \"%s\" instead of \"%s\"", cases[i][0], edtf, cases[i][1]);
        }
    }
}

static void edtf_is_taken_as_it_is(void **state)
{
    (void)state;
    static const char *const cases[] = {"2024-03?",
                                        "2024~",
                                        "202X",
                                        "2024-21",
                                        "2024-03-XX",
                                        "2024-03-01/2024-03-12",
                                        "2024-03-12T10:32:00+02:00",
                                        "[2024-03-01..2024-03-12]",
                                        "../2024"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char edtf[STM_DATE_SIZE];
        assert_true(stm_date_read(stemma_text_of(cases[i]), edtf));
        assert_string_equal(edtf, cases[i]);
    }
}

/* What is handed on as EDTF must be EDTF to the library. */
static void every_date_that_is_read_has_bounds(void **state)
{
    (void)state;
    static const char *const cases[] = {"12 March 2024 10:32 EST",
                                        "Tue, 12 Mar 2024 10:32:07 +0530",
                                        "2024-03-12T10:32:00.5Z",
                                        "March 2024",
                                        "12.03.2024",
                                        "March 12, 2024 10:32 pm"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char edtf[STM_DATE_SIZE];
        stemma_time_bounds bounds;
        assert_true(stm_date_read(stemma_text_of(cases[i]), edtf));
        assert_int_equal(stemma_edtf_bounds(stemma_text_of(edtf), &bounds), STEMMA_OK);
    }
}

static void doubtful_and_impossible_dates_are_not_guessed(void **state)
{
    (void)state;
    static const char *const cases[] = {"",
                                        "yesterday",
                                        "03/04/2024",
                                        "12 March",
                                        "30 February 2024",
                                        "2024-13-01",
                                        "2024-00-10",
                                        "2024-02-30",
                                        "29 February 2023",
                                        "2024-03-12T25:00",
                                        "2024-03-12T10:61",
                                        "12 March 2024 or later",
                                        "0000-01-01",
                                        "March March 2024",
                                        "12 13 2024",
                                        "Spring 2024",
                                        "12024-03-12",
                                        "2024-03-12T10:32+99:00",
                                        "13:30pm 12 March 2024",
                                        "32 AM 12 March 2024",
                                        "12 March 2024 32 am",
                                        "2022-10 32 AMT 14 z",
                                        "1 2 3",
                                        "10:30",
                                        "99999999999999999999",
                                        "2024-03-12 2025",
                                        "in 2024 the council met"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char edtf[STM_DATE_SIZE];
        if (stm_date_read(stemma_text_of(cases[i]), edtf)) {
            fail_msg("\"%s\" gave \"%s\"", cases[i], edtf);
        }
        assert_string_equal(edtf, "");
    }
}

static void any_short_bytes_are_read_without_harm(void **state)
{
    (void)state;
    static const char alphabet[] = "0129:/-.+TZ aMpr,\xC2\xA0\xE2\x80\x93(";
    uint32_t seed = 12345;
    for (int round = 0; round < 200000; round++) {
        char text[24];
        size_t size = 0;
        for (; size < sizeof text; size++) {
            seed = seed * 1664525u + 1013904223u;
            text[size] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        char edtf[STM_DATE_SIZE];
        bool read = stm_date_read((stemma_text){text, (seed >> 8) % 25}, edtf);
        assert_true(read == (edtf[0] != 0));
        stemma_time_bounds bounds;
        assert_true(!read || stemma_edtf_bounds(stemma_text_of(edtf), &bounds) == STEMMA_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_forms_become_edtf),
        cmocka_unit_test(edtf_is_taken_as_it_is),
        cmocka_unit_test(every_date_that_is_read_has_bounds),
        cmocka_unit_test(doubtful_and_impossible_dates_are_not_guessed),
        cmocka_unit_test(any_short_bytes_are_read_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
