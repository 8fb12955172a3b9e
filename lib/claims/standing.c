/* SPDX-License-Identifier: MIT */
/* What stands behind claims: who says them, and how many of those are independent. */
#include <stdlib.h>

#include "claims/claim_said.h"
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
static uint32_t count_independent(const credit *credits, size_t count, uint64_t *taken,
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

/* Documents are numbered by publication, undated ones last. */
static void take_date(const stm_said *said, bool *dated, stemma_standing *out)
{
    bool known = said->first != STEMMA_TIME_UNKNOWN_EARLY;
    if (out->first == STEMMA_NONE || said->document < out->first) {
        out->first = said->document;
    }
    if (out->last == STEMMA_NONE || (known && !*dated) ||
        (known == *dated && said->document > out->last)) {
        out->last = said->document;
    }
    *dated = *dated || known;
}

/* Outlets whose own documents speak for themselves: their weight is not to be lent to others. */
static size_t own_outlets(const stemma_claim *claims, const stm_said *const *said, uint32_t count,
                          uint64_t *out)
{
    size_t filled = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t w = 0; w < claims[i].witness_count; w++) {
            if (said[i][w].outlet == 0 && said[i][w].publisher != 0) {
                out[filled++] = said[i][w].publisher;
            }
        }
    }
    if (filled > 1) {
        qsort(out, filled, sizeof *out, by_name);
    }
    return filled;
}

stemma_status stm_standing_add(stemma_snapshot *snapshot, const stemma_claim *claims,
                               const stm_said *const *said, uint32_t count, stemma_standing *out,
                               stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    size_t total = 0;
    uint32_t filled = 0, speakers = 0;
    bool dated = false, credited = false;
    for (uint32_t i = 0; i < count; i++) {
        total += claims[i].witness_count;
    }
    uint32_t *numbers = stm_snapshot_array(snapshot, total, 2 * sizeof *numbers, error);
    credit *credits = stm_snapshot_array(snapshot, total, sizeof *credits, error);
    uint64_t *taken = stm_snapshot_array(snapshot, total, 2 * sizeof *taken, error);
    memset(out, 0, sizeof *out);
    out->first = out->last = STEMMA_NONE;
    if (numbers == NULL || credits == NULL || taken == NULL) {
        stm_snapshot_rewind(snapshot, mark);
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t w = 0; w < claims[i].witness_count; w++) {
            const stm_said *one = &said[i][w];
            take_witness(one, out);
            take_date(one, &dated, out);
            numbers[filled] = one->document;
            credits[filled++] = (credit){one->group, one->outlet};
            credited = credited || one->outlet != 0;
            if (one->read && one->speaker != STEMMA_NONE) {
                numbers[total + speakers++] = one->speaker;
            }
        }
    }
    if (filled > 1) {
        qsort(credits, filled, sizeof *credits, by_group);
    }
    out->documents = distinct(numbers, filled);
    out->speakers = distinct(numbers + total, speakers);
    out->independent = count_independent(
        credits, filled, taken, credited ? own_outlets(claims, said, count, taken) : 0);
    stm_snapshot_rewind(snapshot, mark);
    return STEMMA_OK;
}

stemma_status stemma_standing_of(stemma_snapshot *snapshot, const stemma_claim *claims,
                                 uint32_t count, stemma_standing *out, stemma_error *error)
{
    const stm_said **said = NULL;
    stemma_status status;
    stm_mark mark;
    if (snapshot == NULL || out == NULL || (claims == NULL && count != 0)) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    mark = stm_snapshot_mark(snapshot);
    status = stm_said_load(snapshot, claims, count, STM_SAID_OF_STANDING, &said, error);
    if (status == STEMMA_OK) {
        status = stm_standing_add(snapshot, claims, said, count, out, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}
