/* SPDX-License-Identifier: MIT */
/**
 * @file quantity_scan.h
 * The sentence in which amounts are looked for, and an amount under construction.
 */
#ifndef STEMMA_EXTRACT_QUANTITY_SCAN_H
#define STEMMA_EXTRACT_QUANTITY_SCAN_H

#include "pack/extract/annotation.h"
#include "pack/extract/quantity_number.h"

struct stm_quantity_scan {
    struct stm_annotation *ann;
    uint32_t first; /**< First token of the sentence. */
    uint32_t end;   /**< Token after the sentence. */
};

struct stm_amount {
    uint32_t first;
    uint32_t end; /**< Token after the number (and the words that go with it). */
    struct stm_number low;
    struct stm_number high;
    uint8_t ranged;
    uint8_t modifier;    /**< stemma_modifier */
    uint8_t hyphenated;  /**< "three-year", "500-strong": the number is a part of a word. */
    uint8_t whole;       /**< "40-odd": in one token, but counting as if it were not. */
    const char *unit;    /**< NULL: a count. Static storage. */
    uint32_t head;       /**< The noun counted, or STEMMA_NONE. */
    stemma_text counted; /**< What is counted when no noun behind the number says so. */
};

/** Whether a token of the sentence is this word; false beyond the sentence. */
static inline int stm_quantity_is(const struct stm_quantity_scan *scan, uint32_t i,
                                  const char *word)
{
    return i >= scan->first && i < scan->end && stm_ann_is(scan->ann, i, word);
}

/** Whether it is one of the words of an array. */
static inline int stm_quantity_is_any(const struct stm_quantity_scan *scan, uint32_t i,
                                      const char *const *words, size_t count)
{
    for (size_t w = 0; w < count; w++) {
        if (stm_quantity_is(scan, i, words[w])) {
            return 1;
        }
    }
    return 0;
}

#define STM_QUANTITY_IS_ANY(scan, i, words)                                                        \
    stm_quantity_is_any((scan), (i), (words), sizeof(words) / sizeof((words)[0]))

/** The coarse tag of a token; STM_TAG_PUNCTUATION beyond the sentence. */
static inline uint8_t stm_quantity_tag(const struct stm_quantity_scan *scan, uint32_t i)
{
    return i < scan->end ? scan->ann->tokens[i].tag : (uint8_t)STM_TAG_PUNCTUATION;
}

/** "a third of", "two-thirds", "half the", "one in five", "nine out of ten", as percent. Tokens
   taken; 0: none. */
uint32_t stm_quantity_fraction(const struct stm_quantity_scan *scan, uint32_t i,
                               struct stm_amount *amount);

/** "several hundred", "a few thousand": no more is said than the plural would. Tokens taken. */
uint32_t stm_quantity_few(const struct stm_quantity_scan *scan, uint32_t i,
                          struct stm_amount *amount);

/** How many tokens before `i` modify the number there ("at least an estimated"), and how. */
uint32_t stm_quantity_modifier_before(const struct stm_quantity_scan *scan, uint32_t i,
                                      uint8_t *modifier);

/** How many tokens from `i` on modify the number before them ("or more", "+"), and how. */
uint32_t stm_quantity_modifier_after(const struct stm_quantity_scan *scan, uint32_t i,
                                     uint8_t *modifier);

/** The noun counted by what ends before `i`; STEMMA_NONE when none is named there. */
uint32_t stm_quantity_head(const struct stm_quantity_scan *scan, uint32_t number, uint32_t i);

/** What a number without a noun in tokens [first, after), modifiers included, counts, by what
   stands around it and what was counted before: "of whom 12 were women", "killing 12", "the toll
   rose to 21". A vague number ("dozens") of nothing in particular is of persons. Empty when nothing
   says so. */
stemma_text stm_quantity_from_context(const struct stm_quantity_scan *scan, uint32_t first,
                                      uint32_t after, int vague);

/** What "of them", "of whom" at `i` speaks of; empty when that does not stand there. */
stemma_text stm_quantity_of_those(const struct stm_quantity_scan *scan, uint32_t i);

/** How a noun is counted: its lemma, "person" for "people". */
stemma_text stm_quantity_counted_of(const struct stm_annotation *ann, uint32_t head);

#endif
