/* SPDX-License-Identifier: MIT */
#include "read/row_number.h"

#include "bytes.h"

uint32_t stm_row_number_in(stemma_snapshot *snapshot, const stm_data_set *set, uint32_t index)
{
    stm_gap *gap = &snapshot->gap;
    if (gap->document != set->document || !gap->known || index < gap->row) {
        gap->document = set->document;
        gap->known = true;
        gap->offset = 0;
        gap->row = 0;
        gap->skipped = 0;
    }
    for (;;) {
        if (set->gaps.size == gap->offset) {
            return index + 1 + gap->skipped;
        }
        stemma_bytes rest = {set->gaps.data + gap->offset, set->gaps.size - gap->offset};
        stm_reader reader = stm_reader_of(rest);
        uint32_t before = 0;
        uint32_t skipped = 0;
        if (!stm_read_varint32(&reader, &before) || !stm_read_varint32(&reader, &skipped) ||
            before > index - gap->row) {
            return index + 1 + gap->skipped;
        }
        gap->offset = (size_t)(reader.at - set->gaps.data);
        gap->row += before;
        gap->skipped += skipped;
    }
}

/* First row behind the next gap, when the gap before it was found for a row. */
static uint32_t next_gap(const stemma_snapshot *snapshot, const stm_data_set *set)
{
    const stm_gap *gap = &snapshot->gap;
    if (set->gaps.size == gap->offset) {
        return UINT32_MAX;
    }
    stemma_bytes rest = {set->gaps.data + gap->offset, set->gaps.size - gap->offset};
    stm_reader reader = stm_reader_of(rest);
    uint32_t before = 0;
    if (!stm_read_varint32(&reader, &before) || before > UINT32_MAX - gap->row) {
        return UINT32_MAX;
    }
    return gap->row + before;
}

void stm_row_numbers(stemma_snapshot *snapshot, const stm_data_set *set, uint32_t first,
                     uint32_t count, uint32_t *out)
{
    uint32_t i = 0;
    while (i < count) {
        uint32_t number = stm_row_number_in(snapshot, set, first + i);
        uint32_t gap = next_gap(snapshot, set);
        uint32_t end = gap > first && gap - first < count ? gap - first : count;
        end = end > i ? end : i + 1;
        while (i < end) {
            out[i++] = number++;
        }
    }
}
