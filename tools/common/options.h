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
    /* Commands that take it: "events|timeline"; all but some: "!stats"; NULL: all, and in tools that
       have no commands. */
    const char *commands;
};

#define STM_OPTION_MAX 64 /* rows of a table, headings too */

/* What --help says of a command. */
struct stm_command_words {
    const char *name;
    const char *synopsis; /* of its arguments: "[NAME|ID]" */
    const char *help;     /* one line */
};

struct stm_completion; /* complete.h */

struct stm_program {
    const char *name;     /* "stemma-query" */
    const char *synopsis; /* "[OPTIONS] KB COMMAND [ARG...]" */
    const char *purpose;  /* one or two sentences */
    const char *epilogue; /* more text after the options, or NULL */
    const struct stm_option *options;
    size_t option_count;
    /* The commands by index, false behind the last; NULL for a tool that has none. */
    int (*command_at)(size_t index, struct stm_command_words *out);
    const char *operand; /* what its arguments are, where it has no commands: "KB" */
    /* Offers what an argument may be that --help calls `what` ("NAME", "TYPE", "NAME|ID"); or NULL. */
    void (*complete)(struct stm_completion *completion, const char *what);
};

/* Parses argv into `settings`. -h/--help and -V/--version are always there; with a command's name among
   the arguments --help is that command's. Returns -1 to go on, with *first the index of the first
   argument that is not an option; otherwise the exit status to end with (0 after --help and
   --version, STM_EXIT_USAGE after a complaint on stderr). `given`, if not NULL: bit i is set when row
   i of the table was used. */
int stm_options_parse(const struct stm_program *program, int argc, char **argv, void *settings,
                      int *first, uint64_t *given);

/* Whether a command takes an option. */
int stm_option_goes_with(const struct stm_option *option, const char *command);

/* Complains of the first option given that `command` does not take, naming those that do. Returns -1
   when there is none, else STM_EXIT_USAGE. */
int stm_options_check(const struct stm_program *program, uint64_t given, const char *command);

/* "name: message" and a hint at --help on stderr; returns STM_EXIT_USAGE. */
int stm_usage_error(const struct stm_program *program, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Flushes and closes stdout; a failure is reported and gives STM_EXIT_SYSTEM instead of `status`.
   A closed pipe is quiet. Likewise an answer for which memory was refused gives STM_EXIT_INTERNAL. */
int stm_finish_output(const char *program, int status);

#endif
