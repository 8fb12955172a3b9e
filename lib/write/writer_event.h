/* SPDX-License-Identifier: MIT */
/* The tables that speak of events by number, folded rows or not. */
#ifndef STEMMA_LIB_WRITER_EVENT_H
#define STEMMA_LIB_WRITER_EVENT_H

#include "write/writer_stage.h"

/* Writes the tables event and fence, with the threads that `ahead` (may be NULL) leaves. */
stemma_status stm_writer_put_events(stemma_writer *writer, struct stm_ahead *ahead, stemma_error *error);

/* Writes the tables detail and row. */
stemma_status stm_writer_put_rows_of_sets(stemma_writer *writer, stemma_error *error);

/* Writes the table member. */
stemma_status stm_writer_put_members(stemma_writer *writer, stemma_error *error);

#endif
