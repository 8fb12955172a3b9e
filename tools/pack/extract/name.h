/* SPDX-License-Identifier: MIT */
/**
 * @file name.h
 * How names are found: runs of words that capitals say something about, cut into names, each typed
 * by what it is made of, what stands around it, and what the same words are elsewhere in the
 * document.
 */
#ifndef STEMMA_EXTRACT_NAME_H
#define STEMMA_EXTRACT_NAME_H

#include "pack/extract/annotation.h"
#include "pack/extract/lexicon.h"

/** What the document shows about one lower-case word, or about one whole name. */
struct stm_name_word {
    stemma_text lower;
    uint32_t capital_inside;             /**< Times capitalised where ordinary words are not. */
    uint32_t capital_start;              /**< Times capitalised where all words are. */
    uint32_t small;                      /**< Times in lower case. */
    int32_t score[STM_ENTITY_THING + 1]; /**< Of names with these words, added up. */
    uint32_t longest;     /**< Most words of a full name of a person that ends in it. */
    uint32_t names;       /**< Names with these words. */
    uint8_t surname;      /**< 1: last word of a person's full name; 2: with a known given name. */
    uint8_t given;        /**< 1: first word of such a name. */
    uint8_t organization; /**< 1: last word of an organisation of several, and no common word. */
    uint8_t body;         /**< 1: last word of an organisation of several, and a word for one. */
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

/** Counts every token of the document. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_name_words_count(struct stm_name_words *words,
                                                    const struct stm_annotation *ann);

/** A name before it becomes a mention. */
struct stm_name_chunk {
    uint32_t first;
    uint32_t count;
    uint8_t type;   /**< stm_entity_type */
    uint8_t titled; /**< A title stands before it. */
    int32_t score[STM_ENTITY_THING + 1];
    stemma_text key; /**< Lower-case words joined by spaces. */
};

struct stm_name_finder {
    struct stm_annotation *ann;
    struct stm_name_words words;
    struct stm_name_words keys;
    struct stm_name_chunk *chunks;
    size_t chunk_count;
    size_t chunk_capacity;
    uint8_t *shouting; /**< By sentence: 1 when capitals there say nothing. */
};

/** Whether a token may be part of a name. */
int stm_name_is_candidate(const struct stm_name_finder *finder, uint32_t token);

/** Adds up what speaks for each type of a chunk, from its own words and its neighbours. */
void stm_name_score(const struct stm_name_finder *finder, struct stm_name_chunk *chunk);

/** The part of that which datelines, offices of states and the paper's own name say. */
void stm_name_score_context(const struct stm_name_finder *finder, struct stm_name_chunk *chunk);

/** Whether a capitalised word is the adjective of a people that no list knows. */
int stm_name_is_adjective(const struct stm_name_finder *finder, uint32_t token);

/** Whether a name is that of the document's publisher or agency. */
int stm_name_is_publisher(const struct stm_annotation *ann, stemma_text key);

/** Scores all chunks, shares the evidence of equal names and of surnames, and fixes their types;
    STM_ENTITY_NONE for those that are better left out. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_name_settle(struct stm_name_finder *finder);

/** Lower-case words of tokens joined by single spaces, into `buffer`; empty when too long. */
stemma_text stm_name_join(const struct stm_annotation *ann, uint32_t first, uint32_t count,
                          char *buffer, size_t size);

/** Takes titles off the run of tokens [first, end), cuts what is left into names and adds them to
   the chunks. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_name_cut_run(struct stm_name_finder *finder, uint32_t first,
                                                uint32_t end);

#endif
