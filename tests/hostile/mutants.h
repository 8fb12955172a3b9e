/* SPDX-License-Identifier: MIT */
/* Damaged and forged files, made from sound ones by chance: the same number gives the same file. */
#ifndef STEMMA_TESTS_MUTANTS_H
#define STEMMA_TESTS_MUTANTS_H

#include "hostile/image.h"
#include "hostile/shapes.h"
#include "support/mutate.h"

typedef enum mutant_kind {
    /* 0 to MUTATE_KIND_COUNT - 1: blind damage to bytes, see mutate.h */
    MUTANT_LIVE_BYTES = MUTATE_KIND_COUNT, /* bytes that hold something */
    MUTANT_SPLICE,      /* pages of a file of another shape */
    MUTANT_SEVERAL,     /* two to five kinds of blind damage */
    MUTANT_SEALED,      /* blind damage, then sealed as a writer seals, when that is possible */
    /* From here on pages are whole: what lies is in records. */
    MUTANT_VALUE,       /* bytes of a value */
    MUTANT_NUMBER,      /* a number or text in a record, an element of a column, a posting */
    MUTANT_PAYLOAD,     /* the same in what was compressed */
    MUTANT_KEY,         /* keys of records */
    MUTANT_RECORDS,     /* records left out, swapped, repeated */
    MUTANT_TRANSPLANT,  /* values and tables of a file of another shape */
    MUTANT_COUNTS,      /* counts and other fields of `meta` */
    MUTANT_FORGED,      /* two to five of these */
    MUTANT_KIND_COUNT
} mutant_kind;

const char *mutant_name(int kind);

typedef struct mutants {
    uint8_t *originals[SHAPE_COUNT];
    size_t sizes[SHAPE_COUNT];
    image images[SHAPE_COUNT];
    char ids[SHAPE_COUNT][3][32]; /* of an entity, an event and a claim of the sound files */
} mutants;

void mutants_begin(mutants *self);
void mutants_end(mutants *self);

/* How a file came about. */
typedef struct mutant {
    shape shape;
    int kind;
    bool resealed;    /* its digests were made anew: only what follows from the rest can tell */
    image_file bytes; /* malloc'd, kept from one to the next */
} mutant;

/* What file `number` is made from, whatever the seed. */
shape mutant_shape(uint64_t number);

/* Makes file `number` of the sweep of `seed`. */
void mutant_make(mutants *self, uint64_t seed, uint64_t number, mutant *out);

#endif
