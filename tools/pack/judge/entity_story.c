/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_story.h"

#include "pack/extract/lexicon.h"

#include <stdlib.h>

#include <xxhash.h>

#define TERMS      96u   /* words of a document that are compared */
#define SUM_TERMS  768u  /* words of a group */
#define POSTINGS   96u   /* documents of a word, beyond which it brings nobody together */
#define PARTNERS   32u   /* documents that one is compared with */
#define WORD_MOST  32u   /* bytes of a word that are read */
#define TEXT_MOST  6144u /* bytes of a document that are read: what its story is stands at the top */
#define UNIT       4096u /* length of a document */
#define PRIOR      24u   /* documents without any of these words, which every corpus is thought to have */
#define ALIKE      (UNIT / 100u * 12u) /* average likeness within a story */

struct term {
    uint64_t hash;
    uint32_t weight;
};

struct posting {
    uint64_t hash;
    uint32_t document;
};

struct likeness {
    uint32_t left;
    uint32_t right;
    uint32_t score;
};

/* A group of documents: the sum of their words. */
struct group {
    struct term *terms; /* ascending by hash */
    uint32_t count;
    uint32_t documents;
};

struct collector {
    const struct stm_judge_input *input;
    struct stm_arena *arena; /* scratch */
    struct group *groups;    /* of each document, at first */
    uint32_t *parent;
};

static int compare_hashes(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static int compare_terms(const void *left, const void *right)
{
    return compare_hashes(&((const struct term *)left)->hash, &((const struct term *)right)->hash);
}

static int compare_weights(const void *left, const void *right)
{
    const struct term *a = left;
    const struct term *b = right;
    if (a->weight != b->weight) {
        return a->weight > b->weight ? -1 : 1;
    }
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static int compare_postings(const void *left, const void *right)
{
    const struct posting *a = left;
    const struct posting *b = right;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return (a->document > b->document) - (a->document < b->document);
}

static int compare_likeness(const void *left, const void *right)
{
    const struct likeness *a = left;
    const struct likeness *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    if (a->left != b->left) {
        return a->left < b->left ? -1 : 1;
    }
    return (a->right > b->right) - (a->right < b->right);
}

/* 16 times the binary logarithm of a positive number, by quarters of an octave interpolated. */
static uint32_t log16(uint64_t number)
{
    uint32_t whole = 63u - (uint32_t)__builtin_clzll(number | 1u);
    uint64_t rest = whole >= 4 ? (number >> (whole - 4)) & 15u : (number << (4 - whole)) & 15u;
    return whole * 16u + (uint32_t)rest;
}

static int is_letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* The hash of a word as it is compared: lower case, without the s of a plural. 0: it tells nothing. */
static uint64_t hash_word(const char *data, size_t size)
{
    char word[WORD_MOST];
    if (size < 3 || size > WORD_MOST) {
        return 0;
    }
    for (size_t i = 0; i < size; i++) {
        char c = data[i];
        word[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    stemma_text text = {word, size};
    if (stm_lexicon_closed_tag(text) != STM_TAG_OTHER || stm_lexicon_has(STM_LEXICON_SAY, text) ||
        stm_lexicon_has(STM_LEXICON_CALENDAR, text)) {
        return 0;
    }
    if (size > 3 && word[size - 1] == 's' && word[size - 2] != 's') {
        size--;
    }
    uint64_t hash = XXH64(word, size, 7);
    return hash == 0 ? 1 : hash;
}

/* The words of a document with how often each stands there, ascending. Furniture is skipped. */
static stemma_status count_words(struct collector *collector, uint32_t number)
{
    const stemma_document *document = collector->input->documents[number];
    size_t size = document->text.size < TEXT_MOST ? document->text.size : TEXT_MOST;
    const char *data = document->text.data;
    struct stm_arena scratch;
    stm_arena_init_in(&scratch, collector->arena->memory);
    uint64_t *hashes = stm_arena_alloc(&scratch, size / 4 + 1, sizeof *hashes);
    size_t count = 0;
    uint32_t furniture = 0;
    for (size_t i = 0; hashes != NULL && i < size;) {
        while (furniture < document->furniture_count && document->furniture[furniture].end <= i) {
            furniture++;
        }
        if (furniture < document->furniture_count && document->furniture[furniture].start <= i) {
            i = document->furniture[furniture].end;
            continue;
        }
        size_t start = i;
        while (i < size && is_letter((uint8_t)data[i])) {
            i++;
        }
        uint64_t hash = hash_word(data + start, i - start);
        if (hash != 0) {
            hashes[count++] = hash;
        }
        i += i == start;
    }
    struct group *group = &collector->groups[number];
    group->documents = 1;
    if (hashes != NULL && count != 0) {
        stm_arena_sort(&scratch, hashes, count, sizeof *hashes, compare_hashes);
    }
    struct term *terms = stm_arena_alloc(collector->arena, count, sizeof *terms);
    for (size_t i = 0; hashes != NULL && terms != NULL && i < count; i++) {
        if (i != 0 && hashes[i] == hashes[i - 1]) {
            terms[group->count - 1].weight++;
        } else {
            terms[group->count].hash = hashes[i];
            terms[group->count++].weight = 1;
        }
    }
    group->terms = terms;
    stemma_status status = hashes == NULL || terms == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    stm_arena_free(&scratch);
    return status;
}

static uint64_t square_root(uint64_t number)
{
    uint64_t root = 0;
    for (uint64_t bit = UINT64_C(1) << 31; bit != 0; bit >>= 1) {
        if ((root + bit) * (root + bit) <= number) {
            root += bit;
        }
    }
    return root;
}

/* The first posting that is not before (hash, document). */
static size_t first_posting(const struct posting *postings, size_t count, uint64_t hash,
                            uint32_t document)
{
    struct posting wanted = {hash, document};
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_postings(&postings[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Counts become weights; the weightiest words stay, and the whole gets the length UNIT. */
static void weigh(struct group *group, const struct posting *postings, size_t posting_count,
                  uint32_t documents)
{
    for (uint32_t i = 0; i < group->count; i++) {
        struct term *term = &group->terms[i];
        size_t first = first_posting(postings, posting_count, term->hash, 0);
        size_t end = first_posting(postings, posting_count, term->hash, STEMMA_NONE);
        uint32_t rare = log16((uint64_t)(documents + PRIOR) * 16 / (end - first + 1)) - 64u;
        term->weight = (16u + log16(term->weight)) * rare / 4u;
    }
    if (group->count > TERMS) {
        qsort(group->terms, group->count, sizeof *group->terms, compare_weights);
        group->count = TERMS;
        qsort(group->terms, group->count, sizeof *group->terms, compare_terms);
    }
    uint64_t square = 0;
    for (uint32_t i = 0; i < group->count; i++) {
        square += (uint64_t)group->terms[i].weight * group->terms[i].weight;
    }
    uint64_t length = square_root(square);
    for (uint32_t i = 0; i < group->count && length != 0; i++) {
        group->terms[i].weight = (uint32_t)((uint64_t)group->terms[i].weight * UNIT / length);
    }
}

/* Likeness of two sums of words, each document of length UNIT: 0..UNIT on average. */
static uint32_t likeness(const struct group *a, const struct group *b)
{
    uint64_t sum = 0;
    uint32_t i = 0;
    uint32_t k = 0;
    while (i < a->count && k < b->count) {
        uint64_t left = a->terms[i].hash;
        uint64_t right = b->terms[k].hash;
        if (left == right) {
            sum += (uint64_t)a->terms[i].weight * b->terms[k].weight;
        }
        i += left <= right;
        k += right <= left;
    }
    return (uint32_t)(sum / UNIT / ((uint64_t)a->documents * b->documents));
}

/* All words of all documents, by word. `limit` words of each document. */
static struct posting *list_postings(struct collector *collector, size_t *count)
{
    size_t total = 0;
    for (uint32_t d = 0; d < collector->input->document_count; d++) {
        total += collector->groups[d].count;
    }
    struct posting *postings = stm_arena_alloc(collector->arena, total, sizeof *postings);
    *count = 0;
    for (uint32_t d = 0; postings != NULL && d < collector->input->document_count; d++) {
        for (uint32_t i = 0; i < collector->groups[d].count; i++) {
            postings[*count].hash = collector->groups[d].terms[i].hash;
            postings[(*count)++].document = d;
        }
    }
    if (postings != NULL && *count != 0) {
        stm_arena_sort(collector->arena, postings, *count, sizeof *postings, compare_postings);
    }
    return postings;
}

/* The documents that share most with `document`, by its rare words. Returns their number. */
static size_t find_partners(const struct collector *collector, uint32_t document,
                            const struct posting *postings, size_t posting_count, uint32_t *shared,
                            uint32_t *touched, struct likeness *best)
{
    const struct group *group = &collector->groups[document];
    size_t touched_count = 0;
    size_t found = 0;
    for (uint32_t i = 0; i < group->count; i++) {
        uint64_t hash = group->terms[i].hash;
        size_t low = first_posting(postings, posting_count, hash, 0);
        size_t end = first_posting(postings, posting_count, hash, STEMMA_NONE);
        for (size_t k = low; k < end && end - low <= POSTINGS; k++) {
            uint32_t other = postings[k].document;
            if (other < document) {
                if (shared[other] == 0) {
                    touched[touched_count++] = other;
                }
                shared[other] += group->terms[i].weight;
            }
        }
    }
    for (size_t i = 0; i < touched_count; i++) {
        struct likeness pair = {touched[i], document, shared[touched[i]]};
        shared[touched[i]] = 0;
        size_t at = found < PARTNERS ? found++ : PARTNERS;
        while (at > 0 && compare_likeness(&pair, &best[at - 1]) < 0) {
            if (at < PARTNERS) {
                best[at] = best[at - 1];
            }
            at--;
        }
        if (at < PARTNERS) {
            best[at] = pair;
        }
    }
    return found;
}

static stemma_status list_pairs(struct collector *collector, struct likeness **pairs, size_t *count)
{
    uint32_t documents = collector->input->document_count;
    size_t posting_count;
    struct posting *postings = list_postings(collector, &posting_count);
    uint32_t *shared = stm_arena_alloc(collector->arena, documents, sizeof *shared);
    uint32_t *touched = stm_arena_alloc(collector->arena, documents, sizeof *touched);
    size_t capacity = 0;
    *pairs = NULL;
    *count = 0;
    if (postings == NULL || shared == NULL || touched == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t d = 0; d < documents; d++) {
        struct likeness best[PARTNERS];
        stm_judge_step(collector->input, collector->arena, "reading stories", d, documents);
        size_t found =
            find_partners(collector, d, postings, posting_count, shared, touched, best);
        for (size_t i = 0; i < found; i++) {
            best[i].score =
                likeness(&collector->groups[best[i].left], &collector->groups[best[i].right]);
            if (best[i].score < ALIKE) {
                continue;
            }
            if (stm_arena_grow(collector->arena, pairs, *count, &capacity, sizeof **pairs) !=
                STEMMA_OK) {
                return STEMMA_E_NO_MEMORY;
            }
            (*pairs)[(*count)++] = best[i];
        }
    }
    if (*count != 0) {
        stm_arena_sort(collector->arena, *pairs, *count, sizeof **pairs, compare_likeness);
    }
    return STEMMA_OK;
}

static uint32_t root_of(uint32_t *parent, uint32_t node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

/* Adds the words of `b` to `a`. */
static stemma_status merge(struct collector *collector, uint32_t a, uint32_t b)
{
    struct group *x = &collector->groups[a];
    const struct group *y = &collector->groups[b];
    struct term *sum = stm_arena_alloc(collector->arena, (size_t)x->count + y->count, sizeof *sum);
    uint32_t count = 0;
    uint32_t i = 0;
    uint32_t k = 0;
    if (sum == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    while (i < x->count || k < y->count) {
        int left = k == y->count || (i < x->count && x->terms[i].hash <= y->terms[k].hash);
        int right = i == x->count || (k < y->count && y->terms[k].hash <= x->terms[i].hash);
        sum[count].hash = left ? x->terms[i].hash : y->terms[k].hash;
        sum[count++].weight = (left ? x->terms[i].weight : 0) + (right ? y->terms[k].weight : 0);
        i += (uint32_t)left;
        k += (uint32_t)right;
    }
    if (count > SUM_TERMS) {
        qsort(sum, count, sizeof *sum, compare_weights);
        count = SUM_TERMS;
        qsort(sum, count, sizeof *sum, compare_terms);
    }
    x->terms = sum;
    x->count = count;
    x->documents += y->documents;
    collector->parent[b] = a;
    return STEMMA_OK;
}

static stemma_status collect(struct collector *collector)
{
    uint32_t documents = collector->input->document_count;
    size_t posting_count = 0;
    stemma_status status = STEMMA_OK;
    for (uint32_t d = 0; status == STEMMA_OK && d < documents; d++) {
        collector->parent[d] = d;
        status = count_words(collector, d);
    }
    struct posting *postings =
        status == STEMMA_OK ? list_postings(collector, &posting_count) : NULL;
    if (postings == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t d = 0; d < documents; d++) {
        weigh(&collector->groups[d], postings, posting_count, documents);
    }
    struct likeness *pairs;
    size_t count;
    status = list_pairs(collector, &pairs, &count);
    for (size_t i = 0; status == STEMMA_OK && i < count; i++) {
        uint32_t a = root_of(collector->parent, pairs[i].left);
        uint32_t b = root_of(collector->parent, pairs[i].right);
        if (a != b && likeness(&collector->groups[a], &collector->groups[b]) >= ALIKE) {
            status = merge(collector, a < b ? a : b, a < b ? b : a);
        }
    }
    return status;
}

stemma_status stm_stories_collect(const struct stm_judge_input *input, struct stm_arena *arena,
                                  struct stm_stories *stories)
{
    struct stm_arena scratch;
    struct collector collector;
    stm_arena_init_in(&scratch, arena->memory);
    memset(&collector, 0, sizeof collector);
    collector.input = input;
    collector.arena = &scratch;
    collector.groups = stm_arena_alloc(&scratch, input->document_count, sizeof *collector.groups);
    collector.parent = stm_arena_alloc(&scratch, input->document_count, sizeof *collector.parent);
    stories->of = stm_arena_alloc(arena, input->document_count, sizeof *stories->of);
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (collector.groups != NULL && collector.parent != NULL && stories->of != NULL) {
        status = collect(&collector);
    }
    for (uint32_t d = 0; status == STEMMA_OK && d < input->document_count; d++) {
        stories->of[d] = root_of(collector.parent, d);
    }
    stm_arena_free(&scratch);
    return status;
}
