/* SPDX-License-Identifier: MIT */
/* Who says a claim: one witness as JSON, a row, or a few lines of text. */
#ifndef STEMMA_QUERY_WITNESS_H
#define STEMMA_QUERY_WITNESS_H

#include "query/claim_view.h"
#include "query/why_judgements.h"

/* Shows witnesses of a claim in whatever format is asked for, honouring --offset and --limit;
   `*shown` counts them. In text, `title` says whether the claim is named above them. `why`, which may
   be NULL, adds what joined their subjects and objects. */
stemma_status stm_witnesses_show(struct stm_query *query, const struct stm_claim_view *view,
                                 bool title, struct stm_why *why, uint64_t *shown);

/* The titles of rows. */
void stm_witness_row_header(struct stm_output *output);

#endif
