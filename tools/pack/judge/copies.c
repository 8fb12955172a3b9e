/* SPDX-License-Identifier: MIT */
#include "pack/judge/copies.h"

#include "pack/judge/copy_index.h"
#include "pack/judge/copy_kind.h"
#include "pack/judge/pairs.h"
#include "pack/judge/passage.h"
#include "base/parallel.h"

#include <stdlib.h>

#define WINDOW 256u /* documents that are compared before their verdicts are taken */

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

static stemma_status compare_documents(const struct stm_judge_input *input,
                                       const struct stm_copy_index *copies, uint32_t earlier,
                                       struct subject *subject, struct stm_verdicts *verdicts)
{
    const uint32_t later = subject->document;
    const stemma_document *from = input->documents[later];
    const stemma_document *to = input->documents[earlier];
    uint32_t from_number = later;
    uint32_t to_number = earlier;
    int same_day = 0;
    int order = stm_copy_order(to, from, &same_day);
    struct stm_arena scratch;
    struct stm_words from_words = subject->words;
    struct stm_words to_words;
    struct stm_passages passages;
    struct stm_shingles own;
    const struct stm_shingles *index = &own;
    stm_arena_init(&scratch, 0);
    stemma_status status = stm_words_split(&scratch, to, &to_words);
    if (status == STEMMA_OK &&
        !stm_copy_was_first(to, to_words.count, from, from_words.count, same_day ? 0 : order)) {
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
        struct stm_copy copy = {from, to, &from_words, &to_words, order, same_day};
        uint32_t taken = 0;
        uint8_t kind = 0;
        status = stm_copy_kind(copies, &copy, &passages, &scratch, &kind, &taken);
        if (status == STEMMA_OK && kind != 0) {
            stemma_derivation derivation;
            memset(&derivation, 0, sizeof derivation);
            derivation.from = from_number;
            derivation.to = to_number;
            derivation.kind = kind;
            derivation.score = (uint16_t)taken;
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
    struct stm_copy_candidate *touched;
};

/* Some documents in a row. Stripe s of n takes every n-th of them. */
struct window {
    const struct stm_judge_input *input;
    const struct stm_copy_index *index;
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
            stm_copy_candidates(window->memory, window->index, d, stripe->shared, stripe->touched);
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
                found->status = compare_documents(window->input, window->index, other, &subject,
                                                  &found->verdicts);
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
    struct stm_copy_index index;
    struct stm_pairs known = {NULL, 0, 0};
    stm_arena_init_in(&arena, verdicts->arena->memory);
    stemma_status status = stm_copy_index_build(input, &arena, &index);
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
