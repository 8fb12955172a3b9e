/* SPDX-License-Identifier: MIT */
/* The tables of the reader of happenings, and what it reads beyond arrests and meetings. */
#include "pack/extract/event_lexicon.h"
#include "stemma/vocabulary.h"
#include "test_extract_event_support.h"

#define WEDNESDAY "2025-11-19"

static const stemma_term *type_of(const char *name)
{
    uint32_t count = 0;
    const stemma_term *terms = stemma_vocabulary_builtin(&count);
    for (uint32_t i = 0; i < count; i++) {
        if (terms[i].kind == STEMMA_TERM_EVENT_TYPE && says(terms[i].name, name)) {
            return &terms[i];
        }
    }
    return NULL;
}

static int has_role(const stemma_term *type, const char *role)
{
    size_t size = strlen(role);
    for (size_t at = 0; at + size <= type->roles.size; at++) {
        if (memcmp(type->roles.data + at, role, size) == 0 &&
            (at == 0 || type->roles.data[at - 1] == ' ') &&
            (at + size == type->roles.size || type->roles.data[at + size] == ' ')) {
            return 1;
        }
    }
    return 0;
}

static void every_kind_is_a_type_of_the_vocabulary_with_the_roles_it_fills(void **state)
{
    (void)state;
    for (int kind = 0; kind < STM_EVENT_KINDS; kind++) {
        const struct stm_event_frame *frame = stm_event_frame_of((enum stm_event_kind)kind);
        const stemma_term *type = type_of(frame->type);
        assert_non_null(type);
        assert_true(frame->subject == NULL || has_role(type, frame->subject));
        assert_true(frame->object == NULL || has_role(type, frame->object));
        for (size_t i = 0; frame->cases[i].word != NULL; i++) {
            assert_true(has_role(type, frame->cases[i].role));
        }
    }
}

static void every_word_of_the_lexicon_is_found(void **state)
{
    (void)state;
    const struct {
        const struct stm_sense *senses;
        size_t count;
        int nouns;
    } tables[] = {{stm_event_verbs, stm_event_verbs_count, 0},
                  {stm_event_verbs_f, stm_event_verbs_f_count, 0},
                  {stm_event_verbs_l, stm_event_verbs_l_count, 0},
                  {stm_event_verbs_s, stm_event_verbs_s_count, 0},
                  {stm_event_nouns, stm_event_nouns_count, 1}};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        for (size_t i = 0; i < tables[t].count; i++) {
            size_t found = 0;
            stemma_text lemma = stemma_text_of(tables[t].senses[i].lemma);
            const struct stm_sense *first =
                tables[t].nouns ? stm_noun_senses(lemma, &found) : stm_verb_senses(lemma, &found);
            assert_true(&tables[t].senses[i] >= first && &tables[t].senses[i] < first + found);
        }
    }
    for (size_t i = 1; i < stm_noun_class_count; i++) {
        assert_true(strcmp(stm_noun_classes[i - 1].lemma, stm_noun_classes[i].lemma) < 0);
    }
}

static void an_ambiguous_verb_means_what_its_object_says(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "The president fired the defence minister on Monday. Rebels fired rockets at Tarbek. "
              "Poland closed its embassy in Tarbek. The shop closed its doors.",
              WEDNESDAY);
    assert_int_not_equal(event_of(&r, "personnel.dismiss", "fired"), STEMMA_NONE);
    assert_int_not_equal(event_of(&r, "conflict.attack", "fired"), STEMMA_NONE);
    assert_int_not_equal(event_of(&r, "diplomacy.close", "closed"), STEMMA_NONE);
    assert_int_equal(count_events(&r, "diplomacy.close"), 1);
    forget(&r);
}

static void demands_promises_and_refusals_are_words_and_what_they_are_about_is_not_done(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell urged Poland to release the prisoners.", WEDNESDAY);
    uint32_t urged = event_of(&r, "statement.demand", "urged");
    expect_said(&r, urged, "agent", "Anna Bell");
    expect_said(&r, urged, "target", "Poland");
    uint32_t release = event_of(&r, "justice.release", "release");
    assert_int_not_equal(release, STEMMA_NONE);
    assert_int_equal(find_said(&r, release, "type", NULL)->realis, STEMMA_REALIS_OTHER);
    forget(&r);
    read_text(&r, "Karl Voss refused to meet Anna Bell.", WEDNESDAY);
    assert_int_not_equal(event_of(&r, "statement.reject", "refused"), STEMMA_NONE);
    uint32_t meet = event_of(&r, "contact.meet", "meet");
    assert_int_not_equal(meet, STEMMA_NONE);
    assert_int_equal(find_said(&r, meet, "type", NULL)->polarity, STEMMA_POLARITY_NEGATIVE);
    forget(&r);
}

static void he_who_refuses_to_cross_a_border_has_not_crossed_it(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Peter Lund, a veteran dissident, refused to cross into Poland.", WEDNESDAY);
    uint32_t cross = event_of(&r, "movement.cross", "cross");
    if (cross != STEMMA_NONE) {
        const stemma_assertion *type = find_said(&r, cross, "type", NULL);
        assert_true(type->polarity == STEMMA_POLARITY_NEGATIVE ||
                    type->realis != STEMMA_REALIS_ACTUAL);
    }
    forget(&r);
}

static void what_is_arranged_has_not_happened(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The government is to release 40 prisoners on Friday.", WEDNESDAY);
    uint32_t event = event_of(&r, "justice.release", "release");
    assert_int_not_equal(event, STEMMA_NONE);
    assert_int_equal(find_said(&r, event, "type", NULL)->realis, STEMMA_REALIS_OTHER);
    forget(&r);
}

static void nobody_is_a_denial(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Nobody was injured in Monday's crash.", WEDNESDAY);
    uint32_t event = event_of(&r, "life.injure", "injured");
    assert_int_not_equal(event, STEMMA_NONE);
    assert_int_equal(find_said(&r, event, "type", NULL)->polarity, STEMMA_POLARITY_NEGATIVE);
    forget(&r);
}

/** Whether an assertion says that one event stands to another so. */
static int is_related(const struct reading *reading, uint32_t from, const char *predicate,
                      uint32_t to)
{
    for (uint32_t i = 0; i < reading->output.assertion_count; i++) {
        const stemma_assertion *assertion = &reading->output.assertions[i];
        if (assertion->subject == from && says(assertion->predicate, predicate) &&
            assertion->object.kind == STEMMA_OBJECT_REFERENT &&
            assertion->object.as.referent == to) {
            return assertion->evidence_count != 0;
        }
    }
    return 0;
}

static void happenings_of_a_sentence_hang_together(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Karl Voss freed 40 prisoners after Poland lifted sanctions on Tarbek.",
              WEDNESDAY);
    uint32_t freed = event_of(&r, "justice.release", "freed");
    uint32_t lifted = event_of(&r, "sanction.lift", "lifted");
    assert_true(is_related(&r, freed, "after", lifted));
    assert_false(is_related(&r, lifted, "after", freed));
    forget(&r);
    read_text(&r, "A building collapsed in Warsaw on Monday, killing 14 people.", WEDNESDAY);
    assert_true(is_related(&r, event_of(&r, "life.die", "killing"), "because_of",
                           event_of(&r, "disaster.collapse", "collapsed")));
    forget(&r);
}

static void their_release_is_not_that_of_the_one_who_speaks(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Bell wrote on Monday that their release was good news.", WEDNESDAY);
    uint32_t event = event_of(&r, "justice.release", "release");
    if (event != STEMMA_NONE) {
        expect_unsaid(&r, event, "patient", "Anna Bell");
    }
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_a_type_of_the_vocabulary_with_the_roles_it_fills),
        cmocka_unit_test(every_word_of_the_lexicon_is_found),
        cmocka_unit_test(an_ambiguous_verb_means_what_its_object_says),
        cmocka_unit_test(
            demands_promises_and_refusals_are_words_and_what_they_are_about_is_not_done),
        cmocka_unit_test(he_who_refuses_to_cross_a_border_has_not_crossed_it),
        cmocka_unit_test(what_is_arranged_has_not_happened),
        cmocka_unit_test(nobody_is_a_denial),
        cmocka_unit_test(happenings_of_a_sentence_hang_together),
        cmocka_unit_test(their_release_is_not_that_of_the_one_who_speaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
