/* SPDX-License-Identifier: MIT */
/* The arrays that a snapshot unpacks the rows of a data set into. */
#ifndef STEMMA_LIB_ROW_SCAN_H
#define STEMMA_LIB_ROW_SCAN_H

#include "row_record.h"
#include "file/snapshot.h"

/* Times of a block, and those that details of one part give. */
#define STM_ROW_TIMES (STEMMA_EVENT_BLOCK + STM_DETAIL_PART)

typedef struct stm_row_scan stm_row_scan;

struct stm_row_scan {
    uint32_t number; /* of the block that is unpacked, + 1; 0: none */
    uint32_t given;  /* rows of it that were given out */
    uint32_t pause;  /* calls that leave blocks alone, because unpacking did not pay */
    uint32_t rows;
    uint8_t sound[STEMMA_EVENT_BLOCK]; /* the row of the event follows from the columns and its
                                          detail */
    uint8_t changed[STEMMA_EVENT_BLOCK];
    uint32_t type[STEMMA_EVENT_BLOCK];
    uint32_t time[STEMMA_EVENT_BLOCK]; /* index into `times` */
    stemma_text times[STM_ROW_TIMES];
    char time_text[STEMMA_EVENT_BLOCK][STM_ROW_TIME_SIZE];
    uint32_t time_count;
    uint32_t place[STEMMA_EVENT_BLOCK]; /* entity + 1 */
    uint32_t via[STEMMA_EVENT_BLOCK];
    bool has_place;
    bool has_via;
    uint32_t first_document[STEMMA_EVENT_BLOCK];
    uint32_t first_referent[STEMMA_EVENT_BLOCK];
    uint32_t scratch[STEMMA_EVENT_BLOCK];
    int64_t times_scratch[STEMMA_EVENT_BLOCK];
    uint32_t frame[STEMMA_EVENT_BLOCK];
    uint32_t frame_first[STEMMA_EVENT_BLOCK + 1];
    uint8_t repeats[STEMMA_EVENT_BLOCK]; /* of a frame: a role comes more than once */
    uint32_t frame_count;
    bool any_repeats;
    uint32_t offset[STEMMA_EVENT_BLOCK + 1];
    uint32_t *role; /* of the frames */
    uint32_t role_room;
    uint32_t *entity; /* of the block's participants, `actor` behind it in the same memory */
    uint32_t *actor;
    uint32_t entity_room;
    /* The run that was given out last. */
    uint32_t row_number[STEMMA_EVENT_BLOCK];
    uint32_t own_time[STM_DETAIL_PART];
    uint32_t row_place[STEMMA_EVENT_BLOCK];
    uint32_t row_source[STEMMA_EVENT_BLOCK];
    stm_row_rare rare[STM_DETAIL_PART];
    stemma_row_detail detail[STM_DETAIL_PART];
    /* What the actors of a data set are in the file, turned round. */
    uint32_t document; /* + 1; 0: none */
    uint32_t *ordinal; /* by entity: its first ordinal in the document, or STEMMA_NONE */
};

/* NULL is fine. */
void stm_row_scan_free(stm_row_scan *scan);

/* Room for `count` numbers in each of `arrays` arrays one behind the other; what was there is lost.
   `*numbers` is the scan's. STEMMA_E_NO_MEMORY. */
stemma_status stm_row_scan_room(const stemma_snapshot *snapshot, uint32_t **numbers, uint32_t *room,
                                uint64_t count, uint32_t arrays, stemma_error *error);

/* Unpacks a block. Of one that is damaged no event is sound. STEMMA_E_NO_MEMORY. */
stemma_status stm_row_scan_unpack(const stemma_snapshot *snapshot, stm_row_scan *scan,
                                  const stm_event_block *block, stemma_error *error);

#endif
