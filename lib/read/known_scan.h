/* SPDX-License-Identifier: MIT */
/* Columns and counts of a cut snapshot. */
#ifndef STEMMA_LIB_KNOWN_SCAN_H
#define STEMMA_LIB_KNOWN_SCAN_H

#include "file/snapshot.h"
#include "stemma/events.h"

struct stm_known_scan;

/* Makes of the columns of a scan, which are those of the file and hold `first_document` and
   `documents`, those of the known documents. An event that nobody known speaks of has 0 documents,
   no cast, no place and no time; its type is that of the file. */
stemma_status stm_known_scan(stemma_snapshot *snapshot, stemma_event_columns *columns,
                             stemma_error *error);

/* As stemma_type_counts(). Reads the columns of all events and entities. */
stemma_status stm_known_type_counts(stemma_snapshot *snapshot, uint64_t *counts,
                                    uint32_t term_count, stemma_error *error);

void stm_known_scan_free(struct stm_known_scan *scan);

#endif
