/* SPDX-License-Identifier: MIT */
/* What few events have: table `detail`. */
#ifndef STEMMA_LIB_ROW_DETAIL_H
#define STEMMA_LIB_ROW_DETAIL_H

#include "row_record.h"
#include "snapshot.h"

/* The part that a snapshot read last, so that neighbours need no decompressing. */
typedef struct stm_detail {
    uint64_t part;   /* number of the part, counted through the file, + 1; 0: none */
    uint8_t *memory; /* of a compressed one */
    size_t room;
    stemma_bytes payload; /* empty: the part is not there */
} stm_detail;

/* The detail of a folded event; its texts are in the snapshot's memory or in the file. Nothing is
   there for most events. STEMMA_E_DAMAGED. */
stemma_status stm_detail_find(stemma_snapshot *snapshot, uint32_t event, stm_row_rare *out,
                              stemma_error *error);

void stm_detail_free(stm_detail *detail);

#endif
