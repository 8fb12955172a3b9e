/* SPDX-License-Identifier: MIT */
/* Posting tables: sorted lists of (id, payload) under list keys, packed in chunks of at most
   STM_CHUNK_LIMIT postings, chunks packed in values that fill the half of a leaf page.
   SPEC.md, "Posting table".

   Writing: feed a stm_posting_builder in order, it emits records. Reading single values:
   stm_posting_open(), stm_posting_find(), stm_chunk_decode(). Walking a whole list across records:
   posting_cursor.h. Tables without payload use payload 0 throughout. Pure; any thread. */
#ifndef STEMMA_FORMAT_POSTING_H
#define STEMMA_FORMAT_POSTING_H

#include "stemma/status.h"
#include "stemma/types.h"
#include "key.h"
#include "bits.h"
#include "limits.h"

#define STM_CHUNK_LIMIT 256u /* postings of a chunk */
#define STM_CHUNK_ROLES 16u  /* distinct payloads a chunk may list */
#define STM_GROUP       8u   /* entries of a value that share an offset */

/* Bytes of a value: with the least key it fills the half of a leaf page. */
#define STM_POSTING_VALUE_LIMIT (STEMMA_LIMIT_INLINE - 10u)

/* How entries are stored, which each value tells: by what they share with the entry before, or, in files
   of format 3.2 and before, with the first of the record. The chunks behind are the same. */
typedef enum stm_posting_form { STM_POSTING_NEAR, STM_POSTING_APART } stm_posting_form;

/* ---- Writing ------------------------------------------------------------------------------- */

/* Receives one record; the views live until it returns. Anything but STEMMA_OK stops the builder
   and is handed through. */
typedef stemma_status stm_posting_emit(void *context, stemma_bytes key, stemma_bytes value);

/* State of a build; the caller owns it (about 8 KB), nothing in it needs freeing. */
typedef struct stm_posting_builder {
    stm_posting_emit *emit;
    void *context;
    stemma_status status; /* latched */
    stm_posting_form form;
    stm_list_key list;    /* of the last posting added */
    uint32_t last_id;
    uint32_t last_payload;
    uint32_t pending; /* postings not yet in a chunk, all of `list` */
    uint32_t ids[STM_CHUNK_LIMIT];
    uint32_t payloads[STM_CHUNK_LIMIT];
    stm_list_key first_list; /* of the value being filled */
    uint32_t first_id;
    uint32_t first_payload;
    stm_list_key last_list; /* of the last entry */
    uint32_t entries;
    size_t list_size;                                              /* of the table */
    size_t used;                                                   /* bytes of `body` */
    uint16_t offsets[STM_POSTING_VALUE_LIMIT / 2 / STM_GROUP + 1]; /* of groups, in `body` */
    uint8_t body[STM_POSTING_VALUE_LIMIT + STM_BITS_SLACK];
    uint8_t value[STM_POSTING_VALUE_LIMIT];
} stm_posting_builder;

/* `list_size`: stm_table_info.list_size. */
void stm_posting_begin(stm_posting_builder *builder, size_t list_size, stm_posting_emit *emit,
                       void *context);

/* The same, of another form than STM_POSTING_NEAR: to compare with a file of an earlier format. */
void stm_posting_begin_as(stm_posting_builder *builder, stm_posting_form form, size_t list_size,
                          stm_posting_emit *emit, void *context);

/* Adds a posting. (list, id, payload) must ascend strictly, lists in memcmp order and 1 to
   STM_LIST_KEY_LIMIT bytes long: STEMMA_E_MISUSE otherwise. All list keys of a table either have
   `list_size` bytes or, when that is 0, hold no byte 0x00. */
stemma_status stm_posting_add(stm_posting_builder *builder, stemma_bytes list, uint32_t id,
                              uint32_t payload);

/* Adds `count` postings of one list, as so many calls of stm_posting_add() would. `payloads` may be NULL: all 0. */
stemma_status stm_posting_add_list(stm_posting_builder *builder, stemma_bytes list,
                                   const uint32_t *ids, const uint32_t *payloads, uint32_t count);

/* Emits what is left. Returns the first failure there was. */
stemma_status stm_posting_end(stm_posting_builder *builder);

/* ---- Reading one value --------------------------------------------------------------------- */

/* A record of a posting table. Points into its key and value. */
typedef struct stm_posting_value {
    stemma_bytes value;
    stemma_bytes list; /* of the first entry */
    uint32_t id;       /* first posting of the first entry */
    uint32_t payload;
    uint32_t entries; /* at least 1 */
    uint32_t number;  /* list keys of 4 bytes: that of the first entry */
    size_t list_size; /* of the table */
    stm_posting_form form;
} stm_posting_value;

/* How the payloads of a chunk are stored. */
typedef enum stm_payload_mode {
    STM_PAYLOAD_ZERO = 0,
    STM_PAYLOAD_SAME = 1,
    STM_PAYLOAD_LISTED = 2, /* places in a short list of payloads */
    STM_PAYLOAD_PACKED = 3  /* least payload + number */
} stm_payload_mode;

/* How numbers are packed: the lower bits of all, then the few that need more: their places, their
   upper bits. */
typedef struct stm_packing {
    uint8_t width;
    uint8_t exceptions; /* how many */
    uint8_t high_width;
} stm_packing;

/* One entry: a chunk of one list. Points into the value. */
typedef struct stm_posting_entry {
    const uint8_t *end;     /* of the entry */
    /* The list key is the first `shared` bytes of another one, then `rest`; of 4 bytes, a number. */
    const uint8_t *of;      /* the record's, with which those are shared; NULL: that of the entry before */
    stemma_bytes rest;      /* points into the value */
    uint16_t shared;
    uint16_t list_size;     /* bytes of the list key */
    uint32_t index;         /* of the entry */
    uint32_t number;        /* list keys of 4 bytes */
    uint32_t count;         /* 1..STM_CHUNK_LIMIT */
    uint32_t id;            /* first */
    uint32_t payload_least; /* payload, of mode STM_PAYLOAD_SAME */
    const uint8_t *listed;  /* varints: the payloads of mode STM_PAYLOAD_LISTED */
    const uint8_t *data;    /* differences, exceptions, payloads */
    const uint8_t *limit;   /* of the value: readable up to here */
    stm_packing ids;        /* of the count - 1 differences */
    stm_packing payloads;
    uint8_t mode; /* stm_payload_mode */
    uint8_t listed_count;
    uint8_t is_number; /* list keys of 4 bytes */
    uint8_t again;     /* `of` is NULL: it has the list key of the entry before */
} stm_posting_entry;

/* Checks key, entry count and room for the offsets. `list_size`: of the table, see tables.h.
   STEMMA_E_DAMAGED. */
stemma_status stm_posting_open(stemma_bytes key, stemma_bytes value, size_t list_size,
                               stm_posting_value *out);

/* The first entry; checked whole. STEMMA_E_DAMAGED. */
stemma_status stm_posting_entry_first(const stm_posting_value *value, stm_posting_entry *out);

/* The entry behind `entry`, which is not the last; `out` may be `entry`. STEMMA_E_DAMAGED. */
stemma_status stm_posting_entry_after(const stm_posting_value *value,
                                      const stm_posting_entry *entry, stm_posting_entry *out);

/* Whether the entry is of `list`: the first of a value, one that stm_posting_find() found for that list,
   or one directly behind such a one that is. */
int stm_posting_entry_is_of(const stm_posting_entry *entry, stemma_bytes list);

/* The list key of an entry. `list` holds that of the entry before; of the first nothing is asked. Not for
   what stm_posting_find() found. */
void stm_posting_entry_list(const stm_posting_entry *entry, stm_list_key *list);

/* The entry from which to look for the first posting of `list` with an id not below `id`: the last
   entry with (list, first id) < (list, id) if it is of that list, else the first entry not below,
   into `entry` and `index`. `*index` may become value->entries, then `entry` is not set: look on in
   the next record. STEMMA_E_DAMAGED. */
stemma_status stm_posting_find(const stm_posting_value *value, stemma_bytes list, uint32_t id,
                               uint32_t *index, stm_posting_entry *entry);

/* Unpacks the chunk: entry->count ids, and payloads unless `payloads` is NULL; both arrays have
   room for STM_CHUNK_LIMIT. Ids do not descend. STEMMA_E_DAMAGED when ids or payloads leave 32
   bits. */
stemma_status stm_chunk_decode(const stm_posting_entry *entry, uint32_t *ids, uint32_t *payloads);

/* Payloads [first, first + count) of the chunk. STEMMA_E_DAMAGED when one leaves 32 bits. */
stemma_status stm_chunk_decode_payloads(const stm_posting_entry *entry, uint32_t first,
                                        uint32_t count, uint32_t *payloads);

/* Payload of posting `index` (below entry->count) without the rest. More than UINT32_MAX is damage.
   For a few: all together are unpacked in the time of some ten. */
uint64_t stm_chunk_payload(const stm_posting_entry *entry, uint32_t index);

/* Everything that opening leaves unchecked: order inside the value, canonical chunks, unused bits.
   `*last_list`, `*last_id`, `*last_payload` hold the last posting before (size 0: none) and receive
   the last one of this value. STEMMA_E_DAMAGED. */
stemma_status stm_posting_check(const stm_posting_value *value, stm_list_key *last_list,
                                uint32_t *last_id, uint32_t *last_payload);

#endif
