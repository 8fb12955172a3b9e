/* SPDX-License-Identifier: MIT */
/**
 * @file event_nominal_fit.h
 * Whether a noun tells of a happening, by the words around it.
 */
#ifndef STEMMA_EXTRACT_EVENT_NOMINAL_FIT_H
#define STEMMA_EXTRACT_EVENT_NOMINAL_FIT_H

#include "pack/extract/event_lexicon.h"

/** Whether the word means something else here: "heart attack", "press release", fire of guns. */
int stm_noun_is_other(const struct stm_annotation *ann, uint32_t token);

/** "a coup attempt", "the hijack plot": tried, at least. */
int stm_noun_is_attempt(const struct stm_annotation *ann, uint32_t token);

/** "mediation efforts", "a rescue mission": what the happening is put as; or STEMMA_NONE. */
uint32_t stm_noun_effort(const struct stm_annotation *ann, uint32_t token, enum stm_event_kind kind);

/** "charged with murder", "put to death": a charge or penalty, no happening. */
int stm_noun_is_charge(const struct stm_annotation *ann, uint32_t token, enum stm_event_kind kind);

/** Whether a sense fits by the nouns under the happening; `*noun` is the one that decides it, or STEMMA_NONE. */
int stm_noun_fits(const struct stm_annotation *ann, const struct stm_sense *sense, uint32_t token,
                  uint32_t *noun);

/** Whether nothing says that the happening is another one: "the release", "her arrest". */
int stm_noun_is_definite(const struct stm_annotation *ann, uint32_t token);

/** "an offensive against": no adjective, as no noun stands behind it. */
int stm_noun_is_offensive(const struct stm_annotation *ann, uint32_t token);

/** "Fighting between X and Y killed 20": opens the sentence as its subject. */
int stm_noun_is_fighting(const struct stm_annotation *ann, uint32_t token);

/** Who does what a noun tells of, when that stands further behind: "the visit to Lund by the king", "claimed
    responsibility for the bombing"; or STEMMA_NONE. */
uint32_t stm_noun_doer(const struct stm_annotation *ann, uint32_t token);

/** "the Lund election", "a Kolm stabbing", "the Orun village attack": where it was, or where votes were cast, and not
    who did it. */
int stm_noun_names_where(const struct stm_annotation *ann, uint32_t place, uint32_t noun,
                         enum stm_event_kind kind);

/** Whether a token is a word for weather, or for what nature does. */
int stm_is_weather(const struct stm_annotation *ann, uint32_t token);

#endif
