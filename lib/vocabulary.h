/* SPDX-License-Identifier: MIT */
/* The terms of an open file, read when they are first needed.
 *
 * Whoever vouches for a file and asks one question of it needs a few terms out of hundreds: those
 * are read one by one, until so many were that reading all of them pays. Of a file that nobody
 * vouches for all are read when it is opened. Any number of threads. */
#ifndef STEMMA_LIB_VOCABULARY_H
#define STEMMA_LIB_VOCABULARY_H

#include "snapshot.h"

/* Reads and checks all terms, unless that was done: from then on `terms`, `bounds.vocabulary` and
   `row_predicates` of the file are filled in. `view` is the calling thread's. STEMMA_E_DAMAGED,
   STEMMA_E_NO_MEMORY. */
stemma_status stm_vocabulary_load(stemma_file *file, stm_store_view *view, stemma_error *error);

static inline bool stm_vocabulary_loaded(const stemma_file *file)
{
    return atomic_load_explicit(&file->vocabulary_loaded, memory_order_acquire);
}

/* To be called before anything that the terms are needed for. Reading any table but `event` by the
   functions of snapshot.h, and any event block, does. */
static inline stemma_status stm_vocabulary_need(stemma_snapshot *snapshot, stemma_error *error)
{
    return stm_vocabulary_loaded(snapshot->file)
               ? STEMMA_OK
               : stm_vocabulary_load(snapshot->file, snapshot->view, error);
}

/* One term, with or without the others. Its texts lie in the file. STEMMA_NOT_FOUND beyond the
   last; STEMMA_E_DAMAGED, STEMMA_E_NO_MEMORY. */
stemma_status stm_vocabulary_term(stemma_snapshot *snapshot, uint32_t number, stemma_term *out,
                                  stemma_error *error);

#endif
