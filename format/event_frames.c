/* SPDX-License-Identifier: MIT */
#include "event_frames.h"

void stm_event_frames_begin(stm_event_frames *frames)
{
    frames->count = 0;
    memset(frames->slot, 0, sizeof frames->slot);
}

static uint32_t hash_roles(const stm_event_row *row, const stm_event_participant *participants)
{
    uint64_t hash = row->participant_count + 1u;
    for (uint32_t i = 0; i < row->participant_count; i++) {
        hash = (hash ^ participants[row->participant_first + i].role) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return (uint32_t)(hash >> 32);
}

static int same_roles(const stm_event_row *a, const stm_event_row *b,
                      const stm_event_participant *participants)
{
    if (a->participant_count != b->participant_count) {
        return 0;
    }
    for (uint32_t i = 0; i < a->participant_count; i++) {
        if (participants[a->participant_first + i].role !=
            participants[b->participant_first + i].role) {
            return 0;
        }
    }
    return 1;
}

void stm_event_frames_add(stm_event_frames *frames, const stm_event_row *rows,
                          const stm_event_participant *participants, uint32_t event)
{
    const stm_event_row *row = &rows[event];
    uint32_t hash, at;
    /* Mostly the frame is that of the event before. */
    if (event != 0 && same_roles(&rows[event - 1], row, participants)) {
        frames->frame[event] = frames->frame[event - 1];
        return;
    }
    hash = hash_roles(row, participants);
    for (at = hash % STM_EVENT_FRAME_SLOTS; frames->slot[at] != 0;
         at = (at + 1) % STM_EVENT_FRAME_SLOTS) {
        uint32_t frame = frames->slot[at] - 1u;
        if (frames->hash[frame] == hash &&
            same_roles(&rows[frames->first[frame]], row, participants)) {
            frames->frame[event] = (uint16_t)frame;
            return;
        }
    }
    frames->hash[frames->count] = hash;
    frames->first[frames->count] = (uint16_t)event;
    frames->frame[event] = (uint16_t)frames->count++;
    frames->slot[at] = (uint16_t)frames->count;
}
