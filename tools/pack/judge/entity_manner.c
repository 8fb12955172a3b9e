/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_manner.h"

#define BEARERS_TRIED 128u /* of one noun and adjective in the whole corpus */
#define CALLED_ALIKE  650u /* score of a name that is none */

/* Somebody with a name is called so. */
struct called {
    uint64_t how; /* head, number and adjective */
    uint32_t node;
};

struct calls {
    struct called *items;
    size_t count;
    size_t capacity;
};

static int compare_calls(const void *left, const void *right)
{
    const struct called *a = left;
    const struct called *b = right;
    if (a->how != b->how) {
        return a->how < b->how ? -1 : 1;
    }
    return (a->node > b->node) - (a->node < b->node);
}

static uint64_t how_of(const struct stm_description *d, uint32_t manner)
{
    return (d->head ^ d->manner[manner]) * UINT64_C(0x9E3779B97F4A7C15) + d->manner[manner];
}

static int is_named(const struct stm_matcher *matcher, uint32_t node)
{
    return matcher->profiles[stm_cluster_find(matcher->cluster, node)].name_count != 0;
}

static size_t first_of(const struct calls *calls, uint64_t how)
{
    size_t low = 0;
    size_t high = calls->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (calls->items[middle].how < how) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The one of those called so of whom the document of `d` speaks too; or STEMMA_NONE. */
static uint32_t only_one(struct stm_matcher *matcher, const struct calls *calls,
                         const struct stm_description *d)
{
    uint32_t found = STEMMA_NONE;
    for (uint32_t m = 0; m < d->manner_count; m++) {
        uint64_t how = how_of(d, m);
        size_t first = first_of(calls, how);
        for (size_t i = first; i < calls->count && calls->items[i].how == how; i++) {
            uint32_t node = calls->items[i].node;
            const char *why;
            if (i - first == BEARERS_TRIED) {
                return STEMMA_NONE;
            }
            if (stm_cluster_ask(matcher->cluster, node, d->node) != STM_CLUSTER_ONE_DOCUMENT ||
                (stm_matcher_may_join(matcher, node, d->node, NULL, &why), why != NULL)) {
                continue;
            }
            if (found != STEMMA_NONE && stm_cluster_find(matcher->cluster, found) !=
                                            stm_cluster_find(matcher->cluster, node)) {
                return STEMMA_NONE;
            }
            found = found == STEMMA_NONE ? node : found;
        }
    }
    return found;
}

stemma_status stm_match_manner(struct stm_matcher *matcher, struct stm_arena *arena,
                               const struct stm_description *list, size_t count)
{
    struct calls calls = {NULL, 0, 0};
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; status == STEMMA_OK && i < count; i++) {
        for (uint32_t m = 0; status == STEMMA_OK && m < list[i].manner_count &&
                             is_named(matcher, list[i].node);
             m++) {
            status = stm_arena_grow(arena, &calls.items, calls.count, &calls.capacity,
                                    sizeof *calls.items);
            if (status == STEMMA_OK) {
                calls.items[calls.count].how = how_of(&list[i], m);
                calls.items[calls.count++].node = list[i].node;
            }
        }
    }
    if (status == STEMMA_OK && calls.count != 0) {
        stm_arena_sort(arena, calls.items, calls.count, sizeof *calls.items, compare_calls);
    }
    for (size_t i = 0; status == STEMMA_OK && i < count; i++) {
        if (!list[i].definite || list[i].plural || list[i].telling_count != 0 ||
            is_named(matcher, list[i].node)) {
            continue;
        }
        uint32_t node = only_one(matcher, &calls, &list[i]);
        if (node != STEMMA_NONE) {
            struct stm_proposal proposal = {node, list[i].node, CALLED_ALIKE, STM_CONTEXT_STORY};
            status = stm_matcher_accept(matcher, &proposal, "called alike");
        }
    }
    return status;
}
