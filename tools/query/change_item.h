/* SPDX-License-Identifier: MIT */
/* One change between two dates or files, in every form. */
#ifndef STEMMA_QUERY_CHANGE_ITEM_H
#define STEMMA_QUERY_CHANGE_ITEM_H

#include "query/query.h"

/* The two sides, and what text has been shown last. Begins as {0} but for the sides. */
struct stm_change_view {
    stemma_snapshot *before;
    stemma_snapshot *after;
    const char *heading;      /* that was shown last */
    stemma_reference subject; /* that was named last; kind 0: none */
};

/* Header of csv and tsv. */
void stm_change_header(struct stm_output *output);

/* Shows a change; what it needs belongs to the sides' snapshots. */
stemma_status stm_change_show(struct stm_query *query, struct stm_change_view *view,
                              const stemma_change *change);

#endif
