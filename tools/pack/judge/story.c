/* SPDX-License-Identifier: MIT */
#include "pack/judge/story.h"

#include "pack/judge/story_terms.h"
#include "base/parallel.h"
#include "stemma/edtf.h"

#include <stdlib.h>

#define TELLING     24u  /* words of a document by which others are found */
#define EARLIER     64u  /* earlier documents with such a word that are looked at */
#define COMPANIONS  16u  /* of those, the ones that are compared whole */
#define ALIKE_LEAST 115u /* how alike the documents of a story are on average */
#define GAP_DAYS    21   /* between two documents of a story that follow each other */
#define CORE_TERMS  512u /* most telling words of a story that are kept */
#define PIECE       64u  /* documents that a thread takes at a time */
#define NO_DAY      INT32_MIN

struct posting {
    uint32_t term;
    uint32_t document;
    uint32_t weight;
};

struct alike {
    uint32_t left;
    uint32_t right;
    uint32_t alike;
};

/* A story while it grows: the sum of the words of its documents. */
struct core {
    struct stm_story_term *terms; /* ascending */
    uint32_t count;
};

struct finding {
    const struct stm_judge_input *input;
    const struct stm_stories *stories;
    const int32_t *day; /* of publication, of each document */
    const struct posting *postings;
    const size_t *first; /* of each term in `postings`, and the end */
    struct alike *found; /* COMPANIONS for each document */
    uint8_t *found_count;
    stm_memory *memory;
    uint32_t **partial; /* working memory of each piece in turn */
    uint32_t **touched;
    uint32_t from; /* document that the first piece begins with */
    uint32_t end;
    uint32_t stripes;
};

static int compare_alike(const void *left, const void *right)
{
    const struct alike *a = left;
    const struct alike *b = right;
    if (a->alike != b->alike) {
        return a->alike > b->alike ? -1 : 1;
    }
    if (a->left != b->left) {
        return a->left < b->left ? -1 : 1;
    }
    return (a->right > b->right) - (a->right < b->right);
}

static uint64_t product(const struct stm_story_term *a, size_t a_count,
                        const struct stm_story_term *b, size_t b_count)
{
    const struct stm_story_term *a_end = a + a_count;
    const struct stm_story_term *b_end = b + b_count;
    uint64_t sum = 0;
    while (a < a_end && b < b_end) {
        uint32_t x = a->term;
        uint32_t y = b->term;
        sum += x == y ? (uint64_t)a->weight * b->weight : 0;
        a += x <= y;
        b += y <= x;
    }
    return sum;
}

uint32_t stm_stories_alike(const struct stm_stories *stories, uint32_t a, uint32_t b)
{
    if (stories->terms == NULL) {
        return 0; /* no document has a word */
    }
    uint64_t sum =
        product(stories->terms + stories->first[a], stories->first[a + 1] - stories->first[a],
                stories->terms + stories->first[b], stories->first[b + 1] - stories->first[b]);
    return (uint32_t)(sum * 1000 / ((uint64_t)STM_STORY_UNIT * STM_STORY_UNIT));
}

static int32_t day_of(const stemma_document *document)
{
    stemma_time_bounds bounds;
    if (stemma_edtf_bounds(document->published.edtf, &bounds) != STEMMA_OK ||
        bounds.start_earliest == STEMMA_TIME_UNKNOWN_EARLY) {
        return NO_DAY;
    }
    int64_t day = bounds.start_earliest / 86400;
    return day < -4000000 || day > 4000000 ? NO_DAY : (int32_t)day;
}

static int compare_postings(const void *left, const void *right)
{
    const struct posting *a = left;
    const struct posting *b = right;
    if (a->term != b->term) {
        return a->term < b->term ? -1 : 1;
    }
    return (a->document > b->document) - (a->document < b->document);
}

static int compare_weights(const void *left, const void *right)
{
    const struct stm_story_term *a = left;
    const struct stm_story_term *b = right;
    if (a->weight != b->weight) {
        return a->weight > b->weight ? -1 : 1;
    }
    return (a->term > b->term) - (a->term < b->term);
}

static int compare_terms(const void *left, const void *right)
{
    const struct stm_story_term *a = left;
    const struct stm_story_term *b = right;
    return (a->term > b->term) - (a->term < b->term);
}

/* Which documents have which of their most telling words. */
static stemma_status list_postings(const struct stm_judge_input *input,
                                   const struct stm_stories *stories, uint32_t term_count,
                                   struct stm_arena *arena, struct posting **out, size_t **first)
{
    size_t count = 0;
    *out = stm_arena_alloc(arena, (size_t)input->document_count * TELLING, sizeof **out);
    *first = stm_arena_alloc(arena, (size_t)term_count + 1, sizeof **first);
    if (*out == NULL || *first == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t d = 0; d < input->document_count; d++) {
        struct stm_story_term best[STM_STORY_TERMS];
        size_t terms = stories->first[d + 1] - stories->first[d];
        if (terms != 0) {
            memcpy(best, stories->terms + stories->first[d], terms * sizeof *best);
            qsort(best, terms, sizeof *best, compare_weights);
        }
        for (size_t i = 0; i < terms && i < TELLING; i++) {
            (*out)[count].term = best[i].term;
            (*out)[count].weight = best[i].weight;
            (*out)[count++].document = d;
        }
        if (d % 256 == 0) {
            stm_memory_check(arena->memory);
        }
    }
    if (count != 0) {
        stm_arena_sort(arena, *out, count, sizeof **out, compare_postings);
    }
    for (size_t i = 0; i < count; i++) {
        (*first)[(*out)[i].term + 1]++;
    }
    for (uint32_t t = 0; t < term_count; t++) {
        (*first)[t + 1] += (*first)[t];
    }
    return STEMMA_OK;
}

static int far_apart(const struct finding *finding, uint32_t a, uint32_t b)
{
    int32_t x = finding->day[a];
    int32_t y = finding->day[b];
    return x != NO_DAY && y != NO_DAY && (x > y ? x - y : y - x) > GAP_DAYS;
}

/* The earlier documents most like one. */
static void find_companions(struct finding *finding, uint32_t document, uint32_t *partial,
                            uint32_t *touched)
{
    const struct stm_stories *stories = finding->stories;
    uint32_t count = 0;
    for (size_t t = stories->first[document]; t < stories->first[document + 1]; t++) {
        const struct stm_story_term *term = &stories->terms[t];
        size_t low = finding->first[term->term];
        size_t high = finding->first[term->term + 1];
        while (low < high) { /* the postings before `document` */
            size_t middle = low + (high - low) / 2;
            if (finding->postings[middle].document < document) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        size_t least = finding->first[term->term];
        least = low - least > EARLIER ? low - EARLIER : least;
        for (size_t p = low; p > least; p--) {
            const struct posting *posting = &finding->postings[p - 1];
            if (far_apart(finding, posting->document, document)) {
                continue;
            }
            if (partial[posting->document] == 0) {
                touched[count++] = posting->document;
            }
            partial[posting->document] += (term->weight * posting->weight >> 8) + 1;
        }
    }
    struct alike best[COMPANIONS + 1];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct alike candidate = {touched[i], document, partial[touched[i]]};
        partial[touched[i]] = 0;
        uint32_t at = kept;
        while (at > 0 && compare_alike(&candidate, &best[at - 1]) < 0) {
            best[at] = best[at - 1];
            at--;
        }
        best[at] = candidate;
        kept += kept < COMPANIONS;
    }
    struct alike *found = finding->found + (size_t)document * COMPANIONS;
    for (uint32_t i = 0; i < kept; i++) {
        best[i].alike = stm_stories_alike(stories, best[i].left, document);
        if (best[i].alike >= ALIKE_LEAST) {
            found[finding->found_count[document]++] = best[i];
        }
    }
}

static void find_stripe(void *context, size_t stripe)
{
    struct finding *finding = context;
    for (uint32_t d = finding->from + (uint32_t)stripe; d < finding->end; d += finding->stripes) {
        find_companions(finding, d, finding->partial[stripe], finding->touched[stripe]);
    }
}

static stemma_status find_alike(struct finding *finding, struct stm_arena *arena)
{
    const struct stm_judge_input *input = finding->input;
    const uint32_t all = input->document_count;
    finding->stripes = input->jobs > 0 ? input->jobs : 1;
    finding->partial = stm_arena_alloc(arena, finding->stripes, sizeof *finding->partial);
    finding->touched = stm_arena_alloc(arena, finding->stripes, sizeof *finding->touched);
    if (finding->partial == NULL || finding->touched == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t s = 0; s < finding->stripes; s++) {
        finding->partial[s] = stm_arena_alloc(arena, all, sizeof **finding->partial);
        finding->touched[s] = stm_arena_alloc(arena, all, sizeof **finding->touched);
        if (finding->partial[s] == NULL || finding->touched[s] == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    for (finding->from = 0; finding->from < all; finding->from = finding->end) {
        uint32_t step = PIECE * finding->stripes;
        finding->end = all - finding->from < step ? all : finding->from + step;
        stm_judge_step(input, arena, "finding stories", finding->from, all);
        stm_parallel(finding->stripes, finding->stripes, find_stripe, finding);
    }
    return STEMMA_OK;
}

static uint32_t root_of(uint32_t *story, uint32_t document)
{
    while (story[document] != document) {
        story[document] = story[story[document]];
        document = story[document];
    }
    return document;
}

/* The words of two stories together, the most telling ones when they are too many. */
static stemma_status add_cores(struct stm_arena *arena, struct core *a, const struct core *b)
{
    struct stm_story_term sum[2 * CORE_TERMS];
    uint32_t count = 0;
    uint32_t i = 0;
    uint32_t k = 0;
    while (i < a->count || k < b->count) {
        uint32_t x = i < a->count ? a->terms[i].term : UINT32_MAX;
        uint32_t y = k < b->count ? b->terms[k].term : UINT32_MAX;
        sum[count].term = x < y ? x : y;
        sum[count].weight = (x <= y ? a->terms[i].weight : 0) + (y <= x ? b->terms[k].weight : 0);
        count++;
        i += x <= y;
        k += y <= x;
    }
    if (count > CORE_TERMS) {
        qsort(sum, count, sizeof *sum, compare_weights);
        count = CORE_TERMS;
        qsort(sum, count, sizeof *sum, compare_terms);
    }
    if (count > a->count) {
        a->terms = stm_arena_alloc(arena, count, sizeof *a->terms);
        if (a->terms == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    if (count != 0) {
        memcpy(a->terms, sum, count * sizeof *sum);
    }
    a->count = count;
    return STEMMA_OK;
}

/* Joins the pairs, best first, where the two stories are alike on average. */
static stemma_status join_stories(const struct stm_judge_input *input, const struct alike *pairs,
                                  size_t count, struct stm_arena *arena,
                                  struct stm_stories *stories)
{
    struct stm_arena scratch;
    stm_arena_init_in(&scratch, arena->memory);
    struct core *cores = stm_arena_alloc(&scratch, input->document_count, sizeof *cores);
    stemma_status status = cores == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    for (uint32_t d = 0; status == STEMMA_OK && d < input->document_count; d++) {
        cores[d].terms = stories->terms == NULL ? NULL : stories->terms + stories->first[d];
        cores[d].count = (uint32_t)(stories->first[d + 1] - stories->first[d]);
    }
    for (size_t i = 0; status == STEMMA_OK && i < count; i++) {
        uint32_t a = root_of(stories->story, pairs[i].left);
        uint32_t b = root_of(stories->story, pairs[i].right);
        if (i % 1024 == 0) {
            stm_judge_step(input, arena, "joining stories", i, count);
        }
        if (a == b) {
            continue;
        }
        uint64_t sum = product(cores[a].terms, cores[a].count, cores[b].terms, cores[b].count);
        uint64_t average = sum / ((uint64_t)stories->size[a] * stories->size[b]);
        if (average * 1000 < (uint64_t)ALIKE_LEAST * STM_STORY_UNIT * STM_STORY_UNIT) {
            continue;
        }
        uint32_t low = a < b ? a : b;
        uint32_t high = a < b ? b : a;
        /* The words of a single document are those of `stories`: not to be written over. */
        struct core joined = {NULL, 0};
        status = add_cores(&scratch, &joined, &cores[low]);
        if (status == STEMMA_OK) {
            status = add_cores(&scratch, &joined, &cores[high]);
        }
        cores[low] = joined;
        stories->story[high] = low;
        stories->size[low] += stories->size[high];
    }
    stm_arena_free(&scratch);
    return status;
}

stemma_status stm_stories_find(const struct stm_judge_input *input, struct stm_arena *arena,
                               struct stm_stories *stories)
{
    const uint32_t all = input->document_count;
    struct stm_arena scratch;
    struct finding finding;
    struct posting *postings = NULL;
    size_t *first = NULL;
    uint32_t term_count = 0;
    memset(stories, 0, sizeof *stories);
    memset(&finding, 0, sizeof finding);
    stm_arena_init_in(&scratch, arena->memory);
    stories->story = stm_arena_alloc(arena, all, sizeof *stories->story);
    stories->size = stm_arena_alloc(arena, all, sizeof *stories->size);
    int32_t *day = stm_arena_alloc(&scratch, all, sizeof *day);
    finding.found = stm_arena_alloc(&scratch, (size_t)all * COMPANIONS, sizeof *finding.found);
    finding.found_count = stm_arena_alloc(&scratch, all, 1);
    stemma_status status = stories->story == NULL || stories->size == NULL || day == NULL ||
                                   finding.found == NULL || finding.found_count == NULL
                               ? STEMMA_E_NO_MEMORY
                               : stm_story_terms(input, arena, stories, &term_count);
    if (status == STEMMA_OK) {
        status = list_postings(input, stories, term_count, &scratch, &postings, &first);
    }
    if (status == STEMMA_OK) {
        for (uint32_t d = 0; d < all; d++) {
            stories->story[d] = d;
            stories->size[d] = 1;
            day[d] = day_of(input->documents[d]);
        }
        finding.input = input;
        finding.stories = stories;
        finding.day = day;
        finding.postings = postings;
        finding.first = first;
        finding.memory = arena->memory;
        status = find_alike(&finding, &scratch);
    }
    size_t count = 0;
    for (uint32_t d = 0; status == STEMMA_OK && d < all; d++) {
        for (uint32_t i = 0; i < finding.found_count[d]; i++) {
            finding.found[count++] = finding.found[(size_t)d * COMPANIONS + i];
        }
    }
    if (status == STEMMA_OK && count != 0) {
        stm_arena_sort(&scratch, finding.found, count, sizeof *finding.found, compare_alike);
        status = join_stories(input, finding.found, count, arena, stories);
    }
    for (uint32_t d = 0; status == STEMMA_OK && d < all; d++) {
        stories->story[d] = root_of(stories->story, d);
        stories->size[d] = stories->size[stories->story[d]];
    }
    stm_arena_free(&scratch);
    return status;
}
