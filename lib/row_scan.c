/* SPDX-License-Identifier: MIT */
/* Rows of a data set, many at a time, from the blocks of events that they are folded into.
 *
 * A block is unpacked once, and each of its events marked as one whose row follows from the columns
 * alone or not; then every run of rows in it costs little more than its own length. Whatever is
 * unusual, and all damage, is left to stemma_row_get(), which tells it in full. */
#include "row_scan.h"

#include <stdlib.h>

#include "error.h"
#include "row.h"
#include "row_detail.h"
#include "row_number.h"

#define BLOCK STEMMA_EVENT_BLOCK

/* So many rows must follow each other before a whole block is unpacked for them. */
#define WORTHWHILE 16u

/* Times of a block, and those that details of one part give. */
#define TIMES (BLOCK + STM_DETAIL_PART)

struct stm_row_scan {
    uint32_t number; /* of the block that is unpacked, + 1; 0: none */
    uint32_t rows;
    uint8_t sound[BLOCK]; /* the row of the event follows from the columns and its detail */
    uint8_t changed[BLOCK];
    uint32_t type[BLOCK];
    uint32_t time[BLOCK]; /* index into `times` */
    stemma_text times[TIMES];
    char time_text[BLOCK][STM_ROW_TIME_SIZE];
    uint32_t time_count;
    uint32_t place[BLOCK]; /* entity + 1 */
    uint32_t via[BLOCK];
    bool has_place;
    bool has_via;
    uint32_t first_document[BLOCK];
    uint32_t first_referent[BLOCK];
    uint32_t scratch[BLOCK];
    int64_t times_scratch[BLOCK];
    uint32_t frame[BLOCK];
    uint32_t frame_first[BLOCK + 1];
    uint8_t repeats[BLOCK]; /* of a frame: a role comes more than once */
    uint32_t frame_count;
    bool any_repeats;
    uint32_t offset[BLOCK + 1];
    uint32_t *role; /* of the frames */
    uint32_t role_room;
    uint32_t *entity; /* of the block's participants, `actor` behind it in the same memory */
    uint32_t *actor;
    uint32_t entity_room;
    /* The run that was given out last. */
    uint32_t row_number[BLOCK];
    uint32_t own_time[STM_DETAIL_PART];
    uint32_t row_place[BLOCK];
    uint32_t row_source[BLOCK];
    stm_row_rare rare[STM_DETAIL_PART];
    stemma_row_detail detail[STM_DETAIL_PART];
    /* What the actors of a data set are in the file, turned round. */
    uint32_t document; /* + 1; 0: none */
    uint32_t *ordinal; /* by entity: its first ordinal in the document, or STEMMA_NONE */
};

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

/* Room for `count` numbers, what was there is lost. */
static stemma_status make_room(const stemma_snapshot *snapshot, uint32_t **numbers, uint32_t *room,
                               uint64_t count, uint32_t arrays, stemma_error *error)
{
    if (count <= *room) {
        return STEMMA_OK;
    }
    if (count > snapshot->file->memory_limit / (arrays * sizeof **numbers)) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "MEMORY_LIMIT", "event",
                        "The rows of a block need more memory than the limit allows");
    }
    free(*numbers);
    *room = 0;
    *numbers = malloc((size_t)count * arrays * sizeof **numbers);
    if (*numbers == NULL) {
        return no_memory(error);
    }
    *room = (uint32_t)count;
    return STEMMA_OK;
}

/* ---- A block --------------------------------------------------------------------------------- */

/* Unpacks a column; false when a number in it is out of range. */
static bool unpack(const stm_column *column, uint32_t count, uint32_t *out)
{
    if (!stm_column_fits(column, UINT32_MAX)) {
        for (uint32_t i = 0; i < count; i++) {
            int64_t number = stm_column_get(column, i);
            if (number < 0 || number > UINT32_MAX) {
                return false;
            }
        }
    }
    stm_column_unpack_u32(column, 0, count, out);
    return true;
}

static bool unpack_rows(const stm_event_block *block, stm_event_column id, uint32_t *out)
{
    stm_column column = stm_event_block_column(block, id);
    return unpack(&column, block->rows, out);
}

static bool is_constant(const stm_column *column, int64_t number)
{
    return column->form == STM_COLUMN_PLAIN && column->width == 0 && column->minimum == number;
}

static bool is_term(const stm_bounds *bounds, uint32_t number, uint8_t kind)
{
    return number < bounds->vocabulary.count && bounds->vocabulary.terms[number].kind == kind;
}

/* Which events are folded, and mean the first of the referents that an entity has in a document
   wherever they name one. */
static bool find_sound(stm_row_scan *scan, const stm_event_block *block)
{
    static const stm_event_column variants[] = {STM_EVENT_PLACE_VARIANT, STM_EVENT_VIA_VARIANT};
    if (!unpack_rows(block, STM_EVENT_FOLDED, scan->scratch)) {
        return false;
    }
    for (uint32_t i = 0; i < block->rows; i++) {
        scan->sound[i] = scan->scratch[i] == 1;
    }
    for (unsigned v = 0; v < 2; v++) {
        stm_column column = stm_event_block_column(block, variants[v]);
        if (is_constant(&column, 0)) {
            continue;
        }
        for (uint32_t i = 0; i < block->rows; i++) {
            scan->sound[i] &= stm_column_get(&column, i) == 0;
        }
    }
    return true;
}

static bool unpack_types(const stemma_snapshot *snapshot, stm_row_scan *scan,
                         const stm_event_block *block)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    if (!unpack_rows(block, STM_EVENT_TYPE, scan->type)) {
        return false;
    }
    for (uint32_t i = 0; i < block->rows; i++) {
        scan->sound[i] &= is_term(bounds, scan->type[i], STEMMA_TERM_EVENT_TYPE);
    }
    return true;
}

/* Events that follow each other mostly have one time: its text is made once. */
static void unpack_times(stm_row_scan *scan, const stm_event_block *block)
{
    uint32_t times = 0;
    bool good = false;
    memset(scan->changed, 0, block->rows);
    scan->changed[0] = 1;
    for (unsigned id = STM_EVENT_START_EARLIEST; id <= STM_EVENT_PRECISION; id++) {
        stm_column column = stm_event_block_column(block, (stm_event_column)id);
        if (column.form == STM_COLUMN_PLAIN && column.width == 0) {
            continue;
        }
        stm_column_unpack(&column, 0, block->rows, scan->times_scratch);
        for (uint32_t i = 1; i < block->rows; i++) {
            scan->changed[i] |= scan->times_scratch[i] != scan->times_scratch[i - 1];
        }
    }
    for (uint32_t i = 0; i < block->rows; i++) {
        if (scan->changed[i]) {
            stm_event_row row;
            good = stm_event_block_row(block, i, &row) == STEMMA_OK;
            size_t size = good ? stm_row_time_text(&row.bounds, scan->time_text[times]) : 0;
            scan->times[times] = (stemma_text){scan->time_text[times], size};
            times++;
        }
        scan->time[i] = times - 1;
        scan->sound[i] &= good;
    }
    scan->time_count = times;
}

static stemma_status unpack_frames(const stemma_snapshot *snapshot, stm_row_scan *scan,
                                   const stm_event_block *block, bool *good, stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    stm_column ends = stm_event_block_column(block, STM_EVENT_FRAME_END);
    stm_column roles = stm_event_block_column(block, STM_EVENT_FRAME_ROLE);
    *good = ends.count != 0 && ends.count <= block->rows &&
            unpack_rows(block, STM_EVENT_FRAME, scan->frame) &&
            unpack(&ends, ends.count, scan->frame_first + 1);
    scan->frame_first[0] = 0;
    scan->frame_count = ends.count;
    scan->any_repeats = false;
    for (uint32_t f = 0; *good && f < ends.count; f++) {
        *good = scan->frame_first[f] <= scan->frame_first[f + 1] &&
                scan->frame_first[f + 1] <= roles.count;
    }
    if (!*good) {
        return STEMMA_OK;
    }
    uint32_t count = scan->frame_first[ends.count];
    stemma_status status =
        make_room(snapshot, &scan->role, &scan->role_room, (uint64_t)count + 1, 1, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_column_unpack_u32(&roles, 0, count, scan->role);
    for (uint32_t f = 0; f < ends.count; f++) {
        scan->repeats[f] = 0;
        for (uint32_t i = scan->frame_first[f]; i < scan->frame_first[f + 1]; i++) {
            bool first = i == scan->frame_first[f];
            *good = *good && is_term(bounds, scan->role[i], STEMMA_TERM_PREDICATE) &&
                    (first || scan->role[i - 1] <= scan->role[i]);
            scan->repeats[f] |= !first && scan->role[i - 1] == scan->role[i];
        }
        scan->any_repeats |= scan->repeats[f] != 0;
    }
    return STEMMA_OK;
}

static stemma_status unpack_participants(const stemma_snapshot *snapshot, stm_row_scan *scan,
                                         const stm_event_block *block, bool *good,
                                         stemma_error *error)
{
    uint32_t count = block->participants;
    *good = unpack_rows(block, STM_EVENT_PARTICIPANT_OFFSET, scan->offset) &&
            stm_column_fits(&block->entity, UINT32_MAX);
    if (!*good) {
        return STEMMA_OK;
    }
    stemma_status status = make_room(snapshot, &scan->entity, &scan->entity_room,
                                     (uint64_t)count + 1, 2, error);
    if (status != STEMMA_OK) {
        return status;
    }
    scan->actor = scan->entity + scan->entity_room;
    stm_column_unpack_u32(&block->entity, 0, count, scan->entity);
    scan->offset[block->rows] = count;
    for (uint32_t i = 0; i < block->rows; i++) {
        uint32_t frame = scan->frame[i] < scan->frame_count ? scan->frame[i] : 0;
        scan->sound[i] &= scan->frame[i] == frame && scan->offset[i] <= scan->offset[i + 1] &&
                          scan->offset[i + 1] <= count &&
                          scan->offset[i + 1] - scan->offset[i] ==
                              scan->frame_first[frame + 1] - scan->frame_first[frame];
    }
    if (!is_constant(&block->variant, 0)) {
        for (uint32_t i = 0; i < block->rows; i++) {
            for (uint32_t k = scan->offset[i]; scan->sound[i] && k < scan->offset[i + 1]; k++) {
                scan->sound[i] = stm_column_get(&block->variant, k) == 0;
            }
        }
    }
    return STEMMA_OK;
}

static stemma_status unpack_block(const stemma_snapshot *snapshot, stm_row_scan *scan,
                                  const stm_event_block *block, stemma_error *error)
{
    stm_column place = stm_event_block_column(block, STM_EVENT_PLACE);
    stm_column via = stm_event_block_column(block, STM_EVENT_VIA);
    bool good = true;
    scan->has_place = !is_constant(&place, 0);
    scan->has_via = !is_constant(&via, 0);
    good = find_sound(scan, block) && unpack_types(snapshot, scan, block) &&
           unpack_rows(block, STM_EVENT_FIRST_DOCUMENT, scan->first_document) &&
           unpack_rows(block, STM_EVENT_FIRST_REFERENT, scan->first_referent) &&
           (!scan->has_place || unpack(&place, block->rows, scan->place)) &&
           (!scan->has_via || unpack(&via, block->rows, scan->via));
    stemma_status status =
        good ? unpack_frames(snapshot, scan, block, &good, error) : STEMMA_OK;
    if (status == STEMMA_OK && good) {
        status = unpack_participants(snapshot, scan, block, &good, error);
    }
    if (status == STEMMA_OK && good) {
        unpack_times(scan, block);
    }
    if (!good) {
        memset(scan->sound, 0, sizeof scan->sound);
    }
    scan->rows = block->rows;
    return status;
}

/* ---- Actors ---------------------------------------------------------------------------------- */

/* What each entity is in a data set: the first of its referents there. */
static stemma_status map_actors(stemma_snapshot *snapshot, stm_row_scan *scan,
                                const stm_data_set *set, stemma_error *error)
{
    uint32_t entities = snapshot->file->bounds.entities;
    uint32_t actors = set->actors;
    uint32_t document = set->document;
    if (scan->document == document + 1) {
        return STEMMA_OK;
    }
    if (scan->ordinal == NULL) {
        uint32_t room = 0;
        stemma_status status =
            make_room(snapshot, &scan->ordinal, &room, (uint64_t)entities + 1, 1, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    scan->document = 0;
    for (uint32_t i = 0; i < entities; i++) {
        scan->ordinal[i] = STEMMA_NONE;
    }
    for (uint32_t first = 0; first < actors; first += BLOCK) {
        stm_column members;
        stemma_status status = stm_snapshot_column(snapshot, STM_TABLE_MEMBER, 1, document,
                                                   first / BLOCK, &members, error);
        if (status != STEMMA_OK) {
            return status == STEMMA_NOT_FOUND
                       ? stm_damaged(error, STM_TABLE_MEMBER, document, "MEMBER_MISSING")
                       : status;
        }
        for (uint32_t i = 0; i < BLOCK && first + i < actors && i < members.count; i++) {
            int64_t code = stm_column_get(&members, i);
            if (code >= 0 && code % 2 == 0 && code / 2 < entities &&
                scan->ordinal[code / 2] == STEMMA_NONE) {
                scan->ordinal[code / 2] = first + i;
            }
        }
    }
    scan->document = document + 1;
    return STEMMA_OK;
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

/* Ordinals of the participants of rows [from, end) of the block. Returns where rows end that have
   an ordinal each. */
static uint32_t fill_actors(const stemma_snapshot *snapshot, stm_row_scan *scan, uint32_t from,
                            uint32_t end)
{
    const uint32_t entities = snapshot->file->bounds.entities;
    const uint32_t *ordinal = scan->ordinal;
    for (uint32_t i = scan->offset[from]; i < scan->offset[end]; i++) {
        uint32_t entity = scan->entity[i];
        scan->actor[i] = entity < entities ? ordinal[entity] : STEMMA_NONE;
        if (scan->actor[i] == STEMMA_NONE) {
            uint32_t row = from;
            while (scan->offset[row + 1] <= i) {
                row++;
            }
            end = row;
            break;
        }
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
    const uint32_t entities = snapshot->file->bounds.entities;
    for (uint32_t i = from; i < end; i++) {
        uint32_t ordinal = STEMMA_NONE;
        if (entity[i] != 0) {
            ordinal = entity[i] <= entities ? scan->ordinal[entity[i] - 1] : STEMMA_NONE;
            if (ordinal == STEMMA_NONE) {
                return i;
            }
        }
        out[i - from] = ordinal;
    }
    return end;
}

/* ---- Details --------------------------------------------------------------------------------- */

/* The details of rows [from, *end) of the block, which is cut to one part. */
static stemma_status fill_details(stemma_snapshot *snapshot, stm_row_scan *scan, uint32_t from,
                                  uint32_t *end, stemma_row_columns *out, stemma_error *error)
{
    uint32_t first = (scan->number - 1) * BLOCK;
    bool there = false;
    if (stm_store_entries(snapshot->file->store, STM_TABLE_DETAIL) == 0) {
        return STEMMA_OK;
    }
    uint32_t behind = (from / STM_DETAIL_PART + 1) * STM_DETAIL_PART;
    *end = *end < behind ? *end : behind;
    stemma_status status =
        stm_detail_part(snapshot, first + from, *end - from, scan->rare, &there, error);
    if (status != STEMMA_OK || !there) {
        return status;
    }
    uint32_t times = scan->time_count;
    for (uint32_t i = 0; i < *end - from; i++) {
        const stm_row_rare *rare = &scan->rare[i];
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

/* The block of an event, unpacked, unless that is not worth while. */
static stemma_status hold(stemma_snapshot *snapshot, uint32_t event, uint32_t referent,
                          bool *held, stemma_error *error)
{
    stm_row_scan *scan = snapshot->row_scan;
    const stm_event_block *block = NULL;
    uint32_t number = event / BLOCK;
    *held = scan->number == number + 1;
    if (*held) {
        return STEMMA_OK;
    }
    stemma_status status = stm_snapshot_event_block(snapshot, event, &block, error);
    if (status != STEMMA_OK || !is_worthwhile(block, event % BLOCK, referent)) {
        return status;
    }
    scan->number = 0;
    status = unpack_block(snapshot, scan, block, error);
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
    out->number = scan->row_number;
    out->type = scan->type + from;
    out->times = scan->times;
    out->frame = scan->frame + from;
    out->frame_count = scan->frame_count;
    out->frame_first = scan->frame_first;
    out->role = scan->role;
    out->participant_first = scan->offset + from;
    out->actor = scan->actor;
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
    uint32_t from = member.number % BLOCK;
    uint32_t end = from < snapshot->row_scan->rows
                       ? end_of_run(snapshot->row_scan, set, first, from)
                       : from;
    return end > from ? give(snapshot, set, from, end, out, error) : STEMMA_OK;
}
