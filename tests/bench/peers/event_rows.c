/* SPDX-License-Identifier: MIT */
#include "event_rows.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define COLUMNS 16

static const event_shape shapes[] = {
    {"pairs", 4, 0, 2, -1, -1, -1, 2, {1, 3, 0, 0}, {0, 1, 0, 0}},
    {"matches", 10, 0, 1, 2, 8, 9, 4, {4, 5, 6, 7}, {0, 0, 1, 1}},
};

const event_shape *event_shape_named(const char *name)
{
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (strcmp(shapes[i].name, name) == 0) {
            return &shapes[i];
        }
    }
    return NULL;
}

static void refuse(const char *path, uint32_t line, const char *why)
{
    fprintf(stderr, "%s:%u: %s\n", path, line, why);
    exit(1);
}

static bool digits(const char *at, int count, int32_t *out)
{
    *out = 0;
    for (int i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9') {
            return false;
        }
        *out = *out * 10 + (at[i] - '0');
    }
    return true;
}

/* Proleptic Gregorian calendar, years counted from March so that the leap day comes last. */
bool day_of_text(text date, int32_t *day)
{
    int32_t y, m, d, era, year, day_of_year;
    if (date.size != 10 || !digits(date.data, 4, &y) || !digits(date.data + 5, 2, &m) ||
        !digits(date.data + 8, 2, &d) || m < 1 || m > 12 || d < 1 || d > 31) {
        return false;
    }
    y -= m <= 2;
    era = y / 400;
    year = y - era * 400;
    day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    *day = era * 146097 + year * 365 + year / 4 - year / 100 + day_of_year - 719468;
    return true;
}

void text_of_day(int32_t day, char out[11])
{
    int32_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
    int32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int32_t month = (5 * of_year + 2) / 153, d = of_year - (153 * month + 2) / 5 + 1;
    int32_t m = month < 10 ? month + 3 : month - 9, y = year + era * 400 + (m <= 2);
    for (int i = 3; i >= 0; i--, y /= 10) {
        out[i] = (char)('0' + y % 10);
    }
    out[4] = out[7] = '-';
    out[5] = (char)('0' + m / 10);
    out[6] = (char)('0' + m % 10);
    out[8] = (char)('0' + d / 10);
    out[9] = (char)('0' + d % 10);
    out[10] = '\0';
}

/* Splits one line; false when it has another number of columns. */
static bool split(const char *at, const char *end, int columns, text *out)
{
    for (int i = 0; i < columns; i++) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        if ((tab == NULL) != (i == columns - 1)) {
            return false;
        }
        out[i].data = at;
        out[i].size = (size_t)((tab == NULL ? end : tab) - at);
        at = tab == NULL ? end : tab + 1;
    }
    return true;
}

static uint32_t name_number(text_table *names, text t)
{
    return t.size == 0 ? NO_ENTITY : text_table_add(names, t);
}

/* What repeats from line to line is looked up only when it changes. */
typedef struct last_seen {
    char date[10];
    int32_t day;
} last_seen;

static void row_of(const char *path, const event_shape *shape, event_names *names,
                   const text *columns, last_seen *last, event_row *row)
{
    static const text none = {NULL, 0};
    text date = columns[shape->date];
    if (date.size != 10 || memcmp(last->date, date.data, 10) != 0) {
        int32_t before = last->day;
        if (!day_of_text(date, &last->day)) {
            refuse(path, row->number + 1u, "bad date");
        }
        if (last->day < before) {
            refuse(path, row->number + 1u, "earlier than the line before");
        }
        memcpy(last->date, date.data, 10);
    }
    row->day = last->day;
    row->type = text_table_add(&names->types, columns[shape->type]);
    row->place =
        shape->place < 0 ? NO_ENTITY : name_number(&names->entities, columns[shape->place]);
    for (int i = 0; i < ACTORS; i++) {
        row->actor[i] = i < shape->actor_count
                            ? name_number(&names->entities, columns[shape->actors[i]])
                            : NO_ENTITY;
    }
    row->content = shape->content < 0 ? none : columns[shape->content];
    row->key = shape->key < 0 ? none : columns[shape->key];
}

uint32_t event_rows_read(const char *path, const event_shape *shape, event_names *names,
                         void (*take)(void *context, const event_row *row), void *context)
{
    int fd = open(path, O_RDONLY);
    struct stat about;
    event_row row = {0};
    last_seen last = {{0}, INT32_MIN};
    const char *all, *at, *end;
    if (fd < 0 || fstat(fd, &about) != 0 || about.st_size == 0) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    all = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (all == MAP_FAILED) {
        fprintf(stderr, "%s: cannot be mapped\n", path);
        exit(1);
    }
    madvise((void *)(uintptr_t)all, (size_t)about.st_size, MADV_SEQUENTIAL);
    end = all + about.st_size;
    for (at = all; at < end; row.number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        text columns[COLUMNS];
        if (stop == NULL) {
            stop = end;
        }
        if (!split(at, stop, shape->columns, columns)) {
            refuse(path, row.number + 1u, "another number of columns");
        }
        row_of(path, shape, names, columns, &last, &row);
        take(context, &row);
        at = stop + 1;
    }
    munmap((void *)(uintptr_t)all, (size_t)about.st_size);
    close(fd);
    return row.number;
}
