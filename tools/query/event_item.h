/* SPDX-License-Identifier: MIT */
/* One event as a result: JSON, a row, or a line of a table. */
#ifndef STEMMA_QUERY_EVENT_ITEM_H
#define STEMMA_QUERY_EVENT_ITEM_H

#include "query/event_view.h"

/* Members of the open JSON object. */
stemma_status stm_event_members(struct stm_query *query, const struct stm_event_view *event);

/* The titles of rows, and a row. */
void stm_event_row_header(struct stm_output *output);
stemma_status stm_event_row(struct stm_query *query, const struct stm_event_view *event);

/* A table of events, and a line of it. */
void stm_event_table_begin(struct stm_table *table, const struct stm_query *query,
                           unsigned indent);
stemma_status stm_event_line(struct stm_query *query, struct stm_table *table,
                             const struct stm_event_view *event);

/* The same with other words for the date. */
stemma_status stm_event_line_at(struct stm_query *query, struct stm_table *table,
                                const struct stm_event_view *event, stemma_text date);

/* A line that is about more than one event, or none; `entry` gives the numbers, or is NULL. */
void stm_event_note_line(const struct stm_query *query, struct stm_table *table, stemma_text date,
                         stemma_text words, const stemma_timeline_entry *entry);

/* Shows the event in whatever format is asked for. */
stemma_status stm_event_show(struct stm_query *query, struct stm_table *table,
                             const struct stm_event_view *event);

#endif
