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
    stemma_status status = stm_row_scan_room(snapshot, &scan->entity, &scan->entity_room,
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

stemma_status stm_row_scan_unpack(const stemma_snapshot *snapshot, stm_row_scan *scan,
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
    stemma_status status = good ? unpack_frames(snapshot, scan, block, &good, error) : STEMMA_OK;
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
