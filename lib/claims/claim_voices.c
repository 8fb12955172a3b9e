/* SPDX-License-Identifier: MIT */
/* The witnesses of each position, by document. */
#include "claims/claim_arrange.h"

#include <string.h>

/* Where the run ends that begins at `first`: neighbours in order of documents. */
static uint32_t run_end(const stm_said *said, uint32_t first, uint32_t count)
{
    uint32_t end = first + 1;
    while (end < count && said[end - 1].document <= said[end].document) {
        end++;
    }
    return end;
}

static void merge(const stm_said *a, const stm_said *a_end, const stm_said *b,
                  const stm_said *b_end, stm_said *out)
{
    while (a < a_end && b < b_end) {
        *out++ = b->document < a->document ? *b++ : *a++;
    }
    memcpy(out, a, (size_t)(a_end - a) * sizeof *a);
    memcpy(out + (a_end - a), b, (size_t)(b_end - b) * sizeof *b);
}

/* Puts witnesses in order of documents, those of one document as they stand: merges the runs that claims
   bring, two and two. `room` has as much room. */
static void order_voices(stm_said *said, uint32_t count, stm_said *room)
{
    uint32_t end = count != 0 ? run_end(said, 0, count) : 0;
    while (end < count) {
        uint32_t first = 0;
        while (first < count) {
            uint32_t middle = run_end(said, first, count);
            end = middle < count ? run_end(said, middle, count) : middle;
            merge(said + first, said + middle, said + middle, said + end, room + first);
            first = end;
        }
        memcpy(said, room, count * sizeof *said);
        end = run_end(said, 0, count);
    }
}

stemma_status stm_arrangement_lay_out(stemma_snapshot *snapshot, stm_arrangement *at,
                                      stemma_error *error)
{
    size_t total = 0;
    uint32_t filled = 0;
    for (uint32_t i = 0; i < at->count; i++) {
        total += at->claims[i].witness_count;
    }
    at->voices = stm_snapshot_array(snapshot, total, sizeof *at->voices, error);
    at->voice_first = stm_snapshot_array(snapshot, (uint64_t)at->positions + 1,
                                         sizeof *at->voice_first, error);
    stm_mark mark = stm_snapshot_mark(snapshot);
    stm_said *room = stm_snapshot_array(snapshot, total, sizeof *room, error);
    if (at->voices == NULL || at->voice_first == NULL || room == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t p = 0; p < at->positions; p++) {
        uint32_t first, end;
        at->voice_first[p] = filled;
        stm_position_range(at, p, &first, &end);
        for (uint32_t i = first; i < end; i++) {
            for (uint32_t w = 0; at->position[i] == p && w < at->claims[i].witness_count; w++) {
                at->voices[filled++] = at->said[i][w];
            }
        }
        order_voices(at->voices + at->voice_first[p], filled - at->voice_first[p], room);
    }
    at->voice_first[at->positions] = filled;
    stm_snapshot_rewind(snapshot, mark);
    return STEMMA_OK;
}
