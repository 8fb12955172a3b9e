/* SPDX-License-Identifier: MIT */
/* Everything that can be asked of a file, one question at a time, as a program would that believes
   what it is told: numbers are followed, arrays read to their ends, every byte of a text looked at. */
#ifndef STEMMA_TESTS_ASK_H
#define STEMMA_TESTS_ASK_H

#include "stemma/read.h"

/* What was answered. */
typedef struct asked {
    uint32_t answers;   /* STEMMA_OK */
    uint32_t damaged;   /* STEMMA_E_DAMAGED */
    uint32_t too_much;  /* STEMMA_E_NO_MEMORY, STEMMA_E_LIMIT */
    uint32_t differs;   /* two ways of asking for the same thing that differ: only where there is damage */
    uint32_t wrong;     /* what no file may cause: other statuses, no explanation, bad texts */
    char what[160];     /* of the first that was wrong */
    stemma_error first; /* the first failure */
    uint64_t sum;       /* of all that was handed out */
} asked;

uint32_t question_count(void);
const char *question_name(uint32_t question);
/* By name; STEMMA_NONE when there is none. */
uint32_t question_named(const char *name);

/* Begins a snapshot, asks and ends it. Adds to `out`. */
void ask(stemma_file *file, uint32_t question, asked *out);

/* The same within a snapshot that is there, which is reset. */
void ask_of(stemma_snapshot *snapshot, stemma_file *file, uint32_t question, asked *out);

#endif
