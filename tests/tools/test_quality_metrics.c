/* SPDX-License-Identifier: MIT */
/* Metrics of coreference against examples worked out by hand. */
#include "quality/metrics.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NO                 UINT32_MAX
#define CLOSE(got, wanted) assert_true(fabs((got) - (wanted)) < 1e-9)

/* The standing example of Pradhan et al. 2014: key {a b c} {d e f g}, response {a b} {c d} {f g h
 * i}.
 */
static const uint32_t KEY[] = {1, 1, 1, 2, 2, 2, 2, NO, NO};
static const uint32_t RESPONSE[] = {7, 7, 5, 5, NO, 3, 3, 3, 3};
#define COUNT 9u

static void test_muc_counts_missing_links(void **state)
{
    (void)state;
    /* Found: abc 3 - 2 parts, defg 4 - 3 parts; of 2 + 3 links. Back: ab 1, fghi 1; of 1 + 1 + 3.
     */
    struct metric muc = metric_muc(KEY, RESPONSE, COUNT);
    CLOSE(muc.recall, 2.0 / 5);
    CLOSE(muc.precision, 2.0 / 5);
    CLOSE(muc.f1, 2.0 / 5);
}

static void test_b_cubed_weighs_each_mention(void **state)
{
    (void)state;
    /* abc: (2*2 + 1)/3; defg: (1 + 2*2)/4; over 7. Back: 4/2 + 2/2 + 4/4 over 8. */
    struct metric b3 = metric_b3(KEY, RESPONSE, COUNT);
    CLOSE(b3.recall, (5.0 / 3 + 5.0 / 4) / 7);
    CLOSE(b3.precision, 4.0 / 8);
}

static void test_ceaf_pairs_one_to_one(void **state)
{
    (void)state;
    /* abc-ab 4/5, abc-cd 2/5, defg-cd 2/6, defg-fghi 4/8: best 4/5 + 1/2. */
    struct metric ceaf = metric_ceaf(KEY, RESPONSE, COUNT);
    CLOSE(ceaf.recall, 1.3 / 2);
    CLOSE(ceaf.precision, 1.3 / 3);
}

static void test_ceaf_takes_the_best_assignment_not_the_greediest(void **state)
{
    (void)state;
    const uint32_t key[] = {1, 1, 1, 1, 1, 1, 1, 2, 2, 2};
    const uint32_t response[] = {8, 8, 8, 8, 9, 9, 9, 8, 8, 8};
    /* A-x 8/14, A-y 6/10, B-x 6/10. A-x, of most mentions, leaves B nothing: A-y and B-x are best.
     */
    struct metric ceaf = metric_ceaf(key, response, 10);
    CLOSE(ceaf.recall, 1.2 / 2);
    CLOSE(ceaf.precision, 1.2 / 2);
}

static void test_lea_weighs_links_by_size(void **state)
{
    (void)state;
    struct metric lea = metric_lea(KEY, RESPONSE, COUNT);
    CLOSE(lea.recall, (3 * (1.0 / 3) + 4 * (1.0 / 6)) / 7);
    CLOSE(lea.precision, (2 * 1.0 + 0 + 4 * (1.0 / 6)) / 8);
}

static void test_lea_of_singletons_is_a_link_to_themselves(void **state)
{
    (void)state;
    const uint32_t apart[] = {1, 2};
    const uint32_t together[] = {1, 1};
    CLOSE(metric_lea(apart, apart, 2).f1, 1);
    CLOSE(metric_lea(apart, together, 2).f1, 0);
}

static void test_pairs(void **state)
{
    (void)state;
    struct metric pairs = metric_pairs(KEY, RESPONSE, COUNT); /* ab and fg */
    CLOSE(pairs.recall, 2.0 / 9);
    CLOSE(pairs.precision, 2.0 / 8);
}

static void test_perfect_and_worthless_answers(void **state)
{
    (void)state;
    const uint32_t key[] = {1, 1, 1, 2, 2, 2, 2};
    const uint32_t apart[] = {1, 2, 3, 4, 5, 6, 7};
    const uint32_t together[] = {0, 0, 0, 0, 0, 0, 0};
    CLOSE(metric_conll(key, key, 7), 1);
    CLOSE(metric_lea(key, key, 7).f1, 1);
    CLOSE(metric_muc(key, apart, 7).f1, 0);
    CLOSE(metric_b3(key, apart, 7).recall, 2.0 / 7);
    CLOSE(metric_b3(key, apart, 7).precision, 1);
    CLOSE(metric_muc(key, together, 7).precision, 5.0 / 6);
    CLOSE(metric_b3(key, together, 7).precision, 25.0 / 49);
    CLOSE(metric_conll(NULL, NULL, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_muc_counts_missing_links),
        cmocka_unit_test(test_b_cubed_weighs_each_mention),
        cmocka_unit_test(test_ceaf_pairs_one_to_one),
        cmocka_unit_test(test_ceaf_takes_the_best_assignment_not_the_greediest),
        cmocka_unit_test(test_lea_weighs_links_by_size),
        cmocka_unit_test(test_lea_of_singletons_is_a_link_to_themselves),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_perfect_and_worthless_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
