/* SPDX-License-Identifier: MIT */
/* To whom it is done, or said: objects that stand apart from their verb, amounts that begin with a
   preposition, participles that are verbs, and bodies named behind nouns. */
#include "test_extract_event_support.h"

#define WEDNESDAY "2025-11-19"

static const struct told {
    const char *text;
    const char *type;
    const char *trigger;
    const char *role;
    const char *who;
    const char *not_role; /**< What is not said of `not_who`; or NULL. */
    const char *not_who;
} told[] = {
    /* the verb of a sentence, read as a participle */
    {"Police detained suspected militant Karo Venn in Lund.", "justice.arrest", "detained",
     "patient", "Karo Venn", "patient", "Police"},
    {"Estia extradited suspected Tarvian militant Karo Venn to Lund on Sunday, an official said.",
     "justice.extradite", "extradited", "patient", "Karo Venn", "patient", "Estia"},
    {"A tribunal banned the Green Dawn party on Friday.", "justice.ban", "banned", "agent",
     "A tribunal", NULL, NULL},
    {"Gunmen shot dead four teachers in the village of Kerem on Saturday.", "life.die",
     "shot dead", "patient", "4", NULL, NULL},
    {"The army shot at least nine unarmed villagers.", "conflict.attack", "shot", "target", "9",
     NULL, NULL},
    /* amounts that begin with a preposition */
    {"Gunmen killed up to 16 foreign engineers on Monday.", "life.die", "killed", "patient", "16",
     "patient", "Gunmen"},
    {"Police arrested as many as 30 students.", "justice.arrest", "arrested", "patient", "30",
     "patient", "Police"},
    /* what stands between a verb and its object */
    {"The army attacked on Monday a convoy of refugees.", "conflict.attack", "attacked", "target",
     "a convoy of refugees", "target", "The army"},
    {"A court convicted in absentia the former mayor of Lund, Peter Oll.", "justice.convict",
     "convicted", "patient", "Peter Oll", NULL, NULL},
    {"Opposition leader Otto Krall on Friday denounced as a crime Tarvia's shelling of the port.",
     "statement.criticize", "denounced", "target", "Tarvia", NULL, NULL},
    /* a noun behind a preposition is no subject */
    {"Despite warnings of hunger by aid agencies, the Halmarian government is refusing to lift the "
     "curfew on villagers living in the valley.",
     "statement.reject", "refusing", "agent", "the Halmarian government", "agent", "warnings"},
    {"The king is opposed to the plan.", "statement.reject", "opposed", "agent", "The king", NULL,
     NULL},
    /* to and from whom */
    {"Estia has again offered its troops to Halmar's new president Lina Osk to help her.",
     "statement.promise", "offered", "recipient", "Lina Osk", "recipient", "its troops"},
    {"The minister rejected demands from farmers for aid.", "statement.demand", "demands", "agent",
     "farmers", "target", "farmers"},
    {"The government ignored threats from the rebels.", "statement.threaten", "threats", "agent",
     "the rebels", NULL, NULL},
    {"Students demanded the removal of the dean, Mark Lott.", "statement.demand", "demanded",
     "target", "Mark Lott", NULL, NULL},
    {"Tarvia eased emergency measures on Wednesday in Kolm.", "sanction.lift", "eased", "target",
     "Kolm", NULL, NULL},
    {"Halmar tightened the naval blockade of Tarvia.", "sanction.impose", "tightened", "target",
     "Tarvia", NULL, NULL},
    {"Arsonists set fire to the offices of the Free Press.", "conflict.attack", "set fire",
     "target", "the offices", NULL, NULL},
    {"Soldiers evacuated the wounded from the town.", "movement.evacuate", "evacuated", "patient",
     "the wounded", NULL, NULL},
    {"The army attacked 40 members of the Green Dawn Movement.", "conflict.attack", "attacked",
     "target", "Green Dawn Movement", NULL, NULL},
    {"Militants took 12 hostages at a hotel in Kolm.", "conflict.kidnap", "took 12 hostages",
     "patient", "12", NULL, NULL},
    {"Two bankers, a judge and a lawyer were charged with fraud.", "justice.charge", "charged",
     "patient", "2", NULL, NULL},
    {"Jan Pell, whom police arrested in May, was freed.", "justice.arrest", "arrested", "patient",
     "Jan Pell", "patient", "police"},
    {"The union called off its strike after the company offered a raise.", "statement.promise",
     "offered", "agent", "the company", "agent", "The union"},
    {"Police fired tear gas at protesters in Kolm.", "conflict.attack", "fired", "target",
     "protesters", NULL, NULL},
    {"Tarvia protested to Estia over the shelling of Marj.", "statement.criticize", "protested",
     "target", "Estia", "target", "Tarvia"},
    {"Tarvia pledged support for Estia.", "statement.promise", "pledged", "recipient", "Estia",
     NULL, NULL},
    {"Tarvia demanded an apology from Estia.", "statement.demand", "demanded", "target", "Estia",
     NULL, NULL},
    {"The rebels handed over their weapons to the United Nations.", "movement.transfer",
     "handed over", NULL, NULL, "patient", "The rebels"},
    {"Tarvia refused to attend talks with Estia.", "statement.reject", "refused", "target", "Estia",
     NULL, NULL},
    {"Tarvia offered to hold talks with Estia.", "statement.promise", "offered", "recipient",
     "Estia", NULL, NULL},
    {"Tarvia suspended military cooperation with Estia.", "diplomacy.break", "suspended", "target",
     "Estia", NULL, NULL},
    {"Tarvia appealed to Estia for aid.", "statement.demand", "appealed", "target", "Estia", NULL,
     NULL},
    /* nouns */
    {"Students staged a sit-in at the Estian embassy.", "protest.demonstrate", "sit-in", "target",
     "the Estian embassy", NULL, NULL},
    {"Tarvian forces launched an offensive against Estian rebels.", "conflict.attack",
     "offensive", "target", "Estian rebels", NULL, NULL},
    {"Fighting between Tarvian and Estian forces killed 20.", "conflict.clash", "Fighting",
     "participant", "Estian", NULL, NULL},
    {"Tarvia opened an investigation into the killing of two Estian citizens.",
     "justice.investigate", "investigation", "target", "the killing of two Estian citizens", NULL,
     NULL},
    {"Estian rebels killed six Tarvian policemen in an attack on a post near Marj.",
     "conflict.attack", "attack", "target", "a post near Marj", NULL, NULL},
    {"The killing of six worshippers by a gunman shocked Kolm.", "life.die", "killing", "agent",
     "a gunman", NULL, NULL},
    {"The king arrived in Lund on a state visit.", "contact.visit", "visit", "agent", "The king",
     NULL, NULL},
    {"Mediation efforts between Estia and Halmar have failed.", "contact.mediate", "Mediation",
     "participant", "Halmar", NULL, NULL},
};

static void whom_it_befalls_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct reading r;
        read_text(&r, told[i].text, WEDNESDAY);
        uint32_t event = event_of(&r, told[i].type, told[i].trigger);
        if (event == STEMMA_NONE && told[i].role != NULL) {
            fail_msg("%s: no %s", told[i].text, told[i].type);
        } else if (told[i].role != NULL && find_said(&r, event, told[i].role, told[i].who) == NULL) {
            fail_msg("%s: no %s %s", told[i].text, told[i].role, told[i].who);
        } else if (told[i].not_role != NULL && event != STEMMA_NONE &&
                   find_said(&r, event, told[i].not_role, told[i].not_who) != NULL) {
            fail_msg("%s: %s %s", told[i].text, told[i].not_role, told[i].not_who);
        }
        forget(&r);
    }
}

static void what_passives_befall_stays(void **state)
{
    static const struct told passive[] = {
        {"The men arrested on Monday were freed.", "justice.arrest", "arrested", "patient",
         "The men", NULL, NULL},
        {"Two men found guilty of fraud were jailed.", "justice.arrest", "jailed", "patient", "2",
         NULL, NULL},
        {"A woman named judge in May was dismissed on Friday.", "personnel.dismiss", "dismissed",
         "patient", "A woman", NULL, NULL},
        {"Given the costs of the trial, Voss resigned after he was sued.", "justice.sue", "sued",
         "target", "Voss", NULL, NULL},
        {"Students arrested Monday said they were beaten.", "justice.arrest", "arrested",
         "patient", "Students", NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof passive / sizeof *passive; i++) {
        struct reading r;
        read_text(&r, passive[i].text, WEDNESDAY);
        uint32_t event = event_of(&r, passive[i].type, passive[i].trigger);
        if (event == STEMMA_NONE ||
            find_said(&r, event, passive[i].role, passive[i].who) == NULL) {
            fail_msg("%s: no %s %s", passive[i].text, passive[i].type, passive[i].who);
        }
        forget(&r);
    }
}

static void both_are_the_two_named_before(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Orhan Akbulat and his brother Deniz lived in Kolm. According to witnesses, "
              "both were taken away by men in plain clothes.",
              WEDNESDAY);
    uint32_t event = event_of(&r, "justice.detain", "taken away");
    expect_said(&r, event, "patient", "Orhan Akbulat");
    expect_said(&r, event, "patient", "Deniz");
    expect_unsaid(&r, event, "patient", "witnesses");
    forget(&r);
    read_text(&r, "Anna Bell and Karl Voss met in Lund. Police later arrested both.", WEDNESDAY);
    event = event_of(&r, "justice.arrest", "arrested");
    expect_said(&r, event, "patient", "Anna Bell");
    expect_said(&r, event, "patient", "Karl Voss");
    forget(&r);
}

static void what_is_added_to_a_name_parts_no_subjects(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell, a lawyer, and Karl Voss, a teacher, were arrested on Friday.", WEDNESDAY);
    uint32_t event = event_of(&r, "justice.arrest", "arrested");
    expect_said(&r, event, "patient", "Anna Bell");
    expect_said(&r, event, "patient", "Karl Voss");
    forget(&r);
    read_text(&r,
              "Anna Bell, the leader of the dockers' union, and Karl Voss, a teacher from Lund, got off the "
              "train before the border. According to witnesses, both were taken away by men in plain clothes.",
              WEDNESDAY);
    event = event_of(&r, "justice.detain", "taken away");
    expect_said(&r, event, "patient", "Anna Bell");
    expect_said(&r, event, "patient", "Karl Voss");
    expect_unsaid(&r, event, "patient", "witnesses");
    forget(&r);
    /* two clauses are no coordination of names */
    read_text(&r, "Anna Bell fled, and Karl Voss, a teacher, was arrested on Friday.", WEDNESDAY);
    event = event_of(&r, "justice.arrest", "arrested");
    expect_said(&r, event, "patient", "Karl Voss");
    expect_unsaid(&r, event, "patient", "Anna Bell");
    forget(&r);
}

static void what_one_thinks_of_a_thing_is_meant_for_whose_it_is(void **state)
{
    static const struct told deeds[] = {
        {"Norland on Wednesday vetoed a Security Council resolution censuring its sweep of the ambassador's home.",
         "statement.reject", "vetoed", "target", "Security Council", NULL, NULL},
        {"Karl Voss staged a march on Sunday in protest against the human rights violations by Tarvish security "
         "forces.",
         "protest.demonstrate", "protest", "target", "Tarvish security forces", NULL, NULL},
        {"Students marched in Lund in protest against the planned price rises by next year.", "protest.demonstrate",
         "protest", NULL, NULL, "target", "next year"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        struct reading r;
        read_text(&r, deeds[i].text, WEDNESDAY);
        uint32_t event = event_of(&r, deeds[i].type, deeds[i].trigger);
        if (event == STEMMA_NONE) {
            fail_msg("%s: no %s", deeds[i].text, deeds[i].type);
        } else if (deeds[i].role != NULL && find_said(&r, event, deeds[i].role, deeds[i].who) == NULL) {
            fail_msg("%s: no %s %s", deeds[i].text, deeds[i].role, deeds[i].who);
        } else if (deeds[i].not_role != NULL &&
                   find_said(&r, event, deeds[i].not_role, deeds[i].not_who) != NULL) {
            fail_msg("%s: %s %s", deeds[i].text, deeds[i].not_role, deeds[i].not_who);
        }
        forget(&r);
    }
}

static void air_strikes_are_attacks(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "An air strike on a hospital in Marj wounded 20 patients.", WEDNESDAY);
    assert_int_equal(count_events(&r, "protest.strike"), 0);
    assert_int_equal(count_events(&r, "conflict.attack"), 1);
    forget(&r);
}

static void the_injured_are_people_and_no_happening(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Doctors treated the injured in a school.", WEDNESDAY);
    assert_int_equal(count_events(&r, "life.injure"), 0);
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whom_it_befalls_is_read),
        cmocka_unit_test(what_passives_befall_stays),
        cmocka_unit_test(both_are_the_two_named_before),
        cmocka_unit_test(what_is_added_to_a_name_parts_no_subjects),
        cmocka_unit_test(what_one_thinks_of_a_thing_is_meant_for_whose_it_is),
        cmocka_unit_test(air_strikes_are_attacks),
        cmocka_unit_test(the_injured_are_people_and_no_happening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
