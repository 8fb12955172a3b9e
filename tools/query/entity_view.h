/* SPDX-License-Identifier: MIT */
/* An entity as it was known at the date of --as-of. */
#ifndef STEMMA_QUERY_ENTITY_VIEW_H
#define STEMMA_QUERY_ENTITY_VIEW_H

#include "query/claim_view.h"

struct stm_entity_view {
    uint32_t number;
    char id[STEMMA_ID_SIZE];
    stemma_text type;
    stemma_text name;
    const stemma_entity_name *names; /* by falling number of documents */
    uint32_t name_count;
    uint32_t documents;
    uint32_t mentions;
    uint32_t events;
    uint32_t claim_first;
    uint32_t claim_count;
};

/* Everything belongs to the item. STEMMA_NOT_FOUND when nobody had spoken of it yet. */
stemma_status stm_entity_load(struct stm_query *query, uint32_t entity,
                              struct stm_entity_view *out);

/* id, kind, type, name, names, documents, mentions, events: members of the open JSON object. */
stemma_status stm_entity_members(struct stm_query *query, const struct stm_entity_view *entity);

/* Thousandths as a share: 0.867. */
void stm_entity_share(stm_json *json, const char *key, uint16_t thousandths);

#endif
