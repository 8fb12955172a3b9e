/* SPDX-License-Identifier: MIT */
#include "questions.h"

#include "../../support/prng.h"

#include <stdlib.h>
#include <string.h>

#define MONTH 30
#define WEEK  7

typedef struct drawing {
    questions *out;
    const event_shape *shape;
    event_names names;
    uint32_t *rows; /* ascending; row of each question */
    uint32_t *kept; /* (a, b, type) numbers of each question's row */
    uint32_t next;
    int32_t first_day, last_day;
    prng random;
} drawing;

static void count_row(void *context, const event_row *row)
{
    drawing *d = context;
    if (row->number == 0) {
        d->first_day = row->day;
    }
    d->last_day = row->day;
}

/* First of `length` days inside the table, `day` among them. */
static int32_t window(drawing *d, int32_t day, int32_t length)
{
    int32_t first = day - (int32_t)prng_below(&d->random, (uint32_t)length);
    if (first > d->last_day - length + 1) {
        first = d->last_day - length + 1;
    }
    return first < d->first_day ? d->first_day : first;
}

static void keep_row(void *context, const event_row *row)
{
    drawing *d = context;
    while (d->next < d->out->count && d->rows[d->next] == row->number) {
        uint32_t present[ACTORS], count = 0, first;
        for (int i = 0; i < d->shape->actor_count; i++) {
            if (row->actor[i] != NO_ENTITY) {
                present[count++] = row->actor[i];
            }
        }
        first = prng_below(&d->random, count);
        d->kept[d->next * 3u] = present[first];
        d->kept[d->next * 3u + 1u] =
            count == 1 ? present[0]
                       : present[(first + 1u + prng_below(&d->random, count - 1u)) % count];
        d->kept[d->next * 3u + 2u] = row->type;
        d->out->all[d->next].month = window(d, row->day, MONTH);
        d->out->all[d->next].week = window(d, row->day, WEEK);
        d->next++;
    }
}

static int ascending(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static void shuffle(drawing *d)
{
    for (uint32_t i = d->out->count; i > 1; i--) {
        uint32_t j = prng_below(&d->random, i);
        drawn held = d->out->all[i - 1u];
        d->out->all[i - 1u] = d->out->all[j];
        d->out->all[j] = held;
    }
}

void questions_draw(questions *out, const char *path, const event_shape *shape, uint32_t count,
                    uint64_t seed)
{
    drawing d = {0};
    memset(out, 0, sizeof *out);
    d.out = out;
    d.shape = shape;
    d.random.state = seed;
    out->events = event_rows_read(path, shape, &d.names, count_row, &d);
    out->count = count;
    out->all = must_grow(NULL, count * sizeof *out->all);
    d.rows = must_grow(NULL, count * sizeof *d.rows);
    d.kept = must_grow(NULL, count * 3u * sizeof *d.kept);
    for (uint32_t i = 0; i < count; i++) {
        d.rows[i] = prng_below(&d.random, out->events);
    }
    qsort(d.rows, count, sizeof *d.rows, ascending);
    event_rows_read(path, shape, &d.names, keep_row, &d);
    for (uint32_t i = 0; i < count * 3u; i++) {
        const text_table *from = i % 3u == 2u ? &d.names.types : &d.names.entities;
        d.kept[i] = text_table_add(&out->texts, text_table_get(from, d.kept[i]));
    }
    for (uint32_t i = 0; i < count; i++) {
        drawn *q = &out->all[i];
        q->event = prng_below(&d.random, out->events);
        q->a = text_table_get(&out->texts, d.kept[i * 3u]);
        q->b = text_table_get(&out->texts, d.kept[i * 3u + 1u]);
        q->type = text_table_get(&out->texts, d.kept[i * 3u + 2u]);
    }
    shuffle(&d);
    text_table_free(&d.names.entities);
    text_table_free(&d.names.types);
    free(d.rows);
    free(d.kept);
}
