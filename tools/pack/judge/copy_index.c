/* SPDX-License-Identifier: MIT */
#include "pack/judge/copy_index.h"

#include "base/memory_sort.h"
#include "base/parallel.h"
#include "pack/judge/passage.h"

#include <stdlib.h>

#define INDEX_TARGET   (8u << 20) /* entries of the index before only a sample of them is kept */
#define LONG_LIST      32u        /* documents that share a shingle before only the first count */
#define LONG_LIST_TAKE 8u
#define STRIPE         8u             /* documents that a thread lists at a time */
#define WINDOW         256u           /* documents between two looks at time and memory */
#define KEPT           ((size_t)1 << 18) /* bytes that are kept from document to document */
#define LOOKS          64u /* at the index, all over it, between two looks at memory */

static int compare_entries(const void *left, const void *right)
{
    const struct stm_copy_entry *a = left;
    const struct stm_copy_entry *b = right;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return (a->document > b->document) - (a->document < b->document);
}

/* One in how many shingles is kept, a power of two: by their hash, so all documents keep the same.
 */
static uint64_t sampling(const struct stm_judge_input *input)
{
    uint64_t words = 0;
    for (uint32_t d = 0; d < input->document_count; d++) {
        words += input->documents[d]->text.size / 6;
    }
    uint64_t step = 1;
    while (words / step > INDEX_TARGET) {
        step *= 2;
    }
    return step;
}

/* Documents whose shingles threads list, stripe by stripe. */
struct listing {
    const struct stm_judge_input *input;
    uint64_t step;
    uint32_t from; /* the first document of the window */
    uint32_t end;
    struct stripe {
        struct stm_arena arena;
        struct stm_copy_entry *entries; /* document by document */
        size_t count;
        size_t capacity;
        stemma_status status;
    } stripes[WINDOW / STRIPE];
};

/* Adds those shingles of a document to its stripe that are kept. */
static stemma_status list_document(const struct listing *listing, struct stripe *stripe,
                                   uint32_t document, struct stm_arena *scratch)
{
    struct stm_words words;
    stemma_status status = stm_words_split(scratch, listing->input->documents[document], &words);
    for (uint32_t i = 0; status == STEMMA_OK && i + STM_SHINGLE <= words.count; i++) {
        uint64_t hash = stm_words_shingle(&words, i);
        if ((hash >> 32) % listing->step != 0) {
            continue;
        }
        status = stm_arena_grow(&stripe->arena, &stripe->entries, stripe->count, &stripe->capacity,
                                sizeof *stripe->entries);
        if (status == STEMMA_OK) {
            stripe->entries[stripe->count].hash = hash;
            stripe->entries[stripe->count++].document = document;
        }
    }
    return status;
}

static void list_stripe(void *context, size_t number)
{
    const struct listing *listing = context;
    struct stripe *stripe = &((struct listing *)context)->stripes[number];
    uint32_t first = listing->from + (uint32_t)number * STRIPE;
    uint32_t end = listing->end - first < STRIPE ? listing->end : first + STRIPE;
    struct stm_arena scratch;
    stm_arena_init(&scratch, 0);
    for (uint32_t d = first; d < end && stripe->status == STEMMA_OK; d++) {
        stripe->status = list_document(listing, stripe, d, &scratch);
        stm_arena_reset(&scratch, KEPT);
    }
    stm_arena_free(&scratch);
}

/* Adds what a stripe lists to all that are listed, of which there are `*count`. */
static stemma_status take_stripe(const struct stripe *stripe, struct stm_arena *arena,
                                 struct stm_copy_index *index, size_t *count, size_t *capacity)
{
    stemma_status status = stripe->status;
    for (size_t i = 0; status == STEMMA_OK && i < stripe->count; i++) {
        status = *count >= STEMMA_NONE - 1
                     ? STEMMA_E_NO_MEMORY
                     : stm_arena_grow(arena, &index->entries, *count, capacity, sizeof *index->entries);
        if (status == STEMMA_OK) {
            index->entries[(*count)++] = stripe->entries[i];
        }
    }
    return status;
}

static stemma_status list_window(struct listing *listing, struct stm_arena *arena,
                                 struct stm_copy_index *index, size_t *count, size_t *capacity)
{
    const uint32_t stripes = (listing->end - listing->from + STRIPE - 1) / STRIPE;
    stemma_status status = STEMMA_OK;
    for (uint32_t s = 0; s < stripes; s++) {
        listing->stripes[s] = (struct stripe){.status = STEMMA_OK};
        stm_arena_init(&listing->stripes[s].arena, 0);
    }
    stm_parallel(listing->input->jobs > 0 ? listing->input->jobs : 1, stripes, list_stripe, listing);
    for (uint32_t s = 0; s < stripes; s++) {
        if (status == STEMMA_OK) {
            status = take_stripe(&listing->stripes[s], arena, index, count, capacity);
        }
        stm_arena_free(&listing->stripes[s].arena);
    }
    return status;
}

static stemma_status collect_entries(const struct stm_judge_input *input, struct stm_arena *arena,
                                     struct stm_copy_index *index)
{
    const uint32_t all = input->document_count;
    struct listing listing = {.input = input, .step = index->step};
    size_t count = 0;
    size_t capacity = 0;
    for (; listing.from < all; listing.from = listing.end) {
        listing.end = all - listing.from < WINDOW ? all : listing.from + WINDOW;
        stm_judge_step(input, arena, "reading texts", listing.from, all);
        stemma_status status = list_window(&listing, arena, index, &count, &capacity);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (count != 0) {
        stm_memory_sort_hashed(arena->memory, index->entries, count, sizeof *index->entries,
                               compare_entries);
    }
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || compare_entries(&index->entries[i], &index->entries[i - 1]) != 0) {
            index->entries[index->count++] = index->entries[i];
        }
    }
    return STEMMA_OK;
}

stemma_status stm_copy_index_build(const struct stm_judge_input *input, struct stm_arena *arena,
                                   struct stm_copy_index *index)
{
    memset(index, 0, sizeof *index);
    index->step = sampling(input);
    stemma_status status = collect_entries(input, arena, index);
    if (status != STEMMA_OK) {
        return status;
    }
    index->first = stm_arena_alloc(arena, (size_t)input->document_count + 2, sizeof(uint32_t));
    index->entry_of = stm_arena_alloc(arena, index->count, sizeof(uint32_t));
    if (index->first == NULL || index->entry_of == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < index->count; i++) {
        index->first[index->entries[i].document + 2]++;
    }
    for (uint32_t d = 0; d < input->document_count; d++) {
        index->first[d + 2] += index->first[d + 1];
    }
    for (uint32_t i = 0; i < index->count; i++) {
        index->entry_of[index->first[index->entries[i].document + 1]++] = i;
    }
    return STEMMA_OK;
}

static int compare_candidates(const void *left, const void *right)
{
    const struct stm_copy_candidate *a = left;
    const struct stm_copy_candidate *b = right;
    if (a->shared != b->shared) {
        return a->shared > b->shared ? -1 : 1;
    }
    return (a->document > b->document) - (a->document < b->document);
}

/* The earlier documents that share most shingles with `document`, best first. */
uint32_t stm_copy_candidates(stm_memory *memory, const struct stm_copy_index *index,
                             uint32_t document, uint32_t *shared,
                             struct stm_copy_candidate *touched)
{
    uint32_t count = 0;
    for (uint32_t k = index->first[document]; k < index->first[document + 1]; k++) {
        if (k % LOOKS == 0) {
            stm_memory_check(memory);
        }
        uint32_t own = index->entry_of[k];
        uint64_t hash = index->entries[own].hash;
        uint32_t first = own;
        uint32_t back = 0;
        while (first > 0 && index->entries[first - 1].hash == hash && back < LONG_LIST) {
            first--;
            back++;
        }
        if (back == LONG_LIST && first > 0 && index->entries[first - 1].hash == hash) {
            /* A long list: the first documents, found by halving. */
            uint32_t low = 0;
            uint32_t high = own;
            while (low < high) {
                uint32_t middle = low + (high - low) / 2;
                if (index->entries[middle].hash < hash) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            first = low;
            back = LONG_LIST_TAKE;
        }
        for (uint32_t i = first; i < first + back; i++) {
            uint32_t other = index->entries[i].document;
            if (shared[other]++ == 0) {
                touched[count++].document = other;
            }
        }
    }
    uint32_t own_size = index->first[document + 1] - index->first[document];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t other = touched[i].document;
        uint32_t number = shared[other];
        shared[other] = 0;
        uint32_t other_size = index->first[other + 1] - index->first[other];
        uint32_t smaller = own_size < other_size ? own_size : other_size;
        if (number >= 8 || number * 5 >= smaller) {
            touched[kept].document = other;
            touched[kept++].shared = number;
        }
    }
    if (kept != 0) {
        qsort(touched, kept, sizeof *touched, compare_candidates);
    }
    return kept < STM_COPY_CANDIDATES ? kept : STM_COPY_CANDIDATES;
}

uint32_t stm_copy_documents(const struct stm_copy_index *index, uint64_t hash)
{
    uint32_t low = 0;
    uint32_t high = index->count;
    if ((hash >> 32) % index->step != 0) {
        return 0;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (index->entries[middle].hash < hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    uint32_t count = 0;
    while (low + count < index->count && index->entries[low + count].hash == hash &&
           count < STM_COPY_COMMON) {
        count++;
    }
    return count;
}
