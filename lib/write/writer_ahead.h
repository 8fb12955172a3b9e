/* SPDX-License-Identifier: MIT */
/* Posting tables made on another thread while the writer's own thread writes names, events and
   claims. The records are kept and written when their turn comes, so the file is the same. */
#ifndef STEMMA_LIB_WRITER_AHEAD_H
#define STEMMA_LIB_WRITER_AHEAD_H

#include "write/writer_stage.h"

typedef struct stm_ahead stm_ahead;

/* Begins making the tables participation, type, place, membership, speaker and term; `*out` is
   NULL when the writer may not use another thread or it would not pay. Neither writer nor index may change until
   stm_ahead_end(). STEMMA_E_NO_MEMORY. */
stemma_status stm_ahead_begin(stm_ahead **out, const stemma_writer *writer);

/* How many of `jobs` threads are left to others while the tables are being made. `ahead` may be NULL. */
unsigned stm_ahead_jobs(stm_ahead *ahead, unsigned jobs);

/* Whether a table is among those. `ahead` may be NULL. */
int stm_ahead_makes(const stm_ahead *ahead, stm_table table);

/* Writes a table that was made; waits for all of them, and makes on the calling thread those that the other one has not
   begun. */
stemma_status stm_ahead_put(stm_ahead *ahead, stemma_writer *writer, stm_table table,
                            stemma_error *error);

/* Waits and frees; NULL is fine. */
void stm_ahead_end(stm_ahead *ahead);

#endif
