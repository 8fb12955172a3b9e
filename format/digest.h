/* SPDX-License-Identifier: MIT */
/**
 * @file digest.h
 * Digests: SHA-256 for the identity of documents, XXH3 for finding damage and for hash tables.
 *
 * The page preflight proves that a file's structure is whole; the digest of a table finds damage
 * inside its keys and values. XXH3 is no defence against someone who alters a file on purpose.
 */
#ifndef STEMMA_FORMAT_DIGEST_H
#define STEMMA_FORMAT_DIGEST_H

#include "stemma/status.h"
#include "stemma/types.h"

#define STM_SHA256_SIZE 32u
#define STM_DIGEST_SIZE 16u

/** SHA-256 of bytes. Any thread. */
void stm_sha256(uint8_t digest[STM_SHA256_SIZE], stemma_bytes bytes);

/** XXH3-64 of bytes with a seed. Any thread. */
uint64_t stm_hash64(stemma_bytes bytes, uint64_t seed);

/**
 * The digest of a table in the making. Owned by the caller, on the stack or anywhere; not to be
 * moved or copied between begin and end. Nothing to free. One thread at a time.
 */
typedef struct stm_digest {
    uint64_t opaque[80]; /* XXH3's state of 576 bytes, and room to align it to 64 */
} stm_digest;

/** Begins a digest. STEMMA_E_INTERNAL when the hash library refuses. */
STEMMA_NODISCARD stemma_status stm_digest_begin(stm_digest *digest);

/**
 * Adds one record: the key's size as 64 bits little-endian, the key, the value's size likewise, the
 * value; no two sequences of records feed the same stream. STEMMA_E_INTERNAL when the library
 * refuses.
 */
STEMMA_NODISCARD stemma_status stm_digest_record(stm_digest *digest, stemma_bytes key,
                                                 stemma_bytes value);

/** The XXH3-128 of the records so far, most significant byte first. More may follow. */
void stm_digest_end(uint8_t result[STM_DIGEST_SIZE], const stm_digest *digest);

#endif
