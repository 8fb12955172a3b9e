/* SPDX-License-Identifier: MIT */
/* Stories: documents that tell of the same course of things.
 *
 * Documents are compared by their words (tf-idf, names counting more), only with those that share
 * one of their most telling words, and joined best pair first while the two groups are alike on
 * average (average link). What is compared with what is bounded for each document, so the work
 * grows with the corpus. All arithmetic is of integers. */
#ifndef STEMMA_PACK_JUDGE_STORY_H
#define STEMMA_PACK_JUDGE_STORY_H

#include "pack/judge/judge.h"

/* A word of a document with its share in what the document is about. */
struct stm_story_term {
    uint32_t term; /* number, the same in all documents */
    uint32_t weight;
};

struct stm_stories {
    uint32_t *story;              /* of each document: the first document of its story */
    uint32_t *size;               /* documents of the story, at its first document */
    struct stm_story_term *terms; /* ascending inside each document */
    size_t *first;                /* of each document, and the end */
};

/* Everything lives in `arena`. Uses the threads of `input`; they change nothing else. */
stemma_status stm_stories_find(const struct stm_judge_input *input, struct stm_arena *arena,
                               struct stm_stories *stories);

/* How alike two documents are by their words, 0..1000. */
uint32_t stm_stories_alike(const struct stm_stories *stories, uint32_t a, uint32_t b);

/* Whether two documents are of one story. */
static inline int stm_stories_same(const struct stm_stories *stories, uint32_t a, uint32_t b)
{
    return stories->story[a] == stories->story[b];
}

#endif
