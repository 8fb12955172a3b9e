/* SPDX-License-Identifier: MIT */
/**
 * @file delimited_chunk.h
 * A table as a sequence of chunks that are read ahead, with the digest of all of them.
 *
 * With threads, one reads and unpacks, one digests, and the caller splits: what comes out does not
 * depend on it. In front of each chunk is room for the end of the one before, so that a record that
 * lies across chunks can be looked at in one piece.
 */
#ifndef STEMMA_PACK_DELIMITED_CHUNK_H
#define STEMMA_PACK_DELIMITED_CHUNK_H

#include "digest.h"
#include "stemma/status.h"
#include "stemma/types.h"

/** Bytes of a chunk at most, and of the longest record. */
#define STM_DELIMITED_CHUNK ((size_t)1 << 20)

/** Bytes behind each chunk that may be read as well; nothing is known of them. */
#define STM_DELIMITED_SLACK ((size_t)64)

struct stm_delimited_chunks;

/** Begins to read `file`, an open descriptor that stays the caller's. `jobs`: 1 works on the
 *  caller's thread alone. Errors as of stm_delimited_source_open(). */
STEMMA_NODISCARD stemma_status stm_delimited_chunks_open(struct stm_delimited_chunks **out,
                                                         int file, unsigned jobs,
                                                         stemma_error *error);

/** The next chunk, with the last `carry` bytes of the one before (at most STM_DELIMITED_CHUNK) in
 *  front of it. The chunk before stands until the next call, the one before that is gone. STEMMA_OK; STEMMA_END, `*chunk` is then what is carried;
 *  STEMMA_E_SYSTEM, STEMMA_E_INVALID and STEMMA_E_NO_MEMORY as of stm_delimited_source_read(), when
 *  all that came before the fault has been given. */
STEMMA_NODISCARD stemma_status stm_delimited_chunks_next(struct stm_delimited_chunks *chunks,
                                                         size_t carry, stemma_text *chunk,
                                                         stemma_error *error);

/** SHA-256 and size of all that was read. After the last chunk only. */
void stm_delimited_chunks_digest(struct stm_delimited_chunks *chunks,
                                 uint8_t digest[STM_SHA256_SIZE], uint64_t *size);

/** Stops the threads and frees it; NULL is fine. */
void stm_delimited_chunks_close(struct stm_delimited_chunks *chunks);

#endif
