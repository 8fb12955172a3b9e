/* SPDX-License-Identifier: MIT */
/* Two documents, sentence by sentence. */
#include "trace/alike.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/grow.h"

#define BEST      8u         /* counterparts of a sentence that are remembered */
#define STEPS     (1u << 24) /* comparisons of words, when runs are looked for, of two documents */

/* Two sentences that may become a pair. */
typedef struct candidate {
    double likeness;
    double common; /* weight of what they have in common */
    uint32_t from;
    uint32_t to;
    uint32_t far; /* from each other, by their places in the documents */
} candidate;

typedef struct comparison {
    const stm_alike_terms *terms;
    const stm_alike_document *from;
    const stm_alike_document *to;
    uint32_t *list_ends; /* of each term: where its sentences of `to` end in `lists` */
    uint32_t *lists;
    double *common; /* with each sentence of `to`: of the sentence at hand */
    uint16_t *shared;
    candidate *candidates;
    size_t capacity;
    uint32_t count;
    uint32_t steps; /* left */
    uint16_t row[STEMMA_ALIKE_WORDS + 1];
} comparison;

/* ---- Which sentences have which term -------------------------------------------------------------- */

static bool make_lists(comparison *c)
{
    const stm_alike_document *to = c->to;
    uint32_t terms = c->terms->strings.count;
    c->list_ends = stm_zeroed((size_t)terms + 1, sizeof *c->list_ends);
    c->lists = stm_zeroed(to->set_count, sizeof *c->lists);
    c->common = stm_zeroed(to->sentence_count, sizeof *c->common);
    c->shared = stm_zeroed(to->sentence_count, sizeof *c->shared);
    if (c->list_ends == NULL || c->lists == NULL || c->common == NULL || c->shared == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < to->set_count; i++) {
        c->list_ends[to->sets[i] + 1]++;
    }
    for (uint32_t i = 0; i < terms; i++) {
        c->list_ends[i + 1] += c->list_ends[i];
    }
    /* list_ends[t] is where the list of t begins, and after this where it ends. */
    for (uint32_t s = 0; s < to->sentence_count; s++) {
        const stm_alike_sentence *one = &to->sentences[s];
        for (uint32_t i = 0; i < one->set_count; i++) {
            c->lists[c->list_ends[to->sets[one->set_first + i]]++] = s;
        }
    }
    return true;
}

/* ---- Runs ----------------------------------------------------------------------------------------- */

/* The longest run of words that stands in both; 0 when there was too much to compare already. */
static uint32_t longest_run(comparison *c, const stm_alike_sentence *a, const stm_alike_sentence *b)
{
    const stm_alike_word *left = c->from->words + a->word_first;
    const stm_alike_word *right = c->to->words + b->word_first;
    uint32_t cost = a->word_count * b->word_count;
    uint32_t best = 0;
    if (cost > c->steps) {
        return 0;
    }
    c->steps -= cost;
    memset(c->row, 0, sizeof c->row);
    for (uint32_t i = 0; i < a->word_count; i++) {
        for (uint32_t j = b->word_count; j-- > 0;) {
            c->row[j + 1] = left[i].term == right[j].term ? (uint16_t)(c->row[j] + 1) : 0;
            best = c->row[j + 1] > best ? c->row[j + 1] : best;
        }
    }
    return best;
}

/* ---- Candidates ----------------------------------------------------------------------------------- */

/* Best first, of equal ones those nearest to each other; the rest makes the order total. */
static int by_likeness(const void *left, const void *right)
{
    const candidate *a = left;
    const candidate *b = right;
    if (a->likeness != b->likeness) {
        return a->likeness > b->likeness ? -1 : 1;
    }
    if (a->far != b->far) {
        return a->far < b->far ? -1 : 1;
    }
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    return a->to < b->to ? -1 : a->to > b->to;
}

static void weigh_common(comparison *c, const stm_alike_sentence *one)
{
    for (uint32_t i = 0; i < one->set_count; i++) {
        uint32_t term = c->from->sets[one->set_first + i];
        double weight = c->terms->weights[term];
        uint32_t at = term == 0 ? 0 : c->list_ends[term - 1];
        for (; at < c->list_ends[term]; at++) {
            c->common[c->lists[at]] += weight;
            c->shared[c->lists[at]]++;
        }
    }
}

static bool is_alike(comparison *c, const stm_alike_sentence *a, const stm_alike_sentence *b,
                     double likeness, uint16_t shared)
{
    return likeness >= STM_ALIKE_LIKE ||
           (shared >= STM_ALIKE_RUN && longest_run(c, a, b) >= STM_ALIKE_RUN);
}

static bool add_candidate(comparison *c, const candidate *one, uint32_t first)
{
    candidate *candidates;
    if (c->count - first == BEST) {
        uint32_t worst = first;
        for (uint32_t i = first + 1; i < c->count; i++) {
            worst = by_likeness(&c->candidates[i], &c->candidates[worst]) > 0 ? i : worst;
        }
        if (by_likeness(one, &c->candidates[worst]) < 0) {
            c->candidates[worst] = *one;
        }
        return true;
    }
    candidates = stm_grow(c->candidates, &c->capacity, c->count + 1u, sizeof *candidates);
    if (candidates == NULL) {
        return false;
    }
    c->candidates = candidates;
    candidates[c->count++] = *one;
    return true;
}

static uint32_t distance(const comparison *c, uint32_t from, uint32_t to)
{
    uint32_t a = from * c->to->sentence_count;
    uint32_t b = to * c->from->sentence_count;
    return a < b ? b - a : a - b;
}

/* The counterparts of sentence `number`. */
static bool find_candidates(comparison *c, uint32_t number)
{
    const stm_alike_sentence *a = &c->from->sentences[number];
    uint32_t first = c->count;
    memset(c->common, 0, c->to->sentence_count * sizeof *c->common);
    memset(c->shared, 0, c->to->sentence_count * sizeof *c->shared);
    weigh_common(c, a);
    for (uint32_t i = 0; i < c->to->sentence_count; i++) {
        const stm_alike_sentence *b = &c->to->sentences[i];
        candidate one = {0, c->common[i], number, i, distance(c, number, i)};
        /* What the same weights add up to may differ in the last digit with the order. */
        if (c->shared[i] < STM_ALIKE_COMMON || one.common < c->terms->enough - 1e-9) {
            continue;
        }
        one.likeness = one.common / sqrt(a->weight * b->weight);
        if (is_alike(c, a, b, one.likeness, c->shared[i]) && !add_candidate(c, &one, first)) {
            return false;
        }
    }
    return true;
}

/* ---- Pairs ---------------------------------------------------------------------------------------- */

static int by_place(const void *left, const void *right)
{
    const candidate *a = left;
    const candidate *b = right;
    return a->from < b->from ? -1 : a->from > b->from;
}

/* Leaves of the candidates the best ones of which no two have a sentence in common, in order. */
static bool choose(comparison *c)
{
    uint8_t *from = stm_zeroed(c->from->sentence_count, 1);
    uint8_t *to = stm_zeroed(c->to->sentence_count, 1);
    uint32_t left = 0;
    if (from != NULL && to != NULL && c->count != 0) {
        qsort(c->candidates, c->count, sizeof *c->candidates, by_likeness);
        for (uint32_t i = 0; i < c->count; i++) {
            const candidate one = c->candidates[i];
            if (!from[one.from] && !to[one.to]) {
                from[one.from] = to[one.to] = 1;
                c->candidates[left++] = one;
            }
        }
        qsort(c->candidates, left, sizeof *c->candidates, by_place);
    }
    c->count = left;
    free(from);
    free(to);
    return from != NULL && to != NULL;
}

static uint16_t thousandths(double part, double whole)
{
    double share = whole > 0 ? part / whole : 0;
    return share >= 1 ? 1000 : (uint16_t)(share * 1000 + 0.5);
}

static uint8_t kind_of(comparison *c, const candidate *one)
{
    const stm_alike_sentence *a = &c->from->sentences[one->from];
    const stm_alike_sentence *b = &c->to->sentences[one->to];
    uint32_t shorter = a->word_count < b->word_count ? a->word_count : b->word_count;
    uint32_t wanted = shorter < STM_ALIKE_RUN ? shorter : STM_ALIKE_RUN;
    return longest_run(c, a, b) >= wanted ? STEMMA_ALIKE_SAME_WORDS : STEMMA_ALIKE_REWRITTEN;
}

static stemma_alike_pair *make_pairs(comparison *c, stemma_alike *out)
{
    stemma_alike_pair *pairs = stm_zeroed(c->count, sizeof *pairs);
    bool first = c->from->word_count < c->to->word_count || /* is the shorter one */
                 (c->from->word_count == c->to->word_count && c->from->number < c->to->number);
    const stm_alike_document *shorter = first ? c->from : c->to;
    double weight = c->from->weight < c->to->weight ? c->from->weight : c->to->weight;
    double common = 0;
    uint32_t words = 0;
    for (uint32_t i = 0; pairs != NULL && i < c->count; i++) {
        const candidate *one = &c->candidates[i];
        pairs[i].from = c->from->sentences[one->from].span;
        pairs[i].to = c->to->sentences[one->to].span;
        pairs[i].likeness = thousandths(one->likeness, 1);
        pairs[i].kind = kind_of(c, one);
        common += one->common;
        words += shorter->sentences[first ? one->from : one->to].word_count;
    }
    out->likeness = thousandths(common, weight);
    out->share = thousandths(words, shorter->word_count);
    out->pair_count = c->count;
    out->pairs = pairs;
    return pairs;
}

stemma_status stm_alike_compare(const stm_alike_terms *terms, const stm_alike_document *from,
                                const stm_alike_document *to, stemma_alike *out,
                                stemma_alike_pair **pairs, stemma_error *error)
{
    comparison c = {.terms = terms, .from = from, .to = to, .steps = STEPS};
    bool works = make_lists(&c);
    memset(out, 0, sizeof *out);
    out->from = from->number;
    out->to = to->number;
    out->is_partial = from->is_partial || to->is_partial;
    for (uint32_t i = 0; works && i < from->sentence_count; i++) {
        works = find_candidates(&c, i);
    }
    works = works && choose(&c);
    *pairs = works ? make_pairs(&c, out) : NULL;
    free(c.list_ends);
    free(c.lists);
    free(c.common);
    free(c.shared);
    free(c.candidates);
    return *pairs != NULL ? STEMMA_OK : stm_alike_no_memory(error);
}
