/* SPDX-License-Identifier: MIT */
/* stemma_check(): a file that the writer made is sound; a file whose pages are whole but whose
   records are not what they should be is told apart, by the right code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stemma/check.h"
#include "support/knowledge.h"
#include "support/mutate.h"
#include "support/prng.h"
#include "support/rebuild.h"

/* ---- Running a check ----------------------------------------------------------------------- */

typedef struct outcome {
    stemma_status status;
    stemma_check_summary summary;
    char codes[2000]; /* "CODE@where " of every problem */
} outcome;

static int note(void *context, const stemma_problem *problem)
{
    outcome *o = context;
    size_t used = strlen(o->codes);
    assert_non_null(problem->check);
    assert_true(problem->message[0] != 0);
    snprintf(o->codes + used, sizeof o->codes - used, "%s@%s ", problem->code, problem->where);
    return 0;
}

static void run(const char *path, outcome *o)
{
    stemma_error error = {0};
    memset(o, 0, sizeof *o);
    o->status = stemma_check(path, note, o, &o->summary, &error);
}

static int only_problem(const outcome *o, const char *code)
{
    return o->status == STEMMA_OK && o->summary.problems == 1 &&
           strncmp(o->codes, code, strlen(code)) == 0;
}

/* Somebody is quoted for all that a document says of happenings. */
static void quote(corpus_document *d)
{
    uint32_t speaker = 0;
    while (speaker < d->document.referent_count &&
           d->referents[speaker].kind != STEMMA_REFERENT_ENTITY) {
        speaker++;
    }
    for (uint32_t i = 0; i < d->document.assertion_count; i++) {
        stemma_assertion *one = &d->assertions[i];
        if (d->referents[one->subject].kind == STEMMA_REFERENT_EVENT &&
            speaker < d->document.referent_count) {
            one->attribution = STEMMA_ATTRIBUTION_SPEAKER;
            one->speaker = speaker;
        }
    }
}

static void make_corpus(char path[64], uint32_t count)
{
    static corpus_names names;
    corpus_document **documents = calloc(count, sizeof *documents);
    assert_non_null(documents);
    corpus_make_names(&names);
    for (uint32_t i = 0; i < count; i++) {
        documents[i] = corpus_make(&names, i);
        quote(documents[i]);
    }
    knowledge_write(path, documents, count);
    free(documents);
}

/* ---- Changing a record of a file, everything around it kept consistent ---------------------- */

static void check_change(stm_table table, uint32_t record, rebuild_change *change, int keep_digests,
                         outcome *o)
{
    char path[64], changed[80];
    rebuild plan = {table, record, change, keep_digests};
    make_corpus(path, 12);
    snprintf(changed, sizeof changed, "%s.changed", path);
    rebuild_file(path, changed, &plan);
    run(changed, o);
    unlink(changed);
    unlink(path);
}

/* ---- Tests --------------------------------------------------------------------------------- */

static void what_the_writer_makes_is_sound(void **state)
{
    char path[64];
    outcome o;
    (void)state;
    make_corpus(path, 60);
    run(path, &o);
    assert_string_equal(o.codes, "");
    assert_int_equal(o.status, STEMMA_OK);
    assert_int_equal(o.summary.problems, 0);
    assert_true(o.summary.evidence_checked > 60 * 8);
    assert_true(o.summary.records_checked > 60);
    unlink(path);
    knowledge_write(path, NULL, 0);
    run(path, &o);
    assert_string_equal(o.codes, "");
    unlink(path);
}

static void a_file_rebuilt_without_change_is_sound(void **state)
{
    outcome o;
    (void)state;
    check_change(STM_TABLE_COUNT, 0, NULL, 0, &o);
    assert_string_equal(o.codes, "");
}

static void what_cannot_be_opened_is_a_problem_too(void **state)
{
    char path[64] = "/tmp/stemma-check-XXXXXX";
    outcome o;
    int file = mkstemp(path);
    (void)state;
    assert_true(file >= 0);
    assert_int_equal(write(file, "not a knowledge base", 20), 20);
    close(file);
    run(path, &o);
    assert_true(o.status < 0);
    assert_int_equal(o.summary.problems, 1);
    unlink(path);
    run(path, &o);
    assert_int_equal(o.status, STEMMA_E_SYSTEM);
}

static void flip_last(uint8_t *value, size_t *size, size_t capacity)
{
    (void)capacity;
    value[*size - 1] ^= 1;
}

static void flip_middle(uint8_t *value, size_t *size, size_t capacity)
{
    (void)capacity;
    value[*size / 2] ^= 4;
}

/* [C-21] */
static void a_changed_record_no_longer_has_its_digest(void **state)
{
    outcome o;
    (void)state;
    check_change(STM_TABLE_TERM, 3, flip_middle, 1, &o);
    assert_true(only_problem(&o, "DIGEST_MISMATCH@term"));
    check_change(STM_TABLE_TERM, 3, NULL, 1, &o);
    assert_true(only_problem(&o, "DIGEST_ENTRIES@term"));
}

/* [W-1] */
static void an_index_that_does_not_follow_is_told_apart(void **state)
{
    outcome o;
    (void)state;
    check_change(STM_TABLE_TERM, 3, flip_last, 0, &o);
    assert_true(only_problem(&o, "INDEX_DIFFERS@term"));
    check_change(STM_TABLE_NAME, 1, NULL, 0, &o);
    assert_true(only_problem(&o, "INDEX_MISSING@name"));
    check_change(STM_TABLE_CLAIM, 1, flip_last, 0, &o);
    assert_true(only_problem(&o, "INDEX_DIFFERS@claim"));
    check_change(STM_TABLE_PARTICIPATION, 0, flip_last, 0, &o);
    assert_true(only_problem(&o, "INDEX_DIFFERS@participation"));
    check_change(STM_TABLE_SPEAKER, 0, flip_last, 0, &o);
    assert_true(only_problem(&o, "INDEX_DIFFERS@speaker"));
}

static void missing_records_are_missed(void **state)
{
    outcome o;
    (void)state;
    check_change(STM_TABLE_IDENTITY, 2, NULL, 0, &o);
    assert_non_null(strstr(o.codes, "IDENTITY@document"));
    check_change(STM_TABLE_JUDGEMENT, 2, NULL, 0, &o);
    /* seen when opening; what can be read is looked at all the same */
    assert_string_equal(o.codes, "COUNT_MISMATCH@meta stemma RECORD_COUNT@judgement "
                                 "RECORD_MISSING@judgement 2 ");
    check_change(STM_TABLE_TESTIMONY, 2, NULL, 0, &o);
    assert_true(o.summary.problems > 0);
    check_change(STM_TABLE_TEXT, 2, NULL, 0, &o);
    assert_true(o.summary.problems > 0);
}

static void change_digest(uint8_t *value, size_t *size, size_t capacity)
{
    /* The 32 bytes behind the marker of a binary of that size. */
    (void)capacity;
    for (size_t i = 0; i + 34 < *size; i++) {
        if (value[i] == 0xc4 && value[i + 1] == 32) {
            value[i + 2] ^= 1;
            return;
        }
    }
    fail_msg("no digest in the record");
}

/* */
static void a_text_that_is_not_the_documents_is_told_apart(void **state)
{
    outcome o;
    (void)state;
    check_change(STM_TABLE_DOCUMENT, 4, change_digest, 0, &o);
    assert_non_null(strstr(o.codes, "TEXT_DIGEST@document 4"));
}

static void one_day_later(uint8_t *value, size_t *size, size_t capacity)
{
    static const char words[] = "freed on 3 March";
    uint8_t *at = memmem(value, *size, words, sizeof words - 1);
    (void)capacity;
    assert_non_null(at);
    at[9] = '4';
}

static void words_that_the_text_does_not_read_are_told_apart(void **state)
{
    char path[64], changed[80];
    rebuild plan = {STM_TABLE_TESTIMONY, 0, one_day_later, 0};
    outcome o;
    corpus_document *d = corpus_new("urn:0", "2031-01-01");
    uint32_t event = corpus_event(d, "justice.release");
    stemma_span trigger = corpus_say(d, "freed");
    stemma_span day;
    stemma_assertion *right, *wrong;
    (void)state;
    corpus_say(d, " on ");
    day = corpus_say(d, "3  March\n2031");
    corpus_mention(d, event, STEMMA_MENTION_TRIGGER, trigger);
    corpus_assert(d, event, "type", corpus_text("justice.release"), trigger);
    right = corpus_assert(d, event, "time", corpus_time("3 March 2031", "2031-03-03"), day);
    d->evidence[right - d->assertions].part = STEMMA_EVIDENCE_FILLER;
    knowledge_write(path, &d, 1);
    run(path, &o);
    assert_string_equal(o.codes, "");
    unlink(path);

    /* No writer takes what does not read: only a changed file can hold it. */
    d = corpus_new("urn:0", "2031-01-01");
    event = corpus_event(d, "justice.release");
    trigger = corpus_say(d, "freed on 3 March");
    corpus_mention(d, event, STEMMA_MENTION_TRIGGER, trigger);
    corpus_assert(d, event, "type", corpus_text("justice.release"), trigger);
    wrong = corpus_assert(d, event, "time", corpus_time("freed on 3 March", "2031-03-03"), trigger);
    d->evidence[wrong - d->assertions].part = STEMMA_EVIDENCE_FILLER;
    knowledge_write(path, &d, 1);
    snprintf(changed, sizeof changed, "%s.changed", path);
    rebuild_file(path, changed, &plan);
    run(changed, &o);
    assert_true(only_problem(&o, "FILLER_MISMATCH@document 0 assertion 1"));
    unlink(changed);
    unlink(path);
}

static int enough(void *context, const stemma_problem *problem)
{
    (void)problem;
    ++*(int *)context;
    return 1;
}

static void a_caller_can_have_enough(void **state)
{
    char path[64], changed[80];
    rebuild plan = {STM_TABLE_TESTIMONY, 0, flip_middle, 1};
    int calls = 0;
    stemma_check_summary summary;
    (void)state;
    make_corpus(path, 12);
    snprintf(changed, sizeof changed, "%s.changed", path);
    rebuild_file(path, changed, &plan);
    assert_int_equal(stemma_check(changed, enough, &calls, &summary, NULL), STEMMA_OK);
    assert_int_equal(calls, 1);
    assert_int_equal(summary.problems, 1);
    unlink(changed);
    unlink(path);
}

/* Records damaged at random behind whole pages and true digests: never a crash, and nothing that
   differs from what the writer made is called sound. */
static prng damage = {71};

static void damage_value(uint8_t *value, size_t *size, size_t capacity)
{
    unsigned changes = 1 + prng_below(&damage, 3);
    (void)capacity;
    while (changes-- > 0) {
        value[prng_below(&damage, (uint32_t)*size)] ^= (uint8_t)(1 + prng_below(&damage, 255));
    }
    if (prng_below(&damage, 6) == 0) {
        *size = 1 + prng_below(&damage, (uint32_t)*size);
    }
}

static void damaged_records_are_found_without_a_crash(void **state)
{
    char path[64], changed[80];
    (void)state;
    make_corpus(path, 12);
    snprintf(changed, sizeof changed, "%s.changed", path);
    for (int round = 0; round < 150; round++) {
        stm_table table = (stm_table)prng_below(&damage, STM_TABLE_COUNT);
        rebuild plan = {table, prng_below(&damage, 4), damage_value, 0};
        outcome o;
        if (table == STM_TABLE_META || table == STM_TABLE_RUN || table == STM_TABLE_VOCABULARY ||
            table == STM_TABLE_DERIVATION || table == STM_TABLE_DETAIL || table == STM_TABLE_ROW ||
            stm_table_is_optional(table)) {
            continue; /* names and labels may be others; there are no derivations, no data sets */
        }
        rebuild_file(path, changed, &plan);
        run(changed, &o);
        if (table == STM_TABLE_DOCUMENT || table == STM_TABLE_JUDGEMENT ||
            table == STM_TABLE_TESTIMONY) {
            continue; /* other testimony may be just as good */
        }
        if (o.summary.problems == 0) {
            fail_msg("round %d: a damaged record %u of %s is called sound", round, plan.record,
                     stm_tables[table].name);
        }
    }
    unlink(changed);
    unlink(path);
}

/* Files damaged anywhere: refused when they are opened, or told apart, or not damaged in anything
   that counts; never a crash. */
/* [F-2] */
static void files_damaged_anywhere_are_survived(void **state)
{
    char path[64], changed[80];
    mutate_random random = {91};
    FILE *file;
    long size;
    uint8_t *bytes, *copy;
    unsigned refused = 0, reported = 0;
    (void)state;
    make_corpus(path, 12);
    snprintf(changed, sizeof changed, "%s.changed", path);
    file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    bytes = malloc((size_t)size);
    copy = malloc((size_t)size);
    assert_non_null(bytes);
    assert_non_null(copy);
    assert_int_equal(fread(bytes, 1, (size_t)size, file), size);
    fclose(file);
    for (int round = 0; round < 300; round++) {
        size_t left = (size_t)size;
        outcome o;
        memcpy(copy, bytes, (size_t)size);
        mutate_apply(&random, (mutation)(round % MUTATE_KIND_COUNT), copy, &left);
        file = fopen(changed, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(copy, 1, left, file), left);
        fclose(file);
        run(changed, &o);
        refused += o.status < 0;
        reported += o.status == STEMMA_OK && o.summary.problems != 0;
        if (o.status == STEMMA_OK && o.summary.problems == 0 &&
            (left != (size_t)size || memcmp(copy, bytes, left) != 0)) {
            /* Only what no reader looks at may differ; a sound file has none of that. */
            fail_msg("round %d (%s): a damaged file is called sound", round,
                     mutation_name((mutation)(round % MUTATE_KIND_COUNT)));
        }
    }
    assert_true(refused > 100);
    assert_true(reported > 5);
    free(bytes);
    free(copy);
    unlink(changed);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_writer_makes_is_sound),
        cmocka_unit_test(a_file_rebuilt_without_change_is_sound),
        cmocka_unit_test(what_cannot_be_opened_is_a_problem_too),
        cmocka_unit_test(a_changed_record_no_longer_has_its_digest),
        cmocka_unit_test(an_index_that_does_not_follow_is_told_apart),
        cmocka_unit_test(missing_records_are_missed),
        cmocka_unit_test(a_text_that_is_not_the_documents_is_told_apart),
        cmocka_unit_test(words_that_the_text_does_not_read_are_told_apart),
        cmocka_unit_test(a_caller_can_have_enough),
        cmocka_unit_test(damaged_records_are_found_without_a_crash),
        cmocka_unit_test(files_damaged_anywhere_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
