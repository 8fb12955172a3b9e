/* SPDX-License-Identifier: MIT */
/* Scores a knowledge base against a gold annotation of its documents.
 *
 *     score_corpus [--json] [--errors] [--floor FLOOR.json] [--conflicts ANSWER.jsonl] KB GOLD.json
 *
 * Prints precision, recall and F1; tests/corpus/README.md says what of. --errors lists every
 * mistake on standard error. --conflicts is what `stemma-query -n 0 -f jsonl KB conflicts` says. --floor compares with a JSON object of least values ("events.f1":
 * 0.5): exit code 1 when one is not reached, 2 when something cannot be read. */
#include "score_corpus.h"

#include <stdlib.h>
#include <string.h>

/* ---- Output ------------------------------------------------------------------------------------
 */

static void print_share(double share)
{
    if (share < 0) {
        fputs("      -", stdout);
    } else {
        printf("  %5.3f", share);
    }
}

static void print_text(const struct report *report)
{
    printf("%-16s %5s  %5s  %5s  %7s %7s %7s\n", "", "prec.", "rec.", "F1", "right", "found",
           "gold");
    for (size_t i = 0; i < report->count; i++) {
        const struct figure *figure = &report->figures[i];
        printf("%-15s", figure->name);
        print_share(figure->precision);
        print_share(figure->recall);
        print_share(figure_f1(figure));
        printf(" %7.0f %7.0f %7.0f  %s\n", figure->right, figure->predicted, figure->expected,
               figure->what);
    }
}

static void set_share(json_t *object, const char *key, double share)
{
    if (share >= 0) {
        json_object_set_new(object, key, json_real(share));
    }
}

static json_t *to_json(const struct report *report)
{
    json_t *all = json_object();
    for (size_t i = 0; i < report->count; i++) {
        const struct figure *figure = &report->figures[i];
        json_t *object = json_object();
        set_share(object, "precision", figure->precision);
        set_share(object, "recall", figure->recall);
        set_share(object, "f1", figure_f1(figure));
        json_object_set_new(object, "right", json_integer((json_int_t)figure->right));
        json_object_set_new(object, "found", json_integer((json_int_t)figure->predicted));
        json_object_set_new(object, "gold", json_integer((json_int_t)figure->expected));
        json_object_set_new(all, figure->name, object);
    }
    return all;
}

/* ---- Floor -------------------------------------------------------------------------------------
 */

/* The value that a floor speaks of, e.g. "events.f1". */
static double value_named(const struct report *report, const char *name)
{
    const char *dot = strchr(name, '.');
    for (size_t i = 0; dot != NULL && i < report->count; i++) {
        const struct figure *figure = &report->figures[i];
        if (strlen(figure->name) != (size_t)(dot - name) ||
            strncmp(figure->name, name, (size_t)(dot - name)) != 0) {
            continue;
        }
        if (strcmp(dot, ".precision") == 0) {
            return figure->precision;
        }
        if (strcmp(dot, ".recall") == 0) {
            return figure->recall;
        }
        if (strcmp(dot, ".f1") == 0) {
            return figure_f1(figure);
        }
    }
    fail("floor: there is no figure \"%s\"", name);
}

static int is_above(const struct report *report, const char *path)
{
    json_error_t error;
    json_t *floor = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    const char *name;
    json_t *least;
    int above = 1;
    if (!json_is_object(floor) || json_object_size(floor) == 0) {
        fail("%s: %s", path, floor == NULL ? error.text : "no object with least values");
    }
    json_object_foreach(floor, name, least)
    {
        if (!json_is_number(least)) {
            fail("floor: \"%s\" is no number", name);
        }
        double value = value_named(report, name);
        if (value < json_number_value(least)) {
            fprintf(stderr, "score_corpus: %s is %.3f, below its floor of %.3f\n", name, value,
                    json_number_value(least));
            above = 0;
        }
    }
    json_decref(floor);
    return above;
}

/* ---- Main --------------------------------------------------------------------------------------
 */

static void score(const char *kb_path, const char *gold_path, const char *conflicts,
                  struct report *report)
{
    struct gold gold;
    struct kb kb;
    struct units units;
    uint32_t *matches;
    gold_load(&gold, gold_path);
    kb_load(&kb, kb_path, &gold);
    size_t present = 0;
    for (size_t i = 0; i < gold.document_count; i++) {
        present += gold.documents[i].number != STEMMA_NONE;
        if (gold.documents[i].number == STEMMA_NONE) {
            detail(report, "document missing: %s", gold.documents[i].name);
        }
    }
    report_counts(report, "documents", "documents of the gold that the file holds", (double)present,
                  0, (double)gold.document_count);
    score_entities(&gold, &kb, &units, report);
    score_events(&gold, &kb, &units, report, &matches);
    score_copies(&gold, &kb, report);
    score_attributions(&gold, &kb, &units, report);
    score_conflicts(&gold, &kb, matches, conflicts, report);
    score_as_of(&gold, &kb, &units, matches, report);
    free(matches);
    units_free(&units);
    kb_free(&kb);
    gold_free(&gold);
}

int main(int argc, char **argv)
{
    static struct report report;
    const char *floor = NULL;
    const char *conflicts = NULL;
    int json = 0;
    int at = 1;
    for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
        if (strcmp(argv[at], "--json") == 0) {
            json = 1;
        } else if (strcmp(argv[at], "--errors") == 0) {
            report.details = stderr;
        } else if (strcmp(argv[at], "--floor") == 0 && at + 1 < argc) {
            floor = argv[++at];
        } else if (strcmp(argv[at], "--conflicts") == 0 && at + 1 < argc) {
            conflicts = argv[++at];
        } else {
            break;
        }
    }
    if (argc - at != 2) {
        fail("usage: score_corpus [--json] [--errors] [--floor FLOOR.json] "
             "[--conflicts ANSWER.jsonl] KB GOLD.json");
    }
    score(argv[at], argv[at + 1], conflicts, &report);
    if (json) {
        json_t *figures = to_json(&report);
        json_dumpf(figures, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(4));
        putchar('\n');
        json_decref(figures);
    } else {
        print_text(&report);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fail("cannot write the figures");
    }
    return floor == NULL || is_above(&report, floor) ? 0 : 1;
}
