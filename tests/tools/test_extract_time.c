/* SPDX-License-Identifier: MIT */
#include "test_extract_event_support.h"

#include "pack/extract/annotation.h"
#include "support/reader_model.h"
#include "pack/extract/time_date.h"

/** Reads `text` as published on `published`; its only time must have these words and EDTF. */
static void expect_time(const char *text, const char *published, const char *raw, const char *edtf)
{
    struct stm_arena arena;
    struct stm_annotation ann = {0};
    stemma_document document = {0};
    stm_arena_init(&arena, 0);
    document.text = stemma_text_of(text);
    document.published.edtf = stemma_text_of(published);
    ann.arena = &arena;
    ann.model = reader_model();
    ann.document = &document;
    ann.text = document.text;
    assert_int_equal(stm_extract_tokens(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_sentences(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_tags(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_names(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_times(&ann), STEMMA_OK);
    if (raw == NULL) {
        if (ann.time_count != 0) {
            fail_msg("no time in \"%s\", but \"%.*s\"", text, (int)ann.times[0].value.raw.size,
                     ann.times[0].value.raw.data);
        }
    } else {
        if (ann.time_count != 1) {
            fail_msg("%u times in \"%s\"", ann.time_count, text);
        }
        const stemma_time *time = &ann.times[0].value;
        if (!says(time->raw, raw) || !says(time->edtf, edtf)) {
            fail_msg("\"%s\": \"%.*s\" is %.*s", text, (int)time->raw.size, time->raw.data,
                     (int)time->edtf.size, time->edtf.data);
        }
    }
    stm_arena_free(&arena);
}

#define FRIDAY "2024-03-15"

static void absolute_dates_need_no_publication_date(void **state)
{
    (void)state;
    expect_time("He left on 4 May 2021.", "", "4 May 2021", "2021-05-04");
    expect_time("He left on May 4, 2021.", "", "May 4, 2021", "2021-05-04");
    expect_time("He left on the 4th of May 2021.", "", "the 4th of May 2021", "2021-05-04");
    expect_time("He left on Tuesday, May 4, 2021.", "", "Tuesday, May 4, 2021", "2021-05-04");
    expect_time("He left on 2021-05-04.", "", "2021-05-04", "2021-05-04");
    expect_time("He left in July 2021.", "", "July 2021", "2021-07");
    expect_time("He left in 2021.", "", "2021", "2021");
    expect_time("He left in the 1990s.", "", "1990s", "199X");
    expect_time("He left in the summer of 2021.", "", "the summer of 2021", "2021-22");
    expect_time("He left in early 2021.", "", "early 2021", "2021");
}

static void a_weekday_is_the_last_one_unless_the_future_is_spoken_of(void **state)
{
    (void)state;
    expect_time("The prisoners were freed on Wednesday.", FRIDAY, "Wednesday", "2024-03-13");
    expect_time("The prisoners were freed on Friday.", FRIDAY, "Friday", "2024-03-15");
    expect_time("The prisoners were freed on Saturday.", FRIDAY, "Saturday", "2024-03-09");
    expect_time("The prisoners will be freed on Monday.", FRIDAY, "Monday", "2024-03-18");
    expect_time("The prisoners were freed last Friday.", FRIDAY, "last Friday", "2024-03-08");
}

static void relative_times_are_reckoned_from_publication(void **state)
{
    (void)state;
    expect_time("They met yesterday.", FRIDAY, "yesterday", "2024-03-14");
    expect_time("They met last week.", FRIDAY, "last week", "[2024-03-04..2024-03-10]");
    expect_time("They met last month.", FRIDAY, "last month", "2024-02");
    expect_time("They met last year.", FRIDAY, "last year", "2023");
    expect_time("They met earlier this year.", FRIDAY, "earlier this year", "2024");
    expect_time("They met three days ago.", FRIDAY, "three days ago", "2024-03-12");
    expect_time("They met two months ago.", FRIDAY, "two months ago", "2024-01");
    expect_time("They met in February.", FRIDAY, "February", "2024-02");
    expect_time("They met in October.", FRIDAY, "October", "2023-10");
    expect_time("They will meet in October.", FRIDAY, "October", "2024-10");
    expect_time("They met on February 2.", FRIDAY, "February 2", "2024-02-02");
    expect_time("They met over the weekend.", "2024-03-18", "the weekend",
                "[2024-03-16..2024-03-17]");
}

static void without_a_publication_date_relative_times_stay_unresolved(void **state)
{
    (void)state;
    expect_time("They met on Wednesday.", "", "Wednesday", "");
    expect_time("They met last week.", "", "last week", "");
    expect_time("They met last week.", "2024-03", "last week", "");
    expect_time("They met last month.", "2024-03", "last month", "2024-02");
    expect_time("They met two years later.", FRIDAY, "two years later", "");
}

static void since_until_and_ranges_are_extents(void **state)
{
    (void)state;
    expect_time("She has been held since July 2023.", FRIDAY, "since July 2023", "2023-07/..");
    expect_time("He ruled from 1994 to 2001.", FRIDAY, "from 1994 to 2001", "1994/2001");
    expect_time("He ruled between 1994 and 2001.", FRIDAY, "between 1994 and 2001", "1994/2001");
    expect_time("The drill will last until Tuesday.", FRIDAY, "until Tuesday", "../2024-03-19");
}

static void durations_counts_and_names_are_no_times(void **state)
{
    (void)state;
    expect_time("He served for three years.", FRIDAY, NULL, NULL);
    expect_time("About 2000 people came.", FRIDAY, NULL, NULL);
    expect_time("He may leave.", FRIDAY, NULL, NULL);
    expect_time("The police saw 1950 men.", FRIDAY, NULL, NULL);
    expect_time("On 31 February 2021 nothing happened.", FRIDAY, "31 February 2021", "");
}

static void the_calendar_knows_its_weekdays(void **state)
{
    (void)state;
    assert_int_equal(stm_weekday_of_day(0), 4);
    assert_int_equal(stm_weekday_of_day(-1), 3);
    assert_int_equal(stm_weekday_of_day(-4), 7);
    assert_int_equal(stm_date_civil(2023, 2, 29).kind, STM_DATE_NONE);
    assert_int_equal(stm_date_civil(2024, 2, 29).kind, STM_DATE_DAY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absolute_dates_need_no_publication_date),
        cmocka_unit_test(a_weekday_is_the_last_one_unless_the_future_is_spoken_of),
        cmocka_unit_test(relative_times_are_reckoned_from_publication),
        cmocka_unit_test(without_a_publication_date_relative_times_stay_unresolved),
        cmocka_unit_test(since_until_and_ranges_are_extents),
        cmocka_unit_test(durations_counts_and_names_are_no_times),
        cmocka_unit_test(the_calendar_knows_its_weekdays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
