/* SPDX-License-Identifier: MIT */
/* Walks one tree of pages and checks everything in it. Used by page_check.c alone. */
#ifndef STEMMA_FORMAT_PAGE_TREE_H
#define STEMMA_FORMAT_PAGE_TREE_H

#include "page_check.h"

/* What all the trees of a file share. Owned by the caller. */
typedef struct stm_page_walk {
    const uint8_t *file;
    uint64_t pages;       /* pages of the file */
    uint8_t *claimed;     /* one bit a page: whether a tree has it */
    uint64_t claims;      /* bits set in it */
    bool measuring;       /* only what trees hold is counted: nodes of leaves are not checked, and no
                             overflow run is looked at or claimed */
    uint64_t sampled;     /* of a walk that measures: of a table with more leaf pages about so many are
                             looked at; 0: all */
    uint64_t branch_bytes; /* what branch pages held of the table at hand */
    stm_page_place place; /* where the last problem was seen */
} stm_page_walk;

/* Told of each leaf page, after it was found sound. Returns a problem to stop the walk. */
typedef stm_page_problem stm_page_visit(void *context, stm_page_walk *walk, const uint8_t *page,
                                        unsigned nodes);

/* Told of each problem of a walk that goes on behind problems. False ends the walk. */
typedef bool stm_page_skip(void *context, stm_page_walk *walk, stm_page_problem problem);

/* Which tree to walk. */
typedef struct stm_page_tree {
    uint64_t root;         /* any value */
    uint32_t depth;        /* 1 to STEMMA_LIMIT_DEPTH */
    uint16_t leaf_flags;   /* flags that leaf nodes must have: 0 or STM_NODE_TABLE */
    stm_page_visit *visit; /* may be NULL */
    void *context;
    uint32_t part;  /* of `parts` shares of the root's children, which to walk; the root itself, */
    uint32_t parts; /* and a tree without branches, belong to share 0. 0 parts: all */
    stm_page_skip *skip; /* NULL: the walk ends at the first problem. Else pages that have one are
                            left out with all below them, are not claimed, and so are overflow
                            runs, which are not looked at */
    bool plain;          /* of a walk that measures: no value is said to lie outside its leaf */
    uint64_t stride;     /* likewise: each so many-th leaf page is looked at, the first one first; 0: each */
} stm_page_tree;

/* Walks a tree, adding what it holds to the counts of `found` (which begin at zero). On a problem,
   walk->place says at which page and node. */
stm_page_problem stm_page_tree_check(stm_page_walk *walk, const stm_page_tree *tree,
                                     stm_page_table *found);

#endif
