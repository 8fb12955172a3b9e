/* SPDX-License-Identifier: MIT */
/**
 * @file rows_join.h
 * Rows of one external id, in one data set or several, which are one event.
 */
#ifndef STEMMA_PACK_ROWS_JOIN_H
#define STEMMA_PACK_ROWS_JOIN_H

#include "common/arena.h"
#include "stemma/types.h"

/** A row that has the id of an earlier one. */
struct stm_row_join {
    uint32_t
        document; /**< Of the earlier row: number of the data set, as the reader counts them. */
    uint32_t row;
    uint32_t later_document;
    uint32_t later_row;
};

/** Plain data; {0} is empty. One thread at a time. */
struct stm_row_joins {
    struct stm_row_joins_slot *slots; /* private: open addressing by the digest of the id */
    size_t slot_count;
    size_t used;
    struct stm_row_join *joins; /**< In the order in which the later rows came. */
    size_t join_count;
    size_t join_capacity;
    uint32_t documents;     /**< Data sets that rows were added of: the next one's number. */
    struct stm_arena arena; /* private: names of types */
    stemma_text *types;
    size_t type_count;
    size_t type_capacity;
};

void stm_row_joins_free(struct stm_row_joins *joins);

/** The name of a type as a number that stm_row_joins_add() takes: equal names, equal numbers.
    STEMMA_NONE when there is no memory. */
uint32_t stm_row_joins_type(struct stm_row_joins *joins, stemma_text name);

/** The type of the first row of this id: its number, or STEMMA_NONE. */
uint32_t stm_row_joins_find(const struct stm_row_joins *joins, stemma_text id);

/** A row was taken. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_row_joins_add(struct stm_row_joins *joins, stemma_text id,
                                                 uint32_t row, uint32_t type);

#endif
