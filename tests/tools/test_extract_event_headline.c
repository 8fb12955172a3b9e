/* SPDX-License-Identifier: MIT */
/* What a headline says with one word and the text below it with a name. */
#include "test_extract_event_support.h"

#define WEDNESDAY "2024-05-15"

static void a_site_of_the_headline_is_the_one_that_the_text_names(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Thousands march in Lund over mine deaths\n\nLUND, May 11 (Agency) - Thousands of people marched "
              "on Saturday to demand the resignation of the minister over the explosion in the Karsen mine.\n\n"
              "Many of those who marched carried lamps.\n",
              WEDNESDAY);
    uint32_t event = event_of(&r, "life.die", "deaths");
    expect_said(&r, event, "place", "Karsen");
    forget(&r);
}

static void of_two_sites_none_is_chosen(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Thousands march in Lund over mine deaths\n\nLUND, May 11 (Agency) - Thousands of people marched "
              "on Saturday to demand the resignation of the minister over the explosion in the Karsen mine.\n\n"
              "The march passed without trouble. Work went on in the Oslo mine.\n",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "life.die"), 0);
    forget(&r);
}

static void a_headline_without_a_site_in_the_text_tells_of_no_place(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Thousands march in Lund over mine deaths\n\nLUND, May 11 (Agency) - Thousands of people marched "
              "on Saturday to demand the resignation of the minister.\n\nThe mine was closed.\n",
              WEDNESDAY);
    assert_int_equal(count_events(&r, "life.die"), 0);
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_site_of_the_headline_is_the_one_that_the_text_names),
        cmocka_unit_test(of_two_sites_none_is_chosen),
        cmocka_unit_test(a_headline_without_a_site_in_the_text_tells_of_no_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
