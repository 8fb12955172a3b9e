/* SPDX-License-Identifier: MIT */
/* Positions as the public has them. */
#include <stdlib.h>

#include "claims/conflict_find.h"
#include "base/error.h"

stemma_status stm_standing_together(stemma_snapshot *snapshot, const stm_arrangement *at,
                                    const uint32_t *positions, uint32_t count,
                                    stemma_standing *out, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_claim *claims = stm_snapshot_array(snapshot, at->compared, sizeof *claims, error);
    const stm_said **said = stm_snapshot_array(snapshot, at->compared, sizeof *said, error);
    stemma_status status = STEMMA_E_NO_MEMORY;
    uint32_t filled = 0;
    if (claims != NULL && said != NULL) {
        for (uint32_t i = 0; i < at->compared; i++) { /* opposed positions are of these */
            for (uint32_t k = 0; k < count; k++) {
                if (at->position[i] == positions[k]) {
                    claims[filled] = at->claims[i];
                    said[filled++] = at->said[i];
                }
            }
        }
        status = stm_standing_add(snapshot, claims, said, filled, out, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

stemma_status stm_position_out(stemma_snapshot *snapshot, const stm_arrangement *at,
                               uint32_t position, stemma_position *out, stemma_error *error)
{
    uint32_t head = at->head[position];
    memset(out, 0, sizeof *out);
    stemma_status status =
        stm_arrangement_claims(snapshot, at, position, &out->claims, &out->claim_count, error);
    if (status != STEMMA_OK) {
        return status;
    }
    out->standing = at->standing[position];
    out->updated_by = at->updated_by[position];
    if (out->claim_count == 1) {
        out->head = out->standing;
        return STEMMA_OK;
    }
    return stm_standing_add(snapshot, &at->claims[head], &at->said[head], 1, &out->head, error);
}

int stm_position_by_support(const void *left, const void *right)
{
    const stemma_position *a = left, *b = right;
    if (a->standing.independent != b->standing.independent) {
        return a->standing.independent > b->standing.independent ? -1 : 1;
    }
    if (a->standing.documents != b->standing.documents) {
        return a->standing.documents > b->standing.documents ? -1 : 1;
    }
    return (a->claims[0].number > b->claims[0].number) - (a->claims[0].number < b->claims[0].number);
}

/* After sorting: which place a position of the arrangement has now. */
static void follow_updates(const stm_arrangement *at, stemma_position *positions)
{
    for (uint32_t i = 0; i < at->positions; i++) {
        uint32_t by = positions[i].updated_by;
        uint32_t head = by != STEMMA_NONE ? at->claims[at->head[by]].number : STEMMA_NONE;
        for (uint32_t k = 0; k < at->positions && by != STEMMA_NONE; k++) {
            if (positions[k].claims[0].number == head) {
                positions[i].updated_by = k;
                break;
            }
        }
    }
}

static stemma_status put_out(stemma_snapshot *snapshot, const stm_arrangement *at,
                             stemma_positions *out, stemma_error *error)
{
    stemma_position *positions =
        stm_snapshot_array(snapshot, at->positions, sizeof *positions, error);
    stemma_claim *compatible = stm_snapshot_array(snapshot, at->compared, sizeof *compatible, error);
    if (positions == NULL || compatible == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    out->predicate = at->claims[0].predicate;
    out->positions = positions;
    out->position_count = at->positions;
    out->compatible = compatible;
    for (uint32_t p = 0; p < at->positions; p++) {
        stemma_status status = stm_position_out(snapshot, at, p, &positions[p], error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    for (uint32_t i = 0; i < at->compared; i++) {
        if (at->position[i] == STEMMA_NONE) {
            compatible[out->compatible_count++] = at->claims[i];
        }
    }
    if (at->positions > 1) {
        qsort(positions, at->positions, sizeof *positions, stm_position_by_support);
    }
    if (at->excluding) {
        follow_updates(at, positions);
    }
    return at->uncounted
               ? STEMMA_OK
               : stm_count_speakers(snapshot, compatible, out->compatible_count, error);
}

static stemma_status put_all(stemma_snapshot *snapshot, stemma_claim *claims, uint32_t count,
                             bool speakers, stemma_positions *out, uint32_t *out_count,
                             stemma_error *error)
{
    stm_comparison comparison;
    stemma_status status = STEMMA_OK;
    stm_comparison_begin(&comparison, snapshot, claims, count);
    *out_count = 0;
    for (uint32_t first = 0, run; first < count && status == STEMMA_OK; first += run) {
        stm_arrangement arrangement;
        run = stm_predicate_run(claims + first, count - first);
        memset(&out[*out_count], 0, sizeof *out);
        status = stm_arrange(&comparison, claims + first, run, &arrangement, error);
        if (status == STEMMA_OK) {
            status = stm_arrangement_hear(&comparison, &arrangement, error);
        }
        arrangement.uncounted = !speakers;
        if (status == STEMMA_OK) {
            status = put_out(snapshot, &arrangement, &out[(*out_count)++], error);
        }
    }
    stm_comparison_end(&comparison);
    return status;
}

stemma_status stm_positions_about(stemma_snapshot *snapshot, stemma_reference subject, bool speakers,
                                  const stemma_positions **out, uint32_t *count,
                                  stemma_error *error)
{
    stemma_claim *claims = NULL;
    stemma_positions *positions = NULL;
    uint32_t all = 0;
    stemma_status status;
    if (snapshot == NULL || out == NULL || count == NULL ||
        (subject.kind != STEMMA_REFERENCE_ENTITY && subject.kind != STEMMA_REFERENCE_EVENT)) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    status = stm_subject_claims(snapshot, subject, false, &claims, &all, error);
    if (status != STEMMA_OK) {
        return status;
    }
    positions = stm_snapshot_array(snapshot, all, sizeof *positions, error);
    status = positions != NULL ? put_all(snapshot, claims, all, speakers, positions, count, error)
                               : STEMMA_E_NO_MEMORY;
    *out = positions;
    return status;
}

stemma_status stemma_positions_of(stemma_snapshot *snapshot, stemma_reference subject,
                                  const stemma_positions **out, uint32_t *count,
                                  stemma_error *error)
{
    return stm_positions_about(snapshot, subject, true, out, count, error);
}
