/* SPDX-License-Identifier: MIT */
/* Which positions gave way to a later one: who says what, and when. Dates and publishers of documents cost a look at
   each: they are asked for only where the rest does not tell. Documents are numbered by publication. */
#include <stdlib.h>

#include "claims/claim_arrange.h"
#include "claims/outlet.h"

/* ---- A source revises itself ---------------------------------------------------------------------------- */

/* Whether they are one source: the speaker, or where nobody is quoted the outlet or publisher. */
static stemma_status is_same_source(stemma_snapshot *snapshot, const stm_said *a, const stm_said *b,
                                    bool *same, stemma_error *error)
{
    stm_document_fact left = {0}, right = {0};
    stemma_status status;
    if (a->speaker != STEMMA_NONE || b->speaker != STEMMA_NONE) {
        *same = a->speaker == b->speaker;
        return STEMMA_OK;
    }
    if (a->outlet != 0 || b->outlet != 0) {
        *same = a->outlet == b->outlet;
        return STEMMA_OK;
    }
    status = stm_document_fact_of(snapshot, a->document, &left, error);
    if (status == STEMMA_OK) {
        status = stm_document_fact_of(snapshot, b->document, &right, error);
    }
    *same = status == STEMMA_OK && (left.publisher != 0 ? left.publisher == right.publisher
                                                        : a->group == b->group);
    return status;
}

/* Whether one was surely published before the other. */
static stemma_status is_before(stemma_snapshot *snapshot, const stm_said *a, const stm_said *b,
                               bool *before, stemma_error *error)
{
    stm_document_fact left = {0}, right = {0};
    stemma_status status = stm_document_fact_of(snapshot, a->document, &left, error);
    if (status == STEMMA_OK) {
        status = stm_document_fact_of(snapshot, b->document, &right, error);
    }
    *before = status == STEMMA_OK && left.last < right.first && left.last != STEMMA_TIME_UNKNOWN_LATE;
    return status;
}

/* Whether the source of one witness of a claim is among those of claim `b` later. */
static stemma_status comes_back(stemma_snapshot *snapshot, const stm_arrangement *at,
                                const stm_said *said, uint32_t b, bool *later, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    *later = false;
    for (uint32_t k = at->claims[b].witness_count; k > 0 && !*later && status == STEMMA_OK; k--) {
        const stm_said *other = &at->said[b][k - 1];
        bool same = false;
        if (other->document <= said->document) {
            break; /* those before it were published no later */
        }
        status = is_same_source(snapshot, said, other, &same, error);
        if (same) {
            status = is_before(snapshot, said, other, later, error);
        }
    }
    return status;
}

/* Whether each source of claim `a` makes claim `b` later. The last ones most often do not. */
static stemma_status is_revised(stemma_snapshot *snapshot, const stm_arrangement *at, uint32_t a,
                                uint32_t b, bool *revised, stemma_error *error)
{
    uint32_t before = at->claims[a].witness_count;
    stemma_status status = STEMMA_OK;
    *revised = before != 0 && before <= STM_SAID_OF_SUBJECT &&
               at->claims[b].witness_count <= STM_SAID_OF_STANDING;
    for (uint32_t i = before; i > 0 && *revised && status == STEMMA_OK; i--) {
        status = comes_back(snapshot, at, &at->said[a][i - 1], b, revised, error);
    }
    return status;
}

stemma_status stm_find_revisions(stemma_snapshot *snapshot, stm_arrangement *at, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t a = 0; a < at->compared; a++) {
        const uint8_t *kinds = at->kinds + (size_t)a * at->compared;
        if (at->claims[a].witness_count > STM_SAID_OF_SUBJECT) {
            continue;
        }
        for (uint32_t b = 0; b < at->compared && at->revised_by[a] == STEMMA_NONE; b++) {
            /* Later is later: of two claims only one can have been taken back for the other. */
            bool revised = false;
            if (kinds[b] == STEMMA_CONFLICT_COUNT) {
                status = is_revised(snapshot, at, a, b, &revised, error);
            }
            if (status != STEMMA_OK) {
                return status;
            }
            at->revised_by[a] = revised ? b : STEMMA_NONE;
        }
    }
    return status;
}

/* What a claim was taken back for, in the end. */
static uint32_t last_of(const stm_arrangement *at, uint32_t claim)
{
    for (uint32_t steps = 0; steps < at->compared && at->revised_by[claim] != STEMMA_NONE; steps++) {
        claim = at->revised_by[claim];
    }
    return claim;
}

static void give_way(stm_arrangement *at)
{
    for (uint32_t p = 0; p < at->related; p++) {
        uint32_t head = at->head[p];
        uint32_t by = at->revised_by[head] != STEMMA_NONE ? at->position[last_of(at, head)]
                                                          : STEMMA_NONE;
        at->updated_by[p] = by != p ? by : STEMMA_NONE;
    }
}

/* ---- A count that grows --------------------------------------------------------------------------------- */

struct period {
    uint32_t position;
    int64_t begin; /* first published, at the earliest */
};

/* When a position was first published: undated documents, which come last, may be from any time. */
static stemma_status date(stemma_snapshot *snapshot, struct period *period, stm_voices all,
                          stemma_error *error)
{
    stm_document_fact fact = {0};
    stemma_status status = STEMMA_OK;
    period->begin = STEMMA_TIME_UNKNOWN_LATE;
    if (all.first != all.end) {
        status = stm_document_fact_of(snapshot, all.end[-1].document, &fact, error);
        if (status == STEMMA_OK && fact.first != STEMMA_TIME_UNKNOWN_EARLY) {
            status = stm_document_fact_of(snapshot, all.first->document, &fact, error);
        }
        period->begin = fact.first;
    }
    return status;
}

/* Whether the last of these was published before a time. The last document is looked at first: it mostly was not. */
static stemma_status is_over(stemma_snapshot *snapshot, stm_voices all, int64_t time, bool *over,
                             stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    *over = true;
    for (const stm_said *said = all.end; said > all.first && *over && status == STEMMA_OK; said--) {
        stm_document_fact fact = {0};
        status = stm_document_fact_of(snapshot, said[-1].document, &fact, error);
        *over = fact.last != STEMMA_TIME_UNKNOWN_LATE && fact.last < time;
    }
    return status;
}

static int by_begin(const void *left, const void *right)
{
    const struct period *a = left, *b = right;
    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    return (a->position > b->position) - (a->position < b->position);
}

/* Whether the head of `a` is less than that of `b`. */
static bool is_less(const stm_arrangement *at, uint32_t a, uint32_t b)
{
    const stm_range *x = &at->ranges[at->head[a]], *y = &at->ranges[at->head[b]];
    return at->head[a] < at->compared && at->head[b] < at->compared && x->has_high && y->has_low &&
           x->high < y->low;
}

/* The positions that exclude each other, directly or through others, from `start` on. */
static uint32_t component_of(const stm_arrangement *at, uint32_t start, uint8_t *seen,
                             struct period *out)
{
    uint32_t count = 1;
    out[0].position = start;
    seen[start] = 1;
    for (uint32_t k = 0; k < count; k++) {
        for (uint32_t p = 0; p < at->related; p++) {
            if (seen[p] == 0 && at->updated_by[p] == STEMMA_NONE &&
                stm_excluded(at, out[k].position, p) == STEMMA_CONFLICT_COUNT) {
                seen[p] = 1;
                out[count++].position = p;
            }
        }
    }
    return count;
}

static stemma_status is_series(stemma_snapshot *snapshot, const stm_arrangement *at,
                               const struct period *periods, uint32_t count, bool *series,
                               stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    *series = true;
    for (uint32_t i = 0; i + 1 < count && *series && status == STEMMA_OK; i++) {
        *series = periods[i + 1].begin != STEMMA_TIME_UNKNOWN_EARLY &&
                  is_less(at, periods[i].position, periods[i + 1].position);
        if (*series) {
            status = is_over(snapshot, stm_voices_of(at, periods[i].position),
                             periods[i + 1].begin, series, error);
        }
    }
    return status;
}

/* Whether some source gives both. */
static stemma_status share_source(stemma_snapshot *snapshot, stm_voices a, stm_voices b, bool *share,
                                  stemma_error *error)
{
    ptrdiff_t most = STM_SAID_OF_STANDING;
    const stm_said *end_a = a.end - a.first > most ? a.first + most : a.end;
    const stm_said *end_b = b.end - b.first > most ? b.first + most : b.end;
    stemma_status status = STEMMA_OK;
    *share = false;
    for (const stm_said *said = a.first; said < end_a; said++) {
        for (const stm_said *other = b.first; other < end_b; other++) {
            status = is_same_source(snapshot, said, other, share, error);
            if (*share || status != STEMMA_OK) {
                return status;
            }
        }
    }
    return status;
}

/* Two counts, the greater one told later, are a series only where somebody tells both. */
static stemma_status has_moved_on(stemma_snapshot *snapshot, const stm_arrangement *at,
                                  const struct period *periods, uint32_t count, bool *moved,
                                  stemma_error *error)
{
    stemma_status status = is_series(snapshot, at, periods, count, moved, error);
    if (status != STEMMA_OK || !*moved || count != 2) {
        *moved = *moved && count > 2;
        return status;
    }
    return share_source(snapshot, stm_voices_of(at, periods[0].position),
                        stm_voices_of(at, periods[1].position), moved, error);
}

static stemma_status find_series(stemma_snapshot *snapshot, stm_arrangement *at,
                                 struct period *periods, uint8_t *seen, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t p = 0; p < at->related && status == STEMMA_OK; p++) {
        uint32_t count = 0;
        bool moved = false;
        if (seen[p] != 0 || at->updated_by[p] != STEMMA_NONE) {
            continue;
        }
        count = component_of(at, p, seen, periods);
        for (uint32_t i = 0; i < count && count > 1 && status == STEMMA_OK; i++) {
            status = date(snapshot, &periods[i], stm_voices_of(at, periods[i].position), error);
        }
        if (count > 1 && status == STEMMA_OK) {
            qsort(periods, count, sizeof *periods, by_begin);
            status = has_moved_on(snapshot, at, periods, count, &moved, error);
        }
        for (uint32_t i = 0; i + 1 < count && moved; i++) {
            at->updated_by[periods[i].position] = periods[i + 1].position;
        }
    }
    return status;
}

stemma_status stm_find_updates(stemma_snapshot *snapshot, stm_arrangement *at, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    struct period *periods =
        stm_snapshot_array(snapshot, at->related, sizeof *periods, error);
    uint8_t *seen = stm_snapshot_array(snapshot, at->related, 1, error);
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (periods != NULL && seen != NULL) {
        memset(seen, 0, at->related);
        give_way(at);
        status = find_series(snapshot, at, periods, seen, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}
