/* SPDX-License-Identifier: MIT */
#include "pack/judge/pairs.h"

#include <stdlib.h>

static struct stm_pair ordered(stemma_referent_id a, stemma_referent_id b)
{
    struct stm_pair pair = {a, b};
    if (stm_referent_compare(a, b) > 0) {
        pair.left = b;
        pair.right = a;
    }
    return pair;
}

static int compare_pairs(const void *left, const void *right)
{
    const struct stm_pair *a = left;
    const struct stm_pair *b = right;
    int order = stm_referent_compare(a->left, b->left);
    return order != 0 ? order : stm_referent_compare(a->right, b->right);
}

stemma_status stm_pairs_add(struct stm_pairs *pairs, struct stm_arena *arena, stemma_referent_id a,
                            stemma_referent_id b)
{
    stemma_status status =
        stm_arena_grow(arena, &pairs->pairs, pairs->count, &pairs->capacity, sizeof *pairs->pairs);
    if (status == STEMMA_OK) {
        pairs->pairs[pairs->count++] = ordered(a, b);
    }
    return status;
}

void stm_pairs_sort(struct stm_pairs *pairs, struct stm_arena *arena)
{
    if (pairs->count != 0) {
        stm_arena_sort(arena, pairs->pairs, pairs->count, sizeof *pairs->pairs, compare_pairs);
    }
}

int stm_pairs_have(const struct stm_pairs *pairs, stemma_referent_id a, stemma_referent_id b)
{
    if (pairs->count == 0) {
        return 0;
    }
    struct stm_pair wanted = ordered(a, b);
    return bsearch(&wanted, pairs->pairs, pairs->count, sizeof wanted, compare_pairs) != NULL;
}
