/* SPDX-License-Identifier: MIT */
/* Find and search over files whose pages and digests are whole but whose index is not: they answer
   or say that the file is damaged, and never crash, loop or call damage something else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stemma/find.h"
#include "stemma/search.h"
#include "support/damage.h"
#include "support/knowledge.h"
#include "support/rebuild.h"

static unsigned ask(const char *path, const corpus_names *names)
{
    stemma_file *file = NULL;
    stemma_snapshot *snapshot = NULL;
    stemma_error error = {0};
    unsigned damaged = 0;
    if (stemma_open(&file, path, NULL, &error) != STEMMA_OK) {
        return 1;
    }
    assert_int_equal(stemma_snapshot_begin(&snapshot, file, &error), STEMMA_OK);
    for (uint32_t i = 0; i < 12; i++) {
        const stemma_found *found;
        const stemma_hit *hits;
        uint32_t count, listed[4];
        uint64_t total;
        char query[100];
        stemma_status status;
        status =
            stemma_find(snapshot, stemma_text_of(names->person[i]), NULL, &found, &count, &error);
        assert_true(is_sane(status));
        damaged += status != STEMMA_OK;
        snprintf(query, sizeof query, "%.20sx", names->place[i]);
        status = stemma_find(snapshot, stemma_text_of(query), NULL, &found, &count, &error);
        assert_true(is_sane(status));
        damaged += status != STEMMA_OK;
        snprintf(query, sizeof query, i % 3 == 0 ? "\"%s %s\"" : "%s %s", names->word[i],
                 i % 3 == 1 ? "" : names->word[i + 1]);
        status = stemma_search(snapshot, stemma_text_of(query), NULL, &hits, &count, &error);
        assert_true(is_sane(status));
        damaged += status != STEMMA_OK;
        status = stemma_search_count(snapshot, stemma_text_of(query), NULL, &total, &error);
        assert_true(is_sane(status));
        damaged += status != STEMMA_OK;
        status = stemma_search_documents(snapshot, stemma_text_of(query), NULL, 0, listed, 4,
                                         &count, &error);
        assert_true(is_sane(status) && count <= 4);
        stemma_snapshot_reset(snapshot);
    }
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    return damaged;
}

static void damaged_indexes_are_never_more_than_an_error(void **state)
{
    static const stm_table tables[] = {
        STM_TABLE_NAME,  STM_TABLE_GRAM,   STM_TABLE_TERM,  STM_TABLE_LABEL, STM_TABLE_TOKEN,
        STM_TABLE_ALIAS, STM_TABLE_ENTITY, STM_TABLE_GROUP, STM_TABLE_TEXT,  STM_TABLE_DOCUMENT};
    static corpus_names names;
    corpus_document *documents[12];
    char path[64], changed[80];
    unsigned damaged = 0;
    (void)state;
    damage = (prng){81};
    corpus_make_names(&names);
    for (uint32_t i = 0; i < 12; i++) {
        documents[i] = corpus_make(&names, i);
    }
    knowledge_write(path, documents, 12);
    assert_int_equal(ask(path, &names), 0);
    snprintf(changed, sizeof changed, "%s.changed", path);
    for (int round = 0; round < 120; round++) {
        rebuild plan = {tables[round % 8], prng_below(&damage, 40), damage_value, 0};
        rebuild_file(path, changed, &plan);
        damaged += ask(changed, &names) != 0;
    }
    assert_true(damaged > 12); /* else nothing of this was looked at */
    unlink(changed);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_indexes_are_never_more_than_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
