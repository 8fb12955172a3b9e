/* SPDX-License-Identifier: MIT */
/* Command-line options from one table: parsing (getopt_long), --help and completion follow it. */
#ifndef STEMMA_TOOLS_OPTIONS_H
#define STEMMA_TOOLS_OPTIONS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum stm_option_kind {
    STM_OPTION_HEADING, /* a line in --help: only `help` counts */
    STM_OPTION_FLAG,    /* int: set to `value` */
    STM_OPTION_TEXT,    /* const char * */
    STM_OPTION_NUMBER,  /* uint64_t, decimal */
    STM_OPTION_SIZE,    /* uint64_t, with optional suffix K, M, G (powers of 1024) */
    STM_OPTION_CHOICE,  /* int: index into `choices`, words separated by '|' */
    STM_OPTION_LIST     /* struct stm_option_list: each use adds one */
};

#define STM_OPTION_LIST_MAX 64

struct stm_option_list {
    const char *items[STM_OPTION_LIST_MAX];
    int count;
};

struct stm_option {
    enum stm_option_kind kind;
    char letter;          /* short form, or 0 */
    const char *name;     /* long form */
    const char *argument; /* what it takes, for --help; NULL for flags */
    const char *help;     /* one line */
    size_t offset;        /* of the target in the settings struct */
    int value;            /* flags: what to store */
    const char *choices;  /* choices: "text|json|jsonl" */
};

struct stm_program {
    const char *name;     /* "stemma-query" */
    const char *synopsis; /* "[OPTIONS] KB COMMAND [ARG...]" */
    const char *purpose;  /* one or two sentences */
    const char *epilogue; /* more text after the options, or NULL */
    const struct stm_option *options;
    size_t option_count;
};

/* Parses argv into `settings`. -h/--help and -V/--version are always there. Returns -1 to go on,
   with *first the index of the first argument that is not an option; otherwise the exit status to
   end with (0 after --help and --version, STM_EXIT_USAGE after a complaint on stderr). */
int stm_options_parse(const struct stm_program *program, int argc, char **argv, void *settings,
                      int *first);

/* "name: message" and a hint at --help on stderr; returns STM_EXIT_USAGE. */
int stm_usage_error(const struct stm_program *program, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Flushes and closes stdout; a failure is reported and gives STM_EXIT_SYSTEM instead of `status`.
   A closed pipe is quiet. */
int stm_finish_output(const char *program, int status);

#endif
