/* SPDX-License-Identifier: MIT */
/* What a query asks for: its words looked up in the vocabulary, its places with all that lies in
 * them, and what columns are to be looked at. */
#include "base/error.h"
#include "events/event_query.h"
#include "stemma/place.h"

/* ---- Roles ---- */

/* Whether a list of words, parted by spaces, holds one. */
static bool holds_word(stemma_text words, const char *wanted)
{
    size_t size = strlen(wanted);
    for (size_t at = 0; at + size <= words.size; at++) {
        bool begins = at == 0 || words.data[at - 1] == ' ';
        bool ends = at + size == words.size || words.data[at + size] == ' ';
        if (begins && ends && memcmp(words.data + at, wanted, size) == 0) {
            return true;
        }
    }
    return false;
}

static bool undergoes(const stemma_term *term)
{
    return term->kind == STEMMA_TERM_PREDICATE && (holds_word(term->crosswalk, "plover:recipient") ||
                                                   holds_word(term->crosswalk, "cameo:target"));
}

/* The roles of a condition. `*none` when no role of the file is one. */
static stemma_status read_roles(stemma_snapshot *snapshot, stemma_text role, uint32_t flags,
                                stm_role_set *out, bool *none, stemma_error *error)
{
    const stm_vocabulary *vocabulary = &snapshot->file->bounds.vocabulary;
    out->count = 0;
    out->role = NULL;
    *none = false;
    if (role.size == 0 && (flags & STEMMA_PART_UNDERGOES) == 0) {
        return STEMMA_OK;
    }
    uint32_t *roles = stm_snapshot_array(snapshot, vocabulary->count, sizeof *roles, error);
    if (roles == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        const stemma_term *term = &vocabulary->terms[i];
        bool wanted = term->kind == STEMMA_TERM_PREDICATE &&
                      (role.size == 0 || stemma_text_equal(term->name, role)) &&
                      ((flags & STEMMA_PART_UNDERGOES) == 0 || undergoes(term));
        if (wanted) {
            roles[out->count++] = i;
        }
    }
    out->role = roles;
    *none = out->count == 0;
    return STEMMA_OK;
}

/* ---- Who ---- */

static stemma_status read_member(stemma_snapshot *snapshot, const stemma_event_part *part,
                                 stm_event_member *out, bool *nothing, stemma_error *error)
{
    bool none = false;
    out->entity = part->entity;
    out->or_there = (part->flags & STEMMA_PART_OR_THERE) != 0 && part->entity != STEMMA_NONE;
    if (part->entity != STEMMA_NONE && part->entity >= snapshot->file->bounds.entities) {
        *nothing = true;
        return STEMMA_OK;
    }
    stemma_status status =
        read_roles(snapshot, part->role, part->flags, &out->roles, &none, error);
    *nothing = *nothing || none;
    if (status == STEMMA_OK && out->or_there) {
        status = stemma_place_inside(snapshot, part->entity, &out->inside, &out->inside_count, NULL,
                                     error);
    }
    return status;
}

static stemma_status read_members(stemma_event_cursor *cursor, const stemma_event_query *query,
                                  stemma_error *error)
{
    stm_event_wanted *wanted = &cursor->wanted;
    uint64_t count = (uint64_t)query->entity_count + query->part_count;
    stemma_status status = STEMMA_OK;
    wanted->members =
        stm_snapshot_array(cursor->snapshot, count, sizeof *wanted->members, error);
    if (wanted->members == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(wanted->members, 0, (size_t)count * sizeof *wanted->members);
    for (uint32_t i = 0; i < query->entity_count && status == STEMMA_OK; i++) {
        stemma_event_part part = {query->entities[i], query->role, 0};
        if (part.entity == STEMMA_NONE) {
            wanted->nothing = true;
        }
        status = read_member(cursor->snapshot, &part, &wanted->members[wanted->member_count++],
                             &wanted->nothing, error);
    }
    for (uint32_t i = 0; i < query->part_count && status == STEMMA_OK; i++) {
        status = read_member(cursor->snapshot, &query->parts[i],
                             &wanted->members[wanted->member_count++], &wanted->nothing, error);
    }
    return status;
}

static stemma_status read_place(stemma_event_cursor *cursor, const stemma_event_query *query,
                                stemma_error *error)
{
    stm_event_wanted *wanted = &cursor->wanted;
    wanted->place = query->place;
    if (query->place == STEMMA_NONE) {
        return STEMMA_OK;
    }
    if (query->place >= cursor->snapshot->file->bounds.entities) {
        wanted->nothing = true;
        return STEMMA_OK;
    }
    if ((query->flags & STEMMA_EVENTS_WITHIN) != 0) {
        return stemma_place_inside(cursor->snapshot, query->place, &wanted->inside,
                                   &wanted->inside_count, NULL, error);
    }
    wanted->inside = &wanted->place;
    wanted->inside_count = 1;
    return STEMMA_OK;
}

/* ---- What ---- */

/* The terms of several types, as bits; the range is what they span. */
static stemma_status read_types(stemma_event_cursor *cursor, const stemma_event_query *query,
                                stemma_error *error)
{
    stm_event_columns_wanted *columns = &cursor->columns;
    const stm_vocabulary *vocabulary = &cursor->snapshot->file->bounds.vocabulary;
    size_t words = (size_t)vocabulary->count / 64 + 1;
    uint32_t least = STEMMA_NONE;
    uint32_t most = 0;
    uint64_t *bits = stm_snapshot_array(cursor->snapshot, words, sizeof *bits, error);
    if (bits == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(bits, 0, words * sizeof *bits);
    for (uint32_t i = 0; i < query->type_count; i++) {
        uint32_t first = 0;
        uint32_t end = 0;
        stm_vocabulary_below(vocabulary, STEMMA_TERM_EVENT_TYPE, query->types[i], &first, &end);
        for (uint32_t term = first; term < end; term++) {
            if (!columns->type || (term >= columns->type_first && term < columns->type_end)) {
                bits[term / 64] |= UINT64_C(1) << term % 64;
                least = term < least ? term : least;
                most = term + 1 > most ? term + 1 : most;
            }
        }
    }
    columns->type = true;
    columns->type_first = least < most ? least : 0;
    columns->type_end = most;
    columns->type_bits = bits;
    return STEMMA_OK;
}

static stemma_status read_what(stemma_event_cursor *cursor, const stemma_event_query *query,
                               stemma_error *error)
{
    stm_event_columns_wanted *columns = &cursor->columns;
    stemma_status status = STEMMA_OK;
    if (query->type.size != 0) {
        columns->type = true;
        stm_vocabulary_below(&cursor->snapshot->file->bounds.vocabulary, STEMMA_TERM_EVENT_TYPE,
                             query->type, &columns->type_first, &columns->type_end);
    }
    if (query->type_count != 0) {
        status = read_types(cursor, query, error);
    }
    cursor->wanted.nothing = cursor->wanted.nothing ||
                             (columns->type && columns->type_first == columns->type_end);
    return status;
}

/* The values of the column of factuality that a query takes. */
static stemma_status read_factuality(stemma_event_cursor *cursor, const stemma_event_query *query,
                                     stemma_error *error)
{
    stm_event_columns_wanted *columns = &cursor->columns;
    if (query->polarities == 0 && query->certainties == 0 && query->realis == 0) {
        return STEMMA_OK;
    }
    columns->factuality = true;
    columns->accepted = stm_snapshot_alloc(cursor->snapshot, 256, error);
    if (columns->accepted == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t value = 0; value < 256; value++) {
        bool polarity = query->polarities == 0 || (query->polarities >> (value & 3) & 1) != 0;
        bool certainty =
            query->certainties == 0 || (query->certainties >> (value >> 2 & 3) & 1) != 0;
        bool realis = query->realis == 0 || (query->realis >> (value >> 6 & 3) & 1) != 0;
        columns->accepted[value] = polarity && certainty && realis;
    }
    return STEMMA_OK;
}

stemma_status stm_event_wanted_read(stemma_event_cursor *cursor, const stemma_event_query *query,
                                    stemma_error *error)
{
    stm_event_wanted *wanted = &cursor->wanted;
    wanted->from = query->from;
    wanted->to = query->to;
    wanted->during = (query->flags & STEMMA_EVENTS_DURING) != 0 &&
                     (query->from != INT64_MIN || query->to != INT64_MAX);
    cursor->columns.during = wanted->during;
    cursor->columns.from = query->from;
    cursor->columns.to = query->to;
    stemma_status status = read_factuality(cursor, query, error);
    if (status == STEMMA_OK) {
        status = read_what(cursor, query, error);
    }
    if (status == STEMMA_OK) {
        status = read_members(cursor, query, error);
    }
    return status == STEMMA_OK ? read_place(cursor, query, error) : status;
}

/* ---- Times ---- */

stemma_fit stemma_time_fit(const stemma_time_bounds *bounds, int64_t from, int64_t to)
{
    bool starts = bounds->start_earliest != STEMMA_TIME_UNKNOWN_EARLY;
    bool ends = bounds->end_latest != STEMMA_TIME_UNKNOWN_LATE;
    if ((!starts && !ends) || (starts && bounds->start_earliest > to) ||
        (ends && bounds->end_latest < from)) {
        return STEMMA_FIT_NO;
    }
    return starts && ends && bounds->start_earliest >= from && bounds->end_latest <= to
               ? STEMMA_FIT_SURE
               : STEMMA_FIT_POSSIBLE;
}
