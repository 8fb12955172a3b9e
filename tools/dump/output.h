/* SPDX-License-Identifier: MIT */
/* Where stemma-dump writes: standard output, or a file that appears whole or not at all. */
#ifndef STEMMA_DUMP_OUTPUT_H
#define STEMMA_DUMP_OUTPUT_H

#include <stdio.h>

#include "file/publish.h"

struct stm_dump_output {
    FILE *file; /* write here */
    stm_publication publication;
    const char *path; /* NULL: standard output */
};

/* Opens `path`, or standard output when it is NULL; `output` must not move until it is closed. `force`: what stands at the path may be
   replaced. Returns the exit status, STM_EXIT_OK to go on; a complaint is on standard error. */
int stm_dump_output_open(struct stm_dump_output *output, const char *path, int force);

/* There is much to write: a pipe is widened, so that whoever reads is woken less often. What is none, or may not be,
   stays as it is. */
void stm_dump_output_much(FILE *file);

/* Flushes; when `status` is not one that leaves the output incomplete the file takes its place.
   Returns `status`, or STM_EXIT_SYSTEM when writing failed. */
int stm_dump_output_close(struct stm_dump_output *output, int status);

#endif
