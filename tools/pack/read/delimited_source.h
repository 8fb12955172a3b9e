/* SPDX-License-Identifier: MIT */
/**
 * @file delimited_source.h
 * The bytes of a table, whatever it is packed in: plain, gzip (any number of members) or zstd (any
 * number of frames), told apart by how it begins and not by its name. Memory is bounded whatever
 * the input says: a bomb only gives a long table.
 */
#ifndef STEMMA_PACK_DELIMITED_SOURCE_H
#define STEMMA_PACK_DELIMITED_SOURCE_H

#include <stddef.h>

#include "stemma/status.h"

struct stm_delimited_source;

/** Reads from the open descriptor `file`, which stays the caller's and may be a pipe.
 *  STEMMA_OK, STEMMA_E_NO_MEMORY, or STEMMA_E_SYSTEM (READ_FAILED). */
STEMMA_NODISCARD stemma_status stm_delimited_source_open(struct stm_delimited_source **out,
                                                         int file, stemma_error *error);

/** Fills `out` as far as there are bytes: `*got` is less than `capacity` at the end only, also when
 *  the call fails (what was unpacked before the fault is good). STEMMA_OK; STEMMA_END with nothing
 *  got; STEMMA_E_SYSTEM (READ_FAILED); STEMMA_E_INVALID (COMPRESSION_DAMAGED: cut short, or not
 * what it says it is); STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_delimited_source_read(struct stm_delimited_source *source,
                                                         char *out, size_t capacity, size_t *got,
                                                         stemma_error *error);

/** Frees it; NULL is fine. */
void stm_delimited_source_close(struct stm_delimited_source *source);

#endif
