/* SPDX-License-Identifier: MIT */
#include "metrics.h"

#include "stemma/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef STEMMA_NONE
#define STEMMA_NONE UINT32_MAX
#endif

static void *make(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (memory == NULL) {
        (void)fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return memory;
}

struct metric metric_of(double hits, double truth, double said)
{
    struct metric metric = {truth > 0 ? hits / truth : 0, said > 0 ? hits / said : 0, 0};
    double sum = metric.recall + metric.precision;
    metric.f1 = sum > 0 ? 2 * metric.recall * metric.precision / sum : 0;
    return metric;
}

static struct metric of_halves(double recall, double precision)
{
    double sum = recall + precision;
    struct metric metric = {recall, precision, sum > 0 ? 2 * recall * precision / sum : 0};
    return metric;
}

/* How many mentions a cluster of one side shares with one of the other (NONE: with none). */
struct overlap {
    uint32_t a;
    uint32_t b;
    uint32_t count;
    uint32_t size_a;
    uint32_t size_b;
};

static int compare_overlaps(const void *left, const void *right)
{
    const struct overlap *x = left;
    const struct overlap *y = right;
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return (x->b > y->b) - (x->b < y->b);
}

static int compare_numbers(const void *left, const void *right)
{
    uint32_t x = *(const uint32_t *)left;
    uint32_t y = *(const uint32_t *)right;
    return (x > y) - (x < y);
}

static uint32_t *sorted(const uint32_t *numbers, size_t count)
{
    uint32_t *copy = make(count, sizeof *copy);
    if (count != 0) {
        memcpy(copy, numbers, count * sizeof *copy);
        qsort(copy, count, sizeof *copy, compare_numbers);
    }
    return copy;
}

static size_t lower(const uint32_t *numbers, size_t count, uint32_t wanted)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (numbers[middle] < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* How often a number stands in a sorted array. */
static uint32_t times(const uint32_t *numbers, size_t count, uint32_t wanted)
{
    size_t first = lower(numbers, count, wanted);
    size_t end = first;
    while (end < count && numbers[end] == wanted) {
        end++;
    }
    return (uint32_t)(end - first);
}

/* All overlaps of clusters of `a` with clusters of `b`, ascending. The caller frees. */
static struct overlap *overlaps(const uint32_t *a, const uint32_t *b, size_t count, size_t *found)
{
    struct overlap *list = make(count, sizeof *list);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (a[i] != STEMMA_NONE) {
            list[used].a = a[i];
            list[used].b = b[i];
            list[used++].count = 1;
        }
    }
    qsort(list, used, sizeof *list, compare_overlaps);
    size_t kept = 0;
    for (size_t i = 0; i < used; i++) {
        if (kept != 0 && compare_overlaps(&list[kept - 1], &list[i]) == 0) {
            list[kept - 1].count++;
        } else {
            list[kept++] = list[i];
        }
    }
    uint32_t *in_a = sorted(a, count);
    uint32_t *in_b = sorted(b, count);
    for (size_t i = 0; i < kept; i++) {
        if (i != 0 && list[i].a == list[i - 1].a) {
            list[i].size_a = list[i - 1].size_a;
        } else {
            list[i].size_a = times(in_a, count, list[i].a);
        }
        list[i].size_b = list[i].b == STEMMA_NONE ? 0 : times(in_b, count, list[i].b);
    }
    free(in_a);
    free(in_b);
    *found = kept;
    return list;
}

static double links(double n)
{
    return n * (n - 1) / 2;
}

struct halves {
    double muc;
    double b3;
    double lea;
};

static struct halves half(const uint32_t *a, const uint32_t *b, size_t count)
{
    size_t found;
    struct overlap *list = overlaps(a, b, count, &found);
    double muc_top = 0, muc_bottom = 0, b3_top = 0, lea_top = 0, mentions = 0;
    for (size_t i = 0; i < found;) {
        double size = list[i].size_a;
        double parts = 0, linked = 0;
        for (uint32_t cluster = list[i].a; i < found && list[i].a == cluster; i++) {
            double n = list[i].count;
            if (list[i].b == STEMMA_NONE) {
                parts += n;
                continue;
            }
            parts++;
            b3_top += n * n / size;
            linked += size > 1 ? links(n) : list[i].size_b == 1;
        }
        muc_top += size - parts;
        muc_bottom += size - 1;
        lea_top += size * (size > 1 ? linked / links(size) : linked);
        mentions += size;
    }
    free(list);
    struct halves halves = {muc_bottom > 0 ? muc_top / muc_bottom : 0,
                            mentions > 0 ? b3_top / mentions : 0,
                            mentions > 0 ? lea_top / mentions : 0};
    return halves;
}

struct metric metric_muc(const uint32_t *key, const uint32_t *response, size_t count)
{
    return of_halves(half(key, response, count).muc, half(response, key, count).muc);
}

struct metric metric_b3(const uint32_t *key, const uint32_t *response, size_t count)
{
    return of_halves(half(key, response, count).b3, half(response, key, count).b3);
}

struct metric metric_lea(const uint32_t *key, const uint32_t *response, size_t count)
{
    return of_halves(half(key, response, count).lea, half(response, key, count).lea);
}

static double all_links(const uint32_t *clusters, size_t count)
{
    uint32_t *list = sorted(clusters, count);
    double sum = 0;
    for (size_t i = 0; i < count && list[i] != STEMMA_NONE;) {
        size_t n = times(list, count, list[i]);
        sum += links((double)n);
        i += n;
    }
    free(list);
    return sum;
}

struct metric metric_pairs(const uint32_t *key, const uint32_t *response, size_t count)
{
    size_t found;
    struct overlap *list = overlaps(key, response, count, &found);
    double hits = 0;
    for (size_t i = 0; i < found; i++) {
        hits += list[i].b == STEMMA_NONE ? 0 : links(list[i].count);
    }
    free(list);
    return metric_of(hits, all_links(key, count), all_links(response, count));
}

/* The greatest sum of a one-to-one assignment of `rows` to `columns`, rows not the more (Kuhn and
   Munkres with potentials). `weight` row by row. */
static double assign(const double *weight, size_t rows, size_t columns)
{
    double *u = make(rows + 1, sizeof *u);
    double *v = make(columns + 1, sizeof *v);
    double *least = make(columns + 1, sizeof *least);
    size_t *match = make(columns + 1, sizeof *match);
    size_t *way = make(columns + 1, sizeof *way);
    uint8_t *used = make(columns + 1, 1);
    for (size_t i = 1; i <= rows; i++) {
        size_t column = 0;
        match[0] = i;
        for (size_t j = 0; j <= columns; j++) {
            least[j] = 1e300;
            used[j] = 0;
        }
        while (match[column] != 0) {
            size_t row = match[column];
            size_t next = 0;
            double delta = 1e300;
            used[column] = 1;
            for (size_t j = 1; j <= columns; j++) {
                double cost = -weight[(row - 1) * columns + j - 1] - u[row] - v[j];
                if (used[j]) {
                    continue;
                }
                if (cost < least[j]) {
                    least[j] = cost;
                    way[j] = column;
                }
                if (least[j] < delta) {
                    delta = least[j];
                    next = j;
                }
            }
            for (size_t j = 0; j <= columns; j++) {
                if (used[j]) {
                    u[match[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        }
        for (; column != 0; column = way[column]) {
            match[column] = match[way[column]];
        }
    }
    double sum = 0;
    for (size_t j = 1; j <= columns; j++) {
        sum += match[j] == 0 ? 0 : weight[(match[j] - 1) * columns + j - 1];
    }
    free(u);
    free(v);
    free(least);
    free(match);
    free(way);
    free(used);
    return sum;
}

static uint32_t root_of(uint32_t *parent, uint32_t node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

static size_t distinct(uint32_t *numbers, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count && numbers[i] != STEMMA_NONE; i++) {
        if (kept == 0 || numbers[kept - 1] != numbers[i]) {
            numbers[kept++] = numbers[i];
        }
    }
    return kept;
}

/* The best assignment among the overlaps of one part, `list[0 .. count)`. */
static double assign_part(const struct overlap *list, size_t count)
{
    uint32_t *rows = make(count, sizeof *rows);
    uint32_t *columns = make(count, sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        rows[i] = list[i].a;
        columns[i] = list[i].b;
    }
    qsort(rows, count, sizeof *rows, compare_numbers);
    qsort(columns, count, sizeof *columns, compare_numbers);
    size_t m = distinct(rows, count);
    size_t n = distinct(columns, count);
    int turned = m > n;
    double *weight = make(m * n, sizeof *weight);
    for (size_t i = 0; i < count; i++) {
        size_t r = lower(rows, m, list[i].a);
        size_t c = lower(columns, n, list[i].b);
        weight[turned ? c * m + r : r * n + c] =
            2.0 * list[i].count / (list[i].size_a + list[i].size_b);
    }
    double sum = turned ? assign(weight, n, m) : assign(weight, m, n);
    free(weight);
    free(rows);
    free(columns);
    return sum;
}

struct part {
    uint32_t root;
    struct overlap overlap;
};

static int compare_parts(const void *left, const void *right)
{
    const struct part *a = left;
    const struct part *b = right;
    if (a->root != b->root) {
        return a->root < b->root ? -1 : 1;
    }
    return compare_overlaps(&a->overlap, &b->overlap);
}

/* Clusters that share no mention never pair, so each connected part is assigned by itself. */
struct metric metric_ceaf(const uint32_t *key, const uint32_t *response, size_t count)
{
    size_t found;
    struct overlap *list = overlaps(key, response, count, &found);
    uint32_t *keys = sorted(key, count);
    uint32_t *answers = sorted(response, count);
    size_t m = distinct(keys, count);
    size_t n = distinct(answers, count);
    uint32_t *parent = make(m + n, sizeof *parent);
    for (size_t i = 0; i < m + n; i++) {
        parent[i] = (uint32_t)i;
    }
    struct part *parts = make(found, sizeof *parts);
    size_t part_count = 0;
    for (size_t i = 0; i < found; i++) {
        if (list[i].b != STEMMA_NONE) {
            uint32_t a = root_of(parent, (uint32_t)lower(keys, m, list[i].a));
            uint32_t b = root_of(parent, (uint32_t)(m + lower(answers, n, list[i].b)));
            parent[a] = b;
            parts[part_count++].overlap = list[i];
        }
    }
    for (size_t i = 0; i < part_count; i++) {
        parts[i].root = root_of(parent, (uint32_t)lower(keys, m, parts[i].overlap.a));
    }
    qsort(parts, part_count, sizeof *parts, compare_parts);
    double total = 0;
    for (size_t i = 0; i < part_count;) {
        size_t first = i;
        for (; i < part_count && parts[i].root == parts[first].root; i++) {
            list[i - first] = parts[i].overlap;
        }
        total += assign_part(list, i - first);
    }
    free(parts);
    free(parent);
    free(keys);
    free(answers);
    free(list);
    return metric_of(total, (double)m, (double)n);
}

double metric_conll(const uint32_t *key, const uint32_t *response, size_t count)
{
    return (metric_muc(key, response, count).f1 + metric_b3(key, response, count).f1 +
            metric_ceaf(key, response, count).f1) /
           3;
}

void metric_print(const char *label, const uint32_t *key, const uint32_t *response, size_t count)
{
    struct metric b3 = metric_b3(key, response, count);
    struct metric pairs = metric_pairs(key, response, count);
    printf("%-28s MUC %5.1f  B3 %5.1f (R %5.1f P %5.1f)  CEAF %5.1f  CoNLL %5.1f  LEA %5.1f  "
           "pairs P %5.1f R %5.1f  of %zu\n",
           label, 100 * metric_muc(key, response, count).f1, 100 * b3.f1, 100 * b3.recall,
           100 * b3.precision, 100 * metric_ceaf(key, response, count).f1,
           100 * metric_conll(key, response, count), 100 * metric_lea(key, response, count).f1,
           100 * pairs.precision, 100 * pairs.recall, count);
}
