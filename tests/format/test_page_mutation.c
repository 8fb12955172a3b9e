/* SPDX-License-Identifier: MIT */
/* Whatever is done to a file: the preflight survives it, and what it accepts LMDB survives. */
#include "page_check.h"
#include "page_layout.h"
#include "page_seal.h"
#include "support/mutate.h"
#include "support/page_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define MUTATIONS  6000u
#define TIME_LIMIT 30 /* seconds for all, against endless loops; it takes a few */

/* Shared with the child that does the dangerous work. */
typedef struct progress {
    uint32_t number;   /* the mutation in hand */
    char stage[16];    /* what is being done with it */
    uint32_t accepted; /* found sound by the preflight */
    uint32_t tried[MUTATE_KIND_COUNT];
    uint32_t refused[MUTATE_KIND_COUNT];
    uint32_t unreadable; /* accepted, but LMDB reported an error */
} progress;

static void record_few(uint32_t number, uint8_t key[511], size_t *key_size,
                       uint8_t value[PAGE_FILE_VALUE_MAX], size_t *value_size)
{
    *key_size = (size_t)snprintf((char *)key, 511, "%04u", number);
    *value_size = number % 2 == 0 ? 10 : 6000;
    memset(value, (int)number, *value_size);
}

/* Small files, so that many damages fall on something that matters. */
static const page_file_table rows_only[] = {{"person", 2000, NULL}};
static const page_file_table mixed[] = {
    {"few", 40, record_few}, {"name", 400, NULL}, {"person", 50, NULL}, {"vacant", 0, NULL}};

static page_file build(const page_file_table *tables, size_t count)
{
    page_file_table filled[8];
    const page_file_options options = {.batch = 300};
    for (size_t i = 0; i < count; i++) {
        filled[i] = tables[i];
        for (size_t j = 0; j < PAGE_FILE_SAMPLE_COUNT && filled[i].record == NULL; j++) {
            if (strcmp(page_file_sample[j].name, filled[i].name) == 0) {
                filled[i].record = page_file_sample[j].record;
            }
        }
    }
    return page_file_build_sealed(filled, count, &options);
}

/* Whether the same file, checked in shares, is found sound. */
static bool sound_in_shares(stemma_bytes file, uint32_t parts)
{
    size_t size = stm_page_bitmap_size(file.size);
    uint8_t *claimed = malloc(2 * size);
    stm_page_report report, other;
    if (claimed == NULL) {
        abort();
    }
    bool sound = stm_page_check_share(file, 0, parts, claimed, size, &report) == STEMMA_OK;
    for (uint32_t part = 1; sound && part < parts; part++) {
        sound =
            stm_page_check_share(file, part, parts, claimed + size, size, &other) == STEMMA_OK &&
            stm_page_check_join(file, claimed, &report, claimed + size, &other);
    }
    sound = sound && stm_page_check_whole(file, claimed, &report);
    free(claimed);
    return sound;
}

/* One case: a file, one to three damages, the preflight, the seal, LMDB. */
static void run_case(const page_file *files, size_t count, uint64_t seed, progress *shared)
{
    mutate_random random = {seed};
    const page_file *original = &files[mutate_below(&random, count)];
    page_file file = page_file_copy(original);
    uint64_t damages = 1 + (mutate_below(&random, 4) == 0 ? mutate_below(&random, 3) : 0);
    mutation kind = MUTATE_BIT;
    for (uint64_t i = 0; i < damages; i++) {
        kind = (mutation)mutate_below(&random, MUTATE_KIND_COUNT);
        mutate_apply(&random, kind, file.data, &file.size);
    }
    /* A block of exactly the size, so that a sanitizer sees reads past the end. */
    uint8_t *exact = malloc(file.size != 0 ? file.size : 1);
    size_t bitmap_size = stm_page_bitmap_size(file.size);
    uint8_t *bitmap = malloc(bitmap_size);
    if (exact == NULL || bitmap == NULL) {
        abort();
    }
    memcpy(exact, file.data, file.size);
    stemma_bytes bytes = {exact, file.size};
    memcpy(shared->stage, "preflight", sizeof "preflight");
    stemma_status status = stm_page_check(bytes, bitmap, bitmap_size, NULL, NULL);
    memcpy(shared->stage, "shares", sizeof "shares");
    uint32_t parts = 2 + (uint32_t)(seed % 4);
    if (sound_in_shares(bytes, parts) != (status == STEMMA_OK)) {
        _exit(2); /* the verdict depends on the threads */
    }
    if (damages == 1) {
        shared->tried[kind]++;
        shared->refused[kind] += status != STEMMA_OK;
    }
    if (status == STEMMA_OK) {
        shared->accepted++;
        memcpy(shared->stage, "lmdb", sizeof "lmdb");
        shared->unreadable += !page_file_read_all(exact, file.size, NULL, NULL);
    }
    memcpy(shared->stage, "seal", sizeof "seal");
    status = stm_page_seal(exact, file.size, NULL);
    (void)status; /* any is right, as long as it comes back */
    free(exact);
    free(bitmap);
    page_file_free(&file);
}

/* [C-20] */
static void no_mutation_crashes_the_preflight_or_lmdb_behind_it(void **state)
{
    (void)state;
    const char *wanted = getenv("STEMMA_TEST_SEED");
    uint64_t seed = wanted != NULL ? strtoull(wanted, NULL, 0) : (uint64_t)time(NULL) << 16;
    print_message("seed %llu (STEMMA_TEST_SEED repeats it)\n", (unsigned long long)seed);
    progress *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(shared != MAP_FAILED);
    page_file files[3] = {
        build(rows_only, 1),
        build(mixed, 4),
        page_file_build_sealed(page_file_sample, PAGE_FILE_SAMPLE_COUNT, &(page_file_options){0}),
    };

    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        alarm(TIME_LIMIT);
        for (shared->number = 0; shared->number < MUTATIONS; shared->number++) {
            run_case(files, 3, seed + shared->number, shared);
        }
        _exit(0);
    }
    int outcome = 0;
    assert_int_equal(waitpid(child, &outcome, 0), child);
    if (!WIFEXITED(outcome) || WEXITSTATUS(outcome) != 0) {
        fail_msg("mutation %u (STEMMA_TEST_SEED=%llu) ended the child in stage %s: %s %d",
                 shared->number, (unsigned long long)(seed + shared->number), shared->stage,
                 WIFSIGNALED(outcome) ? "signal" : "exit",
                 WIFSIGNALED(outcome) ? WTERMSIG(outcome) : WEXITSTATUS(outcome));
    }
    assert_int_equal(shared->number, MUTATIONS);
    for (int kind = 0; kind < MUTATE_KIND_COUNT; kind++) {
        print_message("%-16s %5u of %5u refused\n", mutation_name((mutation)kind),
                      shared->refused[kind], shared->tried[kind]);
        assert_true(shared->tried[kind] > 0);
        assert_true(shared->refused[kind] > 0); /* else the mutation or the check does nothing */
    }
    print_message("%u of %u accepted, %u of these unreadable to LMDB\n", shared->accepted,
                  MUTATIONS, shared->unreadable);
    assert_true(shared->accepted > MUTATIONS / 100); /* else LMDB was hardly asked */
    assert_int_equal(shared->unreadable, 0);
    for (size_t i = 0; i < 3; i++) {
        page_file_free(&files[i]);
    }
    munmap(shared, sizeof *shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_mutation_crashes_the_preflight_or_lmdb_behind_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
