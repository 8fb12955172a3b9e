/* SPDX-License-Identifier: MIT */
#include "event_block.h"

#include "event_amount.h"
#include "event_frames.h"
#include "event_plan.h"

/* ---- Columns --------------------------------------------------------------------------------- */

static int is_present(const stm_event_block *block, unsigned id)
{
    return (block->present >> id & 1u) != 0;
}

/* Ids ascend and those of this version come first, so that the place of a column in the directory
   is the number of lesser ids that are there. */
static const uint8_t *entry_of(const stm_event_block *block, unsigned id)
{
    uint32_t lesser = block->present & ((UINT32_C(1) << id) - 1u);
    return block->base + STM_COLUMN_HEADER + (size_t)__builtin_popcount(lesser) * STM_COLUMN_ENTRY;
}

static stm_column column_of(const stm_event_block *block, unsigned id, uint32_t count)
{
    return is_present(block, id) ? stm_column_of_entry(block->base, entry_of(block, id))
                                 : stm_column_zeros((uint16_t)id, count);
}

stm_column stm_event_block_column(const stm_event_block *block, stm_event_column id)
{
    switch (id) {
    case STM_EVENT_ENTITY:
        return block->entity;
    case STM_EVENT_VARIANT:
        return block->variant;
    case STM_EVENT_FRAME_ROLE:
        return block->role;
    case STM_EVENT_FRAME_END:
        return column_of(block, id, 1);
    default:
        return column_of(block, id, block->rows);
    }
}

/* Gets a number that must lie in 0..most. */
static int fits(int64_t value, uint32_t most, uint32_t *out)
{
    *out = (uint32_t)value;
    return value >= 0 && value <= (int64_t)most;
}

/* Roles of a frame: begin and end in the column of roles. */
static int frame_roles(const stm_column *ends, int64_t frame, uint32_t *first, uint32_t *end)
{
    *first = 0;
    return frame >= 0 && frame < (int64_t)ends->count &&
           (frame == 0 ||
            fits(stm_column_get(ends, (uint32_t)frame - 1), STM_COLUMN_VALUES_LIMIT, first)) &&
           fits(stm_column_get(ends, (uint32_t)frame), STM_COLUMN_VALUES_LIMIT, end) &&
           *end >= *first;
}

/* Participants in all: where those of the last event end. */
static int count_participants(const stm_event_block *block, uint32_t *participants)
{
    stm_column offsets = stm_event_block_column(block, STM_EVENT_PARTICIPANT_OFFSET);
    stm_column frames = stm_event_block_column(block, STM_EVENT_FRAME);
    stm_column ends = stm_event_block_column(block, STM_EVENT_FRAME_END);
    uint32_t first, end, offset;
    if (!frame_roles(&ends, stm_column_get(&frames, block->rows - 1), &first, &end) ||
        !fits(stm_column_get(&offsets, block->rows - 1), STM_COLUMN_VALUES_LIMIT, &offset)) {
        return 0;
    }
    *participants = offset + (end - first);
    return 1;
}

/* ---- Opening --------------------------------------------------------------------------------- */

void stm_event_block_trust(stemma_bytes value, uint32_t present, stm_event_block *out)
{
    out->base = value.data;
    out->rows = stm_load_le32(value.data);
    out->present = present;
    out->participants = 0;
    out->plan = NULL;
    if (is_present(out, STM_EVENT_ENTITY)) {
        out->entity = column_of(out, STM_EVENT_ENTITY, 0);
        out->participants = out->entity.count;
    } else {
        (void)count_participants(out, &out->participants);
        out->entity = stm_column_zeros(STM_EVENT_ENTITY, out->participants);
    }
    out->variant = column_of(out, STM_EVENT_VARIANT, out->participants);
    /* Roles that are all 0 are not stored; how many they are no one needs to know. */
    out->role = column_of(out, STM_EVENT_FRAME_ROLE, STM_COLUMN_VALUES_LIMIT);
}

stemma_status stm_event_block_open(stemma_bytes value, stm_event_block *out)
{
    stm_column_block block;
    uint32_t present = 0, participants, roles;
    stm_column ends;
    if (stm_column_block_open(value, &block) != STEMMA_OK || block.rows == 0 ||
        block.rows > STEMMA_EVENT_BLOCK) {
        return STEMMA_E_DAMAGED;
    }
    for (uint32_t i = 0; i < block.columns; i++) {
        const uint8_t *entry = value.data + STM_COLUMN_HEADER + (size_t)i * STM_COLUMN_ENTRY;
        uint32_t id = stm_load_le16(entry);
        if (id > STM_EVENT_COLUMNS) {
            break; /* whatever a later minor version adds comes behind */
        }
        if (id == 0) {
            return STEMMA_E_DAMAGED;
        }
        if (id != STM_EVENT_FRAME_END && id != STM_EVENT_FRAME_ROLE && id != STM_EVENT_ENTITY &&
            id != STM_EVENT_VARIANT && stm_load_le32(entry + 4) != block.rows) {
            return STEMMA_E_DAMAGED;
        }
        present |= UINT32_C(1) << id;
    }
    if ((present >> STM_EVENT_TYPE & 1u) == 0 || (present >> STM_EVENT_START_EARLIEST & 1u) == 0) {
        return STEMMA_E_DAMAGED;
    }
    stm_event_block_trust(value, present, out);
    ends = stm_event_block_column(out, STM_EVENT_FRAME_END);
    if (ends.count == 0 || ends.count > block.rows || !count_participants(out, &participants) ||
        participants != out->entity.count || participants != out->variant.count ||
        !fits(stm_column_get(&ends, ends.count - 1), STM_COLUMN_VALUES_LIMIT, &roles) ||
        (is_present(out, STM_EVENT_FRAME_ROLE) && out->role.count != roles)) {
        return STEMMA_E_DAMAGED;
    }
    return STEMMA_OK;
}

/* ---- Rows ------------------------------------------------------------------------------------ */

/* Takes columns in order of their ids, so that the directory is read once from front to back. */
typedef struct walk {
    const uint8_t *base;
    const uint8_t *entry;
    uint32_t present;
    uint32_t row;
    int sound;
} walk;

static inline int is_next(const walk *w, unsigned id)
{
    return (w->present >> id & 1u) != 0;
}

static inline __attribute__((always_inline)) int64_t take(walk *w, unsigned id)
{
    const uint8_t *entry = w->entry;
    stm_column column;
    if (!is_next(w, id)) {
        return 0;
    }
    w->entry += STM_COLUMN_ENTRY;
    /* Most columns of a data set are constants or clean ramps: the directory says all. */
    switch (stm_load_le16(entry + 2)) {
    case STM_COLUMN_PLAIN << 8:
        return (int64_t)stm_load_le64(entry + 8);
    case STM_COLUMN_RAMP << 8:
        return (int64_t)(stm_load_le64(entry + 8) + stm_load_le64(entry + 16) * w->row);
    default:
        column = stm_column_of_entry(w->base, entry);
        return stm_column_get(&column, w->row);
    }
}

static inline __attribute__((always_inline)) uint32_t take_u32(walk *w, unsigned id, uint32_t most)
{
    int64_t value = take(w, id);
    w->sound &= value >= 0 && value <= (int64_t)most;
    return (uint32_t)value;
}

/* An entity + 1, or 0. */
static inline __attribute__((always_inline)) uint32_t take_entity(walk *w, unsigned id)
{
    uint32_t value = take_u32(w, id, UINT32_MAX);
    return value == 0 ? STEMMA_NONE : value - 1;
}

static inline __attribute__((always_inline)) int64_t take_bound(walk *w, unsigned id, int64_t start)
{
    int64_t bound;
    w->sound &= stm_add_i64(start, take(w, id), &bound);
    return bound;
}

static inline void take_times(walk *w, stemma_time_bounds *out)
{
    int64_t start = take(w, STM_EVENT_START_EARLIEST);
    int64_t start_latest = take_bound(w, STM_EVENT_START_LATEST, start);
    int64_t end_earliest = take_bound(w, STM_EVENT_END_EARLIEST, start);
    int64_t end_latest = take_bound(w, STM_EVENT_END_LATEST, start);
    uint32_t unknown = take_u32(w, STM_EVENT_UNKNOWN, 15);
    uint32_t precision = take_u32(w, STM_EVENT_PRECISION, 127);
    out->start_earliest = unknown & STM_NO_START_EARLIEST ? STEMMA_TIME_UNKNOWN_EARLY : start;
    out->start_latest = unknown & STM_NO_START_LATEST ? STEMMA_TIME_UNKNOWN_LATE : start_latest;
    out->end_earliest = unknown & STM_NO_END_EARLIEST ? STEMMA_TIME_UNKNOWN_EARLY : end_earliest;
    out->end_latest = unknown & STM_NO_END_LATEST ? STEMMA_TIME_UNKNOWN_LATE : end_latest;
    w->sound &= (precision & 15u) <= STEMMA_PRECISION_SECOND;
    out->precision = precision & 15u;
    out->extent = (precision >> 4) & 1u;
    out->approximate = (precision >> 5) & 1u;
    out->uncertain = (precision >> 6) & 1u;
}

static inline void take_participants(walk *w, const stm_event_block *block, stm_event_row *out)
{
    int64_t frame = take(w, STM_EVENT_FRAME);
    uint32_t end = 0;
    if (is_next(w, STM_EVENT_FRAME_END)) {
        stm_column ends = stm_column_of_entry(w->base, w->entry);
        w->entry += STM_COLUMN_ENTRY;
        w->sound &= frame_roles(&ends, frame, &out->role_first, &end);
    } else {
        out->role_first = 0;
        w->sound &= frame == 0;
    }
    out->participant_count = end - out->role_first;
    w->entry += is_next(w, STM_EVENT_FRAME_ROLE) ? STM_COLUMN_ENTRY : 0;
    w->entry += is_next(w, STM_EVENT_ENTITY) ? STM_COLUMN_ENTRY : 0;
    out->participant_first = take_u32(w, STM_EVENT_PARTICIPANT_OFFSET, STM_COLUMN_VALUES_LIMIT);
    w->sound &= end <= block->role.count && out->participant_first <= block->participants &&
                out->participant_count <= block->participants - out->participant_first;
}

stemma_status stm_event_block_row(const stm_event_block *block, uint32_t row, stm_event_row *out)
{
    walk w = {block->base, block->base + STM_COLUMN_HEADER, block->present, row, 1};
    uint32_t factuality;
    if (block->plan != NULL) {
        return stm_event_plan_row(block, row, out);
    }
    out->type = take_u32(&w, STM_EVENT_TYPE, STEMMA_NONE - 1);
    take_times(&w, &out->bounds);
    out->place = take_entity(&w, STM_EVENT_PLACE);
    take_participants(&w, block, out);
    out->documents = take_u32(&w, STM_EVENT_DOCUMENTS, UINT32_MAX);
    out->independent = take_u32(&w, STM_EVENT_INDEPENDENT, UINT32_MAX);
    factuality = take_u32(&w, STM_EVENT_FACTUALITY, 255);
    out->polarity = factuality & 3u;
    out->certainty = (factuality >> 2) & 3u;
    out->tense = (factuality >> 4) & 3u;
    out->realis = (factuality >> 6) & 3u;
    out->first_document = take_u32(&w, STM_EVENT_FIRST_DOCUMENT, STEMMA_NONE - 1);
    out->first_referent = take_u32(&w, STM_EVENT_FIRST_REFERENT, STEMMA_NONE - 1);
    out->claim_first = take_u32(&w, STM_EVENT_CLAIM_FIRST, UINT32_MAX);
    out->claim_count = take_u32(&w, STM_EVENT_CLAIM_COUNT, UINT32_MAX);
    out->folded = (uint8_t)take_u32(&w, STM_EVENT_FOLDED, 1);
    out->unstored_before = take_u32(&w, STM_EVENT_UNSTORED, UINT32_MAX);
    out->via = take_entity(&w, STM_EVENT_VIA);
    w.entry += is_next(&w, STM_EVENT_VARIANT) ? STM_COLUMN_ENTRY : 0;
    out->place_variant = take_u32(&w, STM_EVENT_PLACE_VARIANT, STEMMA_NONE - 1);
    out->via_variant = take_u32(&w, STM_EVENT_VIA_VARIANT, STEMMA_NONE - 1);
    out->contested = out->amount = out->amount_above = 0;
    return w.sound ? STEMMA_OK : STEMMA_E_DAMAGED;
}

stemma_status stm_event_block_marks(const stm_event_block *block, uint32_t row, stm_event_row *out)
{
    int64_t least = stm_event_block_get(block, STM_EVENT_AMOUNT, row);
    int64_t above = stm_event_block_get(block, STM_EVENT_AMOUNT_ABOVE, row);
    stm_amount_reach reach;
    out->amount = (uint32_t)least;
    out->amount_above = (uint32_t)above;
    return fits(stm_event_block_get(block, STM_EVENT_CONTESTED, row), UINT32_MAX,
                &out->contested) &&
                   stm_amount_reach_read(least, above, &reach)
               ? STEMMA_OK
               : STEMMA_E_DAMAGED;
}

stemma_status stm_event_block_participant(const stm_event_block *block, const stm_event_row *row,
                                          uint32_t index, stm_event_participant *out)
{
    uint32_t at = row->participant_first + index;
    return fits(stm_column_get(&block->role, row->role_first + index), STEMMA_NONE - 1,
                &out->role) &&
                   fits(stm_column_get(&block->entity, at), STEMMA_NONE - 1, &out->entity) &&
                   fits(stm_column_get(&block->variant, at), STEMMA_NONE - 1, &out->variant)
               ? STEMMA_OK
               : STEMMA_E_DAMAGED;
}
