/* SPDX-License-Identifier: MIT */
#include "pack/rows_cell.h"

#ifdef __SSE2__

#define EIGHT   "\xff\xff\xff\xff\xff\xff\xff\xff"
#define ALL     EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT

/* What is behind the string is zero. */
const char stm_cell_masks[2 * STM_CELL_OPEN] = ALL;

#else

typedef int stm_cell_masks_are_not_needed;

#endif
