/* SPDX-License-Identifier: MIT */
/* From document to document, and through what each says. */
#ifndef STEMMA_SQL_WALK_H
#define STEMMA_SQL_WALK_H

#include "common/offsets.h"
#include "sql/table.h"

/* What has a place in a document, as one number. */
static inline int64_t stm_sql_place(uint32_t document, uint32_t ordinal)
{
    return (int64_t)((uint64_t)document << 32 | ordinal);
}

struct stm_sql_walk {
    struct stm_sql_numbers documents; /* still to come */
    uint32_t number;                  /* the one at hand */
    bool begun;                       /* there is one at hand */
    bool loaded;
    stemma_document document;
    uint32_t ordinal; /* of the assertion at hand */
    uint32_t next;    /* explicit assertion to come */
    uint32_t row;     /* row whose assertions come */
    uint32_t place;   /* ... from this on */
    bool one;         /* only the assertion at hand */
    stemma_assertion assertion;
    bool text_loaded;
    stemma_text text; /* empty when withheld */
    struct stm_arena arena;
    struct stm_offsets offsets;
};

/* Loads a document with its testimony into the cursor's `document`, unless it is there already. */
stemma_status stm_sql_walk_load(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk,
                                uint32_t document);

/* To walk through these documents. */
void stm_sql_walk_begin(struct stm_sql_walk *walk, const struct stm_sql_numbers *documents);

/* The next document, loaded. STEMMA_END. */
stemma_status stm_sql_walk_next(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk);

/* To walk through one assertion only. */
stemma_status stm_sql_walk_one(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk,
                               sqlite3_value *number);

/* The next assertion of these documents: `number`, `ordinal` and `assertion` of the walk. That of a row lives
   as long as the item. */
stemma_status stm_sql_walk_assertion(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk);

/* An assertion by its place. STEMMA_NOT_FOUND when there is none. */
stemma_status stm_sql_walk_get(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk,
                               uint32_t document, uint32_t ordinal);

/* Code points before a byte of the document at hand; false when its text is withheld. */
stemma_status stm_sql_walk_offset(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk,
                                  sqlite3_context *context, uint32_t byte);

/* The words of spans of the document at hand, with an ellipsis where words are left out. */
stemma_status stm_sql_walk_words(struct stm_sql_cursor *cursor, struct stm_sql_walk *walk,
                                 sqlite3_context *context, const stemma_span *spans,
                                 uint32_t count);

/* The entity or event of a referent of a document; nothing when it is none of the kind. */
stemma_status stm_sql_member(struct stm_sql_cursor *cursor, sqlite3_context *context,
                             uint32_t document, uint32_t referent, uint8_t kind);

void stm_sql_walk_end(struct stm_sql_walk *walk);

/* A rough number of rows a document. */
double stm_sql_each_document(const struct stm_sql_base *base, uint64_t rows);

#endif
