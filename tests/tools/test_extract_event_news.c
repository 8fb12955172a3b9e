/* SPDX-License-Identifier: MIT */
/* News of sport, business, crime, science and culture, and whom demands and protests address. */
#include "test_extract_event_support.h"

#define WEDNESDAY "2025-11-19"

static void everyday_news_has_types_of_its_own(void **state)
{
    static const struct {
        const char *text;
        const char *type;
        const char *trigger;
    } told[] = {
        {"Harrow lost to Lund in the final on Sunday.", "contest.win", "lost"},
        {"The carmaker Hanzu is recalling 20,000 cars over faulty brakes.", "economy.recall",
         "recalling"},
        {"Share prices fell 3 percent on Friday.", "economy.change", "fell"},
        {"Scientists discovered a new planet.", "science.discover", "discovered"},
        {"Thieves stole a painting from a museum in Lund.", "crime.rob", "stole"},
        {"Hackers broke into the computers of the bank.", "crime.rob", "broke into"},
        {"A plane made an emergency landing in Lund.", "movement.divert", "landing"},
        {"The poet was buried in Lund on Sunday.", "life.bury", "buried"},
        {"Police seized 40 kilos of cocaine from a ship.", "justice.confiscate", "seized"},
        {"A court ruled on Monday that the sale was legal.", "justice.rule", "ruled"},
        {"The company reported a quarterly profit of $2 billion.", "economy.report", "reported"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct reading r;
        read_text(&r, told[i].text, WEDNESDAY);
        if (event_of(&r, told[i].type, told[i].trigger) == STEMMA_NONE) {
            fail_msg("%s: no %s", told[i].text, told[i].type);
        }
        forget(&r);
    }
}

static void who_loses_is_beaten(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Harrow lost to Lund in the final on Sunday.", WEDNESDAY);
    uint32_t event = event_of(&r, "contest.win", "lost");
    expect_said(&r, event, "agent", "Lund");
    expect_said(&r, event, "target", "Harrow");
    forget(&r);
}

static void a_time_before_the_verb_is_no_subject(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Tarvia today threatened to break off relations with Estia.", WEDNESDAY);
    expect_said(&r, event_of(&r, "statement.threaten", "threatened"), "agent", "Tarvia");
    forget(&r);
}

static void gunfire_is_no_fire(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Police opened fire on demonstrators on Monday night.", WEDNESDAY);
    assert_int_not_equal(event_of(&r, "conflict.attack", "opened fire"), STEMMA_NONE);
    assert_int_equal(event_of(&r, "disaster.fire", "fire"), STEMMA_NONE);
    forget(&r);
}

static void supporters_of_somebody_are_not_that_one(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "About 200 supporters of former President Karl Voss blocked roads in Lund.",
              WEDNESDAY);
    uint32_t event = event_of(&r, "protest.demonstrate", "blocked");
    const stemma_assertion *agent =
        event == STEMMA_NONE ? NULL : find_said(&r, event, "agent", NULL);
    assert_non_null(agent);
    assert_int_equal(agent->object.kind, STEMMA_OBJECT_QUANTITY);
    forget(&r);
}

static void whose_deed_is_denounced_is_the_target(void **state)
{
    static const struct {
        const char *text;
        const char *type;
        const char *trigger;
        const char *target;
    } told[] = {
        {"Estia criticised Tarvia's treatment of prisoners on Friday.", "statement.criticize", "criticised",
         "Tarvia"},
        {"Workers staged rallies in the harbour of Lund against the governor, Karl Voss.",
         "protest.demonstrate", "staged", "Karl Voss"},
        {"Students demonstrated against the beating of prisoners by Tarvian police on Sunday.",
         "protest.demonstrate", "demonstrated", "Tarvian police"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct reading r;
        read_text(&r, told[i].text, WEDNESDAY);
        uint32_t event = event_of(&r, told[i].type, told[i].trigger);
        assert_int_not_equal(event, STEMMA_NONE);
        expect_said(&r, event, "target", told[i].target);
        forget(&r);
    }
}

static void what_others_must_do_is_demanded_of_them(void **state)
{
    struct reading r;
    (void)state;
    read_text(&r, "The president declared on Tuesday that Tarvia must open its ports.", WEDNESDAY);
    uint32_t event = event_of(&r, "statement.demand", "must");
    assert_int_not_equal(event, STEMMA_NONE);
    expect_said(&r, event, "agent", "The president");
    expect_said(&r, event, "target", "Tarvia");
    forget(&r);
    /* of oneself, and of nobody in particular, nothing is demanded */
    read_text(&r, "Tarvia must open its ports.", WEDNESDAY);
    assert_int_equal(event_of(&r, "statement.demand", "must"), STEMMA_NONE);
    forget(&r);
    read_text(&r, "The president said on Tuesday that prices must fall.", WEDNESDAY);
    assert_int_equal(event_of(&r, "statement.demand", "must"), STEMMA_NONE);
    forget(&r);
}

static void people_are_people_though_no_office(void **state)
{
    struct reading r;
    (void)state;
    read_text(&r, "Guards arrested 40 immigrants and two fugitives in Lund on Sunday.", WEDNESDAY);
    uint32_t event = event_of(&r, "justice.arrest", "arrested");
    assert_int_not_equal(event, STEMMA_NONE);
    assert_non_null(find_said(&r, event, "patient", NULL));
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whose_deed_is_denounced_is_the_target),
        cmocka_unit_test(what_others_must_do_is_demanded_of_them),
        cmocka_unit_test(people_are_people_though_no_office),
        cmocka_unit_test(everyday_news_has_types_of_its_own),
        cmocka_unit_test(who_loses_is_beaten),
        cmocka_unit_test(a_time_before_the_verb_is_no_subject),
        cmocka_unit_test(gunfire_is_no_fire),
        cmocka_unit_test(supporters_of_somebody_are_not_that_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
