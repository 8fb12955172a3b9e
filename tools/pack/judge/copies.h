/* SPDX-License-Identifier: MIT */
/* Which documents copy, excerpt, revise or quote which.
 *
 * Documents that share runs of five words are found by an index of such runs; what they share is
 * then measured word by word, both ways. Documents that say the same in other words are no copies.
 */
#ifndef STEMMA_PACK_JUDGE_COPIES_H
#define STEMMA_PACK_JUDGE_COPIES_H

#include "pack/judge/verdicts.h"

/* Adds the derivations among the documents of `input` to `verdicts`. */
stemma_status stm_judge_copies(const struct stm_judge_input *input, struct stm_verdicts *verdicts);

#endif
