/* SPDX-License-Identifier: MIT */
/* Whether two claims about one thing can both be true. */
#ifndef STEMMA_QUERY_CONFLICT_H
#define STEMMA_QUERY_CONFLICT_H

#include "query/claim_view.h"

/* Values are the words of JSON's "kind", see stm_conflict_name(). */
enum stm_conflict {
    STM_CONFLICT_NONE,
    STM_CONFLICT_POLARITY, /* one says it, the other denies it */
    STM_CONFLICT_COUNT,    /* two counts of the same */
    STM_CONFLICT_TIME,     /* times that do not overlap */
    STM_CONFLICT_VALUE     /* two values where there can be one */
};

/* "polarity", "count", "time", "value". Static storage. */
const char *stm_conflict_name(enum stm_conflict conflict);

/* Compares two claims with the same subject and predicate. `single` says whether the predicate can have
   one true object only. Claims of which one is said by no document that does not say the other as well
   are no conflict: a document that gives two counts speaks of a part and the whole. */
enum stm_conflict stm_conflict_of(const stemma_claim *a, const stemma_claim *b, bool single);

#endif
