/* SPDX-License-Identifier: MIT */
#include "file/store_write.h"

#include "base/error.h"
#include "limits.h"
#include "file/publish.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pages are gathered and written so many bytes at a time. What is larger goes out from where it is. */
#define BUFFER_BYTES ((size_t)256 << 10)
#define LARGE_BYTES  ((size_t)64 << 10)

/* The disk is given work after so many bytes, so that little of it is left to wait for in the end. */
#define DISK_BYTES ((uint64_t)1 << 20)

/* The file. Bytes before `written`, but for the front, are in it; then come those of `buffer`. */
typedef struct output {
    stm_page_builder builder;
    stm_page_sink sink;
    int file;
    const char *name;
    stemma_error *error; /* of the call that is under way */
    uint64_t written;
    uint64_t begun; /* bytes before this are on their way to the disk */
    size_t filled;
    uint8_t buffer[BUFFER_BYTES];
    size_t front_bytes;
    uint8_t front[STM_PAGE_FRONT_MAX * STEMMA_PAGE_SIZE];
} output;

struct stm_store_writer {
    output *output; /* NULL: there is an observer instead */
    stm_store_front front;
    stm_store_summary summaries[STM_TABLE_COUNT];
    stm_digest digest;
    stm_table table;
    int table_open;
    int least_place;              /* of the next table */
    char where[32];               /* the table, for people */
    stemma_status status;         /* latched */
    stm_store_observer *observer;
    void *observer_context;
};

/* ---- The file -------------------------------------------------------------------------------- */

static stemma_status write_out(output *out, const uint8_t *bytes, size_t size)
{
    stemma_status status = stm_write_at(out->file, bytes, size, out->written, out->name, out->error);
    out->written += size;
    if (status == STEMMA_OK && out->written - out->begun >= DISK_BYTES) {
        /* Only a wish: what comes of it the sync in the end tells. */
        (void)sync_file_range(out->file, (off_t)out->begun, (off_t)(out->written - out->begun),
                              SYNC_FILE_RANGE_WRITE);
        out->begun = out->written;
    }
    return status;
}

static stemma_status flush(output *out)
{
    size_t size = out->filled;
    out->filled = 0;
    return size != 0 ? write_out(out, out->buffer, size) : STEMMA_OK;
}

/* Takes whole pages out of a large value, once those before it are whole. */
static stemma_status write_large(output *out, const uint8_t **bytes, size_t *size)
{
    size_t begin = (STEMMA_PAGE_SIZE - out->filled % STEMMA_PAGE_SIZE) % STEMMA_PAGE_SIZE;
    memcpy(out->buffer + out->filled, *bytes, begin); /* its size is one of whole pages */
    out->filled += begin;
    size_t whole = (*size - begin) / STEMMA_PAGE_SIZE * STEMMA_PAGE_SIZE;
    stemma_status status = flush(out);
    if (status == STEMMA_OK) {
        status = write_out(out, *bytes + begin, whole);
    }
    *bytes += begin + whole;
    *size -= begin + whole;
    return status;
}

static stemma_status append(void *context, const uint8_t *bytes, size_t size)
{
    output *out = context;
    stemma_status status = STEMMA_OK;
    if (size >= LARGE_BYTES) {
        status = write_large(out, &bytes, &size);
    }
    while (size != 0 && status == STEMMA_OK) {
        size_t room = sizeof out->buffer - out->filled;
        size_t part = size < room ? size : room;
        memcpy(out->buffer + out->filled, bytes, part);
        out->filled += part;
        bytes += part;
        size -= part;
        if (out->filled == sizeof out->buffer) {
            status = flush(out);
        }
    }
    return status;
}

static stemma_status place(void *context, uint64_t number, const uint8_t *page)
{
    output *out = context;
    memcpy(out->front + number * STEMMA_PAGE_SIZE, page, STEMMA_PAGE_SIZE);
    return STEMMA_OK;
}

/* ---- Writers --------------------------------------------------------------------------------- */

stemma_status stm_store_writer_new(stm_store_writer **result, int file, const char *name,
                                   const stm_store_front *front, stemma_error *error)
{
    stm_store_writer *writer = calloc(1, sizeof *writer);
    output *out = malloc(sizeof *out);
    *result = writer;
    if (writer == NULL || out == NULL) {
        free(writer);
        free(out);
        *result = NULL;
        return stm_no_memory(error);
    }
    writer->output = out;
    writer->front = *front;
    out->sink = (stm_page_sink){out, append, place};
    out->file = file;
    out->name = name;
    out->filled = 0;
    out->front_bytes = front->end * (size_t)STEMMA_PAGE_SIZE;
    out->written = out->begun = out->front_bytes;
    stm_page_build_begin(&out->builder, &out->sink, front->end);
    return STEMMA_OK;
}

stemma_status stm_store_writer_observed(stm_store_writer **out, stm_store_observer *observer,
                                        void *context, stemma_error *error)
{
    stm_store_writer *writer = calloc(1, sizeof *writer);
    *out = writer;
    if (writer == NULL) {
        return stm_no_memory(error);
    }
    writer->observer = observer;
    writer->observer_context = context;
    return STEMMA_OK;
}

static stemma_status failed(stm_store_writer *writer, const char *doing, stemma_error *error)
{
    writer->status =
        stm_fail(error, STEMMA_E_INTERNAL, "STORE_FAILED", writer->where, "cannot %s", doing);
    return writer->status;
}

/* What the builder refuses is our mistake; what the file refuses has been told. */
static stemma_status built(stm_store_writer *writer, stemma_status status, const char *doing,
                           stemma_error *error)
{
    if (status == STEMMA_OK || status == STEMMA_E_SYSTEM) {
        writer->status = status;
        return status;
    }
    return failed(writer, doing, error);
}

static void end_table(stm_store_writer *writer)
{
    if (writer->table_open) {
        stm_digest_end(writer->summaries[writer->table].digest, &writer->digest);
        writer->table_open = 0;
    }
}

stemma_status stm_store_writer_table(stm_store_writer *writer, stm_table table, stemma_error *error)
{
    if (writer->status != STEMMA_OK) {
        return writer->status;
    }
    end_table(writer);
    writer->table = table;
    writer->table_open = 1;
    snprintf(writer->where, sizeof writer->where, "table %s", stm_tables[table].name);
    if (writer->summaries[table].entries != 0) {
        return failed(writer, "fill a table twice", error);
    }
    return stm_digest_begin(&writer->digest) == STEMMA_OK ? STEMMA_OK
                                                          : failed(writer, "begin a digest", error);
}

/* A table is made with its first record. */
static stemma_status make_table(stm_store_writer *writer, stemma_error *error)
{
    stm_table table = writer->table;
    output *out = writer->output;
    if (stm_table_place[table] < writer->least_place) {
        return failed(writer, "fill a table out of turn", error);
    }
    writer->least_place = stm_table_place[table] + 1;
    return built(writer,
                 stm_page_build_table(&out->builder, stm_tables[table].name,
                                      &writer->front.tables[table]),
                 "begin a table", error);
}

stemma_status stm_store_writer_put(stm_store_writer *writer, stemma_bytes key, stemma_bytes value,
                                   stemma_error *error)
{
    stm_store_summary *summary = &writer->summaries[writer->table];
    output *out = writer->output;
    if (writer->status != STEMMA_OK) {
        return stm_fail(error, writer->status, "STORE_FAILED", writer->where,
                        "writing had failed before");
    }
    if (key.size == 0 || key.size > STEMMA_LIMIT_KEY || value.size > STEMMA_LIMIT_VALUE) {
        writer->status =
            stm_fail(error, STEMMA_E_LIMIT, "RECORD_TOO_LARGE", writer->where,
                     "a record has a key of %zu and a value of %zu bytes", key.size, value.size);
        return writer->status;
    }
    if (out == NULL) {
        writer->status = writer->observer(writer->observer_context, writer->table, key, value);
        return writer->status;
    }
    out->error = error;
    if (summary->entries == 0 && make_table(writer, error) != STEMMA_OK) {
        return writer->status;
    }
    stemma_status status = stm_page_build_add(&out->builder, key, value);
    if (status != STEMMA_OK) {
        return built(writer, status, "write a record", error);
    }
    if (stm_digest_record(&writer->digest, key, value) != STEMMA_OK) {
        return failed(writer, "digest a record", error);
    }
    summary->entries++;
    summary->bytes += key.size + value.size;
    return STEMMA_OK;
}

void stm_store_writer_summary(const stm_store_writer *writer, stm_table table,
                              stm_store_summary *out)
{
    *out = writer->summaries[table];
    if (writer->table_open && writer->table == table) {
        stm_digest_end(out->digest, &writer->digest);
    } else if (out->entries == 0) {
        stm_digest none; /* a table that nothing was written to: the digest of no record */
        if (stm_digest_begin(&none) == STEMMA_OK) {
            stm_digest_end(out->digest, &none);
        }
    }
}

/* Tables without records are in the main table alone. */
static stemma_status make_empty_tables(stm_store_writer *writer)
{
    stemma_status status = STEMMA_OK;
    for (int i = 0; i < STM_TABLE_COUNT && status == STEMMA_OK; i++) {
        if (writer->summaries[i].entries == 0 && !stm_table_is_optional((stm_table)i)) {
            status = stm_page_build_table(&writer->output->builder, stm_tables[i].name,
                                          &writer->front.tables[i]);
        }
    }
    return status;
}

stemma_status stm_store_writer_finish(stm_store_writer *writer, uint64_t *size, stemma_error *error)
{
    output *out = writer->output;
    uint64_t pages = 0;
    if (writer->status != STEMMA_OK) {
        return writer->status;
    }
    end_table(writer);
    snprintf(writer->where, sizeof writer->where, "main table");
    out->error = error;
    stemma_status status = make_empty_tables(writer);
    if (status == STEMMA_OK) {
        status = stm_page_build_end(&out->builder, &pages);
    }
    if (status == STEMMA_OK) {
        status = flush(out);
    }
    if (status == STEMMA_OK) {
        status = stm_write_at(out->file, out->front, out->front_bytes, 0, out->name, error);
    }
    *size = pages * STEMMA_PAGE_SIZE;
    return built(writer, status, "end the file", error);
}

void stm_store_writer_free(stm_store_writer *writer)
{
    if (writer != NULL) {
        free(writer->output);
        free(writer);
    }
}
