/* SPDX-License-Identifier: MIT */
/* What texts have in common without one being taken from the other. */
#include "judge_builder.h"

#include <stdio.h>

static const char *const STORY =
    "The mayor of Norvan opened the new harbour bridge on Tuesday after six years of works that "
    "cost "
    "the city twice what it had planned. Thousands of people walked over the river in light rain, "
    "among them masons who had lost colleagues in the collapse of the first pillar. “We promised a "
    "bridge that our grandchildren will still use,” the mayor told the crowd, before she cut a "
    "ribbon in the colours of the town. The opposition stayed away from the ceremony and called "
    "the "
    "toll for lorries a tax on honest trade. Engineers said the bridge would be inspected every "
    "spring, and that the old ferry would keep running for as long as farmers needed it. Trains "
    "are "
    "expected to cross from next summer, when the northern line is finished and the station at the "
    "fish market has been rebuilt.";

static const stemma_derivation *find_derivation(const struct corpus *corpus, uint32_t from,
                                                uint32_t to)
{
    for (uint32_t i = 0; i < corpus->result.derivation_count; i++) {
        const stemma_derivation *d = &corpus->result.derivations[i];
        if (d->from == from && d->to == to) {
            return d;
        }
    }
    return NULL;
}

static const char *const NOTICE =
    "The Norvan Courier has been printed since 1911. Letters reach the editors under box 44, and a "
    "subscription can be ended with a notice of four weeks. No part of this page may be stored or "
    "passed on "
    "without the written consent of the publisher, who is not liable for the content of "
    "advertisements.";

/* A text of words that no other has, and `end`. */
static const char *own_text(struct corpus *corpus, uint32_t number, const char *end)
{
    char *out = stm_arena_alloc(&corpus->arena, 4000, 1);
    assert_non_null(out);
    size_t size = 0;
    for (uint32_t i = 0; i < 120; i++) {
        size += (size_t)snprintf(out + size, 4000 - size, "word%u%c ", number * 1000 + i,
                                 i % 12 == 11 ? '.' : 'x');
    }
    (void)snprintf(out + size, 4000 - size, "\n\n%s", end);
    return out;
}

static void a_notice_under_every_page_makes_no_copies(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    for (uint32_t i = 0; i < 14; i++) {
        (void)add_document(corpus, "2031-05-04", own_text(corpus, i, NOTICE));
    }
    judge_corpus(corpus);
    assert_int_equal(corpus->result.derivation_count, 0);
    corpus_free(corpus);
}

static void a_copy_without_the_notice_is_a_copy(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    for (uint32_t i = 0; i < 14; i++) {
        (void)add_document(corpus, "2031-05-04", own_text(corpus, i, NOTICE));
    }
    uint32_t copy = add_document(corpus, "2031-05-06", own_text(corpus, 3, ""));
    judge_corpus(corpus);
    const stemma_derivation *found = find_derivation(corpus, copy, 3);
    assert_non_null(found);
    assert_int_equal(found->kind, STEMMA_DERIVATION_COPY);
    assert_int_equal(corpus->result.derivation_count, 1);
    corpus_free(corpus);
}

static void an_article_that_many_papers_print_is_no_notice(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    for (uint32_t i = 0; i < 14; i++) {
        (void)add_document(corpus, "2031-05-04", STORY);
    }
    judge_corpus(corpus);
    for (uint32_t i = 1; i < 14; i++) {
        int derived = 0;
        for (uint32_t k = 0; k < i; k++) {
            derived |=
                find_derivation(corpus, i, k) != NULL || find_derivation(corpus, k, i) != NULL;
        }
        assert_true(derived);
    }
    corpus_free(corpus);
}

static void what_two_papers_quote_somebody_with_is_no_copy(void **state)
{
    static const char *const SAID = "“We promised a bridge that our grandchildren will still use "
                                    "when nobody remembers who paid for it and "
                                    "why it took so long,” the mayor said.";
    (void)state;
    struct corpus *corpus = corpus_new();
    (void)add_document(corpus, "2031-05-04", own_text(corpus, 1, SAID));
    (void)add_document(corpus, "2031-05-05", own_text(corpus, 2, SAID));
    judge_corpus(corpus);
    assert_int_equal(corpus->result.derivation_count, 0);
    corpus_free(corpus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notice_under_every_page_makes_no_copies),
        cmocka_unit_test(a_copy_without_the_notice_is_a_copy),
        cmocka_unit_test(an_article_that_many_papers_print_is_no_notice),
        cmocka_unit_test(what_two_papers_quote_somebody_with_is_no_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
