/* SPDX-License-Identifier: MIT */
/* What a side of the bench must answer. Answers are words (32 bits), in the side's own numbers for
   entities and types, in order; ask_check.c puts both sides' answers into the same words, untimed,
   and compares them. Events have the same numbers on every side: rows of the table in order of
   time. */
#ifndef PEERS_SIDE_H
#define PEERS_SIDE_H

#include "event_rows.h"

typedef struct words {
    uint32_t *at;
    size_t count, capacity;
} words;

/* One question in a side's own numbers. */
typedef struct question {
    uint32_t event;
    text name;     /* of entity a */
    uint32_t a, b; /* entities */
    uint32_t type;
    int32_t month_from, month_to; /* days, both included: 30 of them ... */
    int32_t week_from, week_to;   /* ... and 7 */
} question;

/* Shape of the words of an answer. */
typedef enum answer_shape {
    ANSWER_EVENTS, /* numbers of events, ascending */
    ANSWER_ENTITY, /* one entity */
    ANSWER_ROWS,   /* rows: see put_row() */
    ANSWER_COUNTS, /* (type, count), any order */
    ANSWER_SUMS    /* sums in own numbers: compared with the rows that scan_rows() gives */
} answer_shape;

/* Questions, in the order of the table that is printed. */
typedef enum kind {
    KIND_EVENT,      /* one event by number, with all its columns */
    KIND_NAME,       /* entity by its exact name */
    KIND_RANGE,      /* events of an entity in 30 days: numbers */
    KIND_RANGE_ROWS, /* the same with all columns */
    KIND_SHARED,     /* events of two entities */
    KIND_TRIANGLE, /* events in 30 days between two different partners of an entity in those days */
    KIND_TYPE,     /* events of a type in 7 days */
    KIND_SCAN,     /* sum over every column of all events */
    KIND_COUNTS,   /* events of every type */
    KIND_COUNT
} kind;

typedef void ask_function(void *state, const question *q, words *out);

/* One name of an entity or a type by its own number. */
typedef void take_name(void *context, uint32_t number, text name);

typedef struct side {
    const char *name;
    void *(*open)(const char *path, const event_shape *shape); /* or ends the program */
    void (*close)(void *state);
    void (*before)(void *state, kind which); /* untimed, before a kind's questions; may be NULL */
    ask_function *ask[KIND_COUNT];
    ask_function *scan_rows; /* every event as rows, by the way that KIND_SCAN reads */
    uint32_t (*entity)(void *state, text name); /* own number of a name; for setting up */
    uint32_t (*type)(void *state, text name);   /* own number of a type, or UINT32_MAX */
    void (*names)(void *state, bool types, take_name *take, void *context); /* all of them */
} side;

extern const side side_stemma, side_sqlite, side_duckdb;
extern const side side_checked; /* Stemma, with the page check when opening */

static inline void put_word(words *out, uint32_t word)
{
    if (out->count == out->capacity) {
        out->capacity = out->capacity * 2u + 1024u;
        out->at = must_grow(out->at, out->capacity * sizeof *out->at);
    }
    out->at[out->count++] = word;
}

/* A row: day, type, place or NO_ENTITY, number of actors, then (role, entity) of each. */
enum { ROW_HEAD = 4, ROW_WORDS = ROW_HEAD + 2 * ACTORS };

static inline uint32_t *room_for(words *out, size_t count)
{
    if (out->capacity - out->count < count) {
        out->capacity = out->capacity * 2u + count + 1024u;
        out->at = must_grow(out->at, out->capacity * sizeof *out->at);
    }
    return out->at + out->count;
}

/* A set of numbers that is emptied in time proportional to what it holds. Zeroed is empty. */
typedef struct number_set {
    uint8_t *has;
    uint32_t size;
    words all;
} number_set;

static inline void set_size(number_set *set, uint32_t size)
{
    if (set->size < size) {
        set->has = must_grow(set->has, size);
        for (uint32_t i = set->size; i < size; i++) {
            set->has[i] = 0;
        }
        set->size = size;
    }
}

static inline void set_add(number_set *set, uint32_t number)
{
    if (!set->has[number]) {
        set->has[number] = 1;
        put_word(&set->all, number);
    }
}

static inline void set_clear(number_set *set)
{
    for (size_t i = 0; i < set->all.count; i++) {
        set->has[set->all.at[i]] = 0;
    }
    set->all.count = 0;
}

/* How many lists of events hold each event of a window: the way both Stemma's and SQLite's side
   find triangles. Zeroed is empty. */
typedef struct event_counts {
    uint8_t *of; /* by event from `first` on, at most 2 */
    size_t size, used;
    uint32_t first;
} event_counts;

static inline void count_event(event_counts *counts, uint32_t event)
{
    size_t at = event - counts->first;
    if (at >= counts->size) {
        size_t size = at * 2u + 4096u;
        counts->of = must_grow(counts->of, size);
        for (size_t i = counts->size; i < size; i++) {
            counts->of[i] = 0;
        }
        counts->size = size;
    }
    counts->of[at] = (uint8_t)(counts->of[at] + (counts->of[at] < 2));
    counts->used = counts->used <= at ? at + 1u : counts->used;
}

/* The events that two lists or more hold, ascending; empties the counts. */
void put_counted(event_counts *counts, words *out);

#endif
