/* SPDX-License-Identifier: MIT */
/* What an entity, an event or a claim about it would be without one judgement. */
#include "trace/trace_identity.h"

#include <stdlib.h>

#include "base/grow.h"
#include "base/error.h"

/* Documents and groups are counted by sorting (side, number) pairs. */
static int by_value(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

enum { LEFT = 1, RIGHT = 2 };

struct tally {
    stemma_identity *identity;
    stm_identity_edge edge;
    uint32_t below;   /* the walk's answer: the member whose subtree falls off */
    uint32_t parts;
    uint64_t *documents; /* side << 32 | document */
    uint64_t *groups;
    size_t count;
};

static bool is_below(const stemma_identity *identity, uint32_t member, uint32_t top)
{
    return identity->time[member] >= identity->time[top] &&
           identity->time[member] <= identity->left[top];
}

/* Bits LEFT and RIGHT. */
static unsigned side_of(const struct tally *tally, uint32_t member)
{
    const stemma_identity *identity = tally->identity;
    uint32_t left = tally->edge.left;
    uint32_t right = tally->edge.right;
    if (tally->parts < 2) {
        return LEFT | RIGHT;
    }
    if (tally->below != STEMMA_NONE) {
        return is_below(identity, member, tally->below) ==
                       is_below(identity, left, tally->below)
                   ? LEFT
                   : RIGHT;
    }
    return (identity->cluster[member] == identity->cluster[left] ? LEFT : 0u) |
           (identity->cluster[member] == identity->cluster[right] ? RIGHT : 0u);
}

static stemma_status group_of(stemma_identity *identity, uint32_t member, uint32_t *out,
                              stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    if (identity->group[member] == STEMMA_NONE) {
        status = stemma_independence_group(identity->snapshot, identity->members[member].document,
                                           &identity->group[member], error);
    }
    *out = identity->group[member];
    return status;
}

static void add_part(stemma_identity_without *out, unsigned side, uint32_t referents,
                     uint32_t documents, uint32_t groups)
{
    stemma_identity_part *parts[3] = {&out->whole, &out->left, &out->right};
    for (unsigned i = 0; i < 3; i++) {
        if (i == 0 || (side & i) != 0) {
            parts[i]->referents += referents;
            parts[i]->documents += documents;
            parts[i]->independent += groups;
        }
    }
}

static stemma_status tally_member(struct tally *tally, uint32_t member,
                                  stemma_identity_without *out, stemma_error *error)
{
    stemma_identity *identity = tally->identity;
    uint32_t document = identity->members[member].document;
    uint64_t side = side_of(tally, member);
    uint32_t group = 0;
    stemma_status status;
    if (document >= identity->until) {
        return STEMMA_OK;
    }
    status = group_of(identity, member, &group, error);
    add_part(out, (unsigned)side, 1, 0, 0);
    tally->documents[tally->count] = (uint64_t)document << 2 | side;
    tally->groups[tally->count++] = (uint64_t)group << 2 | side;
    return status;
}

/* Distinct numbers, in all and on each side; a number stands by its sides, next to each other. */
static void count_distinct(uint64_t *values, size_t count, uint32_t distinct[3])
{
    uint64_t last[3] = {UINT64_MAX, UINT64_MAX, UINT64_MAX};
    distinct[0] = distinct[1] = distinct[2] = 0;
    if (count > 1) {
        qsort(values, count, sizeof *values, by_value);
    }
    for (size_t i = 0; i < count; i++) {
        for (unsigned part = 0; part < 3; part++) {
            if ((part == 0 || (values[i] & part) != 0) && last[part] != values[i] >> 2) {
                last[part] = values[i] >> 2;
                distinct[part]++;
            }
        }
    }
}

static stemma_status tally_all(struct tally *tally, const stemma_referent_id *of, uint32_t count,
                               stemma_identity_without *out, stemma_error *error)
{
    stemma_identity *identity = tally->identity;
    stemma_identity_part *parts[3] = {&out->whole, &out->left, &out->right};
    uint32_t documents[3];
    uint32_t groups[3];
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        uint32_t member = of != NULL ? stm_identity_member(identity, of[i]) : i;
        if (member != STEMMA_NONE) {
            status = tally_member(tally, member, out, error);
        }
    }
    count_distinct(tally->documents, tally->count, documents);
    count_distinct(tally->groups, tally->count, groups);
    for (unsigned i = 0; i < 3; i++) {
        parts[i]->documents = documents[i];
        parts[i]->independent = groups[i];
    }
    return status;
}

stemma_status stemma_identity_try(stemma_identity *identity, uint32_t index,
                                  const stemma_referent_id *of, uint32_t count,
                                  stemma_identity_without *out, stemma_error *error)
{
    struct tally tally = {.identity = identity};
    uint64_t *room;
    bool exact = true;
    stemma_status status;
    memset(out, 0, sizeof *out);
    if (index >= identity->edge_count) {
        return STEMMA_NOT_FOUND;
    }
    count = of != NULL ? count : identity->member_count;
    tally.edge = identity->edges[index];
    status = stm_identity_cut(identity, index, &tally.parts, &exact, &tally.below, error);
    if (status != STEMMA_OK) {
        return status;
    }
    out->parts = tally.parts;
    out->exact = exact;
    room = stm_zeroed((size_t)count * 2, sizeof *room);
    if (room == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
    }
    tally.documents = room;
    tally.groups = room + count;
    status = tally_all(&tally, of, count, out, error);
    free(room);
    return status;
}

stemma_status stm_count_groups(stemma_snapshot *snapshot, const stemma_referent_id *referents,
                               uint32_t count, uint32_t *out, stemma_error *error)
{
    uint64_t *groups = stm_zeroed(count, sizeof *groups);
    uint32_t distinct[3] = {0, 0, 0};
    size_t known = 0;
    stemma_status status = STEMMA_OK;
    if (groups == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        uint32_t group = 0;
        if (referents[i].document < snapshot->until) {
            status = stemma_independence_group(snapshot, referents[i].document, &group, error);
            groups[known++] = (uint64_t)group << 2;
        }
    }
    count_distinct(groups, known, distinct);
    *out = distinct[0];
    free(groups);
    return status;
}
