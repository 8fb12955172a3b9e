/* SPDX-License-Identifier: MIT */
/* What made one of many, and what would be without it: compared with files that were made without it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stemma/doubt.h"
#include "stemma/trace.h"
#include "stemma/write.h"
#include "support/corpus.h"
#include "support/prng.h"

#define MOST 24u /* documents of a small file */

/* A person in each of some documents, and judgements about them. */
struct setup {
    uint32_t documents;
    stemma_judgement judgements[96];
    uint32_t judgement_count;
    uint32_t left_out; /* judgement that is not written; STEMMA_NONE: all are */
    int copies;        /* every third document copies the one before it */
};

static char path[64];
static stemma_file *file;
static stemma_snapshot *snapshot;

static void must(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fail_msg("%s: %s at %s: %s", stemma_status_name(status), error->code, error->where,
                 error->message);
    }
}

static void write_documents(stemma_writer *writer, const struct setup *setup)
{
    stemma_error error = {0};
    for (uint32_t i = 0; i < setup->documents; i++) {
        char uri[32], day[16];
        uint32_t number = 0;
        corpus_document *d;
        snprintf(uri, sizeof uri, "urn:day:%04u", i);
        snprintf(day, sizeof day, "%04u-01-01", 2000 + i % 7000);
        d = corpus_new(uri, day);
        corpus_sentence(d);
        corpus_entity(d, "person", "Ora Lind");
        stemma_span name = corpus_say(d, "Ora Lind");
        corpus_mention(d, 0, STEMMA_MENTION_NAME, name);
        corpus_say(d, " is a ");
        stemma_span role = corpus_say(d, "poet");
        corpus_assert(d, 0, "role", corpus_text("poet"), role);
        must(stemma_writer_add_document(writer, &d->document, &number, &error), &error);
        assert_int_equal(number, i);
        corpus_free(d);
    }
}

/* Opens a file of the setup. */
static void make(const struct setup *setup)
{
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    stemma_run run = {stemma_text_of("test"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}};
    uint32_t number;
    options.flags = STEMMA_WRITE_REPLACE;
    snprintf(path, sizeof path, "/tmp/stemma-trace-%d", (int)getpid());
    must(stemma_writer_new(&writer, path, &options, &error), &error);
    must(stemma_writer_add_run(writer, &run, &number, &error), &error);
    write_documents(writer, setup);
    for (uint32_t i = 0; i < setup->judgement_count; i++) {
        if (i != setup->left_out) {
            must(stemma_writer_add_judgement(writer, &setup->judgements[i], &error), &error);
        }
    }
    for (uint32_t i = 2; setup->copies && i < setup->documents; i += 3) {
        stemma_derivation copy = {i, i - 1, STEMMA_DERIVATION_COPY, 900, 0, {NULL, 0}, {NULL, 0},
                                  NULL, 0};
        must(stemma_writer_add_derivation(writer, &copy, &error), &error);
    }
    must(stemma_writer_finish(writer, &error), &error);
    stemma_writer_free(writer);
    must(stemma_open(&file, path, NULL, &error), &error);
    must(stemma_snapshot_begin(&snapshot, file, &error), &error);
}

static void unmake(void)
{
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    unlink(path);
}

static void judge(struct setup *setup, uint32_t left, uint32_t right, uint8_t verdict,
                  uint16_t score, const char *person)
{
    stemma_judgement *one = &setup->judgements[setup->judgement_count++];
    memset(one, 0, sizeof *one);
    one->left.document = left;
    one->right.document = right;
    one->verdict = verdict;
    one->score = score;
    one->run = person == NULL ? 0 : STEMMA_NONE;
    one->author = stemma_text_of(person != NULL ? person : "");
}

static struct setup setup_of(uint32_t documents)
{
    struct setup setup;
    memset(&setup, 0, sizeof setup);
    setup.documents = documents;
    setup.left_out = STEMMA_NONE;
    return setup;
}

static stemma_reference cluster_of(uint32_t document)
{
    stemma_referent_id id = {document, 0};
    stemma_reference out = {0, 0};
    stemma_error error = {0};
    must(stemma_member_of(snapshot, id, &out, &error), &error);
    return out;
}

static stemma_identity *identity_of(uint32_t document)
{
    stemma_identity *identity = NULL;
    stemma_error error = {0};
    must(stemma_identity_of(&identity, snapshot, cluster_of(document), 0, &error), &error);
    return identity;
}

/* ---- Single cases ----------------------------------------------------------------------------- */

static void a_chain_falls_apart_where_it_is_cut(void **state)
{
    struct setup setup = setup_of(5);
    stemma_identity_without without;
    stemma_error error = {0};
    (void)state;
    for (uint32_t i = 0; i + 1 < 5; i++) {
        judge(&setup, i, i + 1, STEMMA_VERDICT_SAME, 900, NULL);
    }
    make(&setup);
    stemma_identity *identity = identity_of(0);
    assert_int_equal(stemma_identity_count(identity), 4);
    must(stemma_identity_try(identity, 1, NULL, 0, &without, &error), &error);
    assert_int_equal(without.parts, 2);
    assert_int_equal(without.exact, 1);
    assert_int_equal(without.whole.documents, 5);
    assert_int_equal(without.left.documents, 2);
    assert_int_equal(without.right.documents, 3);
    unmake();
}

static void a_ring_does_not(void **state)
{
    struct setup setup = setup_of(4);
    stemma_error error = {0};
    uint32_t repeats = 0;
    (void)state;
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t next = (i + 1) % 4;
        judge(&setup, i < next ? i : next, i < next ? next : i, STEMMA_VERDICT_SAME, 900, NULL);
    }
    make(&setup);
    stemma_identity *identity = identity_of(0);
    for (uint32_t i = 0; i < 4; i++) {
        stemma_identity_without without;
        stemma_identity_judgement one;
        must(stemma_identity_get(identity, i, &one, &error), &error);
        repeats += one.effect == STEMMA_IDENTITY_REPEATS;
        must(stemma_identity_try(identity, i, NULL, 0, &without, &error), &error);
        assert_int_equal(without.parts, 1);
        assert_int_equal(without.left.documents, 4);
    }
    assert_int_equal(repeats, 1);
    unmake();
}

static void what_keeps_apart_is_told_on_both_sides(void **state)
{
    struct setup setup = setup_of(3);
    stemma_identity_judgement one;
    stemma_error error = {0};
    (void)state;
    judge(&setup, 0, 1, STEMMA_VERDICT_NOT_SAME, STEMMA_NO_CONFIDENCE, "Ida");
    judge(&setup, 0, 1, STEMMA_VERDICT_SAME, 990, NULL);
    judge(&setup, 1, 2, STEMMA_VERDICT_UNSURE, 500, NULL);
    make(&setup);
    for (uint32_t side = 0; side < 2; side++) {
        stemma_identity *identity = identity_of(side);
        assert_true(stemma_identity_is_whole(identity));
        assert_int_equal(stemma_identity_count(identity), 2 + side);
        must(stemma_identity_get(identity, 0, &one, &error), &error);
        assert_int_equal(one.effect, STEMMA_IDENTITY_REFUSED);
        must(stemma_identity_get(identity, 1, &one, &error), &error);
        assert_int_equal(one.effect, STEMMA_IDENTITY_PARTS);
        assert_int_equal(one.judgement.author.size, 3);
    }
    unmake();
}

static void a_claim_is_counted_on_both_sides(void **state)
{
    struct setup setup = setup_of(6);
    stemma_entity entity;
    stemma_claim claim;
    stemma_identity_without without;
    const stemma_referent_id *uses = NULL;
    uint32_t count = 0;
    stemma_error error = {0};
    (void)state;
    setup.copies = 1; /* 2 copies 1, 5 copies 4 */
    for (uint32_t i = 1; i < 6; i++) {
        judge(&setup, i == 3 ? 2 : 0, i, STEMMA_VERDICT_SAME, 900, NULL);
    }
    make(&setup);
    stemma_identity *identity = identity_of(0);
    must(stemma_entity_get(snapshot, cluster_of(0).number, &entity, &error), &error);
    must(stemma_claim_get(snapshot, entity.claim_first, &claim, &error), &error);
    assert_int_equal(claim.documents, 6);
    must(stemma_identity_uses(identity, &claim, &uses, &count, &error), &error);
    assert_int_equal(count, 6);
    /* In order of (left, right): 0-1, 0-2, 0-4, 0-5, 2-3. Without 0-2 its two documents go. */
    must(stemma_identity_try(identity, 1, uses, count, &without, &error), &error);
    assert_int_equal(without.whole.independent, 4);
    assert_int_equal(without.left.documents, 4);
    assert_int_equal(without.left.independent, 3);
    assert_int_equal(without.right.documents, 2);
    assert_int_equal(without.right.independent, 2);
    unmake();
}

static void a_witness_says_whom_it_copies(void **state)
{
    struct setup setup = setup_of(3);
    stemma_entity entity;
    stemma_claim claim;
    stemma_trace trace;
    stemma_error error = {0};
    (void)state;
    setup.copies = 1;
    judge(&setup, 0, 1, STEMMA_VERDICT_SAME, 900, NULL);
    judge(&setup, 1, 2, STEMMA_VERDICT_SAME, 900, NULL);
    make(&setup);
    must(stemma_entity_get(snapshot, cluster_of(0).number, &entity, &error), &error);
    must(stemma_claim_get(snapshot, entity.claim_first, &claim, &error), &error);
    must(stemma_trace_get(snapshot, &claim, 2, NULL, &trace, &error), &error);
    assert_int_equal(trace.copied.to, 1);
    assert_int_equal(trace.subject.document, 2);
    assert_int_equal(trace.object.document, STEMMA_NONE);
    must(stemma_trace_get(snapshot, &claim, 1, NULL, &trace, &error), &error);
    assert_int_equal(trace.copied.to, STEMMA_NONE);
    assert_int_equal(stemma_trace_get(snapshot, &claim, 3, NULL, &trace, &error), STEMMA_NOT_FOUND);
    unmake();
}

static void too_many_members_can_be_refused(void **state)
{
    struct setup setup = setup_of(3);
    stemma_identity *identity = NULL;
    stemma_error error = {0};
    stemma_reference document = {STEMMA_REFERENCE_DOCUMENT, 0};
    (void)state;
    judge(&setup, 0, 1, STEMMA_VERDICT_SAME, 900, NULL);
    judge(&setup, 1, 2, STEMMA_VERDICT_SAME, 900, NULL);
    make(&setup);
    assert_int_equal(stemma_identity_of(&identity, snapshot, cluster_of(0), 2, &error),
                     STEMMA_E_LIMIT);
    assert_int_equal(stemma_identity_of(&identity, snapshot, document, 0, &error),
                     STEMMA_E_MISUSE);
    unmake();
}

/* ---- Against files that were made without it ---------------------------------------------------- */

static struct setup made_up(uint64_t seed)
{
    prng random = {seed};
    struct setup setup = setup_of(6 + prng_below(&random, MOST - 6));
    uint32_t count = setup.documents + prng_below(&random, 24);
    for (uint32_t i = 0; i < count && i < 60; i++) {
        uint32_t left = prng_below(&random, setup.documents - 1);
        uint32_t right = left + 1 + prng_below(&random, setup.documents - left - 1);
        uint8_t verdict = prng_below(&random, 6) == 0 ? STEMMA_VERDICT_NOT_SAME
                                                      : STEMMA_VERDICT_SAME;
        judge(&setup, left, right, verdict, (uint16_t)(100 * prng_below(&random, 11)),
              prng_below(&random, 4) == 0 ? "Ida" : NULL);
    }
    return setup;
}

struct said {
    uint32_t members[MOST]; /* documents of the cluster */
    uint32_t count;
    stemma_judgement judgement;
    stemma_identity_without without;
};

static void what_is_said_is_what_a_file_without_it_holds(void **state)
{
    uint32_t exact = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct setup setup = made_up(seed);
        struct said said[64];
        uint32_t count = 0;
        stemma_error error = {0};
        make(&setup);
        for (uint32_t d = 0; d < setup.documents; d++) {
            stemma_identity *identity = identity_of(d);
            uint32_t members = 0;
            const stemma_referent_id *list = stemma_identity_members(identity, &members);
            for (uint32_t i = 0; list[0].document == d && i < stemma_identity_count(identity); i++) {
                stemma_identity_judgement one;
                must(stemma_identity_get(identity, i, &one, &error), &error);
                if (one.effect == STEMMA_IDENTITY_PARTS || one.effect == STEMMA_IDENTITY_REFUSED ||
                    count == 64) {
                    continue; /* about others, too */
                }
                said[count].judgement = one.judgement;
                said[count].count = members;
                for (uint32_t m = 0; m < members; m++) {
                    said[count].members[m] = list[m].document;
                }
                must(stemma_identity_try(identity, i, NULL, 0, &said[count++].without, &error),
                     &error);
            }
        }
        unmake();
        for (uint32_t i = 0; i < count; i++) {
            bool met[MOST * 2] = {false};
            uint32_t parts = 0;
            uint32_t left = 0;
            setup.left_out = STEMMA_NONE;
            for (uint32_t k = 0; k < setup.judgement_count; k++) {
                const stemma_judgement *one = &setup.judgements[k];
                if (one->left.document == said[i].judgement.left.document &&
                    one->right.document == said[i].judgement.right.document &&
                    one->verdict == said[i].judgement.verdict &&
                    one->score == said[i].judgement.score &&
                    (one->author.size != 0) == (said[i].judgement.author.size != 0)) {
                    setup.left_out = k;
                }
            }
            /* One that was given twice is left out twice. */
            struct setup rest = setup;
            rest.judgement_count = 0;
            for (uint32_t k = 0; k < setup.judgement_count; k++) {
                const stemma_judgement *gone = &setup.judgements[setup.left_out];
                const stemma_judgement *one = &setup.judgements[k];
                if (one->left.document != gone->left.document ||
                    one->right.document != gone->right.document ||
                    one->verdict != gone->verdict || one->score != gone->score ||
                    one->author.size != gone->author.size) {
                    rest.judgements[rest.judgement_count++] = *one;
                }
            }
            rest.left_out = STEMMA_NONE;
            make(&rest);
            for (uint32_t m = 0; m < said[i].count; m++) {
                uint32_t cluster = cluster_of(said[i].members[m]).number;
                parts += !met[cluster];
                met[cluster] = true;
                left += cluster == cluster_of(said[i].judgement.left.document).number;
            }
            if (said[i].without.exact) {
                exact++;
                assert_int_equal(said[i].without.parts, parts);
                assert_int_equal(said[i].without.left.referents, left);
            }
            unmake();
        }
    }
    assert_true(exact > 200);
}

/* ---- Doubts ------------------------------------------------------------------------------------- */

static void doubts_are_ranked_by_what_hangs_on_them(void **state)
{
    struct setup setup = setup_of(10);
    const stemma_doubt *doubts = NULL;
    stemma_doubts_found found;
    stemma_error error = {0};
    (void)state;
    judge(&setup, 0, 1, STEMMA_VERDICT_SAME, 950, NULL);
    judge(&setup, 2, 3, STEMMA_VERDICT_SAME, 950, NULL);
    judge(&setup, 1, 2, STEMMA_VERDICT_SAME, 520, NULL);  /* parts two and two: 2 x 960 */
    judge(&setup, 4, 5, STEMMA_VERDICT_UNSURE, 500, NULL); /* 1 x 1000 */
    judge(&setup, 6, 7, STEMMA_VERDICT_UNSURE, 500, NULL); /* somebody has looked */
    judge(&setup, 6, 7, STEMMA_VERDICT_UNSURE, STEMMA_NO_CONFIDENCE, "Ida");
    judge(&setup, 8, 9, STEMMA_VERDICT_NOT_SAME, 30, NULL); /* sure */
    make(&setup);
    must(stemma_doubts(snapshot, NULL, &doubts, &found, &error), &error);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.whole, 1);
    assert_int_equal(doubts[0].judgement.score, 520);
    assert_int_equal(doubts[0].stake, 2);
    assert_int_equal(doubts[0].left, doubts[0].right);
    assert_int_equal(doubts[0].left_side.documents, 2);
    assert_int_equal(doubts[1].judgement.left.document, 4);
    assert_int_equal(doubts[1].worth, 1000);
    unmake();
}

static void options_that_are_not_initialised_are_refused(void **state)
{
    struct setup setup = setup_of(1);
    stemma_doubts_options options = {0};
    const stemma_doubt *doubts = NULL;
    stemma_doubts_found found;
    stemma_error error = {0};
    (void)state;
    make(&setup);
    assert_int_equal(stemma_doubts(snapshot, &options, &doubts, &found, &error), STEMMA_E_MISUSE);
    must(stemma_doubts(snapshot, NULL, &doubts, &found, &error), &error);
    assert_int_equal(found.count, 0);
    unmake();
}

/* Nothing here takes time that grows with the square: 10,000 members, each of whose judgements is asked. */
static void ten_thousand_members_are_no_burden(void **state)
{
    enum { MANY = 3000 };
    struct setup setup = setup_of(MANY);
    stemma_writer *writer = NULL;
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_error error = {0};
    stemma_run run = {stemma_text_of("test"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}};
    stemma_identity_without without;
    uint32_t number;
    (void)state;
    options.flags = STEMMA_WRITE_REPLACE;
    snprintf(path, sizeof path, "/tmp/stemma-trace-%d", (int)getpid());
    must(stemma_writer_new(&writer, path, &options, &error), &error);
    must(stemma_writer_add_run(writer, &run, &number, &error), &error);
    write_documents(writer, &setup);
    for (uint32_t i = 1; i < MANY; i++) {
        stemma_judgement one = {{i - 1, 0}, {i, 0}, STEMMA_VERDICT_SAME, 900, 0, {0}, {0}, {0}, {0}};
        must(stemma_writer_add_judgement(writer, &one, &error), &error);
    }
    must(stemma_writer_finish(writer, &error), &error);
    stemma_writer_free(writer);
    must(stemma_open(&file, path, NULL, &error), &error);
    must(stemma_snapshot_begin(&snapshot, file, &error), &error);
    stemma_identity *identity = identity_of(0);
    assert_int_equal(stemma_identity_count(identity), MANY - 1);
    for (uint32_t i = 0; i + 1 < MANY; i += 100) {
        must(stemma_identity_try(identity, i, NULL, 0, &without, &error), &error);
        assert_int_equal(without.left.documents, i + 1);
        assert_int_equal(without.right.documents, MANY - i - 1);
    }
    unmake();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_falls_apart_where_it_is_cut),
        cmocka_unit_test(a_ring_does_not),
        cmocka_unit_test(what_keeps_apart_is_told_on_both_sides),
        cmocka_unit_test(a_claim_is_counted_on_both_sides),
        cmocka_unit_test(a_witness_says_whom_it_copies),
        cmocka_unit_test(too_many_members_can_be_refused),
        cmocka_unit_test(what_is_said_is_what_a_file_without_it_holds),
        cmocka_unit_test(doubts_are_ranked_by_what_hangs_on_them),
        cmocka_unit_test(options_that_are_not_initialised_are_refused),
        cmocka_unit_test(ten_thousand_members_are_no_burden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
