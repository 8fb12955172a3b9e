/* SPDX-License-Identifier: MIT */
/* How much salvage brings back of files damaged in many ways, and whether it ever tells what the
   file never held. A small sample; with STEMMA_LONG in the environment many times as many.
   STEMMA_SEED changes what is damaged: a failure names the round, and is met again with the same
   seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "salvage_support.h"
#include "support/built_file.h"
#include "support/mutate.h"

#define PAGE 4096u

typedef struct sample {
    const char *name;
    char path[112];
    char damaged[128];
    uint8_t *bytes;
    uint8_t *work;
    size_t size;
    salvage_truth truth;
    salvage_outcome whole;
} sample;

/* What one way of damaging came to, over all rounds. */
typedef struct figures {
    uint64_t rounds, refused, damaged_bytes, bytes;
    uint64_t lines, same, documents, all_documents, all_lines;
    uint64_t altered, altered_unsaid;
    uint64_t proven, proven_altered; /* of lines, when only what is proven is taken */
} figures;

/* Damages `work`; returns the bytes that were touched. */
typedef size_t damage(mutate_random *random, sample *s, size_t *size);

static size_t wipe(mutate_random *random, sample *s, size_t share)
{
    size_t count = s->size / share;
    size_t first = (size_t)mutate_below(random, s->size - count);
    memset(s->work + first, 0, count);
    return count;
}

static size_t one_per_cent(mutate_random *random, sample *s, size_t *size)
{
    (void)size;
    return wipe(random, s, 100);
}

static size_t ten_per_cent(mutate_random *random, sample *s, size_t *size)
{
    (void)size;
    return wipe(random, s, 10);
}

static size_t half(mutate_random *random, sample *s, size_t *size)
{
    (void)size;
    return wipe(random, s, 2);
}

static size_t a_page(mutate_random *random, sample *s, size_t *size)
{
    uint64_t page = mutate_below(random, s->size / PAGE);
    (void)size;
    for (size_t i = 0; i < PAGE; i++) {
        s->work[page * PAGE + i] = (uint8_t)mutate_next(random);
    }
    return PAGE;
}

static size_t ten_pages(mutate_random *random, sample *s, size_t *size)
{
    size_t touched = 0;
    for (unsigned i = 0; i < 10; i++) {
        touched += a_page(random, s, size);
    }
    return touched;
}

static size_t cut(mutate_random *random, sample *s, size_t *size)
{
    *size = 2 * PAGE + (size_t)mutate_below(random, s->size - 2 * PAGE);
    return s->size - *size;
}

static size_t a_byte(mutate_random *random, sample *s, size_t *size)
{
    (void)size;
    s->work[mutate_below(random, s->size)] ^= (uint8_t)(1 + mutate_below(random, 255));
    return 1;
}

static size_t twenty_bytes(mutate_random *random, sample *s, size_t *size)
{
    for (unsigned i = 0; i < 20; i++) {
        (void)a_byte(random, s, size);
    }
    return 20;
}

static size_t structure(mutate_random *random, sample *s, size_t *size)
{
    mutate_apply(random, (mutation)mutate_below(random, MUTATE_KIND_COUNT), s->work, size);
    return PAGE;
}

static const struct {
    const char *name;
    damage *make;
    unsigned least; /* of a hundred lines that come back, on the average */
} ways[] = {
    {"one page of noise", a_page, 75},
    {"ten pages of noise", ten_pages, 20},
    {"1 % in one place", one_per_cent, 70},
    {"10 % in one place", ten_per_cent, 30},
    {"half in one place", half, 5},
    {"cut anywhere", cut, 5},
    {"one byte", a_byte, 90},
    {"twenty bytes", twenty_bytes, 40},
    {"structure", structure, 70},
};

static built_file built;
static row_file rows;
static sample samples[2];
static uint64_t seed = 20;

static void take_sample(sample *s, const char *name, const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    s->name = name;
    snprintf(s->path, sizeof s->path, "%s", path);
    snprintf(s->damaged, sizeof s->damaged, "%s.damaged", path);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    s->size = (size_t)ftell(file);
    rewind(file);
    s->bytes = malloc(s->size);
    s->work = malloc(s->size);
    assert_true(s->bytes != NULL && s->work != NULL);
    assert_int_equal(fread(s->bytes, 1, s->size, file), s->size);
    fclose(file);
    salvage_learn_file(&s->truth, path);
    salvage_run(path, &s->truth, &s->whole, 0, NULL);
}

static int begin(void **state)
{
    (void)state;
    if (getenv("STEMMA_SEED") != NULL) {
        seed = strtoull(getenv("STEMMA_SEED"), NULL, 10);
    }
    built_file_make(&built, 150);
    row_file_make(&rows, 1500, 10);
    take_sample(&samples[0], "articles", built.path);
    take_sample(&samples[1], "tables", rows.path);
    return 0;
}

static int end(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        unlink(samples[i].damaged);
        free(samples[i].bytes);
        free(samples[i].work);
        free(samples[i].truth.lines);
    }
    built_file_remove(&built);
    row_file_remove(&rows);
    return 0;
}

static void run_once(sample *s, damage *make, mutate_random *random, figures *f)
{
    salvage_outcome o;
    size_t size = s->size;
    memcpy(s->work, s->bytes, s->size);
    f->damaged_bytes += make(random, s, &size);
    FILE *file = fopen(s->damaged, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(s->work, 1, size, file), size);
    fclose(file);
    salvage_run(s->damaged, &s->truth, &o, 0, NULL);
    f->rounds++;
    f->bytes += s->size;
    f->refused += o.status != STEMMA_OK;
    f->lines += o.lines;
    f->same += o.same;
    f->documents += o.documents;
    f->all_lines += s->whole.lines;
    f->all_documents += s->whole.documents;
    f->altered += o.altered;
    f->altered_unsaid += o.unverified == 0 ? o.altered : 0;
    salvage_run(s->damaged, &s->truth, &o, STEMMA_SALVAGE_PROVEN, NULL);
    f->proven += o.same;
    f->proven_altered += o.altered;
}

static void damage_of_all_kinds(void **state)
{
    unsigned rounds = getenv("STEMMA_LONG") != NULL ? 400 : 4; /* some minutes */
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    rounds = (rounds + 3) / 4;
#endif
    printf("figure: salvage, seed %llu\n", (unsigned long long)seed);
    for (size_t way = 0; way < sizeof ways / sizeof ways[0]; way++) {
        for (size_t i = 0; i < 2; i++) {
            figures f = {0};
            for (unsigned round = 0; round < rounds; round++) {
                mutate_random random = {seed * 1000003 + way * 7919 + i * 104729 + round};
                run_once(&samples[i], ways[way].make, &random, &f);
                if (f.altered_unsaid != 0 || f.proven_altered != 0) {
                    fail_msg("%s, %s, round %u: told what the file never held", ways[way].name,
                             samples[i].name, round);
                }
            }
            printf("figure: %s, %s: %llu files, %.3f %% damaged, %.1f %% of documents and %.1f %% "
                   "of lines "
                   "saved (%.1f %% proven), %llu of %llu lines altered, %llu files refused\n",
                   samples[i].name, ways[way].name, (unsigned long long)f.rounds,
                   100.0 * (double)f.damaged_bytes / (double)f.bytes,
                   100.0 * (double)f.documents / (double)f.all_documents,
                   100.0 * (double)f.same / (double)f.all_lines,
                   100.0 * (double)f.proven / (double)f.all_lines, (unsigned long long)f.altered,
                   (unsigned long long)f.lines, (unsigned long long)f.refused);
            /* Rows of a table hang together more than articles do. */
            if (i == 0 && rounds > 100) {
                assert_true(f.same * 100 >= f.all_lines * ways[way].least / 2);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(damage_of_all_kinds)};
    return cmocka_run_group_tests(tests, begin, end);
}
