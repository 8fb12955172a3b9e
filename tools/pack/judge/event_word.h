/* SPDX-License-Identifier: MIT */
/* What the word that tells of a happening has in common with other such words.
 *
 * "raided", "raiding" and "the raid" are one word, by rules of English derivation and a table of
 * irregular forms; "quake" and "tremor" are words of one field, by a table of fields. The fields
 * are those of news in general; a word stands in one field only. */
#ifndef STEMMA_PACK_JUDGE_EVENT_WORD_H
#define STEMMA_PACK_JUDGE_EVENT_WORD_H

#include "common/arena.h"
#include "stemma/types.h"

#define STM_STEM_SIZE 40u /* bytes of a stem; longer words are cut */

#define STM_MARK_SPEECH 1u /* the word only says that somebody speaks */
#define STM_MARK_LIGHT  2u /* it says nothing by itself */

/* Fields by word; read-only once made. */
struct stm_word_table {
    uint64_t *stems; /* open addressing, 0: free */
    uint64_t *words; /* what stands for all forms and derivations of the word */
    uint16_t *fields;
    uint8_t *marks; /* STM_MARK_..., of what stands for the word */
    uint32_t mask;
};

/* A word as it is compared. */
struct stm_event_word {
    uint64_t word;  /* hash; equal for forms and derivations of one word; 0: no word */
    uint16_t field; /* 0: of no field that is known */
    uint8_t speech; /* "said", "announced", "according": who says what tells these apart */
    uint8_t light;  /* "have", "take", "be": says nothing by itself */
};

/* Everything lives in `arena`. STEMMA_E_NO_MEMORY. */
stemma_status stm_words_open(struct stm_word_table *table, struct stm_arena *arena);

/* A word of the text, in any form and case. */
struct stm_event_word stm_words_look(const struct stm_word_table *table, stemma_text word);

/* The stem of a word by rule, lower case, without a closing NUL. Returns its size, at most
   STM_STEM_SIZE. */
size_t stm_stem(stemma_text word, char stem[STM_STEM_SIZE]);

#endif
