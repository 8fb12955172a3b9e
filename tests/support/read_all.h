/* SPDX-License-Identifier: MIT */
/* Calls every getter of the reader on everything that a file holds. */
#ifndef STEMMA_TESTS_READ_ALL_H
#define STEMMA_TESTS_READ_ALL_H

#include "stemma/read.h"

/* What was met on the way. */
typedef struct read_all_result {
    uint64_t answers;  /* STEMMA_OK */
    uint64_t damaged;  /* STEMMA_E_DAMAGED */
    uint64_t too_much; /* STEMMA_E_NO_MEMORY */
    uint64_t other;    /* what no file may cause */
    uint64_t sum;      /* of the bytes that were handed out, so that all of them are read */
} read_all_result;

/* Opens `path` and reads all of it. The status is that of opening. */
stemma_status read_all(const char *path, const stemma_open_options *options,
                       read_all_result *result);

/* The same with a file that is open. */
void read_all_of(stemma_file *file, read_all_result *result);

#endif
