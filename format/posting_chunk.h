/* SPDX-License-Identifier: MIT */
/* Inside posting tables: how a chunk is stored, which follows from its postings. What the builder,
   the readers and the check share. SPEC.md, "Posting table". Pure; any thread. */
#ifndef STEMMA_FORMAT_POSTING_CHUNK_H
#define STEMMA_FORMAT_POSTING_CHUNK_H

#include "posting.h"

/* In half a byte: a varint tells the rest. */
#define STM_HALF_MORE 15u

/* Set in the number of a value's entries when they are of form STM_POSTING_NEAR. */
#define STM_POSTING_IS_NEAR 0x8000u

static inline uint16_t stm_posting_entries(stm_posting_form form, uint32_t entries)
{
    return (uint16_t)(entries | (form == STM_POSTING_NEAR ? STM_POSTING_IS_NEAR : 0));
}

/* How postings would be stored. */
typedef struct stm_chunk_form {
    stm_posting_form entry; /* of the value that they stand in */
    uint32_t count;
    uint32_t id;
    uint32_t payload_least;
    uint32_t listed[STM_CHUNK_ROLES];
    size_t size; /* of the chunk */
    uint8_t listed_count;
    uint8_t mode;
    stm_packing ids;
    stm_packing payloads;
} stm_chunk_form;

/* The form of `count` (1..STM_CHUNK_LIMIT) postings, which ascend, in a value of form `entry`. */
void stm_chunk_measure(stm_posting_form entry, const uint32_t *ids, const uint32_t *payloads,
                       uint32_t count, stm_chunk_form *out);

/* Bytes of `count` packed numbers. */
size_t stm_packed_size(const stm_packing *packing, uint32_t count);

/* Writes the chunk, form->size bytes, and up to STM_BITS_SLACK more that mean nothing. Returns its
   end. */
uint8_t *stm_chunk_put(uint8_t *at, const stm_chunk_form *form, const uint32_t *ids,
                       const uint32_t *payloads);

/* Reads the head of the chunk at `at`, which lies before `limit`: all of `out` but the list key. */
stemma_status stm_chunk_open(const uint8_t *at, const uint8_t *limit, stm_posting_form form,
                             stm_posting_entry *out);

/* Whether exceptions and unused bits of an entry are as a writer leaves them, and the form the one
   that fits its postings. */
int stm_chunk_is_canonical(const stm_posting_entry *entry, const uint32_t *ids,
                           const uint32_t *payloads);

#endif
