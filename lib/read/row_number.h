/* SPDX-License-Identifier: MIT */
/* RFC 7111 numbers of rows, some of which a data set left out. */
#ifndef STEMMA_LIB_ROW_NUMBER_H
#define STEMMA_LIB_ROW_NUMBER_H

#include "file/snapshot.h"

/* Number of a row, which exists. Rows that are asked for in order go on from the gap before. */
uint32_t stm_row_number_in(stemma_snapshot *snapshot, const stm_data_set *set, uint32_t index);

/* The numbers of `count` rows from `first` on, which exist. */
void stm_row_numbers(stemma_snapshot *snapshot, const stm_data_set *set, uint32_t first,
                     uint32_t count, uint32_t *out);

#endif
