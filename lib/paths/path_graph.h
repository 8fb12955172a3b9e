/* SPDX-License-Identifier: MIT */
/* Inside stemma_paths_begin(): what was reached from either end, level by level. */
#ifndef STEMMA_LIB_PATH_GRAPH_H
#define STEMMA_LIB_PATH_GRAPH_H

#include "file/snapshot.h"
#include "stemma/paths.h"

#define STM_PATH_NODES 65536u  /* that one side holds */
#define STM_PATH_TIES  131072u /* between them */

/* An entity that was reached. */
typedef struct stm_path_node {
    uint32_t entity;
    uint32_t level;  /* edges from the end */
    uint32_t ties;   /* the last tie that leads to it, + 1; 0: it is the end */
    uint32_t from;   /* whose ties were made last, + 1: then `latest` is the tie to it */
    uint32_t latest;
} stm_path_node;

/* How a node is tied to one that is nearer to the end by one. */
typedef struct stm_path_tie {
    uint32_t from; /* that node */
    uint32_t next; /* the next tie of the same node, + 1 */
    stemma_path_edge edge;
} stm_path_tie;

/* What was reached from one end. Arrays lie in the snapshot's memory. */
typedef struct stm_path_side {
    stm_path_node *nodes; /* by level */
    uint32_t count, capacity;
    uint32_t frontier; /* the first node of the last level */
    uint32_t level;    /* of it */
    int by_documents;  /* whose claims name the end is known */
    uint32_t *slots;   /* node + 1, by hash of the entity */
    uint32_t slot_count;
    stm_path_tie *ties;
    uint32_t tie_count, tie_capacity;
} stm_path_side;

#define STM_PATH_TAKEN 4096u /* at a time */

/* Somebody whom an event ties to the one whose event it is. */
typedef struct stm_path_taken {
    uint32_t entity;
    uint32_t event; /* place in the chunk */
} stm_path_taken;

typedef struct stm_path_search {
    stemma_snapshot *snapshot;
    stm_path_taken *taken; /* room for STM_PATH_TAKEN */
    stemma_event_query events;
    uint32_t ends[2];
    int indirect;
    int denied; /* denied claims tie, too */
    int by_lists;  /* the snapshot is cut, and all events but denied ones count */
    int cut;
    int backwards; /* ties are made in any order */
    uint32_t budget; /* events still to be read for those in between */
    stm_path_side sides[2];
} stm_path_search;

/* Begins with an end. STEMMA_E_NO_MEMORY. */
stemma_status stm_path_side_begin(stm_path_search *search, stm_path_side *side, uint32_t end,
                                  stemma_error *error);

/* Goes one level on. */
stemma_status stm_path_expand(stm_path_search *search, stm_path_side *side, stemma_error *error);

/* Ties back whom the other side came to last: their claims may name somebody of this side's last level
   but one. Claims are found by whom they are about, so this side did not see these. */
stemma_status stm_path_claims_back(stm_path_search *search, stm_path_side *side,
                                   const stm_path_side *other, stemma_error *error);

/* The node of an entity, or STEMMA_NONE. */
uint32_t stm_path_find(const stm_path_side *side, uint32_t entity);

/* How many events an entity takes part in or is the place of. Of a snapshot that is cut: of those that
   were known, not many more than `most`, since it takes a look at each. */
stemma_status stm_path_degree(stemma_snapshot *snapshot, uint32_t entity, uint64_t most,
                              uint64_t *out, stemma_error *error);

/* The entity that a claim names, or STEMMA_NONE. */
uint32_t stm_path_object(const stemma_claim *claim);

#endif
