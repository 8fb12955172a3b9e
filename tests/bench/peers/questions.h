/* SPDX-License-Identifier: MIT */
/* The random questions: the same for every side, drawn from the table with a fixed seed. Entities
   come as often as they take part in events: a random row, one of its actors; the other entity of a
   pair, the type and the days around it are of the same row. */
#ifndef PEERS_QUESTIONS_H
#define PEERS_QUESTIONS_H

#include "event_rows.h"

typedef struct drawn {
    uint32_t event;
    text a, b, type;     /* into the table's file, kept by `questions` */
    int32_t month, week; /* first day of 30 and of 7 days inside the table */
} drawn;

typedef struct questions {
    drawn *all;
    uint32_t count;
    uint32_t events; /* rows of the table */
    text_table texts;
} questions;

/* Draws `count` questions. Ends the program when the file cannot be read. */
void questions_draw(questions *out, const char *path, const event_shape *shape, uint32_t count,
                    uint64_t seed);

#endif
