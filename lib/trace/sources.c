/* SPDX-License-Identifier: MIT */
/* The forest of documents: who stands under whom, and the way through it. */
#include "stemma/sources.h"

#include <stdlib.h>

#include "derivation_record.h"
#include "base/error.h"
#include "base/grow.h"
#include "key.h"
#include "file/snapshot.h"

/* Arrays by place among the documents, not by number. */
struct stemma_sources {
    stemma_snapshot *snapshot;
    const uint32_t *documents; /* ascending; NULL: place and number are the same */
    uint32_t count;
    uint32_t *parent; /* place, or STEMMA_NONE */
    uint32_t *child;  /* first one */
    uint32_t *next;   /* under the same parent */
    uint32_t *roots;  /* in order */
    uint32_t root_count;
    uint32_t independent;
    uint16_t *score; /* of the edge to the parent */
    uint8_t *kind;
    /* Where the way is. */
    uint32_t at; /* place that was handed out last, or STEMMA_NONE */
    uint32_t root;
    uint32_t depth;
};

static uint32_t number_of(const stemma_sources *self, uint32_t place)
{
    return self->documents != NULL ? self->documents[place] : place;
}

static uint32_t place_of(const stemma_sources *self, uint32_t document)
{
    uint32_t low = 0;
    uint32_t high = self->count;
    if (self->documents == NULL) {
        return document < self->count ? document : STEMMA_NONE;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->documents[middle] < document) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < self->count && self->documents[low] == document ? low : STEMMA_NONE;
}

static bool is_join(uint8_t kind)
{
    return kind != STEMMA_DERIVATION_QUOTES;
}

/* ---- The best source of each ------------------------------------------------------------------- */

/* Whether a derivation is a better reason to stand under `to` than the one that is known. */
static bool is_better(const stemma_sources *self, uint32_t place, uint32_t to,
                      const stemma_derivation *derivation)
{
    int score = derivation->score != STEMMA_NO_CONFIDENCE ? derivation->score : -1;
    int known = self->score[place] != STEMMA_NO_CONFIDENCE ? self->score[place] : -1;
    if (self->parent[place] == STEMMA_NONE) {
        return true;
    }
    if (is_join(derivation->kind) != is_join(self->kind[place])) {
        return is_join(derivation->kind);
    }
    if (score != known) {
        return score > known;
    }
    if (derivation->kind != self->kind[place]) {
        return derivation->kind < self->kind[place];
    }
    return to < self->parent[place];
}

static void consider(stemma_sources *self, uint32_t place, const stemma_derivation *derivation)
{
    uint32_t to = place_of(self, derivation->to);
    if (to == STEMMA_NONE || to == place || derivation->retracted.size != 0) {
        return;
    }
    if (is_better(self, place, to, derivation)) {
        self->parent[place] = to;
        self->kind[place] = derivation->kind;
        self->score[place] = derivation->score;
    }
}

static stemma_status consider_record(stemma_sources *self, uint32_t place, uint32_t to,
                                     stemma_bytes value, stemma_error *error)
{
    stemma_snapshot *snapshot = self->snapshot;
    uint32_t from = number_of(self, place);
    uint32_t count = 0;
    uint32_t range_count = 0;
    stm_fault fault = {"", 0};
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stm_derivations_count(value, &count, &range_count, &fault);
    if (status == STEMMA_OK) {
        stemma_derivation *derivations =
            stm_snapshot_array(snapshot, count, sizeof *derivations, error);
        stemma_shared_range *ranges =
            stm_snapshot_array(snapshot, range_count, sizeof *ranges, error);
        if (derivations == NULL || ranges == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        status = stm_derivations_decode(value, from, to, &snapshot->file->bounds, derivations,
                                        count, ranges, range_count, &fault);
        for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
            consider(self, place, &derivations[i]);
        }
    }
    stm_snapshot_rewind(snapshot, mark);
    return status == STEMMA_OK
               ? status
               : stm_record_failed(error, status, STM_TABLE_DERIVATION, from, &fault);
}

/* All records whose first document is from `first` to `last`, both among the documents or between. */
static stemma_status consider_range(stemma_sources *self, uint32_t first, uint32_t last,
                                    stemma_error *error)
{
    stm_store_cursor *cursor = NULL;
    uint8_t bytes[8];
    stemma_bytes key = {bytes, sizeof bytes};
    stemma_bytes found = {NULL, 0};
    stemma_bytes value = {NULL, 0};
    stemma_status status =
        stm_snapshot_cursor(self->snapshot, STM_TABLE_DERIVATION, &cursor, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_key_u32x2(bytes, first, 0);
    status = stm_store_ceiling(cursor, key, &found, &value);
    while (status == STEMMA_OK) {
        uint32_t from = 0;
        uint32_t to = 0;
        uint32_t place;
        if (stm_key_read_u32x2(found, &from, &to) != STEMMA_OK) {
            return stm_damaged(error, STM_TABLE_DERIVATION, first, "KEY_FORM");
        }
        if (from > last) {
            return STEMMA_OK;
        }
        place = place_of(self, from);
        if (place != STEMMA_NONE) {
            status = consider_record(self, place, to, value, error);
        }
        if (status == STEMMA_OK) {
            status = stm_store_next(cursor, &found, &value);
        }
    }
    if (status == STEMMA_END || status == STEMMA_NOT_FOUND) {
        return STEMMA_OK;
    }
    return status == STEMMA_E_DAMAGED && error != NULL && error->status != STEMMA_E_DAMAGED
               ? stm_damaged(error, STM_TABLE_DERIVATION, first, "STORE_DAMAGED")
               : status;
}

static stemma_status consider_all(stemma_sources *self, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    if (self->documents == NULL) {
        return self->count != 0 ? consider_range(self, 0, self->count - 1, error) : STEMMA_OK;
    }
    for (uint32_t i = 0; i < self->count && status == STEMMA_OK; i++) {
        status = consider_range(self, self->documents[i], self->documents[i], error);
    }
    return status;
}

/* ---- Making a forest of it ---------------------------------------------------------------------- */

/* Of every circle the earliest document comes to stand under none. `seen` has the round in which a
   document was passed, + 1. */
static void cut_circles(stemma_sources *self, uint32_t *seen)
{
    for (uint32_t i = 0; i < self->count; i++) {
        uint32_t at = i;
        while (at != STEMMA_NONE && seen[at] == 0) {
            seen[at] = i + 1;
            at = self->parent[at];
        }
        if (at != STEMMA_NONE && seen[at] == i + 1) {
            uint32_t least = at;
            for (uint32_t j = self->parent[at]; j != at; j = self->parent[j]) {
                least = j < least ? j : least;
            }
            self->parent[least] = STEMMA_NONE;
            self->kind[least] = 0;
            self->score[least] = STEMMA_NO_CONFIDENCE;
        }
    }
}

static int by_value(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* Roots by independence group, then number; counts the groups of all. */
static stemma_status order_roots(stemma_sources *self, stemma_error *error)
{
    uint64_t *keys = stm_zeroed(self->count, sizeof *keys);
    uint8_t *met = stm_zeroed((size_t)self->snapshot->file->counts.documents / 8 + 1, 1);
    stemma_status status = keys != NULL && met != NULL
                               ? STEMMA_OK
                               : stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "",
                                          "The system refused memory");
    bool sorted = true;
    for (uint32_t i = 0; i < self->count && status == STEMMA_OK; i++) {
        uint32_t group = 0;
        status = stemma_independence_group(self->snapshot, number_of(self, i), &group, error);
        if (status == STEMMA_OK && group >= self->snapshot->file->counts.documents) {
            status = stm_damaged(error, STM_TABLE_GROUP, i, "DOCUMENT_OUT_OF_RANGE");
        }
        if (status == STEMMA_OK && (met[group / 8] & 1u << group % 8) == 0) {
            met[group / 8] |= (uint8_t)(1u << group % 8);
            self->independent++;
        }
        if (status == STEMMA_OK && self->parent[i] == STEMMA_NONE) {
            keys[self->root_count] = (uint64_t)group << 32 | i;
            sorted = sorted && (self->root_count == 0 ||
                                keys[self->root_count - 1] < keys[self->root_count]);
            self->root_count++;
        }
    }
    if (!sorted && status == STEMMA_OK) {
        qsort(keys, self->root_count, sizeof *keys, by_value);
    }
    for (uint32_t i = 0; i < self->root_count; i++) {
        self->roots[i] = (uint32_t)keys[i];
    }
    free(keys);
    free(met);
    return status;
}

static stemma_status make_forest(stemma_sources *self, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(self->snapshot);
    uint32_t *seen = stm_snapshot_array(self->snapshot, self->count, sizeof *seen, error);
    if (seen == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(seen, 0, (size_t)self->count * sizeof *seen);
    cut_circles(self, seen);
    stm_snapshot_rewind(self->snapshot, mark);
    for (uint32_t i = self->count; i-- > 0;) { /* backwards, so that children ascend */
        uint32_t parent = self->parent[i];
        if (parent != STEMMA_NONE) {
            self->next[i] = self->child[parent];
            self->child[parent] = i;
        }
    }
    return order_roots(self, error);
}

static stemma_status take_arrays(stemma_sources *self, stemma_error *error)
{
    uint32_t n = self->count;
    uint32_t *room = stm_snapshot_array(self->snapshot, (uint64_t)n * 4, sizeof *room, error);
    self->score = stm_snapshot_array(self->snapshot, n, sizeof *self->score, error);
    self->kind = stm_snapshot_array(self->snapshot, n, 1, error);
    if (room == NULL || self->score == NULL || self->kind == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(room, 0xff, (size_t)n * 4 * sizeof *room); /* STEMMA_NONE */
    memset(self->score, 0xff, (size_t)n * sizeof *self->score); /* STEMMA_NO_CONFIDENCE */
    memset(self->kind, 0, n);
    self->parent = room;
    self->child = room + n;
    self->next = room + (size_t)n * 2;
    self->roots = room + (size_t)n * 3;
    return STEMMA_OK;
}

static stemma_status build(stemma_sources **out, stemma_snapshot *snapshot,
                           const uint32_t *documents, uint32_t count, stemma_error *error)
{
    stemma_sources *self = stm_snapshot_alloc(snapshot, sizeof *self, error);
    stemma_status status;
    if (self == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *self = (stemma_sources){.snapshot = snapshot,
                             .documents = documents,
                             .count = count,
                             .at = STEMMA_NONE};
    status = take_arrays(self, error);
    if (status == STEMMA_OK) {
        status = consider_all(self, error);
    }
    if (status == STEMMA_OK) {
        status = make_forest(self, error);
    }
    *out = self;
    return status;
}

/* ---- Which documents ---------------------------------------------------------------------------- */

static uint32_t known_documents(const stemma_snapshot *snapshot)
{
    uint64_t count = snapshot->file->counts.documents;
    return (uint32_t)(count < snapshot->until ? count : snapshot->until);
}

stemma_status stemma_sources_all(stemma_sources **out, stemma_snapshot *snapshot,
                                 stemma_error *error)
{
    return build(out, snapshot, NULL, known_documents(snapshot), error);
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

stemma_status stemma_sources_among(stemma_sources **out, stemma_snapshot *snapshot,
                                   const uint32_t *documents, uint32_t count, stemma_error *error)
{
    uint32_t kept = 0;
    uint32_t *sorted = stm_snapshot_array(snapshot, count, sizeof *sorted, error);
    if (sorted == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (documents[i] >= snapshot->file->counts.documents) {
            return STEMMA_NOT_FOUND;
        }
        sorted[i] = documents[i];
    }
    if (count > 1) {
        qsort(sorted, count, sizeof *sorted, by_number);
    }
    for (uint32_t i = 0; i < count && sorted[i] < snapshot->until; i++) {
        if (kept == 0 || sorted[i] != sorted[kept - 1]) {
            sorted[kept++] = sorted[i];
        }
    }
    return build(out, snapshot, sorted, kept, error);
}

static uint32_t root_of(const stemma_sources *self, uint32_t place)
{
    while (self->parent[place] != STEMMA_NONE) {
        place = self->parent[place];
    }
    return place;
}

stemma_status stemma_sources_about(stemma_sources **out, stemma_snapshot *snapshot,
                                   uint32_t document, stemma_error *error)
{
    stemma_sources *self = NULL;
    uint32_t group = 0;
    uint32_t kept = 0;
    uint32_t own;
    stemma_status status = STEMMA_OK;
    if (document >= known_documents(snapshot)) {
        return STEMMA_NOT_FOUND;
    }
    status = stemma_sources_all(&self, snapshot, error);
    if (status == STEMMA_OK) {
        status = stemma_independence_group(snapshot, document, &group, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    own = root_of(self, document);
    for (uint32_t i = 0; i < self->root_count && status == STEMMA_OK; i++) {
        uint32_t other = 0;
        status = stemma_independence_group(snapshot, self->roots[i], &other, error);
        if (other == group || self->roots[i] == own) {
            self->roots[kept++] = self->roots[i];
        }
    }
    self->root_count = kept;
    *out = self;
    return status;
}

/* ---- The way ------------------------------------------------------------------------------------ */

/* The next place, or STEMMA_NONE. */
static uint32_t step(stemma_sources *self)
{
    uint32_t at = self->at;
    if (at != STEMMA_NONE && self->child[at] != STEMMA_NONE) {
        self->depth++;
        return self->child[at];
    }
    while (at != STEMMA_NONE && self->depth != 0) {
        if (self->next[at] != STEMMA_NONE) {
            return self->next[at];
        }
        at = self->parent[at];
        self->depth--;
    }
    return self->root < self->root_count ? self->roots[self->root++] : STEMMA_NONE;
}

stemma_status stemma_sources_next(stemma_sources *self, stemma_source *out, stemma_error *error)
{
    uint32_t place = step(self);
    if (place == STEMMA_NONE) {
        self->at = STEMMA_NONE;
        return STEMMA_END;
    }
    self->at = place;
    memset(out, 0, sizeof *out);
    out->document = number_of(self, place);
    out->depth = self->depth;
    out->parent = self->depth != 0 ? number_of(self, self->parent[place]) : STEMMA_NONE;
    for (uint32_t i = self->child[place]; i != STEMMA_NONE; i = self->next[i]) {
        out->children++;
    }
    out->is_last = self->depth == 0 || self->next[place] == STEMMA_NONE;
    out->kind = self->kind[place];
    out->score = self->score[place];
    return stemma_independence_group(self->snapshot, out->document, &out->group, error);
}

void stemma_sources_count(const stemma_sources *self, stemma_sources_counts *out)
{
    out->documents = self->count;
    out->independent = self->independent;
    out->trees = self->root_count;
}
