/* SPDX-License-Identifier: MIT */
/* What two files may tell otherwise, found without looking at each thing by itself: the members of all things are
   passed over once in both files, and then the rows of claims. What is the same in both, number for number, cannot
   differ in words; only the others are compared one by one. */
#ifndef STEMMA_LIB_DIFFERENCE_SCAN_H
#define STEMMA_LIB_DIFFERENCE_SCAN_H

#include "trace/difference.h"

/* In stm_difference_side.other: the number of the thing of the other file + 1, 0 when it has none, or this, when
   its members belong to several. */
#define STM_OTHER_SEVERAL UINT32_MAX

/* Things of one kind of one file. */
typedef struct stm_difference_side {
    uint32_t count;
    uint32_t *other; /* one each, as above */
    uint8_t *grown;  /* one each: 1 when it has a member that the other file has not, or not as such a thing */
} stm_difference_side;

enum { STM_SCAN_ENTITY, STM_SCAN_EVENT, STM_SCAN_KINDS };

typedef struct stm_difference_scan {
    stm_difference_side before[STM_SCAN_KINDS];
    stm_difference_side after[STM_SCAN_KINDS];
    uint8_t *label;    /* one for each entity of `after`: 0 not looked at, 1 named as its other, 2 not so */
    uint32_t *term;    /* one for each term of `after`: its number in `before`, or STEMMA_NONE */
    uint32_t term_count;
    bool details_same; /* so are the rare parts of rows of data sets, by the number of their event */
    bool no_details;   /* there are none in either */
    uint32_t *things;  /* of the stage at hand, in its order */
    uint32_t thing_count, at;
} stm_difference_scan;

/* Whether two files hold the same, as their digests say. */
stemma_status stm_files_are_same(stemma_snapshot *a, stemma_snapshot *b, bool *same,
                                 stemma_error *error);

/* Whether the numbers that two files give terms mean the same one. */
static inline bool stm_same_term(const stm_difference_scan *self, uint64_t before, uint64_t after)
{
    return after < self->term_count && self->term[after] == before;
}

/* Goes through the members of all things. `*out` is NULL and the status STEMMA_OK when that would take too much
   memory; else it is the caller's. STEMMA_E_DAMAGED, STEMMA_E_NO_MEMORY. */
stemma_status stm_difference_scan_begin(stm_difference_scan **out, stemma_difference *difference,
                                        stemma_error *error);
void stm_difference_scan_end(stm_difference_scan *self); /* NULL is fine */

/* Makes the list of the things that a stage has to look at. */
stemma_status stm_difference_scan_stage(stm_difference_scan *self, stemma_difference *difference,
                                        stemma_error *error);

/* Whether what is told of two things of one kind, each the other's other, is surely the same in both files. False
   says nothing. */
stemma_status stm_difference_same(stm_difference_scan *self, stemma_difference *difference,
                                  unsigned kind, uint32_t before, uint32_t after, bool *same,
                                  stemma_error *error);

#endif
