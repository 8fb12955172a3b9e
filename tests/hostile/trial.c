/* SPDX-License-Identifier: MIT */
#include "hostile/trial.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/exit_codes.h"
#include "dump/dump.h"
#include "hostile/ask.h"
#include "hostile/memory_watch.h"
#include "page_check.h"
#include "stemma/check.h"
#include "stemma/read.h"

/* query.h cannot stand beside tables.h: each names a stm_table. */
int stm_query_main(int argc, char **argv);

const char *trial_outcome_name(int outcome)
{
    static const char *const names[TRIAL_OUTCOMES] = {
        "the same", "pages refused", "not opened", "damage met", "silent, check tells",
        "silent, check finds nothing"};
    return names[outcome];
}

__attribute__((format(printf, 2, 3))) static void wrong(trial_result *out, const char *format, ...)
{
    va_list arguments;
    if (out->wrong[0] == '\0') {
        va_start(arguments, format);
        vsnprintf(out->wrong, sizeof out->wrong, format, arguments);
        va_end(arguments);
    }
}

static void stage(trial_result *out, const char *name)
{
    snprintf(out->stage, sizeof out->stage, "%s", name);
}

static void put(const trial_plan *plan, const image_file *bytes)
{
    if (ftruncate(plan->file, (off_t)bytes->size) != 0 ||
        pwrite(plan->file, bytes->data, bytes->size, 0) != (ssize_t)bytes->size) {
        perror("the damaged file");
        abort();
    }
}

/* ---- Pages ----------------------------------------------------------------------------------- */

/* The check of its pages, on a block of exactly its size, alone and in shares. */
static stemma_status check_pages(const image_file *bytes, uint64_t number, stemma_error *error,
                                 trial_result *out)
{
    uint8_t *exact = malloc(bytes->size != 0 ? bytes->size : 1);
    size_t size = stm_page_bitmap_size(bytes->size);
    uint8_t *claimed = malloc(2 * size);
    uint32_t parts = 2 + (uint32_t)(number % 4);
    stm_page_report report, other;
    if (exact == NULL || claimed == NULL) {
        abort();
    }
    memcpy(exact, bytes->data, bytes->size);
    stemma_bytes file = {exact, bytes->size};
    stemma_status status = stm_page_check(file, claimed, size, NULL, error);
    if (number % 8 == 0) {
        int sound = stm_page_check_share(file, 0, parts, claimed, size, &report) == STEMMA_OK;
        for (uint32_t part = 1; sound && part < parts; part++) {
            sound = stm_page_check_share(file, part, parts, claimed + size, size, &other) == STEMMA_OK &&
                    stm_page_check_join(file, claimed, &report, claimed + size, &other);
        }
        sound = sound && stm_page_check_whole(file, claimed, &report);
        if (sound != (status == STEMMA_OK)) {
            wrong(out, "the verdict on its pages depends on the threads");
        }
    }
    free(exact);
    free(claimed);
    return status;
}

/* ---- Questions ------------------------------------------------------------------------------- */

/* A share of the questions, another of each file; all of some. */
static int is_asked(const trial_plan *plan, uint64_t number, uint32_t question)
{
    return plan->everything || number % 16 == 0 || (number / 3 + question) % 4 == 0;
}

static void ask_questions(const trial_plan *plan, stemma_file *file, uint64_t number, asked *all,
                          trial_result *out)
{
    for (uint32_t i = 0; i < question_count(); i++) {
        if (!is_asked(plan, number, i)) {
            continue;
        }
        asked one = {0};
        stage(out, question_name(i));
        ask(file, i, &one);
        out->questions++;
        all->answers += one.answers;
        all->damaged += one.damaged;
        all->too_much += one.too_much;
        all->differs += one.differs;
        if (one.wrong != 0) {
            wrong(out, "%s: %s", question_name(i), one.what);
        }
    }
}

/* Opens and asks; the status of opening. */
static stemma_status open_and_ask(const trial_plan *plan, uint32_t flags, uint64_t number, asked *all,
                                  stemma_error *error, trial_result *out)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stemma_file *file = NULL;
    size_t before = memory_watch_held();
    options.flags = flags;
    options.memory_limit = TRIAL_LIMIT;
    memory_watch_reset();
    stage(out, flags != 0 ? "open, trusted" : "open");
    stemma_status status = stemma_open(&file, plan->path, &options, error);
    if (status == STEMMA_OK) {
        ask_questions(plan, file, number, all, out);
        stemma_close(file);
    }
    size_t peak = memory_watch_peak() - before;
    out->peak = peak > out->peak ? peak : out->peak;
    /* Two snapshots are open at once where two are compared. */
    if (peak > 2 * TRIAL_LIMIT + TRIAL_BESIDE) {
        wrong(out, "%zu bytes of memory were held", peak);
    }
    if (memory_watch_held() != before) {
        /* what a library keeps for its next call is kept once */
        size_t kept = memory_watch_held() - before;
        if (memory_watch_held() > before && kept > TRIAL_BESIDE) {
            wrong(out, "%zu bytes of memory were kept", kept);
        }
    }
    return status;
}

/* ---- The check and the tools ----------------------------------------------------------------- */

static int count_problem(void *context, const stemma_problem *problem)
{
    trial_result *out = context;
    if (problem->check == NULL || problem->code == NULL || problem->code[0] == '\0' ||
        problem->message == NULL || problem->message[0] == '\0') {
        wrong(out, "a problem without an explanation");
    }
    return 0;
}

/* Whether the check finds nothing. */
static int passes_check(const trial_plan *plan, trial_result *out)
{
    stemma_check_summary summary;
    stemma_error error;
    stage(out, "check");
    stemma_status status = stemma_check(plan->path, count_problem, out, &summary, &error);
    switch (status) {
    case STEMMA_OK:
    case STEMMA_E_NOT_STEMMA:
    case STEMMA_E_DAMAGED:
    case STEMMA_E_UNSUPPORTED:
    case STEMMA_E_NO_MEMORY:
        break;
    default:
        wrong(out, "check: %s %s at %s", stemma_status_name(status), error.code, error.where);
        break;
    }
    if (status != STEMMA_OK && summary.problems == 0) {
        wrong(out, "check: %s and no problem", stemma_status_name(status));
    }
    return status == STEMMA_OK && summary.problems == 0;
}

typedef int tool_main(int argc, char **argv);

/* Lets a descriptor lead elsewhere for a while. */
static int turn(int descriptor, int to)
{
    fflush(NULL);
    int was = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    if (was < 0 || dup2(to, descriptor) < 0) {
        abort();
    }
    return was;
}

static void turn_back(int descriptor, int was)
{
    fflush(NULL);
    if (dup2(was, descriptor) < 0) {
        abort();
    }
    close(was);
}

static void run_tool(const trial_plan *plan, tool_main *tool, const char *const *arguments,
                     trial_result *out)
{
    char *argv[12];
    char shown[48] = "";
    int argc = 0;
    for (; argc < 11 && arguments[argc] != NULL; argc++) {
        argv[argc] = (char *)(uintptr_t)arguments[argc];
    }
    argv[argc] = NULL;
    snprintf(shown, sizeof shown, "%s %s", arguments[0],
             strcmp(arguments[1], plan->path) == 0 && argc > 2 ? arguments[2] : arguments[1]);
    stage(out, shown);
    if (ftruncate(plan->complaints, 0) != 0 || lseek(plan->complaints, 0, SEEK_SET) != 0) {
        abort();
    }
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    int out_was = turn(STDOUT_FILENO, nothing), error_was = turn(STDERR_FILENO, plan->complaints);
    clearerr(stdout);
    int status = tool(argc, argv);
    turn_back(STDOUT_FILENO, out_was);
    turn_back(STDERR_FILENO, error_was);
    close(nothing);
    struct stat said;
    if (fstat(plan->complaints, &said) != 0) {
        abort();
    }
    out->tools++;
    if (status < 0 || status > STM_EXIT_INTERNAL || status == STM_EXIT_USAGE ||
        status == STM_EXIT_SYSTEM || status == STM_EXIT_REJECTED || status == STM_EXIT_INTERNAL ||
        (status > STM_EXIT_NOTHING && said.st_size == 0)) {
        char words[200] = "";
        ssize_t got = pread(plan->complaints, words, sizeof words - 1, 0);
        wrong(out, "%s ended with %d and said: %.*s", shown, status, got > 0 ? (int)got : 0, words);
    }
}

/* What is left of a file, whether or not it opens. */
static void run_salvage(const trial_plan *plan, trial_result *out)
{
    const char *const salvaging[] = {"stemma-dump", "--salvage", plan->path, NULL};
    run_tool(plan, stm_dump_main, salvaging, out);
}

static void run_tools(const trial_plan *plan, const char ids[3][32], uint64_t number,
                      trial_result *out)
{
    const char *const path = plan->path;
    const char *const dumps[][12] = {
        {"stemma-dump", path},
        {"stemma-dump", "--offsets", "utf16", path},
        {"stemma-dump", "--stats", "--format", "json", path},
        {"stemma-dump", "--check", path},
        {"stemma-dump", "--table", "testimony", path},
        {"stemma-dump", "--table", "event", path},
        {"stemma-dump", "--table", "claim", path},
        {"stemma-dump", "--table", "term", path},
    };
    const char *const questions[][12] = {
        {"stemma-query", path, "find", "Ada Lorn"},
        {"stemma-query", path, "find", "Veskan", "--format", "json"},
        {"stemma-query", path, "events"},
        {"stemma-query", path, "events", "--who", "Lorn", "--from", "2001", "--format", "csv"},
        {"stemma-query", path, "timeline", "Ada Lorn", "--as-of", "2031", "--format", "tsv"},
        {"stemma-query", path, "show", ids[0]},
        {"stemma-query", path, "show", ids[1], "--format", "jsonl"},
        {"stemma-query", path, "why", ids[1], "--format", "json"},
        {"stemma-query", path, "why", ids[2]},
        {"stemma-query", path, "conflicts", "--format", "jsonl"},
        {"stemma-query", path, "agree"},
        {"stemma-query", path, "between", "Ada Lorn", "Veska"},
        {"stemma-query", path, "sources", "--format", "dot"},
        {"stemma-query", path, "sources", "--passages", "--format", "json"},
        {"stemma-query", path, "doubtful", "--format", "jsonl"},
        {"stemma-query", path, "search", "freed prisoners"},
        {"stemma-query", path, "search", "\"old copper mine\" -freed", "--format", "jsonl"},
        {"stemma-query", path, "diff", "2031-05-02", "2031-05-20"},
        {"stemma-query", path, "sql", "SELECT label, time, id FROM event ORDER BY earliest DESC"},
        {"stemma-query", path, "sql",
         "SELECT quote, claim FROM assertion a JOIN evidence e ON e.assertion = a.number"},
        {"stemma-query", path, "sql",
         "SELECT name, c.object FROM entity e JOIN claim c ON c.entity = e.number"},
        {"stemma-query", path, "sql", "SELECT count(*) FROM mention, judgement, derivation, run, term"},
        {"stemma-query", path, "stats"},
    };
    uint64_t turn = number / 7;
    if (plan->everything) {
        size_t step = plan->few_tools ? 6 : 1;
        for (size_t i = 0; i < sizeof dumps / sizeof dumps[0]; i += step) {
            run_tool(plan, stm_dump_main, dumps[i], out);
        }
        for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i += step) {
            run_tool(plan, stm_query_main, questions[i], out);
        }
    } else if (number % 7 == 0) {
        run_tool(plan, stm_dump_main, dumps[turn % (sizeof dumps / sizeof dumps[0])], out);
        run_tool(plan, stm_query_main, questions[turn % (sizeof questions / sizeof questions[0])], out);
    }
}

/* ---- One file -------------------------------------------------------------------------------- */

/* The record of `meta` has no digest: what of it nothing else follows from may be anything that is well
   formed. */
static int differs_in_meta_alone(mutants *from, const mutant *one)
{
    image now;
    int only = 1;
    if (!image_try(&now, one->bytes.data, one->bytes.size)) {
        return 0;
    }
    image *was = &from->images[one->shape];
    for (size_t i = 0; i < was->table_count && only; i++) {
        image_table *a = &was->tables[i];
        image_table *b = image_table_named(&now, a->name);
        if (strcmp(a->name, "meta") == 0) {
            continue;
        }
        only = b != NULL && a->count == b->count;
        for (size_t k = 0; only && k < a->count; k++) {
            only = a->records[k].key.size == b->records[k].key.size &&
                   a->records[k].value.size == b->records[k].value.size &&
                   memcmp(a->records[k].key.data, b->records[k].key.data, a->records[k].key.size) == 0 &&
                   (a->records[k].value.size == 0 ||
                    memcmp(a->records[k].value.data, b->records[k].value.data,
                           a->records[k].value.size) == 0);
        }
    }
    image_free(&now);
    return only;
}

static int is_same(const mutants *from, const mutant *one)
{
    return one->bytes.size == from->sizes[one->shape] &&
           memcmp(one->bytes.data, from->originals[one->shape], one->bytes.size) == 0;
}

void trial_run(const trial_plan *plan, mutants *from, const mutant *one, uint64_t number,
               trial_result *out)
{
    stemma_error pages = {0}, opening = {0};
    asked all = {0}, trusting = {0};
    memset(out, 0, sizeof *out);
    put(plan, &one->bytes);
    stage(out, "pages");
    stemma_status sound = check_pages(&one->bytes, number, &pages, out);
    stemma_status status = open_and_ask(plan, 0, number, &all, &opening, out);
    if (sound != STEMMA_OK && (status == STEMMA_OK || (one->bytes.size >= 8192 &&
                                                       strcmp(pages.code, opening.code) != 0))) {
        wrong(out, "its pages are %s, but opening says %s", pages.code, opening.code);
    }
    if (status != STEMMA_OK && status != STEMMA_E_NOT_STEMMA && status != STEMMA_E_DAMAGED &&
        status != STEMMA_E_UNSUPPORTED) {
        wrong(out, "opening: %s %s", stemma_status_name(status), opening.code);
    }
    if (sound == STEMMA_OK && (plan->everything || number % 4 == 1)) {
        stemma_error ignored;
        (void)open_and_ask(plan, STEMMA_OPEN_TRUSTED, number, &trusting, &ignored, out);
    }
    memory_watch_reset();
    size_t before = memory_watch_held();
    int passes = status == STEMMA_OK && passes_check(plan, out);
    if (status == STEMMA_OK || number % 64 == 0) {
        run_tools(plan, (const char(*)[32])from->ids[one->shape], number, out);
    }
    if (plan->everything || number % 5 == 0) {
        run_salvage(plan, out);
    }
    out->check_peak = memory_watch_peak() - before;
    out->outcome = is_same(from, one)                           ? TRIAL_SAME
                   : sound != STEMMA_OK                         ? TRIAL_PAGES
                   : status != STEMMA_OK                        ? TRIAL_OPENING
                   : all.damaged + all.too_much + trusting.damaged != 0 ? TRIAL_SEEN
                   : !passes                                    ? TRIAL_SILENT
                                                                : TRIAL_UNTOLD;
    if (passes && all.damaged + all.too_much != 0) {
        wrong(out, "a question met damage that the check does not find");
    }
    if (passes && all.differs != 0) {
        wrong(out, "rows one by one and in a scan differ, and the check does not tell");
    }
    if (passes && !one->resealed && out->outcome != TRIAL_SAME && !differs_in_meta_alone(from, one)) {
        wrong(out, "bytes changed, and the check does not tell");
    }
    if (out->outcome == TRIAL_SAME && (all.damaged + all.too_much != 0 || !passes)) {
        wrong(out, "a sound file is called damaged");
    }
    stage(out, "");
}
