/* SPDX-License-Identifier: MIT */
/* Which referents become one, and which documents one source. */
#include "index/cluster.h"
#include "support/prng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

enum {
    SAME = STEMMA_VERDICT_SAME,
    APART = STEMMA_VERDICT_NOT_SAME,
    UNSURE = STEMMA_VERDICT_UNSURE
};

static uint32_t cluster[16];
static uint32_t count;

static void join(stm_cluster_edge *edges, size_t edge_count)
{
    static const uint8_t kinds[16] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};
    for (size_t i = 0; i < edge_count; i++) {
        edges[i].order = (uint32_t)i;
    }
    assert_int_equal(stm_cluster_referents(NULL, edges, edge_count, kinds, 16, cluster, &count),
                     STEMMA_OK);
}

static stm_cluster_edge edge(uint32_t left, uint32_t right, int verdict, uint16_t score, int person)
{
    stm_cluster_edge made = {left, right, 0, score, (uint8_t)verdict, (uint8_t)person};
    return made;
}

/* [I-8] */
static void referents_without_judgement_stand_alone(void **state)
{
    (void)state;
    join(NULL, 0);
    assert_int_equal(count, 16);
    for (uint32_t i = 0; i < 16; i++) {
        assert_int_equal(cluster[i], i);
    }
}

static void same_is_transitive_and_clusters_are_numbered_by_least_member(void **state)
{
    stm_cluster_edge edges[] = {edge(5, 7, SAME, 900, 0), edge(1, 7, SAME, 800, 0)};
    (void)state;
    join(edges, 2);
    assert_int_equal(count, 14);
    assert_int_equal(cluster[1], 1);
    assert_int_equal(cluster[5], 1);
    assert_int_equal(cluster[7], 1);
    assert_int_equal(cluster[6], 5);
}

/* [I-8] */
static void unsure_joins_nothing(void **state)
{
    stm_cluster_edge edges[] = {edge(0, 1, UNSURE, 1000, 1)};
    (void)state;
    join(edges, 1);
    assert_int_equal(count, 16);
}

/* [I-9] */
static void an_entity_and_an_event_never_join(void **state)
{
    stm_cluster_edge edges[] = {edge(7, 8, SAME, 1000, 1)};
    (void)state;
    join(edges, 1);
    assert_int_equal(count, 16);
}

/* [I-9] */
static void not_same_blocks_through_others(void **state)
{
    /* 0-1 and 2-3 join; 0 is not 3, so 1-2 must be refused although 1 and 2 were never judged. */
    stm_cluster_edge edges[] = {edge(0, 1, SAME, 900, 0), edge(2, 3, SAME, 900, 0),
                                edge(1, 2, SAME, 800, 0), edge(0, 3, APART, 100, 0)};
    (void)state;
    join(edges, 4);
    assert_int_equal(cluster[0], cluster[1]);
    assert_int_equal(cluster[2], cluster[3]);
    assert_int_not_equal(cluster[0], cluster[2]);
}

/* [I-8] */
static void of_two_joins_that_exclude_each_other_the_better_wins(void **state)
{
    stm_cluster_edge edges[] = {edge(0, 1, SAME, 600, 0), edge(1, 2, SAME, 700, 0),
                                edge(0, 2, APART, 900, 0)};
    (void)state;
    join(edges, 3);
    assert_int_equal(cluster[1], cluster[2]);
    assert_int_not_equal(cluster[0], cluster[1]);
}

/* [I-8] */
static void a_score_that_is_absent_comes_last(void **state)
{
    stm_cluster_edge edges[] = {edge(0, 1, SAME, STEMMA_NO_CONFIDENCE, 0), edge(1, 2, SAME, 0, 0),
                                edge(0, 2, APART, 900, 0)};
    (void)state;
    join(edges, 3);
    assert_int_equal(cluster[1], cluster[2]);
}

/* [I-8] */
static void people_come_before_programs(void **state)
{
    stm_cluster_edge edges[] = {edge(0, 1, SAME, 100, 1), edge(1, 2, SAME, 900, 0),
                                edge(0, 2, APART, 1000, 0)};
    (void)state;
    join(edges, 3);
    assert_int_equal(cluster[0], cluster[1]);
    assert_int_not_equal(cluster[1], cluster[2]);
}

/* [I-9] */
static void a_program_cannot_part_what_a_person_joined(void **state)
{
    stm_cluster_edge edges[] = {edge(0, 1, APART, 1000, 0), edge(0, 1, SAME, 500, 1)};
    (void)state;
    join(edges, 2);
    assert_int_equal(cluster[0], cluster[1]);
}

static void a_person_parts_what_a_program_would_join(void **state)
{
    stm_cluster_edge edges[] = {edge(0, 1, SAME, 1000, 0), edge(0, 1, APART, 500, 1)};
    (void)state;
    join(edges, 2);
    assert_int_not_equal(cluster[0], cluster[1]);
}

/* Against a plain O(n^2) clustering that looks every pair up. */
/* [I-8] [I-9] */
static void random_judgements_cluster_as_the_rule_says(void **state)
{
    prng random = {7};
    (void)state;
    for (int round = 0; round < 300; round++) {
        enum { REFERENTS = 24, EDGES = 40 };
        stm_cluster_edge edges[EDGES];
        uint8_t kinds[REFERENTS] = {0};
        uint32_t got[REFERENTS];
        uint32_t want[REFERENTS];
        int blocked[REFERENTS][REFERENTS] = {{0}};
        for (uint32_t i = 0; i < EDGES; i++) {
            edges[i].left = prng_below(&random, REFERENTS);
            edges[i].right = prng_below(&random, REFERENTS);
            edges[i].verdict = prng_below(&random, 3) == 0 ? APART : SAME;
            edges[i].score = (uint16_t)prng_below(&random, 6);
            edges[i].person = 0;
            edges[i].order = i;
            if (edges[i].left == edges[i].right) {
                edges[i].right = (edges[i].left + 1) % REFERENTS;
            }
        }
        assert_int_equal(stm_cluster_referents(NULL, edges, EDGES, kinds, REFERENTS, got, &count),
                         STEMMA_OK);
        for (uint32_t i = 0; i < REFERENTS; i++) {
            want[i] = i;
        }
        for (int i = 0; i < EDGES; i++) {
            if (edges[i].verdict == APART) {
                blocked[edges[i].left][edges[i].right] = 1;
                blocked[edges[i].right][edges[i].left] = 1;
            }
        }
        for (int i = 0; i < EDGES; i++) { /* they are in order of use now */
            uint32_t a = want[edges[i].left];
            uint32_t b = want[edges[i].right];
            int refused = edges[i].verdict != SAME || a == b;
            for (uint32_t x = 0; x < REFERENTS; x++) {
                for (uint32_t y = 0; y < REFERENTS; y++) {
                    refused |= want[x] == a && want[y] == b && blocked[x][y];
                }
            }
            for (uint32_t x = 0; x < REFERENTS && !refused; x++) {
                want[x] = want[x] == b ? a : want[x];
            }
        }
        for (uint32_t x = 0; x < REFERENTS; x++) {
            for (uint32_t y = 0; y < REFERENTS; y++) {
                assert_int_equal(got[x] == got[y], want[x] == want[y]);
            }
        }
    }
}

/* A star of blocks and as many joins that it refuses: quadratic work would take minutes. */
static void hostile_judgements_do_not_cost_quadratic_time(void **state)
{
    enum { SIDE = 100000 };
    size_t total = (size_t)SIDE * 4;
    stm_cluster_edge *edges = calloc(total, sizeof *edges);
    uint8_t *kinds = calloc(2 * SIDE, 1);
    uint32_t *out = calloc(2 * SIDE, sizeof *out);
    uint32_t clusters = 0;
    size_t n = 0;
    (void)state;
    assert_non_null(edges);
    assert_non_null(kinds);
    assert_non_null(out);
    for (uint32_t i = 1; i < SIDE; i++) {
        edges[n++] = edge(i - 1, i, SAME, 900, 0);
        edges[n++] = edge(SIDE + i - 1, SIDE + i, SAME, 900, 0);
        edges[n++] = edge(i, SIDE + i, APART, 900, 0);
        edges[n++] = edge(i, SIDE + SIDE - i, SAME, 100, 0);
    }
    clock_t start = clock();
    assert_int_equal(stm_cluster_referents(NULL, edges, n, kinds, 2 * SIDE, out, &clusters), STEMMA_OK);
    assert_int_equal(clusters, 2);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 10);
    free(edges);
    free(kinds);
    free(out);
}

/* [I-10] */
static void derivations_make_groups_named_by_their_least_document(void **state)
{
    stemma_derivation list[5];
    uint32_t group[8];
    (void)state;
    memset(list, 0, sizeof list);
    list[0].from = 6;
    list[0].to = 3;
    list[0].kind = STEMMA_DERIVATION_COPY;
    list[1].from = 3;
    list[1].to = 1;
    list[1].kind = STEMMA_DERIVATION_SAME_AGENCY;
    list[2].from = 4;
    list[2].to = 0;
    list[2].kind = STEMMA_DERIVATION_QUOTES; /* a quotation leaves two sources two */
    list[3].from = 5;
    list[3].to = 0;
    list[3].kind = STEMMA_DERIVATION_COPY;
    list[3].retracted = stemma_text_of("2024-01-01");
    list[4].from = 7;
    list[4].to = 6;
    list[4].kind = STEMMA_DERIVATION_EXCERPT;
    stm_independence_groups(list, 5, 8, group);
    const uint32_t expected[8] = {0, 1, 2, 1, 4, 5, 1, 1};
    assert_memory_equal(group, expected, sizeof expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(referents_without_judgement_stand_alone),
        cmocka_unit_test(same_is_transitive_and_clusters_are_numbered_by_least_member),
        cmocka_unit_test(unsure_joins_nothing),
        cmocka_unit_test(an_entity_and_an_event_never_join),
        cmocka_unit_test(not_same_blocks_through_others),
        cmocka_unit_test(of_two_joins_that_exclude_each_other_the_better_wins),
        cmocka_unit_test(a_score_that_is_absent_comes_last),
        cmocka_unit_test(people_come_before_programs),
        cmocka_unit_test(a_program_cannot_part_what_a_person_joined),
        cmocka_unit_test(a_person_parts_what_a_program_would_join),
        cmocka_unit_test(random_judgements_cluster_as_the_rule_says),
        cmocka_unit_test(hostile_judgements_do_not_cost_quadratic_time),
        cmocka_unit_test(derivations_make_groups_named_by_their_least_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
