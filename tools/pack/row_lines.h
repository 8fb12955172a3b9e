/* SPDX-License-Identifier: MIT */
/**
 * @file row_lines.h
 * A data set that comes as lines of interchange: its document, then its rows, one by one, into a
 * sink. No more of it is held than its actors and a batch of rows.
 */
#ifndef STEMMA_PACK_ROW_LINES_H
#define STEMMA_PACK_ROW_LINES_H

#include "common/interchange_read.h"
#include "pack/rows.h"

struct stm_row_lines;

/** Told of each row that is refused. */
typedef void stm_row_refused(void *context, uint64_t line, const stemma_error *error);

/** Begins a data set: `document` is its line, the texts of which are copied where needed. `*out` is
 *  owned by the caller. An error of the sink, or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_row_lines_begin(struct stm_row_lines **out,
                                                   const struct stm_row_sink *sink,
                                                   const struct stm_line_document *document,
                                                   stm_row_refused *refused, void *context,
                                                   stemma_error *error);

/** Takes a row of line `line`; the texts are copied. One that is refused is told of and the status
 * is STEMMA_OK. */
STEMMA_NODISCARD stemma_status stm_row_lines_add(struct stm_row_lines *lines,
                                                 const struct stm_line_row *row, uint64_t line,
                                                 stemma_error *error);

/** Gives the sink what is left, the digest, and ends the data set: `*number` is its document's. */
STEMMA_NODISCARD stemma_status stm_row_lines_end(struct stm_row_lines *lines, uint32_t *number,
                                                 stemma_error *error);

/** Rows that came, refused or not; those that the document's line promised; actors of that line,
   and the sink's handles of them. */
uint64_t stm_row_lines_seen(const struct stm_row_lines *lines);
uint64_t stm_row_lines_promised(const struct stm_row_lines *lines);
const uint32_t *stm_row_lines_actors(const struct stm_row_lines *lines, uint32_t *count);

/** Frees it; NULL is fine. */
void stm_row_lines_free(struct stm_row_lines *lines);

#endif
