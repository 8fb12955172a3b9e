/* SPDX-License-Identifier: MIT */
/* Entities: column blocks of the table `entity`. SPEC.md, "Entity columns". Pure; any thread. */
#ifndef STEMMA_FORMAT_ENTITY_BLOCK_H
#define STEMMA_FORMAT_ENTITY_BLOCK_H

#include "bounds.h"
#include "column.h"
#include "fault.h"
#include "limits.h"
#include "stemma/judgement.h"

/* Ids of the columns of table `entity`. All but the first are absent when they are zero. */
typedef enum stm_entity_column {
    STM_ENTITY_TYPE = 1,
    STM_ENTITY_DOCUMENTS = 2,
    STM_ENTITY_MENTIONS = 3,
    STM_ENTITY_EVENTS = 4, /* minus mentions */
    STM_ENTITY_FIRST_DOCUMENT = 5,
    STM_ENTITY_FIRST_REFERENT = 6,
    STM_ENTITY_CLAIM_FIRST = 7,
    STM_ENTITY_CLAIM_COUNT = 8,
    STM_ENTITY_ALIAS = 9, /* row of table `alias` + 1; 0: see stm_entity_row */
    STM_ENTITY_CONTESTED = 10, /* see stm_entity_row */
    STM_ENTITY_COLUMNS = 10
} stm_entity_column;

#define STM_ENTITY_BLOCK STEMMA_EVENT_BLOCK

/* One entity but for its names. Without an alias row it is called by its label alone, a name of
   kind NAME in all of its documents, or by nothing when the label is empty. */
typedef struct stm_entity_row {
    uint32_t type; /* term number of an entity type */
    uint32_t documents;
    uint32_t mentions;
    uint32_t events;
    stemma_referent_id first;
    uint32_t claim_first;
    uint32_t claim_count;
    uint32_t alias; /* row + 1, or 0 */
    uint32_t contested; /* the lesser side of a conflict about it has no more independent sources; 0:
                           there is no conflict */
} stm_entity_row;

/* Bytes that surely hold a block. */
size_t stm_entity_block_bound(uint32_t rows);

/* Writes `count` (1..STM_ENTITY_BLOCK) rows; `scratch` has room for as many numbers.
   STEMMA_E_INVALID: TERM_UNKNOWN, DOCUMENT_OUT_OF_RANGE, CLAIM_RANGE. STEMMA_E_NO_SPACE,
   STEMMA_E_MISUSE. */
stemma_status stm_entity_block_write(uint8_t *out, size_t capacity, size_t *size,
                                     const stm_entity_row *rows, uint32_t count, int64_t *scratch,
                                     const stm_bounds *bounds, stm_fault *fault);

/* A block, opened: its columns by id (index 0 unused). */
typedef struct stm_entity_block {
    uint32_t rows;
    stm_column column[STM_ENTITY_COLUMNS + 1];
} stm_entity_block;

/* Checks the structure. STEMMA_E_DAMAGED: COLUMN_BLOCK. */
stemma_status stm_entity_block_open(stemma_bytes value, stm_entity_block *out, stm_fault *fault);

/* Row `row`, below block->rows. Every number is checked, but for the alias row. STEMMA_E_DAMAGED.
 */
stemma_status stm_entity_block_row(const stm_entity_block *block, uint32_t row,
                                   const stm_bounds *bounds, stm_entity_row *out, stm_fault *fault);

#endif
