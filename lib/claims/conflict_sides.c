/* SPDX-License-Identifier: MIT */
/* A conflict with its sides, what gave way to them, and what several of them bear out. */
#include <stdlib.h>

#include "claims/conflict_find.h"
#include "base/error.h"

struct wanted {
    stemma_snapshot *snapshot;
    uint32_t ordinal; /* conflicts still to pass over */
    bool speakers;
    stemma_conflict_sides *out;
    bool found;
};

static bool is_among(const uint32_t *positions, uint32_t count, uint32_t position)
{
    for (uint32_t i = 0; i < count; i++) {
        if (positions[i] == position) {
            return true;
        }
    }
    return false;
}

/* Whether a position that gave way gave way, at last, to one of these. */
static bool led_here(const stm_arrangement *at, uint32_t position, const uint32_t *positions,
                     uint32_t count)
{
    for (uint32_t steps = 0; steps <= at->related && position != STEMMA_NONE; steps++) {
        if (is_among(positions, count, position)) {
            return true;
        }
        position = at->updated_by[position];
    }
    return false;
}

static int by_publication(const void *left, const void *right)
{
    const stemma_position *a = left, *b = right;
    if (a->standing.first != b->standing.first) {
        return a->standing.first < b->standing.first ? -1 : 1;
    }
    return (a->claims[0].number > b->claims[0].number) - (a->claims[0].number < b->claims[0].number);
}

/* The number of a position's head. */
static uint32_t head_of(const stm_arrangement *at, uint32_t position)
{
    return at->claims[at->head[position]].number;
}

/* Turns updated_by from a position of the arrangement into a place among sides and updates. */
static void follow(const stm_arrangement *at, stemma_conflict_sides *out, stemma_position *updates)
{
    for (uint32_t i = 0; i < out->update_count; i++) {
        uint32_t head = head_of(at, updates[i].updated_by);
        updates[i].updated_by = STEMMA_NONE;
        for (uint32_t s = 0; s < out->side_count; s++) {
            if (out->sides[s].claims[0].number == head) {
                updates[i].updated_by = s;
            }
        }
        for (uint32_t u = 0; u < out->update_count; u++) {
            if (updates[u].claims[0].number == head) {
                updates[i].updated_by = out->side_count + u;
            }
        }
    }
}

/* Whether the claim, which stands with no position, is borne out by one of these. */
static bool is_borne_out(const stm_arrangement *at, uint32_t claim, const uint32_t *positions,
                         uint32_t count)
{
    for (uint32_t i = 0; i < at->compared; i++) {
        uint8_t relation = at->relations[i * at->compared + claim];
        if (is_among(positions, count, at->position[i]) &&
            (relation == STEMMA_RELATION_SAME || relation == STEMMA_RELATION_MORE_EXACT)) {
            return true;
        }
    }
    return false;
}

stemma_status stm_conflict_fill(stemma_snapshot *snapshot, const stm_arrangement *heard,
                                const uint32_t *positions, uint32_t count, bool speakers,
                                stemma_conflict_sides *out, stemma_error *error)
{
    stm_arrangement arrangement = *heard;
    const stm_arrangement *at = &arrangement;
    stemma_position *sides = stm_snapshot_array(snapshot, count, sizeof *sides, error);
    stemma_position *updates =
        stm_snapshot_array(snapshot, at->related - count, sizeof *updates, error);
    stemma_claim *compatible = stm_snapshot_array(snapshot, at->compared, sizeof *compatible, error);
    stemma_status status = STEMMA_OK;
    if (sides == NULL || updates == NULL || compatible == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    arrangement.uncounted = !speakers;
    memset(out, 0, sizeof *out);
    out->predicate = at->claims[0].predicate;
    out->sides = sides;
    out->updates = updates;
    out->compatible = compatible;
    for (uint32_t p = 0; p < at->related && status == STEMMA_OK; p++) {
        if (is_among(positions, count, p)) {
            status = stm_position_out(snapshot, at, p, &sides[out->side_count++], error);
        } else if (at->updated_by[p] != STEMMA_NONE && led_here(at, p, positions, count)) {
            status = stm_position_out(snapshot, at, p, &updates[out->update_count++], error);
        }
    }
    for (uint32_t i = 0; i < at->compared && status == STEMMA_OK; i++) {
        if (at->position[i] == STEMMA_NONE && is_borne_out(at, i, positions, count)) {
            compatible[out->compatible_count++] = at->claims[i];
        }
    }
    if (status != STEMMA_OK) {
        return status;
    }
    qsort(sides, out->side_count, sizeof *sides, stm_position_by_support);
    if (out->update_count > 1) {
        qsort(updates, out->update_count, sizeof *updates, by_publication);
    }
    follow(at, out, updates);
    return speakers ? stm_count_speakers(snapshot, compatible, out->compatible_count, error)
                    : STEMMA_OK;
}

static stemma_status pick(void *context, const stm_arrangement *at, stemma_conflict_kind kind,
                          const uint32_t *positions, uint32_t count, stemma_error *error)
{
    struct wanted *wanted = context;
    stemma_status status;
    (void)kind;
    if (wanted->ordinal != 0) {
        wanted->ordinal--;
        return STEMMA_OK;
    }
    status = stm_conflict_fill(wanted->snapshot, at, positions, count, wanted->speakers,
                               wanted->out, error);
    wanted->found = true;
    return status == STEMMA_OK ? STEMMA_END : status;
}

stemma_status stm_conflict_look_up(stemma_snapshot *snapshot, const stemma_conflict *conflict,
                                   bool speakers, stemma_conflict_sides *out, stemma_error *error)
{
    struct wanted wanted = {snapshot, 0, speakers, out, false};
    stemma_reference subject = {STEMMA_REFERENCE_EVENT, 0};
    stemma_status status;
    wanted.ordinal = conflict->ordinal;
    subject.number = conflict->subject;
    if (conflict->subject_kind == STEMMA_REFERENT_ENTITY) {
        subject.kind = STEMMA_REFERENCE_ENTITY;
    }
    status = stm_conflicts_about(snapshot, subject, pick, &wanted, error);
    return status == STEMMA_OK && !wanted.found ? STEMMA_NOT_FOUND : status;
}

stemma_status stemma_conflict_get(stemma_snapshot *snapshot, const stemma_conflict *conflict,
                                  stemma_conflict_sides *out, stemma_error *error)
{
    if (snapshot == NULL || conflict == NULL || out == NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    return stm_conflict_look_up(snapshot, conflict, true, out, error);
}
