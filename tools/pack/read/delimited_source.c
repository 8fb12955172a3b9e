/* SPDX-License-Identifier: MIT */
#include "pack/read/delimited_source.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/error.h"

#define PACKED_SIZE ((size_t)256 << 10)
/* gzip's own header and trailer, and a window of 2^15. */
#define GZIP_WINDOW (15 + 16)
/* The largest window that a zstd frame may ask for: 2^27 bytes. */
#define ZSTD_WINDOW 27

enum packing { PLAIN, GZIP, ZSTD };

struct stm_delimited_source {
    int file;
    enum packing packing;
    bool ended;  /* the descriptor has no more */
    bool inside; /* a gzip member or zstd frame was begun and is not complete */
    bool padded; /* zeros behind a gzip member: nothing else may follow */
    size_t used;
    size_t filled;
    z_stream inflate;
    ZSTD_DStream *zstd;
    char packed[PACKED_SIZE];
};

/* One read into `data`, past interruptions. */
static stemma_status read_some(struct stm_delimited_source *source, char *data, size_t capacity,
                               size_t *got, stemma_error *error)
{
    ssize_t count;
    *got = 0;
    do {
        count = read(source->file, data, capacity);
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        return stm_fail(error, STEMMA_E_SYSTEM, "READ_FAILED", "", "Reading failed: %s",
                        strerror(errno));
    }
    source->ended = count == 0;
    *got = (size_t)count;
    return STEMMA_OK;
}

/* More packed bytes behind those that are used up. */
static stemma_status refill(struct stm_delimited_source *source, stemma_error *error)
{
    size_t got;
    stemma_status status;
    if (source->used != source->filled || source->ended) {
        return STEMMA_OK;
    }
    status = read_some(source, source->packed, PACKED_SIZE, &got, error);
    source->used = 0;
    source->filled = got;
    return status;
}

static stemma_status damaged(stemma_error *error, const char *why)
{
    return stm_fail(error, STEMMA_E_INVALID, "COMPRESSION_DAMAGED", "", "%s", why);
}

static enum packing packing_of(const char *data, size_t size)
{
    static const unsigned char gzip[] = {0x1f, 0x8b};
    static const unsigned char zstd[] = {0x28, 0xb5, 0x2f, 0xfd};
    if (size >= sizeof gzip && memcmp(data, gzip, sizeof gzip) == 0) {
        return GZIP;
    }
    if (size >= sizeof zstd && memcmp(data, zstd, sizeof zstd) == 0) {
        return ZSTD;
    }
    return PLAIN;
}

stemma_status stm_delimited_source_open(struct stm_delimited_source **out, int file,
                                        stemma_error *error)
{
    struct stm_delimited_source *source = calloc(1, sizeof *source);
    stemma_status status = STEMMA_OK;
    *out = source;
    if (source == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    source->file = file;
    /* A pipe may give its first bytes one by one. */
    while (status == STEMMA_OK && source->filled < 4 && !source->ended) {
        size_t got;
        status = read_some(source, source->packed + source->filled, PACKED_SIZE - source->filled,
                           &got, error);
        source->filled += got;
    }
    if (status != STEMMA_OK) {
        stm_delimited_source_close(source);
        *out = NULL;
        return status;
    }
    source->packing = packing_of(source->packed, source->filled);
    if (source->packing == GZIP && inflateInit2(&source->inflate, GZIP_WINDOW) != Z_OK) {
        source->packing = PLAIN; /* nothing to end */
        status = STEMMA_E_NO_MEMORY;
    }
    if (source->packing == ZSTD) {
        source->zstd = ZSTD_createDStream();
        if (source->zstd == NULL ||
            ZSTD_isError(ZSTD_DCtx_setParameter(source->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW))) {
            status = STEMMA_E_NO_MEMORY;
        }
    }
    if (status != STEMMA_OK) {
        stm_delimited_source_close(source);
        *out = NULL;
        return stm_fail(error, status, "NO_MEMORY", "", "Out of memory");
    }
    return STEMMA_OK;
}

void stm_delimited_source_close(struct stm_delimited_source *source)
{
    if (source != NULL) {
        if (source->packing == GZIP) {
            inflateEnd(&source->inflate);
        }
        ZSTD_freeDStream(source->zstd);
        free(source);
    }
}

static stemma_status read_plain(struct stm_delimited_source *source, char *out, size_t capacity,
                                size_t *got, stemma_error *error)
{
    size_t rest = source->filled - source->used;
    if (rest != 0) {
        *got = rest < capacity ? rest : capacity;
        memcpy(out, source->packed + source->used, *got);
        source->used += *got;
        return STEMMA_OK;
    }
    return read_some(source, out, capacity, got, error);
}

/* Between members: skips the zeros that pad tapes and block devices. */
static stemma_status skip_padding(struct stm_delimited_source *source, stemma_error *error)
{
    while (source->used < source->filled && source->packed[source->used] == '\0') {
        source->used++;
        source->padded = true;
    }
    return source->padded && source->used < source->filled
               ? damaged(error, "Something that is not gzip follows the compressed table")
               : STEMMA_OK;
}

static stemma_status read_gzip(struct stm_delimited_source *source, char *out, size_t capacity,
                               size_t *got, stemma_error *error)
{
    z_stream *inflater = &source->inflate;
    stemma_status status = STEMMA_OK;
    int code;
    if (!source->inside) {
        status = skip_padding(source, error);
        if (status != STEMMA_OK || source->used == source->filled) {
            return status;
        }
        if (inflateReset(inflater) != Z_OK) {
            return stm_fail(error, STEMMA_E_INTERNAL, "INTERNAL", "", "zlib refuses its own state");
        }
        source->inside = true;
    }
    inflater->next_in = (unsigned char *)source->packed + source->used;
    inflater->avail_in = (uInt)(source->filled - source->used);
    inflater->next_out = (unsigned char *)out;
    inflater->avail_out = (uInt)(capacity < PACKED_SIZE ? capacity : PACKED_SIZE);
    code = inflate(inflater, Z_NO_FLUSH);
    source->used = source->filled - inflater->avail_in;
    *got = (size_t)((char *)inflater->next_out - out);
    if (code == Z_STREAM_END) {
        source->inside = false;
    } else if (code == Z_MEM_ERROR) {
        status = stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
        status = damaged(error, "The gzip data are damaged");
    }
    return status;
}

static stemma_status read_zstd(struct stm_delimited_source *source, char *out, size_t capacity,
                               size_t *got, stemma_error *error)
{
    ZSTD_inBuffer in = {source->packed, source->filled, source->used};
    ZSTD_outBuffer into = {out, capacity, 0};
    size_t rest;
    if (!source->inside && source->used == source->filled) {
        return STEMMA_OK; /* no frame begins here */
    }
    rest = ZSTD_decompressStream(source->zstd, &into, &in);
    source->used = in.pos;
    *got = into.pos;
    if (ZSTD_isError(rest)) {
        return damaged(error, "The zstd data are damaged, or ask for too large a window");
    }
    source->inside = rest != 0;
    return STEMMA_OK;
}

static stemma_status read_piece(struct stm_delimited_source *source, char *out, size_t capacity,
                                size_t *got, stemma_error *error)
{
    stemma_status status;
    if (source->packing == PLAIN) {
        return read_plain(source, out, capacity, got, error);
    }
    status = refill(source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    /* What is left inside the unpacker comes out even when there is nothing more to put in. */
    status = source->packing == GZIP ? read_gzip(source, out, capacity, got, error)
                                     : read_zstd(source, out, capacity, got, error);
    if (status == STEMMA_OK && *got == 0 && source->ended && source->inside) {
        return damaged(error, "The compressed data are cut short");
    }
    return status;
}

stemma_status stm_delimited_source_read(struct stm_delimited_source *source, char *out,
                                        size_t capacity, size_t *got, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    *got = 0;
    while (status == STEMMA_OK && *got < capacity) {
        size_t piece = 0;
        status = read_piece(source, out + *got, capacity - *got, &piece, error);
        *got += piece;
        if (piece == 0 && source->ended && source->used == source->filled) {
            break;
        }
    }
    return status == STEMMA_OK && *got == 0 ? STEMMA_END : status;
}
