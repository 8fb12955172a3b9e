/* SPDX-License-Identifier: MIT */
/* Files for many readers, and what one reader alone is told of them. */
#ifndef STEMMA_TESTS_CROWD_H
#define STEMMA_TESTS_CROWD_H

#include <stdbool.h>

#include "hostile/ask.h"
#include "hostile/shapes.h"

#define CROWD_QUESTIONS 64u

/* A folder of the test's own, in memory where the system has such, and a file in it. */
typedef struct crowd {
    char folder[64];
    char path[96];
} crowd;

/* What all questions were answered with. */
typedef struct crowd_answers {
    uint64_t sum[CROWD_QUESTIONS];
    uint32_t answers[CROWD_QUESTIONS];
    uint64_t sql;
} crowd_answers;

/* Makes the folder; aborts when it cannot. */
void crowd_begin(crowd *self);
/* Removes the folder and all that is in it. */
void crowd_end(crowd *self);

/* Puts a file of the shape at `path`, as it is, without care for who reads there. */
void crowd_put(const char *path, shape which);

/* Asks everything, from the `first` question on round to it again. False, and told on standard
   error, when an answer is an error. */
bool crowd_ask(stemma_file *file, uint32_t first, crowd_answers *out);

/* A question in SQL, on a connection of the reader's own. Not in the child of a process with threads:
   SQLite's locks do not survive that. */
bool crowd_ask_sql(stemma_file *file, uint64_t *sum);

/* Whether two readers were told the same; the first difference goes to standard error. */
bool crowd_same(const crowd_answers *one, const crowd_answers *other);

#endif
