/* SPDX-License-Identifier: MIT */
/**
 * @file interchange_read.h
 * One line of interchange (JSON Lines) into plain structs: SPEC.md, "Interchange".
 *
 * Reading a line is a pure function of the line and of the offset unit that the header set, so
 * lines can be read by any number of threads. What a struct points to lives in the arena.
 */
#ifndef STEMMA_TOOLS_INTERCHANGE_READ_H
#define STEMMA_TOOLS_INTERCHANGE_READ_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/interchange_row.h"
#include "common/json_in.h"
#include "common/offsets.h"
#include "stemma/judgement.h"
#include "stemma/status.h"
#include "stemma/testimony.h"
#include "stemma/vocabulary.h"

enum stm_line_kind {
    STM_LINE_BLANK,
    STM_LINE_HEADER,
    STM_LINE_RUN,
    STM_LINE_TERM,
    STM_LINE_DOCUMENT,
    STM_LINE_JUDGEMENT,
    STM_LINE_DERIVATION,
    STM_LINE_ROW,
    STM_LINE_RESOLVER
};

struct stm_line_document {
    stemma_document document; /**< Runs are numbered as in the stream. */
    stemma_text id;           /**< As stated, or empty: to be verified. */
    bool testimony;           /**< The line had "referents": take it as it is. */
    bool data_set;            /**< The line had "rows": they follow. */
    uint64_t rows;            /**< How many. */
    uint64_t size;            /**< Bytes of the table. */
    uint32_t run;             /**< Who made them, as in the stream; STEMMA_NONE: not said. */
};

/** Documents are named by their ids; the numbers inside `judgement` are not set. */
struct stm_line_judgement {
    stemma_judgement judgement; /**< left.referent and right.referent are set */
    stemma_text left;
    stemma_text right;
    char kinds[2]; /**< 'e' or 'v' where the id says so; else 0 */
};

/** A decision in the form of a resolver file, ["LEFT", "RIGHT", "positive", score, "user", "created",
 *  "deleted"], or {"left", "right", "judgement", ...}, which `stemma-query doubtful` prints. */
struct stm_line_resolver {
    stemma_text left; /**< "e.DOCUMENT.3", or any other name, which ties lines together. */
    stemma_text right;
    uint8_t verdict;  /**< stemma_verdict; 0: nothing was decided. */
    uint16_t score;
    stemma_text user; /**< May be empty. */
    stemma_text created;
    stemma_text deleted;
};

struct stm_line_derivation {
    stemma_derivation derivation; /**< Ranges are in the unit of the stream: see the two texts. */
    stemma_text from;
    stemma_text to;
};

struct stm_line {
    enum stm_line_kind kind;
    union {
        struct {
            enum stm_offset_unit offsets;
            bool judged;
        } header;
        struct {
            uint32_t number;
            stemma_run run;
        } run;
        stemma_term term;
        struct stm_line_document document;
        struct stm_line_judgement judgement;
        struct stm_line_derivation derivation;
        struct stm_line_row row;
        struct stm_line_resolver resolver;
    } as;
    const char *unknown_keys[STM_IN_UNKNOWN]; /**< Paths of keys that have no meaning. */
    unsigned unknown_count;
};

/** Reads "e.DOCUMENT.3", "v.DOCUMENT.3" or "DOCUMENT.3": a view of the document's id, the ordinal, and
 *  the letter or 0. False when it is none of these; that DOCUMENT is an id is not checked. */
bool stm_interchange_referent(stemma_text text, stemma_text *document, uint32_t *referent,
                              char *kind);

/** Reads one line without its line feed. STEMMA_OK, STEMMA_E_INVALID (error: code, `where` the key,
 *  `offset` the byte in the line for syntax errors), STEMMA_E_UNSUPPORTED for a header of another
 *  major version, STEMMA_E_LIMIT (LINE_TOO_COMPLEX), STEMMA_E_NO_MEMORY. */
stemma_status stm_interchange_line(stemma_text line, enum stm_offset_unit unit,
                                   struct stm_arena *arena, struct stm_line *out,
                                   stemma_error *error);

#endif
