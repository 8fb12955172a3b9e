/* SPDX-License-Identifier: MIT */
/* A chain of events and claims as a result: JSON, a row for each edge, or lines. */
#ifndef STEMMA_QUERY_PATH_ITEM_H
#define STEMMA_QUERY_PATH_ITEM_H

#include "query/query.h"

/* One row of between; what it lacks is "". */
struct stm_between_row {
    const char *kind;
    const char *id;
    stemma_text label;
    stemma_text type;
    stemma_text time;
    const char *documents;
    const char *independent;
    const char *events; /* of an edge: events and claims that tie the same two */
    const char *chain;  /* of an edge: which chain, and which edge of it */
    const char *hop;
    const char *from; /* id */
    stemma_text from_name;
    const char *to;
    stemma_text to_name;
};

void stm_between_header(struct stm_output *output);
void stm_between_row_show(struct stm_output *output, const struct stm_between_row *row);

/* Shows chain `number`, counted from 1. `cut`: a bound left something out. */
stemma_status stm_path_show(struct stm_query *query, const stemma_path *path, uint64_t number,
                            bool cut);

#endif
