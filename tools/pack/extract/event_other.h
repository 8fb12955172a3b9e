/* SPDX-License-Identifier: MIT */
/**
 * @file event_other.h
 * Happenings of which no list has the word: what headlines and the first sentences of a text tell
 * with a verb of their own.
 *
 * What an article is about stands there, whatever the verb. It becomes an event of the type "event",
 * which says only that something happened; the words are its `topic`. Elsewhere in a text a verb
 * that no list has is too seldom a happening that anybody asks for.
 *
 * Runs last: what other stages found keeps its number, and a verb that told something to one of
 * them (a statement, an arrest) tells nothing else.
 */
#ifndef STEMMA_EXTRACT_EVENT_OTHER_H
#define STEMMA_EXTRACT_EVENT_OTHER_H

#include "pack/extract/event_candidate.h"

/** Whether what begins a text, its tokens before `end`, reports something: it names a day, a place or a body, and does
    not speak to who reads it, as offers, manuals, terms and horoscopes do. */
int stm_is_report(const struct stm_annotation *ann, uint32_t end);

/** Whether it surely is none: of a sentence or two that name nothing nobody knows. */
int stm_is_no_report(const struct stm_annotation *ann, uint32_t end);

/** The happening that the verb at a token tells, if it tells one. */
STEMMA_NODISCARD stemma_status stm_find_other(struct stm_events *events, uint32_t token);

#endif
