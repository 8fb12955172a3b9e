/* SPDX-License-Identifier: MIT */
/**
 * @file rows_time.h
 * Times as tables write them, into EDTF.
 */
#ifndef STEMMA_PACK_ROWS_TIME_H
#define STEMMA_PACK_ROWS_TIME_H

#include "pack/mapping.h"

/** Most bytes that stm_rows_time() writes. */
#define STM_ROWS_TIME_SIZE 32u

/** Writes the EDTF of `cell` into `out` and returns its size: to the year, month, day, minute or
 *  second, as far as the cell says (a month or day of 0 is unknown). 0 when the cell is not written
 *  as the column's pattern has it or is no date. Of STM_TIME_PATTERN and STM_TIME_EPOCH only: EDTF
 *  itself is taken as it stands. Pure. */
size_t stm_rows_time(const struct stm_mapping_column *column, stemma_text cell,
                     char out[STM_ROWS_TIME_SIZE]);

#endif
