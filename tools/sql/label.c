/* SPDX-License-Identifier: MIT */
#include "sql/label.h"

stemma_status stm_sql_entity_label(struct stm_sql_cursor *cursor, sqlite3_context *context,
                                   uint32_t entity)
{
    stemma_text name;
    stemma_status status = stemma_entity_label(cursor->item, entity, &name, &cursor->error);
    if (status == STEMMA_OK) {
        stm_sql_text(context, name);
    }
    return status;
}

stemma_status stm_sql_event_label(struct stm_sql_cursor *cursor, sqlite3_context *context,
                                  uint32_t event)
{
    stemma_text words;
    stemma_status status = stemma_event_label(cursor->item, event, &words, &cursor->error);
    if (status == STEMMA_OK) {
        stm_sql_text(context, words);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status; /* not known by the date */
}

stemma_status stm_sql_event_time(struct stm_sql_cursor *cursor, sqlite3_context *context,
                                 uint32_t event)
{
    stemma_event_summary summary;
    stemma_status status =
        stemma_event_summary_get(cursor->item, event, &summary, &cursor->error);
    if (status == STEMMA_OK) {
        stm_sql_text(context, summary.time.edtf);
    }
    return status;
}
