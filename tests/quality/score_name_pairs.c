/* SPDX-License-Identifier: MIT */
/* Scores stemma_name_similarity() on labelled pairs of names.
 *
 *     score_name_pairs [--errors] CASES.csv     columns: group, schema, name1, name2, is_match, ...
 *
 * Prints precision, recall and F1 for each half at STEMMA_NAME_LIKELY, and the best threshold of
 * the tuning half applied to the held-out half. Pairs are dealt to the halves by a hash of the two
 * names, so the halves stay as they are when lines are added. --errors lists mistakes of the tuning
 * half. */
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

static void print_scores(const char *label, const struct pair *pairs, size_t count, int half,
                         int person, uint32_t threshold)
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
    double precision = hits != 0 ? (double)hits / (hits + wrong) : 0;
    double recall = hits != 0 ? (double)hits / (hits + missed) : 0;
    double f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    printf("%-16s threshold %4u  P %.3f  R %.3f  F1 %.3f  of %u true\n", label, threshold,
           precision, recall, f1, hits + missed);
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

int main(int argc, char **argv)
{
    int errors = argc == 3 && strcmp(argv[1], "--errors") == 0;
    if (argc != 2 + errors) {
        (void)fprintf(stderr, "usage: score_name_pairs [--errors] CASES.csv\n");
        return 2;
    }
    FILE *file = fopen(argv[1 + errors], "r");
    struct pair *pairs = calloc(MAX_PAIRS, sizeof *pairs);
    if (file == NULL || pairs == NULL) {
        perror(argv[1 + errors]);
        free(pairs);
        return 1;
    }
    size_t count = read_pairs(file, pairs, errors);
    (void)fclose(file);
    for (int half = 0; half < 2; half++) {
        print_scores(half ? "held out" : "tuning", pairs, count, half, -1, STEMMA_NAME_LIKELY);
        print_scores("  persons", pairs, count, half, 1, STEMMA_NAME_LIKELY);
        print_scores("  others", pairs, count, half, 0, STEMMA_NAME_LIKELY);
    }
    uint32_t threshold = best_threshold(pairs, count);
    print_scores("tuning, best", pairs, count, 0, -1, threshold);
    print_scores("held out, same", pairs, count, 1, -1, threshold);
    free(pairs);
    return 0;
}
