/* SPDX-License-Identifier: MIT */
/* What pronouns and nouns take up in one document. */
#include "extract_helpers.h"

static void a_noun_takes_up_an_earlier_nominal(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "A lawyer came to the gate on Monday. Guards sent the lawyer away. A lawyer from "
                  "another town wrote a letter.");
    uint32_t first = referent_of_words(&r, "A lawyer", 0);
    assert_int_not_equal(first, STEMMA_NONE);
    assert_int_equal(referent_of_words(&r, "the lawyer", 0), first);
    assert_int_not_equal(referent_of_words(&r, "A lawyer", 1), first);
    end_reading(&r);
}

static void a_noun_takes_up_the_name_that_ends_in_it(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The Supreme Court heard Rodrigo Almonte on Monday. The court adjourned.");
    assert_int_equal(referent_of_words(&r, "The court", 0),
                     referent_named(&r, "organization", "Supreme Court"));
    end_reading(&r);
}

static void telling_words_keep_nominals_apart(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The Chilean lawyer spoke first. The Peruvian lawyer answered. The Chilean "
                  "lawyer left the room.");
    uint32_t chilean = referent_of_words(&r, "The Chilean lawyer", 0);
    assert_int_not_equal(chilean, STEMMA_NONE);
    assert_int_equal(referent_of_words(&r, "The Chilean lawyer", 1), chilean);
    assert_int_not_equal(referent_of_words(&r, "The Peruvian lawyer", 0), chilean);
    end_reading(&r);
}

static void a_predicate_is_of_its_subject(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Rodrigo Almonte is a lawyer. The lawyer went to Lima on Monday.");
    uint32_t almonte = referent_named(&r, "person", "Rodrigo Almonte");
    assert_int_equal(referent_of_words(&r, "a lawyer", 0), almonte);
    assert_int_equal(referent_of_words(&r, "The lawyer", 0), almonte);
    end_reading(&r);
}

static void a_denied_predicate_is_of_nobody(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Rodrigo Almonte is not a lawyer.");
    assert_int_not_equal(referent_of_words(&r, "a lawyer", 0),
                         referent_named(&r, "person", "Rodrigo Almonte"));
    end_reading(&r);
}

static void it_is_the_organisation_and_never_a_person(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The Interior Ministry published a list on Monday. It named 14 prisoners. "
                  "Rodrigo Almonte spoke. He said that it was raining.");
    assert_int_equal(referent_of_words(&r, "It", 0),
                     referent_named(&r, "organization", "Interior Ministry"));
    assert_int_not_equal(referent_of_words(&r, "it was raining", 0),
                         referent_named(&r, "person", "Rodrigo Almonte"));
    end_reading(&r);
}

static void i_is_whoever_speaks(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "\"I saw nothing,\" Rodrigo Almonte said on Monday. \"I was asleep.\"");
    assert_int_equal(referent_of_words(&r, "I", 0),
                     referent_named(&r, "person", "Rodrigo Almonte"));
    end_reading(&r);
}

static void a_reflexive_is_its_subject(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Maria Torvik praised Anna Brandt. Maria Torvik defended herself in court.");
    assert_int_equal(referent_of_words(&r, "herself", 0),
                     referent_named(&r, "person", "Maria Torvik"));
    end_reading(&r);
}

static void an_object_is_not_its_own_subject(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Rodrigo Almonte waited. Luis Carranza greeted him at the door.");
    assert_int_not_equal(referent_of_words(&r, "him", 0),
                         referent_named(&r, "person", "Luis Carranza"));
    end_reading(&r);
}

static void a_lone_nominal_makes_no_referent(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Rain fell on the town hall while a cousin slept.");
    for (uint32_t i = 0; i < r.output.referent_count; i++) {
        assert_true(r.output.referents[i].kind != STEMMA_REFERENT_ENTITY ||
                    r.output.referents[i].names[0].kind != STEMMA_NAME_NOMINAL);
    }
    end_reading(&r);
}

/* A page of nothing but pronouns and nominals costs no more than its length. */
static void many_anaphors_stay_cheap(void **state)
{
    (void)state;
    enum { ROUNDS = 12000 };
    static char text[ROUNDS * 64];
    size_t size = 0;
    for (uint32_t i = 0; i < ROUNDS; i++) {
        size += (size_t)snprintf(text + size, sizeof text - size,
                                 "The lawyer met a guard and he saw him. ");
    }
    struct reading r;
    read_text(&r, text);
    assert_true(r.output.mention_count > ROUNDS);
    end_reading(&r);
}

static void a_speaker_is_not_the_she_of_his_words(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Marta Quell is the sister of Ilse Brandt. Ilse Brandt was freed on Monday.\n\n"
                  "\"She told me that she is well,\" Marta Quell told reporters.");
    uint32_t speaker = referent_named(&r, "person", "Marta Quell");
    assert_int_not_equal(speaker, STEMMA_NONE);
    assert_int_not_equal(referent_of_words(&r, "She", 0), speaker);
    assert_int_equal(referent_of_words(&r, "me", 0), speaker);
    end_reading(&r);
}

static void other_counts_are_other_groups(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The court freed 12 miners on Monday, and the 12 miners went home. Guards kept "
                  "40 miners in the prison, and the 40 miners refused to eat. Their wives came. "
                  "Nobody was let in. Elderly miners are a worry to every doctor.");
    uint32_t freed = referent_of_words(&r, "12 miners", 0);
    assert_int_not_equal(freed, STEMMA_NONE);
    assert_int_not_equal(referent_of_words(&r, "40 miners", 0), freed);
    assert_int_not_equal(referent_of_words(&r, "Elderly miners", 0), freed);
    end_reading(&r);
}

static void a_verb_is_no_part_of_what_it_governs(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The governor freed 12 miners on Monday. The 12 miners went home.");
    assert_int_equal(referent_of_words(&r, "freed 12 miners", 0), STEMMA_NONE);
    assert_int_not_equal(referent_of_words(&r, "12 miners", 0), STEMMA_NONE);
    end_reading(&r);
}

static void so_called_names_nobody(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "\"The so-called peaceful marchers broke windows, and the marchers were paid,\" "
                  "the governor said.");
    for (uint32_t i = 0; i < r.output.referent_count; i++) {
        for (uint32_t n = 0; n < r.output.referents[i].name_count; n++) {
            stemma_text name = r.output.referents[i].names[n].text;
            assert_null(memmem(name.data, name.size, "so-called", strlen("so-called")));
        }
    }
    end_reading(&r);
}

static void your_president_is_not_who_was_named_last(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "President Rodrigo Almonte flew to Lima. \"Your president has time,\" the envoy "
                  "told his hosts.");
    assert_int_not_equal(referent_of_words(&r, "Your president", 0),
                         referent_named(&r, "person", "Rodrigo Almonte"));
    end_reading(&r);
}

static void a_headline_gives_no_title_to_who_begins_the_text(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Cyclist dies after a crash with a drunk driver\n\nMira Chandel was hit on "
                  "Friday on her way home, police said.");
    assert_int_not_equal(referent_of_words(&r, "a drunk driver", 0),
                         referent_named(&r, "person", "Mira Chandel"));
    end_reading(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_noun_takes_up_an_earlier_nominal),
        cmocka_unit_test(a_noun_takes_up_the_name_that_ends_in_it),
        cmocka_unit_test(telling_words_keep_nominals_apart),
        cmocka_unit_test(a_predicate_is_of_its_subject),
        cmocka_unit_test(a_denied_predicate_is_of_nobody),
        cmocka_unit_test(it_is_the_organisation_and_never_a_person),
        cmocka_unit_test(i_is_whoever_speaks),
        cmocka_unit_test(a_reflexive_is_its_subject),
        cmocka_unit_test(an_object_is_not_its_own_subject),
        cmocka_unit_test(a_lone_nominal_makes_no_referent),
        cmocka_unit_test(many_anaphors_stay_cheap),
        cmocka_unit_test(a_speaker_is_not_the_she_of_his_words),
        cmocka_unit_test(other_counts_are_other_groups),
        cmocka_unit_test(a_verb_is_no_part_of_what_it_governs),
        cmocka_unit_test(so_called_names_nobody),
        cmocka_unit_test(your_president_is_not_who_was_named_last),
        cmocka_unit_test(a_headline_gives_no_title_to_who_begins_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
