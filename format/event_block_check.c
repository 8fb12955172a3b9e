/* SPDX-License-Identifier: MIT */
/* The check of event blocks, of event_block.h. */
#include "event_block.h"

#include "event_frames.h"

/* Columns that may be absent are absent when they are all 0. A column of zeros has this form. */
static int no_column_is_zero(const stm_event_block *block)
{
    for (unsigned id = STM_EVENT_START_LATEST; id <= STM_EVENT_COLUMNS; id++) {
        stm_column column = stm_event_block_column(block, (stm_event_column)id);
        if ((block->present >> id & 1u) != 0 &&
            (column.count == 0 ||
             (column.minimum == 0 && column.width == 0 && column.form == STM_COLUMN_PLAIN))) {
            return 0;
        }
    }
    return 1;
}

/* Times: a bound that is not known is stored as 0, a start that is not known as the last known. */
static int times_are_canonical(const stm_event_block *block)
{
    stm_column column[5];
    int64_t start = 0;
    for (unsigned i = 0; i < 5; i++) {
        column[i] = stm_event_block_column(block, (stm_event_column)(STM_EVENT_START_EARLIEST + i));
    }
    for (uint32_t row = 0; row < block->rows; row++) {
        unsigned unknown = (unsigned)stm_column_get(&column[4], row);
        if ((unknown & STM_NO_START_EARLIEST) == 0) {
            start = stm_column_get(&column[0], row);
        }
        if (stm_column_get(&column[0], row) != start) {
            return 0;
        }
        for (unsigned i = 1; i < 4; i++) {
            if ((unknown & 1u << i) != 0 && stm_column_get(&column[i], row) != 0) {
                return 0;
            }
        }
    }
    return 1;
}

static uint64_t hash_frame(const stm_column *roles, uint32_t first, uint32_t count)
{
    uint64_t hash = count + 1u;
    for (uint32_t i = 0; i < count; i++) {
        hash = (hash ^ (uint64_t)stm_column_get(roles, first + i)) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return hash;
}

/* Two frames with one hash are looked at in full, but only so many: no honest file has any. */
#define SAME_HASH_LIMIT 16u

static int same_frame(const stm_column *roles, uint32_t a, uint32_t b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (stm_column_get(roles, a + i) != stm_column_get(roles, b + i)) {
            return 0;
        }
    }
    return 1;
}

/* Frames are distinct, their roles do not descend. */
static int frames_are_canonical(const stm_event_block *block)
{
    uint64_t hash[STEMMA_EVENT_BLOCK];
    uint32_t end[STEMMA_EVENT_BLOCK];
    uint16_t slot[STM_EVENT_FRAME_SLOTS] = {0};
    stm_column ends = stm_event_block_column(block, STM_EVENT_FRAME_END);
    uint32_t first = 0, same = 0;
    for (uint32_t frame = 0; frame < ends.count; frame++) {
        int64_t value = stm_column_get(&ends, frame);
        uint32_t at, size;
        if (value < (int64_t)first || value > (int64_t)block->role.count) {
            return 0;
        }
        end[frame] = (uint32_t)value;
        size = end[frame] - first;
        for (uint32_t i = 1; i < size; i++) {
            if (stm_column_get(&block->role, first + i) <
                stm_column_get(&block->role, first + i - 1)) {
                return 0;
            }
        }
        hash[frame] = hash_frame(&block->role, first, size);
        for (at = (uint32_t)(hash[frame] >> 32) % STM_EVENT_FRAME_SLOTS; slot[at] != 0;
             at = (at + 1) % STM_EVENT_FRAME_SLOTS) {
            uint32_t other = slot[at] - 1u;
            uint32_t other_first = other == 0 ? 0 : end[other - 1];
            if (hash[other] == hash[frame] && end[other] - other_first == size &&
                (same_frame(&block->role, other_first, first, size) || ++same > SAME_HASH_LIMIT)) {
                return 0;
            }
        }
        slot[at] = (uint16_t)(frame + 1);
        first = end[frame];
    }
    return 1;
}

stemma_status stm_event_block_check(stemma_bytes value)
{
    stm_event_block block;
    stm_column frames;
    uint32_t offset = 0, used = 0;
    stemma_status status = stm_column_block_check(value);
    if (status == STEMMA_OK) {
        status = stm_event_block_open(value, &block);
    }
    if (status != STEMMA_OK || !no_column_is_zero(&block) || !times_are_canonical(&block) ||
        !frames_are_canonical(&block)) {
        return STEMMA_E_DAMAGED;
    }
    frames = stm_event_block_column(&block, STM_EVENT_FRAME);
    for (uint32_t row = 0; row < block.rows; row++) {
        stm_event_row one;
        int64_t frame = stm_column_get(&frames, row);
        if (stm_event_block_row(&block, row, &one) != STEMMA_OK ||
            stm_event_block_marks(&block, row, &one) != STEMMA_OK ||
            one.participant_first != offset || frame > (int64_t)used) {
            return STEMMA_E_DAMAGED;
        }
        used += frame == (int64_t)used;
        offset += one.participant_count;
        for (uint32_t i = 0; i < one.participant_count; i++) {
            stm_event_participant participant;
            if (stm_event_block_participant(&block, &one, i, &participant) != STEMMA_OK) {
                return STEMMA_E_DAMAGED;
            }
        }
    }
    /* All frames are used, and all participants. */
    return offset == block.participants &&
                   used == stm_event_block_column(&block, STM_EVENT_FRAME_END).count
               ? STEMMA_OK
               : STEMMA_E_DAMAGED;
}
