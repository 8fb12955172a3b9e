/* SPDX-License-Identifier: MIT */
/**
 * @file name_feature.h
 * What the name model sees of a token: the word and its neighbours, their shapes and endings, the
 * lists they are in, the run of capitals they stand in, and what the document shows of them
 * elsewhere. Training and reading use the same code on the same annotation.
 *
 * The families follow Ratinov and Roth (2009): window, shape and affixes, gazetteers, and the
 * labels that a first pass gave to the same words of the document.
 */
#ifndef STEMMA_EXTRACT_NAME_FEATURE_H
#define STEMMA_EXTRACT_NAME_FEATURE_H

#include "pack/extract/annotation.h"
#include "pack/model/gazetteer.h"
#include "pack/model/sequence.h"

/** Most features of one token; what is beyond is left out. */
#define STM_NAME_FEATURES 160u
/** Most features of one token that tell of the first pass. */
#define STM_NAME_HISTORY_FEATURES 24u

/** Bits of the lists that hold a word: first those of lexicon.h that are asked, as name_view.c orders
    them, then these. */
enum {
    STM_NAME_LISTS = 27,
    STM_NAME_BIT_GIVEN = STM_NAME_LISTS,
    STM_NAME_BIT_COUNTRY,
    STM_NAME_BIT_CITY,
    STM_NAME_BIT_DEMONYM,
    STM_NAME_BIT_PEOPLE,
    STM_NAME_BIT_CLOSED,
    STM_NAME_BIT_STATE
};

/** A feature by its template and value. */
static inline uint64_t stm_name_mix(uint64_t template, uint64_t value)
{
    uint64_t h = (value ^ (template * 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu;
    h ^= h >> 32;
    h *= 0xc4ceb9fe1a85ec53u;
    return h ^ h >> 29;
}

/** Hash of a piece of a word. */
static inline uint64_t stm_name_hash(const char *data, size_t size)
{
    return stm_gazetteer_hash(0x53746d4e, data, size);
}

/** What is known of one form of a word, whatever its context. */
struct stm_name_form {
    stemma_text text;
    uint64_t lower;      /**< Hash of the lower-case form. */
    uint64_t exact;      /**< Hash of the form itself. */
    uint64_t shape;      /**< Hash of "Xxxx". */
    uint64_t brief;      /**< Hash of "Xx": equal neighbours once. */
    uint64_t affix[8];   /**< Hashes of prefixes and suffixes of 1 to 4 characters; 0 for none. */
    uint64_t lists;      /**< Bits of the lexicons that hold it. */
    uint32_t word;       /**< Number of its lower-case form. */
};

/** What the document shows of one lower-case word. */
struct stm_name_lower {
    stemma_text text;
    uint32_t inside; /**< Times capitalised where ordinary words are not. */
    uint32_t start;  /**< Times capitalised where all words are. */
    uint32_t small;  /**< Times in lower case. */
    uint32_t adjective; /**< 1: it has an adjective in the document: "Veranian" of "Verania". */
    uint32_t label[STM_SEQUENCE_LABELS]; /**< Times that the first pass gave each label. */
};

/** The document as the features need it. Owned by the arena of the annotation. */
struct stm_name_view {
    const struct stm_annotation *ann;
    const struct stm_gazetteer *gazetteer; /**< NULL: no lists but those of the program. */
    struct stm_name_form *forms;
    struct stm_name_lower *words;
    uint32_t *form_of;    /**< By token. */
    uint32_t *run_first;  /**< By token: first and last token of its run of capitals, or NONE. */
    uint32_t *run_last;
    uint16_t *known;      /**< By token: bits of phrases that begin there (low) or go on (high). */
    uint8_t *shouting;    /**< By sentence: 1 when capitals there say nothing. */
    uint32_t form_count;
    uint32_t word_count;
    uint32_t off; /**< Families left out, stm_name_family: for measuring what each is worth. */
};

/** Where the bits of phrases of several words stand in `known`, of their first word and of the others. */
enum { STM_NAME_KNOWN_BEGINS = 5, STM_NAME_KNOWN_GOES_ON = 10 };

enum stm_name_family {
    STM_FAMILY_GAZETTEER = 1u << 0,
    STM_FAMILY_LEXICON = 1u << 1,
    STM_FAMILY_TAG = 1u << 2,
    STM_FAMILY_HISTORY = 1u << 3,
    STM_FAMILY_TWIN = 1u << 4,
    STM_FAMILY_RUN = 1u << 5,
    STM_FAMILY_AFFIX = 1u << 6,
    STM_FAMILY_SYNTAX = 1u << 7
};

/** Looks over the document. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_name_view_make(struct stm_name_view *view,
                                                  const struct stm_annotation *ann,
                                                  const struct stm_gazetteer *gazetteer,
                                                  uint32_t off);

/** Features of a token into `out[STM_NAME_FEATURES]`; gives their number. */
size_t stm_name_features(const struct stm_name_view *view, uint32_t token, uint64_t *out);

/** Enters the labels of all tokens, by which the history features tell. */
void stm_name_view_label(struct stm_name_view *view, const uint8_t *labels);

/** Features that tell of the labels entered, into `out[STM_NAME_HISTORY_FEATURES]`. */
size_t stm_name_history_features(const struct stm_name_view *view, const uint8_t *labels,
                                 uint32_t token, uint64_t *out);

#endif
