/* SPDX-License-Identifier: MIT */
/* Which things of two files belong together, by one pass over the members; and the lists of stages. */
#include "trace/difference_scan.h"

#include <stdlib.h>

#include "base/error.h"
#include "file/late.h"
#include "key.h"
#include "meta_record.h"
#include "read/known.h"

/* Of the memory limit, what the maps may take: 1 / SHARE. */
#define SHARE 2u

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
}

/* ---- Digests --------------------------------------------------------------------------------- */

static stemma_status get_meta(stemma_snapshot *snapshot, const char *name, stemma_bytes *value,
                              stemma_error *error)
{
    stemma_bytes key = {(const uint8_t *)name, strlen(name)};
    return stm_snapshot_get(snapshot, STM_TABLE_META, key, value, error);
}

/* Whether both have a record of `meta`, and the same. */
static stemma_status same_meta(stemma_snapshot *a, stemma_snapshot *b, const char *name, bool *same,
                               stemma_error *error)
{
    stemma_bytes one, other;
    stemma_status status = get_meta(a, name, &one, error);
    if (status == STEMMA_OK) {
        status = get_meta(b, name, &other, error);
    }
    *same = status == STEMMA_OK && one.size == other.size && one.size != 0 &&
            memcmp(one.data, other.data, one.size) == 0;
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

stemma_status stm_files_are_same(stemma_snapshot *a, stemma_snapshot *b, bool *same,
                                 stemma_error *error)
{
    stemma_status status = same_meta(a, b, STM_DIGEST_KEY, same, error);
    return status == STEMMA_OK && *same ? same_meta(a, b, STM_META_KEY, same, error) : status;
}

/* What a file says of one of its tables; false when it does not. */
static bool digest_of(stemma_snapshot *snapshot, const char *name, stm_table_digest *out)
{
    stm_table_digest digests[STM_TABLES_MAX];
    stemma_bytes value;
    uint32_t count = 0;
    if (get_meta(snapshot, STM_DIGEST_KEY, &value, NULL) != STEMMA_OK ||
        stm_digests_decode(value, digests, &count, NULL) != STEMMA_OK) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (stemma_text_equal(digests[i].table, stemma_text_of(name))) {
            *out = digests[i];
            return true;
        }
    }
    return false;
}

static bool same_table(stemma_difference *difference, const char *name, bool *empty)
{
    stm_table_digest a, b;
    bool known = digest_of(difference->before, name, &a) && digest_of(difference->after, name, &b);
    *empty = known && a.entries == 0 && b.entries == 0;
    return known && a.entries == b.entries && memcmp(a.digest, b.digest, sizeof a.digest) == 0;
}

/* ---- Beginning and end ----------------------------------------------------------------------- */

static bool begin_side(stm_difference_side *side, uint32_t count)
{
    side->count = count;
    side->other = calloc((size_t)count + 1, sizeof *side->other);
    side->grown = calloc((size_t)count + 1, sizeof *side->grown);
    return side->other != NULL && side->grown != NULL;
}

static void end_side(stm_difference_side *side)
{
    free(side->other);
    free(side->grown);
}

void stm_difference_scan_end(stm_difference_scan *self)
{
    for (unsigned kind = 0; self != NULL && kind < STM_SCAN_KINDS; kind++) {
        end_side(&self->before[kind]);
        end_side(&self->after[kind]);
    }
    if (self != NULL) {
        free(self->label);
        free(self->term);
        free(self->things);
        free(self);
    }
}

/* The terms of both files by kind and name, in which order both have them. */
static bool map_terms(stm_difference_scan *self, const stemma_difference *difference)
{
    const stm_vocabulary *was = &difference->before->file->bounds.vocabulary;
    const stm_vocabulary *now = &difference->after->file->bounds.vocabulary;
    uint32_t before = 0;
    self->term = calloc((size_t)now->count + 1, sizeof *self->term);
    self->term_count = self->term != NULL ? now->count : 0;
    for (uint32_t after = 0; after < self->term_count; after++) {
        int order = 1;
        while (before < was->count &&
               (order = stm_term_compare(&was->terms[before], &now->terms[after])) < 0) {
            before++;
        }
        self->term[after] = before < was->count && order == 0 ? before : STEMMA_NONE;
    }
    return self->term != NULL;
}

/* ---- Members --------------------------------------------------------------------------------- */

/* The members of a document, block by block. */
typedef struct member_block {
    uint32_t count;
    int64_t codes[STEMMA_EVENT_BLOCK];
} member_block;

typedef struct member_pass {
    stm_difference_scan *scan;
    stemma_difference *difference;
    member_block before, after;
} member_pass;

/* A block of table `member`; no codes when there is none. */
static stemma_status get_members(stemma_snapshot *snapshot, uint32_t document, uint32_t block,
                                 member_block *out, stemma_error *error)
{
    stm_store_cursor *cursor = NULL;
    stm_column column;
    stemma_bytes found, value;
    uint8_t bytes[8];
    stemma_bytes key = {bytes, sizeof bytes};
    stm_key_u32x2(bytes, document, block);
    out->count = 0;
    stemma_status status = stm_snapshot_cursor(snapshot, STM_TABLE_MEMBER, &cursor, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_store_ceiling(cursor, key, &found, &value);
    if (status == STEMMA_END || (status == STEMMA_OK && (found.size != sizeof bytes ||
                                                         memcmp(found.data, bytes, sizeof bytes) != 0))) {
        return STEMMA_OK;
    }
    if (status != STEMMA_OK || stm_column_open_one(value, &column) != STEMMA_OK ||
        column.count > STEMMA_EVENT_BLOCK) {
        return stm_damaged(error, STM_TABLE_MEMBER, document, "COLUMN_BLOCK");
    }
    stm_column_unpack(&column, 0, column.count, out->codes);
    out->count = column.count;
    return STEMMA_OK;
}

/* The thing that a code names. */
static stm_difference_side *side_of(stm_difference_side *sides, int64_t code, uint32_t *number)
{
    stm_difference_side *side = &sides[code % 2 == 1 ? STM_SCAN_EVENT : STM_SCAN_ENTITY];
    *number = (uint32_t)(code / 2);
    return code >= 0 && code / 2 < side->count ? side : NULL;
}

static void belong(uint32_t *other, uint32_t number)
{
    *other = *other == 0 || *other == number + 1 ? number + 1 : STM_OTHER_SEVERAL;
}

/* What the same referent is in both files; code -1: it is not there. False when a number is out of range. */
static bool take_member(stm_difference_scan *self, int64_t before, int64_t after)
{
    uint32_t a = 0, b = 0;
    stm_difference_side *was = before == -1 ? NULL : side_of(self->before, before, &a);
    stm_difference_side *now = after == -1 ? NULL : side_of(self->after, after, &b);
    if ((was == NULL && before != -1) || (now == NULL && after != -1)) {
        return false;
    }
    if (was != NULL && now != NULL && ((before ^ after) & 1) == 0) {
        belong(&was->other[a], b);
        belong(&now->other[b], a);
        return true;
    }
    if (was != NULL) {
        was->grown[a] = 1;
    }
    if (now != NULL) {
        now->grown[b] = 1;
    }
    return true;
}

/* All members of a document that has these numbers in the files; STEMMA_NONE: it is not there. */
static stemma_status pass_document(member_pass *pass, uint32_t before, uint32_t after,
                                   stemma_error *error)
{
    member_block *was = &pass->before, *now = &pass->after;
    stemma_status status = STEMMA_OK;
    was->count = now->count = 0;
    for (uint32_t block = 0; status == STEMMA_OK; block++) {
        if (before != STEMMA_NONE) {
            status = get_members(pass->difference->before, before, block, was, error);
        }
        if (status == STEMMA_OK && after != STEMMA_NONE) {
            status = get_members(pass->difference->after, after, block, now, error);
        }
        uint32_t most = was->count > now->count ? was->count : now->count;
        for (uint32_t i = 0; i < most && status == STEMMA_OK; i++) {
            if (!take_member(pass->scan, i < was->count ? was->codes[i] : -1,
                             i < now->count ? now->codes[i] : -1)) {
                status = stm_damaged(error, STM_TABLE_MEMBER, i < now->count ? after : before,
                                     "NUMBER_OUT_OF_RANGE");
            }
        }
        if (most < STEMMA_EVENT_BLOCK) {
            break;
        }
    }
    return status;
}

static stemma_status pass_all(member_pass *pass, stemma_error *error)
{
    stemma_difference *difference = pass->difference;
    uint32_t before = stm_known_documents(difference->before);
    uint32_t after = stm_known_documents(difference->after);
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < after && status == STEMMA_OK; i++) {
        status = pass_document(pass, difference->earlier[i], i, error);
    }
    for (uint32_t i = 0; i < before && status == STEMMA_OK; i++) {
        if (difference->later[i] == STEMMA_NONE) {
            status = pass_document(pass, i, STEMMA_NONE, error);
        }
    }
    return status;
}

stemma_status stm_difference_scan_begin(stm_difference_scan **out, stemma_difference *difference,
                                        stemma_error *error)
{
    const stm_bounds *before = &difference->before->file->bounds;
    const stm_bounds *after = &difference->after->file->bounds;
    uint64_t things = (uint64_t)before->entities + before->events + after->entities + after->events;
    *out = NULL;
    if (things * 8 > difference->after->file->memory_limit / SHARE) {
        return STEMMA_OK;
    }
    stm_difference_scan *self = calloc(1, sizeof *self);
    member_pass *pass = calloc(1, sizeof *pass);
    bool good = self != NULL && pass != NULL &&
                begin_side(&self->before[STM_SCAN_ENTITY], before->entities) &&
                begin_side(&self->before[STM_SCAN_EVENT], before->events) &&
                begin_side(&self->after[STM_SCAN_ENTITY], after->entities) &&
                begin_side(&self->after[STM_SCAN_EVENT], after->events) &&
                (self->label = calloc((size_t)after->entities + 1, 1)) != NULL;
    stemma_status status = good ? stm_late_need(difference->before, error) : no_memory(error);
    if (status == STEMMA_OK) {
        status = stm_late_need(difference->after, error); /* terms */
    }
    if (status == STEMMA_OK) {
        *pass = (member_pass){.scan = self, .difference = difference};
        self->details_same = same_table(difference, "detail", &self->no_details);
        status = pass_all(pass, error);
    }
    if (status == STEMMA_OK && !map_terms(self, difference)) {
        status = no_memory(error);
    }
    free(pass);
    if (status != STEMMA_OK) {
        stm_difference_scan_end(self);
        return status;
    }
    *out = self;
    return STEMMA_OK;
}

/* ---- Stages ---------------------------------------------------------------------------------- */

/* Things come in the order of their first members. */
typedef struct placed {
    uint64_t place; /* document, referent */
    uint32_t number;
} placed;

static int compare_placed(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

static stemma_status place_of(stemma_snapshot *snapshot, unsigned kind, uint32_t number,
                              uint64_t *place, stemma_error *error)
{
    stemma_referent_id first = {0, 0};
    const stm_event_block *block = NULL;
    stemma_status status;
    if (kind == STM_SCAN_ENTITY) {
        status = stm_entity_first(snapshot, number, &first, error);
        *place = (uint64_t)first.document << 32 | first.referent;
        return status;
    }
    status = stm_snapshot_event_block(snapshot, number, &block, error);
    if (status == STEMMA_OK) {
        uint32_t row = number % STEMMA_EVENT_BLOCK;
        uint64_t document = (uint64_t)stm_event_block_get(block, STM_EVENT_FIRST_DOCUMENT, row);
        *place = document << 32 |
                 (uint32_t)stm_event_block_get(block, STM_EVENT_FIRST_REFERENT, row);
    }
    return status;
}

/* Whether a thing may have changed: of `after`, with some other. */
static stemma_status may_differ(stm_difference_scan *self, stemma_difference *difference,
                                unsigned kind, uint32_t number, bool *differs, stemma_error *error)
{
    const stm_difference_side *now = &self->after[kind], *was = &self->before[kind];
    uint32_t other = now->other[number];
    bool same = false;
    *differs = true;
    if (other == STM_OTHER_SEVERAL || now->grown[number]) {
        return STEMMA_OK;
    }
    other--;
    if (was->grown[other] || was->other[other] == STM_OTHER_SEVERAL) {
        return STEMMA_OK;
    }
    stemma_status status =
        stm_difference_same(self, difference, kind, other, number, &same, error);
    *differs = !same;
    return status;
}

static stemma_status is_wanted(stm_difference_scan *self, stemma_difference *difference,
                               unsigned kind, uint32_t number, bool *wanted, stemma_error *error)
{
    switch (difference->stage) {
    case STM_STAGE_NEW_EVENTS:
    case STM_STAGE_NEW_ENTITIES:
        *wanted = self->after[kind].other[number] == 0;
        return STEMMA_OK;
    case STM_STAGE_CHANGED_EVENTS:
    case STM_STAGE_CHANGED_ENTITIES:
        *wanted = false;
        return self->after[kind].other[number] != 0
                   ? may_differ(self, difference, kind, number, wanted, error)
                   : STEMMA_OK;
    default:
        *wanted = self->before[kind].other[number] == 0 ||
                  self->before[kind].other[number] == STM_OTHER_SEVERAL;
        return STEMMA_OK;
    }
}

/* Puts what was listed in order. */
static stemma_status put_in_order(stm_difference_scan *self, stemma_snapshot *snapshot,
                                  unsigned kind, stemma_error *error)
{
    placed *all = calloc((size_t)self->thing_count + 1, sizeof *all);
    stemma_status status = all != NULL ? STEMMA_OK : no_memory(error);
    for (uint32_t i = 0; i < self->thing_count && status == STEMMA_OK; i++) {
        all[i].number = self->things[i];
        status = place_of(snapshot, kind, all[i].number, &all[i].place, error);
    }
    if (status == STEMMA_OK) {
        qsort(all, self->thing_count, sizeof *all, compare_placed);
        for (uint32_t i = 0; i < self->thing_count; i++) {
            self->things[i] = all[i].number;
        }
    }
    free(all);
    return status;
}

stemma_status stm_difference_scan_stage(stm_difference_scan *self, stemma_difference *difference,
                                        stemma_error *error)
{
    bool lost = difference->stage >= STM_STAGE_LOST_DOCUMENTS;
    bool event = difference->stage == STM_STAGE_NEW_EVENTS ||
                 difference->stage == STM_STAGE_CHANGED_EVENTS ||
                 difference->stage == STM_STAGE_LOST_EVENTS;
    unsigned kind = event ? STM_SCAN_EVENT : STM_SCAN_ENTITY;
    uint32_t count = (lost ? self->before : self->after)[kind].count;
    stemma_status status = STEMMA_OK;
    self->at = self->thing_count = 0;
    free(self->things);
    self->things = calloc((size_t)count + 1, sizeof *self->things);
    if (self->things == NULL) {
        return no_memory(error);
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        bool wanted = false;
        status = is_wanted(self, difference, kind, i, &wanted, error);
        if (wanted) {
            self->things[self->thing_count++] = i;
        }
    }
    return status == STEMMA_OK
               ? put_in_order(self, lost ? difference->before : difference->after, kind, error)
               : status;
}
