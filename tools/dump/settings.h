/* SPDX-License-Identifier: MIT */
/* What the command line of stemma-dump says. */
#ifndef STEMMA_DUMP_SETTINGS_H
#define STEMMA_DUMP_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/options.h"

enum stm_dump_format {
    STM_DUMP_FORMAT_TEXT, /* for people */
    STM_DUMP_FORMAT_JSON, /* one document */
    STM_DUMP_FORMAT_JSONL /* a record a line */
};

struct stm_dump_settings {
    int check;
    const char *checks;    /* names of checks, or NULL: all */
    uint64_t max_problems; /* of a check that are told; 0: all */
    int stats;
    int salvage;
    int proven; /* salvage what digests prove, no more */
    const char *report; /* where salvage tells what was lost, or NULL */
    const char *table;
    int offsets; /* enum stm_offset_unit, or -1 when it was not said */
    int withhold;
    const char *documents;
    uint64_t jobs; /* 0: one a processor */
    int format; /* enum stm_dump_format, or -1 when it was not said */
    const char *output;
    int force;
    int trusted;
    int verify;
    int quiet;
    uint32_t check_bits; /* from `checks` */
    uint32_t first; /* from `documents` */
    uint32_t last;
    const char *path;
};

extern const struct stm_program stm_dump_program;

/* Parses the command line. -1 to go on, else the exit status to end with. */
int stm_dump_settings_read(struct stm_dump_settings *settings, int argc, char **argv);

#endif
