/* SPDX-License-Identifier: MIT */
/* A row of a data set, as the evidence that it is. */
#ifndef STEMMA_QUERY_ROW_VIEW_H
#define STEMMA_QUERY_ROW_VIEW_H

#include "query/query.h"

struct stm_row_view {
    uint32_t document; /**< STEMMA_NONE: there is none. */
    stemma_row_view row;
};

/* The row that makes an assertion of `document`; it belongs to the item. None when it is no row's.
 */
stemma_status stm_row_view_load(struct stm_query *query, uint32_t document,
                                const stemma_assertion *assertion, struct stm_row_view *out);

/* The member "row" of a witness: an object, or null. */
stemma_status stm_row_view_json(struct stm_query *query, const struct stm_row_view *view);

/* What the row says, a line a field. */
stemma_status stm_row_view_text(struct stm_query *query, const struct stm_row_view *view);

#endif
