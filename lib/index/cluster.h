/* SPDX-License-Identifier: MIT */
/* Joining referents into entities and events by the judgements that stand. Pure but for working
   memory, which is freed before the call returns. */
#ifndef STEMMA_LIB_CLUSTER_H
#define STEMMA_LIB_CLUSTER_H

#include "base/memory.h"
#include "stemma/judgement.h"
#include "stemma/status.h"

/* A judgement that stands, between two referents by their number in the corpus. */
typedef struct stm_cluster_edge {
    uint32_t left;
    uint32_t right;
    uint32_t order;  /* its number in the canonical order of judgements */
    uint16_t score;  /* 0..1000, or STEMMA_NO_CONFIDENCE, which comes last */
    uint8_t verdict; /* stemma_verdict */
    uint8_t person;  /* 1 when its author is a person */
} stm_cluster_edge;

/* Puts into `cluster[r]` the number of the cluster of referent r, clusters being numbered by their
   least member, and their number into `*cluster_count`.

   First all that people judged counts: their NOT_SAME block, then their SAME join by falling score
   and canonical order. Then the same for programs, so that a program can never part what a person
   joined. A join is refused when a blocking judgement links any member of the one cluster with any
   of the other, or when the kinds of the two referents differ. UNSURE does nothing.

   `kinds` has a stemma_referent_kind for each of `referent_count` referents; every edge names
   referents below that count (the caller checked). `edges` is put into order of use.
   Working memory is got from `memory`, which may be NULL. Near-linear in edges and referents whatever they are. STEMMA_E_NO_MEMORY. */
stemma_status stm_cluster_referents(stm_memory *memory, stm_cluster_edge *edges, size_t edge_count,
                                    const uint8_t *kinds, uint32_t referent_count,
                                    uint32_t *cluster, uint32_t *cluster_count);

/* Independence groups: puts into `group[d]` the least document that d is joined to by derivations
   that stand and are not mere quotation. Documents named are below `document_count`. */
void stm_independence_groups(const stemma_derivation *derivations, size_t count,
                             uint32_t document_count, uint32_t *group);

/* Whether a derivation makes its two documents one source: it stands and is not QUOTES. */
int stm_derivation_joins(const stemma_derivation *derivation);

#endif
