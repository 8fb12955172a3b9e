/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_match.h"

#include "pack/judge/event_described.h"
#include "pack/judge/event_compare.h"
#include "pack/judge/event_copy.h"
#include "pack/judge/event_pair.h"
#include "pack/judge/event_repeat.h"
#include "pack/judge/event_score.h"
#include "pack/judge/event_story.h"

#include <stdio.h>
#include <stdlib.h>

#define STEP          32u /* pairs between two looks at time and memory */
#define MEMBERS_ASKED 12u

static stemma_referent_id id_of(const struct stm_events *events, uint32_t node)
{
    stemma_referent_id id = {events->nodes[node].document, events->nodes[node].referent};
    return id;
}

/* Why two clusters cannot be one: the first contradiction between their members. That two accounts
   name different patients or numbers counts only when no two accounts agree in that. */
static const char *cluster_contradiction(const struct stm_event_pairing *pairing,
                                         const struct stm_cluster *cluster, uint32_t a, uint32_t b)
{
    const struct stm_events *events = pairing->events;
    int shared = 0;
    int apart = 0;
    int counts_fit = 0;
    int counts_differ = 0;
    uint32_t x = a;
    for (uint32_t i = 0; i < MEMBERS_ASKED; i++) {
        uint32_t y = b;
        for (uint32_t k = 0; k < MEMBERS_ASKED; k++) {
            const struct stm_event *left = &events->nodes[x];
            const struct stm_event *right = &events->nodes[y];
            const char *why = stm_event_contradiction(left, right);
            if (why != NULL) {
                return why;
            }
            int patients = stm_event_patients(left, right);
            shared |= patients > 0;
            apart |= patients < 0;
            if (!counts_fit) {
                uint32_t ratio;
                int counts = stm_event_compare_counts(left, right, &ratio);
                if (counts < 0) { /* then how alike their documents are decides */
                    counts = stm_event_counts(
                        left, right,
                        stm_context_documents(pairing->contexts, left->document, right->document));
                }
                counts_fit |= counts > 0;
                counts_differ |= counts < 0;
            }
            y = cluster->next[y];
            if (y == b) {
                break;
            }
        }
        x = cluster->next[x];
        if (x == a) {
            break;
        }
    }
    if (counts_differ && !counts_fit) {
        return "other counts";
    }
    return apart && !shared ? "it happened to others" : NULL;
}

static stemma_status decide(const struct stm_event_pairing *pairing, struct stm_cluster *cluster,
                            const struct stm_event_pair *pair, uint8_t *doubts,
                            struct stm_verdicts *verdicts)
{
    const struct stm_events *events = pairing->events;
    enum stm_cluster_answer answer = stm_cluster_ask(cluster, pair->left, pair->right);
    if (answer == STM_CLUSTER_JOINED || answer == STM_CLUSTER_FORBIDDEN) {
        return STEMMA_OK;
    }
    int doubted = doubts[pair->left] != 0 || doubts[pair->right] != 0;
    if (doubted && (answer == STM_CLUSTER_ONE_DOCUMENT || pair->score < STM_EVENT_SAME)) {
        return STEMMA_OK; /* not to be joined, and not worth a second doubt: no need to look closer
                           */
    }
    const char *why = cluster_contradiction(pairing, cluster, pair->left, pair->right);
    if (why == NULL && answer == STM_CLUSTER_ONE_DOCUMENT) {
        why = "one document tells of both";
    }
    stemma_verdict verdict = STEMMA_VERDICT_SAME;
    if (why != NULL) {
        verdict =
            answer == STM_CLUSTER_ONE_DOCUMENT ? STEMMA_VERDICT_UNSURE : STEMMA_VERDICT_NOT_SAME;
    } else if (pair->score < STM_EVENT_SAME) {
        verdict = STEMMA_VERDICT_UNSURE;
        why = "too little in common";
    }
    if (verdict != STEMMA_VERDICT_SAME) {
        if (doubted) {
            return STEMMA_OK;
        }
        doubts[pair->left] = 1;
        doubts[pair->right] = 1;
    } else {
        stemma_status status = stm_cluster_join(cluster, pair->left, pair->right);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    char reason[120];
    (void)snprintf(reason, sizeof reason, "same type, %d points%s%s", pair->score,
                   why != NULL ? "; " : " of time, participants and counts",
                   why != NULL ? why : "");
    return stm_verdicts_add(verdicts, id_of(events, pair->left), id_of(events, pair->right),
                            verdict, (uint32_t)(pair->score > 1000 ? 1000 : pair->score), reason);
}

static stemma_status apply_known(const struct stm_judge_input *input,
                                 const struct stm_events *events, struct stm_cluster *cluster)
{
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < input->judgement_count; i++) {
            const stemma_judgement *judgement = &input->judgements[i];
            uint32_t a =
                stm_events_node(events, judgement->left.document, judgement->left.referent);
            uint32_t b =
                stm_events_node(events, judgement->right.document, judgement->right.referent);
            if (a == STEMMA_NONE || b == STEMMA_NONE || judgement->retracted.size != 0) {
                continue;
            }
            stemma_status status = STEMMA_OK;
            if (pass == 0 && judgement->verdict == STEMMA_VERDICT_SAME) {
                status = stm_cluster_join(cluster, a, b);
            } else if (pass == 1 && judgement->verdict == STEMMA_VERDICT_NOT_SAME) {
                status = stm_cluster_forbid(cluster, a, b);
            }
            if (status != STEMMA_OK) {
                return status;
            }
        }
    }
    return STEMMA_OK;
}

/* Whether an account says no more than that something happened, in some word. */
static int is_vague(const struct stm_events *events, uint32_t left, uint32_t right)
{
    return events->nodes[left].generic || events->nodes[right].generic;
}

/* Joins what one passage tells, whatever was changed in it, and what one document tells with two
   numbers or in one word. Of `vague`: those with a vague account, or the others. */
static stemma_status join_twins(const struct stm_event_pairing *pairing,
                                const struct stm_event_twin *twins, size_t count,
                                int vague, struct stm_cluster *cluster, const char *reason,
                                uint32_t score, struct stm_verdicts *verdicts)
{
    const struct stm_events *events = pairing->events;
    for (size_t i = 0; i < count; i++) {
        struct stm_event_pair pair = {twins[i].left, twins[i].right, 0};
        const struct stm_event *a = &events->nodes[pair.left];
        const struct stm_event *b = &events->nodes[pair.right];
        enum stm_cluster_answer answer = stm_cluster_ask(cluster, pair.left, pair.right);
        if (is_vague(events, pair.left, pair.right) != vague ||
            stm_event_pair_settled(pairing, pair.left, pair.right) ||
            (answer != STM_CLUSTER_FREE &&
             (answer != STM_CLUSTER_ONE_DOCUMENT || a->document != b->document))) {
            continue;
        }
        stemma_status status = stm_cluster_join(cluster, pair.left, pair.right);
        if (status == STEMMA_OK) {
            status = stm_verdicts_add(verdicts, id_of(events, pair.left), id_of(events, pair.right),
                                      STEMMA_VERDICT_SAME, score, reason);
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

/* Joins the pairs that are alike enough, best first. Of `vague`: as above. */
static stemma_status join_pairs(const struct stm_event_pairing *pairing,
                                const struct stm_event_pair *pairs, size_t count, int vague,
                                uint8_t *doubts, struct stm_arena *arena,
                                struct stm_cluster *cluster, struct stm_verdicts *verdicts)
{
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; status == STEMMA_OK && i < count; i++) {
        if (i % STEP == 0) {
            stm_judge_step(pairing->input, arena, "joining events", i, count);
        }
        if (is_vague(pairing->events, pairs[i].left, pairs[i].right) == vague) {
            status = decide(pairing, cluster, &pairs[i], doubts, verdicts);
        }
    }
    return status;
}

/* Joins what is alike, first what is told of one type: what vague accounts are joined with keeps
   nothing else apart. */
static stemma_status join_all(const struct stm_event_pairing *pairing, struct stm_arena *arena,
                              struct stm_cluster *cluster, struct stm_verdicts *verdicts,
                              const struct stm_event_twin *repeats, size_t repeat_count)
{
    static const char repeated[] = "one happening, told twice in one document";
    const struct stm_events *events = pairing->events;
    struct stm_event_pair *pairs = NULL;
    struct stm_event_twin *twins = NULL;
    size_t count = 0;
    size_t twin_count = 0;
    stemma_status status = stm_event_pairs_find(pairing, arena, &pairs, &count);
    uint8_t *doubts = stm_arena_alloc(arena, events->count, 1);
    if (status != STEMMA_OK || doubts == NULL) {
        return status != STEMMA_OK ? status : STEMMA_E_NO_MEMORY;
    }
    status = join_pairs(pairing, pairs, count, 0, doubts, arena, cluster, verdicts);
    if (status == STEMMA_OK) {
        status = stm_events_of_story(events, pairing->contexts, cluster, arena, &twins, &twin_count);
    }
    for (size_t i = 0; status == STEMMA_OK && i < twin_count; i++) {
        if (cluster_contradiction(pairing, cluster, twins[i].left, twins[i].right) == NULL) {
            status =
                join_twins(pairing, &twins[i], 1, 0, cluster,
                           "the only one of its type in two documents of one story", 510, verdicts);
        }
    }
    if (status == STEMMA_OK) {
        status = join_twins(pairing, repeats, repeat_count, 1, cluster, repeated, 600, verdicts);
    }
    return status == STEMMA_OK
               ? join_pairs(pairing, pairs, count, 1, doubts, arena, cluster, verdicts)
               : status;
}

stemma_status stm_judge_events(const struct stm_judge_input *input, const struct stm_pairs *known,
                               const struct stm_entities *entities,
                               const struct stm_contexts *contexts,
                               const struct stm_stories *stories, struct stm_cluster *clusters,
                               struct stm_arena *arena, struct stm_verdicts *verdicts)
{
    struct stm_events events;
    struct stm_cluster cluster;
    struct stm_triggers triggers;
    struct stm_event_twin *repeats = NULL;
    size_t repeat_count = 0;
    struct stm_event_twin *twins = NULL;
    size_t twin_count = 0;
    struct stm_event_pairing pairing = {input, known, &events, contexts, stories, verdicts};
    stemma_status status = stm_events_collect(input, entities, clusters, arena, &events);
    if (status == STEMMA_OK) {
        status = stm_events_described(input, entities, stories, clusters, arena, &events);
    }
    if (status == STEMMA_OK) {
        status = stm_events_set_scenes(input, entities, clusters, arena, &events, &triggers);
    }
    if (status == STEMMA_OK) {
        status = stm_cluster_init(&cluster, arena, events.count, events.document);
    }
    if (status == STEMMA_OK) {
        status = apply_known(input, &events, &cluster);
    }
    if (status == STEMMA_OK) {
        status = stm_events_repeated(input, &events, arena, &repeats, &repeat_count);
    }
    if (status == STEMMA_OK) {
        status = join_twins(&pairing, repeats, repeat_count, 0, &cluster,
                            "one happening, told twice in one document", 600, verdicts);
    }
    if (status == STEMMA_OK) {
        status = stm_events_copied(input, verdicts, &events, &triggers, arena, &twins, &twin_count);
    }
    if (status == STEMMA_OK) {
        status = join_twins(&pairing, twins, twin_count, 0, &cluster,
                                "told in a passage that one took from the other", 950, verdicts);
    }
    return status == STEMMA_OK
               ? join_all(&pairing, arena, &cluster, verdicts, repeats, repeat_count)
               : status;
}
