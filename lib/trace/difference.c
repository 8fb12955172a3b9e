/* SPDX-License-Identifier: MIT */
/* The walk: documents that may tell other things, their referents, and the things these belong to.
 * A thing is looked at when the walk meets its first member, so nothing has to be remembered. */
#include "trace/difference_scan.h"

#include <stdio.h>
#include <stdlib.h>

#include "read/document.h"
#include "read/entity.h"
#include "base/error.h"
#include "base/grow.h"
#include "key.h"
#include "read/known.h"
#include "posting_cursor.h"
#include "read/row.h"
#include "base/words.h"

#define NAMES_SHOWN 5u /* of things that became one, or that one became */

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
}

/* ---- Beginning and end ----------------------------------------------------------------------- */

stemma_status stemma_difference_begin(stemma_difference **out, const stemma_snapshot *before,
                                      const stemma_snapshot *after, stemma_error *error)
{
    stemma_difference *self = calloc(1, sizeof *self);
    *out = NULL;
    if (self == NULL) {
        return no_memory(error);
    }
    self->one_file = before->file == after->file;
    self->first = self->one_file ? before->until : 0;
    self->referents = STEMMA_NONE;
    if (self->one_file && before->until >= after->until) {
        free(self);
        return stm_fail(error, STEMMA_E_MISUSE, "AS_OF_ORDER", "",
                        "What was before must be cut earlier than what is after");
    }
    stemma_status status = stemma_snapshot_begin(&self->before, before->file, error);
    if (status == STEMMA_OK) {
        stemma_snapshot_as_of(self->before, before->until);
        status = stemma_snapshot_begin(&self->after, after->file, error);
    }
    if (status == STEMMA_OK) {
        stemma_snapshot_as_of(self->after, after->until);
    }
    bool whole = !stm_is_cut(before) && !stm_is_cut(after);
    if (status == STEMMA_OK && !self->one_file && whole) {
        status = stm_files_are_same(self->before, self->after, &self->same_files, error);
    }
    self->stage = self->same_files ? STM_STAGE_END : STM_STAGE_DOCUMENTS;
    self->scanned = !whole; /* as of a date all things are looked at */
    if (status == STEMMA_OK && !self->one_file && !self->same_files) {
        status = stm_difference_map(self, error);
    }
    self->document = self->first;
    if (status != STEMMA_OK) {
        stemma_difference_end(self);
        return status;
    }
    *out = self;
    return STEMMA_OK;
}

void stemma_difference_end(stemma_difference *self)
{
    if (self != NULL) {
        stemma_snapshot_end(self->before);
        stemma_snapshot_end(self->after);
        stm_difference_scan_end(self->scan);
        free(self->earlier);
        free(self->later);
        free(self->changes);
        free(self);
    }
}

stemma_change *stm_difference_add(stemma_difference *self, stemma_change_kind kind,
                                  stemma_reference before, stemma_reference after)
{
    stemma_change *changes =
        stm_grow(self->changes, &self->capacity, self->count + 1, sizeof *changes);
    if (changes == NULL) {
        return NULL;
    }
    self->changes = changes;
    stemma_change *change = &changes[self->count++];
    memset(change, 0, sizeof *change);
    change->kind = (uint8_t)kind;
    change->before = before;
    change->after = after;
    change->claim = STEMMA_NONE;
    return change;
}

/* ---- Things ---------------------------------------------------------------------------------- */

/* The first member of a thing in document `from` or later; the referent itself when the thing has
   no list of members. */
static stemma_status first_member(stemma_snapshot *snapshot, stemma_reference of, uint32_t from,
                                  stemma_referent_id *member, stemma_error *error)
{
    stm_posting_source source;
    stm_list_key list;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stm_posting_cursor *cursor = stm_snapshot_alloc(snapshot, sizeof *cursor, error);
    if (cursor == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = stm_snapshot_source(snapshot, STM_TABLE_MEMBERSHIP, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_membership(&list,
                            of.kind == STEMMA_REFERENCE_EVENT ? STM_MEMBERSHIP_EVENT
                                                              : STM_MEMBERSHIP_ENTITY,
                            of.number);
    status = stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&list),
                                     snapshot->file->bounds.documents);
    if (status == STEMMA_OK) {
        status =
            stm_posting_cursor_seek(cursor, from, &member->document, &member->referent);
    }
    stm_snapshot_source_return(&source);
    stm_snapshot_rewind(snapshot, mark);
    return status >= 0 ? STEMMA_OK
                       : stm_damaged(error, STM_TABLE_MEMBERSHIP, of.number, "POSTINGS");
}

/* How many referents a document has, rows among them. */
static stemma_status count_referents(stemma_snapshot *snapshot, uint32_t document,
                                     uint32_t *count, stemma_error *error)
{
    const stm_data_set *set = NULL;
    stemma_status status = stm_data_set_find(snapshot, document, &set, error);
    if (status == STEMMA_OK) {
        *count = set->rows < STEMMA_NONE - set->actors ? set->actors + set->rows : set->actors;
    }
    return status;
}

/* The next thing of a kind whose first member, from the walk's first document on, is where the walk
   stands. STEMMA_END behind the last document. */
static stemma_status next_thing(stemma_difference *self, stemma_snapshot *snapshot, uint8_t kind,
                                uint32_t from, stemma_reference *out, stemma_error *error)
{
    while (self->document < stm_known_documents(snapshot)) {
        stemma_status status = STEMMA_OK;
        if (self->referents == STEMMA_NONE) {
            self->referent = 0;
            status = count_referents(snapshot, self->document, &self->referents, error);
        }
        while (status == STEMMA_OK && self->referent < self->referents) {
            stemma_referent_id here = {self->document, self->referent++};
            stemma_referent_id first = here;
            status = stemma_member_of(snapshot, here, out, error);
            if (status == STEMMA_OK && out->kind == kind) {
                status = first_member(snapshot, *out, from, &first, error);
                if (status == STEMMA_OK && first.document == here.document &&
                    first.referent == here.referent) {
                    return STEMMA_OK;
                }
            }
        }
        if (status != STEMMA_OK) {
            return status == STEMMA_NOT_FOUND ? stm_damaged(error, STM_TABLE_MEMBER,
                                                            self->document, "MEMBER_MISSING")
                                              : status;
        }
        self->document++;
        self->referents = STEMMA_NONE;
    }
    return STEMMA_END;
}

/* The things of another file that share members with one. `*out` belongs to `to`. */
static stemma_status counterparts(stemma_snapshot *from, stemma_snapshot *to, const uint32_t *map,
                                  stemma_reference thing, uint32_t **out, uint32_t *count,
                                  stemma_error *error)
{
    const stemma_referent_id *members = NULL;
    uint32_t member_count = 0;
    stemma_status status = stemma_members(from, thing, &members, &member_count, error);
    *count = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t *found = stm_snapshot_array(to, member_count, sizeof *found, error);
    if (found == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < member_count && status == STEMMA_OK; i++) {
        stemma_referent_id referent = {map[members[i].document], members[i].referent};
        stemma_reference other;
        bool known = false;
        if (referent.document == STEMMA_NONE) {
            continue;
        }
        status = stemma_member_of(to, referent, &other, error);
        if (status == STEMMA_OK && other.kind == thing.kind) {
            /* nearly always there is one: the last one found is looked at first */
            for (uint32_t k = *count; k > 0 && !known; k--) {
                known = found[k - 1] == other.number;
            }
            if (!known) {
                found[(*count)++] = other.number;
            }
        }
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    *out = found;
    return status;
}

/* The same within one file: the thing itself, when it was known. */
static stemma_status find_before(stemma_difference *self, stemma_reference thing, uint32_t **out,
                                 uint32_t *count, stemma_error *error)
{
    if (!self->one_file) {
        return counterparts(self->after, self->before, self->earlier, thing, out, count, error);
    }
    uint32_t *number = stm_snapshot_alloc(self->before, sizeof *number, error);
    if (number == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *number = thing.number;
    *out = number;
    char id[STEMMA_ID_SIZE]; /* what is not known has none */
    stemma_status status = stemma_id_text(self->before, thing, id, error);
    *count = status == STEMMA_OK;
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

/* ---- Changes --------------------------------------------------------------------------------- */

static stemma_reference none_of(uint8_t kind)
{
    return (stemma_reference){kind, STEMMA_NONE};
}

/* "A; B; C (+2)" */
static stemma_status join_names(stemma_snapshot *snapshot, uint8_t kind, const uint32_t *numbers,
                                uint32_t count, stemma_text *out, stemma_error *error)
{
    stm_words words = {0};
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && i < NAMES_SHOWN && status == STEMMA_OK; i++) {
        stemma_text name;
        status = stemma_label(snapshot, (stemma_reference){kind, numbers[i]}, &name, error);
        if (status == STEMMA_OK) {
            stm_words_add_string(&words, i != 0 ? "; " : "");
            stm_words_add(&words, name);
        }
    }
    if (count > NAMES_SHOWN) {
        stm_words_add_number(&words, " (+", count - NAMES_SHOWN, ")");
    }
    return stm_words_end(&words, snapshot, status, out, error);
}

/* How many independent documents tell of a thing (of an entity: documents). */
static stemma_status support_of(stemma_snapshot *snapshot, stemma_reference of, uint32_t *out,
                                stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_entity entity;
    stemma_event event;
    stemma_status status = STEMMA_OK;
    if (of.kind == STEMMA_REFERENCE_EVENT) {
        status = stemma_event_get(snapshot, of.number, &event, error);
        *out = status == STEMMA_OK ? event.independent : 0;
    } else if (of.kind == STEMMA_REFERENCE_ENTITY) {
        status = stm_entity_uncounted(snapshot, of.number, &entity, error);
        *out = status == STEMMA_OK ? entity.documents : 0;
    } else {
        *out = 1;
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

/* A thing that only one side has. */
static stemma_status add_single(stemma_difference *self, stemma_reference thing, bool is_new,
                                stemma_error *error)
{
    stemma_change *change =
        is_new ? stm_difference_add(self, STEMMA_CHANGE_NEW, none_of(thing.kind), thing)
               : stm_difference_add(self, STEMMA_CHANGE_GONE, thing, none_of(thing.kind));
    if (change == NULL) {
        return no_memory(error);
    }
    stemma_snapshot *side = is_new ? self->after : self->before;
    stemma_status status = stemma_label(side, thing, &change->subject, error);
    if (status == STEMMA_OK) {
        status = support_of(
            side, thing, is_new ? &change->independent_now : &change->independent_was, error);
    }
    return status == STEMMA_OK && is_new ? stm_difference_documents(self, change, error) : status;
}

/* A thing that is several on the other side. */
static stemma_status add_several(stemma_difference *self, stemma_reference thing, bool joined,
                                 const uint32_t *numbers, uint32_t count, stemma_error *error)
{
    stemma_reference other = {thing.kind, numbers[0]};
    stemma_change *change =
        joined ? stm_difference_add(self, STEMMA_CHANGE_JOINED, other, thing)
               : stm_difference_add(self, STEMMA_CHANGE_SPLIT, thing, other);
    stemma_snapshot *here = joined ? self->after : self->before;
    stemma_snapshot *there = joined ? self->before : self->after;
    if (change == NULL) {
        return no_memory(error);
    }
    stemma_text *one = joined ? &change->now : &change->was;
    stemma_text *many = joined ? &change->was : &change->now;
    stemma_status status = stemma_label(here, thing, one, error);
    change->subject = *one;
    return status == STEMMA_OK ? join_names(there, thing.kind, numbers, count, many, error)
                               : status;
}

/* ---- Stages ---------------------------------------------------------------------------------- */

static stemma_status step_documents(stemma_difference *self, bool lost, stemma_error *error)
{
    stemma_snapshot *side = lost ? self->before : self->after;
    for (; self->document < stm_known_documents(side); self->document++) {
        bool single = lost ? self->later[self->document] == STEMMA_NONE
                           : stm_difference_is_new(self, self->document);
        if (single) {
            return add_single(
                self, (stemma_reference){STEMMA_REFERENCE_DOCUMENT, self->document++}, !lost,
                error);
        }
    }
    return STEMMA_END;
}

/* The next thing that the scan lists, or that the walk comes to. */
static stemma_status next_listed(stemma_difference *self, stemma_snapshot *side, uint8_t kind,
                                 stemma_reference *out, stemma_error *error)
{
    stm_difference_scan *scan = self->scan;
    if (scan == NULL) {
        return next_thing(self, side, kind, side == self->after ? self->first : 0, out, error);
    }
    if (scan->at == scan->thing_count) {
        return STEMMA_END;
    }
    *out = (stemma_reference){kind, scan->things[scan->at++]};
    return STEMMA_OK;
}

/* The things of the other file that one shares members with; of one file itself, when it was known. */
static stemma_status find_others(stemma_difference *self, bool lost, stemma_reference thing,
                                 uint32_t **out, uint32_t *count, stemma_error *error)
{
    unsigned kind = thing.kind == STEMMA_REFERENCE_EVENT ? STM_SCAN_EVENT : STM_SCAN_ENTITY;
    uint32_t other = self->scan == NULL ? STM_OTHER_SEVERAL
                     : lost             ? self->scan->before[kind].other[thing.number]
                                        : self->scan->after[kind].other[thing.number];
    if (other == STM_OTHER_SEVERAL) {
        return lost ? counterparts(self->before, self->after, self->later, thing, out, count, error)
                    : find_before(self, thing, out, count, error);
    }
    uint32_t *number =
        stm_snapshot_alloc(lost ? self->after : self->before, sizeof *number, error);
    if (number == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *number = other - 1; /* of none it is not looked at */
    *out = number;
    *count = other != 0;
    return STEMMA_OK;
}

/* Looks at the next thing of `after`; adds nothing when it is not of the stage. */
static stemma_status step_things(stemma_difference *self, uint8_t kind, bool wants_new,
                                 stemma_error *error)
{
    stemma_reference thing;
    uint32_t *numbers = NULL;
    uint32_t count = 0;
    stemma_status status = next_listed(self, self->after, kind, &thing, error);
    if (status == STEMMA_OK) {
        status = find_others(self, false, thing, &numbers, &count, error);
    }
    if (status != STEMMA_OK || wants_new != (count == 0)) {
        return status;
    }
    if (wants_new) {
        return add_single(self, thing, true, error);
    }
    if (count > 1) {
        return add_several(self, thing, true, numbers, count, error);
    }
    return stm_difference_compare(self, (stemma_reference){kind, numbers[0]}, thing, error);
}

static stemma_status step_lost(stemma_difference *self, uint8_t kind, stemma_error *error)
{
    stemma_reference thing;
    uint32_t *numbers = NULL;
    uint32_t count = 0;
    stemma_status status = next_listed(self, self->before, kind, &thing, error);
    if (status == STEMMA_OK) {
        status = find_others(self, true, thing, &numbers, &count, error);
    }
    if (status != STEMMA_OK || count == 1) {
        return status;
    }
    return count == 0 ? add_single(self, thing, false, error)
                      : add_several(self, thing, false, numbers, count, error);
}

/* What a stage begins with. */
static stemma_status begin_stage(stemma_difference *self, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    self->document = self->stage < STM_STAGE_LOST_DOCUMENTS ? self->first : 0;
    self->referents = STEMMA_NONE;
    if (self->stage == STM_STAGE_END || self->stage == STM_STAGE_LOST_DOCUMENTS ||
        self->one_file) {
        return STEMMA_OK;
    }
    if (!self->scanned) {
        self->scanned = true;
        status = stm_difference_scan_begin(&self->scan, self, error);
    }
    if (status == STEMMA_OK && self->scan != NULL) {
        status = stm_difference_scan_stage(self->scan, self, error);
    }
    if (status != STEMMA_OK) { /* who goes on all the same goes on by a walk */
        stm_difference_scan_end(self->scan);
        self->scan = NULL;
    }
    return status;
}

static stemma_status step(stemma_difference *self, stemma_error *error)
{
    switch (self->stage) {
    case STM_STAGE_DOCUMENTS:
        return step_documents(self, false, error);
    case STM_STAGE_NEW_EVENTS:
        return step_things(self, STEMMA_REFERENCE_EVENT, true, error);
    case STM_STAGE_CHANGED_EVENTS:
        return step_things(self, STEMMA_REFERENCE_EVENT, false, error);
    case STM_STAGE_NEW_ENTITIES:
        return step_things(self, STEMMA_REFERENCE_ENTITY, true, error);
    case STM_STAGE_CHANGED_ENTITIES:
        return step_things(self, STEMMA_REFERENCE_ENTITY, false, error);
    case STM_STAGE_LOST_DOCUMENTS:
        return step_documents(self, true, error);
    case STM_STAGE_LOST_EVENTS:
        return step_lost(self, STEMMA_REFERENCE_EVENT, error);
    default:
        return step_lost(self, STEMMA_REFERENCE_ENTITY, error);
    }
}

stemma_status stemma_difference_next(stemma_difference *self, stemma_change *out,
                                     stemma_error *error)
{
    while (self->at == self->count) {
        self->at = self->count = 0;
        if (self->stage == STM_STAGE_END) {
            return STEMMA_END;
        }
        stemma_snapshot_reset(self->before);
        stemma_snapshot_reset(self->after);
        stemma_status status = step(self, error);
        if (status == STEMMA_END) {
            self->stage++;
            if (self->stage >= STM_STAGE_LOST_DOCUMENTS && self->one_file) {
                self->stage = STM_STAGE_END;
            }
            status = begin_stage(self, error);
        }
        if (status != STEMMA_OK) {
            self->count = 0;
            return status == STEMMA_NOT_FOUND
                       ? stm_damaged(error, STM_TABLE_MEMBER, self->document, "MEMBER_MISSING")
                       : status;
        }
    }
    *out = self->changes[self->at++];
    return STEMMA_OK;
}
