/* SPDX-License-Identifier: MIT */
/* Time and size of writing a data set: bench_rows TABLE COPIES [PATH [JOBS [MEGABYTES]]]. TABLE is
   lines of day, actor, type, actor, separated by tabs. Every copy stands a year after the one
   before it; in every second copy the actors have other names. */
#include "stemma/edtf.h"
#include "stemma/write.h"

#include "digest.h"
#include "page_check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BATCH 8192u

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double stage_began;
static char stage_name[64];

static void report(void *context, const char *stage, uint64_t done, uint64_t total)
{
    (void)context;
    (void)done;
    (void)total;
    if (strcmp(stage, stage_name) != 0) {
        if (stage_name[0] != '\0') {
            printf("  %-20s %.3f s\n", stage_name, now() - stage_began);
        }
        snprintf(stage_name, sizeof stage_name, "%s", stage);
        stage_began = now();
    }
}

static void need(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fprintf(stderr, "%s %s %s\n", error->code, error->where, error->message);
        exit(1);
    }
}

static char *read_file(const char *path, size_t *size)
{
    struct stat about;
    int file = open(path, O_RDONLY);
    if (file < 0 || fstat(file, &about) != 0) {
        perror(path);
        exit(1);
    }
    char *bytes = malloc((size_t)about.st_size + 1);
    if (bytes == NULL || read(file, bytes, (size_t)about.st_size) != about.st_size) {
        exit(1);
    }
    close(file);
    *size = (size_t)about.st_size;
    return bytes;
}

/* "Make statement" is coded.make_statement. */
static uint32_t type_of(stemma_writer *writer, stemma_text words)
{
    char name[256] = "coded.";
    size_t at = 6;
    stemma_error error;
    stemma_term term = {0};
    uint32_t handle = 0;
    int gap = 0;
    for (size_t i = 0; i < words.size && at < 200; i++) {
        char c = words.data[i];
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        if ((c >= 'a' && c <= 'z') || (at > 6 && c >= '0' && c <= '9')) {
            if (gap && at > 6) {
                name[at++] = '_';
            }
            name[at++] = c;
            gap = 0;
        } else {
            gap = 1;
        }
    }
    term.kind = STEMMA_TERM_EVENT_TYPE;
    term.name.data = name;
    term.name.size = at;
    term.label = words;
    term.roles = stemma_text_of("agent patient");
    need(stemma_writer_add_term(writer, &term, &error), &error);
    need(stemma_writer_row_term(writer, STEMMA_TERM_EVENT_TYPE, term.name, &handle, &error),
         &error);
    return handle;
}

typedef struct parsed {
    stemma_row *rows;
    stemma_row_participant *participants;
    char *days;
    size_t count;
} parsed;

typedef struct known_type {
    stemma_text words;
    uint32_t handle;
} known_type;

static uint32_t find_type(stemma_writer *writer, known_type *types, stemma_text words)
{
    size_t slot = words.size * 131 + (unsigned char)words.data[0] * 7u +
                  (unsigned char)words.data[words.size - 1];
    for (size_t i = 0; i < words.size; i++) {
        slot = slot * 31 + (unsigned char)words.data[i];
    }
    slot %= 4096;
    while (types[slot].words.size > 0 && !stemma_text_equal(types[slot].words, words)) {
        slot = (slot + 1) % 4096;
    }
    if (types[slot].words.size == 0) {
        types[slot].words = words;
        types[slot].handle = type_of(writer, words);
    }
    return types[slot].handle;
}

static uint32_t actor_of(stemma_writer *writer, stemma_text name, int renamed)
{
    char other[1100];
    stemma_error error;
    uint32_t handle = 0;
    size_t used = 0;
    for (size_t i = 0; i < name.size; i++) { /* single spaces */
        if (name.data[i] != ' ' || (used > 0 && other[used - 1] != ' ')) {
            other[used++] = name.data[i];
        }
    }
    used -= used > 0 && other[used - 1] == ' ';
    if (renamed) {
        memcpy(other + used, " II", 3);
        used += 3;
    }
    name.data = other;
    name.size = used;
    need(stemma_writer_row_actor(writer, stemma_text_of("person"), name, &handle, &error), &error);
    return handle;
}

static parsed parse(stemma_writer *writer, const char *bytes, size_t size, uint32_t copies)
{
    parsed out = {0};
    stemma_error error;
    uint32_t agent, patient;
    known_type *types = calloc(4096, sizeof *types);
    for (size_t i = 0; i < size; i++) {
        out.count += bytes[i] == '\n';
    }
    size_t lines = out.count;
    out.count *= copies;
    out.rows = calloc(out.count, sizeof *out.rows);
    out.participants = calloc(out.count * 2, sizeof *out.participants);
    out.days = malloc(out.count * 10);
    if (types == NULL || out.rows == NULL || out.participants == NULL || out.days == NULL) {
        exit(1);
    }
    need(stemma_writer_row_term(writer, STEMMA_TERM_PREDICATE, stemma_text_of("agent"), &agent,
                                &error),
         &error);
    need(stemma_writer_row_term(writer, STEMMA_TERM_PREDICATE, stemma_text_of("patient"), &patient,
                                &error),
         &error);
    for (uint32_t c = 0; c < copies; c++) {
        const char *at = bytes;
        for (size_t i = 0; i < lines; i++) {
            stemma_text cell[4];
            for (int f = 0; f < 4; f++) {
                const char *end = strchr(at, f < 3 ? '\t' : '\n');
                cell[f].data = at;
                cell[f].size = (size_t)(end - at);
                at = end + 1;
            }
            size_t k = c * lines + i;
            char *day = out.days + k * 10;
            char year[16];
            memcpy(day, cell[0].data, 10);
            snprintf(year, sizeof year, "%04u", (unsigned)atoi(cell[0].data) + c);
            memcpy(day, year, 4);
            stemma_row *row = &out.rows[k];
            row->number = (uint32_t)k + 1;
            row->type = find_type(writer, types, cell[2]);
            row->time.data = day;
            row->time.size = 10;
            row->place = row->source = row->quantity_predicate = STEMMA_NONE;
            row->participants = &out.participants[k * 2];
            row->participant_count = 2;
            out.participants[k * 2].role = agent;
            out.participants[k * 2].actor = actor_of(writer, cell[1], c % 2 == 1);
            out.participants[k * 2 + 1].role = patient;
            out.participants[k * 2 + 1].actor = actor_of(writer, cell[3], c % 2 == 1);
        }
    }
    free(types);
    return out;
}

static void print_tables(const char *path, size_t rows)
{
    size_t size = 0;
    char *bytes = read_file(path, &size);
    stemma_bytes file = {(const uint8_t *)bytes, size};
    uint8_t *claimed = malloc(stm_page_bitmap_size(size));
    static stm_page_report pages;
    if (claimed != NULL &&
        stm_page_check(file, claimed, stm_page_bitmap_size(size), &pages, NULL) == STEMMA_OK) {
        for (uint32_t i = 0; i < pages.table_count; i++) {
            const stm_page_table *t = &pages.tables[i];
            uint64_t all = (t->branch_pages + t->leaf_pages + t->overflow_pages) * 4096;
            if (all > 4096) {
                printf("  %-14s %8llu entries %10llu bytes %7.3f a row, %3.0f %% used\n", t->name,
                       (unsigned long long)t->entries, (unsigned long long)all,
                       (double)all / (double)rows, 100.0 * (double)t->bytes_used / (double)all);
            }
        }
    }
    printf("  file %zu bytes, %.3f a row\n", size, (double)size / (double)rows);
    free(claimed);
    free(bytes);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "bench_rows TABLE COPIES [PATH [JOBS [MEGABYTES]]]\n");
        return 2;
    }
    const char *path = argc > 3 ? argv[3] : "bench_rows.stemma";
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_writer *writer = NULL;
    stemma_error error = {0};
    stemma_document fields = {0};
    stemma_run run = {{"bench", 5}, {"1", 1}, STEMMA_RUN_IMPORT, {NULL, 0}};
    uint8_t digest[STEMMA_DIGEST_SIZE];
    uint32_t number = 0;
    size_t size = 0;
    struct rusage before, usage;
    char *bytes = read_file(argv[1], &size);
    bytes[size] = '\0';
    options.flags = STEMMA_WRITE_REPLACE;
    options.progress = report;
    options.jobs = argc > 4 ? (unsigned)atoi(argv[4]) : 1;
    options.memory = argc > 5 ? (uint64_t)atoi(argv[5]) << 20 : UINT64_C(8) << 30;
    need(stemma_writer_new(&writer, path, &options, &error), &error);
    fields.uri = stemma_text_of("urn:bench");
    fields.media_type = stemma_text_of("text/tab-separated-values");
    need(stemma_writer_add_run(writer, &run, &number, &error), &error);
    need(stemma_writer_begin_rows(writer, &fields, number, &error), &error);
    parsed all = parse(writer, bytes, size, (uint32_t)atoi(argv[2]));
    stemma_bytes table = {(const uint8_t *)bytes, size};
    stm_sha256(digest, table);
    getrusage(RUSAGE_SELF, &before);

    double begin = now();
    for (size_t at = 0; at < all.count;) {
        size_t count = all.count - at < BATCH ? all.count - at : BATCH;
        size_t taken = 0;
        need(stemma_writer_add_rows(writer, all.rows + at, count, &taken, &error), &error);
        at += count;
    }
    double added = now();
    need(stemma_writer_rows_digest(writer, digest, size * (size_t)atoi(argv[2]), &error), &error);
    need(stemma_writer_end_rows(writer, &number, &error), &error);
    double ended = now();
    printf("add_rows %.3f s, end_rows %.3f s\n", added - begin, ended - added);
    need(stemma_writer_finish(writer, &error), &error);
    report(NULL, "", 0, 0);
    double finished = now();
    stemma_writer_free(writer);
    getrusage(RUSAGE_SELF, &usage);
    printf("processor %.3f s\n", (double)(usage.ru_utime.tv_sec - before.ru_utime.tv_sec +
                                          usage.ru_stime.tv_sec - before.ru_stime.tv_sec) +
                                     (double)(usage.ru_utime.tv_usec - before.ru_utime.tv_usec +
                                              usage.ru_stime.tv_usec - before.ru_stime.tv_usec) *
                                         1e-6);
    printf("finish %.3f s, in all %.3f s, %.2f M rows/s; memory %.1f MB beyond %.1f MB of input\n",
           finished - ended, finished - begin, (double)all.count / (finished - begin) / 1e6,
           (double)(usage.ru_maxrss - before.ru_maxrss) / 1024, (double)before.ru_maxrss / 1024);
    print_tables(path, all.count);
    free(all.rows);
    free(all.participants);
    free(all.days);
    free(bytes);
    return 0;
}
