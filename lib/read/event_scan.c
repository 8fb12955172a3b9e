/* SPDX-License-Identifier: MIT */
/* Columns of events, a block at a time, as plain arrays. */
#include "read/event_scan.h"

#include <stdlib.h>

#include "base/error.h"
#include "key.h"
#include "read/known.h"
#include "read/known_scan.h"
#include "file/late.h"

enum {
    TYPE,
    PRECISION,
    PLACE,
    OFFSET,
    DOCUMENTS,
    INDEPENDENT,
    FACTUALITY,
    FIRST_DOCUMENT,
    FIRST_REFERENT,
    CLAIM_FIRST,
    CLAIM_COUNT,
    NUMBERS /* how many arrays of 32-bit numbers */
};

enum { START_EARLIEST, START_LATEST, END_EARLIEST, END_LATEST, TIMES };

/* Bytes that a scan has the system read ahead. */
#define READ_AHEAD ((size_t)2 << 20)

/* An array that holds one number throughout need not be filled again. */
typedef struct constant {
    int64_t number;
    uint32_t filled; /* elements that hold it */
} constant;

/* Roles that repeat. */
#define PATTERN_MAX 8u
typedef struct pattern {
    uint32_t role[PATTERN_MAX];
    uint32_t size;
    uint32_t filled;
} pattern;

struct stm_scan {
    uint32_t numbers[NUMBERS][STEMMA_EVENT_BLOCK + 1];
    constant same[NUMBERS];
    int64_t times[TIMES][STEMMA_EVENT_BLOCK];
    uint32_t unknown[STEMMA_EVENT_BLOCK];
    uint32_t frames[STEMMA_EVENT_BLOCK];
    uint32_t ends[STEMMA_EVENT_BLOCK + 1];
    pattern pattern;     /* what `role` begins with */
    uint32_t ahead_from; /* blocks that the system was told of */
    uint32_t ahead_end;
    uint32_t *role; /* flat, with `entity` behind it in the same memory */
    uint32_t *entity;
    uint32_t room; /* elements of each */
};

void stm_scan_free(stm_scan *scan)
{
    if (scan != NULL) {
        free(scan->role);
        free(scan);
    }
}

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "event", "The system refused memory");
}

static stemma_status damaged(uint32_t event, stemma_error *error)
{
    return stm_damaged(error, STM_TABLE_EVENT, event / STEMMA_EVENT_BLOCK, "NUMBER_OUT_OF_RANGE");
}

/* Rows of one block that are unpacked. */
typedef struct stretch {
    const stm_event_block *block;
    uint32_t row;
    uint32_t count;
} stretch;

/* Unpacks a column into its array; `minus` is taken off each number, so that 0 becomes none. */
static const uint32_t *numbers(stm_scan *scan, const stretch *at, stm_event_column id, unsigned to,
                               uint32_t minus)
{
    stm_column column = stm_event_block_column(at->block, id);
    uint32_t *out = scan->numbers[to];
    constant *same = &scan->same[to];
    if (column.width == 0 && column.form == STM_COLUMN_PLAIN) {
        int64_t number = column.minimum - (int64_t)minus;
        if (same->filled >= at->count && same->number == number) {
            return out;
        }
        same->number = number;
        same->filled = at->count;
    } else {
        same->filled = 0;
    }
    stm_column_unpack_u32(&column, at->row, at->count, out);
    for (uint32_t i = 0; minus != 0 && i < at->count; i++) {
        out[i] -= minus;
    }
    return out;
}

static const int64_t *times(stm_scan *scan, const stretch *at, unsigned which)
{
    stm_column column =
        stm_event_block_column(at->block, (stm_event_column)(STM_EVENT_START_EARLIEST + which));
    stm_column unknown = stm_event_block_column(at->block, STM_EVENT_UNKNOWN);
    int64_t *out = scan->times[which];
    const int64_t *starts = scan->times[START_EARLIEST];
    int64_t none = which == START_EARLIEST || which == END_EARLIEST ? STEMMA_TIME_UNKNOWN_EARLY
                                                                    : STEMMA_TIME_UNKNOWN_LATE;
    if (which != START_EARLIEST && column.width == 0 && column.form == STM_COLUMN_PLAIN) {
        for (uint32_t i = 0; i < at->count; i++) {
            out[i] = (int64_t)((uint64_t)starts[i] + (uint64_t)column.minimum);
        }
    } else {
        stm_column_unpack(&column, at->row, at->count, out);
        for (uint32_t i = 0; which != START_EARLIEST && i < at->count; i++) {
            out[i] = (int64_t)((uint64_t)out[i] + (uint64_t)starts[i]);
        }
    }
    if (unknown.width != 0 || unknown.minimum != 0) {
        stm_column_unpack_u32(&unknown, at->row, at->count, scan->unknown);
        for (uint32_t i = 0; which != START_EARLIEST && i < at->count; i++) {
            out[i] = (scan->unknown[i] >> which & 1) != 0 ? none : out[i];
        }
    }
    return out;
}

/* The starts themselves are needed as they are stored until all bounds are made. */
static void forget_unknown_starts(stm_scan *scan, const stretch *at)
{
    stm_column unknown = stm_event_block_column(at->block, STM_EVENT_UNKNOWN);
    if (unknown.width != 0 || unknown.minimum != 0) {
        stm_column_unpack_u32(&unknown, at->row, at->count, scan->unknown);
        for (uint32_t i = 0; i < at->count; i++) {
            if ((scan->unknown[i] & 1) != 0) {
                scan->times[START_EARLIEST][i] = STEMMA_TIME_UNKNOWN_EARLY;
            }
        }
    }
}

static stemma_status make_room(stemma_snapshot *snapshot, uint32_t participants,
                               stemma_error *error)
{
    stm_scan *scan = snapshot->scan;
    if (scan->room >= participants) {
        return STEMMA_OK;
    }
    if (participants > snapshot->file->memory_limit / (2 * sizeof *scan->role)) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "MEMORY_LIMIT", "event",
                        "The participants of a block need more memory than the limit allows");
    }
    free(scan->role);
    scan->room = scan->pattern.filled = 0;
    scan->role = malloc((size_t)participants * 2 * sizeof *scan->role);
    if (scan->role == NULL) {
        return no_memory(error);
    }
    scan->entity = scan->role + participants;
    scan->room = participants;
    return STEMMA_OK;
}

/* The roles of a block in which all events have the same: one pattern over and over. */
static bool repeat_roles(stm_scan *scan, const stretch *at, uint32_t size, uint32_t count)
{
    pattern wanted = {{0}, size, count};
    if (size > PATTERN_MAX || size > at->block->role.count || size * at->count != count) {
        return false;
    }
    stm_column_unpack_u32(&at->block->role, 0, size, wanted.role);
    if (scan->pattern.size != size || scan->pattern.filled < count ||
        memcmp(scan->pattern.role, wanted.role, sizeof wanted.role) != 0) {
        for (uint32_t i = 0; i < count; i += size) {
            for (uint32_t j = 0; j < size; j++) {
                scan->role[i + j] = wanted.role[j];
            }
        }
        scan->pattern = wanted;
    }
    return true;
}

/* Roles of the participants, from the frames of the block. */
static bool fill_roles(stm_scan *scan, const stretch *at, const uint32_t *offset)
{
    stm_column frames = stm_event_block_column(at->block, STM_EVENT_FRAME);
    stm_column ends = stm_event_block_column(at->block, STM_EVENT_FRAME_END);
    const stm_column *roles = &at->block->role;
    uint32_t *out = scan->role;
    if (ends.count == 0 || ends.count > STEMMA_EVENT_BLOCK) {
        return false;
    }
    scan->ends[0] = 0; /* ends[f] is where frame f begins */
    stm_column_unpack_u32(&ends, 0, ends.count, scan->ends + 1);
    if (ends.count == 1 && repeat_roles(scan, at, scan->ends[1], offset[at->count])) {
        return true;
    }
    scan->pattern.filled = 0;
    stm_column_unpack_u32(&frames, at->row, at->count, scan->frames);
    for (uint32_t i = 0; i < at->count; i++) {
        uint32_t frame = scan->frames[i];
        uint32_t size = offset[i + 1] - offset[i];
        if (frame >= ends.count || scan->ends[frame] > roles->count ||
            size > roles->count - scan->ends[frame]) {
            return false;
        }
        for (uint32_t j = 0; j < size; j++) {
            *out++ = (uint32_t)stm_column_get(roles, scan->ends[frame] + j);
        }
    }
    return true;
}

static stemma_status participants(stemma_snapshot *snapshot, const stretch *at,
                                  stemma_event_columns *out, stemma_error *error)
{
    stm_scan *scan = snapshot->scan;
    stm_column offsets = stm_event_block_column(at->block, STM_EVENT_PARTICIPANT_OFFSET);
    uint32_t *offset = scan->numbers[OFFSET];
    uint32_t end = at->row + at->count;
    uint32_t rising = 1;
    stm_column_unpack_u32(&offsets, at->row, at->count, offset);
    offset[at->count] =
        end < at->block->rows ? (uint32_t)stm_column_get(&offsets, end) : at->block->participants;
    for (uint32_t i = 0; i < at->count; i++) {
        rising &= offset[i] <= offset[i + 1];
    }
    if (!rising || offset[at->count] > at->block->participants) {
        return damaged(out->first, error);
    }
    uint32_t first = offset[0];
    uint32_t count = offset[at->count] - first;
    stemma_status status = make_room(snapshot, at->block->participants, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (count != 0) {
        stm_column_unpack_u32(&at->block->entity, first, count, scan->entity);
    }
    for (uint32_t i = 0; first != 0 && i <= at->count; i++) {
        offset[i] -= first;
    }
    if (!fill_roles(scan, at, offset)) {
        return damaged(out->first, error);
    }
    out->participant_first = offset;
    out->role = scan->role;
    out->entity = scan->entity;
    return STEMMA_OK;
}

/* A scan meets blocks in the order of the file: those that nobody has asked for yet are read from
   the disk some at a time. */
static stemma_status read_ahead(stemma_snapshot *snapshot, uint32_t number, stemma_error *error)
{
    stm_scan *scan = snapshot->scan;
    stemma_bytes value;
    if (number >= scan->ahead_from && number < scan->ahead_end) {
        return STEMMA_OK;
    }
    stemma_status status = stm_snapshot_get_u32(snapshot, STM_TABLE_EVENT, number, &value, error);
    if (status == STEMMA_OK && value.size != 0) {
        uint32_t blocks = (uint32_t)(READ_AHEAD / value.size);
        stm_store_read_ahead(snapshot->file->store, value, READ_AHEAD);
        scan->ahead_from = number;
        scan->ahead_end = number + (blocks < 2 ? 1 : blocks / 2);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status; /* told by who reads the block */
}

static void fill_times(stm_scan *scan, const stretch *at, uint32_t columns,
                       stemma_event_columns *out)
{
    if ((columns & (STEMMA_SCAN_START | STEMMA_SCAN_BOUNDS)) == 0) {
        return;
    }
    out->start_earliest = times(scan, at, START_EARLIEST);
    if ((columns & STEMMA_SCAN_BOUNDS) != 0) {
        out->start_latest = times(scan, at, START_LATEST);
        out->end_earliest = times(scan, at, END_EARLIEST);
        out->end_latest = times(scan, at, END_LATEST);
        out->precision = numbers(scan, at, STM_EVENT_PRECISION, PRECISION, 0);
    }
    forget_unknown_starts(scan, at);
}

static void fill_numbers(stm_scan *scan, const stretch *at, uint32_t columns,
                         stemma_event_columns *out)
{
    if ((columns & STEMMA_SCAN_TYPE) != 0) {
        out->type = numbers(scan, at, STM_EVENT_TYPE, TYPE, 0);
    }
    if ((columns & STEMMA_SCAN_PLACE) != 0) {
        out->place = numbers(scan, at, STM_EVENT_PLACE, PLACE, 1);
    }
    if ((columns & STEMMA_SCAN_DOCUMENTS) != 0) {
        out->documents = numbers(scan, at, STM_EVENT_DOCUMENTS, DOCUMENTS, 0);
        out->independent = numbers(scan, at, STM_EVENT_INDEPENDENT, INDEPENDENT, 0);
    }
    if ((columns & STEMMA_SCAN_FACTUALITY) != 0) {
        out->factuality = numbers(scan, at, STM_EVENT_FACTUALITY, FACTUALITY, 0);
    }
    if ((columns & STEMMA_SCAN_FIRST) != 0) {
        out->first_document = numbers(scan, at, STM_EVENT_FIRST_DOCUMENT, FIRST_DOCUMENT, 0);
        out->first_referent = numbers(scan, at, STM_EVENT_FIRST_REFERENT, FIRST_REFERENT, 0);
    }
    if ((columns & STEMMA_SCAN_CLAIMS) != 0) {
        out->claim_first = numbers(scan, at, STM_EVENT_CLAIM_FIRST, CLAIM_FIRST, 0);
        out->claim_count = numbers(scan, at, STM_EVENT_CLAIM_COUNT, CLAIM_COUNT, 0);
    }
}

static stemma_status scan_whole(stemma_snapshot *snapshot, uint32_t first, uint32_t columns,
                                stemma_event_columns *out, stemma_error *error)
{
    uint32_t events = snapshot->file->bounds.events;
    stretch at;
    if (first >= events) {
        return STEMMA_NOT_FOUND;
    }
    if (snapshot->scan == NULL) {
        snapshot->scan = calloc(1, sizeof *snapshot->scan);
        if (snapshot->scan == NULL) {
            return no_memory(error);
        }
    }
    stemma_status status = STEMMA_OK;
    if (stm_cache_event(snapshot->file->cache, first / STEMMA_EVENT_BLOCK) == NULL) {
        status = read_ahead(snapshot, first / STEMMA_EVENT_BLOCK, error);
    }
    if (status == STEMMA_OK) {
        status = stm_snapshot_event_block(snapshot, first, &at.block, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    at.row = first % STEMMA_EVENT_BLOCK;
    at.count = at.block->rows - at.row < events - first ? at.block->rows - at.row : events - first;
    if (at.count > STEMMA_EVENT_BLOCK) {
        return damaged(first, error);
    }
    memset(out, 0, sizeof *out);
    out->first = first;
    out->count = at.count;
    fill_times(snapshot->scan, &at, columns, out);
    fill_numbers(snapshot->scan, &at, columns, out);
    return (columns & STEMMA_SCAN_PARTICIPANTS) != 0 ? participants(snapshot, &at, out, error)
                                                     : STEMMA_OK;
}

stemma_status stemma_event_scan(stemma_snapshot *snapshot, uint32_t first, uint32_t columns,
                                stemma_event_columns *out, stemma_error *error)
{
    if (!stm_is_cut(snapshot)) {
        return scan_whole(snapshot, first, columns, out, error);
    }
    stemma_status status = scan_whole(
        snapshot, first, columns | STEMMA_SCAN_DOCUMENTS | STEMMA_SCAN_FIRST, out, error);
    if (status == STEMMA_OK) {
        status = stm_known_scan(snapshot, out, error);
    }
    if ((columns & STEMMA_SCAN_DOCUMENTS) == 0) {
        out->documents = out->independent = NULL;
    }
    if ((columns & STEMMA_SCAN_FIRST) == 0) {
        out->first_document = out->first_referent = NULL;
    }
    return status;
}

/* ---- Counting without reading events ---- */

stemma_status stemma_type_counts(stemma_snapshot *snapshot, uint64_t *counts, uint32_t term_count,
                                 stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    stm_posting_source source;
    if (stm_is_cut(snapshot)) {
        stemma_status late = stm_late_need(snapshot, error);
        return late == STEMMA_OK ? stm_known_type_counts(snapshot, counts, term_count, error)
                                 : late;
    }
    stemma_status status = stm_snapshot_source(snapshot, STM_TABLE_TYPE, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    for (uint32_t i = 0; i < term_count && status == STEMMA_OK; i++) {
        counts[i] = 0;
        if (i < bounds->vocabulary.count &&
            bounds->vocabulary.terms[i].kind != STEMMA_TERM_PREDICATE) {
            stm_list_key key;
            stm_list_key_u32(&key, i);
            if (stm_posting_count(&source, stm_list_key_bytes(&key), &counts[i]) != STEMMA_OK) {
                status = stm_damaged(error, STM_TABLE_TYPE, i, "POSTINGS");
            }
        }
    }
    stm_snapshot_source_return(&source);
    return status;
}
