/* SPDX-License-Identifier: MIT */
/* A finished file with two data sets and some articles, for tests of reading, and what was put into
 * it. Some actors are joined, inside a data set and across, some rows too, so that rows of all
 * kinds are there. All of it tells of an invented country. */
#ifndef STEMMA_TESTS_ROW_FILE_H
#define STEMMA_TESTS_ROW_FILE_H

#include <stdint.h>

#include "stemma/read.h"

#define ROW_FILE_SETS   2u
#define ROW_FILE_ACTORS 40u
#define ROW_FILE_MOST   6u /* participants of a row */
#define ROW_FILE_NONE   UINT32_MAX

typedef struct row_file_row {
    uint32_t number;
    const char *type;
    const char *time; /* may be "" */
    uint32_t participant_count;
    const char *roles[ROW_FILE_MOST];
    uint32_t actors[ROW_FILE_MOST]; /* as ROW_FILE_ACTORS are numbered, not ordinals */
    uint32_t place;
    uint32_t source;
    char external_id[24];
    char content[40];
    const char *quantity; /* predicate, or NULL */
    char amount[12];
    const char *unit;
} row_file_row;

typedef struct row_file {
    char folder[64];
    char path[96];
    uint32_t rows; /* of each data set */
    row_file_row *row[ROW_FILE_SETS];
    uint32_t articles;
} row_file;

/* Writes it. Aborts when it cannot. */
void row_file_make(row_file *file, uint32_t rows, uint32_t articles);

/* The same with tables that are in order of time but for a few rows, and fewer rows that are
   joined, so that long runs of rows lie together. */
void row_file_make_ordered(row_file *file, uint32_t rows);

/* Name and type of an actor, and the URI of a data set. */
void row_file_actor(uint32_t actor, char name[32], const char **type);
const char *row_file_uri(uint32_t set);

void row_file_remove(row_file *file);

#endif
