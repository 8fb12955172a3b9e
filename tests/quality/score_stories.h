/* SPDX-License-Identifier: MIT */
/* What the parts of score_stories share. */
#ifndef STEMMA_TESTS_QUALITY_SCORE_STORIES_H
#define STEMMA_TESTS_QUALITY_SCORE_STORIES_H

#include "ecb.h"

struct stories_document {
    uint32_t *clusters; /* of each gold mention; UINT32_MAX: not found, or no action */
    uint32_t *own; /* of the reader's triggers in annotated sentences that no gold mention has */
    size_t own_count;
};

struct stories_run {
    struct stories_document *documents;
    uint32_t *stories; /* of each document */
};

/* Reads and judges. `gold`: lays in the annotated actions. `model` NULL: the one of the tree. Ends
   the program when something fails. */
void stories_run(struct stories_run *run, const struct ecb *ecb, const char *model, int gold);
void stories_end(struct stories_run *run, const struct ecb *ecb);

#endif
