/* SPDX-License-Identifier: MIT */
/* The arrays that a snapshot unpacks the rows of a data set into. */
#ifndef STEMMA_LIB_ROW_SCAN_H
#define STEMMA_LIB_ROW_SCAN_H

#include "snapshot.h"

typedef struct stm_row_scan stm_row_scan;

/* NULL is fine. */
void stm_row_scan_free(stm_row_scan *scan);

#endif
