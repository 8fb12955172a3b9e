/* SPDX-License-Identifier: MIT */
/* Thousands of damaged and forged files of every shape through everything that opens files: no crash, no
   hang, no leak, no memory beyond the bound, no status that is not documented, and the check tells of
   every byte that was changed.

       STEMMA_LONG=1          a hundred thousand files instead of some thousands
       STEMMA_FILES=N         so many
       STEMMA_FIRST=N         from that one on: to go on behind a run that was ended
       STEMMA_SEED=N          other ones
       STEMMA_SHAPE=NAME      of them only those made from that shape (hostile/shapes.h)
       STEMMA_CASE=N          only that file, with all questions, in this process: repeats a failure
       STEMMA_JOBS=N          processes, 2 unless said */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "hostile/memory_watch.h"
#include "hostile/trial.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#define FILES      (SANITIZED ? 1000u : 3000u)
#define FILES_LONG 120000u
#define SEED       20311u
#define JOBS_MOST  8u
#define FAILURES_MOST 20u /* of one process; then it ends */
/* No file may keep a process longer; sound ones take some hundredths of a second. */
#define CPU_MOST   (SANITIZED ? 20.0 : 5.0)

/* What one process counts; shared with the one that waits for it. */
typedef struct tally {
    uint64_t number; /* in hand */
    uint64_t done;
    uint64_t by_shape[SHAPE_COUNT][TRIAL_OUTCOMES];
    uint64_t by_kind[MUTANT_KIND_COUNT][TRIAL_OUTCOMES];
    uint64_t questions, tools;
    size_t peak, check_peak;
    double slowest;
    uint64_t slowest_number;
    trial_result result;
    int ended; /* by itself */
    int leaks;
    unsigned failures;
    uint64_t failed[FAILURES_MOST]; /* their numbers */
    char failed_how[FAILURES_MOST][480];
} tally;

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' ? strtoull(value, NULL, 0) : otherwise;
}

/* The shape that is asked for, SHAPE_COUNT for all. */
static shape wanted_shape(void)
{
    const char *name = getenv("STEMMA_SHAPE");
    int found = SHAPE_COUNT;
    for (int i = 0; name != NULL && i < SHAPE_COUNT; i++) {
        found = strcmp(shape_name((shape)i), name) == 0 ? i : found;
    }
    return (shape)found;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void note_failure(tally *self, const char *how)
{
    if (self->failures < FAILURES_MOST) {
        self->failed[self->failures] = self->number;
        snprintf(self->failed_how[self->failures], sizeof self->failed_how[0], "at \"%s\": %s",
                 self->result.stage, how);
    }
    self->failures++;
}

static void begin_plan(trial_plan *plan)
{
    memset(plan, 0, sizeof *plan);
    plan->file = memfd_create("hostile", MFD_CLOEXEC);
    plan->complaints = memfd_create("complaints", MFD_CLOEXEC);
    if (plan->file < 0 || plan->complaints < 0) {
        abort();
    }
    snprintf(plan->path, sizeof plan->path, "/proc/self/fd/%d", plan->file);
}

static void count(tally *self, const mutant *one, uint64_t number, double took)
{
    const trial_result *result = &self->result;
    self->by_shape[one->shape][result->outcome]++;
    self->by_kind[one->kind][result->outcome]++;
    self->questions += result->questions;
    self->tools += result->tools;
    self->peak = result->peak > self->peak ? result->peak : self->peak;
    self->check_peak = result->check_peak > self->check_peak ? result->check_peak : self->check_peak;
    if (took > self->slowest) {
        self->slowest = took;
        self->slowest_number = number;
    }
    self->done++;
}

/* Ends the process (SIGPROF) when it takes more processor time than that; 0: never. */
static void limit_time(int most)
{
    struct itimerval timer = {{0, 0}, {most, 0}};
    if (setitimer(ITIMER_PROF, &timer, NULL) != 0) {
        abort();
    }
}

/* In a process of its own: every jobs-th file. */
static void work(mutants *from, uint64_t seed, uint64_t first, uint64_t files, uint64_t jobs,
                 const trial_plan *plan, tally *self)
{
    static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS, SIGABRT};
    mutant one = {.bytes = {NULL, 0, 0}};
    struct rlimit core = {0, 0};
    const shape wanted = wanted_shape();
    /* The framework's handlers would carry on with the tests in the child. */
    for (size_t i = 0; i < sizeof deadly / sizeof deadly[0] && !SANITIZED; i++) {
        signal(deadly[i], SIG_DFL);
    }
    setrlimit(RLIMIT_CORE, &core);
    if (!SANITIZED) {
        rlim_t most = (rlim_t)4 << 30;
        struct rlimit memory = {most, most};
        setrlimit(RLIMIT_AS, &memory);
    }
    dup2(plan->complaints, STDERR_FILENO); /* what a sanitizer says is for the one that waits */
    for (uint64_t number = first; number < files; number += jobs) {
        self->number = number;
        if (wanted != SHAPE_COUNT && mutant_shape(number) != wanted) {
            continue;
        }
        limit_time(SANITIZED ? 60 : 20);
        mutant_make(from, seed, number, &one);
        double began = seconds();
        trial_run(plan, from, &one, number, &self->result);
        double took = seconds() - began;
        count(self, &one, number, took);
        if (self->result.wrong[0] == '\0' && took > CPU_MOST) {
            snprintf(self->result.wrong, sizeof self->result.wrong, "it took %.1f seconds", took);
        }
        if (self->result.wrong[0] != '\0') {
            note_failure(self, self->result.wrong);
        }
        if (self->failures >= FAILURES_MOST) {
            break;
        }
    }
    free(one.bytes.data);
    limit_time(0);
    fflush(NULL);
    if (ftruncate(plan->complaints, 0) == 0) {
        lseek(plan->complaints, 0, SEEK_SET);
    }
    self->leaks = memory_watch_leaks();
    self->ended = 1;
    _exit(0);
}

static void say_complaints(int complaints)
{
    static char words[6000];
    ssize_t got = pread(complaints, words, sizeof words - 1, 0);
    words[got > 0 ? got : 0] = '\0';
    print_error("%s\n", words);
}

static void add(tally *all, const tally *one)
{
    for (int outcome = 0; outcome < TRIAL_OUTCOMES; outcome++) {
        for (int i = 0; i < SHAPE_COUNT; i++) {
            all->by_shape[i][outcome] += one->by_shape[i][outcome];
        }
        for (int i = 0; i < MUTANT_KIND_COUNT; i++) {
            all->by_kind[i][outcome] += one->by_kind[i][outcome];
        }
    }
    all->done += one->done;
    all->questions += one->questions;
    all->tools += one->tools;
    all->peak = one->peak > all->peak ? one->peak : all->peak;
    all->check_peak = one->check_peak > all->check_peak ? one->check_peak : all->check_peak;
    if (one->slowest > all->slowest) {
        all->slowest = one->slowest;
        all->slowest_number = one->slowest_number;
    }
}

static void say_row(const char *what, const char *name, const uint64_t outcomes[TRIAL_OUTCOMES])
{
    print_message("figure: hostile %s %-16s", what, name);
    for (int i = 0; i < TRIAL_OUTCOMES; i++) {
        print_message(" %7llu", (unsigned long long)outcomes[i]);
    }
    print_message("\n");
}

static void say_figures(const tally *all, uint64_t seed, double took)
{
    uint64_t sums[TRIAL_OUTCOMES] = {0};
    print_message("figure: hostile files %llu seed %llu questions %llu tools %llu\n",
                  (unsigned long long)all->done, (unsigned long long)seed,
                  (unsigned long long)all->questions, (unsigned long long)all->tools);
    print_message("figure: hostile peak memory of a reader %zu bytes (limit %zu), of the check and "
                  "tools %zu\n",
                  all->peak, TRIAL_LIMIT, all->check_peak);
    print_message("figure: hostile slowest file %llu took %.2f s; %.0f files/s\n",
                  (unsigned long long)all->slowest_number, all->slowest,
                  took > 0 ? (double)all->done / took : 0);
    print_message("figure: hostile columns:");
    for (int i = 0; i < TRIAL_OUTCOMES; i++) {
        print_message("%s %s", i != 0 ? "," : "", trial_outcome_name(i));
    }
    print_message("\n");
    for (int i = 0; i < SHAPE_COUNT; i++) {
        say_row("shape", shape_name((shape)i), all->by_shape[i]);
        for (int k = 0; k < TRIAL_OUTCOMES; k++) {
            sums[k] += all->by_shape[i][k];
        }
    }
    for (int i = 0; i < MUTANT_KIND_COUNT; i++) {
        say_row("kind ", mutant_name(i), all->by_kind[i]);
    }
    say_row("all  ", "", sums);
}

/* One file again, with everything, for a debugger. */
static void repeat(mutants *from, uint64_t seed, uint64_t number)
{
    trial_plan plan;
    trial_result result;
    mutant one = {.bytes = {NULL, 0, 0}};
    const char *keep = getenv("STEMMA_KEEP");
    begin_plan(&plan);
    plan.everything = getenv("STEMMA_SAME") == NULL;
    mutant_make(from, seed, number, &one);
    print_message("%s, %s, %zu bytes%s\n", shape_name(one.shape), mutant_name(one.kind),
                  one.bytes.size, one.resealed ? ", resealed" : "");
    if (keep != NULL) {
        image_save(keep, one.bytes.data, one.bytes.size);
    }
    trial_run(&plan, from, &one, number, &result);
    print_message("%s; %s\n", trial_outcome_name(result.outcome), result.wrong);
    free(one.bytes.data);
    assert_string_equal(result.wrong, "");
}

static pid_t begin_work(mutants *from, uint64_t seed, uint64_t first, uint64_t files, uint64_t jobs,
                        const trial_plan *plan, tally *self)
{
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        work(from, seed, first, files, jobs, plan, self);
    }
    return child;
}

/* Waits for a process; one that died is followed by another, which goes on behind the file that did it. */
static void wait_for(pid_t child, mutants *from, uint64_t seed, uint64_t files, uint64_t jobs,
                     const trial_plan *plan, tally *self)
{
    for (;;) {
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        if (self->ended || self->failures >= FAILURES_MOST) {
            break;
        }
        note_failure(self, WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "the process ended");
        say_complaints(plan->complaints);
        child = begin_work(from, seed, self->number + jobs, files, jobs, plan, self);
    }
    if (self->leaks != 0) {
        note_failure(self, "memory was lost on the way");
        say_complaints(plan->complaints);
    }
    for (unsigned i = 0; i < self->failures && i < FAILURES_MOST; i++) {
        print_error("STEMMA_SEED=%llu STEMMA_CASE=%llu repeats: %s\n", (unsigned long long)seed,
                    (unsigned long long)self->failed[i], self->failed_how[i]);
    }
}

/* [F-2] [F-4] [F-5] [C-20] [C-21] */
static void no_file_harms_a_reader(void **state)
{
    (void)state;
    static mutants from;
    static trial_plan plans[JOBS_MOST];
    uint64_t seed = setting("STEMMA_SEED", SEED);
    uint64_t files = setting("STEMMA_FILES", setting("STEMMA_LONG", 0) != 0 ? FILES_LONG : FILES);
    uint64_t begin = setting("STEMMA_FIRST", 0);
    uint64_t jobs = setting("STEMMA_JOBS", 2);
    tally all = {0};
    unsigned failures = 0;
    pid_t children[JOBS_MOST];
    struct timespec began, ended;
    jobs = jobs < 1 ? 1 : jobs > JOBS_MOST ? JOBS_MOST : jobs;
    mutants_begin(&from);
    if (getenv("STEMMA_CASE") != NULL) {
        repeat(&from, seed, setting("STEMMA_CASE", 0));
        mutants_end(&from);
        return;
    }
    tally *tallies = mmap(NULL, JOBS_MOST * sizeof *tallies, PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(tallies != MAP_FAILED);
    clock_gettime(CLOCK_MONOTONIC, &began);
    for (uint64_t i = 0; i < jobs; i++) {
        begin_plan(&plans[i]);
        children[i] = begin_work(&from, seed, begin + i, files, jobs, &plans[i], &tallies[i]);
    }
    for (uint64_t i = 0; i < jobs; i++) {
        wait_for(children[i], &from, seed, files, jobs, &plans[i], &tallies[i]);
        failures += tallies[i].failures;
        add(&all, &tallies[i]);
        close(plans[i].file);
        close(plans[i].complaints);
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    say_figures(&all, seed, (double)(ended.tv_sec - began.tv_sec) +
                                (double)(ended.tv_nsec - began.tv_nsec) / 1e9);
    mutants_end(&from);
    assert_int_equal(failures, 0);
    /* The files reach all depths. */
    uint64_t reached[TRIAL_OUTCOMES] = {0};
    for (int i = 0; i < SHAPE_COUNT; i++) {
        for (int k = 0; k < TRIAL_OUTCOMES; k++) {
            reached[k] += all.by_shape[i][k];
        }
    }
    for (int k = TRIAL_PAGES; k <= TRIAL_SILENT; k++) {
        assert_true(all.done < 1000 || reached[k] > all.done / 40);
    }
    munmap(tallies, JOBS_MOST * sizeof *tallies);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_file_harms_a_reader)};
    memory_watch_begin();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
