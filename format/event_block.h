/* SPDX-License-Identifier: MIT */
/* Event rows as a column block: up to STEMMA_EVENT_BLOCK events with their participants.
   SPEC.md, "Event columns". Pure; any thread. */
#ifndef STEMMA_FORMAT_EVENT_BLOCK_H
#define STEMMA_FORMAT_EVENT_BLOCK_H

#include "stemma/edtf.h"
#include "column.h"
#include "limits.h"

/* Ids of the columns of table `event`. */
typedef enum stm_event_column {
    STM_EVENT_TYPE = 1,
    STM_EVENT_START_EARLIEST = 2,
    STM_EVENT_START_LATEST = 3, /* 3, 4, 5: minus start_earliest */
    STM_EVENT_END_EARLIEST = 4,
    STM_EVENT_END_LATEST = 5,
    STM_EVENT_UNKNOWN = 6,   /* bit 0 start_earliest ... bit 3 end_latest */
    STM_EVENT_PRECISION = 7, /* precision | extent<<4 | approximate<<5 | uncertain<<6 */
    STM_EVENT_PLACE = 8,     /* entity + 1; 0 none */
    STM_EVENT_PARTICIPANTS = 9,
    STM_EVENT_ROLE = 10,   /* flat */
    STM_EVENT_ENTITY = 11, /* flat */
    STM_EVENT_DOCUMENTS = 12,
    STM_EVENT_INDEPENDENT = 13,
    STM_EVENT_FACTUALITY = 14, /* polarity | certainty<<2 | tense<<4 | realis<<6 */
    STM_EVENT_FIRST_DOCUMENT = 15,
    STM_EVENT_FIRST_REFERENT = 16,
    STM_EVENT_CLAIM_FIRST = 17,
    STM_EVENT_CLAIM_COUNT = 18,
    STM_EVENT_PARTICIPANT_OFFSET = 19,
    STM_EVENT_COLUMNS = 19
} stm_event_column;

/* One event, as the index module makes it and as it is read back. */
typedef struct stm_event_row {
    stemma_time_bounds bounds;
    uint32_t type;              /* vocabulary term */
    uint32_t place;             /* entity, or STEMMA_NONE */
    uint32_t participant_first; /* into the flat participants: of the array given to the writer,
                                   of the block when read */
    uint32_t participant_count;
    uint32_t documents;
    uint32_t independent;
    uint32_t first_document;
    uint32_t first_referent;
    uint32_t claim_first;
    uint32_t claim_count;
    uint8_t polarity;
    uint8_t certainty;
    uint8_t tense;
    uint8_t realis;
} stm_event_row;

typedef struct stm_event_participant {
    uint32_t role; /* vocabulary term */
    uint32_t entity;
} stm_event_participant;

/* Bytes that surely hold a block of `rows` events with `participants` participants in all. */
size_t stm_event_block_bound(uint32_t rows, uint32_t participants);

/* Writes `count` (1..STEMMA_EVENT_BLOCK) rows. Participants of row i are
   participants[rows[i].participant_first ...]. `scratch` has room for max(count, number of
   participants of these rows) numbers. STEMMA_E_NO_SPACE; STEMMA_E_LIMIT when bounds lie too far
   apart; STEMMA_E_MISUSE when a code is out of range or count is. */
stemma_status stm_event_block_write(uint8_t *out, size_t capacity, size_t *size,
                                    const stm_event_row *rows, uint32_t count,
                                    const stm_event_participant *participants, int64_t *scratch);

/* A block, opened: its columns by id (index 0 unused). */
typedef struct stm_event_block {
    uint32_t rows;
    uint32_t participants;
    stm_column column[STM_EVENT_COLUMNS + 1];
} stm_event_block;

/* Checks the structure and that all columns are there. STEMMA_E_DAMAGED. */
stemma_status stm_event_block_open(stemma_bytes value, stm_event_block *out);

/* Opens only some columns, for a filter or a point lookup that needs no more: `ids` ascending. */
stemma_status stm_event_block_open_some(stemma_bytes value, const uint16_t *ids, uint32_t count,
                                        stm_column *out, uint32_t *rows);

/* Row `row`, below block->rows. Every number is checked to fit its field; whether terms, entities
   and documents exist is the caller's to check. STEMMA_E_DAMAGED. */
stemma_status stm_event_block_row(const stm_event_block *block, uint32_t row, stm_event_row *out);

/* Participant `index`, below block->participants. STEMMA_E_DAMAGED. */
stemma_status stm_event_block_participant(const stm_event_block *block, uint32_t index,
                                          stm_event_participant *out);

/* Everything that opening and reading rows leave unchecked: canonical columns, prefix sums, stored
   values of unknown bounds. Reads all. STEMMA_E_DAMAGED. */
stemma_status stm_event_block_check(stemma_bytes value);

#endif
