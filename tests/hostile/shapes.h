/* SPDX-License-Identifier: MIT */
/* Small sound files of all the shapes that a file can have, for tests that damage them. All of them
   tell of an invented country. */
#ifndef STEMMA_TESTS_SHAPES_H
#define STEMMA_TESTS_SHAPES_H

#include <stddef.h>
#include <stdint.h>

typedef enum shape {
    SHAPE_TINY,       /* one document of one sentence */
    SHAPE_FULL,       /* few documents that use every field, object, kind of judgement and derivation */
    SHAPE_ARTICLES,   /* articles of 3,000 bytes, the last withheld */
    SHAPE_ROWS,       /* two data sets, some of their actors and rows joined, and an article */
    SHAPE_ORDERED,    /* data sets in order of time, so that most rows are folded */
    SHAPE_MANY,       /* many documents of a line, with many judgements */
    SHAPE_DEEP,       /* the articles in trees of many levels, long values on overflow pages */
    SHAPE_DICTIONARY, /* the articles, compressed with dictionaries */
    SHAPE_WITHHELD,   /* documents whose texts are not stored */
    SHAPE_PAIRS,      /* of format 3.1: just enough documents of three words for pairs of them; the largest by far */
    SHAPE_COUNT
} shape;

const char *shape_name(shape which);

/* The bytes of a file of the shape, malloc'd; always the same. Aborts when it cannot. */
uint8_t *shape_make(shape which, size_t *size);

#endif
