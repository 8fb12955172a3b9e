/* SPDX-License-Identifier: MIT */
/* Events and values in words. */
#ifndef STEMMA_SQL_LABEL_H
#define STEMMA_SQL_LABEL_H

#include "common/format_buffer.h"
#include "sql/table.h"

/* Appends the short readable name of an event; what it needs belongs to the item. */
stemma_status stm_sql_event_label(struct stm_sql_cursor *cursor, uint32_t event,
                                  struct stm_buffer *out);

/* Appends the name of an entity. */
stemma_status stm_sql_entity_label(struct stm_sql_cursor *cursor, uint32_t entity,
                                   struct stm_buffer *out);

#endif
