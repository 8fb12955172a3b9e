/* SPDX-License-Identifier: MIT */
/* Letters that are wrong, missing, too many or swapped. */
#ifndef STEMMA_LIB_FIND_EDIT_H
#define STEMMA_LIB_FIND_EDIT_H

#include "stemma/status.h"
#include "stemma/types.h"

/* How many bytes must be changed, left out, put in or swapped with their neighbour to make one word of
   the other; `most` + 1 for more than that. Words of more than 40 bytes are strangers. */
uint32_t stm_edits(stemma_text a, stemma_text b, uint32_t most);

/* Receives one spelling. Anything but STEMMA_OK stops. */
typedef stemma_status stm_spelling_emit(void *context, stemma_text spelling);

/* Every spelling one edit away from an ASCII word of 3 to 24 letters; the same may come twice. */
stemma_status stm_edit_each(stemma_text word, stm_spelling_emit *emit, void *context);

/* What a word written in a script of consonants (Arabic, Hebrew), folded, may be in Latin letters:
   vowels put in and ambiguous letters read in all ways, at most STM_VOWELLED. */
#define STM_VOWELLED 6000u
stemma_status stm_vowelled_each(stemma_text word, stm_spelling_emit *emit, void *context);

/* What a word in Latin letters may be, folded, when it is written in such a script: at most
   STM_VOWELLED. */
stemma_status stm_consonants_each(stemma_text word, stm_spelling_emit *emit, void *context);

#endif
