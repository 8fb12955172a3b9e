/* SPDX-License-Identifier: MIT */
/* Finding the judgements about the members of an entity or event. They are stored in order of their
   left referents, so a member's are a range. */
#include "trace/trace_identity.h"

#include <stdlib.h>

#include "base/error.h"

/* A file of so few judgements is gone through for those whose right referent is a member. */
#define SCAN_MOST 32768u

/* ---- Judgements by their left referent ---------------------------------------------------------- */

static stemma_status is_before(stemma_snapshot *snapshot, uint32_t number, stemma_referent_id left,
                               bool *out, stemma_error *error)
{
    stemma_judgement judgement;
    stemma_status status = stemma_judgement_get(snapshot, number, &judgement, error);
    *out = status == STEMMA_OK && stm_referent_compare(judgement.left, left) < 0;
    return status;
}

stemma_status stm_judgement_seek(stemma_snapshot *snapshot, stemma_referent_id left, uint32_t from,
                                 uint32_t *out, stemma_error *error)
{
    uint32_t count = (uint32_t)snapshot->file->counts.judgements;
    uint32_t low = from; /* all before it are before `left` */
    uint64_t step = 1;
    uint32_t high;
    bool before = true;
    stemma_status status = STEMMA_OK;
    /* Members ascend, so the next one's are mostly near: steps double from there. */
    for (high = from; high < count && status == STEMMA_OK; step *= 2) {
        status = is_before(snapshot, high, left, &before, error);
        if (!before) {
            break;
        }
        low = high + 1;
        high = step < count - high ? high + (uint32_t)step : count;
    }
    while (low < high && status == STEMMA_OK) {
        uint32_t middle = low + (high - low) / 2;
        status = is_before(snapshot, middle, left, &before, error);
        if (before) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *out = low;
    return status;
}

/* ---- Gathering -------------------------------------------------------------------------------- */

uint32_t stm_identity_member(const stemma_identity *identity, stemma_referent_id referent)
{
    uint32_t low = 0;
    uint32_t high = identity->member_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (stm_referent_compare(identity->members[middle], referent) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < identity->member_count &&
                   stm_referent_compare(identity->members[low], referent) == 0
               ? low
               : STEMMA_NONE;
}

static stemma_status add(stemma_identity *identity, uint32_t number,
                         const stemma_judgement *judgement, uint32_t left, uint32_t right,
                         stemma_error *error)
{
    stm_identity_edge *edge;
    if (identity->edge_count == identity->edge_capacity) {
        size_t capacity = identity->edge_capacity == 0 ? 16 : identity->edge_capacity * 2;
        stm_identity_edge *edges =
            stm_snapshot_array(identity->snapshot, capacity, sizeof *edges, error);
        if (edges == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        if (identity->edge_count != 0) {
            memcpy(edges, identity->edges, identity->edge_count * sizeof *edges);
        }
        identity->edges = edges;
        identity->edge_capacity = capacity;
    }
    edge = &identity->edges[identity->edge_count++];
    *edge = (stm_identity_edge){.number = number,
                                .left = left,
                                .right = right,
                                .score = judgement->score,
                                .verdict = judgement->verdict,
                                .person = judgement->run == STEMMA_NONE,
                                .stands = judgement->retracted.size == 0};
    return STEMMA_OK;
}

/* Those whose left referent is a member. `next` is the judgement at `at`, once it was read: where those
   of one member end, those of the next mostly begin. */
static stemma_status gather_ranges(stemma_identity *identity, stemma_error *error)
{
    uint32_t count = (uint32_t)identity->snapshot->file->counts.judgements;
    uint32_t at = 0;
    bool read = false;
    stemma_judgement next;
    stemma_status status = STEMMA_OK;
    for (uint32_t m = 0; m < identity->member_count && at < count && status == STEMMA_OK; m++) {
        stemma_referent_id member = identity->members[m];
        if (!read || stm_referent_compare(next.left, member) < 0) {
            status = stm_judgement_seek(identity->snapshot, member, at, &at, error);
            read = false;
        }
        while (status == STEMMA_OK && at < count) {
            if (!read) {
                status = stemma_judgement_get(identity->snapshot, at, &next, error);
                read = status == STEMMA_OK;
            }
            if (!read || stm_referent_compare(next.left, member) != 0) {
                break;
            }
            status = add(identity, at++, &next, m, stm_identity_member(identity, next.right),
                         error);
            read = false;
        }
    }
    return status;
}

/* All that name a member, where that is quick. */
static stemma_status gather_scan(stemma_identity *identity, stemma_error *error)
{
    uint32_t count = (uint32_t)identity->snapshot->file->counts.judgements;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        stemma_judgement judgement;
        status = stemma_judgement_get(identity->snapshot, i, &judgement, error);
        if (status == STEMMA_OK) {
            uint32_t left = stm_identity_member(identity, judgement.left);
            uint32_t right = stm_identity_member(identity, judgement.right);
            if (left != STEMMA_NONE || right != STEMMA_NONE) {
                status = add(identity, i, &judgement, left, right, error);
            }
        }
    }
    return status;
}

static stemma_status gather(stemma_identity *identity, stemma_reference of, uint32_t most,
                            stemma_error *error)
{
    stemma_snapshot *snapshot = identity->snapshot;
    stemma_status status;
    snapshot->until = STEMMA_NONE; /* who is who is judged with all that the file knows */
    status = stemma_members(snapshot, of, &identity->members, &identity->member_count, error);
    if (status == STEMMA_OK && identity->member_count > most) {
        status = stm_fail(error, STEMMA_E_LIMIT, "MEMBERS", "",
                          "There are %u referents: more than are looked through",
                          identity->member_count);
    }
    if (status == STEMMA_OK) {
        status = identity->whole ? gather_scan(identity, error) : gather_ranges(identity, error);
    }
    snapshot->until = identity->until;
    return status;
}

static stemma_status open_identity(stemma_identity **out, stemma_snapshot *snapshot,
                                   stemma_reference of, bool whole, uint32_t most,
                                   stemma_error *error)
{
    stemma_identity *identity;
    stemma_status status;
    if (of.kind != STEMMA_REFERENCE_ENTITY && of.kind != STEMMA_REFERENCE_EVENT) {
        return stm_fail(error, STEMMA_E_MISUSE, "REFERENCE_KIND", "",
                        "Only entities and events have members");
    }
    identity = stm_snapshot_alloc(snapshot, sizeof *identity, error);
    if (identity == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(identity, 0, sizeof *identity);
    identity->snapshot = snapshot;
    identity->of = of;
    identity->until = snapshot->until;
    identity->replayed = STEMMA_NONE;
    identity->whole = whole;
    status = gather(identity, of, most, error);
    if (status == STEMMA_OK) {
        status = stm_identity_weigh(identity, error);
    }
    *out = identity;
    return status;
}

stemma_status stemma_identity_of(stemma_identity **out, stemma_snapshot *snapshot,
                                 stemma_reference of, uint32_t most, stemma_error *error)
{
    return open_identity(out, snapshot, of, snapshot->file->counts.judgements <= SCAN_MOST,
                         most != 0 ? most : UINT32_MAX, error);
}

stemma_status stm_identity_open(stemma_identity **out, stemma_snapshot *snapshot,
                                stemma_reference of, uint32_t most, stemma_error *error)
{
    return open_identity(out, snapshot, of, false, most, error);
}

/* ---- Asking ----------------------------------------------------------------------------------- */

uint32_t stemma_identity_count(const stemma_identity *identity)
{
    return identity->edge_count;
}

int stemma_identity_is_whole(const stemma_identity *identity)
{
    return identity->whole;
}

const stemma_referent_id *stemma_identity_members(const stemma_identity *identity, uint32_t *count)
{
    *count = identity->member_count;
    return identity->members;
}

stemma_status stemma_identity_get(stemma_identity *identity, uint32_t index,
                                  stemma_identity_judgement *out, stemma_error *error)
{
    if (index >= identity->edge_count) {
        return STEMMA_NOT_FOUND;
    }
    out->number = identity->edges[index].number;
    out->effect = identity->edges[index].effect;
    return stemma_judgement_get(identity->snapshot, out->number, &out->judgement, error);
}

stemma_status stemma_identity_about(stemma_identity *identity, stemma_referent_id referent,
                                    const uint32_t **out, uint32_t *count, stemma_error *error)
{
    uint32_t member = stm_identity_member(identity, referent);
    (void)error;
    *out = NULL;
    *count = 0;
    if (member != STEMMA_NONE) {
        *out = identity->about + identity->about_first[member];
        *count = identity->about_first[member + 1] - identity->about_first[member];
    }
    return STEMMA_OK;
}
