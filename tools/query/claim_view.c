/* SPDX-License-Identifier: MIT */
#include "query/claim_view.h"

#include <stdlib.h>

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static uint32_t distinct(uint32_t *numbers, uint32_t count)
{
    uint32_t kept = 0;
    if (count > 1) {
        qsort(numbers, count, sizeof *numbers, by_number);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || numbers[i] != numbers[kept - 1]) {
            numbers[kept++] = numbers[i];
        }
    }
    return kept;
}

stemma_status stm_count_independent(struct stm_query *query, const uint32_t *documents,
                                    uint32_t count, uint32_t *out)
{
    uint32_t *groups = stm_arena_alloc(&query->arena, count, sizeof *groups);
    if (groups == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        stemma_status status = stemma_independence_group(query->item, documents[i], &groups[i],
                                                         &query->error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    *out = distinct(groups, count);
    return STEMMA_OK;
}

static stemma_status count_speakers(struct stm_query *query, stemma_claim *claim)
{
    uint32_t *speakers = stm_arena_alloc(&query->arena, claim->witness_count, sizeof *speakers);
    uint32_t count = 0;
    if (speakers == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < claim->witness_count; i++) {
        const struct stm_source *source;
        stemma_referent_id referent = {claim->witnesses[i].document, STEMMA_NONE};
        stemma_reference entity;
        const stemma_assertion *assertion;
        stemma_status status =
            stm_query_assertion(query, claim->witnesses[i], &source, &assertion);
        if (status != STEMMA_OK) {
            return status;
        }
        referent.referent = assertion->speaker;
        if (referent.referent == STEMMA_NONE) {
            continue;
        }
        status = stemma_member_of(query->item, referent, &entity, &query->error);
        if (status != STEMMA_OK) {
            return status;
        }
        speakers[count++] = entity.number;
    }
    claim->speakers = distinct(speakers, count);
    return STEMMA_OK;
}

/* Leaves the witnesses that are known, and counts them anew. */
static stemma_status cut_claim(struct stm_query *query, stemma_claim *claim)
{
    uint32_t known = 0;
    uint32_t *documents;
    stemma_status status;
    while (known < claim->witness_count && claim->witnesses[known].document < query->until) {
        known++;
    }
    claim->witness_count = known;
    documents = stm_arena_alloc(&query->arena, known, sizeof *documents);
    if (documents == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < known; i++) {
        documents[i] = claim->witnesses[i].document;
    }
    claim->documents = distinct(documents, known);
    status = stm_count_independent(query, documents, claim->documents, &claim->independent);
    /* Who speaks stands in the documents: they are only opened when anybody does. */
    return status == STEMMA_OK && claim->speakers != 0 ? count_speakers(query, claim) : status;
}

stemma_status stm_claim_load(struct stm_query *query, uint32_t number, struct stm_claim_view *out)
{
    stemma_claim *claim = &out->claim;
    stemma_status status = stemma_claim_get(query->item, number, claim, &query->error);
    out->cut = false;
    if (status != STEMMA_OK || !stm_query_is_dated(query) || claim->witness_count == 0 ||
        claim->witnesses[claim->witness_count - 1].document < query->until) {
        return status;
    }
    out->cut = true;
    if (claim->witnesses[0].document >= query->until) {
        claim->witness_count = 0;
        return STEMMA_NOT_FOUND;
    }
    return cut_claim(query, claim);
}

stemma_status stm_claims_load(struct stm_query *query, uint32_t first, uint32_t count,
                              struct stm_claim_view **out, uint32_t *out_count)
{
    struct stm_claim_view *views = NULL;
    size_t capacity = 0;
    *out_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        stemma_status status =
            stm_arena_grow(&query->arena, &views, *out_count, &capacity, sizeof *views);
        if (status == STEMMA_OK) {
            status = stm_claim_load(query, first + i, &views[*out_count]);
        }
        if (status == STEMMA_NOT_FOUND) {
            continue;
        }
        if (status != STEMMA_OK) {
            return status;
        }
        (*out_count)++;
    }
    *out = views;
    return STEMMA_OK;
}
