/* SPDX-License-Identifier: MIT */
/* A snapshot: one thread's view of a file, and the memory of what it handed out.
 *
 * Memory is taken from an arena that never holds more than the file's limit and is given back all
 * at once; scratch inside one call may be given back earlier, by mark and rewind. */
#ifndef STEMMA_LIB_SNAPSHOT_H
#define STEMMA_LIB_SNAPSHOT_H

#include <stdbool.h>
#include <zstd.h>

#include "event_block.h"
#include "fault.h"
#include "file/file.h"
#include "posting_cursor.h"
#include "voice_block.h"

/* What makes a document a data set. */
typedef struct stm_data_set {
    uint32_t document;
    uint32_t actors;     /* explicit referents; row k is referent actors + k */
    uint32_t assertions; /* explicit ones; assertion j of row k is assertions + k * stride + j */
    uint32_t rows;       /* 0: it is none */
    uint32_t stride;
    uint32_t run;
    stemma_bytes gaps;
} stm_data_set;

/* A place among the row numbers that a data set left out. */
typedef struct stm_gap {
    uint32_t document;
    bool known;
    size_t offset;    /* of the next gap */
    uint32_t row;     /* first row behind the last gap */
    uint32_t skipped; /* numbers left out before it */
} stm_gap;

/* A part of table `detail`, so that neighbours need no decompressing. */
typedef struct stm_detail {
    uint64_t part;   /* number of the part, counted through the file, + 1; 0: none */
    uint8_t *memory; /* of a compressed one */
    size_t room;
    bool there;                /* false: the part has no details */
    struct stm_row_rare *rare; /* of its events, STM_DETAIL_PART of them; NULL: none was read yet */
} stm_detail;

/* The block of rows that was read last: the next row mostly lies in it, too. */
typedef struct stm_last_rows {
    stemma_bytes value; /* in the file; empty: none was read */
    uint32_t first;     /* number of its first row */
    uint32_t rows;
} stm_last_rows;

/* How the assertions of a document are made, of the block that was looked at last. */
typedef struct stm_last_voices {
    bool known;
    uint32_t document;
    uint32_t block;
    stm_voice_block voices; /* in the file */
} stm_last_voices;

/* Bytes from one malloc. */
typedef struct stm_slab {
    struct stm_slab *next; /* older */
    size_t capacity;
    size_t used;
} stm_slab;

/* Events of the bounds in time that were asked for last: who asks about many entities mostly asks
   about the same time. */
typedef struct stm_window {
    int64_t from;
    int64_t to;
    uint32_t first;
    uint32_t end;
    bool known;
} stm_window;

/* The first event at or after some seconds that were asked about: programs ask about the same days over and over,
   and finding where one begins costs some tens of cache lines. */
typedef struct stm_edge {
    int64_t seconds;
    uint64_t found; /* the event + 1; 0: nothing is kept here */
} stm_edge;

/* Places for edges: of the days of eight years, one in a hundred shares its place. */
#define STM_EDGES_BITS 12u

struct stemma_snapshot {
    stemma_file *file;
    uint32_t until; /* documents below this one are known; STEMMA_NONE: the snapshot is not cut */
    stm_store_view *view;
    stm_slab *slabs;                            /* newest first */
    stm_slab *spare;                            /* the largest that was rewound, for the next one */
    uint64_t held;                              /* bytes of all slabs, the spare one among them */
    ZSTD_DCtx *decompressor;                    /* made when first needed */
    stm_store_cursor *cursors[STM_TABLE_COUNT]; /* for lookups inside one call */
    stm_last_rows last_claims;                  /* of table `claim` */
    stm_last_voices last_voices;
    stm_detail detail;                          /* the details that were read last */
    stm_data_set data_set; /* the document that was asked about last, if any was */
    bool data_set_known;
    stm_window window;
    stm_edge *edges; /* by a hash of the seconds; made when more than one window was asked for */
    bool edges_wanted;
    stm_gap gap;           /* of the row whose number was asked for last */
    struct stm_scan *scan; /* arrays that columns are unpacked into; made when first needed */
    struct stm_row_scan *row_scan;   /* the same for rows of data sets */
    struct stm_known *known; /* known.h; of a cut snapshot, made when first needed */
    struct stm_search_cache *search; /* search_cache.h; made when first needed */
    struct stm_outlets *outlets;     /* outlet.h; made when first needed */
    struct stm_kept_parts *parts;    /* testimony_one.h; made when first needed */
};

/* ---- Memory ---- */

/* `size` bytes, aligned to 16, that live until the snapshot's reset. NULL when the limit is reached
   or the system has none; `error` is then filled in (STEMMA_E_NO_MEMORY). Never NULL otherwise,
   also for 0 bytes. */
void *stm_snapshot_alloc(stemma_snapshot *snapshot, size_t size, stemma_error *error);

/* The same for `count` elements of `size` bytes. */
void *stm_snapshot_array(stemma_snapshot *snapshot, uint64_t count, size_t size,
                         stemma_error *error);

/* Where the arena stands; going back to it gives back all that was taken since. */
typedef struct stm_mark {
    stm_slab *slab;
    size_t used;
} stm_mark;

stm_mark stm_snapshot_mark(const stemma_snapshot *snapshot);
void stm_snapshot_rewind(stemma_snapshot *snapshot, stm_mark mark);

/* ---- Tables ---- */

/* The value of a key. STEMMA_NOT_FOUND leaves `error` alone. */
stemma_status stm_snapshot_get(stemma_snapshot *snapshot, stm_table table, stemma_bytes key,
                               stemma_bytes *value, stemma_error *error);

/* By one or two numbers, big-endian. */
stemma_status stm_snapshot_get_u32(stemma_snapshot *snapshot, stm_table table, uint32_t number,
                                   stemma_bytes *value, stemma_error *error);
stemma_status stm_snapshot_get_u32x2(stemma_snapshot *snapshot, stm_table table, uint32_t first,
                                     uint32_t second, stemma_bytes *value, stemma_error *error);

/* A column, with as many elements as rows, of a value that is a column block, keyed by one number
   (`second` only) or two; kept for the next time. STEMMA_NOT_FOUND, STEMMA_E_DAMAGED. */
stemma_status stm_snapshot_column(stemma_snapshot *snapshot, stm_table table, uint16_t column_id,
                                  uint32_t first, uint32_t second, stm_column *out,
                                  stemma_error *error);

/* The snapshot's own cursor on a table: valid until the next call that uses it. */
stemma_status stm_snapshot_cursor(stemma_snapshot *snapshot, stm_table table,
                                  stm_store_cursor **out, stemma_error *error);

/* The value of a table of row blocks that may hold row `number`, and the row that it begins with, which is
   not above that. The value lies in the file. STEMMA_NOT_FOUND, STEMMA_E_DAMAGED. */
stemma_status stm_snapshot_rows(stemma_snapshot *snapshot, stm_table table, uint32_t number,
                                uint32_t *first, stemma_bytes *value, stemma_error *error);

/* Row `number` of a table of row blocks (alias, claim). STEMMA_NOT_FOUND, STEMMA_E_DAMAGED. */
stemma_status stm_snapshot_row(stemma_snapshot *snapshot, stm_table table, uint32_t number,
                               stemma_bytes *row, stemma_error *error);

/* A source of posting records on a cursor of its own, which lives until the snapshot's reset unless
   it is given back with stm_snapshot_source_return(). */
stemma_status stm_snapshot_source(stemma_snapshot *snapshot, stm_table table,
                                  stm_posting_source *out, stemma_error *error);
void stm_snapshot_source_return(stm_posting_source *source);

/* The block that holds `event`, which exists; it lives as long as the file. STEMMA_E_DAMAGED,
   STEMMA_E_NO_MEMORY. */
stemma_status stm_snapshot_event_block(stemma_snapshot *snapshot, uint32_t event,
                                       const stm_event_block **out, stemma_error *error);

/* The block that holds `entity`, which exists; it lives as long as the file. STEMMA_E_DAMAGED,
   STEMMA_E_NO_MEMORY. */
stemma_status stm_snapshot_entity_block(stemma_snapshot *snapshot, uint32_t entity,
                                        const stm_entity_block **out, stemma_error *error);

/* The first referent of an entity. STEMMA_NOT_FOUND beyond the last, STEMMA_E_DAMAGED. */
stemma_status stm_entity_first(stemma_snapshot *snapshot, uint32_t entity, stemma_referent_id *out,
                               stemma_error *error);

/* ---- Errors ---- */

/* Fills in `error` from a codec's fault; `where` is the table's name and `number`. */
stemma_status stm_record_failed(stemma_error *error, stemma_status status, stm_table table,
                                uint64_t number, const stm_fault *fault);

/* The same for a code known to the caller, of a damaged record. */
stemma_status stm_damaged(stemma_error *error, stm_table table, uint64_t number, const char *code);

#endif
