/* SPDX-License-Identifier: MIT */
#include "posting_cursor.h"

#include "bits.h"

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

/* Unpacks the chunk at value/entry, moving to the next record when entry is behind the last. Each
   chunk must go on where the last one ended, so that a damaged table cannot make a loop. */
static stemma_status load(stm_posting_cursor *cursor)
{
    stm_posting_entry *chunk = &cursor->chunk;
    uint64_t first_payload, last_payload;
    stemma_status status;
    int order;
    if (cursor->entry >= cursor->value.entries) {
        status = next_record(cursor);
        if (status != STEMMA_OK) {
            return status == STEMMA_END ? end(cursor) : status;
        }
    }
    if (stm_posting_entry_at(&cursor->value, cursor->entry, chunk) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    order = stm_posting_entry_compare(chunk, stm_list_key_bytes(&cursor->list));
    if (order > 0) {
        return end(cursor);
    }
    if (order < 0 || stm_chunk_decode(chunk, cursor->ids, NULL) != STEMMA_OK ||
        cursor->ids[chunk->count - 1] >= cursor->bound) {
        return STEMMA_E_DAMAGED;
    }
    first_payload = stm_chunk_payload(chunk, 0);
    last_payload = stm_chunk_payload(chunk, chunk->count - 1);
    if (last_payload > UINT32_MAX ||
        (cursor->started &&
         (cursor->ids[0] < cursor->last_id ||
          (cursor->ids[0] == cursor->last_id && first_payload <= cursor->last_payload)))) {
        return STEMMA_E_DAMAGED;
    }
    cursor->started = 1;
    cursor->count = chunk->count;
    cursor->at = 0;
    cursor->last_id = cursor->ids[chunk->count - 1];
    cursor->last_payload = (uint32_t)last_payload;
    return STEMMA_OK;
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
    stemma_status status;
    cursor->source = *source;
    cursor->bound = bound;
    cursor->entry = cursor->at = cursor->count = 0;
    cursor->ended = cursor->started = 0;
    cursor->last_id = cursor->last_payload = 0;
    if (list.size == 0 || list.size > STM_LIST_KEY_LIMIT ||
        (source->list_size != 0 && source->list_size != list.size) ||
        (source->list_size == 0 && memchr(list.data, 0, list.size) != NULL)) {
        cursor->ended = 1;
        return STEMMA_E_MISUSE;
    }
    memcpy(cursor->list.data, list.data, list.size);
    cursor->list.size = list.size;
    status = seek_record(cursor, 0);
    if (status == STEMMA_NOT_FOUND) {
        cursor->ended = 1;
        return STEMMA_OK;
    }
    if (status == STEMMA_OK) {
        status = stm_posting_find(&cursor->value, list, 0, &cursor->entry);
    }
    if (status == STEMMA_OK) {
        status = load(cursor);
    }
    settle(cursor, status);
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_posting_cursor_next(stm_posting_cursor *cursor, uint32_t *id, uint32_t *payload)
{
    if (cursor->at == cursor->count) {
        stemma_status status;
        if (cursor->ended) {
            return STEMMA_END;
        }
        cursor->entry++;
        status = settle(cursor, load(cursor));
        if (status != STEMMA_OK) {
            return status;
        }
    }
    *id = cursor->ids[cursor->at];
    if (payload != NULL) {
        uint64_t wide = stm_chunk_payload(&cursor->chunk, cursor->at);
        if (wide > UINT32_MAX) {
            return settle(cursor, STEMMA_E_DAMAGED);
        }
        *payload = (uint32_t)wide;
    }
    cursor->at++;
    return STEMMA_OK;
}

/* First place in [at, count) whose id is not below `id`: gallops, as the target is mostly near. */
static uint32_t first_not_below(const uint32_t *ids, uint32_t at, uint32_t count, uint32_t id)
{
    uint32_t step = 1, low = at, high;
    while (step < count - at && ids[at + step - 1] < id) {
        low = at + step;
        step *= 2;
    }
    high = step < count - at ? at + step : count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ids[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Goes to the chunk after the unpacked one that may be the first to reach `id`. */
static stemma_status skip_to(stm_posting_cursor *cursor, uint32_t id)
{
    const uint8_t *here = cursor->value.value.data;
    stemma_bytes list = stm_list_key_bytes(&cursor->list);
    uint32_t next = cursor->entry + 1, found;
    stemma_status status;
    if (id <= cursor->last_id) {
        cursor->entry = next; /* behind us: whatever comes next will do */
        return load(cursor);
    }
    if (next < cursor->value.entries) {
        status = stm_posting_find(&cursor->value, list, id, &found);
        if (status != STEMMA_OK) {
            return status;
        }
        cursor->entry = found > next ? found : next;
        if (cursor->entry < cursor->value.entries) {
            return load(cursor);
        }
    }
    status = seek_record(cursor, id);
    if (status != STEMMA_OK) {
        return STEMMA_E_DAMAGED; /* the table was not empty before */
    }
    if (cursor->value.value.data == here) {
        cursor->entry = cursor->value.entries;
        return load(cursor);
    }
    status = stm_posting_find(&cursor->value, list, id, &cursor->entry);
    return status == STEMMA_OK ? load(cursor) : status;
}

stemma_status stm_posting_cursor_seek(stm_posting_cursor *cursor, uint32_t id, uint32_t *found,
                                      uint32_t *payload)
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
    cursor->at = first_not_below(cursor->ids, cursor->at, cursor->count, id);
    return stm_posting_cursor_next(cursor, found, payload);
}

stemma_status stm_posting_count(const stm_posting_source *source, stemma_bytes list,
                                uint64_t *count)
{
    uint8_t key[STM_POSTING_KEY_LIMIT];
    stemma_bytes wanted = {key, 0}, found, bytes;
    stm_posting_value value;
    stemma_status status;
    uint32_t index;
    *count = 0;
    if (list.size == 0 || list.size > STM_LIST_KEY_LIMIT) {
        return STEMMA_E_MISUSE;
    }
    wanted.size = stm_key_posting(key, list, 0, 0);
    status = source->seek(source->context, wanted, &found, &bytes);
    if (status != STEMMA_OK) {
        return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    if (stm_posting_open(found, bytes, source->list_size, &value) != STEMMA_OK ||
        stm_posting_find(&value, list, 0, &index) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    for (;;) {
        for (; index < value.entries; index++) {
            stm_posting_entry entry;
            int order;
            if (stm_posting_entry_at(&value, index, &entry) != STEMMA_OK) {
                return STEMMA_E_DAMAGED;
            }
            order = stm_posting_entry_compare(&entry, list);
            if (order != 0) {
                return order > 0 ? STEMMA_OK : STEMMA_E_DAMAGED;
            }
            *count += entry.count;
        }
        status = source->next(source->context, &found, &bytes);
        if (status != STEMMA_OK) {
            return status == STEMMA_END ? STEMMA_OK : status;
        }
        if (stm_posting_open(found, bytes, source->list_size, &value) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        index = 0;
    }
}
