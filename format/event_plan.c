/* SPDX-License-Identifier: MIT */
#include "event_plan.h"

/* Where a number goes in the row. */
typedef struct field {
    uint8_t offset;
    uint8_t minus;
    uint32_t most;
} field;

#define FIELD(name, minus, most)                                                                   \
    {                                                                                              \
        offsetof(stm_event_row, name), (minus), (most)                                             \
    }

static const field fields[STM_EVENT_COLUMNS + 1] = {
    [STM_EVENT_TYPE] = FIELD(type, 0, STEMMA_NONE - 1),
    [STM_EVENT_PLACE] = FIELD(place, 1, UINT32_MAX),
    [STM_EVENT_PARTICIPANT_OFFSET] = FIELD(participant_first, 0, STM_COLUMN_VALUES_LIMIT),
    [STM_EVENT_DOCUMENTS] = FIELD(documents, 0, UINT32_MAX),
    [STM_EVENT_INDEPENDENT] = FIELD(independent, 0, UINT32_MAX),
    [STM_EVENT_FIRST_DOCUMENT] = FIELD(first_document, 0, STEMMA_NONE - 1),
    [STM_EVENT_FIRST_REFERENT] = FIELD(first_referent, 0, STEMMA_NONE - 1),
    [STM_EVENT_CLAIM_FIRST] = FIELD(claim_first, 0, UINT32_MAX),
    [STM_EVENT_CLAIM_COUNT] = FIELD(claim_count, 0, UINT32_MAX),
    [STM_EVENT_UNSTORED] = FIELD(unstored_before, 0, UINT32_MAX),
    [STM_EVENT_VIA] = FIELD(via, 1, UINT32_MAX),
    [STM_EVENT_PLACE_VARIANT] = FIELD(place_variant, 0, STEMMA_NONE - 1),
    [STM_EVENT_VIA_VARIANT] = FIELD(via_variant, 0, STEMMA_NONE - 1),
};

/* ---- Making ---------------------------------------------------------------------------------- */

static int is_constant(const stm_column *column)
{
    return column->width == 0 && column->form == STM_COLUMN_PLAIN;
}

/* The number that a column holds throughout. */
static int constant(const stm_event_block *block, stm_event_column id, int64_t *out)
{
    stm_column column = stm_event_block_column(block, id);
    *out = column.minimum;
    return is_constant(&column);
}

static int take_frames(const stm_event_block *block, stm_event_plan *out)
{
    stm_column ends = stm_event_block_column(block, STM_EVENT_FRAME_END);
    int64_t last = 0;
    if (ends.count > STM_PLAN_FRAMES) {
        return 0;
    }
    for (uint32_t i = 0; i < ends.count; i++) {
        int64_t end = stm_column_get(&ends, i);
        if (end < last || end > (int64_t)STM_PLAN_ROLES || end > (int64_t)block->role.count) {
            return 0;
        }
        out->frame_end[i] = (uint8_t)end;
        last = end;
    }
    out->frames = ends.count;
    for (uint32_t i = 0; i < (uint32_t)last; i++) {
        int64_t role = stm_column_get(&block->role, i);
        if (role < 0 || role >= (int64_t)STEMMA_NONE) {
            return 0;
        }
        out->role[i] = (uint32_t)role;
    }
    return 1;
}

/* Columns of one number an event that rows differ in. */
static int take_columns(const stm_event_block *block, stm_event_plan *out)
{
    for (unsigned id = STM_EVENT_TYPE; id <= STM_EVENT_COLUMNS; id++) {
        stm_column column;
        if (fields[id].most == 0 && id != STM_EVENT_FRAME && id != STM_EVENT_FACTUALITY &&
            id != STM_EVENT_FOLDED) {
            continue;
        }
        column = stm_event_block_column(block, (stm_event_column)id);
        if (is_constant(&column)) {
            continue;
        }
        if (out->columns == STM_PLAN_COLUMNS) {
            return 0;
        }
        if (id == STM_EVENT_PARTICIPANT_OFFSET && column.form == STM_COLUMN_RAMP &&
            column.minimum >= 0 && column.scale <= STM_PLAN_ROLES) {
            out->participants = (uint32_t)column.minimum;
            out->participants_each = (uint32_t)column.scale;
        }
        out->column[out->columns++] = column;
    }
    return 1;
}

int stm_event_plan_make(const stm_event_block *block, stm_event_plan *out)
{
    stm_event_block plain = *block;
    int64_t unknown, precision, frame;
    plain.plan = NULL;
    memset(out, 0, sizeof *out);
    if (!constant(block, STM_EVENT_START_LATEST, &out->after_start[0]) ||
        !constant(block, STM_EVENT_END_EARLIEST, &out->after_start[1]) ||
        !constant(block, STM_EVENT_END_LATEST, &out->after_start[2]) ||
        !constant(block, STM_EVENT_UNKNOWN, &unknown) || unknown != 0 ||
        !constant(block, STM_EVENT_PRECISION, &precision) || !take_frames(block, out) ||
        !take_columns(block, out) || stm_event_block_row(&plain, 0, &out->row) != STEMMA_OK) {
        return 0;
    }
    frame = stm_event_block_get(block, STM_EVENT_FRAME, 0);
    out->frame = (uint32_t)frame; /* the row was sound, so it is one */
    out->start = stm_event_block_column(block, STM_EVENT_START_EARLIEST);
    return 1;
}

size_t stm_event_plan_size(const stm_event_plan *plan)
{
    return offsetof(stm_event_plan, column) + plan->columns * sizeof plan->column[0];
}

/* ---- Rows ------------------------------------------------------------------------------------ */

static inline int take_bounds(const stm_event_plan *plan, uint32_t row, stemma_time_bounds *out)
{
    int64_t start = stm_column_get(&plan->start, row);
    out->start_earliest = start;
    bool start_fits = stm_add_i64(start, plan->after_start[0], &out->start_latest);
    bool end_fits = stm_add_i64(start, plan->after_start[1], &out->end_earliest);
    bool latest_fits = stm_add_i64(start, plan->after_start[2], &out->end_latest);
    return start_fits && end_fits && latest_fits;
}

static int take_factuality(int64_t value, stm_event_row *out)
{
    uint32_t factuality = (uint32_t)value;
    out->polarity = factuality & 3u;
    out->certainty = (factuality >> 2) & 3u;
    out->tense = (factuality >> 4) & 3u;
    out->realis = (factuality >> 6) & 3u;
    return value >= 0 && value <= 255;
}

/* A number into its field. */
static inline int take_field(unsigned id, int64_t value, stm_event_row *out)
{
    const field *to = &fields[id];
    uint32_t number = (uint32_t)value - to->minus; /* 0 becomes STEMMA_NONE */
    memcpy((uint8_t *)out + to->offset, &number, sizeof number);
    return value >= 0 && value <= (int64_t)to->most;
}

static inline int take_frame(const stm_event_block *block, uint32_t frame, stm_event_row *out)
{
    const stm_event_plan *plan = block->plan;
    uint32_t end;
    if (frame >= plan->frames) {
        return 0;
    }
    end = plan->frame_end[frame];
    out->role_first = frame == 0 ? 0 : plan->frame_end[frame - 1];
    out->participant_count = end - out->role_first;
    return out->participant_first <= block->participants &&
           out->participant_count <= block->participants - out->participant_first;
}

stemma_status stm_event_plan_row(const stm_event_block *block, uint32_t row, stm_event_row *out)
{
    const stm_event_plan *plan = block->plan;
    int64_t frame = plan->frame;
    int sound;
    *out = plan->row;
    sound = take_bounds(plan, row, &out->bounds);
    for (uint32_t i = 0; i < plan->columns; i++) {
        const stm_column *column = &plan->column[i];
        int64_t value = stm_column_get(column, row);
        switch (column->id) {
        case STM_EVENT_FRAME:
            frame = value;
            sound &= value >= 0 && value < (int64_t)plan->frames;
            break;
        case STM_EVENT_FACTUALITY:
            sound &= take_factuality(value, out);
            break;
        case STM_EVENT_FOLDED:
            out->folded = (uint8_t)value;
            sound &= value >= 0 && value <= 1;
            break;
        default:
            sound &= take_field(column->id, value, out);
        }
    }
    return sound && take_frame(block, (uint32_t)frame, out) ? STEMMA_OK : STEMMA_E_DAMAGED;
}

/* Columns of runs are small: they stay where the last row left them. */
static inline void prefetch(const stm_column *column, uint32_t index)
{
    if (column->width != 0 && column->form != STM_COLUMN_RUNS) {
        __builtin_prefetch(column->data + ((uint64_t)index * column->width >> 3));
    }
}

void stm_event_plan_prefetch(const stm_event_block *block, uint32_t row)
{
    const stm_event_plan *plan = block->plan;
    uint64_t at = plan->participants + (uint64_t)plan->participants_each * row;
    if (plan->columns != 0) {
        prefetch(&plan->column[0], row); /* the types, unless all are the same */
    }
    if (at < block->participants) {
        prefetch(&block->entity, (uint32_t)at);
    }
}
