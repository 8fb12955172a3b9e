/* SPDX-License-Identifier: MIT */
/* The five things that stemma-dump writes. Each returns an exit status; complaints about the file
   are on standard error, a failed output is left to whoever closes it. */
#ifndef STEMMA_DUMP_DUMP_H
#define STEMMA_DUMP_DUMP_H

#include <stdio.h>

#include "dump/settings.h"

/* Everything as JSON Lines. */
int stm_dump_interchange(const struct stm_dump_settings *settings, FILE *out);

/* Every problem of the file. STM_EXIT_NOTHING when there are any and the file could be opened. */
int stm_dump_check(const struct stm_dump_settings *settings, FILE *out);

/* What the file holds, and where its bytes go. */
int stm_dump_stats(const struct stm_dump_settings *settings, FILE *out);

/* What is left of a damaged file. STM_EXIT_NOTHING when something was lost, STM_EXIT_DAMAGED when
   nothing could be saved. */
int stm_dump_salvage(const struct stm_dump_settings *settings, FILE *out);

/* The records of one table. */
int stm_dump_table(const struct stm_dump_settings *settings, FILE *out);

/* The whole program. Returns the exit status. */
int stm_dump_main(int argc, char **argv);

#endif
