/* SPDX-License-Identifier: MIT */
/**
 * @file fact_role.h
 * Phrases that say what a person is, "former deputy head of the Steel Union": where they begin and
 * end, and what they tell. Shared by the finders of such phrases. Tokens must be in range.
 */
#ifndef STEMMA_EXTRACT_FACT_ROLE_H
#define STEMMA_EXTRACT_FACT_ROLE_H

#include "pack/extract/fact_emit.h"

/* A description longer than this is a clause that was misread. */
enum { STM_ROLE_LONGEST = 10 };

/** Whether a token can stand inside a title before a name. */
int stm_fact_in_title(const struct stm_annotation *ann, uint32_t token);

/** Where a title with this noun begins. */
uint32_t stm_fact_title_start(const struct stm_annotation *ann, uint32_t noun);

/** The end of a role: behind its "of", "for", "at", "to" and "in" phrases. */
uint32_t stm_fact_role_end(const struct stm_annotation *ann, uint32_t head);

/** Whether a token is a form of address, which says nothing of an office: "Mrs". */
int stm_fact_is_address(const struct stm_annotation *ann, uint32_t token);

/** Whether a token is a noun for what one person is or does, by the lists or by how it is made. */
int stm_fact_is_occupation(const struct stm_annotation *ann, uint32_t token);

/** Whether a noun only ties its person to what is named behind it, "a graduate of Kolm College", or
    to another person: "her colleague". It is no role then. The phrase ends at `end`. */
int stm_fact_only_ties(const struct stm_annotation *ann, uint32_t head, uint32_t end);

/** Asserts all that the phrase [first, end) with the noun `head` tells of a person: the role, and
    nationality, age, body and place among its words and before it. STEMMA_OK or
    STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_fact_office(const struct stm_fact_scan *scan, uint32_t subject,
                                               uint32_t first, uint32_t head, uint32_t end,
                                               const struct stm_fact_stand *stand,
                                               uint16_t confidence);

#endif
