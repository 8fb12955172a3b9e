/* SPDX-License-Identifier: MIT */
/* Puts the answers of different sides into the same words, so that they can be compared. */
#ifndef PEERS_ASK_CHECK_H
#define PEERS_ASK_CHECK_H

#include "side.h"

/* A side that is open, with what its numbers mean. */
typedef struct opened {
    const side *side;
    const char *path;
    void *state;
    question *questions;
    words entity_hash, type_hash; /* by own number */
} opened;

extern const char *const kind_names[KIND_COUNT];
extern const answer_shape kind_shapes[KIND_COUNT];

/* How many times as many questions a kind with quick answers has. */
#define POINTS 20u

/* How many of the questions that were drawn a side is asked in this kind. */
uint32_t check_count(const opened *o, kind k, uint32_t asked);

/* Reads all names of a side. */
void check_read_names(opened *o);

/* An answer in words that do not depend on the side, in place. */
void check_canonical(const opened *o, answer_shape shape, words *answer);

/* Asks everybody everything, untimed (this also warms the caches), and compares with the first
   side. Returns the number of differing answers and says what the first ones are. */
uint32_t check_answers(opened *all, uint32_t count, uint32_t questions);

/* Sums of KIND_SCAN from rows, in the side's own numbers. */
void check_sums(const words *rows, uint64_t sums[3]);

#endif
