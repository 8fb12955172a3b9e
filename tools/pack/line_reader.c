/* SPDX-License-Identifier: MIT */
#include "pack/line_reader.h"

#include <errno.h>
#include <stdlib.h>

#define FIRST_CAPACITY 65536u

void stm_line_reader_init(struct stm_line_reader *reader, FILE *file, size_t limit)
{
    memset(reader, 0, sizeof *reader);
    reader->file = file;
    reader->limit = limit;
}

void stm_line_reader_free(struct stm_line_reader *reader)
{
    free(reader->buffer);
    memset(reader, 0, sizeof *reader);
}

/* Reads more behind what is there; moves the rest to the front and grows up to the limit. */
static stemma_status fill(struct stm_line_reader *reader)
{
    size_t got;
    if (reader->used > 0) {
        memmove(reader->buffer, reader->buffer + reader->used, reader->filled - reader->used);
        reader->filled -= reader->used;
        reader->used = 0;
    }
    if (reader->filled == reader->capacity) {
        size_t capacity = reader->capacity == 0 ? FIRST_CAPACITY : 2 * reader->capacity;
        char *buffer = realloc(reader->buffer, capacity);
        if (buffer == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        reader->buffer = buffer;
        reader->capacity = capacity;
    }
    do {
        clearerr(reader->file); /* of a signal that came in between */
        errno = 0;
        got = fread(reader->buffer + reader->filled, 1, reader->capacity - reader->filled,
                    reader->file);
    } while (got == 0 && ferror(reader->file) && errno == EINTR);
    reader->filled += got;
    if (ferror(reader->file) && errno != EINTR) {
        return STEMMA_E_SYSTEM;
    }
    reader->ended = got == 0;
    return STEMMA_OK;
}

/* Drops bytes up to and with the next line feed. */
static stemma_status skip_line(struct stm_line_reader *reader)
{
    for (;;) {
        char *end = reader->filled > reader->used
                        ? memchr(reader->buffer + reader->used, '\n',
                                 reader->filled - reader->used)
                        : NULL;
        stemma_status status;
        if (end != NULL) {
            reader->used = (size_t)(end - reader->buffer) + 1;
            return STEMMA_OK;
        }
        if (reader->ended) {
            reader->used = reader->filled;
            return STEMMA_OK;
        }
        reader->used = reader->filled;
        status = fill(reader);
        if (status != STEMMA_OK) {
            return status;
        }
    }
}

stemma_status stm_line_reader_next(struct stm_line_reader *reader, stemma_text *line)
{
    size_t searched = 0;
    for (;;) {
        size_t rest = reader->filled - reader->used;
        char *start = reader->buffer != NULL ? reader->buffer + reader->used : NULL;
        char *end = rest > searched ? memchr(start + searched, '\n', rest - searched) : NULL;
        stemma_status status;
        if (end != NULL || (reader->ended && rest > 0)) {
            size_t size = end != NULL ? (size_t)(end - start) : rest;
            reader->number++;
            reader->used += end != NULL ? size + 1 : size;
            if (size > reader->limit) {
                return STEMMA_E_LIMIT;
            }
            *line = (stemma_text){start, size};
            return STEMMA_OK;
        }
        if (reader->ended) {
            return STEMMA_END;
        }
        if (rest > reader->limit) {
            reader->number++;
            status = skip_line(reader);
            return status == STEMMA_OK ? STEMMA_E_LIMIT : status;
        }
        searched = rest;
        status = fill(reader);
        if (status != STEMMA_OK) {
            return status;
        }
    }
}
