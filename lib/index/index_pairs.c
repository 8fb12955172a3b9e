/* SPDX-License-Identifier: MIT */
/* Pairs of words that follow each other, of those that so many documents have that a phrase of them
   could not be looked for in texts. */
#include "index/index_rows.h"

#include "base/memory_sort.h"
#include "index/index.h"
#include "limits.h"
#include "read/term.h"

#define DIGIT_BITS 11u
#define DIGITS     (1u << DIGIT_BITS)

/* A pair of a known first word, as it stands in a document: the second word's place above, the
   document below. */
typedef uint64_t occurrence;

/* First words are dealt with in turns, as many in each as fit the buffer; see index_words.c. */
typedef struct pairing {
    const stm_index *index;
    uint32_t *documents; /* that have each word */
    uint32_t *places;    /* of each word, that among the frequent ones in memcmp order; or STEMMA_NONE */
    uint32_t *words;     /* the reverse */
    uint32_t count;      /* of the frequent words: those that may be in a pair */
    size_t *ends;        /* by place of the first word: where its occurrences end, among all */
    occurrence *buffer;
    size_t capacity;
    occurrence *spare; /* to sort with */
    size_t spare_capacity;
} pairing;

void stm_index_expect(stm_index *index, uint32_t documents)
{
    index->keeps_sequence = documents > STEMMA_PAIR_LEAST; /* no pair is frequent in fewer */
}

stemma_status stm_index_keep_term(stm_index *index, uint32_t term)
{
    uint32_t *sequence = stm_memory_grow(index->memory, index->sequence, &index->sequence_capacity,
                                         index->sequence_count + 1, sizeof *sequence);
    if (sequence == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    index->sequence = sequence;
    sequence[index->sequence_count++] = term;
    return STEMMA_OK;
}

/* ---- Frequent words -------------------------------------------------------------------------- */

static int compare_words(const void *a, const void *b, void *context)
{
    const stm_strings *words = context;
    return stemma_text_compare(stm_strings_get(words, *(const uint32_t *)a),
                               stm_strings_get(words, *(const uint32_t *)b));
}

/* Counts the documents of each word, and puts those in order that may be in a pair. */
static void find_frequent(pairing *p)
{
    const stm_index *index = p->index;
    uint32_t most = 0;
    for (size_t i = 0; i < index->occurrence_count; i++) {
        uint32_t documents = ++p->documents[index->occurrences[i].term];
        most = documents > most ? documents : most;
        stm_memory_step(index->memory, i);
    }
    for (uint32_t word = 0; word < index->words.count; word++) {
        if (stm_pair_is_frequent(index->document_count, p->documents[word], most)) {
            p->words[p->count++] = word;
        }
        p->places[word] = STEMMA_NONE;
    }
    stm_memory_sort(index->memory, p->words, p->count, sizeof *p->words, compare_words,
                    (void *)(uintptr_t)&index->words);
    for (uint32_t place = 0; place < p->count; place++) {
        p->places[p->words[place]] = place;
    }
}

static inline int is_pair(const pairing *p, uint32_t first, uint32_t second)
{
    return p->places[first] != STEMMA_NONE && p->places[second] != STEMMA_NONE &&
           stm_pair_is_frequent(p->index->document_count, p->documents[first],
                                p->documents[second]);
}

/* ---- Occurrences ----------------------------------------------------------------------------- */

static void measure(pairing *p)
{
    const stm_index *index = p->index;
    const uint32_t *next = index->sequence;
    size_t end = 0;
    for (uint32_t document = 0; document < index->document_count; document++) {
        stm_memory_check(index->memory);
        for (uint32_t i = 1; i < index->document_tokens[document]; i++) {
            if (is_pair(p, next[i - 1], next[i])) {
                p->ends[p->places[next[i - 1]]]++;
            }
        }
        next += index->document_tokens[document];
    }
    for (uint32_t place = 0; place < p->count; place++) {
        end += p->ends[place];
        p->ends[place] = end;
    }
}

/* Collects what begins with words [first, last), from `base` on among all. `to` has where that of
   each goes on in the buffer. */
static void collect(pairing *p, uint32_t first, uint32_t last, size_t base, size_t *to)
{
    const stm_index *index = p->index;
    const uint32_t *next = index->sequence;
    for (uint32_t place = first; place < last; place++) {
        to[place - first] = place == 0 ? 0 : p->ends[place - 1] - base;
    }
    for (uint32_t document = 0; document < index->document_count; document++) {
        stm_memory_check(index->memory);
        for (uint32_t i = 1; i < index->document_tokens[document]; i++) {
            uint32_t place = p->places[next[i - 1]] - first;
            if (place < last - first && is_pair(p, next[i - 1], next[i])) {
                p->buffer[to[place]++] = (uint64_t)p->places[next[i]] << 32 | document;
            }
        }
        next += index->document_tokens[document];
    }
}

/* Sorts by the second word; those of one word stay in the order of documents. */
static stemma_status sort_occurrences(pairing *p, occurrence *from, size_t count)
{
    occurrence *spare = stm_memory_grow(p->index->memory, p->spare, &p->spare_capacity, count,
                                        sizeof *spare);
    if (spare == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    p->spare = spare;
    for (unsigned shift = 32; shift < 64 && (p->count - 1) >> (shift - 32) != 0;
         shift += DIGIT_BITS) {
        size_t starts[DIGITS] = {0};
        size_t next = 0;
        for (size_t i = 0; i < count; i++) {
            starts[from[i] >> shift & (DIGITS - 1)]++;
        }
        for (unsigned digit = 0; digit < DIGITS; digit++) {
            size_t here = starts[digit];
            starts[digit] = next;
            next += here;
        }
        for (size_t i = 0; i < count; i++) {
            spare[starts[from[i] >> shift & (DIGITS - 1)]++] = from[i];
            stm_memory_step(p->index->memory, i);
        }
        memcpy(from, spare, count * sizeof *from);
    }
    return STEMMA_OK;
}

/* ---- Giving out ------------------------------------------------------------------------------ */

static stemma_status post_first(const pairing *p, uint32_t place, const occurrence *from,
                                size_t count, stm_index_post *post, void *context)
{
    const stm_strings *words = &p->index->words;
    stemma_status status = STEMMA_OK;
    stm_list_key key = {0};
    for (size_t i = 0; i < count && status == STEMMA_OK; i++) {
        if (i > 0 && from[i] == from[i - 1]) {
            continue; /* more than once in the document */
        }
        if (i == 0 || from[i] >> 32 != from[i - 1] >> 32) {
            stemma_text second = stm_strings_get(words, p->words[from[i] >> 32]);
            if (stm_list_key_pair(&key, stm_strings_get(words, p->words[place]), second) !=
                STEMMA_OK) {
                key.size = 0; /* too long to be indexed */
            }
        }
        if (key.size != 0) {
            status = post(context, stm_list_key_bytes(&key), (uint32_t)from[i], 0);
        }
    }
    return status;
}

static stemma_status post_turn(pairing *p, uint32_t first, uint32_t last, size_t base,
                               stm_index_post *post, void *context)
{
    stemma_status status = STEMMA_OK;
    size_t start = 0;
    for (uint32_t place = first; place < last && status == STEMMA_OK; place++) {
        size_t end = p->ends[place] - base;
        status = end > start ? sort_occurrences(p, p->buffer + start, end - start) : STEMMA_OK;
        if (status == STEMMA_OK) {
            status = post_first(p, place, p->buffer + start, end - start, post, context);
        }
        start = end;
    }
    return status;
}

static stemma_status post_in_turns(pairing *p, stm_index_post *post, void *context)
{
    stm_memory *memory = p->index->memory;
    size_t most = stm_memory_part(memory, 8, (size_t)1 << 20, (size_t)1 << 28) / sizeof *p->buffer;
    size_t *to = stm_memory_zeroed(memory, p->count, sizeof *to);
    stemma_status status = to == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    for (uint32_t first = 0; first < p->count && status == STEMMA_OK;) {
        size_t base = first == 0 ? 0 : p->ends[first - 1];
        uint32_t last = first + 1;
        while (last < p->count && p->ends[last] - base <= most) {
            last++;
        }
        occurrence *buffer = stm_memory_grow(memory, p->buffer, &p->capacity,
                                             p->ends[last - 1] - base + 1, sizeof *buffer);
        if (buffer == NULL) {
            status = STEMMA_E_NO_MEMORY;
            break;
        }
        p->buffer = buffer;
        if (p->ends[last - 1] > base) {
            collect(p, first, last, base, to);
            status = post_turn(p, first, last, base, post, context);
        }
        first = last;
    }
    stm_memory_free(to);
    return status;
}

stemma_status stm_index_post_pairs(const stm_index *index, stm_index_post *post, void *context)
{
    stm_memory *memory = index->memory;
    pairing p = {.index = index};
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (!index->keeps_sequence) {
        return STEMMA_OK;
    }
    p.documents = stm_memory_zeroed(memory, index->words.count, sizeof *p.documents);
    p.places = stm_memory_zeroed(memory, index->words.count, sizeof *p.places);
    p.words = stm_memory_zeroed(memory, index->words.count, sizeof *p.words);
    if (p.documents != NULL && p.places != NULL && p.words != NULL) {
        find_frequent(&p);
        p.ends = stm_memory_zeroed(memory, p.count, sizeof *p.ends);
        status = p.ends == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    }
    if (status == STEMMA_OK && p.count > 0) {
        measure(&p);
        status = post_in_turns(&p, post, context);
    }
    stm_memory_free(p.documents);
    stm_memory_free(p.places);
    stm_memory_free(p.words);
    stm_memory_free(p.ends);
    stm_memory_free(p.buffer);
    stm_memory_free(p.spare);
    return status;
}
