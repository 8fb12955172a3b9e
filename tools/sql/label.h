/* SPDX-License-Identifier: MIT */
/* Entities and events in words, as results. What they need belongs to the item. */
#ifndef STEMMA_SQL_LABEL_H
#define STEMMA_SQL_LABEL_H

#include "sql/table.h"

/* The name of an entity; NULL when it has none. */
stemma_status stm_sql_entity_label(struct stm_sql_cursor *cursor, sqlite3_context *context,
                                   uint32_t entity);

/* The clause that tells an event. */
stemma_status stm_sql_event_label(struct stm_sql_cursor *cursor, sqlite3_context *context,
                                  uint32_t event);

/* The EDTF date that most independent documents give an event. */
stemma_status stm_sql_event_time(struct stm_sql_cursor *cursor, sqlite3_context *context,
                                 uint32_t event);

#endif
