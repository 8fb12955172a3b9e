/* SPDX-License-Identifier: MIT */
/* Event rows as a column block: up to STEMMA_EVENT_BLOCK events with their participants.
   SPEC.md, "Event columns". Pure; any thread. */
#ifndef STEMMA_FORMAT_EVENT_BLOCK_H
#define STEMMA_FORMAT_EVENT_BLOCK_H

#include "stemma/edtf.h"
#include "column.h"
#include "limits.h"

/* Ids of the columns of table `event`. A column that is all 0 is not stored, but for the first two.
 */
typedef enum stm_event_column {
    STM_EVENT_TYPE = 1,
    STM_EVENT_START_EARLIEST = 2,
    STM_EVENT_START_LATEST = 3, /* 3, 4, 5: minus start_earliest */
    STM_EVENT_END_EARLIEST = 4,
    STM_EVENT_END_LATEST = 5,
    STM_EVENT_UNKNOWN = 6,     /* bit 0 start_earliest ... bit 3 end_latest */
    STM_EVENT_PRECISION = 7,   /* precision | extent<<4 | approximate<<5 | uncertain<<6 */
    STM_EVENT_PLACE = 8,       /* entity + 1; 0 none */
    STM_EVENT_FRAME = 9,       /* which sequence of roles the participants have */
    STM_EVENT_FRAME_END = 10,  /* flat, one a frame: its end among the frame roles */
    STM_EVENT_FRAME_ROLE = 11, /* flat: roles of frame after frame */
    STM_EVENT_ENTITY = 12,     /* flat: participants of event after event */
    STM_EVENT_PARTICIPANT_OFFSET = 13,
    STM_EVENT_DOCUMENTS = 14,
    STM_EVENT_INDEPENDENT = 15,
    STM_EVENT_FACTUALITY = 16, /* polarity | certainty<<2 | tense<<4 | realis<<6 */
    STM_EVENT_FIRST_DOCUMENT = 17,
    STM_EVENT_FIRST_REFERENT = 18,
    STM_EVENT_CLAIM_FIRST = 19,
    STM_EVENT_CLAIM_COUNT = 20,
    STM_EVENT_FOLDED = 21,
    STM_EVENT_UNSTORED = 22,      /* claims of folded events before this event */
    STM_EVENT_VIA = 23,           /* entity + 1; 0 none */
    STM_EVENT_VARIANT = 24,       /* flat, like STM_EVENT_ENTITY */
    STM_EVENT_PLACE_VARIANT = 25, /* 24, 25, 26: which of the entity's referents in the document */
    STM_EVENT_VIA_VARIANT = 26,
    STM_EVENT_CONTESTED = 27,    /* see stm_event_row */
    STM_EVENT_AMOUNT = 28,       /* least step of its quantities (event_amount.h); 0: it has none */
    STM_EVENT_AMOUNT_ABOVE = 29, /* stm_amount_above() */
    STM_EVENT_COLUMNS = 29
} stm_event_column;

/* One event, as the index module makes it and as it is read back. */
typedef struct stm_event_row {
    stemma_time_bounds bounds;
    uint32_t type;              /* vocabulary term */
    uint32_t place;             /* entity, or STEMMA_NONE */
    uint32_t participant_first; /* into the flat participants: of the array given to the writer,
                                   of the block when read */
    uint32_t participant_count;
    uint32_t role_first; /* into the roles of the block's frames, when read; writers leave it 0 */
    uint32_t documents;
    uint32_t independent;
    uint32_t first_document;
    uint32_t first_referent;
    uint32_t claim_first;
    uint32_t claim_count;
    uint32_t unstored_before; /* claims of folded events with lesser numbers, which no claim row
                                 holds */
    uint32_t via;             /* entity that all claims of a folded event come through, or
                                 STEMMA_NONE */
    uint32_t place_variant;   /* of folded events: which referent, counted from 0, of the entity in
                                 the event's document is meant */
    uint32_t via_variant;
    /* Of use to who looks for events rather than at one: with a row they are 0, see
       stm_event_block_marks(). */
    uint32_t contested; /* the lesser side of a conflict about it has no more independent sources; 0:
                           there is no conflict */
    uint32_t amount;    /* columns of the reach of its quantities */
    uint32_t amount_above;
    uint8_t folded; /* 0 or 1: row of a data set that is alone in its event */
    uint8_t polarity;
    uint8_t certainty;
    uint8_t tense;
    uint8_t realis;
} stm_event_row;

typedef struct stm_event_participant {
    uint32_t role; /* vocabulary term */
    uint32_t entity;
    uint32_t variant; /* as in stm_event_row */
} stm_event_participant;

/* Bytes that surely hold a block of `rows` events with `participants` participants in all. */
size_t stm_event_block_bound(uint32_t rows, uint32_t participants);

/* Writes `count` (1..STEMMA_EVENT_BLOCK) rows. Participants of row i are
   participants[rows[i].participant_first ...], roles not descending. `scratch` has room for
   max(count, number of participants of these rows) numbers. STEMMA_E_NO_SPACE; STEMMA_E_LIMIT when
   bounds lie too far apart or participants are too many; STEMMA_E_MISUSE when a code is out of
   range, roles descend or count is wrong. Takes about 50 KB of stack. */
stemma_status stm_event_block_write(uint8_t *out, size_t capacity, size_t *size,
                                    const stm_event_row *rows, uint32_t count,
                                    const stm_event_participant *participants, int64_t *scratch);

/* Columns factuality and precision of an event. */
static inline unsigned stm_event_factuality(unsigned polarity, unsigned certainty, unsigned tense,
                                            unsigned realis)
{
    return polarity | certainty << 2 | tense << 4 | realis << 6;
}

static inline unsigned stm_event_precision(const stemma_time_bounds *bounds)
{
    return (unsigned)bounds->precision | (unsigned)bounds->extent << 4 |
           (unsigned)bounds->approximate << 5 | (unsigned)bounds->uncertain << 6;
}

/* What a column holds: numbers, or `first + step * index` where `values` is NULL. */
typedef struct stm_event_numbers {
    const int64_t *values;
    int64_t first;
    int64_t step;
    uint32_t count; /* 0: the column is all 0 */
} stm_event_numbers;

/* Writes a block of `count` (1..STEMMA_EVENT_BLOCK) events from columns as they are stored: columns[id] is column id, and
   says of its numbers what stm_event_block_write() would have made of the rows, but may be there though all are 0. For who
   has columns to begin with; that they go together is the caller's to know. The same bytes as rows of these events give.
   STEMMA_E_NO_SPACE, STEMMA_E_LIMIT, STEMMA_E_MISUSE as there. */
stemma_status stm_event_block_write_columns(uint8_t *out, size_t capacity, size_t *size, uint32_t count,
                                            const stm_event_numbers columns[STM_EVENT_COLUMNS + 1]);

/* A block, opened. Points into its value. */
typedef struct stm_event_block {
    const uint8_t *base;
    uint32_t rows;
    uint32_t participants; /* in all */
    uint32_t present;      /* bit i: column i is stored */
    stm_column role;       /* columns that every participant needs */
    stm_column entity;
    stm_column variant;
    const struct stm_event_plan
        *plan; /* see event_plan.h; opening leaves it NULL, as it may stay */
} stm_event_block;

/* Checks the structure. STEMMA_E_DAMAGED. */
stemma_status stm_event_block_open(stemma_bytes value, stm_event_block *out);

/* Opens a value that stm_event_block_open() has accepted before, without checking it once more:
   `present` is what it said then. The bytes must be the same. */
void stm_event_block_trust(stemma_bytes value, uint32_t present, stm_event_block *out);

/* A column of an open block, zeros when it is not stored: for filters, and for unpacking many. */
stm_column stm_event_block_column(const stm_event_block *block, stm_event_column id);

/* Number of row `row` in a column that is not flat. */
static inline int64_t stm_event_block_get(const stm_event_block *block, stm_event_column id,
                                          uint32_t row)
{
    stm_column column = stm_event_block_column(block, id);
    return stm_column_get(&column, row);
}

/* Row `row`, below block->rows, but for what stm_event_block_marks() gives. Every number is checked
   to fit its field, participants to lie in the block; whether terms, entities and documents exist is
   the caller's to check. STEMMA_E_DAMAGED. */
stemma_status stm_event_block_row(const stm_event_block *block, uint32_t row, stm_event_row *out);

/* Fills contested, amount and amount_above of a row. STEMMA_E_DAMAGED. */
stemma_status stm_event_block_marks(const stm_event_block *block, uint32_t row, stm_event_row *out);

/* Participant `index` (below row->participant_count) of a row that was read from the block.
   STEMMA_E_DAMAGED. */
stemma_status stm_event_block_participant(const stm_event_block *block, const stm_event_row *row,
                                          uint32_t index, stm_event_participant *out);

/* Everything that opening and reading rows leave unchecked: canonical columns, none stored that is
   all 0, prefix sums, frames distinct and in order of first use, stored values of unknown bounds.
   Reads all. STEMMA_E_DAMAGED. */
stemma_status stm_event_block_check(stemma_bytes value);

#endif
