/* SPDX-License-Identifier: MIT */
/* What a NAME or an ID on the command line means. */
#ifndef STEMMA_QUERY_CHOOSE_H
#define STEMMA_QUERY_CHOOSE_H

#include "query/query.h"

/* Anything that has an id, or an entity by its name. When the name fits several about as well, the
   best is taken (the nearest name, then the most mentioned) and standard error lists the others.
   STEMMA_NOT_FOUND, said on standard error, when there is nothing. */
stemma_status stm_choose(struct stm_query *query, stemma_text text, stemma_reference *out);

/* The same for an entity; the id of something else is a wrong usage. `type`: what the name is
   preferred to be, or empty. */
stemma_status stm_choose_entity(struct stm_query *query, stemma_text text, stemma_text type,
                                uint32_t *entity);

/* Only an id; anything else is a wrong usage. */
stemma_status stm_choose_id(struct stm_query *query, stemma_text text, stemma_reference *out);

/* The command's arguments from `first` on, joined by spaces, so that a name needs no quotes. The text
   belongs to the item; empty when memory is exhausted. */
stemma_text stm_choose_arguments(struct stm_query *query, int first);

/* Whether the file's vocabulary has the word `name` of the option, or words below it: one that it
   lacks is often misspelt, so that is said. STEMMA_OK, also for NULL, or STEMMA_NOT_FOUND. */
stemma_status stm_choose_term(struct stm_query *query, const char *option, const char *name,
                              uint8_t kind);

/* The same for a word that need not end with a NUL. */
stemma_status stm_choose_text_term(struct stm_query *query, const char *option, stemma_text wanted,
                                   uint8_t kind);

#endif
