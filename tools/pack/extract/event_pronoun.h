/* SPDX-License-Identifier: MIT */
/**
 * @file event_pronoun.h
 * Pronouns that mean others than those whom they were resolved to.
 */
#ifndef STEMMA_EXTRACT_EVENT_PRONOUN_H
#define STEMMA_EXTRACT_EVENT_PRONOUN_H

#include "pack/extract/annotation.h"

/** Whether a pronoun fills no role, as it does not mean its referent: "they" for one person, "she" in what she is
    quoted with, "they" of those in power in a quotation that names nobody. `role`: the role to be filled. */
int stm_pronoun_is_other(const struct stm_annotation *ann, uint32_t token, const char *role);

#endif
