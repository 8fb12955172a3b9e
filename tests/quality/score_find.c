/* SPDX-License-Identifier: MIT */
/**
 * @file score_find.c
 * How well stemma_find() finds somebody by another spelling than the one in the file, and how fast.
 *
 *     score_find [-v] [--json] [--corpora DIR] [--names N]
 *
 * With --corpora, the pairs of spellings below DIR/wd_xlit_names: a knowledge base is made of the one
 * spelling of all pairs (words alone, and two words as given name and surname) and asked for by the
 * other, both ways. Then N invented names (default 20,000; 0: none), each asked for as people write
 * names down. recall@1: the entity, or a namesake of it, is the first found; @10: among the first ten.
 * -v prints what was not among the ten.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "stemma/stemma.h"
#include "support/prng.h"

#define ROOM  128u
#define MOST  200000u
#define ASKED 2000u

struct pair {
    char here[ROOM];  /* in the file */
    char asked[ROOM]; /* by whoever asks */
};

struct measure {
    uint64_t asked, first, ten;
    double *times;
};

static int verbose;
static int json;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void need(stemma_status status, const stemma_error *error)
{
    if (status < 0) {
        fprintf(stderr, "score_find: %s %s: %s\n", error->code, error->where, error->message);
        exit(1);
    }
}

/* ---- A file of names ------------------------------------------------------------------------- */

static void make_file(const char *path, const struct pair *pairs, uint32_t count)
{
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_writer *writer = NULL;
    stemma_error error = {0};
    stemma_document document;
    stemma_referent *referents = calloc(count, sizeof *referents);
    stemma_name *names = calloc(count, sizeof *names);
    uint32_t number = 0;
    if (referents == NULL || names == NULL) {
        exit(1);
    }
    memset(&document, 0, sizeof document);
    for (uint32_t i = 0; i < count; i++) {
        names[i].text = stemma_text_of(pairs[i].here);
        referents[i].type = stemma_text_of("person");
        referents[i].names = &names[i];
        referents[i].name_count = 1;
    }
    document.uri = stemma_text_of("urn:names");
    document.referents = referents;
    document.referent_count = count;
    options.flags = STEMMA_WRITE_REPLACE;
    need(stemma_writer_new(&writer, path, &options, &error), &error);
    need(stemma_writer_add_document(writer, &document, &number, &error), &error);
    need(stemma_writer_finish(writer, &error), &error);
    stemma_writer_free(writer);
    free(referents);
    free(names);
}

/* ---- Asking ---------------------------------------------------------------------------------- */

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void ask(stemma_snapshot *snapshot, const struct pair *pair, struct measure *measure)
{
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    const stemma_found *found = NULL;
    stemma_error error = {0};
    uint32_t count = 0, place = UINT32_MAX;
    options.limit = 10;
    double began = now();
    need(stemma_find(snapshot, stemma_text_of(pair->asked), &options, &found, &count, &error), &error);
    measure->times[measure->asked++] = now() - began;
    for (uint32_t i = 0; i < count && place == UINT32_MAX; i++) {
        stemma_text label;
        need(stemma_entity_label(snapshot, found[i].entity, &label, &error), &error);
        if (stemma_text_equal(label, stemma_text_of(pair->here))) {
            place = i;
        }
    }
    measure->first += place == 0;
    measure->ten += place < 10;
    if (verbose && place >= 10) {
        stemma_text label = {"-", 1};
        if (count != 0) {
            (void)stemma_entity_label(snapshot, found[0].entity, &label, &error);
        }
        printf("    missed %s asked as %s; first %.*s\n", pair->here, pair->asked, (int)label.size,
               label.data);
    }
    stemma_snapshot_reset(snapshot);
}

static void report(const char *what, struct measure *measure)
{
    double asked = measure->asked == 0 ? 1 : (double)measure->asked;
    qsort(measure->times, measure->asked, sizeof *measure->times, by_value);
    double median = measure->asked == 0 ? 0 : measure->times[measure->asked / 2];
    double late = measure->asked == 0 ? 0 : measure->times[measure->asked * 99 / 100];
    if (json) {
        printf("{\"task\":\"find\",\"data\":\"%s\",\"part\":\"test\",\"measure\":\"recall@1\","
               "\"score\":%.4f}\n"
               "{\"task\":\"find\",\"data\":\"%s\",\"part\":\"test\",\"measure\":\"recall@10\","
               "\"score\":%.4f}\n",
               what, (double)measure->first / asked, what, (double)measure->ten / asked);
    } else {
        printf("%-44s @1 %.3f  @10 %.3f  median %7.3f ms  p99 %7.3f ms\n", what,
               (double)measure->first / asked, (double)measure->ten / asked, median, late);
    }
    (void)fflush(stdout);
}

static void run(const char *what, const struct pair *pairs, uint32_t count)
{
    char path[] = "/tmp/score_find_XXXXXX";
    stemma_file *file = NULL;
    stemma_snapshot *snapshot = NULL;
    stemma_error error = {0};
    prng random = {17};
    struct measure measure = {0, 0, 0, malloc(ASKED * sizeof(double))};
    int made = mkstemp(path);
    if (made < 0 || measure.times == NULL) {
        exit(1);
    }
    (void)close(made);
    make_file(path, pairs, count);
    need(stemma_open(&file, path, NULL, &error), &error);
    need(stemma_snapshot_begin(&snapshot, file, &error), &error);
    for (uint32_t i = 0; i < ASKED; i++) {
        const struct pair *pair = &pairs[prng_below(&random, count)];
        if (pair->asked[0] != '\0') {
            ask(snapshot, pair, &measure);
        }
    }
    report(what, &measure);
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    (void)remove(path);
    free(measure.times);
}

/* ---- Spellings of the corpus ------------------------------------------------------------------- */

static void without_spaces(char *out, const char *text)
{
    size_t size = 0;
    for (; *text != '\0' && size + 1 < ROOM / 2; text++) {
        if (*text != ' ') {
            out[size++] = *text;
        }
    }
    out[size] = '\0';
}

static uint32_t read_pairs(const char *path, struct pair *pairs)
{
    char line[1024];
    uint32_t count = 0;
    FILE *in = fopen(path, "r");
    if (in == NULL) {
        fprintf(stderr, "score_find: %s is not there\n", path);
        exit(77);
    }
    while (count < MOST && fgets(line, sizeof line, in) != NULL) {
        char *tab = strchr(line, '\t');
        char *end = tab != NULL ? strchr(tab + 1, '\t') : NULL;
        if (end != NULL && tab - line < (long)(ROOM / 2) && end - tab < 200) {
            *tab = *end = '\0';
            without_spaces(pairs[count].here, line);
            without_spaces(pairs[count].asked, tab + 1);
            count++;
        }
    }
    (void)fclose(in);
    return count;
}

static void two_words(const struct pair *words, uint32_t count, struct pair *out)
{
    prng random = {5};
    for (uint32_t i = 0; i < count; i++) {
        const struct pair *other = &words[prng_below(&random, count)];
        (void)snprintf(out[i].here, ROOM, "%.60s %.60s", words[i].here, other->here);
        (void)snprintf(out[i].asked, ROOM, "%.60s %.60s", words[i].asked, other->asked);
    }
}

static void turn_round(struct pair *pairs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct pair pair = pairs[i];
        memcpy(pairs[i].here, pair.asked, ROOM);
        memcpy(pairs[i].asked, pair.here, ROOM);
    }
}

static void score_corpora(const char *folder, struct pair *pairs, struct pair *twos)
{
    static const char *const languages[] = {"russian", "arabic", "hebrew"};
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        char path[4096], what[96];
        (void)snprintf(path, sizeof path, "%s/wd_xlit_names/wd_%s_20", folder, languages[i]);
        uint32_t count = read_pairs(path, pairs);
        for (int turn = 0; turn < 2; turn++) {
            two_words(pairs, count, twos);
            (void)snprintf(what, sizeof what, "%s %s, one word", turn == 0 ? "Latin by" : "by Latin,",
                           languages[i]);
            run(what, pairs, count);
            (void)snprintf(what, sizeof what, "%s %s, two words",
                           turn == 0 ? "Latin by" : "by Latin,", languages[i]);
            run(what, twos, count);
            turn_round(pairs, count);
        }
    }
}

/* ---- How people write names down --------------------------------------------------------------- */

static size_t invent(char *out, prng *random)
{
    static const char *const onsets[] = {"k", "v",  "m",  "t", "br", "l", "s", "d",
                                         "n", "gr", "sh", "p", "r",  "f", "z", "b"};
    static const char *const rimes[] = {"a", "e", "i", "o", "ar", "en", "il", "on", "u", "ek"};
    size_t size = 0;
    uint32_t parts = 2 + prng_below(random, 2);
    for (uint32_t i = 0; i < parts; i++) {
        size += (size_t)sprintf(out + size, "%s%s", onsets[prng_below(random, 16)],
                                rimes[prng_below(random, 10)]);
    }
    out[0] = (char)(out[0] - 'a' + 'A');
    return size;
}

enum writing { SWAPPED, DROPPED, DOUBLED, CHANGED, TWO_EDITS, INITIAL, FULL_FOR_INITIAL,
               SURNAME_FIRST, GLUED, SPLIT, ACRONYM, WRITINGS };

static const char *const writing_names[WRITINGS] = {
    "two letters swapped", "a letter left out", "a letter doubled", "a letter changed",
    "two letters wrong", "initial for the given name", "given name for an initial",
    "surname first, with a comma", "two words as one", "one word as two", "acronym of four words"};

/* Spoils the letter at `at` of a word of `size` letters. */
static void spoil(char *word, size_t size, size_t at, enum writing how)
{
    char kept = word[at];
    switch (how) {
    case SWAPPED:
        word[at] = word[at + 1];
        word[at + 1] = kept;
        break;
    case DROPPED:
        memmove(word + at, word + at + 1, size - at);
        break;
    case DOUBLED:
        memmove(word + at + 1, word + at, size - at + 1);
        break;
    default:
        word[at] = kept == 'x' ? 'q' : 'x';
        break;
    }
}

static void write_down(struct pair *pair, enum writing how, prng *random)
{
    char given[ROOM / 4], surname[ROOM / 4], more[2][ROOM / 4];
    invent(given, random);
    size_t size = invent(surname, random);
    size_t at = 1 + prng_below(random, (uint32_t)size - 2u);
    (void)snprintf(pair->here, ROOM, "%s %s", given, surname);
    switch (how) {
    case INITIAL:
        (void)snprintf(pair->asked, ROOM, "%c. %s", given[0], surname);
        break;
    case FULL_FOR_INITIAL:
        (void)snprintf(pair->here, ROOM, "%c. %s", given[0], surname);
        (void)snprintf(pair->asked, ROOM, "%s %s", given, surname);
        break;
    case SURNAME_FIRST:
        (void)snprintf(pair->asked, ROOM, "%s, %s", surname, given);
        break;
    case GLUED:
        (void)snprintf(pair->asked, ROOM, "%s%s", given, surname);
        break;
    case SPLIT:
        (void)snprintf(pair->asked, ROOM, "%s %.*s %s", given, (int)at, surname, surname + at);
        break;
    case ACRONYM:
        invent(more[0], random);
        invent(more[1], random);
        (void)snprintf(pair->here, ROOM, "%s %s %s %s", given, surname, more[0], more[1]);
        (void)snprintf(pair->asked, ROOM, "%c%c%c%c", given[0], surname[0], more[0][0], more[1][0]);
        break;
    case TWO_EDITS:
        spoil(surname, size, at, CHANGED);
        spoil(given, strlen(given), 1, SWAPPED);
        (void)snprintf(pair->asked, ROOM, "%s %s", given, surname);
        break;
    default:
        spoil(surname, size, at, how);
        (void)snprintf(pair->asked, ROOM, "%s %s", given, surname);
        break;
    }
}

static void score_writings(struct pair *pairs, uint32_t count)
{
    for (int how = 0; how < WRITINGS; how++) {
        prng random = {(uint64_t)how + 9u};
        for (uint32_t i = 0; i < count; i++) {
            write_down(&pairs[i], (enum writing)how, &random);
        }
        run(writing_names[how], pairs, count);
    }
}

int main(int argc, char **argv)
{
    const char *corpora = NULL;
    uint32_t names = 20000;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0) {
            verbose = 1;
        } else if (strcmp(argv[i], "--json") == 0) {
            json = 1;
        } else if (strcmp(argv[i], "--corpora") == 0 && i + 1 < argc) {
            corpora = argv[++i];
        } else if (strcmp(argv[i], "--names") == 0 && i + 1 < argc) {
            names = (uint32_t)strtoul(argv[++i], NULL, 10);
        } else {
            fprintf(stderr, "usage: score_find [-v] [--json] [--corpora DIR] [--names N]\n");
            return 2;
        }
    }
    struct pair *pairs = calloc(MOST, sizeof *pairs);
    struct pair *twos = calloc(MOST, sizeof *twos);
    if (pairs == NULL || twos == NULL) {
        return 1;
    }
    if (corpora != NULL) {
        score_corpora(corpora, pairs, twos);
    }
    if (names != 0) {
        score_writings(pairs, names < MOST ? names : MOST);
    }
    free(pairs);
    free(twos);
    return 0;
}
