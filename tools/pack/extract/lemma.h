/* SPDX-License-Identifier: MIT */
/**
 * @file lemma.h
 * The form under which a dictionary lists a word.
 */
#ifndef STEMMA_EXTRACT_LEMMA_H
#define STEMMA_EXTRACT_LEMMA_H

#include "common/arena.h"
#include "stemma/types.h"

/** The lemma of a word in lower case whose part of speech (stm_pos) is known: irregular forms by a list,
    others by their ending. Verbs and nouns only; other words are their own. It may borrow from the
    word or lie in the arena; where that has no more memory, it is the word less its ending. */
stemma_text stm_lemma(struct stm_arena *arena, stemma_text word, unsigned pos);

#endif
