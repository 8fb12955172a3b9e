/* SPDX-License-Identifier: MIT */
/* Scores dates, durations and amounts against passages with gold:
     score_values [--corpora DIR] [--json] [-v] [FILE.jsonl...]
                                        F1 of spans and of values; -v prints every difference;
   without files those of tests/quality/gold score_values --show [DATE]         reads text from
   standard input and prints what is found A line is {"published", "text", "times": [{"text",
   "edtf"}], "quantities": [{"text", "amount", "lower", "upper", "modifier", "unit", "counted"}]};
   entries in the order of the text. A duration is a time with an ISO value ("P3Y"); the reader
   keeps durations as amounts of a unit of time. Times are the same when their EDTF has the same
   bounds. */
#include "score_values.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stemma/edtf.h"

struct tally {
    uint64_t gold, found, relaxed, strict;
    uint64_t value;    /**< Overlapping, with the same value. */
    uint64_t modifier; /**< Of the overlapping quantities. */
    uint64_t counted;
    uint64_t unit;
};

static int verbose;
static int json;

static const char *get(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

static int same_time(stemma_text found, const char *gold)
{
    stemma_time_bounds a;
    stemma_time_bounds b;
    if (found.size == 0 || gold[0] == '\0') {
        return found.size == 0 && gold[0] == '\0';
    }
    if (stemma_edtf_bounds(found, &a) != STEMMA_OK ||
        stemma_edtf_bounds(stemma_text_of(gold), &b) != STEMMA_OK) {
        return stemma_text_equal(found, stemma_text_of(gold));
    }
    return a.start_earliest == b.start_earliest && a.start_latest == b.start_latest &&
           a.end_earliest == b.end_earliest && a.end_latest == b.end_latest;
}

/** "P3Y" as an amount and its unit: 0 when it is no simple duration. */
static int read_duration(const char *iso, double *amount, const char **unit)
{
    static const struct {
        char letter;
        const char *day_unit;
        const char *clock_unit;
    } units[] = {{'Y', "year", NULL},   {'M', "month", "minute"}, {'W', "week", NULL},
                 {'D', "day", NULL},    {'H', NULL, "hour"},      {'S', NULL, "second"},
                 {'E', "decade", NULL}, {'C', "century", NULL}};
    if (iso[0] != 'P') {
        return 0;
    }
    int clock = iso[1] == 'T';
    char *end = NULL;
    *amount = strtod(iso + 1 + clock, &end);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (*end == units[i].letter) {
            *unit = clock ? units[i].clock_unit : units[i].day_unit;
            if (*end == 'E') {
                *amount *= 10;
                *unit = "year";
            }
            return *unit != NULL;
        }
    }
    return 0;
}

/* "decade" x 2 and "year" x 20 are one duration. */
static double in_years(double amount, stemma_text *unit)
{
    if (stemma_text_equal(*unit, stemma_text_of("decade"))) {
        *unit = stemma_text_of("year");
        return amount * 10;
    }
    if (stemma_text_equal(*unit, stemma_text_of("century"))) {
        *unit = stemma_text_of("year");
        return amount * 100;
    }
    return amount;
}

static double number_of(stemma_text text)
{
    char copy[64];
    snprintf(copy, sizeof copy, "%.*s", (int)text.size, text.size != 0 ? text.data : "");
    return strtod(copy, NULL);
}

static int same_duration(const struct value_found *found, const char *gold)
{
    double amount = 0;
    const char *name = NULL;
    if (found->is_time) {
        return 0;
    }
    if (gold[0] == 'P' && gold[1] == 'X') {
        return found->quantity.amount.size == 0; /* how many, the text does not say */
    }
    if (!read_duration(gold, &amount, &name)) {
        return 0;
    }
    stemma_text unit = stemma_text_of(name);
    stemma_text other = found->quantity.unit;
    amount = in_years(amount, &unit);
    stemma_text number =
        found->quantity.amount.size != 0 ? found->quantity.amount : found->quantity.lower;
    double got = in_years(number_of(number), &other);
    return stemma_text_equal(unit, other) && got > amount - 0.01 && got < amount + 0.01;
}

static int same_number(stemma_text found, const char *gold)
{
    if (found.size == 0 || gold[0] == '\0') {
        return found.size == 0 && gold[0] == '\0';
    }
    double a = number_of(found);
    double b = strtod(gold, NULL);
    return a > b * 0.995 - 0.01 && a < b * 1.005 + 0.01;
}

static uint8_t modifier_of(const char *name)
{
    static const char *const names[] = {"none",      "about",   "at_least",
                                        "more_than", "at_most", "less_than"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            return (uint8_t)i;
        }
    }
    return 0;
}

/** The gold entry's place in the text, from `from` on; SIZE_MAX when it is not there. */
static size_t place_of(const char *text, const char *words, size_t from)
{
    const char *at = strstr(text + from, words);
    return at != NULL ? (size_t)(at - text) : SIZE_MAX;
}

static void say(const char *what, const json_t *line, const char *gold, const char *value,
                const struct value_found *found)
{
    if (!verbose) {
        return;
    }
    printf("%s\t%s\t", get(line, "id"), what);
    if (gold != NULL) {
        printf("gold \"%s\" %s\t", gold, value);
    }
    if (found != NULL) {
        value_print(found);
    } else {
        putchar('\n');
    }
}

static void describe(const json_t *entry, char out[160])
{
    snprintf(out, 160, "%s%s%s [%s..%s] %s {%s}", get(entry, "modifier"),
             get(entry, "modifier")[0] ? " " : "", get(entry, "amount"), get(entry, "lower"),
             get(entry, "upper"), get(entry, "unit"), get(entry, "counted"));
}

static void score_entry(const json_t *line, const json_t *entry, struct value_found *found,
                        size_t start, int is_time, struct tally *tally)
{
    const char *words = get(entry, "text");
    size_t end = start + strlen(words);
    const char *edtf = get(entry, "edtf");
    int is_duration = is_time && edtf[0] == 'P';
    struct value_found *best = NULL;
    char text[160];
    for (struct value_found *f = found; f->end != 0; f++) {
        if (f->matched || f->start >= end || f->end <= start ||
            (is_time && !is_duration && !f->is_time) || (!is_time && f->is_time)) {
            continue;
        }
        int exact = f->start == start && f->end == end;
        if (best == NULL || exact) {
            best = f;
        }
    }
    tally->gold++;
    if (is_time) {
        snprintf(text, sizeof text, "%s", edtf);
    } else {
        describe(entry, text);
    }
    if (best == NULL) {
        say("MISSED", line, words, text, NULL);
        return;
    }
    best->matched = 1;
    tally->found++;
    tally->relaxed++;
    tally->strict += best->start == start && best->end == end;
    if (is_time) {
        int same = is_duration ? same_duration(best, edtf) : same_time(best->edtf, edtf);
        tally->value += same;
        if (!same) {
            say("VALUE", line, words, text, best);
        }
        return;
    }
    int same = same_number(best->quantity.amount, get(entry, "amount")) &&
               same_number(best->quantity.lower, get(entry, "lower")) &&
               same_number(best->quantity.upper, get(entry, "upper"));
    int unit = stemma_text_equal(best->quantity.unit, stemma_text_of(get(entry, "unit")));
    int modifier = best->quantity.modifier == modifier_of(get(entry, "modifier"));
    int counted = stemma_text_equal(best->quantity.counted, stemma_text_of(get(entry, "counted")));
    tally->value += same && unit;
    tally->unit += unit;
    tally->modifier += modifier;
    tally->counted += counted;
    if (!same || !unit || !modifier || !counted) {
        say(!same || !unit ? "AMOUNT"
            : !modifier    ? "MODIFIER"
                           : "COUNTED",
            line, words, text, best);
    }
}

static int is_time_unit(stemma_text unit)
{
    static const char *const names[] = {"year", "month",  "week",   "day",    "decade",
                                        "hour", "minute", "second", "century"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (stemma_text_equal(unit, stemma_text_of(names[i]))) {
            return 1;
        }
    }
    return 0;
}

static void score_line(const json_t *line, struct tally *times, struct tally *quantities)
{
    const char *text = get(line, "text");
    struct value_found *found = values_read(text, get(line, "published"));
    for (int is_time = 1; is_time >= 0; is_time--) {
        size_t from = 0;
        size_t index;
        json_t *entry;
        json_array_foreach(json_object_get(line, is_time ? "times" : "quantities"), index, entry)
        {
            size_t start = place_of(text, get(entry, "text"), from);
            if (start == SIZE_MAX) {
                fprintf(stderr, "score_values: %s: \"%s\" is not in the text\n", get(line, "id"),
                        get(entry, "text"));
                continue;
            }
            from = start + 1;
            score_entry(line, entry, found, start, is_time, is_time ? times : quantities);
        }
    }
    for (struct value_found *f = found; f->end != 0; f++) {
        if (!f->matched) {
            /* an amount of time that the gold does not have is an extra duration */
            int as_time = f->is_time || is_time_unit(f->quantity.unit);
            (as_time ? times : quantities)->found++;
            say("EXTRA", line, NULL, NULL, f);
        }
    }
    values_free(found);
}

static double f1(uint64_t right, const struct tally *tally)
{
    return tally->gold + tally->found == 0
               ? 0
               : 2.0 * (double)right / (double)(tally->gold + tally->found);
}

static void report(const char *name, const struct tally *t, int is_time)
{
    printf("%-10s gold %4llu found %4llu  span F1 relaxed %.3f strict %.3f  value F1 %.3f", name,
           (unsigned long long)t->gold, (unsigned long long)t->found, f1(t->relaxed, t),
           f1(t->strict, t), f1(t->value, t));
    if (!is_time) {
        printf("  modifier F1 %.3f  unit F1 %.3f  counted F1 %.3f", f1(t->modifier, t),
               f1(t->unit, t), f1(t->counted, t));
    }
    putchar('\n');
}

static void figure(const char *task, const char *part, const char *measure, double score,
                   const char *target)
{
    printf("{\"task\":\"%s\",\"data\":\"our passages\",\"part\":\"%s\",\"measure\":\"%s\","
           "\"score\":%.3f,\"target\":%s}\n",
           task, part, measure, score, target != NULL ? target : "null");
}

static int score_file(const char *path)
{
    struct tally times = {0};
    struct tally quantities = {0};
    char buffer[65536];
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fprintf(stderr, "score_values: cannot open %s\n", path);
        return 1;
    }
    while (fgets(buffer, sizeof buffer, file) != NULL) {
        json_error_t error;
        if (buffer[0] != '{') {
            continue;
        }
        json_t *line = json_loads(buffer, 0, &error);
        if (line == NULL) {
            fprintf(stderr, "score_values: %s: %s\n", path, error.text);
            fclose(file);
            return 1;
        }
        if (json_object_get(line, "text") != NULL) {
            score_line(line, &times, &quantities);
        }
        json_decref(line);
    }
    fclose(file);
    if (json) {
        const char *part = strstr(path, "_test") != NULL ? "held-out" : "dev";
        figure("times", part, "span F1", f1(times.relaxed, &times), NULL);
        figure("times", part, "value F1", f1(times.value, &times), "0.8");
        figure("amounts", part, "value F1", f1(quantities.value, &quantities), "0.8");
        figure("amounts", part, "modifier F1", f1(quantities.modifier, &quantities), NULL);
        figure("amounts", part, "thing counted F1", f1(quantities.counted, &quantities), NULL);
        return 0;
    }
    printf("%s\n", path);
    report("times", &times, 1);
    report("quantities", &quantities, 0);
    return 0;
}

static int show(const char *published)
{
    size_t capacity = 16u << 20;
    char *text = malloc(capacity);
    if (text == NULL) {
        return 1;
    }
    size_t size = fread(text, 1, capacity - 1, stdin);
    text[size] = '\0';
    struct value_found *found = values_read(text, published);
    for (struct value_found *f = found; f->end != 0; f++) {
        value_print(f);
    }
    values_free(found);
    free(text);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = 0;
    if (argc > 1 && strcmp(argv[1], "--show") == 0) {
        return show(argc > 2 ? argv[2] : "");
    }
    int files = 0;
    for (int i = 1; i < argc; i++) {
        verbose |= strcmp(argv[i], "-v") == 0;
        json |= strcmp(argv[i], "--json") == 0;
    }
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--corpora") == 0) {
            i++; /* our own passages are in the tree */
        } else if (argv[i][0] != '-') {
            failed |= score_file(argv[i]);
            files++;
        }
    }
    if (files == 0) {
        failed |= score_file(STEMMA_SOURCE_DIR "/tests/quality/gold/values_dev.jsonl");
        failed |= score_file(STEMMA_SOURCE_DIR "/tests/quality/gold/values_test.jsonl");
    }
    return failed;
}
