/* SPDX-License-Identifier: MIT */
/* Lines of rows while they are put together: what the writers of rows one by one and of many rows
 * share. */
#ifndef STEMMA_TOOLS_INTERCHANGE_ROW_TEXT_H
#define STEMMA_TOOLS_INTERCHANGE_ROW_TEXT_H

#include <string.h>

#include "common/json_out.h"
#include "stemma/read.h"

/* Bytes behind a text that may be read, and behind a line that may be written: short texts are
   copied in pieces of fixed size, which is quicker than copying what they have. */
#define STM_ROW_SLACK 128u

/* Bytes of a slot: a line of the processor's cache. */
#define STM_ROW_SLOT 64u
#define STM_ROW_LONG 255u

/* Texts that many lines have stand in slots, so that they are one access away: a text, and in the last byte of
   the slot its size; or STM_ROW_LONG, when the text is elsewhere, and the slot begins with this. */
struct stm_row_long {
    char *text; /* its own memory, with slack */
    size_t size;
};

/* Puts a text into a slot that has none. False when there is no memory. */
bool stm_row_slot_put(char *slot, const char *text, size_t size);
void stm_row_slot_free(const char *slot);

static inline stemma_text stm_row_slot(const char *slot)
{
    const uint8_t size = (uint8_t)slot[STM_ROW_SLOT - 1];
    struct stm_row_long elsewhere;
    if (size != STM_ROW_LONG) {
        return (stemma_text){slot, size};
    }
    memcpy(&elsewhere, slot, sizeof elsewhere);
    return (stemma_text){elsewhere.text, elsewhere.size};
}

/* Actors of the data set as they stand in lines: "Name", or their position when others are called so. */
struct stm_row_actors {
    char *slots;
    size_t mapped;  /* bytes of them */
    uint32_t *hash; /* of each name, while they are made */
    size_t longest;
    uint32_t count;
};

/* Makes them all. False when there is no memory; to be freed all the same. */
bool stm_row_actors_make(struct stm_row_actors *actors, const stemma_document *document);
void stm_row_actors_free(struct stm_row_actors *actors);

/* The same in steps, each of which needs all of the step before: where they will stand; their names [first,
   end), which several threads may share out, and the longest of these, to be told to all afterwards; positions
   for those whose name others have, too. False when there is no memory. */
bool stm_row_actors_begin(struct stm_row_actors *actors, const stemma_document *document);
bool stm_row_actors_quote(const struct stm_row_actors *actors, const stemma_document *document,
                          uint32_t first, uint32_t end, size_t *longest);
bool stm_row_actors_number(struct stm_row_actors *actors, const stemma_document *document);

/* The text of an actor that is there. */
static inline stemma_text stm_row_actor(const struct stm_row_actors *actors, uint32_t actor)
{
    return stm_row_slot(actors->slots + (size_t)actor * STM_ROW_SLOT);
}

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

/* How a line begins, and how it ends where the next one begins. */
#define STM_ROW_HEAD "{\"record\":\"row\",\"row\":"
#define STM_ROW_END  "}\n" STM_ROW_HEAD
#define STM_ROW_TYPE ",\"type\":"
#define STM_ROW_PLACE ",\"place\":"
#define STM_ROW_SOURCE ",\"source\":"
#define STM_ROW_DIGITS 10u /* of the number of a row, at most */

/* What stands around the participants of a sequence of roles: a piece before each participant, and one
   behind the last, behind which STM_ROW_END stands, too. */
struct stm_row_frame {
    uint32_t stamp; /* of the rows that it was made for */
    uint32_t first; /* piece */
    uint32_t count; /* participants */
    uint32_t size;  /* bytes of all pieces */
    size_t bound;   /* bytes that a line of it surely has without type, time and rare members, with the
                       beginning of the next; SIZE_MAX: that is asked of each */
};

/* What rows are made of, many of them. */
struct stm_row_pieces {
    stemma_snapshot *snapshot;
    char *terms; /* ,"type":"…" by term, in slots like those of actors; size 0: not yet made */
    uint32_t term_room;
    size_t term_longest;
    struct stm_row_pool frame_text;
    struct stm_row_piece *frame_piece;
    uint32_t frame_pieces;
    uint32_t frame_piece_room;
    struct stm_row_frame *frames; /* by number in the columns */
    uint32_t frame_room;
    uint32_t stamp;
    struct stm_row_pool time; /* the member of the row before ... */
    uint32_t time_number;     /* ... and which of the columns' times it is */
    char hundreds[8]; /* digits of a row's number but for the last two */
    uint32_t hundreds_size;
    uint32_t hundreds_from; /* the number that they stand for with 00; 0: for none */
};

/* The text of a term for which there is room: empty when it was not made. */
static inline stemma_text stm_row_term(const struct stm_row_pieces *pieces, uint32_t term)
{
    return stm_row_slot(pieces->terms + (size_t)term * STM_ROW_SLOT);
}

void stm_row_pieces_init(struct stm_row_pieces *pieces, stemma_snapshot *snapshot);
void stm_row_pieces_free(struct stm_row_pieces *pieces);

/* Begins with other columns, which may call times and frames by other numbers. */
void stm_row_pieces_begin(struct stm_row_pieces *pieces);

/* Makes what is missing of the pieces of a row: its term, its frame, its time, the term of its
   quantity. STEMMA_OK, also when no_memory was set; an error of reading terms. */
stemma_status stm_row_pieces_make(struct stm_row_text *text, struct stm_row_pieces *pieces,
                                  const stemma_row_columns *columns, uint32_t row,
                                  stemma_error *error);

/* Appends the lines of rows [from, columns->count) until the buffer holds `enough` bytes; `*done`
   is where to go on with the same columns, which other ones, from 0 on, may follow. STEMMA_OK, also
   when no_memory was set; an error of reading terms. */
stemma_status stm_row_put_many(struct stm_row_text *text, struct stm_row_pieces *pieces,
                               const stemma_row_columns *columns, uint32_t from, size_t enough,
                               uint32_t *done, stemma_error *error);

#endif
