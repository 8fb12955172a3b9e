/* SPDX-License-Identifier: MIT */
/**
 * @file csv.h
 * Delimited tables: RFC 4180, with comma, semicolon or tab, line by line in bounded memory.
 *
 *     stm_csv csv;
 *     stm_csv_init(&csv, text, stm_csv_sniff(text));
 *     while ((status = stm_csv_next(&csv, &row, &error)) != STEMMA_END) { ... }
 *     stm_csv_free(&csv);
 */
#ifndef STEMMA_PACK_CSV_H
#define STEMMA_PACK_CSV_H

#include "stemma/status.h"
#include "stemma/types.h"

#define STM_CSV_ROW_LIMIT   (1u << 20) /* bytes of the fields of a row */
#define STM_CSV_FIELD_LIMIT 1024u      /* fields of a row */

/** Private members; one thread at a time. */
typedef struct stm_csv {
    stemma_text input;
    size_t at;
    uint64_t line;     /* of `at`, from 1 */
    size_t line_start; /* of `at` */
    char delimiter;
    char *buffer; /* unescaped fields, STM_CSV_ROW_LIMIT bytes */
    size_t used;
    struct stm_csv_field *fields;
} stm_csv;

/** A field and the place where it begins. */
typedef struct stm_csv_field {
    stemma_text text; /**< Without quotes; lives until the next call with the same stm_csv. */
    uint64_t line;
    uint64_t column; /**< Byte in the line, from 1. */
} stm_csv_field;

typedef struct stm_csv_row {
    const stm_csv_field *fields;
    uint32_t count; /**< At least 1. */
    uint64_t line;  /**< On which the row begins. */
} stm_csv_row;

typedef struct stm_csv_error {
    const char *code; /**< CSV_QUOTE_OPEN, CSV_QUOTE_STRAY, CSV_ROW_TOO_LONG */
    uint64_t line;
    uint64_t column;
} stm_csv_error;

/** The delimiter that the first line has most of, outside quotes: ',' ';' or a tab. Pure. */
char stm_csv_sniff(stemma_text text);

/** Prepares to read `text` (valid UTF-8, byte order mark allowed), which must outlive `csv`.
    STEMMA_OK or STEMMA_E_NO_MEMORY; free with stm_csv_free() in either case. */
STEMMA_NODISCARD stemma_status stm_csv_init(stm_csv *csv, stemma_text text, char delimiter);

/** Frees what `csv` owns, not the text. Harmless twice. */
void stm_csv_free(stm_csv *csv);

/** The next row; blank lines are skipped. STEMMA_OK; STEMMA_END; STEMMA_E_INVALID for a broken row,
 *  with `*error` filled (which may not be NULL): the reader stands behind the row and may go on. A
 *  quoted field that never ends takes the rest of the text with it. */
STEMMA_NODISCARD stemma_status stm_csv_next(stm_csv *csv, stm_csv_row *row, stm_csv_error *error);

#endif
