/* SPDX-License-Identifier: MIT */
/**
 * @file tagger.h
 * Parts of speech by a trained linear model, from left to right, and the vocabulary that the parser
 * shares.
 *
 * The method is the greedy averaged perceptron of Collins (2002), with the tags that a word had in
 * training as look-ahead. Integers only.
 */
#ifndef STEMMA_MODEL_TAGGER_H
#define STEMMA_MODEL_TAGGER_H

#include "pack/model/feature_table.h"
#include "pack/model/hash_features.h"
#include "pack/model/label.h"
#include "pack/model/model.h"

#define STM_TAGGER_VERSION  1u
#define STM_TAGGER_FEATURES 48u /* at most, of one word */

/** Views into a section: nothing to free. */
struct stm_tagger {
    const uint8_t *hashes; /* 32 bits a slot; 0: free */
    const uint8_t *tags;   /* two bytes a slot */
    uint32_t slots;        /* at least 1 */
    struct stm_feature_table weights;
    const struct stm_feature_rows *rows; /* the weights laid out for speed, or NULL */
};

/** Looks at the bytes of a section. Returns 0 when they are no tagger. */
int stm_tagger_read(struct stm_tagger *tagger, stemma_bytes section);

/** Whether a section can be used. */
int stm_tagger_check(stemma_bytes section);

/** Looks at the section "tagger" of a model. Returns 0 when there is none or it is no tagger. */
int stm_tagger_open(struct stm_tagger *tagger, const struct stm_model *model);

/** The numbers of a sentence's words, as written and in lower case. Where most of them begin with a capital, as
    in headlines, capitals say little: words that the vocabulary knows, and not as names, are taken for
    lower-case ones, and the others for words with one capital. */
void stm_tagger_words(const struct stm_tagger *tagger, const stemma_text *text,
                      const stemma_text *lower, uint32_t count, struct stm_word *words);

/** The features of word `i` of a sentence of `count` whose words before have tags; returns how many
    were written. */
uint32_t stm_tagger_features(const struct stm_word *words, uint32_t count, uint32_t i,
                             const uint8_t *tags, uint32_t features[STM_TAGGER_FEATURES]);

/** The tags (stm_pos) of a sentence. */
void stm_tagger_tag(const struct stm_tagger *tagger, const struct stm_word *words, uint32_t count,
                    uint8_t *tags);

/** The number of an unknown word's class; beyond all slots. */
uint32_t stm_word_class(const struct stm_word *word);

/** The slot in which the search for a hash begins; the next ones follow, at most STM_VOCABULARY_PROBES. */
#define STM_VOCABULARY_PROBES 16u
static inline uint32_t stm_vocabulary_slot(uint32_t hash, uint32_t slots)
{
    return (uint32_t)((uint64_t)(hash * 0x9E3779B1u) * slots >> 32);
}

#endif
