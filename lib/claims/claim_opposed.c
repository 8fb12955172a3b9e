/* SPDX-License-Identifier: MIT */
/* Which positions are opposed, and which gave way to a later one: who says what, and when. */
#include <stdlib.h>

#include "claims/claim_arrange.h"

/* What happened, and what is planned, expected or demanded. Who does not say counts as the former. */
typedef enum sphere { HAPPENED, PLANNED, NEITHER } sphere;

static sphere sphere_of(const stm_said *said)
{
    return said->realis == STEMMA_REALIS_ACTUAL ||
                   said->realis == STEMMA_REALIS_UNSPECIFIED
               ? HAPPENED
           : said->realis == STEMMA_REALIS_OTHER ? PLANNED
                                                 : NEITHER;
}

/* The witnesses of a position, by document. */
typedef struct voices {
    const stm_said *first;
    const stm_said *end;
} voices;

static voices voices_of(const stm_arrangement *at, uint32_t position)
{
    return (voices){at->voices + at->voice_first[position],
                    at->voices + at->voice_first[position + 1]};
}

/* Those in one document. */
static voices voices_in(voices all, uint32_t document)
{
    const stm_said *low = all.first, *high = all.end;
    while (low < high) {
        const stm_said *middle = low + (high - low) / 2;
        if (middle->document < document) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (high = low; high < all.end && high->document == document; high++) {
    }
    return (voices){low, high};
}

/* ---- Opposed ------------------------------------------------------------------------------------------ */

/* Whether some document says `a`, in this sphere, and not `b`. */
static bool is_said_alone(voices a, voices b, sphere wanted)
{
    for (const stm_said *said = a.first; said < a.end; said++) {
        voices there = voices_in(b, said->document);
        if (sphere_of(said) == wanted && there.first == there.end) {
            return true;
        }
    }
    return false;
}

/* Whether one document quotes different speakers for them. `own_voice`: a speaker and the document itself
   are different voices, too. */
static bool is_contradicted(voices a, voices b, sphere wanted, bool own_voice)
{
    for (const stm_said *said = a.first; said < a.end; said++) {
        voices there = voices_in(b, said->document);
        for (const stm_said *other = there.first; other < there.end; other++) {
            bool both = said->speaker != STEMMA_NONE && other->speaker != STEMMA_NONE;
            if (sphere_of(said) == wanted && sphere_of(other) == wanted && said->read &&
                other->read && said->speaker != other->speaker && (both || own_voice)) {
                return true;
            }
        }
    }
    return false;
}

static bool are_opposed_in(voices a, voices b, sphere wanted, bool own_voice)
{
    return (is_said_alone(a, b, wanted) && is_said_alone(b, a, wanted)) ||
           is_contradicted(a, b, wanted, own_voice);
}

/* By what they say alone. */
static stemma_conflict_kind excluded(const stm_arrangement *at, uint32_t a, uint32_t b)
{
    stemma_conflict_kind kind = STEMMA_CONFLICT_NONE;
    for (uint32_t i = 0; i < at->compared; i++) {
        for (uint32_t j = 0; at->position[i] == a && j < at->compared; j++) {
            uint8_t found = at->kinds[i * at->compared + j];
            if (at->position[j] == b && found != STEMMA_CONFLICT_NONE &&
                (kind == STEMMA_CONFLICT_NONE || found < kind)) {
                kind = (stemma_conflict_kind)found;
            }
        }
    }
    return kind;
}

stemma_conflict_kind stm_opposed(const stm_arrangement *at, uint32_t a, uint32_t b)
{
    stemma_conflict_kind kind = excluded(at, a, b);
    voices x = voices_of(at, a), y = voices_of(at, b);
    if (kind == STEMMA_CONFLICT_NONE) {
        return kind;
    }
    if (kind == STEMMA_CONFLICT_POLARITY) {
        return are_opposed_in(x, y, HAPPENED, true) ? kind : STEMMA_CONFLICT_NONE;
    }
    return are_opposed_in(x, y, HAPPENED, false) || are_opposed_in(x, y, PLANNED, false)
               ? kind
               : STEMMA_CONFLICT_NONE;
}

/* ---- Updates: a source revises itself ------------------------------------------------------------------- */

/* Whether they are one source: the speaker, or where nobody is quoted the outlet or publisher. */
static bool is_same_source(const stm_said *a, const stm_said *b)
{
    if (a->speaker != STEMMA_NONE || b->speaker != STEMMA_NONE) {
        return a->speaker == b->speaker;
    }
    return a->outlet != 0 || b->outlet != 0 ? a->outlet == b->outlet
           : a->publisher != 0              ? a->publisher == b->publisher
                                            : a->group == b->group;
}

/* Whether each source of claim `a` makes claim `b` later. */
static bool is_revised(const stm_arrangement *at, uint32_t a, uint32_t b)
{
    uint32_t before = at->claims[a].witness_count, after = at->claims[b].witness_count;
    if (before > STM_SAID_OF_SUBJECT || after > STM_SAID_OF_STANDING) {
        return false;
    }
    for (uint32_t i = 0; i < before; i++) {
        const stm_said *said = &at->said[a][i];
        bool later = false;
        for (uint32_t k = 0; k < after && !later; k++) {
            const stm_said *other = &at->said[b][k];
            later = is_same_source(said, other) && said->last < other->first &&
                    said->last != STEMMA_TIME_UNKNOWN_LATE;
        }
        if (!later) {
            return false;
        }
    }
    return true;
}

/* When the last source of a claim made it, and when the last of those that may take one back begins to have. */
struct reach {
    int64_t last;
    int64_t first;
};

static struct reach reach_of(const stm_arrangement *at, uint32_t claim)
{
    struct reach out = {STEMMA_TIME_UNKNOWN_EARLY, STEMMA_TIME_UNKNOWN_EARLY};
    uint32_t count = at->claims[claim].witness_count;
    for (uint32_t i = 0; i < count && i < STM_SAID_OF_STANDING; i++) {
        const stm_said *said = &at->said[claim][i];
        out.last = said->last > out.last ? said->last : out.last;
        out.first = said->first > out.first ? said->first : out.first;
    }
    return out;
}

void stm_find_revisions(stm_arrangement *at)
{
    struct reach reach[STM_ARRANGE_MOST];
    for (uint32_t i = 0; i < at->compared; i++) {
        reach[i] = reach_of(at, i);
    }
    for (uint32_t a = 0; a < at->compared; a++) {
        for (uint32_t b = 0; b < at->compared && at->revised_by[a] == STEMMA_NONE; b++) {
            /* Later is later: of two claims only one can have been taken back for the other. */
            if (at->kinds[a * at->compared + b] == STEMMA_CONFLICT_COUNT &&
                reach[a].last < reach[b].first && is_revised(at, a, b)) {
                at->revised_by[a] = b;
            }
        }
    }
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

/* ---- Updates: a count that grows ------------------------------------------------------------------------ */

struct period {
    uint32_t position;
    int64_t begin; /* first published, at the earliest */
    int64_t last;
};

static void date(struct period *period, voices all)
{
    period->begin = STEMMA_TIME_UNKNOWN_LATE;
    period->last = STEMMA_TIME_UNKNOWN_EARLY;
    for (const stm_said *said = all.first; said < all.end; said++) {
        period->begin = said->first < period->begin ? said->first : period->begin;
        period->last = said->last > period->last ? said->last : period->last;
    }
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
                excluded(at, out[k].position, p) == STEMMA_CONFLICT_COUNT) {
                seen[p] = 1;
                out[count++].position = p;
            }
        }
    }
    return count;
}

static bool is_series(const stm_arrangement *at, const struct period *periods, uint32_t count)
{
    for (uint32_t i = 0; i + 1 < count; i++) {
        if (periods[i].last == STEMMA_TIME_UNKNOWN_LATE ||
            periods[i + 1].begin == STEMMA_TIME_UNKNOWN_EARLY ||
            periods[i].last >= periods[i + 1].begin ||
            !is_less(at, periods[i].position, periods[i + 1].position)) {
            return false;
        }
    }
    return true;
}

/* Whether some source gives both. */
static bool share_source(voices a, voices b)
{
    ptrdiff_t most = STM_SAID_OF_STANDING;
    const stm_said *end_a = a.end - a.first > most ? a.first + most : a.end;
    const stm_said *end_b = b.end - b.first > most ? b.first + most : b.end;
    for (const stm_said *said = a.first; said < end_a; said++) {
        for (const stm_said *other = b.first; other < end_b; other++) {
            if (is_same_source(said, other)) {
                return true;
            }
        }
    }
    return false;
}

/* Two counts, the greater one told later, are a series only where somebody tells both. */
static bool has_moved_on(const stm_arrangement *at, const struct period *periods, uint32_t count)
{
    return count > 2 || (count == 2 && share_source(voices_of(at, periods[0].position),
                                                    voices_of(at, periods[1].position)));
}

static void find_series(stm_arrangement *at, struct period *periods, uint8_t *seen)
{
    for (uint32_t p = 0; p < at->related; p++) {
        uint32_t count = 0;
        if (seen[p] != 0 || at->updated_by[p] != STEMMA_NONE) {
            continue;
        }
        count = component_of(at, p, seen, periods);
        for (uint32_t i = 0; i < count; i++) {
            date(&periods[i], voices_of(at, periods[i].position));
        }
        if (count > 1) {
            qsort(periods, count, sizeof *periods, by_begin);
        }
        if (!is_series(at, periods, count) || !has_moved_on(at, periods, count)) {
            continue;
        }
        for (uint32_t i = 0; i + 1 < count; i++) {
            at->updated_by[periods[i].position] = periods[i + 1].position;
        }
    }
}

stemma_status stm_find_updates(stemma_snapshot *snapshot, stm_arrangement *at, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    struct period *periods =
        stm_snapshot_array(snapshot, at->related, sizeof *periods, error);
    uint8_t *seen = stm_snapshot_array(snapshot, at->related, 1, error);
    if (periods == NULL || seen == NULL) {
        stm_snapshot_rewind(snapshot, mark);
        return STEMMA_E_NO_MEMORY;
    }
    memset(seen, 0, at->related);
    give_way(at);
    find_series(at, periods, seen);
    stm_snapshot_rewind(snapshot, mark);
    return STEMMA_OK;
}
