/* SPDX-License-Identifier: MIT */
#include "name/folded.h"

#include "base/error.h"

/* ---- Where claims are ---- */

/* Claims of events, which come first, and how many of them are not stored: once a file. */
static stemma_status event_claims(stemma_snapshot *snapshot, uint32_t *claims, uint32_t *unstored,
                                  stemma_error *error)
{
    stm_cache *cache = snapshot->file->cache;
    uint32_t events = snapshot->file->bounds.events;
    uint64_t both = atomic_load_explicit(&cache->event_claims, memory_order_relaxed);
    const stm_event_block *block = NULL;
    stm_event_row row;
    if (both == UINT64_MAX) {
        both = 0;
        if (events != 0) {
            stemma_status status = stm_snapshot_event_block(snapshot, events - 1, &block, error);
            if (status != STEMMA_OK) {
                return status;
            }
            if (stm_event_block_row(block, (events - 1) % STEMMA_EVENT_BLOCK, &row) != STEMMA_OK) {
                return stm_damaged(error, STM_TABLE_EVENT, events - 1, "NUMBER_OUT_OF_RANGE");
            }
            uint64_t end = (uint64_t)row.claim_first + row.claim_count;
            uint64_t missing = (uint64_t)row.unstored_before + (row.folded ? row.claim_count : 0);
            if (end > snapshot->file->bounds.claims || missing > end) {
                return stm_damaged(error, STM_TABLE_EVENT, events - 1, "CLAIM_RANGE");
            }
            both = end << 32 | missing;
        }
        atomic_store_explicit(&cache->event_claims, both, memory_order_relaxed);
    }
    *claims = (uint32_t)(both >> 32);
    *unstored = (uint32_t)both;
    return STEMMA_OK;
}

/* The event that a claim of events is about. */
static stemma_status event_of(stemma_snapshot *snapshot, uint32_t claim, uint32_t *event,
                              const stm_event_block **block, stemma_error *error)
{
    const stm_fence *fence = &snapshot->file->fence;
    uint32_t number =
        stm_column_lower_bound(&fence->claim_first, fence->claim_first.count, (int64_t)claim + 1);
    number = number == 0 ? 0 : number - 1;
    stemma_status status =
        stm_snapshot_event_block(snapshot, number * STEMMA_EVENT_BLOCK, block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_column first = stm_event_block_column(*block, STM_EVENT_CLAIM_FIRST);
    uint32_t row = stm_column_lower_bound(&first, (*block)->rows, (int64_t)claim + 1);
    *event = number * STEMMA_EVENT_BLOCK + (row == 0 ? 0 : row - 1);
    return *event < snapshot->file->bounds.events
               ? STEMMA_OK
               : stm_damaged(error, STM_TABLE_EVENT, number, "COLUMN_ROWS");
}

stemma_status stm_claim_locate(stemma_snapshot *snapshot, uint32_t claim, stm_claim_place *out,
                               stemma_error *error)
{
    uint32_t claims = 0;
    uint32_t unstored = 0;
    stemma_status status = event_claims(snapshot, &claims, &unstored, error);
    memset(out, 0, sizeof *out);
    if (status != STEMMA_OK) {
        return status;
    }
    out->rank = claim;
    if (unstored == 0) {
        return STEMMA_OK;
    }
    if (claim >= claims) {
        out->rank = claim - unstored;
        return STEMMA_OK;
    }
    const stm_event_block *block = NULL;
    stm_event_row row;
    status = event_of(snapshot, claim, &out->event, &block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_event_block_row(block, out->event % STEMMA_EVENT_BLOCK, &row) != STEMMA_OK ||
        claim < row.claim_first || claim - row.claim_first >= row.claim_count ||
        row.unstored_before > row.claim_first) {
        return stm_damaged(error, STM_TABLE_EVENT, out->event, "CLAIM_RANGE");
    }
    out->folded = row.folded != 0;
    out->index = claim - row.claim_first;
    out->rank = claim - row.unstored_before;
    return STEMMA_OK;
}

/* ---- Claims of folded events ---- */

/* The run of assertions that have one role: [*first, *end) around `at`. */
static void role_run(const stm_row_assertion *says, uint32_t count, uint32_t at, uint32_t *first,
                     uint32_t *end)
{
    *first = at;
    *end = at + 1;
    if (says[at].kind != STEMMA_OBJECT_REFERENT) {
        return;
    }
    while (*first > 0 && says[*first - 1].predicate == says[at].predicate &&
           says[*first - 1].kind == STEMMA_OBJECT_REFERENT) {
        (*first)--;
    }
    while (*end < count && says[*end].predicate == says[at].predicate &&
           says[*end].kind == STEMMA_OBJECT_REFERENT) {
        (*end)++;
    }
}

/* Which assertion of its row, whose order is that of ordinals, a claim is. */
static stemma_status assertion_of(stemma_snapshot *snapshot, const stm_event_block *block,
                                  const stm_event_row *row, const stm_row_assertion *says,
                                  uint32_t count, uint32_t index, uint32_t *place,
                                  stemma_error *error)
{
    uint32_t first, end, own = 0;
    uint32_t participant = 0; /* of the run's first assertion */
    *place = index;
    role_run(says, count, index, &first, &end);
    if (end - first < 2) {
        return STEMMA_OK;
    }
    for (uint32_t i = 0; i < first; i++) {
        participant += says[i].kind == STEMMA_OBJECT_REFERENT;
    }
    stemma_status status =
        stm_row_actor(snapshot, block, row, participant + (index - first), &own, error);
    *place = first;
    for (uint32_t i = first; i < end && status == STEMMA_OK; i++) {
        uint32_t actor = 0;
        status = stm_row_actor(snapshot, block, row, participant + (i - first), &actor, error);
        *place += status == STEMMA_OK && actor < own;
    }
    return status;
}

stemma_status stm_folded_claim(stemma_snapshot *snapshot, const stm_claim_place *place,
                               stm_claim_row *out, stemma_error *error)
{
    const stm_event_block *block = NULL;
    const stm_row_assertion *says = NULL;
    const stm_data_set *set = NULL;
    stm_event_row row;
    stm_row_record record;
    uint32_t count = 0;
    uint32_t assertion = 0;
    stemma_status status = stm_snapshot_event_block(snapshot, place->event, &block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_event_block_row(block, place->event % STEMMA_EVENT_BLOCK, &row) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_EVENT, place->event, "NUMBER_OUT_OF_RANGE");
    }
    if (row.first_document >= snapshot->until) {
        return STEMMA_NOT_FOUND; /* the row is not known yet */
    }
    status = stm_row_of_entities(snapshot, block, place->event, &row, &record, error);
    if (status == STEMMA_OK) {
        status = stm_row_assertions_of(snapshot, &record, &says, &count, error);
    }
    if (status == STEMMA_OK) {
        status = stm_data_set_find(snapshot, row.first_document, &set, error);
    }
    if (status < 0) {
        return status;
    }
    if (status == STEMMA_NOT_FOUND || place->index >= count || row.claim_count != count ||
        count > set->stride || row.first_referent < set->actors ||
        row.first_referent - set->actors >= set->rows) {
        return stm_damaged(error, STM_TABLE_EVENT, place->event, "FOLDED_ROW");
    }
    uint64_t base = set->assertions + (uint64_t)(row.first_referent - set->actors) * set->stride;
    status = assertion_of(snapshot, block, &row, says, count, place->index, &assertion, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (base + assertion >= STEMMA_NONE) {
        return stm_damaged(error, STM_TABLE_EVENT, place->event, "FOLDED_ROW");
    }
    stm_witness *witness = stm_snapshot_alloc(snapshot, sizeof *witness, error);
    if (witness == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    witness->document = row.first_document;
    witness->assertion = (uint32_t)base + assertion;
    memset(out, 0, sizeof *out);
    out->subject_kind = STEMMA_REFERENT_EVENT;
    out->subject = place->event;
    out->predicate = says[place->index].predicate;
    stm_row_object(snapshot, &record, &says[place->index], &out->object);
    out->object_referent_kind = STEMMA_REFERENT_ENTITY;
    out->polarity = STEMMA_POLARITY_POSITIVE;
    out->documents = 1;
    out->independent = 1;
    out->witnesses = witness;
    out->witness_count = 1;
    return STEMMA_OK;
}

stemma_status stm_folded_claim_of(stemma_snapshot *snapshot, uint32_t document,
                                  const stm_row_record *row, uint32_t assertion, uint32_t *place,
                                  stemma_error *error)
{
    const stm_row_assertion *says = NULL;
    uint32_t count = 0;
    uint32_t first, end;
    stemma_reference own = {0, 0};
    stemma_status status = stm_row_assertions_of(snapshot, row, &says, &count, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (assertion >= count) {
        return STEMMA_NOT_FOUND;
    }
    *place = assertion;
    role_run(says, count, assertion, &first, &end);
    if (end - first < 2) {
        return STEMMA_OK;
    }
    stemma_referent_id referent = {document, says[assertion].actor};
    status = stemma_member_of(snapshot, referent, &own, error);
    *place = first;
    for (uint32_t i = first; i < end && status == STEMMA_OK; i++) {
        stemma_reference other;
        referent.referent = says[i].actor;
        status = stemma_member_of(snapshot, referent, &other, error);
        *place += status == STEMMA_OK && other.number < own.number;
    }
    return status == STEMMA_NOT_FOUND
               ? stm_damaged(error, STM_TABLE_MEMBER, document, "MEMBER_MISSING")
               : status;
}
