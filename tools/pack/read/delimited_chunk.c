/* SPDX-License-Identifier: MIT */
#include "pack/read/delimited_chunk.h"

#include <pthread.h>
#include <nettle/sha2.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "pack/read/delimited_source.h"

/* Chunks in flight: one was split, one is split, one digested, one filled, one waits. */
#define AHEAD 5u

/* Read at a time: little memory is touched, and most of it is still in the processor's cache when it is read again. */
#define READ_MOST (STM_DELIMITED_CHUNK / 2)

struct chunk {
    char *memory; /* STM_DELIMITED_CHUNK for what is carried, then as much for the chunk and the slack */
    size_t size;
};

struct stm_delimited_chunks {
    struct stm_delimited_source *source;
    struct chunk ring[AHEAD];
    struct sha256_ctx digest;
    uint64_t size;
    bool threads;
    pthread_t reader;
    pthread_t digester;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    /* Under the lock, when there are threads. Each counts chunks. */
    uint64_t filled;
    uint64_t digested;
    uint64_t split;       /* given back by the caller: all before the last two */
    bool ended;           /* no chunk will be filled any more */
    bool stopped;         /* nobody wants more */
    stemma_status status; /* why it ended: STEMMA_END or an error */
    stemma_error error;
    /* The caller's. */
    uint64_t given;
};

static char *data_of(const struct chunk *chunk)
{
    return chunk->memory + STM_DELIMITED_CHUNK;
}

static uint64_t oldest_in_use(const struct stm_delimited_chunks *chunks)
{
    return chunks->digested < chunks->split ? chunks->digested : chunks->split;
}

static void *run_reader(void *argument)
{
    struct stm_delimited_chunks *chunks = argument;
    stemma_status status = STEMMA_OK;
    pthread_mutex_lock(&chunks->lock);
    while (status == STEMMA_OK) {
        struct chunk *chunk = &chunks->ring[chunks->filled % AHEAD];
        stemma_error error = {0};
        size_t got = 0;
        while (chunks->filled - oldest_in_use(chunks) == AHEAD && !chunks->stopped) {
            pthread_cond_wait(&chunks->moved, &chunks->lock);
        }
        if (chunks->stopped) {
            break;
        }
        pthread_mutex_unlock(&chunks->lock);
        status = stm_delimited_source_read(chunks->source, data_of(chunk), READ_MOST,
                                           &got, &error);
        pthread_mutex_lock(&chunks->lock);
        chunk->size = got;
        chunks->filled += got != 0;
        if (status != STEMMA_OK) {
            chunks->status = status;
            chunks->error = error;
            chunks->ended = true;
        }
        pthread_cond_broadcast(&chunks->moved);
    }
    pthread_mutex_unlock(&chunks->lock);
    return NULL;
}

static void digest_chunk(struct stm_delimited_chunks *chunks, const struct chunk *chunk)
{
    sha256_update(&chunks->digest, chunk->size, (const uint8_t *)data_of(chunk));
    chunks->size += chunk->size;
}

static void *run_digester(void *argument)
{
    struct stm_delimited_chunks *chunks = argument;
    pthread_mutex_lock(&chunks->lock);
    for (;;) {
        while (chunks->digested == chunks->filled && !chunks->ended && !chunks->stopped) {
            pthread_cond_wait(&chunks->moved, &chunks->lock);
        }
        if (chunks->stopped || chunks->digested == chunks->filled) {
            break;
        }
        pthread_mutex_unlock(&chunks->lock);
        digest_chunk(chunks, &chunks->ring[chunks->digested % AHEAD]);
        pthread_mutex_lock(&chunks->lock);
        chunks->digested++;
        pthread_cond_broadcast(&chunks->moved);
    }
    pthread_mutex_unlock(&chunks->lock);
    return NULL;
}

static void stop(struct stm_delimited_chunks *chunks)
{
    pthread_mutex_lock(&chunks->lock);
    chunks->stopped = true;
    pthread_cond_broadcast(&chunks->moved);
    pthread_mutex_unlock(&chunks->lock);
}

/* Without threads everything works on the caller's, so that one that cannot be had is no error. */
static void start_threads(struct stm_delimited_chunks *chunks)
{
    if (pthread_mutex_init(&chunks->lock, NULL) != 0) {
        return;
    }
    if (pthread_cond_init(&chunks->moved, NULL) != 0) {
        pthread_mutex_destroy(&chunks->lock);
        return;
    }
    chunks->threads = true;
    if (pthread_create(&chunks->digester, NULL, run_digester, chunks) == 0) {
        if (pthread_create(&chunks->reader, NULL, run_reader, chunks) == 0) {
            return;
        }
        stop(chunks);
        pthread_join(chunks->digester, NULL);
        chunks->stopped = false;
    }
    pthread_cond_destroy(&chunks->moved);
    pthread_mutex_destroy(&chunks->lock);
    chunks->threads = false;
}

stemma_status stm_delimited_chunks_open(struct stm_delimited_chunks **out, int file, unsigned jobs,
                                        stemma_error *error)
{
    struct stm_delimited_chunks *chunks = calloc(1, sizeof *chunks);
    unsigned count = jobs > 1 ? AHEAD : 2;
    stemma_status status = STEMMA_OK;
    *out = chunks;
    if (chunks == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    sha256_init(&chunks->digest);
    for (unsigned i = 0; i < count && status == STEMMA_OK; i++) {
        chunks->ring[i].memory = malloc(STM_DELIMITED_CHUNK + READ_MOST + STM_DELIMITED_SLACK);
        if (chunks->ring[i].memory == NULL) {
            status = stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
        }
    }
    if (status == STEMMA_OK) {
        status = stm_delimited_source_open(&chunks->source, file, error);
    }
    if (status != STEMMA_OK) {
        stm_delimited_chunks_close(chunks);
        *out = NULL;
        return status;
    }
    if (jobs > 1) {
        start_threads(chunks);
    }
    return STEMMA_OK;
}

static unsigned ring_size(const struct stm_delimited_chunks *chunks)
{
    return chunks->ring[AHEAD - 1].memory != NULL ? AHEAD : 2;
}

/* Waits for, or makes, the chunk after those that were given. */
static bool obtain(struct stm_delimited_chunks *chunks)
{
    struct chunk *chunk = &chunks->ring[chunks->given % ring_size(chunks)];
    bool there;
    if (chunks->threads) {
        pthread_mutex_lock(&chunks->lock);
        while (chunks->filled == chunks->given && !chunks->ended) {
            pthread_cond_wait(&chunks->moved, &chunks->lock);
        }
        there = chunks->filled != chunks->given;
        pthread_mutex_unlock(&chunks->lock);
        return there;
    }
    if (chunks->ended) {
        return false;
    }
    chunks->status = stm_delimited_source_read(chunks->source, data_of(chunk), READ_MOST,
                                               &chunk->size, &chunks->error);
    chunks->ended = chunks->status != STEMMA_OK;
    if (chunk->size == 0) {
        return false;
    }
    digest_chunk(chunks, chunk);
    return true;
}

stemma_status stm_delimited_chunks_next(struct stm_delimited_chunks *chunks, size_t carry,
                                        stemma_text *chunk, stemma_error *error)
{
    const unsigned count = ring_size(chunks);
    const struct chunk *before =
        chunks->given != 0 ? &chunks->ring[(chunks->given - 1) % count] : NULL;
    struct chunk *next = &chunks->ring[chunks->given % count];
    const char *carried = before != NULL ? data_of(before) + before->size - carry : NULL;
    if (!obtain(chunks)) {
        *chunk = (stemma_text){carried, carry};
        if (chunks->status != STEMMA_END && error != NULL) {
            *error = chunks->error;
        }
        return chunks->status;
    }
    if (carry != 0) {
        memcpy(data_of(next) - carry, carried, carry);
    }
    if (chunks->threads && chunks->given >= 2) {
        pthread_mutex_lock(&chunks->lock);
        chunks->split++;
        pthread_cond_broadcast(&chunks->moved);
        pthread_mutex_unlock(&chunks->lock);
    }
    chunks->given++;
    *chunk = (stemma_text){data_of(next) - carry, next->size + carry};
    return STEMMA_OK;
}

void stm_delimited_chunks_digest(struct stm_delimited_chunks *chunks,
                                 uint8_t digest[STM_SHA256_SIZE], uint64_t *size)
{
    if (chunks->threads) {
        pthread_mutex_lock(&chunks->lock);
        while (chunks->digested != chunks->filled) {
            pthread_cond_wait(&chunks->moved, &chunks->lock);
        }
        pthread_mutex_unlock(&chunks->lock);
    }
    sha256_digest(&chunks->digest, SHA256_DIGEST_SIZE, digest);
    *size = chunks->size;
}

void stm_delimited_chunks_close(struct stm_delimited_chunks *chunks)
{
    if (chunks == NULL) {
        return;
    }
    if (chunks->threads) {
        stop(chunks);
        pthread_join(chunks->reader, NULL);
        pthread_join(chunks->digester, NULL);
        pthread_cond_destroy(&chunks->moved);
        pthread_mutex_destroy(&chunks->lock);
    }
    stm_delimited_source_close(chunks->source);
    for (unsigned i = 0; i < AHEAD; i++) {
        free(chunks->ring[i].memory);
    }
    free(chunks);
}
