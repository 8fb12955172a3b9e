/* SPDX-License-Identifier: MIT */
#include "judge_builder.h"

#include "pack/judge/event_word.h"
#include "pack/judge/story.h"

#include <stdio.h>

static const char *const BRIDGE[] = {
    "The harbour bridge of Norvan collapsed on Tuesday morning. Engineers of the port had warned "
    "of cracks in "
    "the northern pillar, and lorries were still crossing when the concrete gave way over the "
    "river Sel.",
    "Divers searched the river Sel for a lorry after the collapse of the harbour bridge in Norvan. "
    "The port "
    "closed, and engineers looked at the northern pillar, whose cracks had been known.",
    "Norvan mourned on Wednesday. The pillar of its harbour bridge had cracks, engineers of the "
    "port said, and "
    "the lorries that crossed the river Sel were too heavy for old concrete."};

static const char *const HARVEST[] = {
    "Barley farmers in the eastern valleys of Sudravia lost their harvest to hail. The union of "
    "farmers asked "
    "the ministry for seed and loans, and prices at the mills of Tessen rose by a third.",
    "Mills in Tessen paid a third more for barley after hail in the eastern valleys of Sudravia. "
    "The ministry "
    "offered loans for seed, but the union of farmers wants gifts."};

static stemma_text slice(const char *word)
{
    return stemma_text_of(word);
}

static void documents_of_one_story_are_put_together_and_no_others(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t d[5];
    for (uint32_t i = 0; i < 5; i++) {
        d[i] = add_document(corpus, "2031-05-04", i % 2 == 0 ? BRIDGE[i / 2] : HARVEST[i / 2]);
    }
    struct stm_stories stories;
    corpus->input.documents = corpus->documents;
    corpus->input.document_count = corpus->count;
    assert_int_equal(stm_stories_find(&corpus->input, &corpus->arena, &stories), STEMMA_OK);
    assert_true(stm_stories_same(&stories, d[0], d[2]));
    assert_true(stm_stories_same(&stories, d[0], d[4]));
    assert_true(stm_stories_same(&stories, d[1], d[3]));
    assert_false(stm_stories_same(&stories, d[0], d[1]));
    assert_int_equal(stories.size[d[0]], 3);
    assert_int_equal(stories.size[d[3]], 2);
    assert_true(stm_stories_alike(&stories, d[0], d[2]) > stm_stories_alike(&stories, d[0], d[1]));
    corpus_free(corpus);
}

static void the_same_words_months_later_are_another_story(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-04", BRIDGE[0]);
    uint32_t b = add_document(corpus, "2031-09-04", BRIDGE[1]);
    struct stm_stories stories;
    corpus->input.documents = corpus->documents;
    corpus->input.document_count = corpus->count;
    assert_int_equal(stm_stories_find(&corpus->input, &corpus->arena, &stories), STEMMA_OK);
    assert_false(stm_stories_same(&stories, a, b));
    corpus_free(corpus);
}

static void threads_do_not_change_stories(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    char *texts[120];
    for (uint32_t i = 0; i < 120; i++) {
        texts[i] = malloc(600);
        assert_non_null(texts[i]);
        (void)snprintf(texts[i], 600, "%s Number%u said %s", BRIDGE[i % 3], i % 9,
                       HARVEST[i % 2] + i % 7);
        (void)add_document(corpus, "2031-05-04", texts[i]);
    }
    struct stm_stories one;
    struct stm_stories four;
    corpus->input.documents = corpus->documents;
    corpus->input.document_count = corpus->count;
    corpus->input.jobs = 1;
    assert_int_equal(stm_stories_find(&corpus->input, &corpus->arena, &one), STEMMA_OK);
    corpus->input.jobs = 4;
    assert_int_equal(stm_stories_find(&corpus->input, &corpus->arena, &four), STEMMA_OK);
    assert_memory_equal(one.story, four.story, corpus->count * sizeof *one.story);
    for (uint32_t i = 0; i < 120; i++) {
        free(texts[i]);
    }
    corpus_free(corpus);
}

static void texts_without_words_are_stories_of_their_own(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-04", "");
    uint32_t b = add_document(corpus, "2031-05-04", "... 12 !");
    uint32_t c = add_document(corpus, "", NULL);
    struct stm_stories stories;
    corpus->input.documents = corpus->documents;
    corpus->input.document_count = corpus->count;
    assert_int_equal(stm_stories_find(&corpus->input, &corpus->arena, &stories), STEMMA_OK);
    assert_false(stm_stories_same(&stories, a, b));
    assert_false(stm_stories_same(&stories, b, c));
    corpus_free(corpus);
}

static void forms_and_derivations_are_one_word(void **state)
{
    static const char *const SAME[][2] = {{"raided", "raids"},
                                          {"raid", "raiding"},
                                          {"arrests", "arrested"},
                                          {"killing", "killed"},
                                          {"died", "death"},
                                          {"explosion", "exploded"},
                                          {"negotiations", "negotiate"},
                                          {"resigned", "resignation"},
                                          {"agreed", "agreement"},
                                          {"stole", "theft"},
                                          {"announcement", "announces"},
                                          {"acquires", "acquisition"},
                                          {"stopped", "stopping"},
                                          {"Winning", "won"},
                                          {"elected", "elections"}};
    static const char *const OTHER[][2] = {{"met", "meat"},
                                           {"killed", "skilled"},
                                           {"trial", "trail"},
                                           {"fired", "fried"},
                                           {"bring", "ring"}};
    (void)state;
    struct stm_arena arena;
    struct stm_word_table table;
    stm_arena_init(&arena, 0);
    assert_int_equal(stm_words_open(&table, &arena), STEMMA_OK);
    for (size_t i = 0; i < sizeof SAME / sizeof SAME[0]; i++) {
        struct stm_event_word a = stm_words_look(&table, slice(SAME[i][0]));
        struct stm_event_word b = stm_words_look(&table, slice(SAME[i][1]));
        if (a.word != b.word) {
            fail_msg("%s and %s are two words", SAME[i][0], SAME[i][1]);
        }
    }
    for (size_t i = 0; i < sizeof OTHER / sizeof OTHER[0]; i++) {
        struct stm_event_word a = stm_words_look(&table, slice(OTHER[i][0]));
        struct stm_event_word b = stm_words_look(&table, slice(OTHER[i][1]));
        if (a.word == b.word) {
            fail_msg("%s and %s are one word", OTHER[i][0], OTHER[i][1]);
        }
    }
    stm_arena_free(&arena);
}

static void words_of_one_field_are_not_one_word(void **state)
{
    (void)state;
    struct stm_arena arena;
    struct stm_word_table table;
    stm_arena_init(&arena, 0);
    assert_int_equal(stm_words_open(&table, &arena), STEMMA_OK);
    struct stm_event_word quake = stm_words_look(&table, slice("quake"));
    struct stm_event_word tremors = stm_words_look(&table, slice("tremors"));
    struct stm_event_word said = stm_words_look(&table, slice("said"));
    assert_int_not_equal(quake.word, tremors.word);
    assert_int_not_equal(quake.field, 0);
    assert_int_equal(quake.field, tremors.field);
    assert_true(said.speech);
    assert_false(quake.speech);
    assert_true(stm_words_look(&table, slice("took")).light);
    assert_false(quake.light);
    assert_true(stm_words_look(&table, slice("TAKE")).light);
    assert_int_equal(stm_words_look(&table, slice("")).word, 0);
    stm_arena_free(&arena);
}

/* An event that a word of the text tells. */
static uint32_t told(struct corpus *corpus, uint32_t d, const char *type, const char *word,
                     stemma_mention *mention, stemma_span *span)
{
    struct built_document *built = corpus->built[d];
    const char *at = strstr(built->document.text.data, word);
    assert_non_null(at);
    uint32_t event = add_event(corpus, d, type);
    memset(mention, 0, sizeof *mention);
    span->start = (uint32_t)(at - built->document.text.data);
    span->end = span->start + (uint32_t)strlen(word);
    mention->spans = span;
    mention->span_count = 1;
    mention->kind = STEMMA_MENTION_TRIGGER;
    mention->referent = event;
    mention->head = *span;
    built->document.mentions = mention;
    built->document.mention_count = 1;
    return event;
}

static void an_event_without_a_type_is_joined_by_its_word_in_one_story(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    stemma_mention mentions[3];
    stemma_span spans[3];
    uint32_t a = add_document(corpus, "2031-05-04", BRIDGE[0]);
    uint32_t b = add_document(corpus, "2031-05-05", BRIDGE[1]);
    uint32_t c = add_document(corpus, "2031-05-05", HARVEST[0]);
    uint32_t x = told(corpus, a, "event", "collapsed", &mentions[0], &spans[0]);
    uint32_t y = told(corpus, b, "event", "collapse", &mentions[1], &spans[1]);
    uint32_t z = told(corpus, c, "event", "lost", &mentions[2], &spans[2]);
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    assert_false(are_joined(corpus, a, x, c, z));
    corpus_free(corpus);
}

static void a_person_says_no_and_the_word_does_not_win(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    stemma_mention mentions[2];
    stemma_span spans[2];
    uint32_t a = add_document(corpus, "2031-05-04", BRIDGE[0]);
    uint32_t b = add_document(corpus, "2031-05-05", BRIDGE[1]);
    uint32_t x = told(corpus, a, "event", "collapsed", &mentions[0], &spans[0]);
    uint32_t y = told(corpus, b, "event", "collapse", &mentions[1], &spans[1]);
    stemma_judgement no;
    memset(&no, 0, sizeof no);
    no.left.document = a;
    no.left.referent = x;
    no.right.document = b;
    no.right.referent = y;
    no.verdict = STEMMA_VERDICT_NOT_SAME;
    no.author = stemma_text_of("a reader");
    corpus->input.judgements = &no;
    corpus->input.judgement_count = 1;
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_of_one_story_are_put_together_and_no_others),
        cmocka_unit_test(the_same_words_months_later_are_another_story),
        cmocka_unit_test(threads_do_not_change_stories),
        cmocka_unit_test(texts_without_words_are_stories_of_their_own),
        cmocka_unit_test(forms_and_derivations_are_one_word),
        cmocka_unit_test(words_of_one_field_are_not_one_word),
        cmocka_unit_test(an_event_without_a_type_is_joined_by_its_word_in_one_story),
        cmocka_unit_test(a_person_says_no_and_the_word_does_not_win),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
