/* SPDX-License-Identifier: MIT */
/* The stemma drawn: as a tree in text, and for Graphviz. */
#ifndef STEMMA_QUERY_SOURCE_TREE_H
#define STEMMA_QUERY_SOURCE_TREE_H

#include "query/query.h"

/* Levels that are drawn; what lies deeper stands below the last. */
#define STM_TREE_LEVELS 24u

struct stm_source_tree {
    struct stm_table table;
    bool boxes; /* lines of boxes; else ASCII */
    /* Whether more follows under the ancestor of each level. */
    bool open[STM_TREE_LEVELS];
};

void stm_source_tree_begin(struct stm_source_tree *tree, struct stm_query *query);

/* Every document in order, also those that are not shown. */
void stm_source_tree_step(struct stm_source_tree *tree, const stemma_source *one);

/* A line for the document of the last step. */
stemma_status stm_source_tree_line(struct stm_source_tree *tree, struct stm_query *query,
                                   const stemma_source *one, const char *id,
                                   const stemma_document *document);

/* False when memory ran out. */
bool stm_source_tree_end(struct stm_source_tree *tree);

/* The graph in Graphviz' language: all derivations among the documents, groups of independence as
   clusters. Honours --offset and --limit on documents. */
stemma_status stm_source_dot(struct stm_query *query, stemma_sources *sources);

#endif
