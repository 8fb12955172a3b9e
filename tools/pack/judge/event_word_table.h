/* SPDX-License-Identifier: MIT */
/* The tables behind event_word.h. */
#ifndef STEMMA_PACK_JUDGE_EVENT_WORD_TABLE_H
#define STEMMA_PACK_JUDGE_EVENT_WORD_TABLE_H

#include <stddef.h>

/* Fields: words apart by " | ", forms and derivations of one word that no rule finds by spaces. */
extern const char *const stm_word_fields[];
extern const size_t stm_word_field_count;

/* Words that no field holds but that have forms no rule finds. The first names the word. */
extern const char *const stm_word_forms[];
extern const size_t stm_word_form_count;

/* Words of speaking and words that say nothing by themselves, by spaces. */
extern const char stm_word_speech[];
extern const char stm_word_light[];

#endif
