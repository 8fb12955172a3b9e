/* SPDX-License-Identifier: MIT */
/* Rows of data sets: records of the table `row`, items of the table `detail`.
 *
 * Row: map 0 type term · 1 time (EDTF) · 2 place (ordinal + 1) · 3 source (ordinal + 1) ·
 * 4 participants: flat array [role term, ordinal, ...], pairs strictly ascending · then rare
 * fields. Rare fields: 5 external id · 6 content · 7 quantity [predicate term, amount, unit] · 8
 * time text, only in `detail`, when the time is not the usual one of its bounds. Empty fields are
 * absent, but for field 0. Detail: array of an item for each event of a part: a map of rare fields,
 * or 0 when there is none. Pure; any thread. */
#ifndef STEMMA_FORMAT_ROW_RECORD_H
#define STEMMA_FORMAT_ROW_RECORD_H

#include "bounds.h"
#include "bytes.h"
#include "fault.h"
#include "stemma/edtf.h"

/* Events whose details share a record. */
#define STM_DETAIL_PART 256u

/* Longest text of stm_row_time_text(). */
#define STM_ROW_TIME_SIZE 24u

/* What few rows have. A quantity is there when its predicate is. */
typedef struct stm_row_rare {
    stemma_text external_id;
    stemma_text content;
    uint32_t quantity_predicate; /* term, or STEMMA_NONE */
    stemma_text amount;
    stemma_text unit;
    stemma_text time; /* only of a detail */
} stm_row_rare;

#define STM_ROW_RARE_NONE                                                                          \
    {                                                                                              \
        {NULL, 0}, {NULL, 0}, STEMMA_NONE, {NULL, 0}, {NULL, 0},                                   \
        {                                                                                          \
            NULL, 0                                                                                \
        }                                                                                          \
    }

typedef struct stm_row_participant {
    uint32_t role;  /* term */
    uint32_t actor; /* ordinal */
} stm_row_participant;

typedef struct stm_row_record {
    uint32_t type; /* term */
    stemma_text time;
    uint32_t place;  /* ordinal, or STEMMA_NONE */
    uint32_t source; /* ordinal, or STEMMA_NONE */
    const stm_row_participant *participants;
    uint32_t participant_count;
    stm_row_rare rare; /* without time */
} stm_row_record;

/* Appends the record of a row. STEMMA_E_INVALID: TERM_UNKNOWN, PARTICIPANT, EDTF, DECIMAL,
   TEXT_TOO_LONG, TEXT_NOT_UTF8. STEMMA_E_NO_SPACE. */
stemma_status stm_row_encode(const stm_row_record *row, const stm_vocabulary *vocabulary,
                             stm_buffer *out, stm_fault *fault);

/* First pass: checks the form; how many participants there are. STEMMA_E_DAMAGED. */
stemma_status stm_row_count(stemma_bytes value, uint32_t *participants, stm_fault *fault);

/* Second pass: `participants` has room for `count`; ordinals are below `actors`. Texts are views
   into `value`. STEMMA_E_DAMAGED. */
stemma_status stm_row_decode(stemma_bytes value, const stm_vocabulary *vocabulary, uint32_t actors,
                             stm_row_record *out, stm_row_participant *participants, uint32_t count,
                             stm_fault *fault);

/* Begins a payload of `count` items, which are put next. */
void stm_detail_begin(uint32_t count, stm_buffer *out);

/* Appends the item of one event; `rare` may be NULL. STEMMA_E_NO_SPACE, STEMMA_E_INVALID as
   above. */
stemma_status stm_detail_put(const stm_row_rare *rare, const stm_vocabulary *vocabulary,
                             stm_buffer *out, stm_fault *fault);

/* The `count` items that a payload is an array of, each as it should be; texts are views into it. On failure some of
   `out` may be written. STEMMA_E_DAMAGED. */
stemma_status stm_detail_decode(stemma_bytes payload, const stm_vocabulary *vocabulary,
                                uint32_t count, stm_row_rare *out, stm_fault *fault);

/* ---- What a row says ------------------------------------------------------------------------- */

/* The predicates that every row's assertions are made with, as terms; STEMMA_NONE: not there. */
typedef struct stm_row_predicates {
    uint32_t type;
    uint32_t time;
    uint32_t place;
    uint32_t content;
} stm_row_predicates;

/* One assertion of a row. */
typedef struct stm_row_assertion {
    uint32_t predicate; /* term */
    uint32_t actor;     /* of kinds REFERENT and PLACE */
    uint8_t kind;       /* stemma_object_kind; TEXT: the type's name or the content */
} stm_row_assertion;

/* How many assertions a row has. */
uint32_t stm_row_assertion_count(const stm_row_record *row);

/* The assertions of a row in their order: by predicate; within it referents by actor, then the
   quantity. `out` has room for stm_row_assertion_count(). The row's participants ascend. */
void stm_row_assertions(const stm_row_record *row, const stm_row_predicates *predicates,
                        stm_row_assertion *out);

/* The usual EDTF of bounds: a year, month, day or second, uncertain or approximate or not. Its size
   in `out`; 0 when there is none, as for no time at all. The text reads as exactly these bounds. */
size_t stm_row_time_text(const stemma_time_bounds *bounds, char out[STM_ROW_TIME_SIZE]);

#endif
