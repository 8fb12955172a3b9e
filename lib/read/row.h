/* SPDX-License-Identifier: MIT */
/* Rows of data sets, as they were given, wherever they are stored.
 *
 * A row that is alone in its event is folded: nothing of it is stored but the event's columns, and
 * its detail when it has any. Any other row is a record of the table `row`. */
#ifndef STEMMA_LIB_ROW_H
#define STEMMA_LIB_ROW_H

#include "row_record.h"
#include "file/snapshot.h"

/* The document's numbers; `*out` lives until the next call. STEMMA_NOT_FOUND beyond the last. */
stemma_status stm_data_set_find(stemma_snapshot *snapshot, uint32_t document,
                                const stm_data_set **out, stemma_error *error);

/* A row, actors as ordinals of the document, in the snapshot's memory. `*event` receives the event
   that it belongs to, and may be NULL. STEMMA_NOT_FOUND beyond the last. */
stemma_status stm_row_load(stemma_snapshot *snapshot, uint32_t document, uint32_t index,
                           stm_row_record *out, uint32_t *event, stemma_error *error);

/* The same as stm_row_load() for the row of a folded event, whose columns are `row` of `block`. */
stemma_status stm_row_of_event(stemma_snapshot *snapshot, const stm_event_block *block,
                               uint32_t event, const stm_event_row *row, stm_row_record *out,
                               stemma_error *error);

/* RFC 7111 number of a row, which exists. Rows in order are quickest. */
stemma_status stm_row_number(stemma_snapshot *snapshot, uint32_t document, uint32_t index,
                             uint32_t *number, stemma_error *error);

/* The row of a folded event with entities where the actors are, which is the order and contents of
   its claims. `rare` is that of the row. */
stemma_status stm_row_of_entities(stemma_snapshot *snapshot, const stm_event_block *block,
                                  uint32_t event, const stm_event_row *row, stm_row_record *out,
                                  stemma_error *error);

/* The actor that participant `index` of a folded event is in its document. STEMMA_E_DAMAGED. */
stemma_status stm_row_actor(stemma_snapshot *snapshot, const stm_event_block *block,
                            const stm_event_row *row, uint32_t index, uint32_t *actor,
                            stemma_error *error);

/* The assertions of a row, in their order. `*count` of them, in the snapshot's memory. */
stemma_status stm_row_assertions_of(stemma_snapshot *snapshot, const stm_row_record *row,
                                    const stm_row_assertion **out, uint32_t *count,
                                    stemma_error *error);

/* The object of one of them; referents stay the row's actors. */
void stm_row_object(const stemma_snapshot *snapshot, const stm_row_record *row,
                    const stm_row_assertion *assertion, stemma_object *out);

/* The row and the place in it of an assertion of a data set. False when it is none of a row. */
bool stm_row_of_assertion(const stm_data_set *set, uint32_t assertion, uint32_t *row,
                          uint32_t *place);

/* stemma_witness_assertion() without the evidence: texts of it may change with the next call. */
stemma_status stm_witness_says(stemma_snapshot *snapshot, stemma_witness witness,
                               stemma_assertion *out, stemma_error *error);

#endif
