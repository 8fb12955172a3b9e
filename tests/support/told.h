/* SPDX-License-Identifier: MIT */
/* Small files in which several documents tell of one happening: who says how many, when, and that it did or did
 * not happen. */
#ifndef STEMMA_TESTS_TOLD_H
#define STEMMA_TESTS_TOLD_H

#include "stemma/stemma.h"

/* One thing that one document says of the happening. Tellings of one publisher and day in a row are of one
   document. */
typedef struct told {
    const char *publisher;
    const char *published; /* EDTF */
    const char *speaker;   /* an organisation; NULL: the document's own voice */
    const char *predicate; /* "patient", "type", "time", "penalty", ... */
    const char *value;     /* a count such as "52" or ">50 miner"; an EDTF date; a text; "@NAME": an entity */
    uint8_t realis;        /* 0: actual */
    uint8_t denies;
    uint8_t copies; /* 1: this document copies the one before it */
} told;

/* Writes them to a new file whose path goes to `path`. All documents tell of one event, of the type that is told first,
   else life.die; entities of one name are joined. Aborts when anything fails. */
void told_write(char path[64], const told *all, uint32_t count);

#endif
