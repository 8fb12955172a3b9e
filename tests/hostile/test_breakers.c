/* SPDX-License-Identifier: MIT */
/* Every way to break one rule, and what must come of it: the status and code, at the place where it must be
   found and not before.

       STEMMA_LIST=1   says what comes of each instead of comparing */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hostile/ask.h"
#include "hostile/breakers.h"
#include "hostile/trial.h"
#include "page_check.h"
#include "page_layout.h"
#include "stemma/check.h"
#include "support/page_breakers.h"

/* What came of a file. */
typedef struct finding {
    stemma_status opening;
    stemma_error error;     /* of opening */
    char question[24];      /* the first that was refused */
    stemma_error refused;   /* what it said */
    stemma_error wanted;    /* what the question that must be refused said */
    char check[24];         /* the first problem */
    char code[40];
    char problem[256];
    uint64_t problems;
    char wrong[400];
} finding;

static mutants sound;
static trial_plan plan;

static int note_problem(void *context, const stemma_problem *problem)
{
    finding *out = context;
    if (out->code[0] == '\0') {
        snprintf(out->check, sizeof out->check, "%s", problem->check);
        snprintf(out->code, sizeof out->code, "%s", problem->code);
        snprintf(out->problem, sizeof out->problem, "%s: %s", problem->where, problem->message);
    }
    return 0;
}

static void ask_all(stemma_file *file, const char *where, finding *out)
{
    for (uint32_t i = 0; i < question_count(); i++) {
        asked one = {0};
        ask(file, i, &one);
        if (one.wrong != 0 && out->wrong[0] == '\0') {
            snprintf(out->wrong, sizeof out->wrong, "%s: %s", question_name(i), one.what);
        }
        if (one.first.status != STEMMA_OK && out->question[0] == '\0') {
            snprintf(out->question, sizeof out->question, "%s", question_name(i));
            out->refused = one.first;
        }
        if (where != NULL && strcmp(where, question_name(i)) == 0) {
            out->wanted = one.first;
        }
    }
}

/* The file through everything. */
static void find_out(const breaker *how, const image_file *bytes, finding *out)
{
    stemma_file *file = NULL;
    stemma_check_summary summary;
    stemma_open_options trusting = STEMMA_OPEN_OPTIONS_INIT;
    mutant one = {how->base, MUTANT_FORGED, true, *bytes};
    trial_result result;
    memset(out, 0, sizeof *out);
    plan.everything = plan.few_tools = 1;
    trial_run(&plan, &sound, &one, 0, &result); /* tools, too, and a reader that does not check pages */
    snprintf(out->wrong, sizeof out->wrong, "%s", result.wrong);
    out->opening = stemma_open(&file, plan.path, NULL, &out->error);
    if (out->opening == STEMMA_OK) {
        ask_all(file, how->where, out);
        stemma_close(file);
    }
    (void)stemma_check(plan.path, note_problem, out, &summary, NULL);
    out->problems = summary.problems;
    trusting.flags = STEMMA_OPEN_TRUSTED;
    finding trusted = {0};
    if (stemma_open(&file, plan.path, &trusting, NULL) == STEMMA_OK) {
        ask_all(file, NULL, &trusted);
        stemma_close(file);
        if (out->wrong[0] == '\0') {
            snprintf(out->wrong, sizeof out->wrong, "%s", trusted.wrong);
        }
    }
}

static const char *const places[] = {"nowhere", "open", "use", "check"};

/* The index is compared with what follows, not decoded: the check says that it differs. */
static int is_of_index(const char *table)
{
    for (size_t i = 0; table != NULL && i < STM_TABLE_COUNT; i++) {
        if (strcmp(stm_tables[i].name, table) == 0) {
            return stm_tables[i].layer == STM_LAYER_INDEX;
        }
    }
    return 0;
}

static int as_said(const breaker *how, const finding *found)
{
    stemma_status status = how->status != 0 ? how->status : STEMMA_E_DAMAGED;
    if (found->wrong[0] != '\0') {
        return 0;
    }
    switch (how->place) {
    case BROKEN_NOWHERE:
        return found->opening == STEMMA_OK && found->question[0] == '\0';
    case BROKEN_OPEN:
        return found->opening == status && strcmp(found->error.code, how->code) == 0 &&
               strcmp(found->check, "open") == 0 && strcmp(found->code, how->code) == 0;
    case BROKEN_USE:
        return found->opening == STEMMA_OK && found->wanted.status == status &&
               strcmp(found->wanted.code, how->code) == 0 && found->problems != 0 &&
               (strcmp(found->code, how->checked != NULL ? how->checked : how->code) == 0 ||
                (is_of_index(how->table) && strcmp(found->check, "index") == 0));
    default:
        /* What is said otherwise has no claim any more. */
        return found->opening == STEMMA_OK &&
               (found->question[0] == '\0' || strcmp(found->refused.code, "WITNESS_MISSING") == 0) &&
               strcmp(found->check, how->where) == 0 && strcmp(found->code, how->code) == 0;
    }
}

static void say(const breaker *how, const finding *found)
{
    print_error("%-40s [%s] %s %s %s | open %s %s | first %s %s | wanted %s | check %s %s %s%s%s\n", how->name,
                how->rule, places[how->place], how->where != NULL ? how->where : "",
                how->code != NULL ? how->code : "-", stemma_status_name(found->opening), found->error.code,
                found->question, found->refused.code, found->wanted.code, found->check, found->code,
                found->problem, found->wrong[0] != '\0' ? " WRONG " : "", found->wrong);
}

static int page_is_sound(const image_file *bytes)
{
    image again;
    int good = image_try(&again, bytes->data, bytes->size);
    if (good) {
        image_free(&again);
    }
    return good;
}

static void each_breach_is_met_where_it_must_be(void **state)
{
    (void)state;
    image_file bytes = {NULL, 0, 0};
    unsigned failures = 0;
    for (uint32_t i = 0; i < breaker_count(); i++) {
        const breaker *how = breaker_at(i);
        finding found;
        image records;
        image_copy(&records, &sound.images[how->base]);
        breaker_apply(how, &records);
        image_write(&records, &bytes);
        image_free(&records);
        assert_true(page_is_sound(&bytes));
        find_out(how, &bytes, &found);
        if (!as_said(how, &found) || getenv("STEMMA_LIST") != NULL) {
            failures += !as_said(how, &found);
            say(how, &found);
        }
    }
    free(bytes.data);
    print_message("%u ways to break a file\n", breaker_count());
    assert_int_equal(failures, 0);
}

/* [C-1] to [C-17] [C-20]: each way to break the container, on its own sample. */
static void each_breach_of_pages_is_refused(void **state)
{
    (void)state;
    page_file whole = page_file_build_sealed(page_file_sample, PAGE_FILE_SAMPLE_COUNT, &(page_file_options){0});
    for (size_t i = 0; i < page_breaker_count(); i++) {
        page_file copy = page_file_copy(&whole);
        page_broken broken = page_break(&copy, i);
        const char *code = stm_page_problem_texts[broken.problem].code;
        image_file bytes = {copy.data, copy.size, copy.size};
        mutant one = {SHAPE_TINY, MUTATE_BIT, false, bytes};
        trial_result result;
        finding found = {0};
        stemma_file *file = NULL;
        plan.everything = plan.few_tools = 1;
        trial_run(&plan, &sound, &one, 1, &result);
        (void)stemma_check(plan.path, note_problem, &found, NULL, NULL);
        stemma_status status = stemma_open(&file, plan.path, NULL, &found.error);
        if (result.wrong[0] != '\0' || status == STEMMA_OK || found.code[0] == '\0' ||
            (copy.size >= 8192 && strcmp(found.error.code, code) != 0)) {
            fail_msg("%s: %s, open %s, check %s; %s", broken.name, code, found.error.code, found.code, result.wrong);
        }
        page_file_free(&copy);
    }
    page_file_free(&whole);
}

/* [C-8] */
static void tables_beyond_64_are_refused(void **state)
{
    (void)state;
    image_file bytes = {NULL, 0, 0};
    image records;
    stemma_file *file = NULL;
    stemma_error error;
    image_copy(&records, &sound.images[SHAPE_TINY]);
    while (records.table_count < 65) {
        image_table *table = &records.tables[records.table_count];
        memset(table, 0, sizeof *table);
        snprintf(table->name, sizeof table->name, "zz%zu", records.table_count++);
        table->changed = true;
    }
    image_write(&records, &bytes);
    image_save(plan.path, bytes.data, bytes.size);
    assert_int_equal(stemma_open(&file, plan.path, NULL, &error), STEMMA_E_DAMAGED);
    assert_string_equal(error.code, "TABLE_LIMIT");
    image_free(&records);
    free(bytes.data);
}

/* [C-18] */
static void bytes_without_meaning_are_zero(void **state)
{
    (void)state;
    size_t size = sound.sizes[SHAPE_TINY];
    uint8_t *copy = image_bytes_new(&sound.images[SHAPE_TINY], sound.originals[SHAPE_TINY], size, size);
    image_file bytes = {copy, size, size};
    mutant one = {SHAPE_TINY, MUTATE_BYTE, false, bytes};
    trial_result result;
    finding found = {0};
    uint8_t *page = copy + 2 * STEMMA_PAGE_SIZE;
    page[stm_page_get16(page + STM_PAGE_LOWER)] = 1; /* in the gap */
    trial_run(&plan, &sound, &one, 1, &result);
    (void)stemma_check(plan.path, note_problem, &found, NULL, NULL);
    assert_string_equal(result.wrong, "");
    assert_string_equal(found.check, "pages");
    assert_string_equal(found.code, "PAGE_SLACK");
}

static int begin(void **state)
{
    (void)state;
    mutants_begin(&sound);
    plan.file = memfd_create("broken", MFD_CLOEXEC);
    plan.complaints = memfd_create("complaints", MFD_CLOEXEC);
    snprintf(plan.path, sizeof plan.path, "/proc/self/fd/%d", plan.file);
    return plan.file < 0 || plan.complaints < 0;
}

static int end(void **state)
{
    (void)state;
    mutants_end(&sound);
    close(plan.file);
    close(plan.complaints);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_breach_is_met_where_it_must_be),
        cmocka_unit_test(each_breach_of_pages_is_refused),
        cmocka_unit_test(tables_beyond_64_are_refused),
        cmocka_unit_test(bytes_without_meaning_are_zero),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
