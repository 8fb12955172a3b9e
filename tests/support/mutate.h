/* SPDX-License-Identifier: MIT */
/* Damage to files, reproducible from a seed: blind (bits, bytes, truncation) and aimed at the page
   structure (headers, node pointers, sizes, page numbers, table records, metas). */
#ifndef STEMMA_TESTS_MUTATE_H
#define STEMMA_TESTS_MUTATE_H

#include <stddef.h>
#include <stdint.h>

typedef struct mutate_random {
    uint64_t state; /* the seed */
} mutate_random;

/* The same seed gives the same numbers, everywhere. */
uint64_t mutate_next(mutate_random *random);
/* 0 to limit - 1; 0 when limit is 0. */
uint64_t mutate_below(mutate_random *random, uint64_t limit);

typedef enum mutation {
    MUTATE_TRUNCATE, /* cut anywhere, or at a page with the metas made to agree */
    MUTATE_BIT,
    MUTATE_BYTE,
    MUTATE_PAGE_SWAP, /* exchange two pages, with or without their numbers */
    MUTATE_PAGE_COPY, /* one page over another, with or without its number */
    MUTATE_PAGE_HEADER,
    MUTATE_NODE_POINTER,
    MUTATE_NODE_HEADER,    /* sizes and flags of a node, child numbers of branches */
    MUTATE_PAGE_REFERENCE, /* an overflow page number in a node */
    MUTATE_META,
    MUTATE_TABLE_RECORD,
    MUTATE_OVERFLOW_HEADER,
    MUTATE_KIND_COUNT
} mutation;

/* A short name, e.g. "page swap". */
const char *mutation_name(mutation kind);

/* Damages `data` once. `*size` shrinks on truncation and never grows. May happen to change nothing;
   does nothing to files under three pages. */
void mutate_apply(mutate_random *random, mutation kind, uint8_t *data, size_t *size);

#endif
