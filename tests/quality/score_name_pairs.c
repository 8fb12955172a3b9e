/* SPDX-License-Identifier: MIT */
/* Scores stemma_name_similarity() on labelled pairs of names, and on names across scripts.
 *
 *     score_name_pairs --corpora DIR [--json] [--errors]
 *
 * DIR/name_bench/cases_dev.csv has the columns group, schema, name1, name2, is_match, ... Pairs are
 * dealt to two halves by a hash of the two names, so the halves stay as they are when lines are
 * added: one to tune on, whose mistakes --errors lists, one held out. DIR/wd_xlit_names/wd_*_20
 * holds words of names with their spelling in another script; each is compared with its own and
 * with the next of as many letters. Exits with 77 when the data is not there. */
#include "metrics.h"

#include "stemma/name.h"

#include <stdio.h>
#include <stdlib.h>

#include <xxhash.h>

#define FIELDS    5
#define MAX_PAIRS 100000

struct pair {
    uint16_t score;
    uint8_t match;
    uint8_t person;
    uint8_t half; /* 0 to tune on, 1 held out */
};

/* Splits one CSV line in place; no field of these files spans lines. */
static int split_csv(char *line, char *fields[FIELDS])
{
    int count = 0;
    char *in = line;
    while (count < FIELDS) {
        char *out = in;
        fields[count++] = out;
        int quoted = *in == '"';
        in += quoted;
        while (*in != '\0' && (quoted || (*in != ',' && *in != '\n' && *in != '\r'))) {
            if (quoted && in[0] == '"' && in[1] != '"') {
                quoted = 0;
                in++;
                continue;
            }
            in += in[0] == '"' && quoted;
            *out++ = *in++;
        }
        char end = *in;
        *out = '\0';
        if (end != ',') {
            break;
        }
        in++;
    }
    return count;
}

struct options {
    const char *corpora;
    int json;
    int errors;
};

static void say(const struct options *options, const char *data, const char *part,
                const char *measure, double score, double target)
{
    if (options->json) {
        printf("{\"task\":\"name pairs\",\"data\":\"%s\",\"part\":\"%s\",\"measure\":\"%s\","
               "\"score\":%.4f",
               data, part, measure, score);
        if (target > 0) {
            printf(",\"target\":%.2f", target);
        }
        printf("}\n");
    }
}

/* `person`: 1 persons, 0 others, -1 all. */
static void print_scores(const struct options *options, const char *label, const struct pair *pairs,
                         size_t count, int half, int person, uint32_t threshold)
{
    unsigned hits = 0;
    unsigned wrong = 0;
    unsigned missed = 0;
    for (size_t i = 0; i < count; i++) {
        if (pairs[i].half != half || (person >= 0 && pairs[i].person != person)) {
            continue;
        }
        int said = pairs[i].score >= threshold;
        hits += said && pairs[i].match;
        wrong += said && !pairs[i].match;
        missed += !said && pairs[i].match;
    }
    struct metric metric = metric_of(hits, hits + missed, hits + wrong);
    if (!options->json) {
        printf("%-16s threshold %4u  P %.3f  R %.3f  F1 %.3f  of %u true\n", label, threshold,
               metric.precision, metric.recall, metric.f1, hits + missed);
    } else if (person < 0) {
        say(options, "name_bench", half ? "held-out" : "dev", "F1", metric.f1, 0.80);
    }
}

static uint32_t best_threshold(const struct pair *pairs, size_t count)
{
    uint32_t best = 0;
    double best_f1 = -1;
    for (uint32_t threshold = 300; threshold <= 1000; threshold += 10) {
        unsigned hits = 0;
        unsigned said = 0;
        unsigned truth = 0;
        for (size_t i = 0; i < count; i++) {
            if (pairs[i].half == 0) {
                said += pairs[i].score >= threshold;
                truth += pairs[i].match;
                hits += pairs[i].score >= threshold && pairs[i].match;
            }
        }
        double f1 = said + truth != 0 ? 2.0 * hits / (said + truth) : 0;
        if (f1 > best_f1) {
            best_f1 = f1;
            best = threshold;
        }
    }
    return best;
}

static stemma_name_class class_of(const char *schema)
{
    if (strcmp(schema, "Person") == 0) {
        return STEMMA_NAME_CLASS_PERSON;
    }
    return strcmp(schema, "Vessel") == 0 ? STEMMA_NAME_CLASS_OTHER : STEMMA_NAME_CLASS_ORGANIZATION;
}

static size_t read_pairs(FILE *file, struct pair *pairs, int errors)
{
    char line[4096];
    size_t count = 0;
    int heading = 1;
    while (count < MAX_PAIRS && fgets(line, sizeof line, file) != NULL) {
        char *fields[FIELDS];
        if (split_csv(line, fields) < FIELDS || heading) {
            heading = 0;
            continue;
        }
        struct pair *pair = &pairs[count++];
        pair->person = strcmp(fields[1], "Person") == 0;
        pair->match = strcmp(fields[4], "true") == 0;
        pair->score = (uint16_t)stemma_name_similarity(
            stemma_text_of(fields[2]), stemma_text_of(fields[3]), class_of(fields[1]));
        uint64_t hash =
            XXH64(fields[2], strlen(fields[2]), 0) ^ XXH64(fields[3], strlen(fields[3]), 1);
        pair->half = (hash >> 20) & 1;
        if (errors && pair->half == 0 && (pair->score >= STEMMA_NAME_LIKELY) != pair->match) {
            printf("%4u %s  %s | %s\n", pair->score, pair->match ? "missed" : "wrong ", fields[2],
                   fields[3]);
        }
    }
    return count;
}

/* The Latin spelling and the other, whose letters stand apart from each other. */
struct spelling {
    char latin[96];
    char other[96];
    size_t letters;
};

static size_t read_spellings(FILE *file, struct spelling *list)
{
    char line[1024];
    size_t count = 0;
    while (count < MAX_PAIRS && fgets(line, sizeof line, file) != NULL) {
        char *tab = strchr(line, '\t');
        char *end = tab == NULL ? NULL : strchr(tab + 1, '\t');
        if (end == NULL || (size_t)(tab - line) >= sizeof list->latin ||
            (size_t)(end - tab) >= sizeof list->other) {
            continue;
        }
        struct spelling *spelling = &list[count++];
        memset(spelling, 0, sizeof *spelling);
        memcpy(spelling->latin, line, (size_t)(tab - line));
        size_t used = 0;
        for (char *c = tab + 1; c < end; c++) {
            if (*c == ' ') {
                spelling->letters++;
            } else {
                spelling->other[used++] = *c;
            }
        }
    }
    return count;
}

static int alike(const char *a, const char *b)
{
    return stemma_name_token_similarity(stemma_text_of(a), stemma_text_of(b)) >= STEMMA_NAME_LIKELY;
}

static void score_script(const struct options *options, const char *script)
{
    char path[1024];
    char data[64];
    (void)snprintf(path, sizeof path, "%s/wd_xlit_names/wd_%s_20", options->corpora, script);
    (void)snprintf(data, sizeof data, "Wikidata %s", script);
    FILE *file = fopen(path, "r");
    struct spelling *list = file == NULL ? NULL : calloc(MAX_PAIRS, sizeof *list);
    if (list == NULL) {
        return;
    }
    size_t count = read_spellings(file, list);
    double hits = 0, wrong = 0, compared = 0;
    (void)fclose(file);
    for (size_t i = 0; i < count; i++) {
        size_t other = i + 1;
        while (other < count && list[other].letters != list[i].letters) {
            other++;
        }
        if (list[i].letters < 2 || other >= count) {
            continue;
        }
        compared++;
        hits += alike(list[i].latin, list[i].other);
        wrong += alike(list[i].latin, list[other].other);
    }
    struct metric metric = metric_of(hits, compared, hits + wrong);
    if (!options->json) {
        printf("%-20s P %.3f  R %.3f  F1 %.3f  of %.0f true, as many false\n", data,
               metric.precision, metric.recall, metric.f1, compared);
    }
    say(options, data, "dev", "F1", metric.f1, 0);
    free(list);
}

int main(int argc, char **argv)
{
    struct options options = {"/nonexistent", 0, 0};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            options.json = 1;
        } else if (strcmp(argv[i], "--errors") == 0) {
            options.errors = 1;
        } else if (strcmp(argv[i], "--corpora") == 0 && i + 1 < argc) {
            options.corpora = argv[++i];
        } else {
            (void)fprintf(stderr, "usage: score_name_pairs --corpora DIR [--json] [--errors]\n");
            return 2;
        }
    }
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/name_bench/cases_dev.csv", options.corpora);
    FILE *file = fopen(path, "r");
    struct pair *pairs = calloc(MAX_PAIRS, sizeof *pairs);
    if (file == NULL || pairs == NULL) {
        (void)fprintf(stderr, "score_name_pairs: no data in %s\n", options.corpora);
        free(pairs);
        return 77;
    }
    size_t count = read_pairs(file, pairs, options.errors);
    (void)fclose(file);
    for (int half = 0; half < 2; half++) {
        print_scores(&options, half ? "held out" : "tuning", pairs, count, half, -1,
                     STEMMA_NAME_LIKELY);
        print_scores(&options, "  persons", pairs, count, half, 1, STEMMA_NAME_LIKELY);
        print_scores(&options, "  others", pairs, count, half, 0, STEMMA_NAME_LIKELY);
    }
    if (!options.json) {
        uint32_t threshold = best_threshold(pairs, count);
        print_scores(&options, "tuning, best", pairs, count, 0, -1, threshold);
        print_scores(&options, "held out, same", pairs, count, 1, -1, threshold);
    }
    score_script(&options, "russian");
    score_script(&options, "arabic");
    score_script(&options, "hebrew");
    free(pairs);
    return 0;
}
