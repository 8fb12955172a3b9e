/* SPDX-License-Identifier: MIT */
/* show NAME|ID: all that is said of one thing. */
#include "query/choose.h"
#include "query/show_document.h"
#include "query/show_entity.h"
#include "query/show_event.h"

stemma_status stm_query_show(struct stm_query *query)
{
    stemma_reference reference;
    stemma_status status = stm_choose(query, stm_choose_arguments(query, 0), &reference);
    if (status != STEMMA_OK) {
        return status;
    }
    switch (reference.kind) {
    case STEMMA_REFERENCE_ENTITY:
        return stm_show_entity(query, reference.number);
    case STEMMA_REFERENCE_EVENT:
        return stm_show_event(query, reference.number);
    case STEMMA_REFERENCE_DOCUMENT:
        return stm_show_document(query, reference.number);
    default:
        return stm_query_why(query);
    }
}
