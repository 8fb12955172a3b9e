/* SPDX-License-Identifier: MIT */
#include "claims/claim_arrange.h"

#include <stdlib.h>

#include "read/claim.h"
#include "claims/position_bound.h"
#include "read/known.h"

/* ---- The claims of a subject ------------------------------------------------------------------------ */

stemma_status stm_subject_claims(stemma_snapshot *snapshot, stemma_reference subject,
                                 stemma_claim **out, uint32_t *count, stemma_error *error)
{
    uint32_t first = 0, all = 0;
    stemma_status status;
    *count = 0;
    *out = NULL;
    status = stm_claims_of(snapshot, subject, &first, &all, error);
    if (status != STEMMA_OK) {
        return status;
    }
    *out = stm_snapshot_array(snapshot, all, sizeof **out, error);
    if (*out == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < all; i++) {
        status = stm_claim_get(snapshot, first + i, false, &(*out)[*count], error);
        if (status == STEMMA_OK) {
            const stemma_claim *claim = &(*out)[(*count)++];
            uint8_t kind = subject.kind == STEMMA_REFERENCE_EVENT ? STEMMA_REFERENT_EVENT
                                                                  : STEMMA_REFERENT_ENTITY;
            /* Callers find their way back by the subject that a claim names. */
            if (claim->subject_kind != kind || claim->subject != subject.number) {
                return stm_damaged(error, STM_TABLE_CLAIM, first + i, "CLAIM_RANGE");
            }
        } else if (status != STEMMA_NOT_FOUND) { /* that is: not said yet as of the date */
            return status;
        }
    }
    return STEMMA_OK;
}

uint32_t stm_predicate_run(const stemma_claim *claims, uint32_t count)
{
    uint32_t run = count != 0;
    while (run < count && stemma_text_equal(claims[run].predicate, claims[0].predicate)) {
        run++;
    }
    return run;
}

/* ---- Order ------------------------------------------------------------------------------------------- */

int stm_claim_by_support(const stemma_claim *a, const stemma_claim *b)
{
    if (a->independent != b->independent) {
        return a->independent > b->independent ? -1 : 1;
    }
    if (a->documents != b->documents) {
        return a->documents > b->documents ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}

static int by_support(const void *left, const void *right)
{
    return stm_claim_by_support(left, right);
}

static int by_exactness(const void *left, const void *right)
{
    const stm_reading *a = left, *b = right;
    int order = stm_reading_exactness(a, b);
    return order != 0 ? order : stm_claim_by_support(a->claim, b->claim);
}

/* ---- Relations ---------------------------------------------------------------------------------------- */

static uint8_t reverse_of(stemma_relation relation)
{
    return (uint8_t)(relation == STEMMA_RELATION_MORE_EXACT   ? STEMMA_RELATION_LESS_EXACT
                     : relation == STEMMA_RELATION_LESS_EXACT ? STEMMA_RELATION_MORE_EXACT
                                                              : relation);
}

/* Several entities can fill most roles: then they have nothing to do with each other. */
static bool is_unrelated(const stm_reading *a, const stm_reading *b)
{
    return a->entity != STEMMA_NONE && b->entity != STEMMA_NONE && a->entity != b->entity &&
           !a->single && !a->places;
}

static stemma_status relate(stm_comparison *comparison, const stm_reading *readings,
                            stm_arrangement *out, stemma_error *error)
{
    uint32_t n = out->compared;
    for (uint32_t i = 0; i < n; i++) {
        out->relations[i * n + i] = STEMMA_RELATION_SAME;
        out->kinds[i * n + i] = STEMMA_CONFLICT_NONE;
        for (uint32_t j = i + 1; j < n; j++) {
            stemma_relation relation = STEMMA_RELATION_COMPATIBLE;
            stemma_conflict_kind kind = STEMMA_CONFLICT_NONE;
            stemma_status status =
                is_unrelated(&readings[i], &readings[j])
                    ? STEMMA_OK
                    : stm_reading_relation(comparison, &readings[i], &readings[j], &relation, &kind,
                                           error);
            if (status != STEMMA_OK) {
                return status;
            }
            out->relations[i * n + j] = (uint8_t)relation;
            out->relations[j * n + i] = reverse_of(relation);
            out->kinds[i * n + j] = out->kinds[j * n + i] = (uint8_t)kind;
            out->excluding = out->excluding || relation == STEMMA_RELATION_EXCLUDES;
        }
    }
    return STEMMA_OK;
}

/* ---- Positions ----------------------------------------------------------------------------------------- */

/* Whether some claim before `end` that stands with position `a` excludes `claim`. */
static bool has_excluder(const stm_arrangement *at, uint32_t a, uint32_t claim, uint32_t end)
{
    for (uint32_t i = 0; i < end; i++) {
        if (at->position[i] == a &&
            at->relations[i * at->compared + claim] == STEMMA_RELATION_EXCLUDES) {
            return true;
        }
    }
    return false;
}

static bool exclude(const stm_arrangement *at, uint32_t a, uint32_t b, uint32_t end)
{
    for (uint32_t i = 0; i < end; i++) {
        if (at->position[i] == a && has_excluder(at, b, i, end)) {
            return true;
        }
    }
    return false;
}

/* The positions among claims before `claim` that would have it, ascending. */
static uint32_t takers(const stm_arrangement *at, uint32_t claim,
                       uint32_t out[STM_ARRANGE_MOST])
{
    bool would[STM_ARRANGE_MOST] = {false};
    uint32_t count = 0;
    for (uint32_t i = 0; i < claim; i++) {
        uint8_t relation = at->relations[i * at->compared + claim];
        if (at->position[i] != STEMMA_NONE &&
            (at->revised_by[i] == STEMMA_NONE) == (at->revised_by[claim] == STEMMA_NONE) &&
            (relation == STEMMA_RELATION_SAME || relation == STEMMA_RELATION_MORE_EXACT)) {
            would[at->position[i]] = true;
        }
    }
    for (uint32_t p = 0; p < at->positions; p++) {
        if (would[p] && !has_excluder(at, p, claim, claim)) {
            out[count++] = p;
        }
    }
    return count;
}

static void place(stm_arrangement *at, uint32_t claim)
{
    uint32_t fit[STM_ARRANGE_MOST];
    uint32_t count = takers(at, claim, fit);
    if (count == 0) {
        at->head[at->positions] = claim;
        at->position[claim] = at->positions++;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = i + 1; j < count; j++) {
            if (exclude(at, fit[i], fit[j], claim)) {
                at->position[claim] = STEMMA_NONE;
                return;
            }
        }
    }
    at->position[claim] = fit[0];
    for (uint32_t k = 1; k < count; k++) { /* what it joins */
        for (uint32_t i = 0; i < claim; i++) {
            at->position[i] = at->position[i] == fit[k] ? fit[0] : at->position[i];
        }
    }
}

/* Leaves out the numbers of positions that were joined to others. */
static void renumber(stm_arrangement *at)
{
    uint32_t kept = 0;
    for (uint32_t p = 0; p < at->positions; p++) {
        if (at->position[at->head[p]] != p) {
            continue;
        }
        for (uint32_t i = 0; i < at->count; i++) {
            at->position[i] = at->position[i] == p ? kept : at->position[i];
        }
        at->head[kept++] = at->head[p];
    }
    at->positions = kept;
}

static stemma_status make_room(stemma_snapshot *snapshot, uint32_t count, stm_arrangement *out,
                               stm_reading **readings, stemma_error *error)
{
    uint32_t n = out->compared;
    out->relations = stm_snapshot_array(snapshot, (uint64_t)n * n, 2, error);
    out->position = stm_snapshot_array(snapshot, count, 4 * sizeof *out->position, error);
    out->ranges = stm_snapshot_array(snapshot, n, sizeof *out->ranges, error);
    *readings = stm_snapshot_array(snapshot, n, sizeof **readings, error);
    if (out->relations == NULL || out->position == NULL || out->ranges == NULL ||
        *readings == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    out->kinds = out->relations + (size_t)n * n;
    out->head = out->position + count;
    out->updated_by = out->head + count;
    out->revised_by = out->updated_by + count;
    for (uint32_t i = 0; i < count; i++) {
        out->position[i] = out->updated_by[i] = out->revised_by[i] = STEMMA_NONE;
    }
    return STEMMA_OK;
}

/* Reads the claims that are compared, and puts them in order of exactness. */
static stemma_status read_claims(stm_comparison *comparison, stemma_claim *claims,
                                 stm_reading *readings, stm_arrangement *out, stemma_error *error)
{
    stemma_claim *sorted =
        stm_snapshot_array(comparison->snapshot, out->compared, sizeof *sorted, error);
    if (sorted == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < out->compared; i++) {
        stemma_status status = stm_reading_of(comparison, &claims[i], &readings[i], error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (out->compared > 1) {
        qsort(readings, out->compared, sizeof *readings, by_exactness);
    }
    for (uint32_t i = 0; i < out->compared; i++) {
        sorted[i] = *readings[i].claim;
        out->ranges[i] = readings[i].range;
    }
    for (uint32_t i = 0; i < out->compared; i++) {
        claims[i] = sorted[i];
        readings[i].claim = &claims[i];
    }
    return STEMMA_OK;
}

/* Chooses what is read when somebody is heard for the first time. */
static const stm_said_choice *need_choice(stm_comparison *comparison)
{
    if (!comparison->chosen) {
        stm_said_choose(comparison->claims, comparison->claim_count, STM_SAID_OF_SUBJECT,
                        &comparison->choice);
        comparison->chosen = true;
    }
    return &comparison->choice;
}

stemma_status stm_comparison_hear(stm_comparison *comparison, stemma_error *error)
{
    const stm_said **said = NULL, **by_number = NULL;
    uint32_t first = STEMMA_NONE, last = 0;
    stemma_status status;
    if (comparison->said != NULL) {
        return STEMMA_OK;
    }
    for (uint32_t i = 0; i < comparison->claim_count; i++) {
        uint32_t number = comparison->claims[i].number;
        first = number < first ? number : first;
        last = number > last ? number : last;
    }
    by_number = stm_snapshot_array(comparison->snapshot, (uint64_t)last - first + 1,
                                   sizeof *by_number, error);
    if (by_number == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = stm_said_load(comparison->snapshot, comparison->claims, comparison->claim_count,
                           need_choice(comparison), &said, error);
    for (uint32_t i = 0; i < comparison->claim_count && status == STEMMA_OK; i++) {
        by_number[comparison->claims[i].number - first] = said[i];
    }
    comparison->first = first;
    comparison->said = status == STEMMA_OK ? by_number : NULL;
    return status;
}

/* Gives the claims of an arrangement what their witnesses say. */
static stemma_status hear(stm_comparison *comparison, stm_arrangement *at, stemma_error *error)
{
    if (comparison->apart) {
        const stm_said **own = NULL;
        stemma_status heard = stm_said_load(comparison->snapshot, at->claims, at->count,
                                            need_choice(comparison), &own, error);
        at->said = own;
        return heard;
    }
    stemma_status status = stm_comparison_hear(comparison, error);
    const stm_said **said =
        stm_snapshot_array(comparison->snapshot, at->count, sizeof *said, error);
    if (status != STEMMA_OK || said == NULL) {
        return status != STEMMA_OK ? status : STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < at->count; i++) {
        said[i] = comparison->said[at->claims[i].number - comparison->first];
    }
    at->said = said;
    return STEMMA_OK;
}

stemma_status stm_arrange(stm_comparison *comparison, stemma_claim *claims, uint32_t count,
                          stm_arrangement *out, stemma_error *error)
{
    stm_reading *readings = NULL;
    stemma_status status;
    memset(out, 0, sizeof *out);
    out->claims = claims;
    out->count = count;
    out->compared = count < STM_ARRANGE_MOST ? count : STM_ARRANGE_MOST;
    if (count > 1) {
        qsort(claims, count, sizeof *claims, by_support);
    }
    status = make_room(comparison->snapshot, count, out, &readings, error);
    if (status == STEMMA_OK) {
        status = read_claims(comparison, claims, readings, out, error);
    }
    if (status == STEMMA_OK) {
        status = relate(comparison, readings, out, error);
    }
    if (status == STEMMA_OK && out->excluding) {
        status = hear(comparison, out, error);
    }
    if (status == STEMMA_OK && out->excluding) {
        status = stm_find_revisions(comparison->snapshot, out, error);
    }
    for (uint32_t i = 0; i < out->compared && status == STEMMA_OK; i++) {
        place(out, i);
    }
    if (status == STEMMA_OK) {
        renumber(out);
    }
    out->related = out->positions;
    for (uint32_t i = out->compared; i < count && status == STEMMA_OK; i++) {
        out->head[out->positions] = i;
        out->position[i] = out->positions++;
    }
    return status;
}

/* ---- Who says them ------------------------------------------------------------------------------------- */

stemma_status stm_count_speakers(stemma_snapshot *snapshot, stemma_claim *claims, uint32_t count,
                                 stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && stm_is_cut(snapshot) && status == STEMMA_OK; i++) {
        stemma_claim whole;
        stm_mark mark = stm_snapshot_mark(snapshot);
        status = stemma_claim_get(snapshot, claims[i].number, &whole, error);
        claims[i].speakers = status == STEMMA_OK ? whole.speakers : 0;
        stm_snapshot_rewind(snapshot, mark);
    }
    return status;
}

stemma_status stm_arrangement_claims(stemma_snapshot *snapshot, const stm_arrangement *arrangement,
                                     uint32_t position, const stemma_claim **out, uint32_t *count,
                                     stemma_error *error)
{
    uint32_t head = arrangement->head[position];
    uint32_t filled = 1, first, end;
    stemma_claim *claims;
    *count = 1;
    stm_position_range(arrangement, position, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        *count += i != head && arrangement->position[i] == position;
    }
    claims = stm_snapshot_array(snapshot, *count, sizeof *claims, error);
    *out = claims;
    if (claims == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    claims[0] = arrangement->claims[head];
    for (uint32_t i = first; i < end; i++) {
        if (i != head && arrangement->position[i] == position) {
            claims[filled++] = arrangement->claims[i];
        }
    }
    if (*count > 2) {
        qsort(claims + 1, *count - 1, sizeof *claims, by_support);
    }
    return arrangement->uncounted ? STEMMA_OK
                                  : stm_count_speakers(snapshot, claims, *count, error);
}

/* The standing of one position, from what its claims' witnesses say. */
static stemma_status stand(stemma_snapshot *snapshot, const stm_arrangement *at, uint32_t position,
                           stemma_standing *out, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_claim *claims = stm_snapshot_array(snapshot, STM_ARRANGE_MOST, sizeof *claims, error);
    const stm_said **said = stm_snapshot_array(snapshot, STM_ARRANGE_MOST, sizeof *said, error);
    stemma_status status = STEMMA_E_NO_MEMORY;
    uint32_t count = 0, first, end;
    stm_position_range(at, position, &first, &end);
    if (claims != NULL && said != NULL) {
        for (uint32_t i = first; i < end; i++) {
            if (at->position[i] == position) {
                claims[count] = at->claims[i];
                said[count++] = at->said[i];
            }
        }
        status = stm_standing_add(snapshot, claims, said, count, out, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

stemma_status stm_arrangement_hear(stm_comparison *comparison, stm_arrangement *arrangement,
                                   stemma_error *error)
{
    stemma_snapshot *snapshot = comparison->snapshot;
    stemma_status status = STEMMA_OK;
    arrangement->standing = stm_snapshot_array(snapshot, arrangement->positions,
                                               sizeof *arrangement->standing, error);
    if (arrangement->standing == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (arrangement->said == NULL) {
        status = hear(comparison, arrangement, error);
    }
    if (status == STEMMA_OK) {
        status = stm_arrangement_lay_out(snapshot, arrangement, error);
    }
    for (uint32_t p = 0; p < arrangement->positions && status == STEMMA_OK; p++) {
        status = stand(snapshot, arrangement, p, &arrangement->standing[p], error);
    }
    return status == STEMMA_OK && arrangement->excluding
               ? stm_find_updates(snapshot, arrangement, error)
               : status;
}
