/* SPDX-License-Identifier: MIT */
/* Walks one posting list forward across the records of its table, skipping ahead by id. Where the
   records come from is the caller's: two functions over a sorted table. No allocation. A cursor
   belongs to one thread at a time. */
#ifndef STEMMA_FORMAT_POSTING_CURSOR_H
#define STEMMA_FORMAT_POSTING_CURSOR_H

#include "posting.h"

/* A position in a sorted table. Each open cursor needs a `context` of its own. Views that are
   handed out must live as long as the cursor (a mapped file, in practice). */
typedef struct stm_posting_source {
    void *context;
    size_t list_size; /* stm_table_info.list_size */
    /* Goes to the last record whose key is not greater than `key`, or to the first record of the
       table when all keys are greater. STEMMA_NOT_FOUND when the table is empty. */
    stemma_status (*seek)(void *context, stemma_bytes key, stemma_bytes *found,
                          stemma_bytes *value);
    /* Goes to the record after. STEMMA_END. */
    stemma_status (*next)(void *context, stemma_bytes *key, stemma_bytes *value);
} stm_posting_source;

typedef struct stm_posting_cursor {
    stm_posting_source source;
    stm_list_key list;
    uint32_t bound; /* ids must be below: more is damage */
    stm_posting_value value;
    uint32_t entry;          /* of `value`: the chunk that is unpacked */
    stm_posting_entry chunk; /* the same, taken apart */
    uint32_t at;             /* next posting to give out */
    uint32_t count;          /* postings unpacked */
    uint8_t ended;
    uint8_t started;
    uint32_t last_id;       /* of the last posting unpacked so far: order must go on from here */
    stm_posting_entry last; /* its chunk */
    uint8_t has_payloads; /* `payloads` are unpacked: only when they are asked for */
    uint32_t ids[STM_CHUNK_LIMIT];
    uint32_t payloads[STM_CHUNK_LIMIT];
} stm_posting_cursor;

/* Goes to the beginning of `list`. `bound`: one more than the greatest id that may occur.
   STEMMA_OK also when the list is empty; STEMMA_E_MISUSE for a list key that cannot be. */
stemma_status stm_posting_cursor_open(stm_posting_cursor *cursor, const stm_posting_source *source,
                                      stemma_bytes list, uint32_t bound);

/* The same, from the chunk on in which the first id that is not below `from` may be: postings
   before it may still come, none that is not below it is left out. */
stemma_status stm_posting_cursor_open_at(stm_posting_cursor *cursor,
                                         const stm_posting_source *source, stemma_bytes list,
                                         uint32_t bound, uint32_t from);

/* Next posting. STEMMA_END; STEMMA_E_DAMAGED. `payload` may be NULL. */
stemma_status stm_posting_cursor_next(stm_posting_cursor *cursor, uint32_t *id, uint32_t *payload);

/* First posting not yet given out whose id is not below `id`; skips whole chunks and records.
   STEMMA_END; STEMMA_E_DAMAGED. */
stemma_status stm_posting_cursor_seek(stm_posting_cursor *cursor, uint32_t id, uint32_t *found,
                                      uint32_t *payload);

/* The same without giving it out: what comes next is not below `id`. STEMMA_END; STEMMA_E_DAMAGED.
 */
stemma_status stm_posting_cursor_skip(stm_posting_cursor *cursor, uint32_t id);

/* Up to `capacity` postings at once; as many, unless the list ends. STEMMA_OK with at least one,
   STEMMA_END without; STEMMA_E_DAMAGED. `payloads` may be NULL: then they are not unpacked. */
stemma_status stm_posting_cursor_next_many(stm_posting_cursor *cursor, uint32_t *ids,
                                           uint32_t *payloads, uint32_t capacity, uint32_t *count);

/* The same for who needs no ids from `until` on: some of them may come, but no chunk is looked at
   that begins behind one. STEMMA_END also when all that could come are not below `until`. */
stemma_status stm_posting_cursor_next_until(stm_posting_cursor *cursor, uint64_t until,
                                            uint32_t *ids, uint32_t *payloads, uint32_t capacity,
                                            uint32_t *count);

/* Ids that lie in both lists, each once, from where the cursors stand; goes on where it stopped.
   Chunks that cannot meet are not unpacked, nor are those behind `until`: ids that are not below it
   may come, but need not. STEMMA_OK with at least one, STEMMA_END without; STEMMA_E_DAMAGED. Takes
   8 KiB of stack. Much quicker when `capacity` is some thousands. */
stemma_status stm_posting_intersect(stm_posting_cursor *left, stm_posting_cursor *right,
                                    uint64_t until, uint32_t *ids, uint32_t capacity,
                                    uint32_t *count);

/* Number of postings of `list`, without unpacking any. Moves the source: not while a cursor uses
   it. STEMMA_E_DAMAGED. */
stemma_status stm_posting_count(const stm_posting_source *source, stemma_bytes list,
                                uint64_t *count);

/* The same for ids in [from, until); unpacks at most two chunks. `until` above UINT32_MAX: no
   bound. */
stemma_status stm_posting_count_range(const stm_posting_source *source, stemma_bytes list,
                                      uint32_t from, uint64_t until, uint64_t *count);

#endif
