/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "stemma/edtf.h"

static stemma_time_bounds read_good(const char *edtf)
{
    stemma_time_bounds bounds;
    memset(&bounds, 0xA5, sizeof bounds);
    if (stemma_edtf_bounds(stemma_text_of(edtf), &bounds) != STEMMA_OK) {
        fail_msg("refused: %s", edtf);
    }
    return bounds;
}

/** The four bounds as days, "-" for unknown. */
static void expect_days(const char *edtf, const char *a, const char *b, const char *c,
                        const char *d)
{
    stemma_time_bounds bounds = read_good(edtf);
    const char *wanted[4] = {a, b, c, d};
    int64_t got[4] = {bounds.start_earliest, bounds.start_latest, bounds.end_earliest,
                      bounds.end_latest};
    for (int i = 0; i < 4; i++) {
        char day[11];
        if (got[i] == STEMMA_TIME_UNKNOWN_EARLY || got[i] == STEMMA_TIME_UNKNOWN_LATE) {
            assert_string_equal("-", wanted[i]);
            continue;
        }
        stemma_day_text(got[i], day);
        assert_string_equal(day, wanted[i]);
    }
}

static void every_day_of_ten_thousand_years_survives_the_round_trip(void **state)
{
    (void)state;
    int64_t expected = stemma_days_from_civil(1, 1, 1);
    assert_int_equal(stemma_days_from_civil(1970, 1, 1), 0);
    assert_int_equal(stemma_days_from_civil(2000, 3, 1), 11017);
    assert_int_equal(expected, -719162);
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            int y = 0;
            int m = 0;
            int d = 0;
            int64_t first = stemma_days_from_civil(year, month, 1);
            stemma_civil_from_days(first, &y, &m, &d);
            assert_true(y == year && m == month && d == 1);
            stemma_civil_from_days(first - 1, &y, &m, &d);
            assert_true(d >= 28 && (m == month - 1 || (month == 1 && m == 12)));
        }
    }
}

/* */
static void dates_bound_what_their_precision_says(void **state)
{
    (void)state;
    expect_days("2025-12-13", "2025-12-13", "2025-12-13", "2025-12-13", "2025-12-13");
    expect_days("2024-02", "2024-02-01", "2024-02-29", "2024-02-01", "2024-02-29");
    expect_days("1900-02", "1900-02-01", "1900-02-28", "1900-02-01", "1900-02-28");
    expect_days("2021", "2021-01-01", "2021-12-31", "2021-01-01", "2021-12-31");
    expect_days("202X", "2020-01-01", "2029-12-31", "2020-01-01", "2029-12-31");
    expect_days("19XX", "1900-01-01", "1999-12-31", "1900-01-01", "1999-12-31");
    expect_days("000X", "0001-01-01", "0009-12-31", "0001-01-01", "0009-12-31");
    expect_days("2021-XX", "2021-01-01", "2021-12-31", "2021-01-01", "2021-12-31");
    expect_days("2021-XX-XX", "2021-01-01", "2021-12-31", "2021-01-01", "2021-12-31");
    expect_days("2021-06-XX", "2021-06-01", "2021-06-30", "2021-06-01", "2021-06-30");
    expect_days("2021-21", "2021-03-01", "2021-05-31", "2021-03-01", "2021-05-31");
    expect_days("2023-24", "2023-12-01", "2024-02-29", "2023-12-01", "2024-02-29");
    assert_int_equal(read_good("2025-12-13").precision, STEMMA_PRECISION_DAY);
    assert_int_equal(read_good("2025-12").precision, STEMMA_PRECISION_MONTH);
    assert_int_equal(read_good("2025-12-XX").precision, STEMMA_PRECISION_MONTH);
    assert_int_equal(read_good("2025-22").precision, STEMMA_PRECISION_SEASON);
    assert_int_equal(read_good("2025-XX").precision, STEMMA_PRECISION_YEAR);
    assert_int_equal(read_good("202X").precision, STEMMA_PRECISION_DECADE_OR_MORE);
}

static void clock_times_are_reckoned_in_utc(void **state)
{
    (void)state;
    assert_int_equal(read_good("1970-01-01T00:00:01").start_earliest, 1);
    assert_int_equal(read_good("1970-01-01T00:00:01Z").end_latest, 1);
    assert_int_equal(read_good("1970-01-01T02:00:00+02:00").start_earliest, 0);
    assert_int_equal(read_good("1970-01-01T00:00:00-01:30").start_earliest, 5400);
    assert_int_equal(read_good("1970-01-01T00:01").start_earliest, 60);
    assert_int_equal(read_good("1970-01-01T00:01").end_latest, 119);
    assert_int_equal(read_good("1970-01-01T00:01").precision, STEMMA_PRECISION_SECOND);
}

static void qualifiers_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(read_good("2021?").uncertain, 1);
    assert_int_equal(read_good("2021?").approximate, 0);
    assert_int_equal(read_good("2021~").approximate, 1);
    assert_int_equal(read_good("2021~").uncertain, 0);
    assert_int_equal(read_good("2021%").approximate, 1);
    assert_int_equal(read_good("2021%").uncertain, 1);
    assert_int_equal(read_good("2021~/2022").approximate, 1);
    assert_int_equal(read_good("2021").approximate, 0);
}

/* */
static void intervals_are_extents_and_sets_are_not(void **state)
{
    (void)state;
    expect_days("2020/2021-03", "2020-01-01", "2020-12-31", "2021-03-01", "2021-03-31");
    expect_days("2023-07/..", "2023-07-01", "2023-07-31", "2023-07-01", "-");
    expect_days("2023-07/", "2023-07-01", "2023-07-31", "2023-07-01", "-");
    expect_days("../2023-07-04", "-", "2023-07-04", "2023-07-04", "2023-07-04");
    expect_days("/2023", "-", "2023-12-31", "2023-01-01", "2023-12-31");
    expect_days("[2025-12-13..2025-12-14]", "2025-12-13", "2025-12-14", "2025-12-13", "2025-12-14");
    expect_days("[..2025]", "-", "2025-12-31", "-", "2025-12-31");
    expect_days("[2025..]", "2025-01-01", "-", "2025-01-01", "-");
    expect_days("2021-05/2021", "2021-05-01", "2021-05-31", "2021-05-01", "2021-12-31");
    assert_int_equal(read_good("2020/2021-03").extent, 1);
    assert_int_equal(read_good("2020/2021-03").precision, STEMMA_PRECISION_YEAR);
    assert_int_equal(read_good("[2020..2021]").extent, 0);
    assert_int_equal(read_good("2020").extent, 0);
}

/* */
static void what_is_not_in_the_language_is_refused_and_leaves_the_bounds_alone(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      " ",
                                      "20",
                                      "202",
                                      "20255",
                                      "0000",
                                      "2025-",
                                      "2025-00",
                                      "2025-13",
                                      "2025-20",
                                      "2025-25",
                                      "2025-2-3",
                                      "2025-02-30",
                                      "2023-02-29",
                                      "2025-01-32",
                                      "2025-01-01T",
                                      "2025-01-01T24:00",
                                      "2025-01-01T10:60",
                                      "2025-01-01T10:00:60",
                                      "2025-01-01T1000",
                                      "2025-01-01T10:00+1",
                                      "2025-01-01T10:00+24:00",
                                      "XXXX",
                                      "2XXX",
                                      "X025",
                                      "2025-1X",
                                      "2025-XX-01",
                                      "2025-21-01",
                                      "202X-01",
                                      "2025??",
                                      "?",
                                      "2025~?",
                                      "/",
                                      "..",
                                      "../..",
                                      "../",
                                      "2021/2020",
                                      "2025/2026/2027",
                                      "2025..2026",
                                      "[2025]",
                                      "[]",
                                      "[..]",
                                      "[2026..2025]",
                                      "[2025..2026",
                                      "2025..2026]",
                                      "[2025/2026]",
                                      "[2025...2026]",
                                      "-2025",
                                      "+2025",
                                      "2025-12-13 ",
                                      " 2025",
                                      "Saturday",
                                      "2025-12-13/banana"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        stemma_time_bounds bounds;
        stemma_time_bounds before;
        memset(&bounds, 0x5A, sizeof bounds);
        before = bounds;
        if (stemma_edtf_bounds(stemma_text_of(bad[i]), &bounds) != STEMMA_E_INVALID) {
            fail_msg("accepted: \"%s\"", bad[i]);
        }
        assert_memory_equal(&bounds, &before, sizeof bounds);
    }
}

static void no_prefix_of_a_good_date_is_read_past_its_end(void **state)
{
    (void)state;
    const char *whole = "[2025-12-13T10:00:00+02:00..2025-12-14T10:00:00Z]";
    for (size_t size = 0; size <= strlen(whole); size++) {
        char *exact = malloc(size + (size == 0)); /* the sanitizers watch the byte behind it */
        stemma_time_bounds bounds;
        assert_non_null(exact);
        memcpy(exact, whole, size);
        stemma_text text = {exact, size};
        stemma_status status = stemma_edtf_bounds(text, &bounds);
        assert_int_equal(status, size == strlen(whole) ? STEMMA_OK : STEMMA_E_INVALID);
        free(exact);
    }
}

static void days_outside_the_four_digit_years_have_no_text(void **state)
{
    (void)state;
    char day[11];
    stemma_day_text(INT64_MIN, day);
    assert_string_equal(day, "");
    stemma_day_text(INT64_MAX, day);
    assert_string_equal(day, "");
    stemma_day_text(-1, day);
    assert_string_equal(day, "1969-12-31");
    stemma_day_text(0, day);
    assert_string_equal(day, "1970-01-01");
    stemma_day_text(read_good("0001").start_earliest, day);
    assert_string_equal(day, "0001-01-01");
    stemma_day_text(read_good("0001").start_earliest - 1, day);
    assert_string_equal(day, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_ten_thousand_years_survives_the_round_trip),
        cmocka_unit_test(dates_bound_what_their_precision_says),
        cmocka_unit_test(clock_times_are_reckoned_in_utc),
        cmocka_unit_test(qualifiers_are_told_apart),
        cmocka_unit_test(intervals_are_extents_and_sets_are_not),
        cmocka_unit_test(what_is_not_in_the_language_is_refused_and_leaves_the_bounds_alone),
        cmocka_unit_test(no_prefix_of_a_good_date_is_read_past_its_end),
        cmocka_unit_test(days_outside_the_four_digit_years_have_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
