/* SPDX-License-Identifier: MIT */
#include "pack/judge/copies.h"

#include "pack/judge/pairs.h"
#include "pack/judge/passage.h"
#include "parallel.h"
#include "stemma/edtf.h"
#include "stemma/name.h"

#include <stdlib.h>

#define INDEX_TARGET   (8u << 20) /* entries of the index before only a sample of them is kept */
#define LONG_LIST      32u        /* documents that share a shingle before only the first count */
#define LONG_LIST_TAKE 8u
#define LOOKS          64u  /* at the index, all over it, between two looks at memory */
#define WINDOW         256u /* documents that are compared before their verdicts are taken */
#define CANDIDATES     16u  /* earlier documents that one document is compared with */

#define SHARE_COPY     800u
#define SHARE_PART     800u
#define SHARE_REVISION 300u
#define SHARE_EDITION  500u /* of both, and no more is asked of a later edition */
#define SHARE_AGENCY   200u
#define SHARE_QUOTES   150u
#define WORDS_COPY     12u  /* common words that make a copy of a short text */
#define WORDS_QUOTED   15u  /* words in a row that make a quotation */
#define BYTES_QUOTED   400u /* or so many bytes in all, whatever their share */

struct entry {
    uint64_t hash;
    uint32_t document;
};

struct shingle_index {
    struct entry *entries; /* by hash, then document; once per document */
    uint32_t count;
    uint32_t *entry_of; /* positions in `entries`, document by document */
    uint32_t *first;    /* of each document in `entry_of`, and the end */
};

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
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

static stemma_status collect_entries(const struct stm_judge_input *input, struct stm_arena *arena,
                                     struct shingle_index *index)
{
    uint64_t step = sampling(input);
    size_t count = 0;
    size_t capacity = 0;
    for (uint32_t d = 0; d < input->document_count; d++) {
        struct stm_arena scratch;
        struct stm_words words;
        stm_judge_step(input, arena, "reading texts", d, input->document_count);
        stm_arena_init(&scratch, 0);
        stemma_status status = stm_words_split(&scratch, input->documents[d], &words);
        for (uint32_t i = 0; status == STEMMA_OK && i + STM_SHINGLE <= words.count; i++) {
            uint64_t hash = stm_words_shingle(&words, i);
            if ((hash >> 32) % step != 0) {
                continue;
            }
            status = count >= STEMMA_NONE - 1 ? STEMMA_E_NO_MEMORY
                                              : stm_arena_grow(arena, &index->entries, count,
                                                               &capacity, sizeof *index->entries);
            if (status == STEMMA_OK) {
                index->entries[count].hash = hash;
                index->entries[count].document = d;
                count++;
            }
        }
        stm_arena_free(&scratch);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (count != 0) {
        stm_arena_sort(arena, index->entries, count, sizeof *index->entries, compare_entries);
    }
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || compare_entries(&index->entries[i], &index->entries[i - 1]) != 0) {
            index->entries[index->count++] = index->entries[i];
        }
    }
    return STEMMA_OK;
}

static stemma_status build_index(const struct stm_judge_input *input, struct stm_arena *arena,
                                 struct shingle_index *index)
{
    memset(index, 0, sizeof *index);
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

struct candidate {
    uint32_t document;
    uint32_t shared;
};

static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->shared != b->shared) {
        return a->shared > b->shared ? -1 : 1;
    }
    return (a->document > b->document) - (a->document < b->document);
}

/* The earlier documents that share most shingles with `document`, best first. */
static uint32_t find_candidates(stm_memory *memory, const struct shingle_index *index,
                                uint32_t document, uint32_t *shared, struct candidate *touched)
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
    return kept < CANDIDATES ? kept : CANDIDATES;
}

static int same_key(stemma_text a, stemma_text b)
{
    char x[STEMMA_NAME_KEY_SIZE];
    char y[STEMMA_NAME_KEY_SIZE];
    size_t m = 0;
    size_t n = 0;
    return stemma_name_fold(a, x, sizeof x, &m) == STEMMA_OK &&
           stemma_name_fold(b, y, sizeof y, &n) == STEMMA_OK && m != 0 && m == n &&
           memcmp(x, y, m) == 0;
}

/* A URI without query, fragment, final slash and file extension. */
static stemma_text uri_stem(stemma_text uri)
{
    for (size_t i = 0; i < uri.size; i++) {
        if (uri.data[i] == '?' || uri.data[i] == '#') {
            uri.size = i;
        }
    }
    while (uri.size > 0 && uri.data[uri.size - 1] == '/') {
        uri.size--;
    }
    for (size_t i = uri.size; i > 0 && uri.data[i - 1] != '/' && uri.size - i < 6; i--) {
        if (uri.data[i - 1] == '.') {
            uri.size = i - 1;
            break;
        }
    }
    return uri;
}

static int published_order(const stemma_document *a, const stemma_document *b, int *same_day)
{
    stemma_time_bounds x;
    stemma_time_bounds y;
    *same_day = 0;
    if (stemma_edtf_bounds(a->published.edtf, &x) != STEMMA_OK ||
        stemma_edtf_bounds(b->published.edtf, &y) != STEMMA_OK) {
        return 0;
    }
    *same_day = x.precision >= STEMMA_PRECISION_DAY && y.precision >= STEMMA_PRECISION_DAY &&
                x.start_earliest / 86400 == y.start_earliest / 86400;
    if (x.start_latest < y.start_earliest) {
        return -1;
    }
    return y.start_latest < x.start_earliest ? 1 : 0;
}

/* Whether `wire` is an agency's own report and `other` somebody else's: the paper took it from
   there. A paper that credits the agency did so whatever the dates say; one that credits nobody
   when both appeared on one day. */
static int is_source_of(const stemma_document *wire, const stemma_document *other, int order)
{
    if (wire->publisher.size == 0 || same_key(wire->publisher, other->publisher)) {
        return 0;
    }
    if (same_key(wire->publisher, other->agency)) {
        return 1;
    }
    return order == 0 && other->agency.size == 0 && same_key(wire->publisher, wire->agency);
}

/* Whether document `a` was there before `b`. `order`: of their publication, 0 when that cannot be
   told or was on one day. */
static int was_first(const stemma_document *a, uint32_t a_words, const stemma_document *b,
                     uint32_t b_words, int order)
{
    int a_is_source = is_source_of(a, b, order);
    int b_is_source = is_source_of(b, a, order);
    if (a_is_source != b_is_source) {
        return a_is_source;
    }
    if (order != 0) {
        return order < 0;
    }
    if ((a->agency.size != 0) != (b->agency.size != 0)) {
        return b->agency.size != 0; /* one credits somebody: it took the text from there */
    }
    return a_words >= b_words; /* who copies cuts; else the order of the documents */
}

static uint32_t share(uint32_t part, uint32_t whole)
{
    return whole == 0 ? 0 : (uint32_t)((uint64_t)1000 * part / whole);
}

/* The kind of derivation, or 0 when what is common is too little. */
static uint8_t kind_of(const stemma_document *from, const stemma_document *to, int order,
                       int same_day, uint32_t from_share, uint32_t to_share,
                       const struct stm_passages *passages)
{
    uint32_t either = from_share > to_share ? from_share : to_share;
    if (order != 0 && either >= SHARE_REVISION && passages->from_words >= WORDS_COPY &&
        same_key(from->publisher, to->publisher) &&
        ((from_share >= SHARE_EDITION && to_share >= SHARE_EDITION) ||
         stemma_text_equal(uri_stem(from->uri), uri_stem(to->uri)) ||
         same_key(from->title, to->title))) {
        return STEMMA_DERIVATION_REVISION;
    }
    if (passages->from_words >= WORDS_COPY) {
        if (from_share >= SHARE_COPY && to_share >= SHARE_COPY) {
            return STEMMA_DERIVATION_COPY;
        }
        if (from_share >= SHARE_PART) {
            return STEMMA_DERIVATION_EXCERPT;
        }
    }
    if (same_day && either >= SHARE_AGENCY && passages->longest >= WORDS_COPY &&
        same_key(from->agency, to->agency)) {
        return STEMMA_DERIVATION_SAME_AGENCY;
    }
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < passages->range_count; i++) {
        bytes += passages->ranges[i].from.end - passages->ranges[i].from.start;
    }
    if (passages->longest >= WORDS_QUOTED && (either >= SHARE_QUOTES || bytes >= BYTES_QUOTED)) {
        return STEMMA_DERIVATION_QUOTES;
    }
    return 0;
}

/* A document that is compared with several. */
struct subject {
    uint32_t document;
    struct stm_arena arena;
    struct stm_words words;
    struct stm_shingles index; /* made when it is asked for */
    int indexed;
};

static stemma_status index_subject(struct subject *subject)
{
    if (subject->indexed) {
        return STEMMA_OK;
    }
    subject->indexed = 1;
    return stm_shingles_index(&subject->arena, &subject->words, &subject->index);
}

static stemma_status compare_documents(const struct stm_judge_input *input, uint32_t earlier,
                                       struct subject *subject, struct stm_verdicts *verdicts)
{
    const uint32_t later = subject->document;
    const stemma_document *from = input->documents[later];
    const stemma_document *to = input->documents[earlier];
    uint32_t from_number = later;
    uint32_t to_number = earlier;
    int same_day = 0;
    int order = published_order(to, from, &same_day);
    struct stm_arena scratch;
    struct stm_words from_words = subject->words;
    struct stm_words to_words;
    struct stm_passages passages;
    struct stm_shingles own;
    const struct stm_shingles *index = &own;
    stm_arena_init(&scratch, 0);
    stemma_status status = stm_words_split(&scratch, to, &to_words);
    if (status == STEMMA_OK &&
        !was_first(to, to_words.count, from, from_words.count, same_day ? 0 : order)) {
        from_words = to_words;
        to_words = subject->words;
        from = input->documents[earlier];
        to = input->documents[later];
        from_number = earlier;
        to_number = later;
        status = index_subject(subject);
        index = &subject->index;
    } else if (status == STEMMA_OK) {
        status = stm_shingles_index(&scratch, &to_words, &own);
    }
    if (status == STEMMA_OK) {
        status = stm_passages_find(&scratch, &from_words, &to_words, index, &passages);
    }
    if (status == STEMMA_OK) {
        uint32_t from_share = share(passages.from_words, from_words.count);
        uint32_t to_share = share(passages.to_words, to_words.count);
        uint8_t kind = kind_of(from, to, order, same_day, from_share, to_share, &passages);
        if (kind != 0) {
            stemma_derivation derivation;
            memset(&derivation, 0, sizeof derivation);
            derivation.from = from_number;
            derivation.to = to_number;
            derivation.kind = kind;
            derivation.score = (uint16_t)(from_share > 1000 ? 1000 : from_share);
            derivation.run = verdicts->run;
            stemma_shared_range *ranges =
                stm_arena_alloc(verdicts->arena, passages.range_count, sizeof *ranges);
            status = ranges == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
            if (status == STEMMA_OK) {
                memcpy(ranges, passages.ranges, passages.range_count * sizeof *ranges);
                derivation.ranges = ranges;
                derivation.range_count = passages.range_count;
                status = stm_verdicts_derive(verdicts, &derivation);
            }
        }
    }
    stm_arena_free(&scratch);
    return status;
}

static int known_pair(const struct stm_judge_input *input, const struct stm_pairs *known,
                      uint32_t a, uint32_t b)
{
    stemma_referent_id left = {a, 0};
    stemma_referent_id right = {b, 0};
    return (input->judged != NULL && input->judged[a] && input->judged[b]) ||
           stm_pairs_have(known, left, right);
}

/* ---- Many documents at a time ---------------------------------------------------------------- */

/* What one document derives from or is derived from it, on its way to the verdicts. */
struct found {
    struct stm_arena arena;
    struct stm_verdicts verdicts;
    stemma_status status;
};

/* Working memory of one thread. */
struct stripe {
    uint32_t *shared;
    struct candidate *touched;
};

/* Some documents in a row. Stripe s of n takes every n-th of them. */
struct window {
    const struct stm_judge_input *input;
    const struct shingle_index *index;
    const struct stm_pairs *known;
    stm_memory *memory;
    struct stripe *stripes;
    uint32_t stripe_count;
    uint32_t first;
    uint32_t count;
    struct found found[WINDOW];
};

static void compare_stripe(void *context, size_t number)
{
    struct window *window = context;
    struct stripe *stripe = &window->stripes[number];
    for (uint32_t i = (uint32_t)number; i < window->count; i += window->stripe_count) {
        struct found *found = &window->found[i];
        uint32_t d = window->first + i;
        stm_arena_init(&found->arena, 0);
        memset(&found->verdicts, 0, sizeof found->verdicts);
        found->verdicts.arena = &found->arena;
        found->verdicts.run = window->input->run;
        found->status = STEMMA_OK;
        uint32_t count =
            find_candidates(window->memory, window->index, d, stripe->shared, stripe->touched);
        struct subject subject = {.document = d};
        stm_arena_init(&subject.arena, 0);
        if (count != 0) {
            found->status =
                stm_words_split(&subject.arena, window->input->documents[d], &subject.words);
        }
        for (uint32_t k = 0; found->status == STEMMA_OK && k < count; k++) {
            uint32_t other = stripe->touched[k].document;
            stm_memory_check(window->memory);
            if (!known_pair(window->input, window->known, other, d)) {
                found->status =
                    compare_documents(window->input, other, &subject, &found->verdicts);
            }
        }
        stm_arena_free(&subject.arena);
    }
}

/* Takes over what was found, as it came. */
static stemma_status take_found(const struct found *found, struct stm_verdicts *verdicts)
{
    stemma_status status = found->status;
    for (size_t i = 0; status == STEMMA_OK && i < found->verdicts.derivation_count; i++) {
        stemma_derivation derivation = found->verdicts.derivations[i];
        stemma_shared_range *ranges =
            stm_arena_alloc(verdicts->arena, derivation.range_count, sizeof *ranges);
        if (ranges == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        memcpy(ranges, derivation.ranges, derivation.range_count * sizeof *ranges);
        derivation.ranges = ranges;
        status = stm_verdicts_derive(verdicts, &derivation);
    }
    return status;
}

static stemma_status compare_all(struct window *window, struct stm_arena *arena,
                                 struct stm_verdicts *verdicts)
{
    const uint32_t all = window->input->document_count;
    stemma_status status = STEMMA_OK;
    for (window->first = 1; status == STEMMA_OK && window->first < all;
         window->first += window->count) {
        window->count = all - window->first < WINDOW ? all - window->first : WINDOW;
        stm_judge_step(window->input, arena, "comparing texts", window->first, all);
        stm_parallel(window->stripe_count, window->stripe_count, compare_stripe, window);
        for (uint32_t i = 0; i < window->count; i++) {
            if (status == STEMMA_OK) {
                status = take_found(&window->found[i], verdicts);
            }
            stm_arena_free(&window->found[i].arena);
        }
    }
    return status;
}

static stemma_status make_stripes(struct window *window, struct stm_arena *arena)
{
    const uint32_t documents = window->input->document_count;
    window->stripe_count = window->input->jobs > 0 ? window->input->jobs : 1;
    window->stripes = stm_arena_alloc(arena, window->stripe_count, sizeof *window->stripes);
    if (window->stripes == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t s = 0; s < window->stripe_count; s++) {
        struct stripe *stripe = &window->stripes[s];
        stripe->shared = stm_arena_alloc(arena, documents, sizeof *stripe->shared);
        stripe->touched = stm_arena_alloc(arena, documents, sizeof *stripe->touched);
        if (stripe->shared == NULL || stripe->touched == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_judge_copies(const struct stm_judge_input *input, struct stm_verdicts *verdicts)
{
    struct stm_arena arena;
    struct shingle_index index;
    struct stm_pairs known = {NULL, 0, 0};
    stm_arena_init_in(&arena, verdicts->arena->memory);
    stemma_status status = build_index(input, &arena, &index);
    for (uint32_t i = 0; status == STEMMA_OK && i < input->derivation_count; i++) {
        stemma_referent_id from = {input->derivations[i].from, 0};
        stemma_referent_id to = {input->derivations[i].to, 0};
        status = stm_pairs_add(&known, &arena, from, to);
    }
    stm_pairs_sort(&known, &arena);
    struct window *window = stm_arena_alloc(&arena, 1, sizeof *window);
    if (status == STEMMA_OK && window == NULL) {
        status = STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK) {
        window->input = input;
        window->index = &index;
        window->known = &known;
        window->memory = arena.memory;
        status = make_stripes(window, &arena);
    }
    if (status == STEMMA_OK) {
        status = compare_all(window, &arena, verdicts);
    }
    stm_arena_free(&arena);
    return status;
}
