/* SPDX-License-Identifier: MIT */
#include "posting_cursor.h"

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

/* Takes the chunk at value/entry, moving to the next record when entry is behind the last; `ready`:
   cursor->chunk is it already. Each chunk must go on where the last one ended, so that a damaged
   table cannot make a loop. */
static stemma_status load(stm_posting_cursor *cursor, int ready)
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
        ready = 0;
    }
    if (!ready && stm_posting_entry_at(&cursor->value, cursor->entry, chunk) != STEMMA_OK) {
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
    cursor->has_payloads = 0;
    cursor->started = 1;
    cursor->count = chunk->count;
    cursor->at = 0;
    cursor->last_id = cursor->ids[chunk->count - 1];
    cursor->last_payload = (uint32_t)last_payload;
    return STEMMA_OK;
}

/* Goes to the chunk behind the one that is unpacked. */
static stemma_status load_next(stm_posting_cursor *cursor)
{
    int ready = ++cursor->entry < cursor->value.entries;
    if (ready &&
        stm_posting_entry_after(&cursor->value, &cursor->chunk, &cursor->chunk) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    return load(cursor, ready);
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
    cursor->last_id = cursor->last_payload = 0;
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
        status = load(cursor, 1);
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

/* First place in [at, count) whose id is not below `id`: gallops, as the target is mostly near. */
static uint32_t first_not_below(const uint32_t *ids, uint32_t at, uint32_t count, uint32_t id)
{
    uint32_t step = 1, low = at, high;
    while (step < count - at && ids[at + step - 1] < id) {
        low = at + step;
        step *= 2;
    }
    high = step < count - at ? at + step : count;
    /* Halves without a branch on which half: there is no telling. */
    for (uint32_t left = high - low; left != 0;) {
        uint32_t half = (left + 1) / 2;
        low += ids[low + half - 1] < id ? half : 0;
        left -= half;
    }
    return low;
}

/* Steps over entries of the value that begin before (list, id). Whether the chunk at the cursor is
   then the one to take: it is the last that begins before and was not unpacked yet, or the first
   that does not. STEMMA_END when all begin before and nothing was stepped over. */
static stemma_status step_over(stm_posting_cursor *cursor, uint32_t id, int fresh)
{
    stemma_bytes list = stm_list_key_bytes(&cursor->list);
    while (cursor->entry + 1 < cursor->value.entries) {
        stm_posting_entry next;
        int order;
        if (stm_posting_entry_after(&cursor->value, &cursor->chunk, &next) != STEMMA_OK) {
            return STEMMA_E_DAMAGED;
        }
        order = stm_posting_entry_compare(&next, list);
        if (fresh && (order > 0 || (order == 0 && next.id >= id))) {
            return STEMMA_OK;
        }
        cursor->chunk = next;
        cursor->entry++;
        if (order > 0 || (order == 0 && next.id >= id)) {
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
        return status == STEMMA_OK ? load(cursor, 1) : status;
    }
    status = next_record(cursor);
    if (status != STEMMA_OK) {
        return status == STEMMA_END ? end(cursor) : status;
    }
    if (stm_posting_entry_at(&cursor->value, 0, &cursor->chunk) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    if (cursor->chunk.id >= id ||
        stm_posting_entry_compare(&cursor->chunk, stm_list_key_bytes(&cursor->list)) != 0) {
        return load(cursor, 1);
    }
    here = cursor->value.value.data;
    status = seek_record(cursor, id);
    if (status != STEMMA_OK) {
        return STEMMA_E_DAMAGED; /* the table was not empty before */
    }
    if (cursor->value.value.data == here) {
        status = step_over(cursor, id, 1);
        return status == STEMMA_OK ? load(cursor, 1) : STEMMA_E_DAMAGED;
    }
    status = stm_posting_find(&cursor->value, stm_list_key_bytes(&cursor->list), id, &cursor->entry,
                              &cursor->chunk);
    return status == STEMMA_OK ? load(cursor, 1) : status;
}

/* Makes sure that there is a posting to give out whose id is not below `id`. */
static stemma_status reach(stm_posting_cursor *cursor, uint32_t id)
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
    return STEMMA_OK;
}

stemma_status stm_posting_cursor_seek(stm_posting_cursor *cursor, uint32_t id, uint32_t *found,
                                      uint32_t *payload)
{
    stemma_status status = reach(cursor, id);
    return status == STEMMA_OK ? stm_posting_cursor_next(cursor, found, payload) : status;
}

stemma_status stm_posting_cursor_skip(stm_posting_cursor *cursor, uint32_t id)
{
    return reach(cursor, id);
}

stemma_status stm_posting_cursor_next_many(stm_posting_cursor *cursor, uint32_t *ids,
                                           uint32_t *payloads, uint32_t capacity, uint32_t *count)
{
    *count = 0;
    while (*count < capacity) {
        uint32_t take = cursor->count - cursor->at;
        if (take == 0) {
            stemma_status status;
            if (cursor->ended) {
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

/* Whether neither of two unpacked pieces is `factor` times as dense as the other. */
static int alike(const stm_posting_cursor *left, const stm_posting_cursor *right, uint32_t factor)
{
    uint64_t a = left->count - left->at, b = right->count - right->at;
    uint64_t span_a = (uint64_t)left->ids[left->count - 1] - left->ids[left->at] + 1;
    uint64_t span_b = (uint64_t)right->ids[right->count - 1] - right->ids[right->at] + 1;
    return a * span_b < factor * b * span_a && b * span_a < factor * a * span_b;
}

/* Goes through both pieces until one is used up or there is no room. Each step moves one of the two
   or both, without a branch on which. */
static uint32_t merge(stm_posting_cursor *left, stm_posting_cursor *right, uint32_t *ids,
                      uint32_t count, uint32_t capacity)
{
    uint32_t a = left->at, b = right->at;
    while (a < left->count && b < right->count && count < capacity) {
        uint32_t x = left->ids[a], y = right->ids[b];
        ids[count] = x;
        count += x == y && (count == 0 || ids[count - 1] != x);
        a += x <= y;
        b += y <= x;
    }
    left->at = a;
    right->at = b;
    return count;
}

/* Ids that are marked together, and the least of one list among them that is worth it. */
#define MARKS      8192u
#define MARK_LEAST 16u

/* Which ids of one list lie in a window of MARKS ids. A mark counts only with the number of the
   window it was made in, so that none is ever taken back. */
typedef struct marks {
    uint8_t window; /* 0: none of `at` is set yet */
    uint8_t at[MARKS];
} marks;

static void next_window(marks *all)
{
    if (all->window == 0 || all->window == UINT8_MAX) {
        memset(all->at, 0, sizeof all->at);
        all->window = 0;
    }
    all->window++;
}

/* The same as merge(), with room for all of `right`: marks those of `left` and looks each of
   `right` up. No step waits for the one before, which makes it several times as quick. */
static uint32_t mark(stm_posting_cursor *left, stm_posting_cursor *right, marks *all, uint32_t *ids,
                     uint32_t count)
{
    const uint32_t *const x = left->ids, *const y = right->ids;
    uint32_t a = left->at, b = right->at;
    while (a < left->count && b < right->count) {
        const uint32_t base = x[a];
        uint32_t last, hits = count;
        uint8_t window;
        next_window(all);
        window = all->window;
        while (a < left->count && x[a] - base < MARKS) {
            all->at[x[a++] % MARKS] = window;
        }
        last = x[a - 1];
        b = first_not_below(y, b, right->count, base);
        while (b < right->count && y[b] <= last) {
            ids[hits] = y[b];
            hits += all->at[y[b++] % MARKS] == window;
        }
        /* A list holds an id more than once when the event is in it in several roles. */
        for (uint32_t i = count; i < hits; i++) {
            ids[count] = ids[i];
            count += count == 0 || ids[count - 1] != ids[i];
        }
    }
    if (a != 0 && b == right->count && x[a - 1] > y[b - 1]) {
        a = first_not_below(x, left->at, a, y[b - 1] + 1);
    }
    left->at = a;
    right->at = b;
    return count;
}

/* Whether enough of the piece lies in a window for marks to pay. */
static int is_dense(const stm_posting_cursor *cursor)
{
    uint64_t span = (uint64_t)cursor->ids[cursor->count - 1] - cursor->ids[cursor->at] + 1;
    uint64_t count = cursor->count - cursor->at;
    return count >= MARK_LEAST && count * MARKS >= MARK_LEAST * span;
}

stemma_status stm_posting_intersect(stm_posting_cursor *left, stm_posting_cursor *right,
                                    uint64_t until, uint32_t *ids, uint32_t capacity,
                                    uint32_t *count)
{
    marks all;
    stemma_status status = reach(left, 0);
    all.window = 0;
    *count = 0;
    if (status == STEMMA_OK) {
        status = reach(right, left->ids[left->at]);
    }
    while (status == STEMMA_OK && *count < capacity && left->ids[left->at] < until) {
        uint32_t a = left->ids[left->at], b = right->ids[right->at];
        uint32_t before = *count;
        if (alike(left, right, 32) && (is_dense(left) || is_dense(right)) &&
            capacity - before >= right->count - right->at) {
            *count = mark(left, right, &all, ids, before);
        } else if (alike(left, right, 8)) {
            *count = merge(left, right, ids, before, capacity);
        } else if (a == b) {
            ids[(*count)++] = a;
        }
        if (*count != before) {
            /* Past all postings of the last id, and what the other list has there. */
            uint32_t last = ids[*count - 1];
            if (last == UINT32_MAX) {
                end(left);
                break;
            }
            status = reach(left, last + 1);
            if (status == STEMMA_OK) {
                status = reach(right, left->ids[left->at]);
            }
            continue;
        }
        /* A piece that merge() used up is left behind here. */
        status = reach(left, right->at < right->count ? right->ids[right->at] : b);
        if (status == STEMMA_OK) {
            status = reach(right, left->ids[left->at]);
        }
    }
    return status < 0 ? status : *count != 0 || capacity == 0 ? STEMMA_OK : STEMMA_END;
}

/* ---- Counting -------------------------------------------------------------------------------- */

/* Ids of a chunk that are below `until`. */
static stemma_status count_below(const stm_posting_entry *chunk, uint32_t until, uint32_t *below)
{
    uint32_t ids[STM_CHUNK_LIMIT];
    if (stm_chunk_decode(chunk, ids, NULL) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    *below = first_not_below(ids, 0, chunk->count, until);
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
            int order = stm_posting_entry_compare(&entry, list);
            if (order < 0 || (order == 0 && entry.id < last_id)) {
                return STEMMA_E_DAMAGED;
            }
            if (order > 0 || entry.id >= until) {
                break;
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
            stm_posting_entry_at(&value, 0, &entry) != STEMMA_OK) {
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
        below = first_not_below(ids, 0, edge.count, from);
        *count += first_not_below(ids, below, edge.count, (uint32_t)until) - below;
    }
    return STEMMA_OK;
}

stemma_status stm_posting_count(const stm_posting_source *source, stemma_bytes list,
                                uint64_t *count)
{
    return stm_posting_count_range(source, list, 0, UINT64_C(1) << 32, count);
}
