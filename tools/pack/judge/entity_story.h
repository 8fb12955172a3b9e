/* SPDX-License-Identifier: MIT */
/* Which documents tell one story: by the words that they share and others do not.
 *
 * A document is the rarest of its words, weighed by tf-idf; documents whose words are most alike are put
 * together first, and groups as long as their members are alike on average (average link). Only
 * documents that share rare words are compared, each with a bounded number of others. */
#ifndef STEMMA_PACK_JUDGE_ENTITY_STORY_H
#define STEMMA_PACK_JUDGE_ENTITY_STORY_H

#include "pack/judge/judge.h"

struct stm_stories {
    uint32_t *of; /* number of the story of each document: that of its first document */
};

/* Lives in `arena`. Documents without a text are stories of their own. */
stemma_status stm_stories_collect(const struct stm_judge_input *input, struct stm_arena *arena,
                                  struct stm_stories *stories);

#endif
