/* SPDX-License-Identifier: MIT */
/**
 * @file score_names.c
 * How well the reader finds names, on text in which they are marked.
 *
 *     score_names [--model FILE] [-v] SOURCE...
 *     score_names [--model FILE] [--json] --corpora DIR
 *
 * Sources are those of train/names_corpus.h. The text goes through the whole reader; a name is
 * right when its bytes and its class are. With --corpora, the held-out parts of the corpora that
 * the model was trained on, one line each. With -v every difference.
 */
#include "pack/extract/extract.h"
#include "support/reader_model.h"
#include "train/names_corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <time.h>

#define SCORED STM_NAME_NORP /* person, organisation, place */

static const char *const class_names[SCORED] = {"PER", "ORG", "LOC"};

struct tally {
    uint64_t right[SCORED];
    uint64_t found[SCORED];
    uint64_t gold[SCORED];
    uint64_t spans; /* right bytes, whatever the class */
    uint64_t tokens;
    double seconds;
};

static unsigned class_of(stemma_text type)
{
    static const char *const types[SCORED] = {"person", "organization", "place"};
    unsigned k = 0;
    while (k < SCORED && !stemma_text_equal(type, stemma_text_of(types[k]))) {
        k++;
    }
    return k;
}

static void show(const struct names_document *d, const char *what, unsigned k, uint32_t start,
                 uint32_t end)
{
    uint32_t from = start > 40 ? start - 40 : 0;
    uint32_t to = end + 30 < d->size ? end + 30 : (uint32_t)d->size;
    printf("%s %s\t%.*s\t| ", what, class_names[k], (int)(end - start), d->text + start);
    for (uint32_t i = from; i < to; i++) {
        putchar(d->text[i] == '\n' ? '/' : d->text[i]);
    }
    putchar('\n');
}

static void compare(const struct names_document *d, const stemma_document *output, struct tally *t,
                    int verbose)
{
    uint32_t g = 0;
    uint8_t *hit = calloc((size_t)d->span_count + 1, 1);
    for (uint32_t i = 0; i < output->mention_count && hit != NULL; i++) {
        const stemma_mention *m = &output->mentions[i];
        unsigned k =
            m->kind == STEMMA_MENTION_NAME ? class_of(output->referents[m->referent].type) : SCORED;
        if (k == SCORED) {
            continue;
        }
        t->found[k]++;
        while (g < d->span_count && d->spans[g].start < m->spans[0].start) {
            g++;
        }
        int same = g < d->span_count && d->spans[g].start == m->spans[0].start &&
                   d->spans[g].end == m->spans[0].end;
        t->spans += same && d->spans[g].name_class < SCORED;
        if (same && d->spans[g].name_class == k) {
            t->right[k]++;
            hit[g] = 1;
        } else if (verbose) {
            show(d, "WRONG", k, m->spans[0].start, m->spans[0].end);
        }
    }
    for (uint32_t i = 0; i < d->span_count; i++) {
        if (d->spans[i].name_class < SCORED) {
            t->gold[d->spans[i].name_class]++;
            if (verbose && hit != NULL && !hit[i]) {
                show(d, "MISSED", d->spans[i].name_class, d->spans[i].start, d->spans[i].end);
            }
        }
    }
    free(hit);
}

static void score(const struct stm_model *model, const char *source, struct tally *t, int verbose)
{
    struct names_corpus corpus = {NULL, 0, 0};
    if (names_corpus_read(&corpus, source, 1) != 0) {
        exit(1);
    }
    for (size_t i = 0; i < corpus.count; i++) {
        const struct names_document *d = &corpus.documents[i];
        struct stm_arena arena;
        stm_arena_init(&arena, 0);
        stemma_document input;
        memset(&input, 0, sizeof input);
        input.text = (stemma_text){d->text, d->size};
        input.title = (stemma_text){d->text, d->title};
        input.paragraphs = d->paragraphs;
        input.paragraph_count = d->paragraph_count;
        stemma_document output;
        stemma_error error;
        struct timespec from;
        struct timespec to;
        clock_gettime(CLOCK_MONOTONIC, &from);
        if (stm_extract(model, &input, 0, &arena, &output, &error) != STEMMA_OK) {
            fprintf(stderr, "score_names: %s\n", error.message);
            exit(1);
        }
        clock_gettime(CLOCK_MONOTONIC, &to);
        t->seconds += (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
        t->tokens += d->tokens;
        compare(d, &output, t, verbose);
        stm_arena_free(&arena);
    }
    names_corpus_free(&corpus);
}

static double f1_of(uint64_t right, uint64_t found, uint64_t gold)
{
    return found + gold == 0 ? 0 : 2 * (double)right / (double)(found + gold);
}

static void add(const struct tally *t, uint64_t *right, uint64_t *found, uint64_t *gold)
{
    for (unsigned k = 0; k < SCORED; k++) {
        *right += t->right[k];
        *found += t->found[k];
        *gold += t->gold[k];
    }
}

static void print(const char *name, const struct tally *t)
{
    uint64_t right = 0;
    uint64_t found = 0;
    uint64_t gold = 0;
    add(t, &right, &found, &gold);
    printf("%-22s gold %5llu  P %.3f R %.3f F %.3f ", name, (unsigned long long)gold,
           found == 0 ? 0 : (double)right / (double)found,
           gold == 0 ? 0 : (double)right / (double)gold, f1_of(right, found, gold));
    for (unsigned k = 0; k < SCORED; k++) {
        printf(" %s %.3f", class_names[k], f1_of(t->right[k], t->found[k], t->gold[k]));
    }
    printf("  spans %.3f  %.0f tokens/s\n", f1_of(t->spans, found, gold),
           t->seconds == 0 ? 0 : (double)t->tokens / t->seconds);
}

/* Parts of the corpora that no weight was trained on and nothing was tuned on. */
static const struct {
    const char *name;
    const char *source;
    double target; /* 0: none was set */
} held_out[] = {
    {"UNER EWT", "uner_ewt/en_ewt-ud-test.iob2", 0.72},
    {"WikiGold, a fifth", "wikigold/CONLL-format/data/wikigold.conll.txt@0/5", 0.74},
    {"CrossNER politics", "crossner/politics/test.txt", 0},
    {"WNUT 17", "wnut17/CONLL-format/data/test/emerging.test.annotated", 0},
    {"BTC, section F", "btc/CONLL-format/data/f.conll", 0},
};

static void score_held_out(const struct stm_model *model, const char *corpora, int json)
{
    for (size_t i = 0; i < sizeof held_out / sizeof held_out[0]; i++) {
        char source[4096];
        char file[4096];
        struct tally t;
        memset(&t, 0, sizeof t);
        (void)snprintf(source, sizeof source, "%s/%s", corpora, held_out[i].source);
        (void)snprintf(file, sizeof file, "%.*s", (int)strcspn(source, "@"), source);
        if (access(file, R_OK) != 0) {
            fprintf(stderr, "score_names: %s is not there\n", file);
            exit(77);
        }
        score(model, source, &t, 0);
        if (json) {
            uint64_t right = 0;
            uint64_t found = 0;
            uint64_t gold = 0;
            add(&t, &right, &found, &gold);
            printf("{\"task\":\"names\",\"data\":\"%s\",\"part\":\"held-out\",\"measure\":\"F1\","
                   "\"score\":%.4f",
                   held_out[i].name, f1_of(right, found, gold));
            if (held_out[i].target > 0) {
                printf(",\"target\":%.2f", held_out[i].target);
            }
            printf("}\n");
        } else {
            print(held_out[i].name, &t);
        }
    }
}

int main(int argc, char **argv)
{
    const struct stm_model *model = NULL;
    struct tally total;
    memset(&total, 0, sizeof total);
    int verbose = 0;
    int json = 0;
    for (int i = 1; i < argc; i++) {
        json |= strcmp(argv[i], "--json") == 0; /* it may stand behind what it is about */
    }
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0) {
            verbose = 1;
        } else if (strcmp(argv[i], "--json") == 0) {
            continue;
        } else if (strcmp(argv[i], "--model") == 0 && i + 1 < argc) {
            struct stm_model *opened;
            stemma_error error;
            if (stm_model_open(&opened, argv[++i], &error) != STEMMA_OK) {
                fprintf(stderr, "score_names: %s\n", error.message);
                return 1;
            }
            model = opened; /* open until the program ends */
        } else if (strcmp(argv[i], "--corpora") == 0 && i + 1 < argc) {
            score_held_out(model == NULL ? reader_model() : model, argv[++i], json);
        } else {
            struct tally t;
            memset(&t, 0, sizeof t);
            score(model == NULL ? reader_model() : model, argv[i], &t, verbose);
            const char *base = strrchr(argv[i], '/');
            print(base == NULL ? argv[i] : base + 1, &t);
        }
    }
    return 0;
}
