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
    ann.model = reader_model();
    ann.arena = &arena;
    ann.model = reader_model();
    ann.document = &document;
    ann.text = document.text;
    assert_int_equal(stm_extract_tokens(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_sentences(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_tags(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_syntax(&ann), STEMMA_OK);
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
    expect_time("He left in the 1990s.", "", "the 1990s", "199X");
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

static void clock_times_need_a_day(void **state)
{
    (void)state;
    expect_time("The blast came at 10:30 a.m. on Tuesday.", FRIDAY, "10:30 a.m. on Tuesday",
                "2024-03-12T10:30");
    expect_time("The train left on Saturday at 6pm.", FRIDAY, "Saturday at 6pm",
                "2024-03-09T18:00");
    expect_time("Shots were heard at 3am local time on Sunday.", FRIDAY, "3am local time on Sunday",
                "2024-03-10T03:00");
    expect_time("It fell at 25:70 on Sunday.", FRIDAY, "Sunday", "2024-03-10");
    expect_time("He left early on Tuesday.", FRIDAY, "early on Tuesday", "2024-03-12");
}

static void parts_of_years_are_extents(void **state)
{
    (void)state;
    expect_time("Profit fell in the first quarter of 2024.", FRIDAY, "the first quarter of 2024",
                "2024-01/2024-03");
    expect_time("Profit rose in the third quarter.", FRIDAY, "the third quarter",
                "2023-07/2023-09");
    expect_time("It shrank in the first three months of 2023.", FRIDAY,
                "the first three months of 2023", "2023-01/2023-03");
    expect_time("Exports grew in the second half of last year.", FRIDAY,
                "the second half of last year", "2023-07/2023-12");
    expect_time("They scored in the second half.", FRIDAY, NULL, NULL);
    expect_time("Profit fell in the six months to the end of June 2023.", FRIDAY,
                "the six months to the end of June 2023", "2023-01/2023-06");
    expect_time("It was built in the second half of the 1990s.", FRIDAY,
                "the second half of the 1990s", "1995/1999");
    expect_time("She came on the fifth of May 2021.", FRIDAY, "the fifth of May 2021",
                "2021-05-05");
    expect_time("The club meets every Friday.", FRIDAY, NULL, NULL);
    expect_time("The fair ran 3-7 June.", FRIDAY, "3-7 June", "2023-06-03/2023-06-07");
    expect_time("He ruled 1994-2001.", FRIDAY, "1994-2001", "1994/2001");
    expect_time("It has grown over the past three years.", FRIDAY, "over the past three years",
                "2021/2024");
}

static void what_no_calendar_has_is_not_resolved(void **state)
{
    (void)state;
    expect_time("In fiscal 2024 it lost money.", FRIDAY, "2024", "");
    expect_time("Nothing happened on 30 February 2024.", FRIDAY, "30 February 2024", "");
    expect_time("In the year 9999999 nothing will be left.", FRIDAY, NULL, NULL);
    expect_time("It was signed on 03/04/2024.", FRIDAY, "03/04/2024", "2024");
    expect_time("It was signed on 13/04/2024.", FRIDAY, "13/04/2024", "2024-04-13");
    expect_time("Several years later he died.", FRIDAY, "Several years later", "");
}

static void the_verb_that_governs_tells_past_from_to_come(void **state)
{
    (void)state;
    expect_time("The union said it would strike on Thursday.", FRIDAY, "Thursday", "2024-03-21");
    expect_time("She told reporters on Thursday that the army would withdraw.", FRIDAY, "Thursday",
                "2024-03-14");
    expect_time("Ministers had hoped to sign the deal on Tuesday.", FRIDAY, "Tuesday",
                "2024-03-19");
    expect_time("The hearing was adjourned until Monday.", FRIDAY, "until Monday", "../2024-03-18");
    expect_time("She failed to appear in court on Tuesday.", FRIDAY, "Tuesday", "2024-03-12");
    expect_time("The minister promised on Thursday that no one would be held.", FRIDAY, "Thursday",
                "2024-03-14");
    expect_time("Vera Mint, elected in May, is to be tried.", FRIDAY, "May", "2023-05");
    expect_time("Voters go to the polls on Sunday.", FRIDAY, "Sunday", "2024-03-17");
}

static void holidays_with_a_date_are_days(void **state)
{
    (void)state;
    expect_time("He died on New Year's Eve.", FRIDAY, "New Year's Eve", "2023-12-31");
    expect_time("She was born on Christmas Day 1950.", FRIDAY, "Christmas Day 1950", "1950-12-25");
    expect_time("They bought Christmas trees.", FRIDAY, NULL, NULL);
}

/** Reads a text of several times; its last must have these words and EDTF. */
static void expect_last(const char *text, const char *published, const char *raw, const char *edtf)
{
    struct stm_arena arena;
    struct stm_annotation ann = {0};
    stemma_document document = {0};
    stm_arena_init(&arena, 0);
    document.text = stemma_text_of(text);
    document.published.edtf = stemma_text_of(published);
    ann.model = reader_model();
    ann.arena = &arena;
    ann.document = &document;
    ann.text = document.text;
    assert_int_equal(stm_extract_tokens(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_sentences(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_tags(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_syntax(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_names(&ann), STEMMA_OK);
    assert_int_equal(stm_extract_times(&ann), STEMMA_OK);
    assert_true(ann.time_count >= 1);
    const stemma_time *time = &ann.times[ann.time_count - 1].value;
    if (!says(time->raw, raw) || !says(time->edtf, edtf)) {
        fail_msg("\"%s\": \"%.*s\" is %.*s", text, (int)time->raw.size, time->raw.data,
                 (int)time->edtf.size, time->edtf.size != 0 ? time->edtf.data : "");
    }
    stm_arena_free(&arena);
}

static void dates_count_from_the_date_told_last(void **state)
{
    (void)state;
    expect_last("In June 2021 he resigned. Two years later he returned.", FRIDAY, "Two years later",
                "2023");
    expect_last("He was held on 4 May 2021. The following day he was freed.", FRIDAY,
                "The following day", "2021-05-05");
    expect_last("He was held on 4 May 2021. A week earlier they had met.", FRIDAY, "A week earlier",
                "[2021-04-26..2021-05-02]");
    expect_last("They met in 2019. Protests began the same year.", FRIDAY, "the same year", "2019");
    expect_last("He left. The following day he was freed.", FRIDAY, "The following day", "");
}

static void a_dateline_is_what_relative_dates_count_from(void **state)
{
    (void)state;
    expect_last("LUND, March 12 (Northwire) - The men were freed yesterday.", FRIDAY, "yesterday",
                "2024-03-11");
    expect_last("LUND, March 12, 2019 (Northwire) - The men were freed yesterday.", "", "yesterday",
                "2019-03-11");
    expect_last("LUND, January 12 (Northwire) - The men were freed yesterday.", FRIDAY, "yesterday",
                "2024-03-14");
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
        cmocka_unit_test(clock_times_need_a_day),
        cmocka_unit_test(parts_of_years_are_extents),
        cmocka_unit_test(what_no_calendar_has_is_not_resolved),
        cmocka_unit_test(the_verb_that_governs_tells_past_from_to_come),
        cmocka_unit_test(holidays_with_a_date_are_days),
        cmocka_unit_test(dates_count_from_the_date_told_last),
        cmocka_unit_test(a_dateline_is_what_relative_dates_count_from),
        cmocka_unit_test(the_calendar_knows_its_weekdays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
