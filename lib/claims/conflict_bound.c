/* SPDX-License-Identifier: MIT */
#include "claims/conflict_bound.h"

#include "claim_record.h"
#include "entity_block.h"
#include "base/error.h"
#include "name/folded.h"

/* Claims some two of which may exclude each other: of two sides one is without the best supported claim. */
typedef struct crowd {
    uint64_t sum;
    uint32_t most;
} crowd;

static void add(crowd *to, uint32_t independent)
{
    to->sum += independent;
    to->most = independent > to->most ? independent : to->most;
}

static uint32_t lesser_of(const crowd *of)
{
    uint64_t rest = of->sum - of->most;
    return rest < UINT32_MAX ? (uint32_t)rest : UINT32_MAX;
}

/* Exact amounts that are told apart; of more only the sum is known. */
#define AMOUNTS 64u

/* Counts: those of one exact amount may stand together, those of two never do unless a vague one joins them. */
typedef struct counts {
    crowd all;
    struct {
        stemma_text amount;
        uint64_t sum;
    } exact[AMOUNTS];
    uint32_t amounts;
    bool vague; /* some are ranges, or there are too many amounts */
} counts;

static bool is_exact(const stemma_quantity *quantity)
{
    return quantity->modifier == STEMMA_MODIFIER_NONE && quantity->amount.size != 0;
}

static void add_count(counts *to, const stemma_quantity *quantity, uint32_t independent)
{
    uint32_t i = 0;
    add(&to->all, independent);
    if (!is_exact(quantity)) {
        to->vague = true;
        return;
    }
    for (; i < to->amounts && !stemma_text_equal(to->exact[i].amount, quantity->amount); i++) {
    }
    if (i == AMOUNTS) {
        to->vague = true;
        return;
    }
    if (i == to->amounts) {
        to->exact[to->amounts++].sum = 0;
        to->exact[i].amount = quantity->amount;
    }
    to->exact[i].sum += independent;
}

static uint32_t lesser_count(const counts *of)
{
    uint64_t most = 0, second = 0;
    for (uint32_t i = 0; i < of->amounts; i++) {
        uint64_t sum = of->exact[i].sum;
        second = sum > most ? most : sum > second ? sum : second;
        most = sum > most ? sum : most;
    }
    return of->vague ? lesser_of(&of->all) : second < UINT32_MAX ? (uint32_t)second : UINT32_MAX;
}

/* The claims of one predicate. */
typedef struct run {
    uint32_t predicate;
    counts counts;
    crowd values; /* of a single-valued predicate */
    crowd all;
    bool affirmed;
    bool denied;
} run;

static void begin(run *of, uint32_t predicate)
{
    const crowd none = {0, 0};
    of->predicate = predicate;
    of->counts.all = of->values = of->all = none;
    of->counts.amounts = 0;
    of->counts.vague = of->affirmed = of->denied = false;
}

static uint32_t bound_of(const run *of)
{
    uint32_t bound = lesser_count(&of->counts);
    uint32_t values = lesser_of(&of->values);
    uint32_t all = of->affirmed && of->denied ? lesser_of(&of->all) : 0;
    bound = values > bound ? values : bound;
    return all > bound ? all : bound;
}

static void take(run *of, const stm_claim_row *claim, bool single)
{
    add(&of->all, claim->independent);
    if (claim->polarity == STEMMA_POLARITY_NEGATIVE) {
        of->denied = true;
        return;
    }
    of->affirmed = true;
    if (claim->object.kind == STEMMA_OBJECT_QUANTITY) {
        add_count(&of->counts, &claim->object.as.quantity, claim->independent);
    } else if (single) {
        add(&of->values, claim->independent);
    }
}

stemma_status stm_claims_of(stemma_snapshot *snapshot, stemma_reference subject, uint32_t *first,
                            uint32_t *count, stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    stemma_status status;
    if (subject.kind == STEMMA_REFERENCE_EVENT) {
        const stm_event_block *block = NULL;
        uint32_t row = subject.number % STEMMA_EVENT_BLOCK;
        status = subject.number < bounds->events
                     ? stm_snapshot_event_block(snapshot, subject.number, &block, error)
                     : STEMMA_NOT_FOUND;
        if (status != STEMMA_OK) {
            return status;
        }
        *first = (uint32_t)stm_event_block_get(block, STM_EVENT_CLAIM_FIRST, row);
        *count = (uint32_t)stm_event_block_get(block, STM_EVENT_CLAIM_COUNT, row);
    } else {
        const stm_entity_block *block = NULL;
        uint32_t row = subject.number % STM_ENTITY_BLOCK;
        status = subject.number < bounds->entities
                     ? stm_snapshot_entity_block(snapshot, subject.number, &block, error)
                     : STEMMA_NOT_FOUND;
        if (status != STEMMA_OK) {
            return status;
        }
        *first = (uint32_t)stm_column_get(&block->column[STM_ENTITY_CLAIM_FIRST], row);
        *count = (uint32_t)stm_column_get(&block->column[STM_ENTITY_CLAIM_COUNT], row);
    }
    return *first <= bounds->claims && *count <= bounds->claims - *first
               ? STEMMA_OK
               : stm_damaged(error, STM_TABLE_CLAIM, *first, "CLAIM_RANGE");
}

/* Row `index` of the stored claims from rank `rank` on, which are claims from `first` on. */
static stemma_status peek(stemma_snapshot *snapshot, uint32_t rank, uint32_t first, uint32_t index,
                          stm_claim_row *row, stemma_error *error)
{
    stemma_bytes bytes;
    stm_fault fault = {"", 0};
    stemma_status status =
        stm_snapshot_row(snapshot, STM_TABLE_CLAIM, rank + index, &bytes, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_CLAIM, first + index, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_claim_peek(bytes, &snapshot->file->bounds, row, &fault);
    return status == STEMMA_OK
               ? STEMMA_OK
               : stm_record_failed(error, status, STM_TABLE_CLAIM, first + index, &fault);
}

stemma_status stm_conflict_bound(stemma_snapshot *snapshot, stemma_reference subject,
                                 uint32_t *bound, stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    uint32_t first = 0, count = 0;
    stm_claim_place place;
    run of; /* its amounts are not cleared */
    stemma_status status = stm_claims_of(snapshot, subject, &first, &count, error);
    *bound = 0;
    begin(&of, STEMMA_NONE);
    if (status == STEMMA_OK && count != 0) {
        status = stm_claim_locate(snapshot, first, &place, error);
    }
    if (status != STEMMA_OK || count == 0 || place.folded) {
        return status;
    }
    for (uint32_t i = 0; i < count; i++) {
        stm_claim_row row;
        status = peek(snapshot, place.rank, first, i, &row, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (row.predicate != of.predicate) {
            uint32_t before = bound_of(&of);
            *bound = before > *bound ? before : *bound;
            begin(&of, row.predicate);
        }
        take(&of, &row, bounds->vocabulary.terms[row.predicate].single_valued != 0);
    }
    uint32_t last = bound_of(&of);
    *bound = last > *bound ? last : *bound;
    return STEMMA_OK;
}

static uint32_t bounded(uint64_t sum)
{
    return sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
}

stemma_status stm_position_bound(stemma_snapshot *snapshot, stemma_reference subject,
                                 uint32_t *independent, uint32_t *documents, stemma_error *error)
{
    uint32_t first = 0, count = 0, predicate = STEMMA_NONE;
    uint64_t sums[2] = {0, 0}, most[2] = {0, 0};
    stm_claim_place place;
    stemma_status status = stm_claims_of(snapshot, subject, &first, &count, error);
    if (status == STEMMA_OK && count != 0) {
        status = stm_claim_locate(snapshot, first, &place, error);
    }
    *independent = *documents = UINT32_MAX;
    if (status != STEMMA_OK || (count != 0 && place.folded)) {
        return status;
    }
    for (uint32_t i = 0; i < count; i++) {
        stm_claim_row row;
        status = peek(snapshot, place.rank, first, i, &row, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (row.predicate != predicate) {
            sums[0] = sums[1] = 0;
            predicate = row.predicate;
        }
        sums[0] += row.independent;
        sums[1] += row.documents;
        most[0] = sums[0] > most[0] ? sums[0] : most[0];
        most[1] = sums[1] > most[1] ? sums[1] : most[1];
    }
    *independent = bounded(most[0]);
    *documents = bounded(most[1]);
    return STEMMA_OK;
}
