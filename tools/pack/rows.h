/* SPDX-License-Identifier: MIT */
/**
 * @file rows.h
 * A table, read as its mapping says, into a data set.
 *
 * What the rows go to is a sink: a writer (rows_writer.h), or whatever a test wants to see.
 * Values of few kinds and the names of actors are resolved once and then found in small caches, so
 * that a row costs neither an allocation nor a search.
 */
#ifndef STEMMA_PACK_ROWS_H
#define STEMMA_PACK_ROWS_H

#include "pack/mapping.h"
#include "common/progress.h"
#include "pack/rows_join.h"
#include "stemma/write.h"

/** Where rows go; the functions are those of stemma_writer_*_row*(), see there. */
struct stm_row_sink {
    void *context;
    stemma_status (*add_term)(void *context, const stemma_term *term, stemma_error *error);
    stemma_status (*begin)(void *context, const stemma_document *fields, stemma_error *error);
    stemma_status (*term)(void *context, uint8_t kind, stemma_text name, uint32_t *handle,
                          stemma_error *error);
    stemma_status (*actor)(void *context, stemma_text type, stemma_text name, uint32_t *handle,
                           stemma_error *error);
    stemma_status (*rows)(void *context, const stemma_row *rows, size_t count, size_t *taken,
                          stemma_error *error);
    stemma_status (*digest)(void *context, const uint8_t digest[STEMMA_DIGEST_SIZE], uint64_t size,
                            stemma_error *error);
    stemma_status (*end)(void *context, uint32_t *number, stemma_error *error);
    /** Or NULL: one by one. */
    stemma_status (*actors)(void *context, stemma_text type, const stemma_text *names, size_t count,
                            uint32_t *handles, size_t *taken, stemma_error *error);
    /** All three, or NULL: then every row comes as a stemma_row. */
    stemma_status (*form)(void *context, uint32_t type, const uint32_t *roles, uint32_t count,
                          uint32_t *handle, stemma_error *error);
    stemma_status (*time)(void *context, stemma_text time, uint32_t *handle, stemma_error *error);
    stemma_status (*columns)(void *context, const stemma_plain_rows *columns, size_t *taken,
                             stemma_error *error);
};

struct stm_rows_input {
    int file;                          /**< An open descriptor; stays the caller's. */
    stemma_text name;                  /**< For complaints. */
    stemma_text uri;                   /**< Of the document, when the mapping has none. */
    char delimiter;                    /**< That the file's name speaks for, or 0. */
    const struct stm_mapping *mapping; /**< NULL: by the header, which must name our fields. */
    unsigned jobs;
    struct stm_row_joins *joins;   /**< Rows that the mapping joins are added to it. */
    struct stm_progress *progress; /**< Or NULL. */
};

struct stm_rows_result {
    bool begun;       /**< There is a data set. */
    uint32_t number;  /**< Of its document. */
    uint64_t rows;    /**< That were taken. */
    uint64_t refused; /**< All were counted, and the first of them listed. */
    uint64_t skipped; /**< As the mapping says. */
};

/** Reads the whole table. What is wrong with it or with rows is reported, and the rest is taken.
 *  STEMMA_OK also when the whole table was refused; an error of the sink that is not about a row;
 *  STEMMA_E_NO_MEMORY; STEMMA_NOT_FOUND without mapping when the header does not name our fields:
 * then nothing was reported. */
STEMMA_NODISCARD stemma_status stm_rows_read(const struct stm_rows_input *input,
                                             const struct stm_row_sink *sink,
                                             stm_problems *problems, struct stm_rows_result *result,
                                             stemma_error *error);

#endif
