/* SPDX-License-Identifier: MIT */
/* What the parts of the writer of interchange share. */
#ifndef STEMMA_TOOLS_INTERCHANGE_WRITING_H
#define STEMMA_TOOLS_INTERCHANGE_WRITING_H

#include "common/interchange_write.h"
#include "common/ordered.h"

struct dump {
    stemma_snapshot *snapshot;
    const struct stm_interchange_options *options;
    stm_json *json;
    stemma_error *error;
    struct stm_ordered_worker *worker; /* that the lines are put together for; NULL: they go to the output */
};

/* Begins a record, up to its kind. */
void stm_writing_begin(struct dump *dump, const char *record);

/* Ends the line. There is no use in going on when the output fails. */
stemma_status stm_writing_end(struct dump *dump);

/* The id of a document without its "d.". */
stemma_status stm_writing_document_id(struct dump *dump, uint32_t document, char out[STEMMA_ID_SIZE]);

/* Writes a record of a kind by its number. */
typedef stemma_status stm_write_one(struct dump *dump, uint32_t number);

/* Writes records [first, end), by as many threads as the options say, each with a snapshot of its own, that take
   `slice` of them at a time. The snapshots are reset between them. The same lines whatever the number of threads,
   also of a damaged file: up to the first record that fails, whose status is returned. */
stemma_status stm_write_each(struct dump *dump, uint32_t first, uint32_t end, uint32_t slice, stm_write_one *one);

/* All that are asked for, of `count`. */
stemma_status stm_write_documents(struct dump *dump, uint64_t count);

#endif
