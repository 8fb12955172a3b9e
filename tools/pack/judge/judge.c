/* SPDX-License-Identifier: MIT */
#include "pack/judge/judge.h"

#include "base/error.h"
#include "base/parallel.h"
#include "pack/judge/copies.h"
#include "pack/judge/entity_match.h"
#include "pack/judge/event_match.h"
#include "pack/judge/story.h"

#include <stdlib.h>

static int names_referent(const struct stm_judge_input *input, stemma_referent_id id)
{
    return id.document < input->document_count &&
           id.referent < input->documents[id.document]->referent_count;
}

/* What comes in must name what is there: everything later relies on it. */
static stemma_status check_input(const struct stm_judge_input *input, stemma_error *error)
{
    for (uint32_t i = 0; i < input->judgement_count; i++) {
        if (!names_referent(input, input->judgements[i].left) ||
            !names_referent(input, input->judgements[i].right)) {
            return stm_fail(error, STEMMA_E_INVALID, "JUDGEMENT_TARGET", "judgement",
                            "judgement %u names a referent that is not there", i);
        }
    }
    for (uint32_t i = 0; i < input->derivation_count; i++) {
        if (input->derivations[i].from >= input->document_count ||
            input->derivations[i].to >= input->document_count) {
            return stm_fail(error, STEMMA_E_INVALID, "JUDGEMENT_TARGET", "derivation",
                            "derivation %u names a document that is not there", i);
        }
    }
    return STEMMA_OK;
}

/* A judgement with its place of arrival, which decides between judgements of one pair. */
struct arrival {
    stemma_judgement judgement;
    size_t order;
};

static int compare_arrivals(const void *left, const void *right)
{
    const struct arrival *a = left;
    const struct arrival *b = right;
    int order = stm_referent_compare(a->judgement.left, b->judgement.left);
    if (order == 0) {
        order = stm_referent_compare(a->judgement.right, b->judgement.right);
    }
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static int compare_derivations(const void *left, const void *right)
{
    const stemma_derivation *a = left;
    const stemma_derivation *b = right;
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    if (a->to != b->to) {
        return a->to < b->to ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->score != b->score) {
        return a->score < b->score ? -1 : 1;
    }
    if (a->run != b->run) {
        return a->run < b->run ? -1 : 1;
    }
    int order = stemma_text_compare(a->author, b->author);
    return order != 0 ? order : stemma_text_compare(a->retracted, b->retracted);
}

/* One verdict of this run per pair: SAME before a doubt that a later join settled. */
static int outranks(const stemma_judgement *a, const stemma_judgement *b)
{
    return a->verdict == STEMMA_VERDICT_SAME && b->verdict != STEMMA_VERDICT_SAME;
}

static stemma_status merge_judgements(const struct stm_judge_input *input,
                                      const struct stm_verdicts *verdicts, struct stm_arena *arena,
                                      struct stm_arena *scratch, struct stm_judge_result *result)
{
    size_t count = input->judgement_count + verdicts->judgement_count;
    struct arrival *all = stm_arena_alloc(scratch, count, sizeof *all);
    result->judgements = stm_arena_alloc(arena, count, sizeof *result->judgements);
    if (all == NULL || result->judgements == NULL || count >= STEMMA_NONE) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        all[i].judgement = i < input->judgement_count
                               ? input->judgements[i]
                               : verdicts->judgements[i - input->judgement_count];
        all[i].order = i;
        if (stm_referent_compare(all[i].judgement.left, all[i].judgement.right) > 0) {
            stemma_referent_id swap = all[i].judgement.left;
            all[i].judgement.left = all[i].judgement.right;
            all[i].judgement.right = swap;
        }
    }
    if (count != 0) {
        stm_arena_sort(scratch, all, count, sizeof *all, compare_arrivals);
    }
    for (size_t i = 0; i < count; i++) {
        stemma_judgement *last =
            result->judgement_count != 0 ? &result->judgements[result->judgement_count - 1] : NULL;
        int is_new = all[i].order >= input->judgement_count;
        int same_pair = i > 0 && stm_referent_compare(last->left, all[i].judgement.left) == 0 &&
                        stm_referent_compare(last->right, all[i].judgement.right) == 0;
        if (is_new && same_pair) {
            if (all[i - 1].order >= input->judgement_count && outranks(&all[i].judgement, last)) {
                *last = all[i].judgement;
            }
            continue;
        }
        result->judgements[result->judgement_count++] = all[i].judgement;
    }
    return STEMMA_OK;
}

/* What looks at texts alone, and neither needs the other. */
struct text_work {
    const struct stm_judge_input *input;
    struct stm_judge_input silent; /* the same, of a thread that must not tell of progress */
    struct stm_verdicts *verdicts;
    struct stm_arena *scratch;
    struct stm_stories *stories;
    stemma_status copies_status;
    stemma_status stories_status;
};

static void judge_copies(void *context)
{
    struct text_work *work = context;
    work->copies_status = stm_judge_copies(work->input, work->verdicts);
}

static void find_stories(void *context)
{
    struct text_work *work = context;
    work->stories_status = stm_stories_find(&work->silent, work->scratch, work->stories);
}

/* Copies and stories, at the same time: parts of each are work for one thread. `scratch` owns the stories. */
static stemma_status judge_texts(const struct stm_judge_input *input, struct stm_verdicts *verdicts,
                                 struct stm_arena *scratch, struct stm_stories *stories)
{
    struct text_work work = {.input = input,
                             .silent = *input,
                             .verdicts = verdicts,
                             .scratch = scratch,
                             .stories = stories};
    work.silent.progress = NULL;
    stm_parallel_beside(input->jobs, judge_copies, find_stories, &work);
    return work.copies_status != STEMMA_OK ? work.copies_status : work.stories_status;
}

static stemma_status judge(const struct stm_judge_input *input, struct stm_arena *arena,
                           struct stm_arena *scratch, struct stm_judge_result *result)
{
    struct stm_verdicts verdicts;
    struct stm_pairs known = {NULL, 0, 0};
    struct stm_entities entities;
    struct stm_contexts contexts;
    struct stm_cluster clusters;
    struct stm_stories stories;
    memset(&verdicts, 0, sizeof verdicts);
    verdicts.arena = arena;
    verdicts.run = input->run;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < input->judgement_count; i++) {
        status =
            stm_pairs_add(&known, scratch, input->judgements[i].left, input->judgements[i].right);
    }
    stm_pairs_sort(&known, scratch);
    for (uint32_t i = 0; status == STEMMA_OK && i < input->derivation_count; i++) {
        status = stm_verdicts_derive(&verdicts, &input->derivations[i]);
    }
    if (status == STEMMA_OK) {
        status = judge_texts(input, &verdicts, scratch, &stories);
    }
    if (status == STEMMA_OK) {
        status =
            stm_judge_entities(input, &known, scratch, &entities, &contexts, &stories, &clusters,
                               &verdicts);
    }
    if (status == STEMMA_OK) {
        status =
            stm_judge_events(input, &known, &entities, &contexts, &stories, &clusters, scratch,
                             &verdicts);
    }
    if (status == STEMMA_OK) {
        status = merge_judgements(input, &verdicts, arena, scratch, result);
    }
    if (status == STEMMA_OK) {
        result->derivations = verdicts.derivations;
        result->derivation_count = (uint32_t)verdicts.derivation_count;
        if (result->derivation_count != 0) {
            stm_arena_sort(scratch, result->derivations, result->derivation_count, sizeof *result->derivations,
                  compare_derivations);
        }
    }
    return status;
}

void stm_judge_step(const struct stm_judge_input *input, const struct stm_arena *arena,
                    const char *stage, uint64_t done, uint64_t total)
{
    stm_memory_check(arena->memory);
    if (input->progress != NULL) {
        input->progress(input->progress_context, stage, done, total);
    }
}

stemma_status stm_judge(const struct stm_judge_input *input, struct stm_arena *arena,
                        struct stm_judge_result *result, stemma_error *error)
{
    memset(result, 0, sizeof *result);
    stemma_status status = check_input(input, error);
    if (status != STEMMA_OK) {
        return status;
    }
    struct stm_arena scratch;
    stm_arena_init_in(&scratch, arena->memory);
    status = judge(input, arena, &scratch, result);
    stm_arena_free(&scratch);
    if (status != STEMMA_OK) {
        memset(result, 0, sizeof *result);
        return stm_fail(error, status, "NO_MEMORY", "", "memory ran out while judging");
    }
    return STEMMA_OK;
}
