/* SPDX-License-Identifier: MIT */
/* One damaged file through everything that opens files, and what came of it. */
#ifndef STEMMA_TESTS_TRIAL_H
#define STEMMA_TESTS_TRIAL_H

#include "hostile/mutants.h"
#include "stemma/status.h"

/* What came of a file; the first that holds. */
typedef enum trial_outcome {
    TRIAL_SAME,       /* it is the sound file, byte for byte */
    TRIAL_PAGES,      /* refused: its pages */
    TRIAL_OPENING,    /* refused on opening, its pages being sound */
    TRIAL_SEEN,       /* opened; a question met the damage */
    TRIAL_SILENT,     /* opened and all was answered, the check tells */
    TRIAL_UNTOLD,     /* the check finds nothing: a sound file of other contents */
    TRIAL_OUTCOMES
} trial_outcome;

const char *trial_outcome_name(int outcome);

/* How much is asked of each file. */
typedef struct trial_plan {
    int everything; /* all questions and tools of every file; else a share of them, by number */
    int few_tools;  /* of everything, only some tools */
    char path[64];  /* where the file is put: a descriptor's name, so that nothing is left */
    int file;       /* that descriptor */
    int complaints; /* a descriptor that is standard error while tools run */
} trial_plan;

typedef struct trial_result {
    trial_outcome outcome;
    size_t peak;       /* of the heap while questions were asked, of what the reader held */
    size_t check_peak; /* while it was checked and tools read it */
    uint32_t questions, tools;
    char stage[48];   /* what is being done */
    char wrong[400];  /* what must not be; "" when all is well */
} trial_result;

/* Bytes that a reader of these files may hold: [F-5]. */
#define TRIAL_LIMIT ((size_t)8 << 20)
#define TRIAL_BESIDE ((size_t)4 << 20)

void trial_run(const trial_plan *plan, mutants *from, const mutant *one, uint64_t number,
               trial_result *out);

#endif
