/* SPDX-License-Identifier: MIT */
/**
 * @file delimited.h
 * Rows of a table of any size: RFC 4180, or bare lines cut at a delimiter.
 *
 *     stm_delimited_open(&table, file, jobs, &error);
 *     while ((status = stm_delimited_chunk(table, &error)) == STEMMA_OK) {
 *         while ((status = stm_delimited_row(table, &row, &fault)) != STEMMA_END) { ... }
 *     }
 *     stm_delimited_close(table);
 *
 * Nothing is allocated for a row or a field. A row that breaks a rule is told of and passed over;
 * what comes after it is read.
 */
#ifndef STEMMA_PACK_DELIMITED_H
#define STEMMA_PACK_DELIMITED_H

#include <stdbool.h>

#include "pack/read/delimited_chunk.h"

#define STM_DELIMITED_ROW_LIMIT STM_DELIMITED_CHUNK /* bytes of a row */
#define STM_DELIMITED_FIELDS    4096u               /* fields of a row */
#define STM_DELIMITED_KEPT      9u                  /* rows whose fields are kept, the last among them */

struct stm_delimited;

/** How fields are told apart. */
struct stm_delimited_dialect {
    char delimiter;
    bool quotes; /**< Fields may stand in double quotes, as RFC 4180 has it. */
};

struct stm_delimited_row {
    const stemma_text *fields; /**< Valid UTF-8 without NUL. The array lives until
                                    STM_DELIMITED_KEPT more rows were asked for. STM_DELIMITED_SLACK bytes may be read behind each. */
    uint32_t count;            /**< At least 1. */
    uint32_t number;   /**< As in RFC 7111: rows count from 1, the header and empty lines too. */
    uint64_t line;     /**< On which the row begins, from 1. */
    const char *start; /**< Where the row begins: the column of a bare field is counted from it. */
};

/** Why a row was refused: "ROW_TOO_LONG", "ROW_COLUMNS" (more than STM_DELIMITED_FIELDS),
    "ENCODING_INVALID", "CSV_QUOTE_OPEN", "CSV_QUOTE_STRAY". */
struct stm_delimited_fault {
    const char *code;
    const char *reason; /**< One English sentence. Static storage. */
    uint64_t line;
    uint64_t column; /**< Byte in the line, from 1. */
};

/** As stm_delimited_chunks_open(). Until a dialect is set: tabs, no quotes. */
STEMMA_NODISCARD stemma_status stm_delimited_open(struct stm_delimited **out, int file,
                                                  unsigned jobs, stemma_error *error);
void stm_delimited_close(struct stm_delimited *table);

/** What texts of rows pointed to is gone; the rows of the next chunk can be had. STEMMA_OK,
 *  STEMMA_END, STEMMA_E_LIMIT (ROW_COUNT: more than 32 bits number), or an error as of
 *  stm_delimited_chunks_next(). */
STEMMA_NODISCARD stemma_status stm_delimited_chunk(struct stm_delimited *table,
                                                   stemma_error *error);

/** The next row of the chunk. Its texts live until the next chunk, those without quotes in them until the second.
    STEMMA_OK; STEMMA_END;
    STEMMA_E_INVALID for a row that is passed over, with `*fault`. Empty lines are passed over. */
STEMMA_NODISCARD stemma_status stm_delimited_row(struct stm_delimited *table,
                                                 struct stm_delimited_row *row,
                                                 struct stm_delimited_fault *fault);

/** A splitter for stm_delimited_share() only; NULL when there is no memory. */
struct stm_delimited *stm_delimited_new_share(void);

/** Cuts the rows to come in two, so that another thread may read the second ones: until
 *  stm_delimited_rejoin() `table` ends where `other` begins. Each gets at most `most` bytes. Rows
 *  and lines of `other` are counted as if it followed rows and lines 0. False, and nothing changed,
 *  when there is too little to share or where it could be cut cannot be told without reading it. */
bool stm_delimited_share(struct stm_delimited *table, struct stm_delimited *other, size_t most);

/** Whether so little is left of the chunk that stm_delimited_share() refuses it, and it can as well be read with the
 *  next chunk: stm_delimited_chunk() has it go before that one. */
bool stm_delimited_may_wait(const struct stm_delimited *table);

/** After `table` has come to its end: it goes on behind the last row that `other` gave. */
void stm_delimited_rejoin(struct stm_delimited *table, const struct stm_delimited *other);

/** The number of the last row had and the line the next one begins on. */
uint32_t stm_delimited_number(const struct stm_delimited *table);
uint64_t stm_delimited_line(const struct stm_delimited *table);

/** Before the first row: the first line as far as it is in the first chunk. */
stemma_text stm_delimited_first_line(const struct stm_delimited *table);

/** Before the first row, or in the middle: how the rows from here on are cut. STEMMA_OK or
    STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_delimited_set(struct stm_delimited *table,
                                                 struct stm_delimited_dialect dialect);

/** The byte between fields. */
char stm_delimited_delimiter(const struct stm_delimited *table);

/** SHA-256 and size of the unpacked table. After the last chunk. */
void stm_delimited_digest(struct stm_delimited *table, uint8_t digest[STM_SHA256_SIZE],
                          uint64_t *size);

#endif
