/* SPDX-License-Identifier: MIT */
/**
 * @file event_phrase.h
 * Noun phrases around a verb: chains of coordinated items, subjects to the left, objects to the
 * right. No parser: tokens, guesses at parts of speech, mentions and quantities.
 */
#ifndef STEMMA_EXTRACT_EVENT_PHRASE_H
#define STEMMA_EXTRACT_EVENT_PHRASE_H

#include "pack/extract/event_verb.h"

/** Items of one chain; a longer list is cut, never mis-read. */
enum { STM_CHAIN_ITEMS = 40 };

/** One member of a coordination. */
struct stm_item {
    uint32_t first;
    uint32_t end;      /**< Token after its head region. */
    uint32_t mention;  /**< What it names, or STEMMA_NONE. */
    uint32_t quantity; /**< Its count, or STEMMA_NONE. */
    uint8_t part;      /**< Named behind "including": a part of what stands before. */
};

struct stm_chain {
    struct stm_item items[STM_CHAIN_ITEMS];
    uint32_t count;
    uint32_t first;
    uint32_t end; /**< Token after the chain. */
};

enum stm_chain_mode {
    STM_CHAIN_OBJECT = 0,
    STM_CHAIN_SUBJECT,   /**< Insertions between commas may stand before the verb. */
    STM_CHAIN_COMPLEMENT /**< Of a preposition: "against A, as well as B" ends with A. */
};

/** Reads a chain that begins at `start` and stays before `limit`. Appositions are left out. */
void stm_chain_read(const struct stm_annotation *ann, uint32_t start, uint32_t limit,
                    enum stm_chain_mode mode, struct stm_chain *chain);

/** The chain that ends right before `end` (times, adverbs and a closing comma passed over). Its
    count is 0 when there is none. */
void stm_chain_ending(const struct stm_annotation *ann, uint32_t end, struct stm_chain *chain);

/** The subject of a verb group: a chain to its left, the antecedent of "who", or the subject of the
    verb that it is coordinated with or governed by. */
void stm_subject_of(const struct stm_annotation *ann, const struct stm_verb_group *group,
                    struct stm_chain *chain);

/** The last verb-like token before `token` in its sentence and on its side of a semicolon, or
    STEMMA_NONE. */
uint32_t stm_verb_before(const struct stm_annotation *ann, uint32_t token);

/** Whether a noun phrase can begin at the token. */
int stm_begins_phrase(const struct stm_annotation *ann, uint32_t token);

#endif
