/* SPDX-License-Identifier: MIT */
/* What of a check several threads share: judgements, and deriving the index. The report is that of
   one thread, whatever is wrong. */
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
#include "stemma/write.h"
#include "support/corpus.h"
#include "support/rebuild.h"
#include "support/row_file.h"
#include "tables.h"

#define DOCUMENTS 150u /* more than are read at one time */
#define STEPS     9u   /* documents behind each with which it is compared: four shares of judgements */
#define ROWS      2500u /* of two tables: enough events for tables that are made ahead */

typedef struct outcome {
    stemma_status status;
    stemma_check_summary summary;
    char text[40000];
} outcome;

static char folder[] = "/tmp/stemma-shares-XXXXXX";
static char path[64], changed[64], other[64];
static row_file rows;

/* ---- Files ----------------------------------------------------------------------------------- */

static uint32_t add_document(stemma_writer *writer, uint32_t i)
{
    static const char *const people[] = {"Ada Lorn", "Ida Lorn", "Orsa Vell", "Tam Reed"};
    char uri[32];
    uint32_t number;
    snprintf(uri, sizeof uri, "urn:%u", i);
    corpus_document *d = corpus_new(uri, "2031-05-04");
    corpus_release(d, people[i % 4], "4 May 2031", "2031-05-04", "Veska");
    assert_int_equal(stemma_writer_add_document(writer, &d->document, &number, NULL), STEMMA_OK);
    corpus_free(d);
    return number;
}

static void add_judgements(stemma_writer *writer, const uint32_t *numbers, uint32_t run)
{
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        for (uint32_t k = 1; k <= STEPS * 3; k++) {
            uint32_t step = 1 + k / 3, referent = k % 3;
            stemma_judgement judgement = {0};
            if (i + step >= DOCUMENTS) {
                continue;
            }
            judgement.left = (stemma_referent_id){numbers[i], referent};
            judgement.right = (stemma_referent_id){numbers[i + step], referent};
            judgement.verdict = step % 4 == 0 ? STEMMA_VERDICT_SAME : STEMMA_VERDICT_NOT_SAME;
            judgement.score = (uint16_t)(900 - step);
            judgement.run = run;
            assert_int_equal(stemma_writer_add_judgement(writer, &judgement, NULL), STEMMA_OK);
        }
    }
}

static int make_files(void **state)
{
    const stemma_run run = {stemma_text_of("reader"), stemma_text_of("1"), STEMMA_RUN_RULE,
                            stemma_text_of("")};
    stemma_writer *writer;
    uint32_t run_number, numbers[DOCUMENTS];
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.stemma", folder);
    snprintf(changed, sizeof changed, "%s/b.stemma", folder);
    snprintf(other, sizeof other, "%s/c.stemma", folder);
    assert_int_equal(stemma_writer_new(&writer, path, NULL, NULL), STEMMA_OK);
    assert_int_equal(stemma_writer_add_run(writer, &run, &run_number, NULL), STEMMA_OK);
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        numbers[i] = add_document(writer, i);
    }
    add_judgements(writer, numbers, run_number);
    assert_int_equal(stemma_writer_finish(writer, NULL), STEMMA_OK);
    stemma_writer_free(writer);
    row_file_make(&rows, ROWS, 3);
    return 0;
}

static int remove_files(void **state)
{
    (void)state;
    unlink(path);
    unlink(changed);
    unlink(other);
    rmdir(folder);
    row_file_remove(&rows);
    return 0;
}

/* ---- Looking --------------------------------------------------------------------------------- */

static int note(void *context, const stemma_problem *problem)
{
    outcome *o = context;
    size_t used = strlen(o->text);
    snprintf(o->text + used, sizeof o->text - used, "%s %s %s %s\n", problem->check, problem->code,
             problem->where, problem->message);
    return 0;
}

static void look(const char *file, unsigned jobs, outcome *o)
{
    stemma_check_options options = STEMMA_CHECK_OPTIONS_INIT;
    options.jobs = jobs;
    memset(o, 0, sizeof *o);
    o->status = stemma_check_with(file, &options, note, o, &o->summary, NULL);
}

/* What one thread tells of a file is what several tell. */
static const outcome *look_alike(const char *file)
{
    static outcome one, many;
    look(file, 1, &one);
    for (unsigned jobs = 2; jobs <= 5; jobs += 3) {
        look(file, jobs, &many);
        assert_int_equal(one.status, many.status);
        assert_string_equal(one.text, many.text);
        assert_memory_equal(&one.summary, &many.summary, sizeof one.summary);
    }
    return &one;
}

/* Changes records of `from` one after the other, digests and all. */
static void change(const char *from, stm_table table, const uint32_t *records, uint32_t count,
                   rebuild_change *how)
{
    rebuild plan = {table, 0, how, 0};
    for (uint32_t i = 0; i < count; i++) {
        plan.record = records[i];
        rebuild_file(i == 0 ? from : changed, other, &plan);
        assert_int_equal(rename(other, changed), 0);
    }
}

/* ---- Judgements ------------------------------------------------------------------------------ */

static uint8_t first_value[200];
static size_t first_size;

static void keep_value(uint8_t *value, size_t *size, size_t capacity)
{
    (void)capacity;
    assert_true(*size <= sizeof first_value);
    first_size = *size;
    memcpy(first_value, value, first_size);
}

/* What the first judgement says: it does not come after the one before it. */
static void repeat_first(uint8_t *value, size_t *size, size_t capacity)
{
    assert_true(first_size <= capacity);
    *size = first_size;
    memcpy(value, first_value, first_size);
}

static void cut_off(uint8_t *value, size_t *size, size_t capacity)
{
    (void)value;
    (void)capacity;
    *size = 1;
}

static void sound_files_are_sound(void **state)
{
    (void)state;
    const outcome *o = look_alike(path);
    assert_string_equal(o->text, "");
    assert_true(o->summary.checks[STEMMA_CHECK_RECORDS].looked > 3000);
    assert_int_equal(o->summary.checks[STEMMA_CHECK_INDEX].state, STEMMA_CHECK_SOUND);
    o = look_alike(rows.path);
    assert_string_equal(o->text, "");
    assert_int_equal(o->summary.checks[STEMMA_CHECK_INDEX].state, STEMMA_CHECK_SOUND);
}

static void each_judgement_is_looked_at_once_and_in_its_turn(void **state)
{
    static const uint32_t records[] = {1, 511, 513, 1023, 1024, 2000, 3000};
    static const uint32_t first[] = {0};
    const uint32_t count = sizeof records / sizeof records[0];
    uint32_t lines = 0;
    (void)state;
    change(path, STM_TABLE_JUDGEMENT, first, 1, keep_value);
    change(path, STM_TABLE_JUDGEMENT, records, count, repeat_first);
    const char *text = look_alike(changed)->text;
    for (uint32_t i = 0; i < count; i++) {
        char where[64];
        snprintf(where, sizeof where, "records RECORD_ORDER judgement %u ", records[i]);
        const char *at = strstr(text, where);
        assert_non_null(at);
        text = at;
    }
    for (text = look_alike(changed)->text; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    assert_int_equal(lines, count);
}

/* Behind one that cannot be read nothing is looked at: what follows stands on it. */
static void what_cannot_be_read_is_the_last(void **state)
{
    static const uint32_t first[] = {0}, bad[] = {100, 1400}, broken[] = {700};
    (void)state;
    change(path, STM_TABLE_JUDGEMENT, first, 1, keep_value);
    change(path, STM_TABLE_JUDGEMENT, bad, 2, repeat_first);
    change(changed, STM_TABLE_JUDGEMENT, broken, 1, cut_off);
    const outcome *o = look_alike(changed);
    assert_non_null(strstr(o->text, " judgement 100 "));
    assert_non_null(strstr(o->text, " judgement 700"));
    assert_null(strstr(o->text, " judgement 1400 "));
    assert_int_equal(o->summary.checks[STEMMA_CHECK_INDEX].state, STEMMA_CHECK_SKIPPED);
}

/* ---- The index ------------------------------------------------------------------------------- */

static void another_last_byte(uint8_t *value, size_t *size, size_t capacity)
{
    (void)capacity;
    value[*size - 1] ^= 1;
}

static void differing_records_are_told(void **state)
{
    static const stm_table of_rows[] = {STM_TABLE_TYPE, STM_TABLE_PARTICIPATION, STM_TABLE_PLACE,
                                        STM_TABLE_LABEL};
    static const stm_table of_texts[] = {STM_TABLE_TERM, STM_TABLE_MEMBERSHIP};
    static const uint32_t first[] = {0};
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        stm_table table = i < 4 ? of_rows[i] : of_texts[i - 4];
        change(i < 4 ? rows.path : path, table, first, 1, another_last_byte);
        const outcome *o = look_alike(changed);
        assert_true(o->summary.problems > 0);
        assert_non_null(strstr(o->text, stm_tables[table].name));
    }
    change(rows.path, STM_TABLE_TYPE, first, 1, NULL);
    assert_non_null(strstr(look_alike(changed)->text, "INDEX_MISSING type "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_files_are_sound),
        cmocka_unit_test(each_judgement_is_looked_at_once_and_in_its_turn),
        cmocka_unit_test(what_cannot_be_read_is_the_last),
        cmocka_unit_test(differing_records_are_told),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
