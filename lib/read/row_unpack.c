/* SPDX-License-Identifier: MIT */
/* A block of events, unpacked for the rows that are folded into it. */
#include <stdlib.h>

#include "base/error.h"
#include "read/row_scan.h"

stemma_status stm_row_scan_room(const stemma_snapshot *snapshot, uint32_t **numbers, uint32_t *room,
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
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "event",
                        "The system refused memory");
    }
    *room = (uint32_t)count;
    return STEMMA_OK;
}

/* ---- A block --------------------------------------------------------------------------------- */

/* Unpacks some of a column; false when a number in it is out of range. */
static bool unpack(const stm_column *column, uint32_t first, uint32_t count, uint32_t *out)
{
    if (!stm_column_fits(column, UINT32_MAX)) {
        for (uint32_t i = 0; i < count; i++) {
            int64_t number = stm_column_get(column, first + i);
            if (number < 0 || number > UINT32_MAX) {
                return false;
            }
        }
    }
    stm_column_unpack_u32(column, first, count, out);
    return true;
}

/* The events of a block that are unpacked. */
typedef struct block_part {
    const stm_event_block *block;
    uint32_t first;
    uint32_t rows;
} block_part;

static bool unpack_rows(const block_part *part, stm_event_column id, uint32_t *out)
{
    stm_column column = stm_event_block_column(part->block, id);
    return unpack(&column, part->first, part->rows, out);
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
static bool find_sound(stm_row_scan *scan, const block_part *part)
{
    static const stm_event_column variants[] = {STM_EVENT_PLACE_VARIANT, STM_EVENT_VIA_VARIANT};
    stm_column folded = stm_event_block_column(part->block, STM_EVENT_FOLDED);
    memset(scan->sound, 1, part->rows);
    if (!is_constant(&folded, 1)) {
        if (!unpack_rows(part, STM_EVENT_FOLDED, scan->scratch)) {
            return false;
        }
        for (uint32_t i = 0; i < part->rows; i++) {
            scan->sound[i] = scan->scratch[i] == 1;
        }
    }
    for (unsigned v = 0; v < 2; v++) {
        stm_column column = stm_event_block_column(part->block, variants[v]);
        if (is_constant(&column, 0)) {
            continue;
        }
        for (uint32_t i = 0; i < part->rows; i++) {
            scan->sound[i] &= stm_column_get(&column, part->first + i) == 0;
        }
    }
    return true;
}

/* Whether all are types of events. (What is written while they are looked through would have the compiler look
   everything up anew for each: so nothing is, here and in what is like it.) */
static bool are_types(const stm_bounds *bounds, const uint32_t *types, uint32_t count)
{
    bool all = true;
    for (uint32_t i = 0; i < count; i++) {
        all &= is_term(bounds, types[i], STEMMA_TERM_EVENT_TYPE);
    }
    return all;
}

static bool unpack_types(const stemma_snapshot *snapshot, stm_row_scan *scan, const block_part *part)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    if (!unpack_rows(part, STM_EVENT_TYPE, scan->type)) {
        return false;
    }
    if (!are_types(bounds, scan->type, part->rows)) {
        for (uint32_t i = 0; i < part->rows; i++) {
            scan->sound[i] &= is_term(bounds, scan->type[i], STEMMA_TERM_EVENT_TYPE);
        }
    }
    return true;
}

/* Marks events that differ in a column from the one before. */
static void mark_changes(stm_row_scan *scan, const block_part *part, const stm_column *column)
{
    if (column->form == STM_COLUMN_RUNS) {
        const uint32_t runs = stm_column_runs(column);
        uint64_t first = 0;
        for (uint32_t run = stm_column_run_at(column, part->first) + 1; run < runs; run++) {
            (void)stm_column_run(column, run, &first);
            if (first < part->first || first - part->first >= part->rows) {
                break;
            }
            scan->changed[first - part->first] = 1;
        }
        return;
    }
    stm_column_unpack(column, part->first, part->rows, scan->times_scratch);
    for (uint32_t i = 1; i < part->rows; i++) {
        scan->changed[i] |= scan->times_scratch[i] != scan->times_scratch[i - 1];
    }
}

/* Events that follow each other mostly have one time: its text is made once. */
static void unpack_times(stm_row_scan *scan, const block_part *part)
{
    uint32_t times = 0;
    memset(scan->changed, 0, part->rows);
    for (unsigned id = STM_EVENT_START_EARLIEST; id <= STM_EVENT_PRECISION; id++) {
        stm_column column = stm_event_block_column(part->block, (stm_event_column)id);
        if (column.form != STM_COLUMN_PLAIN || column.width != 0) {
            mark_changes(scan, part, &column);
        }
    }
    for (uint32_t i = 0, end = 0; i < part->rows; i = end, times++) {
        const uint8_t *change = memchr(scan->changed + i + 1, 1, part->rows - i - 1);
        stm_event_row row;
        bool good = stm_event_block_row(part->block, part->first + i, &row) == STEMMA_OK;
        size_t size = good ? stm_row_time_text(&row.bounds, scan->time_text[times]) : 0;
        scan->times[times] = (stemma_text){scan->time_text[times], size};
        end = change != NULL ? (uint32_t)(change - scan->changed) : part->rows;
        for (uint32_t k = i; k < end; k++) {
            scan->time[k] = times;
        }
        if (!good) {
            memset(scan->sound + i, 0, end - i);
        }
    }
    scan->time_count = times;
}

/* The frames of a whole block. */
static stemma_status unpack_frames(const stemma_snapshot *snapshot, stm_row_scan *scan,
                                   const stm_event_block *block, bool *good, stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    stm_column ends = stm_event_block_column(block, STM_EVENT_FRAME_END);
    stm_column roles = stm_event_block_column(block, STM_EVENT_FRAME_ROLE);
    *good = ends.count != 0 && ends.count <= block->rows &&
            unpack(&ends, 0, ends.count, scan->frame_first + 1);
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
        stm_row_scan_room(snapshot, &scan->role, &scan->role_room, (uint64_t)count + 1, 1, error);
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

/* Where the participants of the part begin, and how many there are; false when they cannot be. */
static bool find_participants(stm_row_scan *scan, const block_part *part, uint32_t *first, uint32_t *count)
{
    const uint32_t all = part->block->participants, end = part->first + part->rows;
    stm_column offset = stm_event_block_column(part->block, STM_EVENT_PARTICIPANT_OFFSET);
    int64_t last = end < part->block->rows ? stm_column_get(&offset, end) : all;
    if (!unpack_rows(part, STM_EVENT_PARTICIPANT_OFFSET, scan->offset) || last < scan->offset[0] ||
        last > all) {
        return false;
    }
    *first = scan->offset[0];
    *count = (uint32_t)last - *first;
    for (uint32_t i = 0; i < part->rows; i++) {
        scan->offset[i] -= *first;
    }
    scan->offset[part->rows] = *count;
    return true;
}

/* Whether a row has as many participants as its frame has roles. */
static inline bool fits_frame(const stm_row_scan *scan, uint32_t row, uint32_t count)
{
    const uint32_t frame = scan->frame[row] < scan->frame_count ? scan->frame[row] : 0;
    const uint32_t from = scan->offset[row], end = scan->offset[row + 1];
    return (scan->frame[row] == frame) & (from <= end) & (end <= count) &
           (end - from == scan->frame_first[frame + 1] - scan->frame_first[frame]);
}

static void compare_frames(stm_row_scan *scan, const block_part *part, uint32_t count)
{
    bool all = true;
    for (uint32_t i = 0; i < part->rows; i++) {
        all &= fits_frame(scan, i, count);
    }
    for (uint32_t i = 0; !all && i < part->rows; i++) {
        scan->sound[i] &= fits_frame(scan, i, count);
    }
}

static stemma_status unpack_participants(const stemma_snapshot *snapshot, stm_row_scan *scan,
                                         const block_part *part, bool *good, stemma_error *error)
{
    const stm_event_block *block = part->block;
    uint32_t first = 0, count = 0;
    *good = unpack_rows(part, STM_EVENT_FRAME, scan->frame) &&
            find_participants(scan, part, &first, &count) &&
            stm_column_fits(&block->entity, UINT32_MAX);
    if (!*good) {
        return STEMMA_OK;
    }
    stemma_status status = stm_row_scan_room(snapshot, &scan->entity, &scan->entity_room,
                                             (uint64_t)count + 1, 2, error);
    if (status != STEMMA_OK) {
        return status;
    }
    scan->actor = scan->entity + scan->entity_room;
    stm_column_unpack_u32(&block->entity, first, count, scan->entity);
    compare_frames(scan, part, count);
    if (!is_constant(&block->variant, 0)) {
        for (uint32_t i = 0; i < part->rows; i++) {
            for (uint32_t k = scan->offset[i]; scan->sound[i] && k < scan->offset[i + 1]; k++) {
                scan->sound[i] = stm_column_get(&block->variant, first + k) == 0;
            }
        }
    }
    return STEMMA_OK;
}

/* Whether all events are sound, and rows of one data set that follow each other. */
static bool is_one_run(const stm_row_scan *scan)
{
    uint32_t other = 0;
    for (uint32_t i = 0; i < scan->rows; i++) {
        other |= (scan->first_document[i] ^ scan->first_document[0]) |
                 (scan->first_referent[i] ^ (scan->first_referent[0] + i)) | (scan->sound[i] ^ 1u);
    }
    return other == 0;
}

stemma_status stm_row_scan_unpack(const stemma_snapshot *snapshot, stm_row_scan *scan,
                                  const stm_event_block *block, uint32_t number, uint32_t index,
                                  stemma_error *error)
{
    const uint32_t first = index * STM_ROW_PART, left = block->rows - first;
    const block_part part = {block, first, left < STM_ROW_PART ? left : STM_ROW_PART};
    stm_column place = stm_event_block_column(block, STM_EVENT_PLACE);
    stm_column via = stm_event_block_column(block, STM_EVENT_VIA);
    stemma_status status = STEMMA_OK;
    bool good = true;
    scan->has_place = !is_constant(&place, 0);
    scan->has_via = !is_constant(&via, 0);
    if (scan->frame_block != number + 1) {
        scan->frame_block = 0;
        status = unpack_frames(snapshot, scan, block, &good, error);
        scan->frame_block = status == STEMMA_OK && good ? number + 1 : 0;
    }
    good = good && status == STEMMA_OK && find_sound(scan, &part) &&
           unpack_types(snapshot, scan, &part) &&
           unpack_rows(&part, STM_EVENT_FIRST_DOCUMENT, scan->first_document) &&
           unpack_rows(&part, STM_EVENT_FIRST_REFERENT, scan->first_referent) &&
           (!scan->has_place || unpack_rows(&part, STM_EVENT_PLACE, scan->place)) &&
           (!scan->has_via || unpack_rows(&part, STM_EVENT_VIA, scan->via));
    if (good) {
        status = unpack_participants(snapshot, scan, &part, &good, error);
    }
    if (status == STEMMA_OK && good) {
        unpack_times(scan, &part);
    }
    if (!good) {
        memset(scan->sound, 0, sizeof scan->sound);
    }
    scan->rows = part.rows;
    scan->one_run = status == STEMMA_OK && good && is_one_run(scan);
    return status;
}
