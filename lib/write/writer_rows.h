/* SPDX-License-Identifier: MIT */
/* Data sets in a writer. */
#ifndef STEMMA_LIB_WRITER_ROWS_H
#define STEMMA_LIB_WRITER_ROWS_H

#include "document_record.h"
#include "index/row_set.h"
#include "write/writer.h"

/* A data set, open or ended. */
typedef struct stm_writer_rows {
    struct stm_writer_rows *next;
    stm_row_set set;
    uint32_t run;
    stemma_document fields; /* of the document; texts are kept by the writer */
    int has_digest;
    stm_strings term_names;  /* of each handle of the set: kind, then name */
    stm_strings actor_types; /* names of the types */
    stm_strings actor_names; /* type of the actor (two bytes), then its name */
    stemma_text last_type;   /* of actors: the last one asked for, kept by the writer */
    uint32_t last_type_number;
    uint32_t *ordinals; /* of each actor by handle, once it has ended */
} stm_writer_rows;

/* The open data set, or NULL and an error. */
stm_writer_rows *stm_writer_open_rows(stemma_writer *writer, stemma_error *error);

/* Frees all data sets of a writer. */
void stm_writer_rows_free(stemma_writer *writer);

/* Turns the handles of a data set into the terms of the file and gives its rows to the index, whose
   last document is that of the set. */
stemma_status stm_writer_index_rows(stemma_writer *writer, stm_writer_rows *rows,
                                    stemma_error *error);

/* What the document record says of the rows; NULL for a document without. */
const stm_document_rows *stm_writer_document_rows(const stemma_writer *writer,
                                                  const stm_writer_rows *rows,
                                                  stm_document_rows *out);

#endif
