/* SPDX-License-Identifier: MIT */
/* The figures that the scores add up to, and how they say what went wrong. */
#include "score_corpus.h"

#include <stdarg.h>
#include <stdlib.h>

void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("error: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(2);
}

void expect_ok(stemma_status status, const stemma_error *error, const char *what)
{
    if (status != STEMMA_OK) {
        fail("%s: %s (%s)", what,
             status < 0 && error->message[0] != '\0' ? error->message : stemma_status_text(status),
             status < 0 ? error->code : stemma_status_name(status));
    }
}

void *need(size_t count, size_t size)
{
    void *memory = calloc(count != 0 ? count : 1, size);
    if (memory == NULL) {
        fail("no memory");
    }
    return memory;
}

void detail(struct report *report, const char *format, ...)
{
    if (report->details != NULL) {
        va_list arguments;
        va_start(arguments, format);
        vfprintf(report->details, format, arguments);
        fputc('\n', report->details);
        va_end(arguments);
    }
}

void report_counts(struct report *report, const char *name, const char *what, double right,
                   double predicted, double expected)
{
    if (report->count == FIGURES_MAX) {
        fail("more than %d figures", FIGURES_MAX);
    }
    struct figure *figure = &report->figures[report->count++];
    figure->name = name;
    figure->what = what;
    figure->right = right;
    figure->predicted = predicted;
    figure->expected = expected;
    figure->precision = predicted > 0 ? right / predicted : -1;
    figure->recall = expected > 0 ? right / expected : -1;
}

double figure_f1(const struct figure *figure)
{
    if (figure->precision < 0 || figure->recall < 0) {
        return -1;
    }
    double sum = figure->precision + figure->recall;
    return sum > 0 ? 2 * figure->precision * figure->recall / sum : 0;
}
