/* SPDX-License-Identifier: MIT */
/* Find, search and check over a made-up corpus: bench_lookup [documents]. Medians of single calls,
   warm. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stemma/check.h"
#include "stemma/find.h"
#include "stemma/search.h"
#include "support/knowledge.h"
#include "support/prng.h"

#define ROUNDS 300

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

typedef struct bench {
    stemma_snapshot *snapshot;
    const corpus_names *names;
    prng random;
} bench;

typedef uint32_t question(bench *b);

static uint32_t find(bench *b, const char *name)
{
    const stemma_found *found;
    uint32_t count = 0;
    if (stemma_find(b->snapshot, stemma_text_of(name), NULL, &found, &count, NULL) != STEMMA_OK) {
        abort();
    }
    return count;
}

static uint32_t search(bench *b, const char *query)
{
    const stemma_hit *hits;
    uint32_t count = 0;
    if (stemma_search(b->snapshot, stemma_text_of(query), NULL, &hits, &count, NULL) != STEMMA_OK) {
        abort();
    }
    return count;
}

static uint32_t exact_name(bench *b)
{
    return find(b, b->names->person[prng_below(&b->random, 400)]);
}

static uint32_t same_name(bench *b)
{
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    const stemma_found *found;
    uint32_t count = 0;
    options.threshold = 1000;
    options.limit = 1;
    if (stemma_find(b->snapshot, stemma_text_of(b->names->person[prng_below(&b->random, 400)]),
                    &options, &found, &count, NULL) != STEMMA_OK) {
        abort();
    }
    return count;
}

static uint32_t surname(bench *b)
{
    return find(b, strchr(b->names->person[prng_below(&b->random, 400)], ' ') + 1);
}

static uint32_t misspelt_name(bench *b)
{
    char name[40];
    snprintf(name, sizeof name, "%s", b->names->person[prng_below(&b->random, 400)]);
    char held = name[2];
    name[2] = name[3];
    name[3] = held;
    return find(b, name);
}

static uint32_t one_word(bench *b)
{
    return search(b, b->names->word[prng_below(&b->random, 1000)]);
}

static uint32_t two_words(bench *b)
{
    char query[64];
    snprintf(query, sizeof query, "%s %s", b->names->word[prng_below(&b->random, 300)],
             b->names->word[prng_below(&b->random, 300)]);
    return search(b, query);
}

static uint32_t phrase(bench *b)
{
    char query[64];
    snprintf(query, sizeof query, "\"%s %s\"", b->names->word[prng_below(&b->random, 30)],
             b->names->word[prng_below(&b->random, 30)]);
    return search(b, query);
}

static void measure(bench *b, const char *what, question *ask)
{
    static double times[ROUNDS];
    uint64_t answers = 0;
    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        answers += ask(b);
        times[i] = now() - start;
        stemma_snapshot_reset(b->snapshot);
    }
    qsort(times, ROUNDS, sizeof times[0], by_size);
    printf("%-14s median %8.1f us, 95%% %8.1f us, %.1f answers\n", what, times[ROUNDS / 2] * 1e6,
           times[ROUNDS * 95 / 100] * 1e6, (double)answers / ROUNDS);
}

int main(int argc, char **argv)
{
    static corpus_names names;
    uint32_t count = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000;
    corpus_document **documents = calloc(count + 1u, sizeof *documents);
    char path[64];
    stemma_file *file = NULL;
    stemma_counts counts;
    stemma_check_summary summary;
    bench b = {NULL, &names, {7}};
    double start;
    if (documents == NULL) {
        return 1;
    }
    corpus_make_names(&names);
    for (uint32_t i = 0; i < count; i++) {
        documents[i] = corpus_make(&names, i);
    }
    start = now();
    knowledge_write(path, documents, count);
    printf("written in %.2f s\n", now() - start);
    b.snapshot = knowledge_open(path, &file);
    stemma_counts_get(file, &counts);
    printf("%llu documents, %llu entities, %llu terms\n", (unsigned long long)counts.documents,
           (unsigned long long)counts.entities, (unsigned long long)counts.terms);
    measure(&b, "exact name", exact_name);
    measure(&b, "same name only", same_name);
    measure(&b, "surname", surname);
    measure(&b, "misspelt name", misspelt_name);
    measure(&b, "one word", one_word);
    measure(&b, "two words", two_words);
    measure(&b, "phrase", phrase);
    start = now();
    if (stemma_check(path, NULL, NULL, &summary, NULL) != STEMMA_OK) {
        abort();
    }
    printf("check: %.3f s, %llu problems\n", now() - start, (unsigned long long)summary.problems);
    knowledge_close(path, file, b.snapshot);
    free(documents);
    return 0;
}
