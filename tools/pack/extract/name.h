/* SPDX-License-Identifier: MIT */
/**
 * @file name.h
 * How names are found: a trained model labels the tokens in two passes, the second knowing what
 * the first said of the same words elsewhere in the document; then rules that hold over a whole
 * document (full names, acronyms, datelines, the publisher) settle what one sentence cannot tell.
 */
#ifndef STEMMA_EXTRACT_NAME_H
#define STEMMA_EXTRACT_NAME_H

#include "pack/extract/annotation.h"
#include "pack/extract/lexicon.h"

/** What the document shows about one lower-case word, or about one whole name. */
struct stm_name_word {
    stemma_text lower;
    int64_t score[STM_ENTITY_THING + 1]; /**< What the model gave names with these words, by type. */
    uint32_t names;                      /**< How many; or free for whoever keeps the table. */
    uint32_t small;                      /**< Times in lower case. */
    uint8_t surname; /**< 1: last word of a person's full name. */
    uint8_t body;    /**< 1: last word of an organisation of several. */
    uint8_t somewhere; /**< 1: the text has it as a place, "in" or "of" it. */
    uint8_t state;   /**< 1: the text has it as a country or town: "X's capital", "in X", "Xian". */
    uint8_t sure;    /**< stm_entity_type that a rule gave one of them; 0: none did. */
    uint8_t brief;   /**< 1: first or last word of an organisation of several that says nothing by itself. */
};

/** A hash table of them; insertion order is the order of the text. */
struct stm_name_words {
    struct stm_arena *arena;
    struct stm_name_word *items;
    size_t count;
    size_t capacity;
    uint32_t *slots; /**< Item + 1; 0 is free. */
    size_t slot_count;
};

/** Finds or adds; NULL when memory is exhausted. The pointer lives until the next addition. */
struct stm_name_word *stm_name_words_add(struct stm_name_words *words, stemma_text lower);

/** Finds; NULL when it is not there. */
struct stm_name_word *stm_name_words_find(const struct stm_name_words *words, stemma_text lower);

/** A name before it becomes a mention. */
struct stm_name_chunk {
    uint32_t first;
    uint32_t count;
    uint8_t type;    /**< stm_entity_type; NONE: given up */
    uint8_t settled; /**< A rule is sure of its type. */
    int32_t score[STM_ENTITY_THING + 1]; /**< What the model gives each type. */
    stemma_text key; /**< Lower-case words joined by spaces. */
};

struct stm_name_finder {
    struct stm_annotation *ann;
    struct stm_name_words keys;
    struct stm_name_chunk *chunks; /**< In the order of the text; they do not overlap. */
    size_t chunk_count;
    size_t chunk_capacity;
    uint8_t *labels;  /**< By token: labels of model/sequence.h. */
    uint8_t *settled; /**< By token: 1 when a rule gave its label. */
    int32_t *scores;  /**< By token: what the model gives each label; NULL: nothing. */
    const uint16_t *known; /**< By token: stm_name_view.known; NULL: nothing. */
};

/** Labels every token by the model of the annotation; all outside when the model has no section of
    names. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_name_label(struct stm_name_finder *finder);

/** Adds a chunk over tokens [first, end) unless it is empty or too long for a name. STEMMA_OK or
    STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_name_add(struct stm_name_finder *finder, uint32_t first,
                                            uint32_t end, enum stm_entity_type type);

/** Settles the chunks over the document. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_name_settle(struct stm_name_finder *finder);

/** Labels what newspapers print around the text, whatever the model said: places of datelines,
    agencies in credits, the paper's own name, acronyms in brackets after what they stand for. */
void stm_name_label_furniture(struct stm_name_finder *finder);

/** Labels names that the model left out and that the words around them give away: "chief executive of X". */
void stm_name_label_framed(struct stm_name_finder *finder);

/** Lower-case words of tokens joined by single spaces, into `buffer`; empty when too long. */
stemma_text stm_name_join(const struct stm_annotation *ann, uint32_t first, uint32_t count,
                          char *buffer, size_t size);

#endif
