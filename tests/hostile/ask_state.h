/* SPDX-License-Identifier: MIT */
/* What the questions of ask.h share. */
#ifndef STEMMA_TESTS_ASK_STATE_H
#define STEMMA_TESTS_ASK_STATE_H

#include "hostile/ask.h"
#include "stemma/stemma.h"

/* Most of each thing that is asked for: a damaged file may claim any number. */
#define ASK_MOST 40u

typedef struct asking {
    stemma_file *file;
    stemma_snapshot *snapshot;
    stemma_counts counts;
    stemma_error error;
    asked *out;
} asking;

/* Counts a status; true when there is an answer. */
int ask_met(asking *self, stemma_status status);
void ask_wrong(asking *self, const char *what);

/* Looks at a text: UTF-8 without NUL. */
void ask_text(asking *self, stemma_text text);
void ask_number(asking *self, uint64_t number);
void ask_claim(asking *self, const stemma_claim *claim);
void ask_object(asking *self, const stemma_object *object);

/* Entity numbers 0, 1, ... and one that is too many. */
uint32_t ask_limit(uint64_t count);

/* The question in ask_rows.c. */
void ask_rows(asking *self);

/* The questions in ask_find.c. */
void ask_find(asking *self);
void ask_search(asking *self);
void ask_paths(asking *self);
void ask_between(asking *self);
void ask_timeline(asking *self);
void ask_conflicts(asking *self);
void ask_agree(asking *self);
void ask_why(asking *self);
void ask_doubts(asking *self);
void ask_sources(asking *self);
void ask_passages(asking *self);
void ask_alike(asking *self);
void ask_difference(asking *self);
void ask_places(asking *self);
void ask_labels(asking *self);
void ask_as_of(asking *self);
void ask_events(asking *self);
void ask_scan(asking *self);

#endif
