/* SPDX-License-Identifier: MIT */
/* Sets of events as bits, for what several posting lists have together. */
#include "base/error.h"
#include "events/event_query.h"
#include "key.h"

#define STEP 256u

uint64_t *stm_event_set_new(stemma_snapshot *snapshot, uint32_t first, uint32_t end,
                            stemma_error *error)
{
    size_t words = ((size_t)(end - first) + 63) / 64;
    uint64_t *bits = stm_snapshot_array(snapshot, words, sizeof *bits, error);
    if (bits != NULL) {
        memset(bits, 0, words * sizeof *bits);
    }
    return bits;
}

static stemma_status add_postings(stm_posting_cursor *cursor, uint64_t *bits, uint32_t first,
                                  uint32_t end, const stm_role_set *roles)
{
    uint32_t events[STEP];
    uint32_t payloads[STEP];
    uint32_t count = 0;
    stemma_status status = STEMMA_OK;
    while (status == STEMMA_OK) {
        status = stm_posting_cursor_next_until(cursor, end, events,
                                               roles->count != 0 ? payloads : NULL, STEP, &count);
        for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
            if (events[i] >= end) {
                return STEMMA_OK;
            }
            if (events[i] >= first && (roles->count == 0 || stm_role_wanted(roles, payloads[i]))) {
                bits[(events[i] - first) / 64] |= UINT64_C(1) << (events[i] - first) % 64;
            }
        }
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_event_set_add(stemma_snapshot *snapshot, uint64_t *bits, uint32_t first,
                                uint32_t end, stm_table table, uint32_t number,
                                const stm_role_set *roles, stemma_error *error)
{
    stm_posting_source source;
    stm_posting_cursor cursor;
    stm_list_key key;
    stemma_status status = stm_snapshot_source(snapshot, table, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_u32(&key, number);
    status = stm_posting_cursor_open_at(&cursor, &source, stm_list_key_bytes(&key),
                                        snapshot->file->bounds.events, first);
    if (status == STEMMA_OK) {
        status = add_postings(&cursor, bits, first, end, roles);
    }
    stm_snapshot_source_return(&source);
    return status == STEMMA_OK ? STEMMA_OK : stm_damaged(error, table, number, "POSTINGS");
}

void stm_event_set_list(stm_leaper *list, const uint64_t *bits, uint32_t first, uint32_t end)
{
    list->bits = bits;
    list->bits_first = first;
    list->bits_end = end;
    list->cursor.source.context = NULL;
    list->roles.count = 0;
    list->started = list->ended = false;
}

uint32_t stm_event_set_next(const stm_leaper *list, uint32_t event)
{
    uint32_t at = event < list->bits_first ? 0 : event - list->bits_first;
    uint32_t size = list->bits_end - list->bits_first;
    while (at < size) {
        uint64_t word = list->bits[at / 64] >> at % 64;
        if (word != 0) {
            at += (uint32_t)__builtin_ctzll(word);
            return at < size ? list->bits_first + at : STEMMA_NONE;
        }
        at = at / 64 * 64 + 64;
    }
    return STEMMA_NONE;
}
