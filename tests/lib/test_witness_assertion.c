/* SPDX-License-Identifier: MIT */
/* One assertion that is read alone is the same as that one among all of its document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "support/built_file.h"
#include "support/knowledge.h"
#include "support/same.h"

/* The assertion alone, and among the others. */
static void expect_same(stemma_snapshot *snapshot, const stemma_document *whole, uint32_t number,
                        uint32_t assertion)
{
    stemma_witness witness = {number, assertion};
    stemma_assertion alone;
    stemma_document a = *whole, b = *whole;
    assert_int_equal(stemma_witness_assertion(snapshot, witness, &alone, NULL), STEMMA_OK);
    a.assertions = &whole->assertions[assertion];
    b.assertions = &alone;
    a.assertion_count = b.assertion_count = 1;
    assert_same_document(&a, &b);
    assert_int_equal(alone.run, whole->assertions[assertion].run);
}

/* All assertions of all documents, in an order that goes to and fro. */
static void compare_all(stemma_snapshot *snapshot, stemma_snapshot *other, uint32_t documents)
{
    uint32_t compared = 0;
    for (uint32_t i = 0; i < documents; i++) {
        uint32_t number = i * 7 % documents;
        stemma_document whole;
        stemma_witness behind = {number, 0};
        stemma_assertion none;
        stemma_snapshot_reset(other);
        assert_int_equal(stemma_testimony_get(other, number, &whole, NULL), STEMMA_OK);
        for (uint32_t k = whole.assertion_count; k > 0; k--) {
            uint32_t one = k % 2 != 0 ? k - 1 : whole.assertion_count - k;
            stemma_snapshot_reset(snapshot);
            expect_same(snapshot, &whole, number, one);
            compared++;
        }
        behind.assertion = whole.assertion_count;
        assert_int_equal(stemma_witness_assertion(snapshot, behind, &none, NULL),
                         STEMMA_NOT_FOUND);
    }
    assert_true(compared > documents);
}

static void each_of_many_documents(void **state)
{
    static built_file built;
    stemma_file *file;
    stemma_snapshot *snapshot, *other;
    stemma_counts counts;
    (void)state;
    built_file_make(&built, 31);
    assert_int_equal(stemma_open(&file, built.path, NULL, NULL), STEMMA_OK);
    assert_int_equal(stemma_snapshot_begin(&snapshot, file, NULL), STEMMA_OK);
    assert_int_equal(stemma_snapshot_begin(&other, file, NULL), STEMMA_OK);
    stemma_counts_get(file, &counts);
    compare_all(snapshot, other, (uint32_t)counts.documents);
    stemma_snapshot_end(snapshot);
    stemma_snapshot_end(other);
    stemma_close(file);
    built_file_remove(&built);
}

/* Testimony of some parts of a MiB, among them one with a single assertion. */
static void each_of_several_parts(void **state)
{
    enum { LENGTH = 30000, ASSERTIONS = 120 };
    static char text[LENGTH + 1];
    char path[64];
    stemma_file *file;
    stemma_snapshot *snapshot, *other;
    corpus_document *document = corpus_new("https://echo.example/1", "2031-05-01");
    stemma_span span = corpus_say(document, "Ida Brill");
    uint32_t person = corpus_entity(document, "person", "Ida Brill");
    (void)state;
    corpus_say(document, " sings and sings.");
    memset(text, 'a', LENGTH);
    corpus_mention(document, person, STEMMA_MENTION_NAME, span);
    for (uint32_t i = 0; i < ASSERTIONS; i++) {
        stemma_span evidence = {i % 9, 10 + i % 7};
        corpus_assert(document, person, "role", corpus_text(text + i), evidence);
    }
    knowledge_write(path, &document, 1);
    snapshot = knowledge_open(path, &file);
    assert_int_equal(stemma_snapshot_begin(&other, file, NULL), STEMMA_OK);
    compare_all(snapshot, other, 1);
    stemma_snapshot_end(other);
    knowledge_close(path, file, snapshot);
}

/* What was handed out stays when others are read. */
static void lives_until_the_reset(void **state)
{
    static built_file built;
    stemma_file *file;
    stemma_snapshot *snapshot;
    stemma_assertion first, again;
    stemma_witness witness = {0, 1};
    (void)state;
    built_file_make(&built, 31);
    assert_int_equal(stemma_open(&file, built.path, NULL, NULL), STEMMA_OK);
    assert_int_equal(stemma_snapshot_begin(&snapshot, file, NULL), STEMMA_OK);
    assert_int_equal(stemma_witness_assertion(snapshot, witness, &first, NULL), STEMMA_OK);
    for (witness.document = 1; witness.document < 31; witness.document++) {
        assert_int_equal(stemma_witness_assertion(snapshot, witness, &again, NULL), STEMMA_OK);
    }
    witness.document = 0;
    assert_int_equal(stemma_witness_assertion(snapshot, witness, &again, NULL), STEMMA_OK);
    assert_int_equal(first.evidence_count, again.evidence_count);
    assert_memory_equal(first.evidence[0].spans, again.evidence[0].spans, sizeof(stemma_span));
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    built_file_remove(&built);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_of_many_documents),
                                       cmocka_unit_test(each_of_several_parts),
                                       cmocka_unit_test(lives_until_the_reset)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
