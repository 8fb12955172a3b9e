/* SPDX-License-Identifier: MIT */
/* The arrays that a snapshot unpacks event columns into. */
#ifndef STEMMA_LIB_EVENT_SCAN_H
#define STEMMA_LIB_EVENT_SCAN_H

#include "file/snapshot.h"
#include "stemma/events.h"

typedef struct stm_scan stm_scan;

/* NULL is fine. */
void stm_scan_free(stm_scan *scan);

#endif
