/* SPDX-License-Identifier: MIT */
/* The arrays that a snapshot unpacks the rows of a data set into. */
#ifndef STEMMA_LIB_ROW_SCAN_H
#define STEMMA_LIB_ROW_SCAN_H

#include "row_record.h"
#include "file/snapshot.h"

/* Events that are unpacked at a time: what they come to stays in the processor's first caches, and several
   threads may share a block. */
#define STM_ROW_PART 1024u

/* Times of a part, and those that its details give. */
#define STM_ROW_TIMES (STM_ROW_PART + STM_DETAIL_PART)

typedef struct stm_row_scan stm_row_scan;

struct stm_row_scan {
    uint32_t number; /* of the part that is unpacked, + 1; 0: none */
    uint32_t given;  /* rows of it that were given out */
    uint32_t pause;  /* calls that leave blocks alone, because unpacking did not pay */
    uint32_t rows;
    bool one_run; /* all events of it are sound rows of one data set, one behind the other */
    uint8_t sound[STM_ROW_PART]; /* the row of the event follows from the columns and its detail */
    uint8_t changed[STM_ROW_PART];
    uint32_t type[STM_ROW_PART];
    uint32_t time[STM_ROW_PART]; /* index into `times` */
    stemma_text times[STM_ROW_TIMES];
    char time_text[STM_ROW_PART][STM_ROW_TIME_SIZE];
    uint32_t time_count;
    uint32_t place[STM_ROW_PART]; /* entity + 1 */
    uint32_t via[STM_ROW_PART];
    bool has_place;
    bool has_via;
    uint32_t first_document[STM_ROW_PART];
    uint32_t first_referent[STM_ROW_PART];
    uint32_t scratch[STM_ROW_PART];
    int64_t times_scratch[STM_ROW_PART];
    uint32_t frame[STM_ROW_PART];
    uint32_t frame_block; /* that the frames are of, + 1; 0: none */
    uint32_t frame_first[STEMMA_EVENT_BLOCK + 1];
    uint8_t repeats[STEMMA_EVENT_BLOCK]; /* of a frame: a role comes more than once */
    uint32_t frame_count;
    bool any_repeats;
    uint32_t offset[STM_ROW_PART + 1];
    uint32_t *role; /* of the frames */
    uint32_t role_room;
    uint32_t *entity; /* of the part's participants */
    uint32_t *actor; /* behind `entity` in the same memory */
    uint32_t entity_room;
    /* The run that was given out last. */
    uint32_t row_number[STM_ROW_PART];
    uint32_t own_time[STM_DETAIL_PART];
    uint32_t row_place[STM_ROW_PART];
    uint32_t row_source[STM_ROW_PART];
    stemma_row_detail detail[STM_DETAIL_PART];
    /* What the actors of a data set are in the file, turned round. */
    uint32_t document; /* + 1; 0: none */
    uint32_t straight; /* so many entities are the actors of the same number, and no others are; 0: see below */
    uint32_t *ordinal; /* by entity: its first ordinal in the document, or STEMMA_NONE */
    uint32_t ordinal_room;
};

/* NULL is fine. */
void stm_row_scan_free(stm_row_scan *scan);

/* Room for `count` numbers in each of `arrays` arrays one behind the other; what was there is lost.
   `*numbers` is the scan's. STEMMA_E_NO_MEMORY. */
stemma_status stm_row_scan_room(const stemma_snapshot *snapshot, uint32_t **numbers, uint32_t *room,
                                uint64_t count, uint32_t arrays, stemma_error *error);

/* Unpacks part `part` of block `number`, which is there. Of one that is damaged no event is sound.
   STEMMA_E_NO_MEMORY. */
stemma_status stm_row_scan_unpack(const stemma_snapshot *snapshot, stm_row_scan *scan,
                                  const stm_event_block *block, uint32_t number, uint32_t part,
                                  stemma_error *error);

#endif
