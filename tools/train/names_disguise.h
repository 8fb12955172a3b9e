/* SPDX-License-Identifier: MIT */
/**
 * @file names_disguise.h
 * The same text about others: every word of a name that says nothing by itself is replaced, the same
 * word by the same throughout the document, by a name that some list has or by one that nobody
 * bears. Who trains on that learns to tell names by what stands around them.
 */
#ifndef STEMMA_TRAIN_NAMES_DISGUISE_H
#define STEMMA_TRAIN_NAMES_DISGUISE_H

#include "train/names_corpus.h"

/** Names of persons, one a line, as wd_xlit_names has them. Freed by free(). */
struct names_pool {
    char *text;
    const char **names;
    uint32_t count;
};

/** Reads the pool; 0, or -1 with a message on standard error. */
int names_pool_read(struct names_pool *pool, const char *corpora);
void names_pool_free(struct names_pool *pool);

/** Adds to `corpus` a disguised copy of document `number`; `seed` chooses the names. */
void names_disguise(struct names_corpus *corpus, size_t number, const struct names_pool *pool,
                    uint64_t seed);

#endif
