/* SPDX-License-Identifier: MIT */
/* Chains, amounts and speakers of files whose pages and digests are whole but whose posting lists, columns
   or claims are not: they answer or say that the file is damaged, and never crash or loop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stemma/events.h"
#include "stemma/paths.h"
#include "support/damage.h"
#include "support/knowledge.h"
#include "support/rebuild.h"

static unsigned ask_paths(stemma_snapshot *snapshot, uint32_t entities)
{
    unsigned damaged = 0;
    for (uint32_t i = 1; i < 8 && i < entities; i++) {
        stemma_path_options options = STEMMA_PATH_OPTIONS_INIT;
        stemma_paths *paths = NULL;
        const stemma_path *one = NULL;
        stemma_error error = {0};
        uint32_t count = 0;
        options.hops = 1 + i % 4;
        stemma_status status =
            stemma_paths_begin(&paths, snapshot, 0, i * 5 % entities, &options, &error);
        if (i * 5 % entities != 0) {
            assert_true(is_sane(status));
        }
        damaged += status == STEMMA_E_DAMAGED;
        while (status == STEMMA_OK && stemma_paths_next(paths, &one, &error) == STEMMA_OK) {
            assert_true(one->hops <= options.hops && ++count < 1000);
            for (uint32_t k = 0; k <= one->hops; k++) {
                assert_true(one->nodes[k] < entities);
            }
        }
        stemma_snapshot_reset(snapshot);
    }
    return damaged;
}

static unsigned ask_events(stemma_snapshot *snapshot, uint32_t entities)
{
    unsigned damaged = 0;
    for (uint32_t i = 0; i < 8; i++) {
        stemma_event_query query = STEMMA_EVENT_QUERY_INIT;
        stemma_error error = {0};
        uint64_t count = 0;
        if (i % 2 == 0) {
            query.amount_least = stemma_text_of(i == 0 ? "1" : "20");
        } else {
            query.speaker = i * 3 % entities;
        }
        stemma_status status = stemma_events_count(snapshot, &query, &count, &error);
        assert_true(is_sane(status));
        damaged += status == STEMMA_E_DAMAGED;
        stemma_snapshot_reset(snapshot);
    }
    return damaged;
}

static unsigned ask(const char *path)
{
    stemma_file *file = NULL;
    stemma_error error = {0};
    stemma_counts counts;
    unsigned damaged = 0;
    if (stemma_open(&file, path, NULL, &error) != STEMMA_OK) {
        return 1;
    }
    stemma_counts_get(file, &counts);
    for (uint32_t until = 0; until < 2 && counts.entities > 8; until++) {
        stemma_snapshot *snapshot = NULL;
        assert_int_equal(stemma_snapshot_begin(&snapshot, file, &error), STEMMA_OK);
        if (until != 0) {
            stemma_snapshot_as_of(snapshot, 5);
        }
        damaged += ask_paths(snapshot, (uint32_t)counts.entities);
        damaged += ask_events(snapshot, (uint32_t)counts.entities);
        stemma_snapshot_end(snapshot);
    }
    stemma_close(file);
    return damaged;
}

static void damaged_lists_and_claims_are_never_more_than_an_error(void **state)
{
    static const stm_table tables[] = {STM_TABLE_PARTICIPATION, STM_TABLE_CLAIM,
                                       STM_TABLE_PLACE,         STM_TABLE_EVENT,
                                       STM_TABLE_PARTICIPATION, STM_TABLE_CLAIM,
                                       STM_TABLE_ENTITY,        STM_TABLE_MEMBERSHIP,
                                       STM_TABLE_MEMBER,        STM_TABLE_GROUP};
    static corpus_names names;
    corpus_document *documents[12];
    char path[64], changed[80];
    unsigned damaged = 0;
    (void)state;
    damage = (prng){7};
    corpus_make_names(&names);
    for (uint32_t i = 0; i < 12; i++) {
        documents[i] = corpus_make(&names, i);
    }
    knowledge_write(path, documents, 12);
    assert_int_equal(ask(path), 0);
    snprintf(changed, sizeof changed, "%s.changed", path);
    for (int round = 0; round < 200; round++) {
        rebuild plan = {tables[round % 10], prng_below(&damage, 40), damage_value, 0};
        rebuild_file(path, changed, &plan);
        damaged += ask(changed) != 0;
    }
    assert_true(damaged > 20); /* else nothing of this was looked at */
    unlink(changed);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_lists_and_claims_are_never_more_than_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
