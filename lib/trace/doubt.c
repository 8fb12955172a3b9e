/* SPDX-License-Identifier: MIT */
/* Weighing doubtful pairs: what hangs on each, and which are worth most. */
#include "trace/doubt.h"

#include <stdlib.h>

#include "base/error.h"
#include "trace/trace_identity.h"

#define LIMIT_DEFAULT 20u
#define INSERT_MOST   1024u  /* so many are kept in order one by one */
#define MEMBERS_MOST  65536u /* of clusters that are looked through, all in all */

/* What weighing needs from beginning to end. */
struct weighing {
    stemma_snapshot *snapshot;
    stm_doubt_list list;
    stemma_doubt *best; /* by falling worth */
    uint32_t count;
    uint32_t capacity;
    uint64_t members; /* looked through */
    /* The cluster that was looked through last; its memory goes with the next. */
    stm_mark mark;
    stemma_identity *identity;
    uint8_t kind;
    uint32_t cluster;
};

static uint64_t most_worth(const stm_doubt_pair *pair)
{
    return (uint64_t)pair->doubt * pair->bound;
}

/* By what they can be worth; those of one cluster together, as far as that goes. */
static int by_bound(const void *left, const void *right)
{
    const stm_doubt_pair *a = left, *b = right;
    if (most_worth(a) != most_worth(b)) {
        return most_worth(a) > most_worth(b) ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->left != b->left) {
        return a->left < b->left ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}

/* ---- The sides -------------------------------------------------------------------------------- */

static stemma_status side(struct weighing *self, uint8_t kind, uint32_t number,
                          stemma_identity_part *out, stemma_error *error)
{
    stemma_reference of = {kind == STEMMA_REFERENT_EVENT ? STEMMA_REFERENCE_EVENT
                                                         : STEMMA_REFERENCE_ENTITY,
                           number};
    stm_mark mark = stm_snapshot_mark(self->snapshot);
    const stemma_referent_id *members = NULL;
    uint32_t count = 0;
    uint32_t last = STEMMA_NONE;
    stemma_status status = stemma_members(self->snapshot, of, &members, &count, error);
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        if (members[i].document >= self->snapshot->until) {
            break;
        }
        out->referents++;
        out->documents += members[i].document != last;
        last = members[i].document;
    }
    stm_snapshot_rewind(self->snapshot, mark);
    if (status == STEMMA_NOT_FOUND) { /* as of the date nobody has spoken of it */
        return STEMMA_OK;
    }
    return status;
}

/* The judgements of the cluster, or NULL when that is too much. */
static stemma_status look_through(struct weighing *self, const stm_doubt_pair *pair,
                                  stemma_error *error)
{
    stemma_reference of = {pair->kind == STEMMA_REFERENT_EVENT ? STEMMA_REFERENCE_EVENT
                                                               : STEMMA_REFERENCE_ENTITY,
                           pair->left};
    stemma_status status;
    uint32_t count = 0;
    if (self->cluster == pair->left && self->kind == pair->kind) {
        return STEMMA_OK;
    }
    stm_snapshot_rewind(self->snapshot, self->mark);
    self->identity = NULL;
    self->cluster = pair->left;
    self->kind = pair->kind;
    if (self->members >= MEMBERS_MOST) {
        return STEMMA_OK;
    }
    status = stm_identity_open(&self->identity, self->snapshot, of,
                               MEMBERS_MOST - (uint32_t)self->members, error);
    if (status == STEMMA_E_LIMIT) {
        self->identity = NULL;
        return STEMMA_OK;
    }
    if (status == STEMMA_OK) {
        (void)stemma_identity_members(self->identity, &count);
        self->members += count;
    }
    return status;
}

static stemma_status weigh_joined(struct weighing *self, const stm_doubt_pair *pair,
                                  stemma_doubt *out, stemma_error *error)
{
    stemma_identity_without without;
    stemma_status status = look_through(self, pair, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (self->identity == NULL) {
        out->stake = 1;
        out->exact = 0;
        self->list.whole = false;
        return STEMMA_OK;
    }
    for (uint32_t i = 0; i < self->identity->edge_count; i++) {
        if (self->identity->edges[i].number == pair->number) {
            status = stemma_identity_try(self->identity, i, NULL, 0, &without, error);
            if (status != STEMMA_OK || without.parts < 2) {
                return status;
            }
            out->left_side = without.left;
            out->right_side = without.right;
            out->exact = without.exact;
            break;
        }
    }
    return STEMMA_OK;
}

static stemma_status weigh(struct weighing *self, const stm_doubt_pair *pair, stemma_doubt *out,
                           stemma_error *error)
{
    stemma_status status;
    memset(out, 0, sizeof *out);
    out->number = pair->number;
    out->kind = pair->kind;
    out->left = pair->left;
    out->right = pair->right;
    out->doubt = pair->doubt;
    out->exact = 1;
    if (pair->left == pair->right) {
        status = weigh_joined(self, pair, out, error);
    } else {
        status = side(self, pair->kind, pair->left, &out->left_side, error);
        if (status == STEMMA_OK) {
            status = side(self, pair->kind, pair->right, &out->right_side, error);
        }
    }
    if (out->stake == 0) {
        out->stake = out->left_side.documents < out->right_side.documents
                         ? out->left_side.documents
                         : out->right_side.documents;
    }
    out->worth = (uint64_t)out->doubt * out->stake;
    return status;
}

/* ---- The best ----------------------------------------------------------------------------------- */

static bool is_before(const stemma_doubt *a, const stemma_doubt *b)
{
    return a->worth != b->worth ? a->worth > b->worth : a->number < b->number;
}

static int by_worth(const void *left, const void *right)
{
    return is_before(left, right) ? -1 : is_before(right, left);
}

/* Puts one in its place; the last falls off when there are enough. Many are sorted at the end. */
static void keep(struct weighing *self, const stemma_doubt *one)
{
    if (self->capacity > INSERT_MOST) {
        self->best[self->count++] = *one;
        return;
    }
    uint32_t low = 0;
    uint32_t high = self->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (is_before(&self->best[middle], one)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == self->capacity) {
        return;
    }
    self->count -= self->count == self->capacity;
    memmove(&self->best[low + 1], &self->best[low], (self->count - low) * sizeof *self->best);
    self->best[low] = *one;
    self->count++;
}

/* Stops where nothing that follows can be worth more than the last that is kept. */
static stemma_status weigh_all(struct weighing *self, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < self->list.count && status == STEMMA_OK; i++) {
        const stm_doubt_pair *pair = &self->list.pairs[i];
        stemma_doubt one;
        if (self->capacity <= INSERT_MOST && self->count == self->capacity &&
            most_worth(pair) < self->best[self->count - 1].worth) {
            break;
        }
        status = weigh(self, pair, &one, error);
        if (status == STEMMA_OK && one.worth != 0) {
            keep(self, &one);
        }
    }
    return status;
}

/* Independent sources of a side of one that is shown. */
static stemma_status count_groups(struct weighing *self, uint8_t kind, uint32_t number,
                                  stemma_identity_part *part, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(self->snapshot);
    const stemma_referent_id *members = NULL;
    uint32_t count = 0;
    stemma_reference of = {kind == STEMMA_REFERENT_EVENT ? STEMMA_REFERENCE_EVENT
                                                         : STEMMA_REFERENCE_ENTITY,
                           number};
    stemma_status status = stemma_members(self->snapshot, of, &members, &count, error);
    if (status == STEMMA_OK) {
        status = stm_count_groups(self->snapshot, members, count, &part->independent, error);
    }
    stm_snapshot_rewind(self->snapshot, mark);
    return status;
}

static stemma_status finish(struct weighing *self, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < self->count && status == STEMMA_OK; i++) {
        stemma_doubt *one = &self->best[i];
        status = stemma_judgement_get(self->snapshot, one->number, &one->judgement, error);
        if (one->left != one->right && status == STEMMA_OK) {
            status = count_groups(self, one->kind, one->left, &one->left_side, error);
        }
        if (one->left != one->right && status == STEMMA_OK) {
            status = count_groups(self, one->kind, one->right, &one->right_side, error);
        }
    }
    return status;
}

stemma_status stemma_doubts(stemma_snapshot *snapshot, const stemma_doubts_options *options,
                            const stemma_doubt **out, stemma_doubts_found *found,
                            stemma_error *error)
{
    struct weighing self = {.snapshot = snapshot, .cluster = STEMMA_NONE};
    uint32_t limit = LIMIT_DEFAULT;
    stemma_status status;
    if (options != NULL && options->size != sizeof *options) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS_SIZE", "",
                        "The options were not initialised");
    }
    limit = options != NULL && options->limit != 0 ? options->limit : limit;
    status = stm_doubt_gather(snapshot, options != NULL && (options->flags & STEMMA_DOUBTS_ALL) != 0,
                              &self.list, error);
    self.capacity = limit < self.list.count ? limit : (uint32_t)self.list.count;
    if (status == STEMMA_OK) {
        size_t room = self.capacity > INSERT_MOST ? self.list.count : self.capacity;
        self.best = stm_snapshot_array(snapshot, (uint64_t)room + 1, sizeof *self.best, error);
        status = self.best != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK) {
        if (self.list.count > 1) {
            qsort(self.list.pairs, self.list.count, sizeof *self.list.pairs, by_bound);
        }
        self.mark = stm_snapshot_mark(snapshot);
        status = self.capacity != 0 ? weigh_all(&self, error) : STEMMA_OK;
        stm_snapshot_rewind(snapshot, self.mark);
    }
    if (self.capacity > INSERT_MOST && status == STEMMA_OK) {
        qsort(self.best, self.count, sizeof *self.best, by_worth);
        self.count = self.count < limit ? self.count : limit;
    }
    if (status == STEMMA_OK) {
        status = finish(&self, error);
    }
    *out = self.best;
    *found = (stemma_doubts_found){.count = self.count,
                                   .seen = self.list.seen,
                                   .total = (uint32_t)snapshot->file->counts.judgements,
                                   .whole = self.list.whole};
    free(self.list.pairs);
    return status;
}
