/* SPDX-License-Identifier: MIT */
/* What all snapshots of a file share and one question may do without: the terms, the dictionaries,
 * where the names are, the fence. Of a file that its caller vouches for it is read when it is first
 * needed, of any other when it is opened.
 *
 * One event needs a few terms out of hundreds: those are read one by one, until so many were that
 * reading all of them pays. Any number of threads. */
#ifndef STEMMA_LIB_LATE_H
#define STEMMA_LIB_LATE_H

#include "file/snapshot.h"

/* Reads and checks all of it, unless that was done: from then on `terms`, `bounds.vocabulary`,
   `row_predicates`, the dictionaries, `labels`, `exact`, `tokens`, `sounds` and `fence` of the file
   are filled in. `view` is the calling thread's. STEMMA_E_DAMAGED, STEMMA_E_NO_MEMORY. */
stemma_status stm_late_load(stemma_file *file, stm_store_view *view, stemma_error *error);

/* The same of a damaged file whose terms are filled in already: dictionaries and fence when they are
   there, no names. Before any other thread has the file. */
void stm_late_load_remains(stemma_file *file, stm_store_view *view);

static inline bool stm_late_loaded(const stemma_file *file)
{
    return atomic_load_explicit(&file->late_loaded, memory_order_acquire);
}

/* To be called before anything that it is needed for. Reading any table but `event` by the
   functions of snapshot.h, and any event block, does. */
static inline stemma_status stm_late_need(stemma_snapshot *snapshot, stemma_error *error)
{
    return stm_late_loaded(snapshot->file) ? STEMMA_OK
                                           : stm_late_load(snapshot->file, snapshot->view, error);
}

/* One term, with or without the others. Its texts lie in the file. STEMMA_NOT_FOUND beyond the
   last; STEMMA_E_DAMAGED, STEMMA_E_NO_MEMORY. */
stemma_status stm_late_term(stemma_snapshot *snapshot, uint32_t number, stemma_term *out,
                            stemma_error *error);

#endif
