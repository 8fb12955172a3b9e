/* SPDX-License-Identifier: MIT */
/* Exit statuses of the tools: the same table stands in every man page and --help. */
#ifndef STEMMA_TOOLS_EXIT_CODES_H
#define STEMMA_TOOLS_EXIT_CODES_H

#include "stemma/status.h"

enum stm_exit {
    STM_EXIT_OK = 0,          /* done; a query found something */
    STM_EXIT_NOTHING = 1,     /* nothing found; a check found problems */
    STM_EXIT_USAGE = 2,       /* wrong options or arguments */
    STM_EXIT_SYSTEM = 3,      /* input or output failed */
    STM_EXIT_DAMAGED = 4,     /* a file is damaged or not a .stemma file */
    STM_EXIT_UNSUPPORTED = 5, /* a format version or feature that this program does not know */
    STM_EXIT_REJECTED = 6,    /* some or all input was refused; what was accepted is written */
    STM_EXIT_INTERNAL = 7     /* out of memory, or a defect */
};

/* The exit status for a status of the library. */
int stm_exit_of(stemma_status status);

/* The EXIT STATUS section that --help prints. */
extern const char stm_exit_help[];

#endif
