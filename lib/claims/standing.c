/* SPDX-License-Identifier: MIT */
/* What stands behind claims: who says them, and how many of those are independent. */
#include <stdlib.h>

#include "claims/claim_said.h"
#include "claims/outlet.h"
#include "base/error.h"

/* A group of documents, and an outlet that one of its witnesses credits; 0: none. */
typedef struct credit {
    uint32_t group;
    uint64_t outlet;
} credit;

static int by_group(const void *left, const void *right)
{
    const credit *a = left, *b = right;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    return (a->outlet > b->outlet) - (a->outlet < b->outlet);
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static int by_name(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* Numbers of documents or entities of a file that are worth a set of bits: fewer are sorted. */
#define SET_WORTH 256u

/* How many different numbers there are, all below `end`, by a set of bits. UINT32_MAX without memory. */
static uint32_t distinct_by_set(stemma_snapshot *snapshot, const uint32_t *numbers, uint32_t count,
                                uint32_t end, stemma_error *error)
{
    size_t words = (size_t)end / 64 + 1;
    stm_mark mark = stm_snapshot_mark(snapshot);
    uint64_t *set = stm_snapshot_array(snapshot, words, sizeof *set, error);
    uint32_t kept = 0;
    if (set == NULL) {
        return UINT32_MAX;
    }
    memset(set, 0, words * sizeof *set);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = numbers[i] < end ? numbers[i] : end;
        uint64_t bit = UINT64_C(1) << at % 64;
        kept += (set[at / 64] & bit) == 0;
        set[at / 64] |= bit;
    }
    stm_snapshot_rewind(snapshot, mark);
    return kept;
}

/* How many different numbers there are; puts them into another order. */
static uint32_t distinct(uint32_t *numbers, uint32_t count)
{
    uint32_t kept = 0;
    bool ascending = true;
    for (uint32_t i = 1; i < count && ascending; i++) {
        ascending = numbers[i - 1] <= numbers[i];
    }
    if (!ascending) {
        qsort(numbers, count, sizeof *numbers, by_number);
    }
    for (uint32_t i = 0; i < count; i++) {
        kept += i == 0 || numbers[i] != numbers[i - 1];
    }
    return kept;
}

/* Counts groups: those with a witness that credits none, and of the others as many as get an outlet of
   their own, groups ascending, each the least outlet that is still free. `taken` holds the outlets whose
   own documents count, ascending, and has room for all that are lent. */
static uint32_t count_credited(const credit *credits, size_t count, uint64_t *taken,
                                  size_t taken_count)
{
    uint32_t independent = 0;
    size_t lent = taken_count;
    for (size_t first = 0, end; first < count; first = end) {
        bool counts = credits[first].outlet == 0;
        for (end = first; end < count && credits[end].group == credits[first].group; end++) {
            uint64_t outlet = credits[end].outlet;
            bool free_still = !counts && bsearch(&outlet, taken, taken_count, sizeof outlet,
                                                 by_name) == NULL;
            for (size_t i = taken_count; i < lent && free_still; i++) {
                free_still = taken[i] != outlet;
            }
            if (free_still) {
                taken[lent++] = outlet;
                counts = true;
            }
        }
        independent += counts;
    }
    return independent;
}

static void take_witness(const stm_said *said, stemma_standing *out)
{
    out->witnesses++;
    out->polarity[said->polarity < 3 ? said->polarity : 0]++;
    out->certainty[said->certainty]++;
    out->realis[said->realis]++;
}

static stemma_status is_dated(stemma_snapshot *snapshot, uint32_t document, bool *dated,
                              stemma_error *error)
{
    stm_document_fact fact = {0};
    stemma_status status = stm_document_fact_of(snapshot, document, &fact, error);
    *dated = status == STEMMA_OK && fact.first != STEMMA_TIME_UNKNOWN_EARLY;
    return status;
}

/* The first and the last document. They are numbered by publication, undated ones last: those are passed over
   when there are others. */
static stemma_status find_ends(stemma_snapshot *snapshot, const uint32_t *documents, uint32_t count,
                               stemma_standing *out, stemma_error *error)
{
    uint32_t last = STEMMA_NONE;
    bool dated = false;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count; i++) {
        out->first = out->first == STEMMA_NONE || documents[i] < out->first ? documents[i]
                                                                             : out->first;
        out->last = out->last == STEMMA_NONE || documents[i] > out->last ? documents[i] : out->last;
    }
    if (count != 0) {
        status = is_dated(snapshot, out->last, &dated, error);
    }
    for (uint32_t i = 0; i < count && !dated && status == STEMMA_OK; i++) {
        bool known = false;
        if (last == STEMMA_NONE || documents[i] > last) {
            status = is_dated(snapshot, documents[i], &known, error);
            last = known ? documents[i] : last;
        }
    }
    out->last = last != STEMMA_NONE ? last : out->last;
    return status;
}

/* Outlets whose own documents speak for themselves: their weight is not to be lent to others. */
static stemma_status own_outlets(stemma_snapshot *snapshot, const stemma_claim *claims,
                                 const stm_said *const *said, uint32_t count, uint64_t *out,
                                 size_t *filled, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    *filled = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t w = 0; w < claims[i].witness_count && status == STEMMA_OK; w++) {
            stm_document_fact fact = {0};
            if (said[i][w].outlet == 0) {
                status = stm_document_fact_of(snapshot, said[i][w].document, &fact, error);
            }
            if (fact.publisher != 0) {
                out[(*filled)++] = fact.publisher;
            }
        }
    }
    if (*filled > 1) {
        qsort(out, *filled, sizeof *out, by_name);
    }
    return status;
}

/* How many different documents there are among `count` numbers. */
static stemma_status count_documents(stemma_snapshot *snapshot, uint32_t *numbers, uint32_t count,
                                     uint32_t *out, stemma_error *error)
{
    uint32_t documents = snapshot->file->bounds.documents;
    *out = count > SET_WORTH && count > documents / SET_WORTH
               ? distinct_by_set(snapshot, numbers, count, documents, error)
               : distinct(numbers, count);
    return *out != UINT32_MAX ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

/* Independent sources behind `filled` credits. Where none credits an outlet those are the groups, which are
   called by their first documents. */
static stemma_status count_independent(stemma_snapshot *snapshot, const stemma_claim *claims,
                                       const stm_said *const *said, uint32_t count,
                                       credit *credits, uint32_t filled, uint32_t *out,
                                       stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = STEMMA_OK;
    bool credited = false;
    for (uint32_t i = 0; i < filled && !credited; i++) {
        credited = credits[i].outlet != 0;
    }
    if (!credited) {
        uint32_t *groups = stm_snapshot_array(snapshot, filled, sizeof *groups, error);
        for (uint32_t i = 0; i < filled && groups != NULL; i++) {
            groups[i] = credits[i].group;
        }
        status = groups != NULL ? count_documents(snapshot, groups, filled, out, error)
                                : STEMMA_E_NO_MEMORY;
    } else {
        uint64_t *taken = stm_snapshot_array(snapshot, filled, 2 * sizeof *taken, error);
        if (taken == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        size_t own = 0;
        status = own_outlets(snapshot, claims, said, count, taken, &own, error);
        qsort(credits, filled, sizeof *credits, by_group);
        *out = status == STEMMA_OK ? count_credited(credits, filled, taken, own) : 0;
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

stemma_status stm_standing_add(stemma_snapshot *snapshot, const stemma_claim *claims,
                               const stm_said *const *said, uint32_t count, stemma_standing *out,
                               stemma_error *error)
{
    stemma_status status;
    stm_mark mark = stm_snapshot_mark(snapshot);
    size_t total = 0;
    uint32_t filled = 0, speakers = 0;
    for (uint32_t i = 0; i < count; i++) {
        total += claims[i].witness_count;
    }
    uint32_t *numbers = stm_snapshot_array(snapshot, total, 2 * sizeof *numbers, error);
    credit *credits = stm_snapshot_array(snapshot, total, sizeof *credits, error);
    memset(out, 0, sizeof *out);
    out->first = out->last = STEMMA_NONE;
    if (numbers == NULL || credits == NULL) {
        stm_snapshot_rewind(snapshot, mark);
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t w = 0; w < claims[i].witness_count; w++) {
            const stm_said *one = &said[i][w];
            take_witness(one, out);
            numbers[filled] = one->document;
            credits[filled++] = (credit){one->group, one->outlet};
            if (one->read && one->speaker != STEMMA_NONE) {
                numbers[total + speakers++] = one->speaker;
            }
        }
    }
    out->speakers = distinct(numbers + total, speakers);
    status = find_ends(snapshot, numbers, filled, out, error);
    if (status == STEMMA_OK) {
        status = count_documents(snapshot, numbers, filled, &out->documents, error);
    }
    if (status == STEMMA_OK) {
        status = count_independent(snapshot, claims, said, count, credits, filled,
                                   &out->independent, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

stemma_status stemma_standing_of(stemma_snapshot *snapshot, const stemma_claim *claims,
                                 uint32_t count, stemma_standing *out, stemma_error *error)
{
    const stm_said **said = NULL;
    stm_said_choice chosen;
    stemma_status status;
    stm_mark mark;
    if (snapshot == NULL || out == NULL || (claims == NULL && count != 0)) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    mark = stm_snapshot_mark(snapshot);
    stm_said_choose(claims, count, STM_SAID_OF_STANDING, &chosen);
    status = stm_said_load(snapshot, claims, count, &chosen, &said, error);
    if (status == STEMMA_OK) {
        status = stm_standing_add(snapshot, claims, said, count, out, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}
