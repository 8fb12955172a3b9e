/* SPDX-License-Identifier: MIT */
/**
 * @file referent.h
 * Which mentions of one document are of one thing. Names first, by sieves from strict to lenient;
 * then nominals and pronouns, only where the document makes it plain.
 */
#ifndef STEMMA_EXTRACT_REFERENT_H
#define STEMMA_EXTRACT_REFERENT_H

#include "pack/extract/annotation.h"
#include "pack/extract/name.h"

/** A name in one of its written forms: all mentions of one type with the same lower-case words. */
struct stm_ref_node {
    stemma_text key;     /**< Lower-case words, articles off. */
    stemma_text given;   /**< Persons: the first word, when there are several. */
    stemma_text surname; /**< Persons: the last word that is no "Jr". */
    uint32_t mention;    /**< Its first mention. */
    uint32_t last;       /**< Its last mention. */
    uint32_t words;
    uint8_t type;   /**< stm_entity_type */
    uint8_t gender; /**< stm_gender, as far as the words tell */
    uint8_t acronym;
    uint32_t referent;
};

struct stm_ref_builder {
    struct stm_annotation *ann;
    struct stm_name_words keys; /**< Type letter and key; item i is node i. */
    struct stm_ref_node *nodes;
    size_t node_count;
    size_t node_capacity;
    uint32_t *node_of; /**< By mention; STEMMA_NONE for those that are no names. */
    uint32_t *next_of; /**< By mention: the next mention of the same node, or STEMMA_NONE. */
};

/** An office, occupation or kinship that the document states of a person. */
struct stm_role {
    uint32_t referent;
    stemma_text head; /**< Lower-case: "president", "sister". */
    stemma_text
        modifier; /**< The noun or part of a title before it: "opposition", "prime"; or empty. */
    stemma_text country; /**< Of "Chilean president": "Chile"; or empty. */
    uint32_t owner;      /**< Of kinship and "X's envoy": the referent X; or STEMMA_NONE. */
};

/** Gives short names the type of the longer name of the document that explains them. STEMMA_OK or
 * STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_refer_types(struct stm_ref_builder *builder);

/** Joins nodes of persons; gives every one a referent. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_refer_persons(struct stm_ref_builder *builder);

/** Joins nodes of all other types. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_refer_others(struct stm_ref_builder *builder);

/** Resolves nominals and pronouns in the order of the text. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_refer_anaphors(struct stm_annotation *ann);

/** The gender that a title or role word before a mention tells ("Mrs", "actress"). */
enum stm_gender stm_refer_title_gender(const struct stm_annotation *ann, uint32_t mention);

/** The gender that a surname in a Slavic form tells ("-ova", "-sky"). */
enum stm_gender stm_refer_surname_gender(stemma_text surname);

#endif
