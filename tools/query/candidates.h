/* SPDX-License-Identifier: MIT */
/* What may stand for a NAME, TYPE, ROLE or ID on the command line, out of the file that is named there. */
#ifndef STEMMA_QUERY_CANDIDATES_H
#define STEMMA_QUERY_CANDIDATES_H

#include "common/complete.h"

/* `what` is the word of --help: "NAME", "TYPE", "ROLE", "ROLE=NAME", or the synopsis of a command. Offers
   nothing when the file cannot be read. */
void stm_query_complete(struct stm_completion *completion, const char *what);

#endif
