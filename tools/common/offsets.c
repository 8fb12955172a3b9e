/* SPDX-License-Identifier: MIT */
#include "common/offsets.h"

#define STEP 128u

static inline bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xC0u) != 0x80u;
}

/* Units that the character beginning with this byte counts for. */
static inline uint32_t units_of(char byte, enum stm_offset_unit unit)
{
    return unit == STM_OFFSET_UTF16 && (unsigned char)byte >= 0xF0u ? 2 : 1;
}

stemma_status stm_offsets_init(struct stm_offsets *offsets, struct stm_arena *arena,
                               stemma_text text, enum stm_offset_unit unit)
{
    uint32_t characters = 0;
    bool ascii = true;
    memset(offsets, 0, sizeof *offsets);
    offsets->text = text;
    offsets->unit = unit;
    for (size_t i = 0; i < text.size; i++) {
        ascii &= (unsigned char)text.data[i] < 0x80u;
        if (begins_character(text.data[i])) {
            characters++;
        }
    }
    offsets->plain = ascii || unit == STM_OFFSET_UTF8;
    if (offsets->plain) {
        offsets->units = (uint32_t)text.size;
        return STEMMA_OK;
    }
    offsets->checkpoints =
        stm_arena_alloc(arena, (size_t)(characters / STEP) + 1, 2 * sizeof(uint32_t));
    if (offsets->checkpoints == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    characters = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!begins_character(text.data[i])) {
            continue;
        }
        if (characters % STEP == 0) {
            offsets->checkpoints[2 * (size_t)offsets->checkpoint_count] = (uint32_t)i;
            offsets->checkpoints[2 * (size_t)offsets->checkpoint_count + 1] = offsets->units;
            offsets->checkpoint_count++;
        }
        characters++;
        offsets->units += units_of(text.data[i], unit);
    }
    return STEMMA_OK;
}

/* The last checkpoint whose byte (which = 0) or unit (which = 1) offset is not beyond `target`. */
static uint32_t checkpoint_before(const struct stm_offsets *offsets, uint32_t target, int which)
{
    uint32_t low = 0;
    uint32_t high = offsets->checkpoint_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (offsets->checkpoints[2 * (size_t)middle + (size_t)which] <= target) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

bool stm_offsets_to_byte(const struct stm_offsets *offsets, uint64_t units, uint32_t *byte)
{
    const char *data = offsets->text.data;
    size_t size = offsets->text.size;
    size_t position = 0;
    uint32_t seen = 0;
    if (units > offsets->units) {
        return false;
    }
    if (offsets->plain) {
        if (units < size && !begins_character(data[units])) {
            return false;
        }
        *byte = (uint32_t)units;
        return true;
    }
    if (offsets->checkpoint_count != 0) {
        uint32_t at = checkpoint_before(offsets, (uint32_t)units, 1);
        position = offsets->checkpoints[2 * (size_t)at];
        seen = offsets->checkpoints[2 * (size_t)at + 1];
    }
    while (seen < units && position < size) {
        seen += units_of(data[position], offsets->unit);
        do {
            position++;
        } while (position < size && !begins_character(data[position]));
    }
    *byte = (uint32_t)position;
    return seen == units;
}

uint32_t stm_offsets_from_byte(const struct stm_offsets *offsets, uint32_t byte)
{
    const char *data = offsets->text.data;
    size_t position = 0;
    uint32_t seen = 0;
    if (offsets->plain) {
        return byte;
    }
    if (offsets->checkpoint_count != 0) {
        uint32_t at = checkpoint_before(offsets, byte, 0);
        position = offsets->checkpoints[2 * (size_t)at];
        seen = offsets->checkpoints[2 * (size_t)at + 1];
    }
    for (; position < byte && position < offsets->text.size; position++) {
        if (begins_character(data[position])) {
            seen += units_of(data[position], offsets->unit);
        }
    }
    return seen;
}
