/* SPDX-License-Identifier: MIT */
/* report EVENTS RESULTS: the table of one size. report flat EVENTS RESULTS [EVENTS RESULTS...]:
   cost of an event at each size. A line of results is KIND TAB SIDE TAB VALUE [TAB UNIT]; the unit
   is seconds, "B" or "KiB". Medians; how many times better Stemma is than each peer. */
#include "text_table.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIDES 3
#define MOST  256

static const char *const sides[SIDES] = {"stemma", "sqlite", "duckdb"};

typedef struct figure {
    char kind[64];
    char unit[8];
    double values[SIDES][MOST];
    uint32_t counts[SIDES];
} figure;

typedef struct figures {
    figure *all;
    uint32_t count;
} figures;

static figure *figure_of(figures *f, const char *kind, const char *unit)
{
    for (uint32_t i = 0; i < f->count; i++) {
        if (strcmp(f->all[i].kind, kind) == 0) {
            return &f->all[i];
        }
    }
    f->all = must_grow(f->all, (f->count + 1u) * sizeof *f->all);
    memset(&f->all[f->count], 0, sizeof *f->all);
    snprintf(f->all[f->count].kind, sizeof f->all->kind, "%s", kind);
    snprintf(f->all[f->count].unit, sizeof f->all->unit, "%s", unit);
    return &f->all[f->count++];
}

static void read_results(figures *f, const char *path)
{
    FILE *in = fopen(path, "r");
    char line[512];
    if (in == NULL) {
        perror(path);
        exit(1);
    }
    while (fgets(line, sizeof line, in) != NULL) {
        char kind[64], side[32], unit[8] = "s";
        double value;
        if (line[0] == '#' ||
            sscanf(line, "%63[^\t]\t%31[^\t]\t%lf\t%7s", kind, side, &value, unit) < 3) {
            continue;
        }
        for (int s = 0; s < SIDES; s++) {
            figure *one;
            if (strcmp(sides[s], side) == 0 && (one = figure_of(f, kind, unit))->counts[s] < MOST) {
                one->values[s][one->counts[s]++] = value;
            }
        }
    }
    fclose(in);
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Negative: none. */
static double median(figure *f, int side)
{
    uint32_t n = f->counts[side];
    if (n == 0) {
        return -1;
    }
    qsort(f->values[side], n, sizeof(double), ascending);
    return n % 2u != 0 ? f->values[side][n / 2u]
                       : (f->values[side][n / 2u - 1u] + f->values[side][n / 2u]) / 2;
}

static void put_value(double value, const char *unit)
{
    static const struct {
        const char *of, *unit;
        double from;
    } scales[] = {{"s", "s", 1},    {"s", "ms", 1e-3}, {"s", "us", 1e-6},    {"s", "ns", 0},
                  {"B", "MB", 1e6}, {"B", "B", 0},     {"KiB", "MiB", 1024}, {"KiB", "KiB", 0}};
    char shown_as[32] = "-";
    for (size_t i = 0; value >= 0 && i < sizeof scales / sizeof scales[0]; i++) {
        if (strcmp(scales[i].of, unit) == 0 && value >= scales[i].from) {
            double per = scales[i].from > 0 ? scales[i].from : strcmp(unit, "s") == 0 ? 1e-9 : 1;
            double shown = value / per;
            snprintf(shown_as, sizeof shown_as, "%.*f %s",
                     shown < 10    ? 2
                     : shown < 100 ? 1
                                   : 0,
                     shown, scales[i].unit);
            break;
        }
    }
    printf(" %12s", shown_as);
}

static void put_ratio(double stemma, double peer)
{
    char shown_as[32] = "-";
    if (stemma > 0 && peer > 0) {
        double times = peer / stemma;
        snprintf(shown_as, sizeof shown_as, "%.*f",
                 times < 0.1   ? 3
                 : times < 10  ? 2
                 : times < 100 ? 1
                               : 0,
                 times);
    }
    printf(" %9s", shown_as);
}

static void put_table(figures *f, double events)
{
    printf("%-28s %12s %12s %12s %9s %9s\n", "", "Stemma", "SQLite", "DuckDB", "SQLite /",
           "DuckDB /");
    printf("%-28s %12s %12s %12s %9s %9s\n", "", "", "", "", "Stemma", "Stemma");
    for (uint32_t i = 0; i < f->count; i++) {
        figure *one = &f->all[i];
        double got[SIDES];
        printf("%-28s", one->kind);
        for (int s = 0; s < SIDES; s++) {
            got[s] = median(one, s);
            put_value(got[s], one->unit);
        }
        put_ratio(got[0], got[1]);
        put_ratio(got[0], got[2]);
        putchar('\n');
        if (strcmp(one->unit, "B") == 0) {
            printf("%-28s", "  bytes an event");
            for (int s = 0; s < SIDES; s++) {
                put_value(got[s] < 0 ? got[s] : got[s] / events, "B");
            }
            putchar('\n');
        }
    }
}

static void put_flat(int argc, char **argv)
{
    static const char *const kinds[] = {"pack", "scan of all", "dump as JSON Lines", "file"};
    printf("%-28s", "Stemma, per event");
    for (int i = 2; i < argc; i += 2) {
        printf(" %9.2f M", strtod(argv[i], NULL) / 1e6);
    }
    putchar('\n');
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        printf("%-28s", kinds[k]);
        for (int i = 2; i + 1 < argc; i += 2) {
            figures f = {0};
            double value = -1;
            read_results(&f, argv[i + 1]);
            for (uint32_t j = 0; j < f.count; j++) {
                if (strcmp(f.all[j].kind, kinds[k]) == 0) {
                    value = median(&f.all[j], 0) / strtod(argv[i], NULL);
                    put_value(value, f.all[j].unit);
                }
            }
            if (value < 0) {
                put_value(-1, "s");
            }
            free(f.all);
        }
        putchar('\n');
    }
}

int main(int argc, char **argv)
{
    if (argc >= 4 && strcmp(argv[1], "flat") == 0) {
        put_flat(argc, argv);
    } else if (argc == 3) {
        figures f = {0};
        read_results(&f, argv[2]);
        put_table(&f, strtod(argv[1], NULL));
        free(f.all);
    } else {
        fprintf(stderr, "usage: report EVENTS RESULTS\n       report flat EVENTS RESULTS...\n");
        return 2;
    }
    return 0;
}
