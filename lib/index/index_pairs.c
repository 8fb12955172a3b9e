/* SPDX-License-Identifier: MIT */
/* Pairs of words that follow each other, of those that so many documents have that a phrase of them
   could not be looked for in texts. All pairs that may be indexed are weighed first; then the level is
   known at which they keep within their bound, and those of that level are given out. */
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
    uint64_t bound;      /* stm_pair_bound() of the level that is dealt with */
    uint64_t *weights;   /* by level, STEMMA_PAIR_LEVELS: of the pairs that no higher one has */
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
        if (stm_pair_is_frequent(p->bound, index->document_count, p->documents[word], most)) {
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
           stm_pair_is_frequent(p->bound, p->index->document_count, p->documents[first],
                                p->documents[second]);
}

/* ---- Occurrences ----------------------------------------------------------------------------- */

static void measure(pairing *p)
{
    const stm_index *index = p->index;
    const uint32_t *next = index->sequence;
    size_t end = 0;
    memset(p->ends, 0, p->count * sizeof *p->ends);
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

/* ---- Pairs ----------------------------------------------------------------------------------- */

/* What all occurrences of a pair tell. */
typedef struct pair {
    stm_list_key key;
    size_t end;         /* the first occurrence that is of another pair */
    uint32_t documents; /* 0: too long to be indexed */
    bool common;        /* no list of it is kept */
} pair;

static pair read_pair(const pairing *p, uint32_t place, const occurrence *from, size_t start,
                      size_t count)
{
    const stm_strings *words = &p->index->words;
    stemma_text first = stm_strings_get(words, p->words[place]);
    stemma_text second = stm_strings_get(words, p->words[from[start] >> 32]);
    pair out = {.end = start};
    while (out.end < count && from[out.end] >> 32 == from[start] >> 32) {
        out.documents += out.end == start || from[out.end] != from[out.end - 1];
        out.end++;
    }
    out.common = out.documents > p->index->document_count / STEMMA_PAIR_COMMON;
    if (stm_list_key_pair(&out.key, first, second) != STEMMA_OK) {
        out.documents = 0;
    }
    return out;
}

/* ---- Weighing -------------------------------------------------------------------------------- */

/* The greatest level at which a pair is frequent that is so at level 0. */
static uint32_t level_of(const pairing *p, uint32_t first, uint32_t second)
{
    uint32_t documents = p->index->document_count;
    uint32_t low = 0;
    uint32_t high = STEMMA_PAIR_LEVELS;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (stm_pair_is_frequent(stm_pair_bound(documents, middle), documents, p->documents[first],
                                 p->documents[second])) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static void weigh_first(pairing *p, uint32_t place, const occurrence *from, size_t count)
{
    for (size_t i = 0; i < count;) {
        pair one = read_pair(p, place, from, i, count);
        if (one.documents != 0) {
            p->weights[level_of(p, p->words[place], p->words[from[i] >> 32])] +=
                STEMMA_PAIR_ENTRY + (one.common ? 0 : one.documents);
        }
        i = one.end;
    }
}

/* The least level whose pairs weigh no more than they may; STEMMA_PAIR_LEVELS when they are none. */
static uint32_t choose_level(const pairing *p)
{
    uint64_t most = p->index->occurrence_count / STEMMA_PAIR_ROOM;
    uint64_t weight = 0;
    uint32_t level = STEMMA_PAIR_LEVELS;
    while (level > 0 && weight + p->weights[level - 1] <= most) {
        weight += p->weights[--level];
    }
    return weight != 0 ? level : STEMMA_PAIR_LEVELS;
}

/* ---- Giving out ------------------------------------------------------------------------------ */

static stemma_status post_first(const pairing *p, uint32_t place, const occurrence *from,
                                size_t count, stm_index_post *post, void *context)
{
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < count && status == STEMMA_OK;) {
        pair one = read_pair(p, place, from, i, count);
        if (one.documents != 0 && one.common) {
            stm_list_key_common(&one.key);
            status = post(context, stm_list_key_bytes(&one.key), one.documents - 1, 0);
        }
        for (size_t k = i; k < one.end && one.documents != 0 && !one.common; k++) {
            if (status == STEMMA_OK && (k == i || from[k] != from[k - 1])) {
                status = post(context, stm_list_key_bytes(&one.key), (uint32_t)from[k], 0);
            }
        }
        i = one.end;
    }
    return status;
}

/* Without `post` they are weighed. */
static stemma_status post_turn(pairing *p, uint32_t first, uint32_t last, size_t base,
                               stm_index_post *post, void *context)
{
    stemma_status status = STEMMA_OK;
    size_t start = 0;
    for (uint32_t place = first; place < last && status == STEMMA_OK; place++) {
        size_t end = p->ends[place] - base;
        status = end > start ? sort_occurrences(p, p->buffer + start, end - start) : STEMMA_OK;
        if (status == STEMMA_OK && post == NULL) {
            weigh_first(p, place, p->buffer + start, end - start);
        } else if (status == STEMMA_OK) {
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

static stemma_status post_level(uint32_t level, stm_index_post *post, void *context)
{
    stm_list_key key;
    stm_list_key_level(&key);
    return post(context, stm_list_key_bytes(&key), level, 0);
}

/* Weighs the pairs of level 0, and gives out those of the level that comes of it. */
static stemma_status weigh_and_post(pairing *p, stm_index_post *post, void *context)
{
    measure(p);
    stemma_status status = post_in_turns(p, NULL, NULL);
    uint32_t level = status == STEMMA_OK ? choose_level(p) : STEMMA_PAIR_LEVELS;
    if (status != STEMMA_OK || level == STEMMA_PAIR_LEVELS) {
        return status;
    }
    if (level > 0) {
        p->bound = stm_pair_bound(p->index->document_count, level);
        measure(p);
    }
    status = post_level(level, post, context);
    return status == STEMMA_OK ? post_in_turns(p, post, context) : status;
}

stemma_status stm_index_post_pairs(const stm_index *index, stm_index_post *post, void *context)
{
    stm_memory *memory = index->memory;
    pairing p = {.index = index, .bound = stm_pair_bound(index->document_count, 0)};
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (!index->keeps_sequence) {
        return STEMMA_OK;
    }
    p.documents = stm_memory_zeroed(memory, index->words.count, sizeof *p.documents);
    p.places = stm_memory_zeroed(memory, index->words.count, sizeof *p.places);
    p.words = stm_memory_zeroed(memory, index->words.count, sizeof *p.words);
    p.weights = stm_memory_zeroed(memory, STEMMA_PAIR_LEVELS, sizeof *p.weights);
    if (p.documents != NULL && p.places != NULL && p.words != NULL && p.weights != NULL) {
        find_frequent(&p);
        p.ends = stm_memory_zeroed(memory, p.count, sizeof *p.ends);
        status = p.ends == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    }
    if (status == STEMMA_OK && p.count > 0) {
        status = weigh_and_post(&p, post, context);
    }
    stm_memory_free(p.documents);
    stm_memory_free(p.places);
    stm_memory_free(p.words);
    stm_memory_free(p.ends);
    stm_memory_free(p.weights);
    stm_memory_free(p.buffer);
    stm_memory_free(p.spare);
    return status;
}
