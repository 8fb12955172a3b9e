/* SPDX-License-Identifier: MIT */
#include "search/search_rank.h"

#include <math.h>

#define BM25_K1 1.2
#define BM25_B  0.75

/* Occurrences for which the longest document that can still get among the best is remembered. */
#define REMEMBERED 64u

typedef struct ranking {
    stm_search *search;
    double weights[STM_QUERY_WORDS]; /* inverse document frequencies, of the search's words */
    uint32_t limit;
    stm_ranked *heap; /* the worst on top */
    uint32_t count;
    /* For a single word: by occurrences, a size above which a document is worse than the worst of
       the heap. Worked out when asked for, anew when the heap has changed. */
    uint32_t changes;
    uint32_t worked_out[REMEMBERED];
    uint32_t longest[REMEMBERED];
} ranking;

/* ---- The heap ------------------------------------------------------------------------------ */

/* Whether a comes after b in the results. */
static int is_worse(const stm_ranked *a, const stm_ranked *b)
{
    return a->score < b->score || (a->score == b->score && a->document > b->document);
}

static void sift_down(stm_ranked *heap, uint32_t count, uint32_t at)
{
    for (;;) {
        uint32_t worst = at, left = 2 * at + 1, right = left + 1;
        stm_ranked held;
        if (left < count && is_worse(&heap[left], &heap[worst])) {
            worst = left;
        }
        if (right < count && is_worse(&heap[right], &heap[worst])) {
            worst = right;
        }
        if (worst == at) {
            return;
        }
        held = heap[at];
        heap[at] = heap[worst];
        heap[worst] = held;
        at = worst;
    }
}

static void heap_add(ranking *r, const stm_ranked *one)
{
    uint32_t at;
    r->changes++;
    if (r->count == r->limit) {
        r->heap[0] = *one;
        sift_down(r->heap, r->count, 0);
        return;
    }
    at = r->count++;
    r->heap[at] = *one;
    while (at > 0 && is_worse(&r->heap[at], &r->heap[(at - 1) / 2])) {
        stm_ranked held = r->heap[at];
        r->heap[at] = r->heap[(at - 1) / 2];
        r->heap[(at - 1) / 2] = held;
        at = (at - 1) / 2;
    }
}

/* Takes the heap apart into order, best first. */
static void heap_sort(ranking *r)
{
    for (uint32_t count = r->count; count > 1; count--) {
        stm_ranked worst = r->heap[0];
        r->heap[0] = r->heap[count - 1];
        r->heap[count - 1] = worst;
        sift_down(r->heap, count - 1, 0);
    }
}

/* ---- Scores -------------------------------------------------------------------------------- */

/* What a word of weight 1 adds. */
double stm_bm25_part(double occurrences, double size, double mean)
{
    double shape = BM25_K1 * (1.0 - BM25_B + BM25_B * size / mean);
    return occurrences * (BM25_K1 + 1.0) / (occurrences + shape);
}

double stm_bm25_weight(double documents, double held)
{
    held = held < documents ? held : documents;
    return log(1.0 + (documents - held + 0.5) / (held + 0.5));
}

/* Whether a document with so many occurrences of the only word may be too long to get among the
   best: an integer compare spares nearly all documents a division. */
static int is_hopeless(ranking *r, uint64_t occurrences, uint32_t size)
{
    if (r->count < r->limit || occurrences >= REMEMBERED) {
        return 0;
    }
    if (r->worked_out[occurrences] != r->changes) {
        double f = (double)occurrences, mean = r->search->mean_size;
        double least = r->heap[0].score / r->weights[0];
        double shape = f * (BM25_K1 + 1.0) / least - f;
        double longest = (shape / BM25_K1 - (1.0 - BM25_B)) / BM25_B * mean;
        /* rounding must not cost a document its place */
        longest = longest < 0 ? 0 : longest * (1 + 1e-9) + 1;
        r->longest[occurrences] = longest < 4294967295.0 ? (uint32_t)longest : UINT32_MAX;
        r->worked_out[occurrences] = r->changes;
    }
    return size > r->longest[occurrences];
}

/* Considers a document that holds every word. */
static stemma_status consider(ranking *r, uint32_t document, stemma_error *error)
{
    const stm_search *search = r->search;
    stm_ranked one = {0, document, STEMMA_NONE};
    uint32_t size = 0;
    stemma_status status =
        stm_search_document(search->cache, document, &size, &one.language, error);
    for (uint32_t i = 0; i < search->word_count && status == STEMMA_OK; i++) {
        uint64_t occurrences;
        status =
            stm_search_occurrences(&search->words[i], document, one.language, &occurrences, error);
        one.score += r->weights[i] * stm_bm25_part((double)occurrences, size, search->mean_size);
    }
    if (status == STEMMA_OK && (r->count < r->limit || is_worse(&r->heap[0], &one))) {
        heap_add(r, &one);
    }
    return status;
}

/* The documents of the only list there is, all of them, chunk by chunk. */
static stemma_status consider_list(ranking *r, stemma_error *error)
{
    const stm_search_cache *cache = r->search->cache;
    stm_posting_cursor *cursor = &r->search->words[0].lists[0]->cursor;
    uint32_t documents[STM_CHUNK_LIMIT], payloads[STM_CHUNK_LIMIT], count;
    stemma_status status;
    while ((status = stm_posting_cursor_next_many(cursor, documents, payloads, STM_CHUNK_LIMIT,
                                                  &count)) == STEMMA_OK) {
        for (uint32_t i = 0; i < count; i++) {
            stm_ranked one = {0, documents[i], STEMMA_NONE};
            uint32_t size;
            uint64_t occurrences = (uint64_t)payloads[i] + 1; /* [I-24] */
            if (one.document >= r->search->until) {
                return STEMMA_OK;
            }
            if (is_hopeless(r, occurrences, stm_search_size(cache, one.document))) {
                continue;
            }
            status = stm_search_document(cache, one.document, &size, &one.language, error);
            if (status != STEMMA_OK) {
                return status;
            }
            one.score = r->weights[0] * stm_bm25_part((double)occurrences, size, r->search->mean_size);
            if (r->count < r->limit || is_worse(&r->heap[0], &one)) {
                heap_add(r, &one);
            }
        }
    }
    return status < 0 ? stm_damaged(error, STM_TABLE_TERM, 0, "POSTING_VALUE") : STEMMA_OK;
}

static stemma_status consider_all(ranking *r, stemma_error *error)
{
    uint32_t document = 0, from = 0;
    stemma_status status = STEMMA_OK;
    if (r->search->word_count == 1 && r->search->pair_count == 0 &&
        r->search->words[0].every_language) {
        return consider_list(r, error);
    }
    while (status == STEMMA_OK &&
           (status = stm_search_next(r->search, from, &document, error)) == STEMMA_OK) {
        status = consider(r, document, error);
        from = document + 1;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_search_best(stm_search *search, uint32_t limit, stm_ranked **out, uint32_t *count,
                              stemma_error *error)
{
    ranking r = {0};
    double documents = (double)search->until;
    stemma_status status;
    *count = 0;
    *out = NULL;
    if (search->word_count == 0 || limit == 0) {
        return STEMMA_OK;
    }
    r.search = search;
    r.limit = search->words[0].documents < limit ? (uint32_t)search->words[0].documents : limit;
    r.limit = r.limit < search->documents ? r.limit : search->documents;
    for (uint32_t i = 0; i < search->word_count; i++) {
        double held = (double)search->words[i].documents;
        r.weights[i] = stm_bm25_weight(documents, held);
    }
    r.heap = stm_snapshot_array(search->snapshot, r.limit, sizeof *r.heap, error);
    if (r.heap == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = consider_all(&r, error);
    heap_sort(&r);
    *out = r.heap;
    *count = r.count;
    return status;
}
