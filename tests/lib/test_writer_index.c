/* SPDX-License-Identifier: MIT */
/* What is derived: entities, events and claims, from hand-written documents. */
#include "index/claim_group.h"
#include "index/index.h"
#include "index/index_names.h"
#include "index/index_postings.h"
#include "support/corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>

static stm_index index_;
static corpus_document *documents[8];
static uint32_t document_count;

static int set_up(void **state)
{
    uint32_t count = 0;
    const stemma_term *terms = stemma_vocabulary_builtin(&count);
    (void)state;
    stm_index_init(&index_, terms, count);
    document_count = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < document_count; i++) {
        corpus_free(documents[i]);
    }
    stm_index_free(&index_);
    return 0;
}

static corpus_document *document(void)
{
    documents[document_count] = corpus_new("urn:x", "2021-03-04");
    return documents[document_count++];
}

static void take_in(void)
{
    stemma_error error;
    for (uint32_t i = 0; i < document_count; i++) {
        assert_int_equal(stm_index_add_document(&index_, &documents[i]->document, &error),
                         STEMMA_OK);
    }
}

static void judge(uint32_t a, uint32_t ar, uint32_t b, uint32_t br, uint8_t verdict)
{
    stemma_judgement j = {0};
    stemma_error error;
    j.left.document = a;
    j.left.referent = ar;
    j.right.document = b;
    j.right.referent = br;
    j.verdict = verdict;
    j.score = 900;
    assert_int_equal(stm_index_add_judgement(&index_, &j, &error), STEMMA_OK);
}

static void copy_of(uint32_t from, uint32_t to)
{
    stemma_derivation d = {0};
    stemma_error error;
    d.from = from;
    d.to = to;
    d.kind = STEMMA_DERIVATION_COPY;
    assert_int_equal(stm_index_add_derivation(&index_, &d, &error), STEMMA_OK);
}

static void build(void)
{
    stemma_error error;
    assert_int_equal(stm_index_build(&index_, &error), STEMMA_OK);
}

static uint32_t predicate(const char *name)
{
    return stm_index_term(&index_, STEMMA_TERM_PREDICATE, stemma_text_of(name));
}

/* The only claim of event 0 with a predicate. */
static const stm_index_claim *claim_of(const char *name)
{
    const stm_index_claim *found = NULL;
    for (uint32_t i = 0; i < index_.claim_count; i++) {
        const stm_index_claim *claim = &index_.claims[i];
        if (claim->subject_kind == STEMMA_REFERENT_EVENT && claim->subject == 0 &&
            claim->predicate == predicate(name)) {
            assert_null(found);
            found = claim;
        }
    }
    assert_non_null(found);
    return found;
}

/* Three articles tell of one release; referents 0 person, 1 place, 2 event in each. */
static void three_of_one_release(void)
{
    corpus_release(document(), "Ada Lorn", "3 March 2021", "2021-03-03", "Velmora");
    corpus_release(document(), "Ada Lorn", "March 2021", "2021-03", "Velmora");
    corpus_release(document(), "Lorn", "on Wednesday", "2021-03-03", "Velmora");
    take_in();
    for (uint32_t i = 1; i < 3; i++) {
        for (uint32_t r = 0; r < 3; r++) {
            judge(0, r, i, r, STEMMA_VERDICT_SAME);
        }
    }
}

/* [I-12] [I-13] [I-14] */
static void assertions_that_say_the_same_are_one_claim(void **state)
{
    (void)state;
    three_of_one_release();
    build();
    assert_int_equal(index_.event_count, 1);
    assert_int_equal(index_.entity_count, 2);
    assert_int_equal(claim_of("patient")->documents, 3);
    assert_int_equal(claim_of("patient")->independent, 3);
    assert_int_equal(claim_of("patient")->witness_count, 3);
    assert_int_equal(claim_of("place")->witness_count, 3);
    /* "3 March 2021" and "on Wednesday" are one day, "March 2021" is another answer. */
    assert_int_equal(index_.events[0].claim_count, 5);
}

/* [I-10] [I-11] */
static void copies_count_as_one_independent_source(void **state)
{
    (void)state;
    three_of_one_release();
    copy_of(2, 0);
    build();
    assert_int_equal(claim_of("patient")->documents, 3);
    assert_int_equal(claim_of("patient")->independent, 2);
    assert_int_equal(index_.events[0].documents, 3);
    assert_int_equal(index_.events[0].independent, 2);
}

/* [I-18] */
static void the_time_most_independent_sources_give_wins(void **state)
{
    (void)state;
    three_of_one_release();
    build();
    assert_int_equal(index_.events[0].bounds.precision, STEMMA_PRECISION_DAY);
    assert_int_equal(index_.events[0].bounds.start_earliest, INT64_C(18689) * 86400);
}

/* [I-18] */
static void of_times_with_equal_support_the_finer_wins(void **state)
{
    (void)state;
    three_of_one_release();
    copy_of(2, 0); /* now one independent source each for the day and for the month */
    build();
    assert_int_equal(index_.events[0].bounds.precision, STEMMA_PRECISION_DAY);
}

/* [I-18] */
static void a_time_that_is_denied_is_not_the_event_s(void **state)
{
    (void)state;
    corpus_document *d = document();
    corpus_release(d, "Ada Lorn", "3 March 2021", "2021-03-03", "Velmora");
    d->assertions[2].polarity = STEMMA_POLARITY_NEGATIVE;
    d->assertions[3].polarity = STEMMA_POLARITY_NEGATIVE;
    d->assertions[1].polarity = STEMMA_POLARITY_NEGATIVE;
    take_in();
    build();
    assert_int_equal(index_.events[0].bounds.start_earliest, STEMMA_TIME_UNKNOWN_EARLY);
    assert_int_equal(index_.events[0].place, STEMMA_NONE);
    assert_int_equal(index_.events[0].participant_count, 0);
}

/* [I-19] */
static void one_who_says_it_happened_outweighs_those_who_expect_it(void **state)
{
    (void)state;
    three_of_one_release();
    build();
    assert_int_equal(index_.events[0].realis, STEMMA_REALIS_ACTUAL);
    stm_index_free(&index_);
    set_up(state);
    documents[0]->assertions[0].realis = STEMMA_REALIS_OTHER;
    documents[1]->assertions[0].realis = STEMMA_REALIS_OTHER;
    document_count = 3;
    take_in();
    for (uint32_t i = 1; i < 3; i++) {
        judge(0, 2, i, 2, STEMMA_VERDICT_SAME);
    }
    build();
    assert_int_equal(index_.events[0].realis, STEMMA_REALIS_ACTUAL);
    assert_int_equal(index_.events[0].polarity, STEMMA_POLARITY_POSITIVE);
}

/* [I-5] */
static void events_are_numbered_by_time_and_the_undated_come_last(void **state)
{
    (void)state;
    corpus_document *d = document();
    corpus_release(d, "Ada Lorn", "one day", "", "Velmora");
    corpus_release(d, "Teo Brask", "in 2022", "2022", "Velmora");
    corpus_release(d, "Mira Quell", "in 1969", "1969-06-01", "Velmora");
    take_in();
    build();
    assert_int_equal(index_.events[0].first, 8);
    assert_int_equal(index_.events[1].first, 5);
    assert_int_equal(index_.events[2].first, 2);
    assert_true(index_.events[0].bounds.start_earliest < 0);
}

/* [I-5] */
static void entities_are_numbered_by_falling_mentions(void **state)
{
    (void)state;
    three_of_one_release();
    build();
    assert_int_equal(index_.entities[0].first, 0); /* three mentions each: the first referent */
    assert_int_equal(index_.entities[1].first, 1);
    assert_int_equal(index_.entities[0].mentions, 3);
    assert_int_equal(index_.entities[0].documents, 3);
    assert_int_equal(index_.entities[0].events, 1);
}

/* [I-20] */
static void a_person_is_shown_by_the_full_name(void **state)
{
    (void)state;
    corpus_release(document(), "Lorn", "3 March 2021", "2021-03-03", "Velmora");
    corpus_release(document(), "Lorn", "3 March 2021", "2021-03-03", "Velmora");
    corpus_release(document(), "Ada Lorn", "3 March 2021", "2021-03-03", "Velmora");
    take_in();
    judge(0, 0, 1, 0, STEMMA_VERDICT_SAME);
    judge(0, 0, 2, 0, STEMMA_VERDICT_SAME);
    build();
    const stm_index_entity *entity = &index_.entities[0];
    assert_int_equal(entity->name_count, 2);
    const stm_index_entity_name *names = &index_.entity_names[entity->name_first];
    assert_int_equal(names[0].documents, 2); /* "Lorn" is used more ... */
    assert_int_equal(entity->shown, 1);      /* ... but does not say who it is */
    assert_true(stemma_text_equal(stm_strings_get(&index_.names, names[1].text),
                                  stemma_text_of("Ada Lorn")));
}

/* [I-13] */
static void a_count_is_the_same_however_it_is_written(void **state)
{
    (void)state;
    corpus_document *d = document();
    uint32_t event = corpus_release(d, "Ada Lorn", "3 March 2021", "2021-03-03", "Velmora");
    stemma_span all = {0, 5};
    corpus_assert(d, event, "quantity", corpus_count("12 prisoners", "12", "prisoner"), all);
    corpus_assert(d, event, "quantity", corpus_count("a dozen prisoners", "012.0", "prisoner"),
                  all);
    take_in();
    build();
    assert_int_equal(claim_of("quantity")->witness_count, 2);
    assert_int_equal(claim_of("quantity")->documents, 1);
}

/* [I-13] [I-15] */
static void counts_without_numbers_differ_by_their_words(void **state)
{
    (void)state;
    corpus_document *d = document();
    uint32_t event = corpus_release(d, "Ada Lorn", "3 March 2021", "2021-03-03", "Velmora");
    stemma_span all = {0, 5};
    uint32_t before = event;
    corpus_assert(d, event, "quantity", corpus_count("dozens", "", "prisoner"), all);
    corpus_assert(d, event, "quantity", corpus_count("scores", "", "prisoner"), all);
    take_in();
    build();
    (void)before;
    assert_int_equal(index_.events[0].claim_count, 6);
}

/* [I-12] */
static void a_denial_is_another_claim(void **state)
{
    (void)state;
    three_of_one_release();
    stm_index_free(&index_);
    set_up(state);
    document_count = 3;
    documents[1]->assertions[1].polarity = STEMMA_POLARITY_NEGATIVE;
    take_in();
    for (uint32_t i = 1; i < 3; i++) {
        for (uint32_t r = 0; r < 3; r++) {
            judge(0, r, i, r, STEMMA_VERDICT_SAME);
        }
    }
    build();
    assert_int_equal(index_.events[0].claim_count, 6);
    assert_int_equal(index_.events[0].participant_count, 1);
}

/* [I-11] */
static void speakers_are_counted_as_entities(void **state)
{
    (void)state;
    three_of_one_release();
    stm_index_free(&index_);
    set_up(state);
    document_count = 3;
    for (uint32_t i = 0; i < 3; i++) {
        documents[i]->assertions[1].speaker = 0;
        documents[i]->assertions[1].attribution = STEMMA_ATTRIBUTION_SPEAKER;
    }
    take_in();
    for (uint32_t i = 1; i < 3; i++) {
        judge(0, 2, i, 2, STEMMA_VERDICT_SAME);
    }
    judge(0, 0, 1, 0, STEMMA_VERDICT_SAME); /* but not document 2's: two speakers */
    build();
    uint32_t most = 0;
    for (uint32_t i = 0; i < index_.claim_count; i++) {
        most = index_.claims[i].speakers > most ? index_.claims[i].speakers : most;
    }
    assert_int_equal(most, 1); /* their objects differ as well: each claim has one speaker */
    assert_int_equal(index_.events[0].participant_count, 2);
}

/* [I-6] */
static void claims_of_a_subject_are_a_range_and_all_are_covered(void **state)
{
    uint32_t covered = 0;
    (void)state;
    static corpus_names names;
    corpus_make_names(&names);
    for (uint32_t i = 0; i < 8; i++) {
        documents[document_count++] = corpus_make(&names, i);
    }
    take_in();
    for (uint32_t i = 0; i + 1 < 8; i++) {
        judge(i, 0, i + 1, 0, STEMMA_VERDICT_SAME);
        judge(i, 2, i + 1, 2, STEMMA_VERDICT_SAME);
    }
    build();
    for (uint32_t i = 0; i < index_.event_count; i++) {
        assert_int_equal(index_.events[i].claim_first, covered);
        covered += index_.events[i].claim_count;
        assert_true(index_.events[i].claim_count > 0);
    }
    for (uint32_t i = 0; i < index_.entity_count; i++) {
        assert_int_equal(index_.entities[i].claim_first, covered);
        covered += index_.entities[i].claim_count;
        if (i > 0) {
            assert_true(index_.entities[i - 1].mentions >= index_.entities[i].mentions);
        }
    }
    assert_int_equal(covered, index_.claim_count);
    uint32_t witnesses = 0;
    for (uint32_t i = 0; i < index_.claim_count; i++) {
        const stm_index_claim *claim = &index_.claims[i];
        witnesses += claim->witness_count;
        assert_true(claim->independent <= claim->documents);
        assert_true(claim->documents <= claim->witness_count);
        for (uint32_t w = 1; w < claim->witness_count; w++) {
            const stm_index_assertion *a = &index_.assertions[claim->witness_first + w];
            assert_true(a[-1].document < a->document ||
                        (a[-1].document == a->document && a[-1].ordinal < a->ordinal));
        }
    }
    assert_int_equal(witnesses, index_.assertion_count);
}

typedef struct order_check {
    char last[128];
    size_t last_size;
    uint32_t id;
    uint32_t payload;
    uint64_t count;
} order_check;

static stemma_status ascends(void *context, stemma_bytes list, uint32_t id, uint32_t payload)
{
    order_check *check = context;
    stemma_text before = {check->last, check->last_size};
    stemma_text here = {(const char *)list.data, list.size};
    int order = check->count == 0 ? -1 : stemma_text_compare(before, here);
    assert_true(order < 0 ||
                (order == 0 && (check->id < id || (check->id == id && check->payload < payload))));
    assert_true(list.size > 0 && list.size <= sizeof check->last);
    memcpy(check->last, list.data, list.size);
    check->last_size = list.size;
    check->id = id;
    check->payload = payload;
    check->count++;
    return STEMMA_OK;
}

static stemma_status all_ascend(void *context, stemma_bytes list, const uint32_t *ids,
                                const uint32_t *payloads, uint32_t count)
{
    assert_in_range(count, 1, STM_INDEX_PIECE);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(ascends(context, list, ids[i], payloads != NULL ? payloads[i] : 0), STEMMA_OK);
    }
    return STEMMA_OK;
}

/* [P-12] [P-15] [I-22] */
static void every_posting_table_ascends_strictly(void **state)
{
    static const stm_table tables[] = {STM_TABLE_PARTICIPATION, STM_TABLE_TYPE, STM_TABLE_PLACE,
                                       STM_TABLE_MEMBERSHIP, STM_TABLE_TERM};
    static const stm_table name_tables[] = {STM_TABLE_NAME, STM_TABLE_GRAM};
    stm_name_index names_index;
    (void)state;
    static corpus_names names;
    corpus_make_names(&names);
    for (uint32_t i = 0; i < 8; i++) {
        documents[document_count++] = corpus_make(&names, i);
    }
    take_in();
    judge(0, 0, 1, 0, STEMMA_VERDICT_SAME); /* who has one member only is not listed */
    build();
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        order_check check = {0};
        assert_int_equal(stm_index_postings(&index_, tables[i], ascends, &check), STEMMA_OK);
        assert_true(check.count > 0);
        order_check lists = {0};
        assert_int_equal(stm_index_posting_lists(&index_, tables[i], all_ascend, &lists), STEMMA_OK);
        assert_int_equal(lists.count, check.count);
    }
    assert_int_equal(stm_name_index_build(&names_index, &index_), STEMMA_OK);
    for (size_t i = 0; i < 2; i++) {
        order_check check = {0};
        assert_int_equal(stm_name_index_post(&names_index, name_tables[i], all_ascend, &check),
                         STEMMA_OK);
        assert_true(check.count > 0);
    }
    stm_name_index_free(&names_index);
    order_check check = {0};
    assert_int_equal(stm_index_postings(&index_, STM_TABLE_EVENT, ascends, &check),
                     STEMMA_E_MISUSE);
}

/* [I-24] */
static void words_of_withheld_text_are_not_indexed(void **state)
{
    (void)state;
    corpus_document *d = document();
    corpus_release(d, "Ada Lorn", "3 March 2021", "2021-03-03", "Velmora");
    d->document.text_withheld = 1;
    take_in();
    assert_int_equal(index_.occurrence_count, 0);
    assert_int_equal(index_.document_tokens[0], 0);
}

/* [I-23] */
static void descriptions_are_looked_up_only_for_want_of_a_name(void **state)
{
    (void)state;
    corpus_document *d = document();
    uint32_t named = corpus_entity(d, "person", "Ada Lorn");
    uint32_t unnamed = corpus_entity(d, "group", "prisoners");
    static stemma_name both[2];
    both[0] = *d->referents[named].names;
    both[1].text = stemma_text_of("the baker");
    both[1].kind = STEMMA_NAME_NOMINAL;
    d->referents[named].names = both;
    d->referents[named].name_count = 2;
    d->names[1].kind = STEMMA_NAME_NOMINAL;
    take_in();
    build();
    const stm_index_entity *first = &index_.entities[named];
    const stm_index_entity *second = &index_.entities[unnamed];
    const stm_index_entity_name *names = index_.entity_names;
    int counted = 0;
    for (uint32_t i = 0; i < 2; i++) {
        counted += stm_index_name_counts(&index_, first, &names[first->name_first + i]);
    }
    assert_int_equal(counted, 1);
    assert_true(stm_index_name_counts(&index_, second, &names[second->name_first]));
}

static void packed_objects_come_back_as_they_were(void **state)
{
    char bytes[16384];
    stemma_object back;
    stemma_object object = corpus_count("about 1,000 km", "1000", "");
    (void)state;
    object.as.quantity.unit = stemma_text_of("km");
    object.as.quantity.modifier = STEMMA_MODIFIER_ABOUT;
    assert_true(stm_object_room(&object) <= sizeof bytes);
    stemma_text packed = {bytes, stm_object_pack(&object, bytes)};
    stm_object_unpack(packed, &back);
    assert_int_equal(back.kind, STEMMA_OBJECT_QUANTITY);
    assert_int_equal(back.as.quantity.modifier, STEMMA_MODIFIER_ABOUT);
    assert_true(stemma_text_equal(back.as.quantity.raw, object.as.quantity.raw));
    assert_true(stemma_text_equal(back.as.quantity.unit, object.as.quantity.unit));
    assert_int_equal(back.as.quantity.counted.size, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(assertions_that_say_the_same_are_one_claim),
        TEST(copies_count_as_one_independent_source),
        TEST(the_time_most_independent_sources_give_wins),
        TEST(of_times_with_equal_support_the_finer_wins),
        TEST(a_time_that_is_denied_is_not_the_event_s),
        TEST(one_who_says_it_happened_outweighs_those_who_expect_it),
        TEST(events_are_numbered_by_time_and_the_undated_come_last),
        TEST(entities_are_numbered_by_falling_mentions),
        TEST(a_person_is_shown_by_the_full_name),
        TEST(a_count_is_the_same_however_it_is_written),
        TEST(counts_without_numbers_differ_by_their_words),
        TEST(a_denial_is_another_claim),
        TEST(speakers_are_counted_as_entities),
        TEST(claims_of_a_subject_are_a_range_and_all_are_covered),
        TEST(every_posting_table_ascends_strictly),
        TEST(words_of_withheld_text_are_not_indexed),
        TEST(descriptions_are_looked_up_only_for_want_of_a_name),
        TEST(packed_objects_come_back_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
