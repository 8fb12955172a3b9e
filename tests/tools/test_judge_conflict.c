/* SPDX-License-Identifier: MIT */
/* Sources that disagree: numbers that differ meet in one event when the rest says it is one, and
 * stay apart when it does not. */
#include "judge_builder.h"

#include <stdio.h>
#include <string.h>

#define SENTENCES 8

/* Gives a document sentences, which end with ". ", each a paragraph of its own. */
static void split_sentences(struct corpus *corpus, uint32_t d)
{
    stemma_document *document = &corpus->built[d]->document;
    uint32_t *starts = stm_arena_alloc(&corpus->arena, SENTENCES, sizeof *starts);
    assert_non_null(starts);
    uint32_t count = 1;
    for (uint32_t i = 0; i + 2 < document->text.size && count < SENTENCES; i++) {
        if (memcmp(document->text.data + i, ". ", 2) == 0) {
            starts[count++] = i + 2;
        }
    }
    document->sentences = starts;
    document->sentence_count = count;
    document->paragraphs = starts;
    document->paragraph_count = count;
}

static uint32_t tell(struct corpus *corpus, const char *published, const char *text)
{
    uint32_t d = add_document(corpus, published, text);
    split_sentences(corpus, d);
    return d;
}

/* Marks the first `words` of the text as a mention of a referent. */
static void mention(struct corpus *corpus, uint32_t d, uint32_t referent, const char *words,
                    stemma_mention_kind kind)
{
    stemma_document *document = &corpus->built[d]->document;
    uint32_t count = document->mention_count;
    stemma_mention *mentions = stm_arena_alloc(&corpus->arena, (size_t)count + 1, sizeof *mentions);
    stemma_span *span = stm_arena_alloc(&corpus->arena, 1, sizeof *span);
    assert_non_null(mentions);
    assert_non_null(span);
    if (count != 0) {
        memcpy(mentions, document->mentions, count * sizeof *mentions);
    }
    document->mentions = mentions;
    const char *at = strstr(document->text.data, words);
    assert_non_null(at);
    span->start = (uint32_t)(at - document->text.data);
    span->end = span->start + (uint32_t)strlen(words);
    stemma_mention *added = &mentions[document->mention_count++];
    added->spans = span;
    added->span_count = 1;
    added->kind = (uint8_t)kind;
    added->referent = referent;
    added->head = *span;
}

static uint32_t named(struct corpus *corpus, uint32_t d, const char *type, const char *name)
{
    uint32_t referent = add_entity(corpus, d, type, name);
    mention(corpus, d, referent, name, STEMMA_MENTION_NAME);
    return referent;
}

static uint32_t happening(struct corpus *corpus, uint32_t d, const char *type, const char *trigger,
                          const char *count, const char *time)
{
    uint32_t event = add_event(corpus, d, type);
    mention(corpus, d, event, trigger, STEMMA_MENTION_TRIGGER);
    if (count != NULL) {
        add_count(corpus, d, event, "patient", count, STEMMA_MODIFIER_NONE);
    }
    if (time != NULL) {
        add_time(corpus, d, event, time);
    }
    return event;
}

/* A report of a flood with so many dead in a village. */
static uint32_t flood(struct corpus *corpus, uint32_t *d, const char *published, const char *text,
                      const char *village, const char *count, const char *time)
{
    *d = tell(corpus, published, text);
    named(corpus, *d, "place", village);
    return happening(corpus, *d, "life.die", "killed", count, time);
}

static void numbers_of_one_day_and_place_meet(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a;
    uint32_t b;
    uint32_t c;
    uint32_t x = flood(corpus, &a, "2031-05-04", "The flood in Karsk killed 17 people.", "Karsk",
                       "17", "2031-05-03");
    uint32_t y = flood(corpus, &b, "2031-05-05", "At Karsk the water killed 23 people.", "Karsk",
                       "23", "2031-05-03");
    uint32_t z = flood(corpus, &c, "2031-05-05", "The flood in Brenn killed 9 people.", "Brenn",
                       "9", "2031-05-03");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    assert_false(are_joined(corpus, a, x, c, z));
    corpus_free(corpus);
}

static void a_name_that_nobody_recognised_is_a_place_too(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = tell(corpus, "2031-05-04", "The flood at Karsk Hollow killed 17 people.");
    uint32_t b = tell(corpus, "2031-05-05", "Rescuers said it killed 21 in Karsk Hollow.");
    uint32_t c = tell(corpus, "2031-05-05", "Rescuers said it killed 9 in Upper Brenn.");
    uint32_t x = happening(corpus, a, "life.die", "killed", "17", "2031-05-03");
    uint32_t y = happening(corpus, b, "life.die", "killed", "21", "2031-05-03");
    uint32_t z = happening(corpus, c, "life.die", "killed", "9", "2031-05-03");
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    assert_false(are_joined(corpus, a, x, c, z));
    corpus_free(corpus);
}

static void other_days_keep_numbers_apart(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a;
    uint32_t b;
    uint32_t x = flood(corpus, &a, "2031-05-04", "The flood in Karsk killed 17 people.", "Karsk",
                       "17", "2031-05-03");
    uint32_t y = flood(corpus, &b, "2031-05-09", "A flood in Karsk killed 19 people.", "Karsk",
                       "19", "2031-05-08");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

static void a_country_alone_reconciles_no_numbers(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t documents[2];
    uint32_t events[2];
    static const char *const COUNTS[] = {"123", "52"};
    for (int i = 0; i < 2; i++) {
        documents[i] = tell(corpus, "2031-05-04", "Sudravia freed prisoners.");
        uint32_t country = named(corpus, documents[i], "place", "Sudravia");
        events[i] = happening(corpus, documents[i], "justice.release", "freed", COUNTS[i], NULL);
        add_link(corpus, documents[i], events[i], "agent", country);
    }
    judge_corpus(corpus);
    assert_false(are_joined(corpus, documents[0], events[0], documents[1], events[1]));
    corpus_free(corpus);
}

static void one_place_and_other_kinds_of_people_stay_apart(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a;
    uint32_t b;
    uint32_t x = flood(corpus, &a, "2031-05-04", "The flood in Karsk killed 3 people.", "Karsk",
                       NULL, "2031-05-03");
    uint32_t y = flood(corpus, &b, "2031-05-04", "At Karsk the water killed 2 soldiers.", "Karsk",
                       NULL, "2031-05-03");
    add_count(corpus, a, x, "patient", "3", STEMMA_MODIFIER_NONE);
    add_count(corpus, b, y, "patient", "2", STEMMA_MODIFIER_NONE);
    struct built_document *left = corpus->built[a];
    struct built_document *right = corpus->built[b];
    left->assertions[left->document.assertion_count - 1].object.as.quantity.counted =
        stemma_text_of("farmer");
    right->assertions[right->document.assertion_count - 1].object.as.quantity.counted =
        stemma_text_of("soldier");
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

/* People that both documents name, so that they tell one story. */
static void add_company(struct corpus *corpus, uint32_t d)
{
    add_person(corpus, d, "Odile Marchenko");
    add_person(corpus, d, "Taddeo Ruis");
    add_person(corpus, d, "Ilka Sorvane");
}

static void an_inquiry_months_later_joins_by_the_place(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a;
    uint32_t b;
    uint32_t c;
    uint32_t x = flood(corpus, &a, "2031-05-04", "The flood in Karsk killed 17 people.", "Karsk",
                       "17", "2031-05-03");
    uint32_t y = flood(corpus, &b, "2031-08-20", "The flood of Karsk killed 21, judges found.",
                       "Karsk", "21", NULL);
    uint32_t z = flood(corpus, &c, "2031-08-20", "The fire of Brenn killed 20, judges found.",
                       "Brenn", "20", NULL);
    add_company(corpus, a);
    add_company(corpus, b);
    add_company(corpus, c);
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    assert_false(are_joined(corpus, a, x, c, z));
    corpus_free(corpus);
}

static void a_correction_speaks_of_the_same_event(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t d = tell(corpus, "2031-05-05",
                      "The flood killed 17 people. Correction: An earlier version said that 71 "
                      "had died.");
    uint32_t x = happening(corpus, d, "life.die", "killed", "17", NULL);
    uint32_t y = happening(corpus, d, "life.die", "died", "71", NULL);
    judge_corpus(corpus);
    assert_true(are_joined(corpus, d, x, d, y));
    corpus_free(corpus);
}

static void one_document_that_tells_of_two_keeps_them(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t d = tell(corpus, "2031-05-05",
                      "The flood killed 17 people in Karsk. Last year 11 had died in Brenn.");
    named(corpus, d, "place", "Karsk");
    named(corpus, d, "place", "Brenn");
    uint32_t x = happening(corpus, d, "life.die", "killed", "17", NULL);
    uint32_t y = happening(corpus, d, "life.die", "died", "11", NULL);
    judge_corpus(corpus);
    assert_false(are_joined(corpus, d, x, d, y));
    corpus_free(corpus);
}

static void two_speakers_give_two_numbers_for_one_event(void **state)
{
    (void)state;
    for (int other_place = 0; other_place < 2; other_place++) {
        struct corpus *corpus = corpus_new();
        uint32_t d =
            tell(corpus, "2031-05-05",
                 other_place ? "The shelling of Karsk killed 14, Ruis said. In Brenn nine had "
                               "died, Sorvane said."
                             : "The shelling of Karsk killed 14, Ruis said. Sorvane said that "
                               "nine had died.");
        uint32_t first = named(corpus, d, "person", "Ruis");
        uint32_t second = named(corpus, d, "person", "Sorvane");
        named(corpus, d, "place", "Karsk");
        if (other_place) {
            named(corpus, d, "place", "Brenn");
        }
        uint32_t x = happening(corpus, d, "life.die", "killed", "14", NULL);
        uint32_t y = happening(corpus, d, "life.die", "died", "9", NULL);
        struct built_document *built = corpus->built[d];
        for (uint32_t i = 0; i < built->document.assertion_count; i++) {
            built->assertions[i].speaker = built->assertions[i].subject == x ? first : second;
        }
        judge_corpus(corpus);
        assert_int_equal(are_joined(corpus, d, x, d, y), !other_place);
        corpus_free(corpus);
    }
}

static const char *const PASSAGE =
    "Workers had warned of the dam for years and nobody in the town hall had listened to them. On "
    "Sunday the water killed 78 people and carried their houses down to the harbour, where boats "
    "lay on the roofs. The mayor promised every family a roof before the winter, and said that "
    "she would not sleep until the last of them had one.";

static void an_edited_number_in_a_copied_passage_is_one_event(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    char *edited = stm_arena_alloc(&corpus->arena, strlen(PASSAGE) + 1, 1);
    assert_non_null(edited);
    memcpy(edited, PASSAGE, strlen(PASSAGE) + 1);
    char *number = strstr(edited, "78");
    assert_non_null(number);
    memcpy(number, "12", 2);
    uint32_t a = tell(corpus, "2031-05-05", PASSAGE);
    uint32_t b = tell(corpus, "2031-05-06", edited);
    uint32_t x = happening(corpus, a, "life.die", "killed", "78", NULL);
    uint32_t y = happening(corpus, b, "life.die", "killed", "12", NULL);
    judge_corpus(corpus);
    assert_true(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

static void a_denial_does_not_split_what_it_denies(void **state)
{
    (void)state;
    for (int dated = 0; dated < 2; dated++) {
        struct corpus *corpus = corpus_new();
        uint32_t a = tell(corpus, "2031-05-05", "Two men were arrested, Marchenko among them.");
        uint32_t b = tell(corpus, "2031-05-05", "Nobody was arrested, Marchenko least of all.");
        uint32_t x = happening(corpus, a, "justice.arrest", "arrested", "2", "2031-05-04");
        uint32_t y =
            happening(corpus, b, "justice.arrest", "arrested", "5", dated ? "2031-05-04" : NULL);
        add_link(corpus, a, x, "patient", named(corpus, a, "person", "Marchenko"));
        add_link(corpus, b, y, "patient", named(corpus, b, "person", "Marchenko"));
        struct built_document *built = corpus->built[b];
        for (uint32_t i = 0; i < built->document.assertion_count; i++) {
            built->assertions[i].polarity = STEMMA_POLARITY_NEGATIVE;
        }
        judge_corpus(corpus);
        assert_int_equal(are_joined(corpus, a, x, b, y), dated);
        corpus_free(corpus);
    }
}

static void the_only_accord_of_a_story_is_one(void **state)
{
    (void)state;
    for (int two = 0; two < 2; two++) {
        struct corpus *corpus = corpus_new();
        uint32_t documents[2];
        uint32_t lifted[2];
        for (int i = 0; i < 2; i++) {
            documents[i] =
                tell(corpus, "2031-05-05",
                     "They freed Odile Marchenko. The sanctions were lifted. Others were "
                     "eased before.");
            uint32_t d = documents[i];
            uint32_t patient = named(corpus, d, "person", "Odile Marchenko");
            static const char *const OTHERS[2][3] = {
                {"Bohdana Kessler", "Emeric Tolnay", "Pia Lindqvar"},
                {"Gaspar Whitlow", "Henrike Oster", "Jorun Malvik"}};
            add_person(corpus, d, "Taddeo Ruis");
            for (int k = 0; k < 3; k++) {
                add_person(corpus, d, OTHERS[i][k]);
            }
            uint32_t freed = happening(corpus, d, "justice.release", "freed", NULL, "2031-05-04");
            add_link(corpus, d, freed, "patient", patient);
            lifted[i] = happening(corpus, d, "sanction.lift", "lifted", NULL, NULL);
            if (two && i == 1) {
                happening(corpus, d, "sanction.lift", "eased", NULL, NULL);
            }
        }
        /* What is furniture is not compared: the two are no copies of each other. */
        stemma_span all = {0, (uint32_t)corpus->documents[documents[1]]->text.size};
        corpus->built[documents[1]]->document.furniture = &all;
        corpus->built[documents[1]]->document.furniture_count = 1;
        judge_corpus(corpus);
        assert_int_equal(are_joined(corpus, documents[0], lifted[0], documents[1], lifted[1]),
                         !two);
        corpus_free(corpus);
    }
}

static void a_dateline_is_no_scene(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = tell(corpus, "2031-05-04",
                      "PORT SAVEL, May 4 (Wire) - A flood killed 17 people in the hills.");
    uint32_t b = tell(corpus, "2031-05-04",
                      "PORT SAVEL, May 4 (Wire) - A bus that fell killed 11 people at sea.");
    uint32_t x = happening(corpus, a, "life.die", "killed", "17", "2031-05-03");
    uint32_t y = happening(corpus, b, "life.die", "killed", "11", "2031-05-03");
    uint32_t left = add_entity(corpus, a, "place", "PORT SAVEL");
    uint32_t right = add_entity(corpus, b, "place", "PORT SAVEL");
    mention(corpus, a, left, "PORT SAVEL", STEMMA_MENTION_NAME);
    mention(corpus, b, right, "PORT SAVEL", STEMMA_MENTION_NAME);
    judge_corpus(corpus);
    assert_false(are_joined(corpus, a, x, b, y));
    corpus_free(corpus);
}

static void thousands_of_accounts_take_moments(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    for (uint32_t i = 0; i < BUILDER_DOCUMENTS; i++) {
        uint32_t d;
        char *count = stm_arena_alloc(&corpus->arena, 8, 1);
        assert_non_null(count);
        (void)snprintf(count, 8, "%u", 2 + i % 97);
        (void)flood(corpus, &d, "2031-05-04", "The flood in Karsk killed people.", "Karsk", count,
                    "2031-05-03");
        add_company(corpus, d);
        for (int k = 0; k < 8; k++) {
            uint32_t event = add_event(corpus, d, "life.die");
            add_count(corpus, d, event, "patient", count, STEMMA_MODIFIER_NONE);
        }
    }
    judge_corpus(corpus);
    assert_true(corpus->result.judgement_count < 40u * BUILDER_DOCUMENTS);
    corpus_free(corpus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_one_day_and_place_meet),
        cmocka_unit_test(a_name_that_nobody_recognised_is_a_place_too),
        cmocka_unit_test(other_days_keep_numbers_apart),
        cmocka_unit_test(a_country_alone_reconciles_no_numbers),
        cmocka_unit_test(one_place_and_other_kinds_of_people_stay_apart),
        cmocka_unit_test(an_inquiry_months_later_joins_by_the_place),
        cmocka_unit_test(a_correction_speaks_of_the_same_event),
        cmocka_unit_test(one_document_that_tells_of_two_keeps_them),
        cmocka_unit_test(two_speakers_give_two_numbers_for_one_event),
        cmocka_unit_test(an_edited_number_in_a_copied_passage_is_one_event),
        cmocka_unit_test(a_denial_does_not_split_what_it_denies),
        cmocka_unit_test(the_only_accord_of_a_story_is_one),
        cmocka_unit_test(a_dateline_is_no_scene),
        cmocka_unit_test(thousands_of_accounts_take_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
