/* SPDX-License-Identifier: MIT */
#include "claims/conflict_kept.h"

#include <stdalign.h>

#include "read/claim.h"
#include "base/error.h"

void stm_kept_begin(stm_kept_conflicts *kept, stemma_snapshot *snapshot)
{
    memset(kept, 0, sizeof *kept);
    kept->bytes = stm_snapshot_alloc(snapshot, STM_KEPT_BYTES, NULL);
    if (kept->bytes != NULL) {
        kept->conflicts =
            stm_snapshot_array(snapshot, STM_KEPT_CONFLICTS, sizeof *kept->conflicts, NULL);
    }
}

/* ---- Keeping ------------------------------------------------------------------------------------------ */

static uint32_t count_claims(const stemma_conflict_sides *sides)
{
    uint32_t count = sides->compatible_count;
    for (uint32_t i = 0; i < sides->side_count; i++) {
        count += sides->sides[i].claim_count;
    }
    for (uint32_t i = 0; i < sides->update_count; i++) {
        count += sides->updates[i].claim_count;
    }
    return count;
}

/* Appends positions and the numbers of their claims, and moves both places on. */
static void put_positions(const stemma_position *from, uint32_t count, stemma_position **to,
                          uint32_t **numbers)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < from[i].claim_count; k++) {
            *(*numbers)++ = from[i].claims[k].number;
        }
        **to = from[i];
        (*to)++->claims = NULL;
    }
}

void stm_kept_put(stm_kept_conflicts *kept, const stemma_conflict *conflict,
                  const stemma_conflict_sides *sides)
{
    size_t positions = ((size_t)sides->side_count + sides->update_count) * sizeof(stemma_position);
    size_t size = positions + count_claims(sides) * sizeof(uint32_t);
    stm_kept_conflict *one;
    stemma_position *position;
    uint32_t *number;
    size += (0 - size) % alignof(stemma_position);
    if (kept->conflicts == NULL || size > STM_KEPT_BYTES) {
        return;
    }
    if (kept->count == STM_KEPT_CONFLICTS || STM_KEPT_BYTES - kept->used < size) {
        kept->count = 0; /* most of them were asked for by now */
        kept->used = 0;
    }
    one = &kept->conflicts[kept->count++];
    position = (stemma_position *)(void *)(kept->bytes + kept->used);
    number = (uint32_t *)(void *)(kept->bytes + kept->used + positions);
    kept->used += size;
    *one = (stm_kept_conflict){.subject_kind = conflict->subject_kind,
                               .subject = conflict->subject,
                               .ordinal = conflict->ordinal,
                               .predicate = sides->predicate,
                               .side_count = sides->side_count,
                               .update_count = sides->update_count,
                               .compatible_count = sides->compatible_count,
                               .positions = position,
                               .claims = number};
    put_positions(sides->sides, sides->side_count, &position, &number);
    put_positions(sides->updates, sides->update_count, &position, &number);
    for (uint32_t i = 0; i < sides->compatible_count; i++) {
        number[i] = sides->compatible[i].number;
    }
}

/* ---- Giving ------------------------------------------------------------------------------------------- */

const stm_kept_conflict *stm_kept_find(const stm_kept_conflicts *kept,
                                       const stemma_conflict *conflict)
{
    for (uint32_t i = 0; i < kept->count; i++) {
        const stm_kept_conflict *one = &kept->conflicts[i];
        if (one->subject_kind == conflict->subject_kind && one->subject == conflict->subject &&
            one->ordinal == conflict->ordinal) {
            return one;
        }
    }
    return NULL;
}

static stemma_status get_claims(stemma_snapshot *snapshot, const uint32_t *numbers, uint32_t count,
                                bool speakers, const stemma_claim **out, stemma_error *error)
{
    stemma_claim *claims = stm_snapshot_array(snapshot, count, sizeof *claims, error);
    stemma_status status = claims != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = stm_claim_get(snapshot, numbers[i], speakers, &claims[i], error);
    }
    *out = claims;
    return status;
}

stemma_status stm_kept_get(const stm_kept_conflict *conflict, stemma_snapshot *snapshot,
                           bool speakers, stemma_conflict_sides *out, stemma_error *error)
{
    uint32_t count = conflict->side_count + conflict->update_count;
    stemma_position *positions = stm_snapshot_array(snapshot, count, sizeof *positions, error);
    const uint32_t *numbers = conflict->claims;
    stemma_status status = STEMMA_OK;
    if (positions == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        positions[i] = conflict->positions[i];
        status = get_claims(snapshot, numbers, positions[i].claim_count, speakers,
                            &positions[i].claims, error);
        numbers += positions[i].claim_count;
    }
    if (status == STEMMA_OK) {
        status = get_claims(snapshot, numbers, conflict->compatible_count, speakers,
                            &out->compatible, error);
    }
    out->predicate = conflict->predicate;
    out->sides = positions;
    out->side_count = conflict->side_count;
    out->updates = positions + conflict->side_count;
    out->update_count = conflict->update_count;
    out->compatible_count = conflict->compatible_count;
    return status;
}
