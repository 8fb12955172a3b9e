/* SPDX-License-Identifier: MIT */
/**
 * @file vocabulary.h
 * The terms that testimony is written in: entity types, event types with their roles, predicates.
 *
 * The vocabulary is data. A file carries every term that it uses; a writer starts from the built-in
 * terms and may add its own. Event types have two levels, "justice.release".
 */
#ifndef STEMMA_VOCABULARY_H
#define STEMMA_VOCABULARY_H

#include "stemma/status.h"
#include "stemma/types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum stemma_term_kind {
    STEMMA_TERM_ENTITY_TYPE = 0,
    STEMMA_TERM_EVENT_TYPE = 1,
    STEMMA_TERM_PREDICATE = 2 /**< Of entities and of events; event roles are predicates too. */
} stemma_term_kind;

typedef struct stemma_term {
    uint8_t kind;      /**< stemma_term_kind */
    stemma_text name;  /**< Lower-case ASCII: [a-z][a-z0-9_]*, parts joined by '.'. */
    stemma_text label; /**< English, for people: "release from custody". */
    uint8_t single_valued; /**< A predicate that can have one true object only: the ground of
                                conflicts. */
    stemma_text roles; /**< Event types: role names, space-separated. */
    stemma_text crosswalk; /**< "plover:RETREAT/release cameo:0841 ere:justice.release-parole",
                                space-separated; may be empty. */
} stemma_term;

/** The built-in vocabulary. `*count` receives the number of terms. Static storage. Any thread. */
STEMMA_API const stemma_term *stemma_vocabulary_builtin(uint32_t *count);

#ifdef __cplusplus
}
#endif
#endif
