/* SPDX-License-Identifier: MIT */
#include "claims/conflict_find.h"

/* ---- One predicate ----------------------------------------------------------------------------------- */

/* The positions that are opposed to `start` in this way, directly or through others; ascending, `start`
   being the least. */
static uint32_t component_of(const stm_arrangement *at, const uint8_t *opposed, uint32_t start,
                             stemma_conflict_kind kind, uint8_t *seen, uint32_t *out)
{
    uint32_t n = at->related;
    uint32_t count = 0;
    bool grown = true;
    seen[start] = 1;
    while (grown) {
        grown = false;
        for (uint32_t p = 0; p < n; p++) {
            for (uint32_t q = 0; q < n && seen[p] == 1; q++) {
                if (seen[q] == 0 && opposed[p * n + q] == kind) {
                    seen[q] = 1;
                    grown = true;
                }
            }
        }
    }
    for (uint32_t p = 0; p < n; p++) {
        if (seen[p] == 1) {
            out[count++] = p;
            seen[p] = 2; /* of a component that was told */
        }
    }
    return count;
}

/* Fills in which positions are opposed how; those that gave way are not. */
static bool oppose(const stm_arrangement *at, uint8_t *opposed)
{
    uint32_t n = at->related;
    bool any = false;
    memset(opposed, STEMMA_CONFLICT_NONE, (size_t)n * n);
    for (uint32_t a = 0; a < n; a++) {
        for (uint32_t b = a + 1; b < n; b++) {
            if (at->updated_by[a] == STEMMA_NONE && at->updated_by[b] == STEMMA_NONE) {
                uint8_t kind = (uint8_t)stm_opposed(at, a, b);
                opposed[a * n + b] = opposed[b * n + a] = kind;
                any = any || kind != STEMMA_CONFLICT_NONE;
            }
        }
    }
    return any;
}

struct about {
    stemma_snapshot *snapshot;
    stm_conflict_visit *visit;
    void *context;
    bool disputed; /* whether the event happened at all */
};

static stemma_status tell(const struct about *about, const stm_arrangement *at,
                          const uint8_t *opposed, bool is_type, stemma_error *error)
{
    uint32_t n = at->related;
    uint8_t *seen = stm_snapshot_array(about->snapshot, n, 1, error);
    uint32_t *members = stm_snapshot_array(about->snapshot, n, sizeof *members, error);
    if (seen == NULL || members == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (int kind = STEMMA_CONFLICT_POLARITY; kind <= STEMMA_CONFLICT_PLACE; kind++) {
        if (kind == STEMMA_CONFLICT_POLARITY && about->disputed && !is_type) {
            continue;
        }
        memset(seen, 0, n);
        for (uint32_t p = 0; p < n; p++) {
            uint32_t count =
                seen[p] == 0 ? component_of(at, opposed, p, (stemma_conflict_kind)kind, seen, members)
                             : 0;
            if (count > 1) {
                stemma_status status = about->visit(about->context, at, (stemma_conflict_kind)kind,
                                                    members, count, error);
                if (status != STEMMA_OK) {
                    return status;
                }
            }
        }
    }
    return STEMMA_OK;
}

/* ---- One subject --------------------------------------------------------------------------------------- */

/* A predicate's claims with something in them that excludes something. */
struct disagreement {
    stm_arrangement arrangement;
    uint8_t *opposed;
    bool is_type;
};

static stemma_status look_at(stm_comparison *comparison, stemma_claim *claims, uint32_t count,
                             struct disagreement *out, bool *found, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(comparison->snapshot);
    stm_arrangement *at = &out->arrangement;
    stemma_status status = stm_arrange(comparison, claims, count, at, error);
    *found = false;
    if (status == STEMMA_OK && at->excluding) {
        status = stm_arrangement_hear(comparison, at, error);
        out->is_type = stemma_text_equal(claims[0].predicate, stemma_text_of("type")) != 0;
        out->opposed = stm_snapshot_array(comparison->snapshot, at->related, at->related, error);
        if (out->opposed == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        *found = status == STEMMA_OK && oppose(at, out->opposed);
    }
    if (!*found) {
        stm_snapshot_rewind(comparison->snapshot, mark);
    }
    return status;
}

static bool disputes(const struct disagreement *one)
{
    uint32_t n = one->arrangement.related;
    for (size_t i = 0; i < (size_t)n * n && one->is_type; i++) {
        if (one->opposed[i] == STEMMA_CONFLICT_POLARITY) {
            return true;
        }
    }
    return false;
}

static uint32_t count_runs(const stemma_claim *claims, uint32_t count)
{
    uint32_t runs = 0;
    for (uint32_t first = 0; first < count; first += stm_predicate_run(claims + first, count - first)) {
        runs++;
    }
    return runs;
}

static stemma_status look_at_all(stm_comparison *comparison, struct about *about,
                                 stemma_claim *claims, uint32_t count, stemma_error *error)
{
    struct disagreement *found = stm_snapshot_array(
        about->snapshot, count_runs(claims, count), sizeof *found, error);
    stemma_status status = found != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    uint32_t kept = 0;
    for (uint32_t first = 0, run; first < count && status == STEMMA_OK; first += run) {
        bool any = false;
        run = stm_predicate_run(claims + first, count - first);
        if (run > 1) {
            status = look_at(comparison, claims + first, run, &found[kept], &any, error);
            kept += any;
        }
    }
    for (uint32_t i = 0; i < kept; i++) {
        about->disputed = about->disputed || disputes(&found[i]);
    }
    for (uint32_t i = 0; i < kept && status == STEMMA_OK; i++) {
        status = tell(about, &found[i].arrangement, found[i].opposed, found[i].is_type, error);
    }
    return status;
}

stemma_status stm_conflicts_about(stemma_snapshot *snapshot, stemma_reference subject,
                                  stm_conflict_visit *visit, void *context, stemma_error *error)
{
    struct about about = {snapshot, visit, context, false};
    stm_comparison comparison;
    stemma_claim *claims = NULL;
    uint32_t count = 0;
    stemma_status status = stm_subject_claims(snapshot, subject, true, &claims, &count, error);
    if (status != STEMMA_OK || count < 2) {
        return status;
    }
    stm_comparison_begin(&comparison, snapshot, claims, count);
    comparison.apart = true; /* what excludes something is about one predicate or two of many */
    status = look_at_all(&comparison, &about, claims, count, error);
    stm_comparison_end(&comparison);
    return status == STEMMA_END ? STEMMA_OK : status;
}
