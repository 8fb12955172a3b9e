/* SPDX-License-Identifier: MIT */
/**
 * @file data_set.h
 * The data sets of one run of pack. They go to the writer while they are read, before all articles,
 * so their numbers come first; what is kept here is what judgements need to find them.
 */
#ifndef STEMMA_PACK_DATA_SET_H
#define STEMMA_PACK_DATA_SET_H

#include "pack/rows.h"

struct stm_pack_set {
    uint64_t id; /**< As in public ids. */
    uint32_t number;
    uint32_t actors;
    /** Positions of actors where the data set came from, and the ordinals that the actors have in
       the writer; NULL: the same. */
    uint32_t positions;
    uint32_t *ordinals;
};

/** Plain data; {0} is empty. */
struct stm_data_sets {
    struct stm_pack_set *sets;
    uint32_t *by_id; /**< private: positions, by id, of the first `sorted`. */
    size_t sorted;
    size_t count; /**< Also the number of the first article in the writer. */
    size_t capacity;
    uint32_t *numbers; /**< Of data sets as they were read: those of `joins`. */
    size_t number_count;
    size_t number_capacity;
    uint64_t rows;
    struct stm_row_joins joins;
};

void stm_data_sets_free(struct stm_data_sets *sets);

/** Makes stm_data_sets_find() quick for the data sets that are there. STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_data_sets_sort(struct stm_data_sets *sets);

/** The data set with this id among those that were sorted, or NULL. */
const struct stm_pack_set *stm_data_sets_find(const struct stm_data_sets *sets, uint64_t id);

/** A sink that is a writer. */
struct stm_data_set_writer {
    struct stm_data_sets *sets;
    stemma_writer *writer;
    uint32_t run;
    char *uri; /* private: of the open data set */
    size_t uri_size;
    uint8_t digest[STEMMA_DIGEST_SIZE];
    uint32_t actors;
    bool repeated; /**< The data set that ended last had been read before. */
};

/** Fills `sink` with functions that take `context`, which must outlive it. */
void stm_data_set_sink(struct stm_row_sink *sink, struct stm_data_set_writer *context);

/** Frees what the context owns. A data set that was begun and not ended is dropped. */
void stm_data_set_writer_free(struct stm_data_set_writer *context);

/** The referent of a data set that something calls `referent`, by the positions where it came from.
 */
uint32_t stm_pack_set_ordinal(const struct stm_pack_set *set, uint32_t referent);

/** Notes where the actors of the data set that ended last stood: `handles` are the writer's, by
 *  position. STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_data_set_positions(struct stm_data_set_writer *context,
                                                      const uint32_t *handles, uint32_t count,
                                                      stemma_error *error);

/** Adds judgements that rows of one external id are one event. `run` is their author. */
STEMMA_NODISCARD stemma_status stm_data_sets_join(const struct stm_data_sets *sets, uint32_t run,
                                                  stemma_writer *writer, stemma_error *error);

#endif
