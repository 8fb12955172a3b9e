/* SPDX-License-Identifier: MIT */
/**
 * @file interchange_row.h
 * Rows of data sets as lines of interchange: SPEC.md, "Interchange".
 *
 * There may be millions of them, so they have a writer of their own: names are escaped once, and
 * lines are put together in one buffer.
 */
#ifndef STEMMA_TOOLS_INTERCHANGE_ROW_H
#define STEMMA_TOOLS_INTERCHANGE_ROW_H

#include "common/arena.h"
#include "common/json_in.h"
#include "common/json_out.h"
#include "stemma/read.h"
#include "stemma/salvage.h"

/** What writes the lines before the rows, on whatever thread: the names of actors are made ready beside it. A
 *  status of it that is not STEMMA_OK is the end. `write` may be NULL. */
struct stm_rows_before {
    stemma_status (*write)(void *context);
    void *context;
};

/** Writes the rows of a data set, which there are, behind what `before` writes, on up to `jobs` threads (0: one a
 *  processor), each with a snapshot of its own; `snapshot` is the first one's. The same bytes for any
 *  number. STEMMA_OK; STEMMA_E_SYSTEM when the output failed; an error of reading. */
stemma_status stm_interchange_rows(stemma_snapshot *snapshot, uint32_t number,
                                   const stemma_document *document, unsigned jobs,
                                   const struct stm_rows_before *before, stm_json *json,
                                   stemma_error *error);

/** The rows that are left of a data set of a damaged file, as many as document->row_count says. The
 *  same lines. */
stemma_status stm_interchange_rows_left(stemma_salvage *salvage, stemma_snapshot *snapshot,
                                        uint32_t number, const stemma_document *document,
                                        stm_json *json, stemma_error *error);

/** An actor in a line: by name, by position in `referents`, or absent. */
struct stm_line_actor {
    stemma_text name;  /**< Empty unless it is named. */
    uint32_t position; /**< STEMMA_NONE unless it is numbered. */
};

struct stm_line_participant {
    stemma_text role;
    struct stm_line_actor actor;
};

/** A row as its line has it. */
struct stm_line_row {
    uint32_t number;
    stemma_text type;
    stemma_text time;
    struct stm_line_actor place;
    struct stm_line_actor source;
    const struct stm_line_participant *participants;
    uint32_t participant_count;
    stemma_text external_id;
    stemma_text content;
    stemma_text predicate; /**< Of the quantity; empty when there is none. */
    stemma_text amount;
    stemma_text unit;
};

/** The row in a parsed line. STEMMA_E_INVALID: FIELD_MISSING, FIELD_TYPE, FIELD_VALUE. */
stemma_status stm_interchange_row(struct stm_json_in *in, const json_t *object,
                                  struct stm_line_row *out);

/** The row in a line that is written as stm_interchange_rows() writes it, many times faster. Texts
 *  are views into the line; `participants` has room for `capacity`. False when the line is anything
 *  else, a row or not: then stm_interchange_line() reads it. Pure. */
bool stm_interchange_row_plain(stemma_text line, struct stm_line_row *out,
                               struct stm_line_participant *participants, uint32_t capacity);

#endif
