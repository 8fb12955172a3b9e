/* SPDX-License-Identifier: MIT */
/* The many ways of saying who did what to whom: two objects, insertions, pasts that look like nouns, doers behind
   "by", what is claimed, and what neither is whom nor why. */
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
    /* two objects */
    {"Voters elected Ama Boadu, a farmer, mayor of Tamsin on Sunday.", "personnel.elect", "elected",
     "patient", "Ama Boadu", "patient", "Voters"},
    {"The king named Rana Quist bishop of Lavin.", "personnel.appoint", "named", "office",
     "bishop of Lavin", NULL, NULL},
    {"The academy gave the poet Farid Noury its highest prize on Sunday.", "award.give", "gave",
     "recipient", "Farid Noury", "recipient", "academy"},
    {"The president awarded the divers medals for bravery.", "award.give", "awarded", "recipient",
     "the divers", NULL, NULL},
    {"Regulators fined the lender Banco Sur $30 million.", "justice.fine", "fined", "patient",
     "Banco Sur", NULL, NULL},
    {"A judge granted the three hunger strikers bail.", "justice.release", "granted", "patient", "3",
     NULL, NULL},
    {"A court gave the three men ten years in prison.", "justice.sentence", "gave", "patient", "3",
     NULL, NULL},
    /* people and bodies that nothing else speaks of */
    {"Prosecutors charged the airline with fraud.", "justice.charge", "charged", "patient",
     "the airline", "patient", "Prosecutors"},
    {"Raiders burned down a girls' school in Lund.", "conflict.attack", "burned down", "agent",
     "Raiders", NULL, NULL},
    {"A grenade injured the bride.", "life.injure", "injured", "patient", "the bride", NULL, NULL},
    /* pasts that look like nouns, participles or prepositions */
    {"The two presidents held talks by video link.", "contact.meet", "talks", "participant", "2",
     NULL, NULL},
    {"Gunmen on motorbikes shot mayoral candidate Karl Voss outside his home.", "conflict.attack",
     "shot", "agent", "Gunmen", NULL, NULL},
    {"The bomb, which went off in a market, wounded nine shoppers.", "life.injure", "wounded",
     "patient", "9", NULL, NULL},
    {"The bank plans to sue its former directors.", "justice.sue", "sue", "agent", "The bank", NULL,
     NULL},
    {"Karl Voss, 34, of Fern Street, pleaded guilty to robbing a pensioner.", "justice.plead",
     "pleaded guilty", "agent", "Karl Voss", NULL, NULL},
    {"A jury found the nurse guilty of fraud.", "justice.convict",
     "found the nurse guilty", "patient", "the nurse", NULL, NULL},
    {"A jury found nurse Anna Bell not guilty of fraud.", "justice.acquit", "found", "patient",
     "Anna Bell", NULL, NULL},
    {"Unknown men opened fire on a bus, leaving five dead.", "life.die", "leaving five dead",
     "patient", "5", NULL, NULL},
    {"Two dead in Lund mine blast", "life.die", "dead", "patient", "2", NULL, NULL},
    {"The striking miners blocked a road.", "protest.strike", "striking", "agent",
     "The striking miners", NULL, NULL},
    {"Two ministers are under investigation.", "justice.investigate", "investigation", "target", "2",
     NULL, NULL},
    {"The mayor paid tribute to the late king.", "statement.praise", "paid tribute", "target",
     "the late king", NULL, NULL},
    {"Members attacked the plan to raise fees.", "statement.criticize", "attacked", "target",
     "the plan to raise fees", NULL, NULL},
    {"Estia freed 78 prisoners and sent them by bus to Poland.", "movement.transfer", "sent",
     "destination", "Poland", NULL, NULL},
    /* words that stand between or behind */
    {"Police, the mayor complained, had arrested the wrong man.", "justice.arrest", "arrested",
     "agent", "Police", "agent", "the mayor"},
    {"The visit to Lund by Queen Ingrith was put off.", "contact.visit", "visit", "agent",
     "Ingrith", NULL, NULL},
    {"Among those killed by the blast were a judge and her driver.", "life.die", "killed", "patient",
     "a judge", NULL, NULL},
    {"The rejection of the peace plan by both factions was no surprise.", "statement.reject",
     "rejection", "agent", "both factions", NULL, NULL},
    {"The rejection of the peace plan by both factions was no surprise.", "statement.reject",
     "rejection", "target", "peace plan", NULL, NULL},
    {"A spokesman for the militia claimed responsibility for the bombing of the bus depot.",
     "conflict.attack", "bombing", "agent", "A spokesman", NULL, NULL},
    {"Inmates at Galt prison went on hunger strike.", "protest.strike", "went on hunger strike",
     "agent", "Inmates", "agent", "prison"},
    {"Prosecutors brought charges against the head of the cooperative.", "justice.charge", "brought",
     "patient", "the head", NULL, NULL},
    {"The minister came under fire from veterans over pensions.", "statement.criticize",
     "came under fire",
     "agent", "veterans", "agent", "minister"},
    {"The bishop hit out at landlords in his sermon.", "statement.criticize", "hit out", "target",
     "landlords", NULL, NULL},
    {"Unknown men opened fire on a bus.", "conflict.attack", "opened fire", "target", "a bus", NULL,
     NULL},
    {"Karl Voss was told by the ministry to leave.", "statement.demand", "told", "target",
     "Karl Voss", NULL, NULL},
    {"The US closed its embassy after Russia's Karl Voss used a base to launch his invasion of "
     "Poland.",
     "conflict.attack", "invasion", "target", "Poland", "agent", "US"},
};

static void who_and_whom_are_read(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct reading r;
        read_text(&r, told[i].text, WEDNESDAY);
        uint32_t event = event_of(&r, told[i].type, told[i].trigger);
        if (find_said(&r, event, told[i].role, told[i].who) == NULL) {
            print_error("%s: no %s %s\n", told[i].text, told[i].role, told[i].who);
            wrong++;
        }
        if (told[i].not_role != NULL) {
            expect_unsaid(&r, event, told[i].not_role, told[i].not_who);
        }
        forget(&r);
    }
    assert_int_equal(wrong, 0);
}

/* Type, trigger and role of which nothing is said. */
static const struct {
    const char *text;
    const char *type;
    const char *trigger;
    const char *role;
} unsaid[] = {
    /* a border is no charge, a Friday neither */
    {"Karl Voss was detained on the border as he entered the country.", "justice.arrest",
     "detained", "charge"},
    {"Karl Voss was sentenced on Friday to nine years.", "justice.sentence", "sentenced", "charge"},
    /* in a quotation "they" who name nobody are those in power */
    {"Ten prisoners were freed. \"They have expelled me,\" Anna Bell said.", "movement.transfer",
     "expelled", "agent"},
    /* "told that" demands nothing: nobody is asked to leave */
    {"The mayor told reporters that Anna Bell had been arrested.", "justice.arrest", "arrested",
     "agent"},
};

static void what_is_no_part_is_not_said(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof unsaid / sizeof *unsaid; i++) {
        struct reading r;
        read_text(&r, unsaid[i].text, WEDNESDAY);
        expect_unsaid(&r, event_of(&r, unsaid[i].type, unsaid[i].trigger), unsaid[i].role, NULL);
        forget(&r);
    }
}

static void states_and_talk_are_no_happenings(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The exiled leader Anna Bell spoke of home.", WEDNESDAY);
    assert_int_equal(count_events(&r, "movement.transfer"), 0);
    forget(&r);
    read_text(&r, "The mayor told reporters that he would leave.", WEDNESDAY);
    assert_int_equal(count_events(&r, "statement.demand"), 0);
    forget(&r);
    read_text(&r, "Inmates went on hunger strike on Monday.", WEDNESDAY);
    assert_int_equal(count_events(&r, "protest.strike"), 1);
    forget(&r);
}

/* Who put the protests down is not whom it was done to, and no verb is part of whom. */
static void doers_are_not_done_to(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The country held elections that triggered mass protests violently suppressed by the police.",
              WEDNESDAY);
    uint32_t event = event_of(&r, "conflict.disperse", "suppressed");
    expect_said(&r, event, "agent", "the police");
    expect_said(&r, event, "target", "mass protests");
    expect_unsaid(&r, event, "target", "the police");
    forget(&r);
}

/* Places that stand behind or before the word for their kind, or beside the verb of the happening. */
static void places_are_found_where_they_are_told(void **state)
{
    static const struct {
        const char *text;
        const char *type;
        const char *trigger;
        const char *place;
    } placed[] = {
        {"Gunmen killed four teachers in the village of Kerem.", "life.die", "killed", "Kerem"},
        {"Six rangers were killed in Kresh province on Tuesday.", "life.die", "killed", "Kresh"},
        {"A block of flats collapsed in Lund on Tuesday, killing 14 people.", "life.die", "killing",
         "Lund"},
        {"Nine miners were killed in an explosion near Lund on Monday.", "life.die", "killed", "Lund"},
        {"The trial of Karl Voss opened in Lund on Thursday.", "justice.try", "trial", "Lund"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof placed / sizeof *placed; i++) {
        struct reading r;
        read_text(&r, placed[i].text, WEDNESDAY);
        expect_said(&r, event_of(&r, placed[i].type, placed[i].trigger), "place", placed[i].place);
        forget(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_and_whom_are_read),
        cmocka_unit_test(what_is_no_part_is_not_said),
        cmocka_unit_test(states_and_talk_are_no_happenings),
        cmocka_unit_test(doers_are_not_done_to),
        cmocka_unit_test(places_are_found_where_they_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
