/* SPDX-License-Identifier: MIT */
/* What an entity or event hangs on: its judgements replayed, and the bridges of the graph that they
   make of the members. */
#include "trace/trace_identity.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/grow.h"

/* Edges that replays may go through, all in all. */
#define STEPS_MOST (UINT64_C(1) << 24)

static bool joins(const stm_identity_edge *edge)
{
    return edge->stands && edge->verdict == STEMMA_VERDICT_SAME && edge->left != STEMMA_NONE &&
           edge->right != STEMMA_NONE;
}

/* ---- Which judgements name whom --------------------------------------------------------------- */

static stemma_status list_about(stemma_identity *identity, stemma_error *error)
{
    uint32_t n = identity->member_count;
    uint32_t *first = stm_snapshot_array(identity->snapshot, (uint64_t)n + 2, sizeof *first, error);
    uint32_t *about = stm_snapshot_array(identity->snapshot, (uint64_t)identity->edge_count * 2,
                                         sizeof *about, error);
    if (first == NULL || about == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(first, 0, ((size_t)n + 2) * sizeof *first);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < identity->edge_count; i++) {
            const uint32_t ends[2] = {identity->edges[i].left, identity->edges[i].right};
            for (int side = 0; side < 2; side++) {
                if (ends[side] == STEMMA_NONE) {
                    continue;
                }
                if (pass == 0) {
                    first[ends[side] + 2]++;
                } else {
                    about[first[ends[side] + 1]++] = i;
                }
            }
        }
        for (uint32_t m = 0; pass == 0 && m < n; m++) {
            first[m + 2] += first[m + 1];
        }
    }
    identity->about_first = first;
    identity->about = about;
    return STEMMA_OK;
}

/* ---- The walk ----------------------------------------------------------------------------------- */

static void come_to(stemma_identity *identity, uint32_t member, uint32_t edge, uint32_t *clock)
{
    identity->time[member] = identity->low[member] = ++*clock;
    identity->by[member] = edge;
}

static uint32_t other_end(const stm_identity_edge *edge, uint32_t member)
{
    return edge->left == member ? edge->right : edge->left;
}

/* Depth first from `root`, without recursion: `next` has the place in each member's list. */
static void walk_from(stemma_identity *identity, uint32_t root, uint32_t *next, uint32_t *clock)
{
    uint32_t at = root;
    come_to(identity, root, STEMMA_NONE, clock);
    for (;;) {
        if (next[at] < identity->about_first[at + 1]) {
            uint32_t index = identity->about[next[at]++];
            const stm_identity_edge *edge = &identity->edges[index];
            uint32_t to;
            if (!joins(edge) || index == identity->by[at]) {
                continue;
            }
            to = other_end(edge, at);
            if (identity->time[to] == 0) {
                come_to(identity, to, index, clock);
                at = to;
            } else if (identity->time[to] < identity->low[at]) {
                identity->low[at] = identity->time[to];
            }
            continue;
        }
        identity->left[at] = *clock;
        if (identity->by[at] == STEMMA_NONE) {
            return;
        }
        uint32_t above = other_end(&identity->edges[identity->by[at]], at);
        if (identity->low[at] < identity->low[above]) {
            identity->low[above] = identity->low[at];
        }
        at = above;
    }
}

static stemma_status walk(stemma_identity *identity, stemma_error *error)
{
    uint32_t n = identity->member_count;
    uint32_t *room = stm_snapshot_array(identity->snapshot, (uint64_t)n * 7, sizeof *room, error);
    uint32_t *next;
    uint32_t clock = 0;
    if (room == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(room, 0, (size_t)n * 7 * sizeof *room);
    identity->time = room;
    identity->left = room + n;
    identity->low = room + (size_t)n * 2;
    identity->by = room + (size_t)n * 3;
    identity->group = room + (size_t)n * 4;
    identity->cluster = room + (size_t)n * 5;
    next = room + (size_t)n * 6;
    if (n != 0) {
        memcpy(next, identity->about_first, (size_t)n * sizeof *next);
    }
    for (uint32_t m = 0; m < n; m++) {
        if (identity->time[m] == 0) {
            walk_from(identity, m, next, &clock);
        }
    }
    return STEMMA_OK;
}

/* ---- Replays -------------------------------------------------------------------------------------- */

/* Clusters of the members without edge `left_out` (STEMMA_NONE: with all). */
static stemma_status replay(stemma_identity *identity, uint32_t left_out, stemma_error *error)
{
    uint32_t n = identity->member_count;
    stm_cluster_edge *edges = stm_zeroed(identity->edge_count, sizeof *edges);
    uint8_t *kinds = stm_zeroed(n, 1);
    size_t count = 0;
    stemma_status status = STEMMA_E_NO_MEMORY;
    for (uint32_t i = 0; edges != NULL && i < identity->edge_count; i++) {
        const stm_identity_edge *edge = &identity->edges[i];
        if (i != left_out && edge->stands && edge->left != STEMMA_NONE &&
            edge->right != STEMMA_NONE) {
            edges[count++] = (stm_cluster_edge){edge->left,  edge->right,   edge->number,
                                                edge->score, edge->verdict, edge->person};
        }
    }
    if (edges != NULL && kinds != NULL) {
        status = stm_cluster_referents(NULL, edges, count, kinds, n, identity->cluster,
                                       &identity->replayed_count);
    }
    free(edges);
    free(kinds);
    identity->replayed = status == STEMMA_OK ? left_out : STEMMA_NONE;
    identity->steps += (uint64_t)count + n;
    return status == STEMMA_OK ? status
                               : stm_fail(error, status, "NO_MEMORY", "", "The system refused memory");
}

/* ---- Effects ---------------------------------------------------------------------------------- */

/* A standing judgement same, of two members. */
struct use {
    uint32_t edge;
    uint32_t number;
    uint16_t score; /* + 1; 0: none, which comes last */
    uint8_t person;
};

/* The order in which SPEC.md, 11.2, uses them. */
static int by_use(const void *left, const void *right)
{
    const struct use *a = left, *b = right;
    if (a->person != b->person) {
        return b->person - a->person;
    }
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}

static uint32_t root_of(uint32_t *parent, uint32_t member)
{
    while (parent[member] != member) {
        parent[member] = parent[parent[member]];
        member = parent[member];
    }
    return member;
}

static uint8_t effect_of(const stm_identity_edge *edge)
{
    bool inside = edge->left != STEMMA_NONE && edge->right != STEMMA_NONE;
    if (!edge->stands) {
        return STEMMA_IDENTITY_RETRACTED;
    }
    if (edge->verdict == STEMMA_VERDICT_SAME) {
        return inside ? STEMMA_IDENTITY_REPEATS : STEMMA_IDENTITY_REFUSED;
    }
    if (edge->verdict == STEMMA_VERDICT_NOT_SAME) {
        return inside ? STEMMA_IDENTITY_OVERRULED : STEMMA_IDENTITY_PARTS;
    }
    return STEMMA_IDENTITY_OPEN;
}

/* Which of them joined. Members are one cluster, so no join among them was refused: a block between
   two of them would have kept them apart for good. */
static stemma_status tell_effects(stemma_identity *identity, stemma_error *error)
{
    struct use *uses = stm_zeroed(identity->edge_count, sizeof *uses);
    uint32_t *parent = identity->cluster;
    size_t count = 0;
    if (uses == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
    }
    for (uint32_t m = 0; m < identity->member_count; m++) {
        parent[m] = m;
    }
    for (uint32_t i = 0; i < identity->edge_count; i++) {
        stm_identity_edge *edge = &identity->edges[i];
        edge->effect = effect_of(edge);
        identity->blocked = identity->blocked || edge->effect == STEMMA_IDENTITY_OVERRULED;
        identity->refused = identity->refused || edge->effect == STEMMA_IDENTITY_REFUSED;
        if (joins(edge)) {
            uses[count++] = (struct use){
                i, edge->number,
                (uint16_t)(edge->score == STEMMA_NO_CONFIDENCE ? 0 : edge->score + 1),
                edge->person};
        }
    }
    if (count > 1) {
        qsort(uses, count, sizeof *uses, by_use);
    }
    for (size_t i = 0; i < count; i++) {
        stm_identity_edge *edge = &identity->edges[uses[i].edge];
        uint32_t left = root_of(parent, edge->left);
        uint32_t right = root_of(parent, edge->right);
        if (left != right) {
            parent[left < right ? right : left] = left < right ? left : right;
            edge->effect = STEMMA_IDENTITY_JOINS;
        }
    }
    free(uses);
    return STEMMA_OK;
}

stemma_status stm_identity_weigh(stemma_identity *identity, stemma_error *error)
{
    stemma_status status = list_about(identity, error);
    if (status == STEMMA_OK) {
        status = walk(identity, error);
    }
    if (status == STEMMA_OK) {
        status = tell_effects(identity, error);
    }
    for (uint32_t m = 0; status == STEMMA_OK && m < identity->member_count; m++) {
        identity->group[m] = STEMMA_NONE;
    }
    return status;
}

/* ---- Without one ------------------------------------------------------------------------------- */

stemma_status stm_identity_cut(stemma_identity *identity, uint32_t index, uint32_t *parts,
                               bool *exact, uint32_t *below, stemma_error *error)
{
    const stm_identity_edge *edge = &identity->edges[index];
    *parts = 1;
    *exact = true;
    *below = STEMMA_NONE;
    if (edge->effect != STEMMA_IDENTITY_JOINS) {
        return STEMMA_OK; /* what joined nothing is missed by nothing */
    }
    *exact = !identity->refused; /* a part might go with what is outside */
    if (identity->blocked && (identity->replayed == index || identity->steps < STEPS_MOST)) {
        stemma_status status =
            identity->replayed == index ? STEMMA_OK : replay(identity, index, error);
        *parts = identity->replayed_count;
        return status;
    }
    *exact = *exact && !identity->blocked;
    for (int side = 0; side < 2; side++) {
        uint32_t member = side == 0 ? edge->left : edge->right;
        uint32_t above = side == 0 ? edge->right : edge->left;
        if (identity->by[member] == index && identity->low[member] > identity->time[above]) {
            *parts = 2;
            *below = member;
        }
    }
    return STEMMA_OK;
}
