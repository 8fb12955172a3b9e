/* SPDX-License-Identifier: MIT */
/* The documents of a file as interchange. */
#include "common/interchange_members.h"
#include "common/interchange_row.h"
#include "common/interchange_writing.h"
#include "base/error.h"
#include "file/snapshot.h"

#define SLICE 4u /* documents that a thread takes at a time */

struct document_line {
    struct dump *dump;
    const stemma_document *document;
    char id[STEMMA_ID_SIZE];
};

static stemma_status write_document_line(void *context)
{
    const struct document_line *line = context;
    struct dump *dump = line->dump;
    struct stm_arena arena;
    stm_arena_init(&arena, 0);
    stm_writing_begin(dump, "document");
    stm_json_member_text(dump->json, "id", stemma_text_of(line->id));
    stemma_status status = stm_out_document(dump->json, line->document, dump->options->withhold,
                                            dump->options->unit, &arena);
    stm_arena_free(&arena);
    if (status != STEMMA_OK) {
        return stm_fail(dump->error, status, "NO_MEMORY", line->id, "Out of memory");
    }
    if (line->document->row_count != 0) {
        stm_json_member_unsigned(dump->json, "run", line->document->row_run);
        stm_json_member_unsigned(dump->json, "rows", line->document->row_count);
    }
    return stm_writing_end(dump);
}

/* A data set is written by threads of its own, at once to the output. */
static stemma_status write_data_set(struct dump *dump, uint32_t number, const stemma_document *document)
{
    struct dump through = *dump;
    struct document_line line = {.dump = &through, .document = document};
    const struct stm_rows_before before = {write_document_line, &line};
    stemma_status status = stm_writing_document_id(dump, number, line.id);
    if (status == STEMMA_OK && dump->worker != NULL) {
        through.json = dump->worker->ordered->json;
        status = stm_ordered_turn(dump->worker, dump->error);
    }
    return status == STEMMA_OK
               ? stm_interchange_rows(dump->snapshot, number, document, dump->options->jobs, &before,
                                      through.json, dump->error)
               : status;
}

static stemma_status write_document_of(struct dump *dump, uint32_t number,
                                       const stemma_document *written)
{
    stemma_document document = *written;
    struct document_line line = {.dump = dump, .document = &document};
    stemma_status status = stm_writing_document_id(dump, number, line.id);
    if (status != STEMMA_OK) {
        return status;
    }
    if (dump->options->withhold) {
        document.text = (stemma_text){NULL, 0};
    }
    if (document.row_count != 0 && dump->options->salvage == NULL) {
        return write_data_set(dump, number, &document);
    }
    status = write_document_line(&line);
    return status == STEMMA_OK && document.row_count != 0
               ? stm_interchange_rows_left(dump->options->salvage, dump->snapshot, number, &document,
                                           dump->json, dump->error)
               : status;
}

static stemma_status write_document(struct dump *dump, uint32_t number)
{
    stemma_document document;
    stemma_status status = stemma_testimony_get(dump->snapshot, number, &document, dump->error);
    if (status == STEMMA_OK && document.text_withheld == 0 && !dump->options->withhold) {
        status = stemma_text_get(dump->snapshot, number, stemma_whole_span(&document), &document.text,
                                 dump->error);
    }
    return status == STEMMA_OK ? write_document_of(dump, number, &document) : status;
}

static stemma_status write_documents_left(struct dump *dump)
{
    stemma_status status;
    stemma_document document;
    uint32_t number = 0;
    while ((status = stemma_salvage_document(dump->options->salvage, dump->snapshot, &number,
                                             &document, dump->error)) == STEMMA_OK) {
        status = write_document_of(dump, number, &document);
        stemma_snapshot_reset(dump->snapshot);
        if (status != STEMMA_OK) {
            return status;
        }
        number++;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_write_documents(struct dump *dump, uint64_t count)
{
    const struct stm_interchange_options *options = dump->options;
    const uint32_t first = options->first, end = options->last < count ? options->last + 1 : (uint32_t)count;
    return options->salvage != NULL ? write_documents_left(dump)
                                    : stm_write_each(dump, first, end, SLICE, write_document);
}
