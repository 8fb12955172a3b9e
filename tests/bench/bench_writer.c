/* SPDX-License-Identifier: MIT */
/* Time and size of writing made-up articles: bench_writer [DOCUMENTS [PATH]], bench_writer events
 * COUNT [PATH]. */
#include "stemma/edtf.h"
#include "stemma/write.h"
#include "support/corpus.h"

#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "page_check.h"
#include <sys/mman.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

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

static void print_tables(const char *path)
{
    struct stat about;
    int file = open(path, O_RDONLY);
    if (file < 0 || fstat(file, &about) != 0) {
        return;
    }
    size_t size = (size_t)about.st_size;
    void *map = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
    stemma_bytes bytes = {map, size};
    uint8_t *claimed = malloc(stm_page_bitmap_size(size));
    static stm_page_report pages;
    if (stm_page_check(bytes, claimed, stm_page_bitmap_size(size), &pages, NULL) == STEMMA_OK) {
        for (uint32_t i = 0; i < pages.table_count; i++) {
            const stm_page_table *t = &pages.tables[i];
            uint64_t all = t->branch_pages + t->leaf_pages + t->overflow_pages;
            printf("  %-14s %8llu entries %8llu bytes in pages, %3.0f %% used\n", t->name,
                   (unsigned long long)t->entries, (unsigned long long)all * 4096,
                   all > 0 ? 100.0 * (double)t->bytes_used / ((double)all * 4096) : 0.0);
        }
    }
    printf("  file %zu bytes\n", size);
    free(claimed);
    munmap(map, size);
    close(file);
}

/* A coded data set: one document without text, `count` events among 5,000 actors. */
static int write_events(uint32_t count, const char *path)
{
    static char names[5000][24];
    static char days[4000][12];
    static const char *const types[] = {"contact.meet",  "justice.arrest", "conflict.attack",
                                        "sanction.lift", "statement.say",  "justice.release"};
    static const char *const roles[][2] = {{"participant", "participant"},
                                           {"agent", "patient"},
                                           {"agent", "target"},
                                           {"agent", "target"},
                                           {"speaker", "addressee"},
                                           {"agent", "patient"}};
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_writer *writer = NULL;
    stemma_error error = {0};
    stemma_run run = {stemma_text_of("bench"), stemma_text_of("1"), STEMMA_RUN_IMPORT, {NULL, 0}};
    stemma_document d = {0};
    uint32_t number = 0;
    uint32_t actors = 5000;
    uint64_t state = 1;
    stemma_referent *referents = calloc(actors + count, sizeof *referents);
    stemma_name *name_list = calloc(actors, sizeof *name_list);
    stemma_assertion *assertions = calloc((size_t)count * 4, sizeof *assertions);
    for (uint32_t i = 0; i < actors; i++) {
        snprintf(names[i], sizeof names[i], "Actor %u of %u", i, i * 7919 % 211);
        name_list[i].text = stemma_text_of(names[i]);
        referents[i].type = stemma_text_of("organization");
        referents[i].names = &name_list[i];
        referents[i].name_count = 1;
    }
    for (uint32_t i = 0; i < 4000; i++) {
        stemma_day_text((int64_t)(8000 + i) * 86400, days[i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        uint32_t type = (uint32_t)(state >> 33) % 6;
        referents[actors + i].kind = STEMMA_REFERENT_EVENT;
        referents[actors + i].type = stemma_text_of(types[type]);
        for (uint32_t k = 0; k < 4; k++) {
            stemma_assertion *a = &assertions[(size_t)i * 4 + k];
            state = state * 6364136223846793005u + 1442695040888963407u;
            uint32_t random = (uint32_t)(state >> 33);
            a->subject = actors + i;
            a->speaker = STEMMA_NONE;
            a->via = STEMMA_NONE;
            a->confidence = STEMMA_NO_CONFIDENCE;
            if (k == 0) {
                a->predicate = stemma_text_of("type");
                a->object.kind = STEMMA_OBJECT_TEXT;
                a->object.as.text = stemma_text_of(types[type]);
            } else if (k == 3) {
                a->predicate = stemma_text_of("time");
                a->object.kind = STEMMA_OBJECT_TIME;
                a->object.as.time.edtf = stemma_text_of(days[random % 4000]);
            } else {
                a->predicate = stemma_text_of(roles[type][k - 1]);
                a->object.kind = STEMMA_OBJECT_REFERENT;
                a->object.as.referent =
                    (uint32_t)((uint64_t)(random % actors) * (random / actors % actors) / actors);
            }
        }
    }
    d.uri = stemma_text_of("urn:events");
    d.referents = referents;
    d.referent_count = actors + count;
    d.assertions = assertions;
    d.assertion_count = count * 4;
    options.flags = STEMMA_WRITE_REPLACE;
    options.progress = report;
    double start = now();
    if (stemma_writer_new(&writer, path, &options, &error) != STEMMA_OK ||
        stemma_writer_add_run(writer, &run, &number, &error) != STEMMA_OK ||
        stemma_writer_add_document(writer, &d, &number, &error) != STEMMA_OK) {
        fprintf(stderr, "%s at %s: %s\n", error.code, error.where, error.message);
        return 1;
    }
    printf("  %-20s %.3f s\n", "adding", now() - start);
    if (stemma_writer_finish(writer, &error) != STEMMA_OK) {
        fprintf(stderr, "%s at %s: %s\n", error.code, error.where, error.message);
        return 1;
    }
    report(NULL, "", 0, 0);
    printf("  %-20s %.3f s\n", "in all", now() - start);
    stemma_writer_free(writer);
    print_tables(path);
    free(referents);
    free(name_list);
    free(assertions);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "events") == 0) {
        return write_events((uint32_t)strtoul(argv[2], NULL, 10),
                            argc > 3 ? argv[3] : "/tmp/bench_writer.stemma");
    }
    static corpus_names names;
    uint32_t count = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000;
    const char *path = argc > 2 ? argv[2] : "/tmp/bench_writer.stemma";
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_writer *writer = NULL;
    stemma_error error = {0};
    stemma_run run = {stemma_text_of("bench"), stemma_text_of("1"), STEMMA_RUN_RULE, {NULL, 0}};
    uint32_t number = 0;
    uint64_t text = 0;
    uint64_t mentions = 0;
    uint64_t assertions = 0;
    corpus_make_names(&names);
    options.flags = STEMMA_WRITE_REPLACE;
    options.progress = report;
    if (stemma_writer_new(&writer, path, &options, &error) != STEMMA_OK ||
        stemma_writer_add_run(writer, &run, &number, &error) != STEMMA_OK) {
        fprintf(stderr, "%s: %s\n", error.code, error.message);
        return 1;
    }
    double adding = 0;
    for (uint32_t i = 0; i < count; i++) {
        corpus_document *d = corpus_make(&names, i);
        text += d->document.text.size;
        mentions += d->document.mention_count;
        assertions += d->document.assertion_count;
        double start = now();
        if (stemma_writer_add_document(writer, &d->document, &number, &error) != STEMMA_OK) {
            fprintf(stderr, "%s at %s: %s\n", error.code, error.where, error.message);
            return 1;
        }
        adding += now() - start;
        corpus_free(d);
        if (i > 0) { /* join what the first referents of neighbours are, to have clusters */
            stemma_judgement j = {0};
            j.left.document = i - 1;
            j.right.document = i;
            j.verdict = i % 10 == 0 ? STEMMA_VERDICT_NOT_SAME : STEMMA_VERDICT_SAME;
            j.score = (uint16_t)(i % 1000);
            if (stemma_writer_add_judgement(writer, &j, &error) != STEMMA_OK) {
                fprintf(stderr, "%s\n", error.message);
                return 1;
            }
        }
    }
    printf("%u documents, %llu bytes of text, %llu mentions, %llu assertions\n", count,
           (unsigned long long)text, (unsigned long long)mentions, (unsigned long long)assertions);
    printf("  %-20s %.3f s\n", "adding", adding);
    double start = now();
    if (stemma_writer_finish(writer, &error) != STEMMA_OK) {
        fprintf(stderr, "%s at %s: %s\n", error.code, error.where, error.message);
        return 1;
    }
    report(NULL, "", 0, 0);
    printf("  %-20s %.3f s\n", "finish in all", now() - start);
    stemma_writer_free(writer);
    print_tables(path);
    return 0;
}
