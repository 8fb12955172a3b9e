/* SPDX-License-Identifier: MIT */
/* Reads a table of events as fast as plain C does: one mapped file, memchr(), no allocation a row.
   Two shapes are known:

   pairs    date, agent, type, patient
   matches  date, type, place, surface (not kept), agent, agent, patient, patient, score, source key

   Lines are in order of date, so the row number is the event's number on every side. */
#ifndef PEERS_EVENT_ROWS_H
#define PEERS_EVENT_ROWS_H

#include "text_table.h"

#include <stdbool.h>

#define NO_ENTITY UINT32_MAX
#define ACTORS    4

typedef struct event_shape {
    const char *name;
    int columns;
    int date, type, place, content, key; /* column, or -1 */
    int actor_count;
    int actors[ACTORS];
    uint8_t roles[ACTORS]; /* 0 agent, 1 patient */
} event_shape;

/* By name; NULL when there is none such. */
const event_shape *event_shape_named(const char *name);

typedef struct event_row {
    uint32_t number; /* from 0 */
    int32_t day;     /* since 1970-01-01 */
    uint32_t type;
    uint32_t place;
    uint32_t actor[ACTORS]; /* or NO_ENTITY */
    text content, key;
} event_row;

typedef struct event_names {
    text_table entities, types;
} event_names;

/* Calls `take` for every line. Numbers of names and types come from `names`, which grows. Returns
   the number of rows; ends the program when the file cannot be read or a line has another shape or
   an earlier date than the one before. */
uint32_t event_rows_read(const char *path, const event_shape *shape, event_names *names,
                         void (*take)(void *context, const event_row *row), void *context);

/* Days since 1970-01-01 of YYYY-MM-DD, and back: `out` holds 11 bytes with the NUL. */
bool day_of_text(text date, int32_t *day);
void text_of_day(int32_t day, char out[11]);

#endif
