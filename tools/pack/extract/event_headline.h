/* SPDX-License-Identifier: MIT */
/**
 * @file event_headline.h
 * What a headline says with one word and the text below it with a name.
 */
#ifndef STEMMA_EXTRACT_EVENT_HEADLINE_H
#define STEMMA_EXTRACT_EVENT_HEADLINE_H

#include "pack/extract/event_candidate.h"

/** Gives a place to a noun of a headline that has none and says at what kind of site it happened: of "mine deaths"
    above "the explosion in the Karsen mine" it is Karsen. Only where the text names one such mine and no other. The
    noun is then that of something known, as "the deaths in Karsen" would be. */
void stm_place_by_text(const struct stm_annotation *ann, struct stm_candidate *candidate);

/** Whether a mention of a headline says what somebody is ("army chief") and nothing yet says who: the text below may
    name him, so that its filler waits for stm_settle_headlines() before it becomes somebody of its own. */
int stm_is_called_anew(const struct stm_annotation *ann, uint32_t mention);

/** Gives those of headlines a referent: the one person whom the same happening has in the same role in the text below,
    or one of their own. After stm_merge_candidates(). */
STEMMA_NODISCARD stemma_status stm_settle_headlines(struct stm_events *events);

#endif
