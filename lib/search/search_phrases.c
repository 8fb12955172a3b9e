/* SPDX-License-Identifier: MIT */
#include "search/search_phrases.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/parallel.h"
#include "file/publish.h"
#include "search/search_text.h"

#define ALONE 256u  /* texts that are read before other threads are asked to help */
#define BATCH 4096u /* texts that are read together then at most; the first time twice as many as alone */
#define SLICE 16u   /* of these that one thread takes at a time */
#define LANES 4u

/* What is known of a document. */
enum { UNKNOWN, ABSENT, STANDS };

stemma_status stm_phrases_text(stemma_snapshot *snapshot, uint32_t document, stemma_text *text,
                               stemma_error *error)
{
    stemma_span whole = {0, UINT32_MAX};
    stemma_status status = stemma_text_get(snapshot, document, whole, text, error);
    if (status == STEMMA_NOT_FOUND) {
        text->data = NULL;
        text->size = 0;
        return STEMMA_OK;
    }
    return status;
}

int stm_phrases_need_texts(const stm_search *search)
{
    int look = 0;
    for (uint32_t i = 0; i < search->query.phrase_count; i++) {
        look |= (search->cache->present & ~search->told[i]) != 0;
    }
    return look;
}

/* The phrases in one document, by a snapshot and cache that may be those of another thread. */
static stemma_status look(const stm_search *search, stemma_snapshot *snapshot,
                          stm_search_cache *cache, uint32_t document, uint32_t language, int *stand,
                          stemma_error *error)
{
    const stm_query *query = &search->query;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_text text = {NULL, 0};
    stemma_status status = STEMMA_OK;
    int all_told = 1; /* by lists of pairs */
    *stand = 1;
    for (uint32_t i = 0; i < query->phrase_count; i++) {
        all_told = all_told && (search->told[i] & stm_language_bit(language)) != 0;
    }
    if (all_told) {
        return STEMMA_OK;
    }
    status = stm_phrases_text(snapshot, document, &text, error);
    for (uint32_t i = 0; status == STEMMA_OK && *stand && i < query->phrase_count; i++) {
        if ((search->told[i] & stm_language_bit(language)) == 0) {
            status = stm_text_holds(cache, language, text, query->phrases[i], stand);
            status = status == STEMMA_E_NO_MEMORY ? stm_no_memory(error) : status;
        }
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

stemma_status stm_phrases_stand(stm_search *search, uint32_t document, uint32_t language, int *stand,
                                stemma_error *error)
{
    return look(search, search->snapshot, search->cache, document, language, stand, error);
}

/* ---- Several threads ------------------------------------------------------------------------- */

/* Results that are read together, in the order of documents, in which they lie in the file. */
typedef struct batch {
    const stm_search *search;
    const stm_ranked *results;
    uint32_t count;
    atomic_uint next;
    uint64_t order[BATCH]; /* document, and below it the place among the results */
    uint8_t known[BATCH];
    stemma_snapshot *lanes[LANES]; /* the calling thread's among them; NULL: could not be had */
} batch;

/* What goes wrong here leaves documents unknown: the calling thread meets it again. */
static void read_lane(void *context, size_t item)
{
    batch *self = context;
    stemma_snapshot *snapshot = self->lanes[item];
    stm_search_cache *cache = NULL;
    uint32_t first;
    if (snapshot == NULL || stm_search_cache_get(snapshot, &cache, NULL) != STEMMA_OK) {
        return;
    }
    while ((first = atomic_fetch_add(&self->next, SLICE)) < self->count) {
        for (uint32_t i = first; i < self->count && i < first + SLICE; i++) {
            uint32_t place = (uint32_t)self->order[i];
            const stm_ranked *one = &self->results[place];
            int stand = 0;
            if (look(self->search, snapshot, cache, one->document, one->language, &stand, NULL) ==
                STEMMA_OK) {
                self->known[place] = stand ? STANDS : ABSENT;
            }
        }
    }
}

static int by_number(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

static void read_together(batch *self, unsigned lanes)
{
    for (uint32_t i = 0; i < self->count; i++) {
        self->order[i] = (uint64_t)self->results[i].document << 32 | i;
    }
    qsort(self->order, self->count, sizeof self->order[0], by_number);
    atomic_store(&self->next, 0);
    stm_parallel(lanes, lanes, read_lane, self);
}

/* Keeps of results [from, from + the batch's count) those that have the phrases; `lanes` is 0 for the first
   ones, which are read one by one. */
static stemma_status keep_batch(stm_search *search, batch *self, unsigned lanes, stm_ranked *best,
                                uint32_t from, uint32_t wanted, uint32_t *kept,
                                stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    memset(self->known, UNKNOWN, sizeof self->known);
    if (lanes > 0) {
        read_together(self, lanes);
    }
    for (uint32_t i = 0; i < self->count && *kept < wanted; i++) {
        int stand = self->known[i] == STANDS;
        if (self->known[i] == UNKNOWN) {
            status = stm_phrases_stand(search, best[from + i].document, best[from + i].language,
                                       &stand, error);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (stand) {
            best[(*kept)++] = best[from + i];
        }
    }
    return STEMMA_OK;
}

static unsigned begin_lanes(stm_search *search, batch *self)
{
    unsigned lanes = stm_parallel_default();
    lanes = lanes < LANES ? lanes : LANES;
    self->lanes[0] = search->snapshot;
    for (unsigned i = 1; i < lanes; i++) {
        if (stemma_snapshot_begin(&self->lanes[i], search->snapshot->file, NULL) != STEMMA_OK) {
            self->lanes[i] = NULL;
        }
    }
    return lanes;
}

stemma_status stm_phrases_keep(stm_search *search, uint32_t wanted, stm_ranked *best, uint32_t *count,
                               stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(search->snapshot);
    batch *self = stm_snapshot_alloc(search->snapshot, sizeof *self, error);
    stemma_status status = self == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    unsigned lanes = 0;
    uint32_t kept = 0, most = ALONE;
    if (self != NULL) {
        memset(self, 0, sizeof *self);
        self->search = search;
    }
    for (uint32_t from = 0; status == STEMMA_OK && from < *count && kept < wanted;) {
        self->results = best + from;
        self->count = *count - from < most ? *count - from : most;
        status = keep_batch(search, self, lanes, best, from, wanted, &kept, error);
        from += self->count;
        most = most < BATCH ? 2 * most : BATCH;
        if (lanes == 0 && from < *count && kept < wanted) {
            lanes = begin_lanes(search, self);
        }
    }
    for (unsigned i = 1; i < lanes; i++) {
        stemma_snapshot_end(self->lanes[i]);
    }
    stm_snapshot_rewind(search->snapshot, mark);
    *count = kept;
    return status;
}
