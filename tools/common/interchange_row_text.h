/* SPDX-License-Identifier: MIT */
/* Lines of rows while they are put together: what the writers of rows one by one and of many rows
 * share. */
#ifndef STEMMA_TOOLS_INTERCHANGE_ROW_TEXT_H
#define STEMMA_TOOLS_INTERCHANGE_ROW_TEXT_H

#include <string.h>

#include "common/json_out.h"
#include "stemma/read.h"

/* Bytes behind a text that may be read, and behind a line that may be written: short texts are
   copied in one piece of this size, which is quicker than copying what they have. */
#define STM_ROW_SLACK 64u

/* Actors of the data set as they stand in lines: "Name", or their position when others are called
 * so. */
struct stm_row_actors {
    char *text;     /* one behind the other, and slack */
    size_t *starts; /* of each, and the end */
    size_t longest;
    uint32_t count;
};

/* False when there is no memory; to be freed all the same. */
bool stm_row_actors_make(struct stm_row_actors *actors, const stemma_document *document);
void stm_row_actors_free(struct stm_row_actors *actors);

/* Lines that are put together in one buffer. */
struct stm_row_text {
    stm_json escape; /* scratch: a text that has to be escaped */
    const struct stm_row_actors *actors;
    char *buffer; /* used bytes, then room and slack */
    size_t used;
    size_t capacity; /* without slack */
    bool no_memory;
};

/* Makes room for so many more bytes; false and `no_memory` when there is none. */
bool stm_row_reserve(struct stm_row_text *text, size_t more);

/* Members behind the participants that few rows have; `predicate` is empty without a quantity. */
void stm_row_put_rare(struct stm_row_text *text, stemma_text external_id, stemma_text content,
                      stemma_text predicate, stemma_text amount, stemma_text unit);

/* Appends the line of one row, whatever it holds. */
void stm_row_put(struct stm_row_text *text, const stemma_row_view *row);

/* ---- Many rows ------------------------------------------------------------------------------- */

/* Texts one behind the other, and slack. */
struct stm_row_pool {
    char *data;
    size_t used;
    size_t room; /* without slack */
};

/* A text in a pool. */
struct stm_row_piece {
    uint32_t first;
    uint32_t size;
};

/* A sequence of roles: what stands before each participant, and behind the last. */
struct stm_row_frame {
    uint32_t stamp; /* of the rows that it was made for */
    uint32_t first; /* piece */
    uint32_t count; /* participants */
    uint32_t size;  /* bytes of all pieces */
};

/* What rows are made of, many of them. */
struct stm_row_pieces {
    stemma_snapshot *snapshot;
    struct stm_row_pool text;    /* of terms */
    struct stm_row_piece *terms; /* ,"type":"…" by term; size 0: not yet made */
    uint32_t term_room;
    struct stm_row_pool frame_text;
    struct stm_row_piece *frame_piece;
    uint32_t frame_pieces;
    uint32_t frame_piece_room;
    struct stm_row_frame *frames; /* by number in the columns */
    uint32_t frame_room;
    uint32_t stamp;
    struct stm_row_pool time;     /* the member of the row before */
    char hundreds[STM_ROW_SLACK]; /* digits of a row's number but for the last two */
    uint32_t hundreds_size;
    uint32_t hundreds_shown;
};

void stm_row_pieces_init(struct stm_row_pieces *pieces, stemma_snapshot *snapshot);
void stm_row_pieces_free(struct stm_row_pieces *pieces);

/* Appends the lines of rows [from, columns->count) until the buffer holds `enough` bytes; `*done`
   is where to go on. STEMMA_OK, also when no_memory was set; an error of reading terms. */
stemma_status stm_row_put_many(struct stm_row_text *text, struct stm_row_pieces *pieces,
                               const stemma_row_columns *columns, uint32_t from, size_t enough,
                               uint32_t *done, stemma_error *error);

#endif
