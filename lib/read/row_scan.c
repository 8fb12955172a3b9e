/* SPDX-License-Identifier: MIT */
/* Rows of a data set, many at a time, from the blocks of events that they are folded into.
 *
 * A part of a block is unpacked once, and each of its events marked as one whose row follows from the columns
 * alone or not; then every run of rows in it costs little more than its own length. Whatever is
 * unusual, and all damage, is left to stemma_row_get(), which tells it in full. */
#include "read/row_scan.h"

#include <stdlib.h>

#include "base/error.h"
#include "read/row.h"
#include "read/row_detail.h"
#include "read/row_number.h"

#define BLOCK STEMMA_EVENT_BLOCK

/* So many rows must follow each other before a whole block is unpacked for them. */
#define WORTHWHILE 16u

/* Unpacking a part of a block costs as much as so many rows one by one. Where it gave fewer, rows lie all
   over the file, and the next so many are read one by one. */
#define BREAK_EVEN 40u
#define PAUSE      160u

void stm_row_scan_free(stm_row_scan *scan)
{
    if (scan != NULL) {
        free(scan->role);
        free(scan->entity);
        free(scan->ordinal);
        free(scan);
    }
}

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "event", "The system refused memory");
}

/* ---- Actors ---------------------------------------------------------------------------------- */

/* Whether members of a column, the first of which is actor `first`, are the entities of the same number. */
static bool is_straight(const stm_column *members, uint32_t first, uint32_t count)
{
    if (members->form == STM_COLUMN_RAMP && members->width == 0 && members->scale == 2 &&
        members->minimum == 2 * (int64_t)first) {
        return members->count >= count;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (i >= members->count || stm_column_get(members, i) != 2 * ((int64_t)first + i)) {
            return false;
        }
    }
    return true;
}

/* Some members of the document, with the number of the first. STEMMA_OK; STEMMA_E_DAMAGED. */
static stemma_status members_from(stemma_snapshot *snapshot, uint32_t document, uint32_t first,
                                  stm_column *members, stemma_error *error)
{
    stemma_status status = stm_snapshot_column(snapshot, STM_TABLE_MEMBER, 1, document, first / BLOCK,
                                               members, error);
    return status == STEMMA_NOT_FOUND
               ? stm_damaged(error, STM_TABLE_MEMBER, document, "MEMBER_MISSING")
               : status;
}

static stemma_status find_straight(stemma_snapshot *snapshot, const stm_data_set *set, bool *straight,
                                   stemma_error *error)
{
    *straight = set->actors != 0 && set->actors <= snapshot->file->bounds.entities;
    for (uint32_t first = 0; *straight && first < set->actors; first += BLOCK) {
        uint32_t left = set->actors - first;
        stm_column members;
        stemma_status status = members_from(snapshot, set->document, first, &members, error);
        if (status != STEMMA_OK) {
            return status;
        }
        *straight = is_straight(&members, first, left < BLOCK ? left : BLOCK);
    }
    return STEMMA_OK;
}

/* What each entity is in a data set: the first of its referents there. */
static stemma_status map_others(stemma_snapshot *snapshot, stm_row_scan *scan, const stm_data_set *set,
                                stemma_error *error)
{
    uint32_t entities = snapshot->file->bounds.entities;
    uint32_t actors = set->actors;
    stemma_status status = stm_row_scan_room(snapshot, &scan->ordinal, &scan->ordinal_room,
                                             (uint64_t)entities + 1, 1, error);
    if (status != STEMMA_OK) {
        return status;
    }
    for (uint32_t i = 0; i < entities; i++) {
        scan->ordinal[i] = STEMMA_NONE;
    }
    for (uint32_t first = 0; first < actors; first += BLOCK) {
        stm_column members;
        status = members_from(snapshot, set->document, first, &members, error);
        if (status != STEMMA_OK) {
            return status;
        }
        for (uint32_t i = 0; i < BLOCK && first + i < actors && i < members.count; i++) {
            int64_t code = stm_column_get(&members, i);
            if (code >= 0 && code % 2 == 0 && code / 2 < entities &&
                scan->ordinal[code / 2] == STEMMA_NONE) {
                scan->ordinal[code / 2] = first + i;
            }
        }
    }
    return STEMMA_OK;
}

/* In a file of one data set entities mostly are its actors, in the same order: then there is nothing to map. */
static stemma_status map_actors(stemma_snapshot *snapshot, stm_row_scan *scan,
                                const stm_data_set *set, stemma_error *error)
{
    bool straight = false;
    if (scan->document == set->document + 1) {
        return STEMMA_OK;
    }
    scan->document = 0;
    stemma_status status = find_straight(snapshot, set, &straight, error);
    if (status == STEMMA_OK && !straight) {
        status = map_others(snapshot, scan, set, error);
    }
    if (status == STEMMA_OK) {
        scan->straight = straight ? set->actors : 0;
        scan->document = set->document + 1;
    }
    return status;
}

/* What an entity is: STEMMA_NONE when it is no actor. */
static inline uint32_t ordinal_of(const stemma_snapshot *snapshot, const stm_row_scan *scan, uint32_t entity)
{
    if (scan->straight != 0) {
        return entity < scan->straight ? entity : STEMMA_NONE;
    }
    return entity < snapshot->file->bounds.entities ? scan->ordinal[entity] : STEMMA_NONE;
}

static int compare_ordinals(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* Actors of one role ascend, also where the entities that they are do not. */
static void order_actors(stm_row_scan *scan, uint32_t row)
{
    const uint32_t *roles = scan->role + scan->frame_first[scan->frame[row]];
    uint32_t *actors = scan->actor + scan->offset[row];
    uint32_t count = scan->offset[row + 1] - scan->offset[row];
    for (uint32_t i = 0; i < count;) {
        uint32_t end = i + 1;
        bool ascending = true;
        while (end < count && roles[end] == roles[i]) {
            ascending = ascending && actors[end - 1] < actors[end];
            end++;
        }
        if (!ascending) {
            qsort(actors + i, end - i, sizeof *actors, compare_ordinals);
        }
        i = end;
    }
}

/* Where rows [from, end) end that have an ordinal for each of their participants. */
static uint32_t end_of_known(const stm_row_scan *scan, uint32_t from, uint32_t end)
{
    uint32_t i = scan->offset[from], row = from;
    while (i < scan->offset[end] && scan->actor[i] != STEMMA_NONE) {
        i++;
    }
    while (row < end && scan->offset[row + 1] <= i) {
        row++;
    }
    return row;
}

/* Ordinals of the participants of rows [from, end) of the part. Returns where rows end that have
   an ordinal each. */
static uint32_t fill_actors(const stemma_snapshot *snapshot, stm_row_scan *scan, uint32_t from,
                            uint32_t end)
{
    const uint32_t entities = snapshot->file->bounds.entities, straight = scan->straight;
    const uint32_t *ordinal = scan->ordinal;
    const uint32_t *entity = scan->entity;
    uint32_t *actor = scan->actor;
    const uint32_t first = scan->offset[from], last = scan->offset[end];
    uint32_t unknown = 0;
    if (straight != 0) {
        for (uint32_t i = first; i < last; i++) {
            actor[i] = entity[i] < straight ? entity[i] : STEMMA_NONE;
            unknown |= entity[i] >= straight;
        }
    } else {
        for (uint32_t i = first; i < last; i++) { /* no step waits for what another one found */
            actor[i] = entity[i] < entities ? ordinal[entity[i]] : STEMMA_NONE;
            unknown |= actor[i] == STEMMA_NONE;
        }
    }
    if (unknown) {
        end = end_of_known(scan, from, end);
    }
    for (uint32_t row = from; scan->any_repeats && row < end; row++) {
        if (scan->repeats[scan->frame[row]]) {
            order_actors(scan, row);
        }
    }
    return end;
}

/* The same for a column of entity + 1. */
static uint32_t fill_ordinals(const stemma_snapshot *snapshot, const stm_row_scan *scan,
                              const uint32_t *entity, uint32_t from, uint32_t end, uint32_t *out)
{
    for (uint32_t i = from; i < end; i++) {
        uint32_t ordinal = STEMMA_NONE;
        if (entity[i] != 0) {
            ordinal = ordinal_of(snapshot, scan, entity[i] - 1);
            if (ordinal == STEMMA_NONE) {
                return i;
            }
        }
        out[i - from] = ordinal;
    }
    return end;
}

/* ---- Details --------------------------------------------------------------------------------- */

/* The details of rows [from, *end), which is cut to one part of details. */
static stemma_status fill_details(stemma_snapshot *snapshot, stm_row_scan *scan, uint32_t from,
                                  uint32_t *end, stemma_row_columns *out, stemma_error *error)
{
    uint32_t first = (scan->number - 1) * STM_ROW_PART;
    const stm_row_rare *rares = NULL;
    if (stm_store_entries(snapshot->file->store, STM_TABLE_DETAIL) == 0) {
        return STEMMA_OK;
    }
    uint32_t behind = (from / STM_DETAIL_PART + 1) * STM_DETAIL_PART;
    *end = *end < behind ? *end : behind;
    stemma_status status = stm_detail_view(snapshot, first + from, &rares, error);
    if (status != STEMMA_OK || rares == NULL) {
        return status;
    }
    uint32_t times = scan->time_count;
    for (uint32_t i = 0; i < *end - from; i++) {
        const stm_row_rare *rare = &rares[i];
        scan->detail[i] = (stemma_row_detail){rare->external_id, rare->content,
                                              rare->quantity_predicate, rare->amount, rare->unit};
        scan->own_time[i] = scan->time[from + i];
        if (rare->time.size != 0) {
            scan->own_time[i] = times;
            scan->times[times++] = rare->time;
        }
    }
    out->detail = scan->detail;
    out->time = scan->own_time;
    return STEMMA_OK;
}

/* ---- Runs ------------------------------------------------------------------------------------ */

/* Whether enough events behind this one are rows that follow it, for a block that is not unpacked.
 */
static bool is_worthwhile(const stm_event_block *block, uint32_t from, uint32_t referent)
{
    stm_column column = stm_event_block_column(block, STM_EVENT_FIRST_REFERENT);
    uint32_t end = from + WORTHWHILE <= block->rows ? from + WORTHWHILE : block->rows;
    for (uint32_t i = from; i < end; i++) {
        if (stm_column_get(&column, i) != (int64_t)referent + (i - from)) {
            return false;
        }
    }
    return true;
}

/* The part of a block that an event lies in, unpacked, unless that is not worth while. */
static stemma_status hold(stemma_snapshot *snapshot, uint32_t event, uint32_t referent, bool *held,
                          stemma_error *error)
{
    stm_row_scan *scan = snapshot->row_scan;
    const stm_event_block *block = NULL;
    uint32_t number = event / STM_ROW_PART;
    *held = scan->number == number + 1;
    if (*held) {
        return STEMMA_OK;
    }
    if (scan->pause != 0) {
        scan->pause--;
        return STEMMA_OK;
    }
    stemma_status status = stm_snapshot_event_block(snapshot, event, &block, error);
    if (status != STEMMA_OK || !is_worthwhile(block, event % BLOCK, referent)) {
        return status;
    }
    if (scan->number != 0 && scan->given < BREAK_EVEN) {
        scan->pause = PAUSE;
        scan->given = BREAK_EVEN;
        return STEMMA_OK;
    }
    scan->number = 0;
    scan->given = 0;
    status = stm_row_scan_unpack(snapshot, scan, block, event / BLOCK,
                                 event % BLOCK / STM_ROW_PART, error);
    if (status == STEMMA_OK) {
        scan->number = number + 1;
        *held = true;
    }
    return status;
}

/* Where rows of the set end that follow each other from `from` on. */
static uint32_t end_of_run(const stm_row_scan *scan, const stm_data_set *set, uint32_t row,
                           uint32_t from)
{
    uint32_t referent = set->actors + row - from;
    uint32_t most = set->rows - row < scan->rows - from ? set->rows - row : scan->rows - from;
    uint32_t i = from;
    if (scan->one_run && scan->first_document[from] == set->document &&
        scan->first_referent[from] == referent + from) {
        return from + most;
    }
    while (i < from + most && scan->sound[i] && scan->first_document[i] == set->document &&
           scan->first_referent[i] == referent + i) {
        i++;
    }
    return i;
}

static stemma_status give(stemma_snapshot *snapshot, const stm_data_set *set, uint32_t from,
                          uint32_t end, stemma_row_columns *out, stemma_error *error)
{
    stm_row_scan *scan = snapshot->row_scan;
    out->time = scan->time + from;
    stemma_status status = fill_details(snapshot, scan, from, &end, out, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (scan->has_place) {
        end = fill_ordinals(snapshot, scan, scan->place, from, end, scan->row_place);
        out->place = scan->row_place;
    }
    if (scan->has_via) {
        end = fill_ordinals(snapshot, scan, scan->via, from, end, scan->row_source);
        out->source = scan->row_source;
    }
    end = fill_actors(snapshot, scan, from, end);
    stm_row_numbers(snapshot, set, out->first, end - from, scan->row_number);
    out->count = end - from;
    scan->given += out->count;
    out->number = scan->row_number;
    out->type = scan->type + from;
    out->times = scan->times;
    out->frame = scan->frame + from;
    out->frame_count = scan->frame_count;
    out->frame_first = scan->frame_first;
    out->role = scan->role;
    out->participant_first = scan->offset + from;
    out->actor = scan->actor;
    out->actor_count = set->actors;
    return STEMMA_OK;
}

stemma_status stemma_row_scan(stemma_snapshot *snapshot, uint32_t document, uint32_t first,
                              stemma_row_columns *out, stemma_error *error)
{
    const stm_data_set *set = NULL;
    stemma_reference member;
    bool held = false;
    memset(out, 0, sizeof *out);
    out->first = first;
    stemma_status status = stm_data_set_find(snapshot, document, &set, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (first >= set->rows) {
        return STEMMA_NOT_FOUND;
    }
    if (snapshot->row_scan == NULL) {
        snapshot->row_scan = calloc(1, sizeof *snapshot->row_scan);
        if (snapshot->row_scan == NULL) {
            return no_memory(error);
        }
    }
    stemma_referent_id referent = {document, set->actors + first};
    status = stemma_member_of(snapshot, referent, &member, error);
    if (status == STEMMA_NOT_FOUND ||
        (status == STEMMA_OK && member.kind != STEMMA_REFERENCE_EVENT)) {
        return stm_damaged(error, STM_TABLE_MEMBER, document, "MEMBER_MISSING");
    }
    if (status == STEMMA_OK) {
        status = hold(snapshot, member.number, referent.referent, &held, error);
    }
    if (status == STEMMA_OK && held) {
        status = map_actors(snapshot, snapshot->row_scan, set, error);
    }
    if (status != STEMMA_OK || !held) {
        return status;
    }
    uint32_t from = member.number % STM_ROW_PART;
    uint32_t end =
        from < snapshot->row_scan->rows ? end_of_run(snapshot->row_scan, set, first, from) : from;
    return end > from ? give(snapshot, set, from, end, out, error) : STEMMA_OK;
}
