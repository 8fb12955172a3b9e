/* SPDX-License-Identifier: MIT */
/**
 * @file resolver.h
 * Decisions in the form of a resolver file of nomenklatura, made into judgements of two referents.
 *
 * A line ties two ids. An id is that of a referent ("e.DOCUMENT.3"), or any other name ("NK-...",
 * "Q42"), which stands for all that positive lines tie to it, also through other names. So
 *
 *     ["NK-a", "e.D1.3", "positive", ...]   ["NK-a", "e.D2.5", "positive", ...]
 *
 * say that the two referents are the same, and a negative line between two names that what hangs
 * on one is not what hangs on the other.
 */
#ifndef STEMMA_PACK_RESOLVER_H
#define STEMMA_PACK_RESOLVER_H

#include "common/interchange_read.h"

struct stm_resolver;

/** NULL when there is no memory. */
struct stm_resolver *stm_resolver_new(void);
void stm_resolver_free(struct stm_resolver *resolver);

/** Keeps a copy of a line. STEMMA_OK or STEMMA_E_NO_MEMORY. */
stemma_status stm_resolver_add(struct stm_resolver *resolver, const struct stm_line_resolver *line,
                               uint64_t number);

/** A judgement, of the line `number` that is most to do with it; its texts live until the resolver is
 *  freed. What is not STEMMA_OK ends the work. */
typedef stemma_status stm_resolver_take(void *context, const struct stm_line_judgement *judgement,
                                        uint64_t number);

/** A line that comes to no judgement: STEMMA_E_INVALID, DANGLING_REF or FIELD_VALUE. */
typedef void stm_resolver_refuse(void *context, uint64_t number, const stemma_error *error);

/** Hands out what all lines come to, in the order of the lines. STEMMA_E_NO_MEMORY, or what `take`
 *  said. */
stemma_status stm_resolver_end(struct stm_resolver *resolver, stm_resolver_take *take,
                               stm_resolver_refuse *refuse, void *context);

#endif
