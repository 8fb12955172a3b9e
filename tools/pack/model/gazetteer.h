/* SPDX-License-Identifier: MIT */
/**
 * @file gazetteer.h
 * Names that lists know: sets of words and phrases, kept as hashes.
 *
 * A phrase is its lower-case words joined by single spaces. Each has a set of bits that say which
 * lists hold it. A 32-bit hash stands for it: about one unknown phrase in ten thousand is taken for
 * a known one, which a feature of a model bears.
 *
 * Section, little-endian: "STGZ", u32 version, u32 entries, u32 longest phrase in words; then u32
 * hash[entries], ascending; then u8 bits[entries].
 */
#ifndef STEMMA_MODEL_GAZETTEER_H
#define STEMMA_MODEL_GAZETTEER_H

#include "stemma/types.h"

#include <stddef.h>
#include <stdint.h>

enum stm_gazetteer_bit {
    STM_GAZETTEER_NAME_WORD = 1u << 0,    /**< A word of the names of persons. */
    STM_GAZETTEER_PERSON = 1u << 1,       /**< A person by name and surname. */
    STM_GAZETTEER_ORGANIZATION = 1u << 2, /**< An organisation. */
    STM_GAZETTEER_PLACE = 1u << 3,        /**< A country, region or town. */
    STM_GAZETTEER_LEGAL_FORM = 1u << 4,   /**< A form of a company: "S.p.A.". */
    STM_GAZETTEER_PEOPLE = 1u << 5        /**< A nation, faith or people. */
};
#define STM_GAZETTEER_BITS    6u
#define STM_GAZETTEER_VERSION 1u
#define STM_GAZETTEER_WORDS   6u /**< Longest phrase looked up. */

/** A gazetteer inside a section. Borrows the bytes; read-only; any thread. */
struct stm_gazetteer {
    const uint8_t *hashes;
    const uint8_t *bits;
    uint32_t entries;
    const uint64_t *filter; /**< Of stm_gazetteer_filter_new(), or NULL: answers come slower without. */
};

/** Checks a section and points into it. 0, or -1 when the bytes are no such section. */
int stm_gazetteer_open(struct stm_gazetteer *gazetteer, const void *section, size_t size);

/** Whether a section is one. */
int stm_gazetteer_check(stemma_bytes section);

/** What most phrases that no list has are known by without a search: a bit for each value of the first bits of a hash that
    some entry has. To be freed; NULL when there is no memory. It may be used with every view of the same section. */
uint64_t *stm_gazetteer_filter_new(const struct stm_gazetteer *gazetteer);

/** Hash of a phrase, word by word: begin with 0. */
uint64_t stm_gazetteer_hash(uint64_t before, const char *word, size_t size);

/** Bits of a phrase by its hash; 0 when no list has it. */
unsigned stm_gazetteer_find(const struct stm_gazetteer *gazetteer, uint64_t hash);

#endif
