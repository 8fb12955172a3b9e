/* SPDX-License-Identifier: MIT */
/**
 * @file referent_role.h
 * Offices, occupations and kinship that a document states of its persons.
 */
#ifndef STEMMA_EXTRACT_REFERENT_ROLE_H
#define STEMMA_EXTRACT_REFERENT_ROLE_H

#include "pack/extract/referent.h"

/** A bounded list; later ones are dropped. */
struct stm_roles {
    struct stm_role *items;
    size_t count;
    size_t capacity;
};

/** Adds a role unless it is there; also the first role of the referent. */
STEMMA_NODISCARD stemma_status stm_role_add(struct stm_roles *roles, struct stm_annotation *ann,
                                            struct stm_role role);

/** Adds the role that stands right before a name ("Chilean President X"), if one does. */
STEMMA_NODISCARD stemma_status stm_role_from_title(struct stm_roles *roles,
                                                   struct stm_annotation *ann,
                                                   const struct stm_mention *name);

/** The referent of the name that a nominal is in apposition to; or STEMMA_NONE. */
uint32_t stm_role_apposition(const struct stm_annotation *ann, const struct stm_mention *nominal);

/** The country that the words [first, end) name by adjective or noun; or empty. */
stemma_text stm_role_country(const struct stm_annotation *ann, uint32_t first, uint32_t end);

/** What kind of leader or minister `head` (a token, words from `first` on) is: "opposition",
   "prime"; empty when nothing, or only something like "former", stands before it. */
stemma_text stm_role_modifier(const struct stm_annotation *ann, uint32_t first, uint32_t head);

/** The referent of the possessor in a nominal ("her sister", "Orlova's envoy"); or STEMMA_NONE. */
uint32_t stm_role_owner(const struct stm_annotation *ann, const struct stm_mention *nominal);

#endif
