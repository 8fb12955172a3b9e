/* SPDX-License-Identifier: MIT */
/**
 * @file complete.h
 * What may come next on a command line: the shells ask the tool itself, so that completion never differs
 * from the tables of options and commands, and can look into the file that is named.
 *
 *     stemma-query --complete SHELL PIECE WORD...
 *
 * SHELL is bash, zsh or fish; the WORDs are the command line behind the program's name up to the
 * cursor, the last one unfinished and maybe empty, as they were typed with their quotes; PIECE is how
 * much of the last word the shell will replace (bash divides words at = and :). The answer is a
 * line that says what else to offer, "words" or "files SUFFIX" (as "files .csv", or "files " for
 * any), with a tab and the unfinished word without quotes behind it; then a line a candidate, with
 * a tab and what it is. For bash candidates are quoted as the place where they will stand needs.
 */
#ifndef STEMMA_TOOLS_COMPLETE_H
#define STEMMA_TOOLS_COMPLETE_H

#include "common/format_buffer.h"
#include "common/options.h"

/** The command line as far as it is written. */
struct stm_completion {
    const struct stm_program *program;
    const char *command;      /**< Of tools that have them; NULL before it is said. */
    const char *operands[64]; /**< Words that are no options and no values of options. */
    int operand_count;
    bool is_operand;   /**< An argument is asked for, not the value of an option. */
    const char *typed; /**< Of the value in question. */
    const char *suffix; /**< Of files to offer; NULL: none. */
    uint64_t room;      /**< Candidates that may still be added. */
    struct stm_buffer *out; /* the rest is private to complete.c */
    const char *shell;
    const char *before; /* put before each value: "--who=" */
    size_t replaced;    /* beginning of candidates that stays as it is */
    char quote;         /* open at the end of the last word, or 0 */
};

/** Adds a candidate if it begins as what is typed does, capitals aside. Of what comes from a file none
 *  with control characters is added. `about` is shown beside it; may be empty. */
void stm_complete_add(struct stm_completion *completion, stemma_text candidate, stemma_text about);

/** Whether `text` begins with what is typed, letters of ASCII in either case. */
bool stm_complete_fits(const struct stm_completion *completion, stemma_text text);

/** Answers --complete: `argc` and `argv` are what follows it. Returns the exit status; nothing that is
 *  wrong with the file is told. */
int stm_complete(const struct stm_program *program, int argc, char **argv);

#endif
