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

#endif
