/* SPDX-License-Identifier: MIT */
/**
 * @file event_participant.h
 * From a node of the tree to those who take part: names, nominals, pronouns and counts, members of
 * a coordination, those named behind "including", and words where nothing is named.
 */
#ifndef STEMMA_EXTRACT_EVENT_PARTICIPANT_H
#define STEMMA_EXTRACT_EVENT_PARTICIPANT_H

#include "pack/extract/event_candidate.h"

/** Which words stand for an object that is no entity. */
enum stm_words { STM_WORDS_BARE = 0, /**< Without article: "fraud and theft". */ STM_WORDS_WHOLE };

/** Adds what the node `head` and all coordinated with it name, as far as its type is among `types`,
    as fillers of `role`. STEMMA_NONE adds nothing. */
STEMMA_NODISCARD stemma_status stm_add_participants(struct stm_events *events,
                                                    struct stm_candidate *candidate,
                                                    const char *role, uint32_t head,
                                                    uint32_t types);

/** The same without those that lists elsewhere in the sentence name; `part`: they are some of
    the role's. */
STEMMA_NODISCARD stemma_status stm_add_members(struct stm_events *events,
                                               struct stm_candidate *candidate, const char *role,
                                               uint32_t head, uint32_t types, uint8_t part);

/** Adds the words of a node as a filler. */
STEMMA_NODISCARD stemma_status stm_add_words(struct stm_events *events,
                                             struct stm_candidate *candidate, const char *role,
                                             uint32_t head, enum stm_words which);

/** Adds the words of what a happening is about, and of a demand or protest whose deed that is. */
STEMMA_NODISCARD stemma_status stm_add_topic(struct stm_events *events,
                                             struct stm_candidate *candidate, const char *role,
                                             uint32_t node);

/** Adds those that stand under `node` behind "including", as a part of `role`. */
STEMMA_NODISCARD stemma_status stm_add_included(struct stm_events *events,
                                                struct stm_candidate *candidate, const char *role,
                                                uint32_t node, uint32_t types);

/** Adds the names that are listed from token `from` on: "were the poet A, B and C". */
STEMMA_NODISCARD stemma_status stm_add_listed(struct stm_events *events,
                                              struct stm_candidate *candidate, const char *role,
                                              uint32_t from, uint32_t types, uint8_t part);

/** Adds what the prepositions under `node` introduce, as the frame of the kind says. */
STEMMA_NODISCARD stemma_status stm_add_cases(struct stm_events *events,
                                             struct stm_candidate *candidate, uint32_t node);

/** Who acts, when the node is a noun that nothing before took for a mention: the subject of an
   arrest or a demand is somebody, "Tarvish gendarmes", "residents". */
STEMMA_NODISCARD stemma_status stm_add_doers(struct stm_events *events,
                                             struct stm_candidate *candidate, const char *role,
                                             uint32_t head);

/** The same for one node, introduced by the preposition `word`. */
STEMMA_NODISCARD stemma_status stm_add_case(struct stm_events *events,
                                            struct stm_candidate *candidate, uint32_t node,
                                            uint32_t word);

/** What stands behind a noun and the preposition that introduces its target: "sanctions on the
    country's exports", wherever the tree hangs the exports. */
STEMMA_NODISCARD stemma_status stm_add_behind_noun(struct stm_events *events,
                                                   struct stm_candidate *candidate, uint32_t noun);

/** Of "both" at a token that stands alone the two people it means, as mentions: those whom the nearest
    coordination of two before it names. Returns 0 when there are none. */
int stm_both_of(const struct stm_annotation *ann, uint32_t both, uint32_t pair[2]);

/** Whether a node speaks of more than one: coordinated, plural, or counted. */
int stm_is_several(const struct stm_annotation *ann, uint32_t head);

/** The types of what a node names (a set of bits); 0 when it names nothing. */
uint32_t stm_types_at(const struct stm_annotation *ann, uint32_t head);

/** The words of a node, [*first, *end). */
void stm_words_of(const struct stm_annotation *ann, uint32_t head, enum stm_words which,
                  uint32_t *first, uint32_t *end);

#endif
