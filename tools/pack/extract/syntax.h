/* SPDX-License-Identifier: MIT */
/**
 * @file syntax.h
 * Asking the parse of a sentence: who stands under which verb, and as what.
 *
 * The trees are those of Universal Dependencies 2 (heads are content words; a preposition is a CASE
 * child of its noun, an auxiliary an AUX child of its verb). Token numbers must be in range or
 * STEMMA_NONE, which answers STEMMA_NONE. Nothing here allocates; any thread may ask about an
 * annotation that nobody changes.
 */
#ifndef STEMMA_EXTRACT_SYNTAX_H
#define STEMMA_EXTRACT_SYNTAX_H

#include "pack/extract/annotation.h"

/** The first dependent with a relation, in the order of the text; or STEMMA_NONE. A relation asks
    for itself only: NSUBJ does not find NSUBJ_PASS. */
uint32_t stm_syntax_child(const struct stm_annotation *ann, uint32_t token,
                          enum stm_relation relation);

/** The next dependent of the same head with a relation, after `child`; or STEMMA_NONE. */
uint32_t stm_syntax_next(const struct stm_annotation *ann, uint32_t child,
                         enum stm_relation relation);

/** The tokens [*first, *end) that a token and all under it span. Trees are projective. */
void stm_syntax_range(const struct stm_annotation *ann, uint32_t token, uint32_t *first,
                      uint32_t *end);

/** Who does (or, of a passive, undergoes) what a verb says: its own subject; else that of the verb
    it is coordinated with; of "to" and -ing complements the object or else the subject of the verb
    above; of a relative clause the noun it describes; of a participle after a noun that noun. */
uint32_t stm_syntax_subject(const struct stm_annotation *ann, uint32_t verb);

/** The object of a verb in the active voice: its own, or one shared with a coordinated verb that
    follows ("arrested and questioned the student"), or the antecedent of "whom they freed". */
uint32_t stm_syntax_object(const struct stm_annotation *ann, uint32_t verb);

/** The preposition (first CASE child) of a noun; or STEMMA_NONE. */
uint32_t stm_syntax_case(const struct stm_annotation *ann, uint32_t token);

/** The first OBL (of a noun: NMOD) child that the preposition `word` (lower case) introduces. */
uint32_t stm_syntax_oblique(const struct stm_annotation *ann, uint32_t verb, const char *word);

/** Whether a verb is in the passive: "was freed", "got arrested", "the men freed on Monday". */
int stm_syntax_is_passive(const struct stm_annotation *ann, uint32_t verb);

/** A token and what is coordinated with it ("A, B and C" for A), in the order of the text, at most
    `most`. Returns how many were written. */
uint32_t stm_syntax_conjuncts(const struct stm_annotation *ann, uint32_t token, uint32_t *out,
                              uint32_t most);

#endif
