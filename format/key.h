/* SPDX-License-Identifier: MIT */
/* Keys of every table: fixed-width big-endian numbers, so that memcmp order is numeric order, and
   the keys of posting tables. Pure; any thread. */
#ifndef STEMMA_FORMAT_KEY_H
#define STEMMA_FORMAT_KEY_H

#include "stemma/status.h"
#include "stemma/types.h"
#include "tables.h"

/* Longest list key of a posting table: most of the half of a leaf page is left to the value. */
#define STM_LIST_KEY_LIMIT 120u
/* Room for the whole key of a posting table. */
#define STM_POSTING_KEY_LIMIT (STM_LIST_KEY_LIMIT + 9u)

/* Longest term of the `term` table. */
#define STM_TERM_LIMIT 64u

/* First byte of a list key of table `membership`. */
#define STM_MEMBERSHIP_ENTITY 'e'
#define STM_MEMBERSHIP_EVENT  'v'

/* Between the two terms of a key of table neighbour: less than any byte of a term, so that pairs are in the
   order of their first terms, then their second ones. Alone it is the list of the table's level. */
#define STM_PAIR_BETWEEN ' '
/* Behind the key of a pair that is only named, being common; less than any byte of a term, too. */
#define STM_PAIR_COMMON '!'

/* ---- Fixed-width keys ---------------------------------------------------------------------- */

void stm_key_u32(uint8_t out[4], uint32_t number);
void stm_key_u32x2(uint8_t out[8], uint32_t first, uint32_t second);
void stm_key_u64(uint8_t out[8], uint64_t number);

/* The inverses. STEMMA_E_DAMAGED when the key has another size; outputs untouched then. */
stemma_status stm_key_read_u32(stemma_bytes key, uint32_t *number);
stemma_status stm_key_read_u32x2(stemma_bytes key, uint32_t *first, uint32_t *second);
stemma_status stm_key_read_u64(stemma_bytes key, uint64_t *number);

/* ---- List keys of posting tables ----------------------------------------------------------- */

/* A list key in the caller's memory. */
typedef struct stm_list_key {
    uint8_t data[STM_LIST_KEY_LIMIT];
    size_t size;
} stm_list_key;

static inline stemma_bytes stm_list_key_bytes(const stm_list_key *key)
{
    stemma_bytes bytes = {key->data, key->size};
    return bytes;
}

/* Tables participation, type, place, speaker and name: u32 BE. */
void stm_list_key_u32(stm_list_key *out, uint32_t number);

/* Table membership: 'e' or 'v', then u32 BE. */
void stm_list_key_membership(stm_list_key *out, uint8_t kind, uint32_t number);

/* Tables term and gram: `text` as it is. STEMMA_E_INVALID when it is empty, holds a NUL or has more
   than STM_TERM_LIMIT bytes. */
stemma_status stm_list_key_text(stm_list_key *out, stemma_text text);

/* Table neighbour: two terms, the second directly behind the first. STEMMA_E_INVALID as above, and when
   both together are too long. stm_list_key_common() makes of it the key under which a common pair is
   named. */
stemma_status stm_list_key_pair(stm_list_key *out, stemma_text first, stemma_text second);
void stm_list_key_common(stm_list_key *pair);

/* The same table: the list whose only number is the level of its bound. */
void stm_list_key_level(stm_list_key *out);

/* ---- Record keys of posting tables --------------------------------------------------------- */

/* Writes list ‖ 0x00 ‖ id ‖ payload into `out` (STM_POSTING_KEY_LIMIT bytes) and returns its size.
   `list.size` must be at most STM_LIST_KEY_LIMIT. */
size_t stm_key_posting(uint8_t *out, stemma_bytes list, uint32_t id, uint32_t payload);

/* Takes a record key of a posting table apart; `*list` points into `key`. `list_size` is that of
   the table (0: varies, then a list key holds no 0x00). STEMMA_E_DAMAGED when it is none. */
stemma_status stm_key_read_posting(stemma_bytes key, size_t list_size, stemma_bytes *list,
                                   uint32_t *id, uint32_t *payload);

#endif
