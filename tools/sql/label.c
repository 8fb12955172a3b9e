/* SPDX-License-Identifier: MIT */
#include "sql/label.h"

stemma_status stm_sql_entity_label(struct stm_sql_cursor *cursor, uint32_t entity,
                                   struct stm_buffer *out)
{
    stemma_text name;
    stemma_status status = stemma_entity_label(cursor->item, entity, &name, &cursor->error);
    if (status == STEMMA_OK) {
        stm_buffer_add(out, name);
    }
    return status;
}

stemma_status stm_sql_event_label(struct stm_sql_cursor *cursor, uint32_t event,
                                  struct stm_buffer *out)
{
    stemma_event record;
    stemma_status status = stemma_event_get(cursor->item, event, &record, &cursor->error);
    if (status == STEMMA_OK) {
        stm_buffer_add(out, record.type);
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < record.participant_count && i < 3; i++) {
        stm_buffer_add_string(out, i == 0 ? ": " : ", ");
        status = stm_sql_entity_label(cursor, record.participants[i].entity, out);
    }
    return status == STEMMA_OK && out->failed ? STEMMA_E_NO_MEMORY : status;
}
