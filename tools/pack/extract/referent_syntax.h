/* SPDX-License-Identifier: MIT */
/**
 * @file referent_syntax.h
 * Where a mention stands in its sentence: what it is the subject of, what it is said of.
 */
#ifndef STEMMA_EXTRACT_REFERENT_SYNTAX_H
#define STEMMA_EXTRACT_REFERENT_SYNTAX_H

#include "pack/extract/annotation.h"

/** The token of [first, first + count) that the others hang under. */
uint32_t stm_phrase_top(const struct stm_annotation *ann, uint32_t first, uint32_t count);

/** Whether a phrase with this top is a subject or object (stm_trace_place of referent_anaphora.h);
   members of a list and appositions stand where the whole stands. */
uint8_t stm_phrase_place(const struct stm_annotation *ann, uint32_t top);

/** Whether the phrase is the subject of a verb of saying. */
int stm_phrase_speaks(const struct stm_annotation *ann, uint32_t top);

/** The token of the subject of the clause that a token stands in, if that is another; or
 * STEMMA_NONE. */
uint32_t stm_referent_clause_subject(const struct stm_annotation *ann, uint32_t token);

/** The top token of what a relative pronoun stands for; or STEMMA_NONE. */
uint32_t stm_relative_antecedent(const struct stm_annotation *ann, uint32_t pronoun);

/** The noun that the relative clause a token stands in is about, if that is its subject ("Orlov,
   who lost his party"); or STEMMA_NONE. */
uint32_t stm_relative_subject(const struct stm_annotation *ann, uint32_t token);

/** What a nominal says what it is: the token that it is in apposition to, or whose predicate it is
   ("X is the host", "X as host", "named X host"); or STEMMA_NONE. */
uint32_t stm_predicated_of(const struct stm_annotation *ann, uint32_t top);

#endif
