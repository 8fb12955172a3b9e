/* SPDX-License-Identifier: MIT */
/* The words by which documents are told apart, weighed by how rare they are. */
#ifndef STEMMA_PACK_JUDGE_STORY_TERMS_H
#define STEMMA_PACK_JUDGE_STORY_TERMS_H

#include "pack/judge/story.h"

#define STM_STORY_TERMS 96u   /* most telling words of a document that are kept */
#define STM_STORY_UNIT  4096u /* length of a document's vector of weights */

/* Fills `terms` and `first`: for each document its most telling words, ascending by number. */
stemma_status stm_story_terms(const struct stm_judge_input *input, struct stm_arena *arena,
                              struct stm_stories *stories, uint32_t *term_count);

#endif
