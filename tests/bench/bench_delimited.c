/* SPDX-License-Identifier: MIT */
/* How fast tables are read: bench_delimited [--mapping NAME] [--jobs N] [--repeat N] FILE. The rows
   go nowhere: actors and terms are numbered, rows are counted. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "digest.h"
#include "pack/rows.h"

#define SLOTS ((size_t)1 << 22)

/* A table of names as a writer would keep it. */
struct counting {
    uint64_t *digests;
    uint32_t *handles;
    uint32_t actors;
    uint32_t terms;
    uint64_t rows;
    uint64_t participants;
    char names[4096][256];
};

static stemma_status add_term(void *context, const stemma_term *term, stemma_error *error)
{
    struct counting *counting = context;
    (void)error;
    if (counting->terms < 4096 && term->name.size < 256) {
        memcpy(counting->names[counting->terms], term->name.data, term->name.size);
        counting->terms++;
    }
    return STEMMA_OK;
}

static stemma_status find_term(void *context, uint8_t kind, stemma_text name, uint32_t *handle,
                               stemma_error *error)
{
    struct counting *counting = context;
    (void)kind;
    (void)error;
    for (uint32_t i = 0; i < counting->terms; i++) {
        if (stemma_text_equal(name, stemma_text_of(counting->names[i]))) {
            *handle = i;
            return STEMMA_OK;
        }
    }
    return STEMMA_E_INVALID;
}

static stemma_status begin(void *context, const stemma_document *fields, stemma_error *error)
{
    (void)context;
    (void)fields;
    (void)error;
    return STEMMA_OK;
}

static stemma_status actor(void *context, stemma_text type, stemma_text name, uint32_t *handle,
                           stemma_error *error)
{
    struct counting *counting = context;
    uint64_t digest =
        stm_hash64((stemma_bytes){(const uint8_t *)name.data, name.size}, type.size) | 1;
    size_t at = (size_t)digest & (SLOTS - 1);
    (void)error;
    while (counting->digests[at] != 0 && counting->digests[at] != digest) {
        at = (at + 1) & (SLOTS - 1);
    }
    if (counting->digests[at] == 0) {
        if (counting->actors == SLOTS / 2) {
            return STEMMA_E_NO_MEMORY;
        }
        counting->digests[at] = digest;
        counting->handles[at] = counting->actors++;
    }
    *handle = counting->handles[at];
    return STEMMA_OK;
}

static stemma_status rows(void *context, const stemma_row *list, size_t count, size_t *taken,
                          stemma_error *error)
{
    struct counting *counting = context;
    (void)error;
    for (size_t i = 0; i < count; i++) {
        counting->participants += list[i].participant_count;
    }
    counting->rows += count;
    *taken = count;
    return STEMMA_OK;
}

static stemma_status digest(void *context, const uint8_t bytes[STEMMA_DIGEST_SIZE], uint64_t size,
                            stemma_error *error)
{
    (void)context;
    (void)bytes;
    (void)size;
    (void)error;
    return STEMMA_OK;
}

static stemma_status end(void *context, uint32_t *number, stemma_error *error)
{
    (void)context;
    (void)error;
    *number = 0;
    return STEMMA_OK;
}

static double read_once(const char *path, const struct stm_mapping *mapping, unsigned jobs)
{
    struct counting *counting = calloc(1, sizeof *counting);
    struct stm_row_sink sink = {counting, add_term, begin, find_term, actor, rows, digest, end, NULL, NULL, NULL, NULL};
    struct stm_row_joins joins = {0};
    struct stm_rows_input input = {.file = open(path, O_RDONLY),
                                   .name = stemma_text_of(path),
                                   .uri = stemma_text_of(path),
                                   .mapping = mapping,
                                   .jobs = jobs,
                                   .joins = &joins};
    struct stm_rows_result result = {0};
    struct timespec from;
    struct timespec to;
    stemma_error error = {0};
    stm_problems problems;
    stemma_status status = STEMMA_E_NO_MEMORY;
    stm_problems_to_buffer(&problems);
    if (counting != NULL) {
        counting->digests = calloc(SLOTS, sizeof *counting->digests);
        counting->handles = calloc(SLOTS, sizeof *counting->handles);
    }
    clock_gettime(CLOCK_MONOTONIC, &from);
    if (counting != NULL && counting->digests != NULL && counting->handles != NULL) {
        status = stm_rows_read(&input, &sink, &problems, &result, &error);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    double seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) * 1e-9;
    if (status != STEMMA_OK) {
        fprintf(stderr, "bench_delimited: %s: %s\n", path,
                error.message[0] != '\0' ? error.message : stemma_status_text(status));
        exit(1);
    }
    printf(
        "%llu rows (%llu refused, %llu left out), %llu participants, %u actors, %u terms: %.3f s, "
        "%.2f M rows/s\n",
        (unsigned long long)result.rows, (unsigned long long)result.refused,
        (unsigned long long)result.skipped, (unsigned long long)counting->participants,
        counting->actors, counting->terms, seconds, (double)result.rows / seconds / 1e6);
    if (problems.json.size != 0) {
        fwrite(problems.json.data, 1, problems.json.size < 500 ? problems.json.size : 500, stderr);
    }
    close(input.file);
    stm_row_joins_free(&joins);
    stm_problems_free(&problems);
    free(counting->digests);
    free(counting->handles);
    free(counting);
    return seconds;
}

int main(int argc, char **argv)
{
    const char *name = NULL;
    unsigned jobs = 2;
    int repeat = 5;
    struct stm_mapping mapping;
    struct stm_arena arena;
    stm_problems problems;
    int i = 1;
    for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
        if (strcmp(argv[i], "--mapping") == 0) {
            name = argv[i + 1];
        } else if (strcmp(argv[i], "--jobs") == 0) {
            jobs = (unsigned)strtoul(argv[i + 1], NULL, 10);
        } else if (strcmp(argv[i], "--repeat") == 0) {
            repeat = (int)strtol(argv[i + 1], NULL, 10);
        }
    }
    if (i + 1 != argc) {
        fprintf(stderr, "usage: bench_delimited [--mapping NAME] [--jobs N] [--repeat N] FILE\n");
        return 2;
    }
    stm_arena_init(&arena, 0);
    stm_problems_to_buffer(&problems);
    if (name != NULL && stm_mapping_load(&mapping, name, &arena, &problems) != STEMMA_OK) {
        fwrite(problems.json.data, 1, problems.json.size, stderr);
        return 1;
    }
    for (int k = 0; k < repeat; k++) {
        read_once(argv[i], name != NULL ? &mapping : NULL, jobs);
    }
    stm_problems_free(&problems);
    stm_arena_free(&arena);
    return 0;
}
