/* SPDX-License-Identifier: MIT */
/**
 * @file event_verb.h
 * Verbs in text: their inflections, and the auxiliaries, negations and modals around them.
 *
 * Works from word forms and the guesses at parts of speech; it needs no parser. Pure functions.
 */
#ifndef STEMMA_EXTRACT_EVENT_VERB_H
#define STEMMA_EXTRACT_EVENT_VERB_H

#include "pack/extract/annotation.h"

enum stm_verb_form {
    STM_FORM_NONE = 0,
    STM_FORM_BASE, /**< infinitive or present */
    STM_FORM_S,    /**< third person present */
    STM_FORM_ED,   /**< past tense or past participle */
    STM_FORM_ING
};

/** Which regular form of the verb `base` a lower-case word is. */
enum stm_verb_form stm_verb_form_of(stemma_text word, const char *base);

/** What stands before a main verb. */
struct stm_verb_group {
    uint32_t first; /**< First token of the group. */
    uint32_t main;  /**< The main verb. */
    uint8_t form;   /**< stm_verb_form of the main verb */
    uint8_t has_be; /**< "was freed", "is being held", "got arrested" */
    uint8_t has_have;
    uint8_t future;     /**< will, shall, going to */
    uint8_t modal;      /**< would, could, may, might, can, should, must */
    uint8_t possible;   /**< could, may, might */
    uint8_t negated;    /**< not, never, n't */
    uint8_t infinitive; /**< "to" before it */
    uint8_t present_be; /**< is, are, am: present passive or progressive */
    uint8_t hearsay;    /**< reportedly, allegedly */
};

struct stm_verb_group stm_verb_group_at(const struct stm_annotation *ann, uint32_t main,
                                        enum stm_verb_form form);

/** Whether a token is one of `count` words. False when out of range. */
int stm_token_is_any(const struct stm_annotation *ann, uint32_t token, const char *const *words,
                     size_t count);

#define STM_TOKEN_IS_ANY(ann, token, words)                                                        \
    stm_token_is_any((ann), (token), (words), sizeof(words) / sizeof((words)[0]))

/** The first token of the sentence of a token. */
uint32_t stm_sentence_first(const struct stm_annotation *ann, uint32_t token);

/** Whether the token can be the verb of a clause: an auxiliary or tagged as finite. */
int stm_is_finite(const struct stm_annotation *ann, uint32_t token);

/** Whether a token opens another clause: subordinators, relatives, "after", ";" and the like. */
int stm_is_clause_break(const struct stm_annotation *ann, uint32_t token);

#endif
