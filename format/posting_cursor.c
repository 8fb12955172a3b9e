/* SPDX-License-Identifier: MIT */
#include "posting_cursor.h"

#include "posting_piece.h"

/* The source always stands at the record `value` was opened on. */
static stemma_status open_record(stm_posting_cursor *cursor, stemma_bytes key, stemma_bytes value)
{
    return stm_posting_open(key, value, cursor->source.list_size, &cursor->value);
}

static stemma_status end(stm_posting_cursor *cursor)
{
    cursor->ended = 1;
    cursor->at = cursor->count = 0;
    return STEMMA_END;
}

/* Goes to the last record that may hold the first posting with an id not below `id`. */
static stemma_status seek_record(stm_posting_cursor *cursor, uint32_t id)
{
    uint8_t key[STM_POSTING_KEY_LIMIT];
    stemma_bytes wanted = {key, 0}, found, value;
    stemma_status status;
    wanted.size = stm_key_posting(key, stm_list_key_bytes(&cursor->list), id, 0);
    status = cursor->source.seek(cursor->source.context, wanted, &found, &value);
    return status == STEMMA_OK ? open_record(cursor, found, value) : status;
}

static stemma_status next_record(stm_posting_cursor *cursor)
{
    stemma_bytes key, value;
    stemma_status status = cursor->source.next(cursor->source.context, &key, &value);
    cursor->entry = 0;
    return status == STEMMA_OK ? open_record(cursor, key, value) : status;
}

/* Whether the chunk at hand, which begins with the id that the last one ended with, has a greater payload
   there. Such chunks are few, so that payloads are not looked at otherwise. */
static int goes_on(const stm_posting_cursor *cursor)
{
    uint64_t before = stm_chunk_payload(&cursor->last, cursor->last.count - 1);
    uint64_t payload = stm_chunk_payload(&cursor->chunk, 0);
    return before < payload && payload <= UINT32_MAX;
}

/* Takes the chunk at value/entry, which cursor->chunk is, or, when entry is behind the last, the first of the
   next record. Each chunk must go on where the last one ended, so that a damaged table cannot make a loop. */
static stemma_status load(stm_posting_cursor *cursor)
{
    stm_posting_entry *chunk = &cursor->chunk;
    if (cursor->entry >= cursor->value.entries) {
        stemma_status status = next_record(cursor);
        if (status != STEMMA_OK) {
            return status == STEMMA_END ? end(cursor) : status;
        }
        if (stm_posting_entry_first(&cursor->value, chunk) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
    }
    if (!stm_posting_entry_is_of(chunk, stm_list_key_bytes(&cursor->list))) {
        return end(cursor);
    }
    if (stm_chunk_decode(chunk, cursor->ids, NULL) != STEMMA_OK ||
        cursor->ids[chunk->count - 1] >= cursor->bound) {
        return STEMMA_E_DAMAGED;
    }
    if (cursor->started && (cursor->ids[0] < cursor->last_id ||
                            (cursor->ids[0] == cursor->last_id && !goes_on(cursor)))) {
        return STEMMA_E_DAMAGED;
    }
    cursor->has_payloads = 0;
    cursor->started = 1;
    cursor->count = chunk->count;
    cursor->at = 0;
    cursor->last_id = cursor->ids[chunk->count - 1];
    cursor->last = *chunk;
    return STEMMA_OK;
}

/* Goes to the chunk behind the one that is unpacked. */
static stemma_status load_next(stm_posting_cursor *cursor)
{
    if (++cursor->entry < cursor->value.entries &&
        stm_posting_entry_after(&cursor->value, &cursor->chunk, &cursor->chunk) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    return load(cursor);
}

/* A failed cursor stays failed: nothing it holds is given out afterwards. */
static stemma_status settle(stm_posting_cursor *cursor, stemma_status status)
{
    if (status < 0) {
        end(cursor);
    }
    return status;
}

stemma_status stm_posting_cursor_open(stm_posting_cursor *cursor, const stm_posting_source *source,
                                      stemma_bytes list, uint32_t bound)
{
    return stm_posting_cursor_open_at(cursor, source, list, bound, 0);
}

stemma_status stm_posting_cursor_open_at(stm_posting_cursor *cursor,
                                         const stm_posting_source *source, stemma_bytes list,
                                         uint32_t bound, uint32_t from)
{
    stemma_status status;
    cursor->source = *source;
    cursor->bound = bound;
    cursor->entry = cursor->at = cursor->count = 0;
    cursor->ended = cursor->started = 0;
    cursor->last_id = 0;
    if (list.size == 0 || list.size > STM_LIST_KEY_LIMIT ||
        (source->list_size != 0 && source->list_size != list.size) ||
        (source->list_size == 0 && memchr(list.data, 0, list.size) != NULL)) {
        cursor->ended = 1;
        return STEMMA_E_MISUSE;
    }
    memcpy(cursor->list.data, list.data, list.size);
    cursor->list.size = list.size;
    status = seek_record(cursor, from);
    if (status == STEMMA_NOT_FOUND) {
        cursor->ended = 1;
        return STEMMA_OK;
    }
    if (status == STEMMA_OK) {
        status = stm_posting_find(&cursor->value, list, from, &cursor->entry, &cursor->chunk);
    }
    if (status == STEMMA_OK) {
        status = load(cursor);
    }
    settle(cursor, status);
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_posting_next_piece(stm_posting_cursor *cursor)
{
    return cursor->ended ? STEMMA_END : settle(cursor, load_next(cursor));
}

stemma_status stm_posting_cursor_next(stm_posting_cursor *cursor, uint32_t *id, uint32_t *payload)
{
    if (cursor->at == cursor->count) {
        stemma_status status;
        if (cursor->ended) {
            return STEMMA_END;
        }
        status = settle(cursor, load_next(cursor));
        if (status != STEMMA_OK) {
            return status;
        }
    }
    *id = cursor->ids[cursor->at];
    if (payload != NULL) {
        if (!cursor->has_payloads) {
            if (stm_chunk_decode_payloads(&cursor->chunk, 0, cursor->count, cursor->payloads) !=
                STEMMA_OK) {
                return settle(cursor, STEMMA_E_DAMAGED);
            }
            cursor->has_payloads = 1;
        }
        *payload = cursor->payloads[cursor->at];
    }
    cursor->at++;
    return STEMMA_OK;
}

/* Steps over entries of the value that begin before (list, id). Whether the chunk at the cursor is
   then the one to take: it is the last that begins before and was not unpacked yet, or the first
   that does not. STEMMA_END when all begin before and nothing was stepped over. */
static stemma_status step_over(stm_posting_cursor *cursor, uint32_t id, int fresh)
{
    stemma_bytes list = stm_list_key_bytes(&cursor->list);
    while (cursor->entry + 1 < cursor->value.entries) {
        stm_posting_entry next;
        int reached;
        if (stm_posting_entry_after(&cursor->value, &cursor->chunk, &next) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        reached = next.id >= id || !stm_posting_entry_is_of(&next, list);
        if (fresh && reached) {
            return STEMMA_OK;
        }
        cursor->chunk = next;
        cursor->entry++;
        if (reached) {
            return STEMMA_OK;
        }
        fresh = 1;
    }
    return fresh ? STEMMA_OK : STEMMA_END;
}

/* Goes to the chunk after the unpacked one that may be the first to reach `id`: looks at what
   follows in this record and at the next record, then seeks. */
static stemma_status skip_to(stm_posting_cursor *cursor, uint32_t id)
{
    stemma_status status;
    const uint8_t *here;
    if (id <= cursor->last_id) {
        return load_next(cursor); /* behind us: whatever comes next will do */
    }
    status = step_over(cursor, id, 0);
    if (status != STEMMA_END) {
        return status == STEMMA_OK ? load(cursor) : status;
    }
    status = next_record(cursor);
    if (status != STEMMA_OK) {
        return status == STEMMA_END ? end(cursor) : status;
    }
    if (stm_posting_entry_first(&cursor->value, &cursor->chunk) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    if (cursor->chunk.id >= id ||
        !stm_posting_entry_is_of(&cursor->chunk, stm_list_key_bytes(&cursor->list))) {
        return load(cursor);
    }
    here = cursor->value.value.data;
    status = seek_record(cursor, id);
    if (status != STEMMA_OK) {
        return STEMMA_E_DAMAGED; /* the table was not empty before */
    }
    if (cursor->value.value.data == here) {
        status = step_over(cursor, id, 1);
        return status == STEMMA_OK ? load(cursor) : STEMMA_E_DAMAGED;
    }
    status = stm_posting_find(&cursor->value, stm_list_key_bytes(&cursor->list), id, &cursor->entry,
                              &cursor->chunk);
    return status == STEMMA_OK ? load(cursor) : status;
}

stemma_status stm_posting_reach(stm_posting_cursor *cursor, uint32_t id)
{
    while (cursor->at == cursor->count || cursor->ids[cursor->count - 1] < id) {
        stemma_status status;
        if (cursor->ended) {
            return STEMMA_END;
        }
        cursor->at = cursor->count;
        status = settle(cursor, skip_to(cursor, id));
        if (status != STEMMA_OK) {
            return status;
        }
    }
    cursor->at = stm_first_not_below(cursor->ids, cursor->at, cursor->count, id);
    return STEMMA_OK;
}

stemma_status stm_posting_cursor_seek(stm_posting_cursor *cursor, uint32_t id, uint32_t *found,
                                      uint32_t *payload)
{
    stemma_status status = stm_posting_reach(cursor, id);
    return status == STEMMA_OK ? stm_posting_cursor_next(cursor, found, payload) : status;
}

stemma_status stm_posting_cursor_skip(stm_posting_cursor *cursor, uint32_t id)
{
    return stm_posting_reach(cursor, id);
}

stemma_status stm_posting_cursor_next_many(stm_posting_cursor *cursor, uint32_t *ids,
                                           uint32_t *payloads, uint32_t capacity, uint32_t *count)
{
    return stm_posting_cursor_next_until(cursor, UINT64_MAX, ids, payloads, capacity, count);
}

stemma_status stm_posting_cursor_next_until(stm_posting_cursor *cursor, uint64_t until,
                                            uint32_t *ids, uint32_t *payloads, uint32_t capacity,
                                            uint32_t *count)
{
    *count = 0;
    while (*count < capacity) {
        uint32_t take = cursor->count - cursor->at;
        if (take == 0) {
            stemma_status status;
            if (cursor->ended || (cursor->started && cursor->last_id >= until)) {
                break;
            }
            status = settle(cursor, load_next(cursor));
            if (status < 0) {
                return status;
            }
            continue;
        }
        take = take < capacity - *count ? take : capacity - *count;
        memcpy(ids + *count, cursor->ids + cursor->at, take * sizeof *ids);
        if (payloads != NULL && stm_chunk_decode_payloads(&cursor->chunk, cursor->at, take,
                                                          payloads + *count) != STEMMA_OK) {
            return settle(cursor, STEMMA_E_DAMAGED);
        }
        cursor->at += take;
        *count += take;
    }
    return *count != 0 || capacity == 0 ? STEMMA_OK : STEMMA_END;
}

/* ---- Counting -------------------------------------------------------------------------------- */

/* Ids of a chunk that are below `until`. */
static stemma_status count_below(const stm_posting_entry *chunk, uint32_t until, uint32_t *below)
{
    uint32_t ids[STM_CHUNK_LIMIT];
    if (stm_chunk_decode(chunk, ids, NULL) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    *below = stm_first_not_below(ids, 0, chunk->count, until);
    return STEMMA_OK;
}

/* Adds the postings of a chunk from `from` on. A chunk that begins there or later is not unpacked.
 */
static stemma_status count_from(const stm_posting_entry *chunk, uint32_t from, uint64_t *count)
{
    uint32_t below = 0;
    if (chunk->id < from && count_below(chunk, from, &below) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    *count += chunk->count - below;
    return STEMMA_OK;
}

stemma_status stm_posting_count_range(const stm_posting_source *source, stemma_bytes list,
                                      uint32_t from, uint64_t until, uint64_t *count)
{
    uint8_t key[STM_POSTING_KEY_LIMIT];
    stemma_bytes wanted = {key, 0}, found, bytes;
    stm_posting_value value;
    stm_posting_entry entry, edge;
    stemma_status status;
    uint32_t index, last_id = 0, below = 0;
    int has_edge = 0;
    *count = 0;
    if (list.size == 0 || list.size > STM_LIST_KEY_LIMIT) {
        return STEMMA_E_MISUSE;
    }
    if (from >= until) {
        return STEMMA_OK;
    }
    wanted.size = stm_key_posting(key, list, from, 0);
    status = source->seek(source->context, wanted, &found, &bytes);
    if (status != STEMMA_OK) {
        return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    if (stm_posting_open(found, bytes, source->list_size, &value) != STEMMA_OK ||
        stm_posting_find(&value, list, from, &index, &entry) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    for (;;) {
        for (; index < value.entries; index++) {
            if (!stm_posting_entry_is_of(&entry, list) || entry.id >= until) {
                break;
            }
            if (entry.id < last_id) {
                return STEMMA_E_DAMAGED;
            }
            /* The chunk before this one ends before it, so below `until`. */
            if (has_edge && count_from(&edge, from, count) != STEMMA_OK) {
                return STEMMA_E_DAMAGED;
            }
            edge = entry;
            has_edge = 1;
            last_id = entry.id;
            if (index + 1 < value.entries &&
                stm_posting_entry_after(&value, &entry, &entry) != STEMMA_OK) {
                return STEMMA_E_DAMAGED;
            }
        }
        if (index < value.entries) {
            break;
        }
        status = source->next(source->context, &found, &bytes);
        if (status == STEMMA_END) {
            break;
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (stm_posting_open(found, bytes, source->list_size, &value) != STEMMA_OK ||
            stm_posting_entry_first(&value, &entry) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        index = 0;
    }
    if (!has_edge) {
        return STEMMA_OK;
    }
    if (until > UINT32_MAX) {
        return count_from(&edge, from, count);
    }
    {
        uint32_t ids[STM_CHUNK_LIMIT];
        if (stm_chunk_decode(&edge, ids, NULL) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        below = stm_first_not_below(ids, 0, edge.count, from);
        *count += stm_first_not_below(ids, below, edge.count, (uint32_t)until) - below;
    }
    return STEMMA_OK;
}

stemma_status stm_posting_count(const stm_posting_source *source, stemma_bytes list,
                                uint64_t *count)
{
    return stm_posting_count_range(source, list, 0, UINT64_C(1) << 32, count);
}
