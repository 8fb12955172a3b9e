/* SPDX-License-Identifier: MIT */
/* What two lists have in common, of posting_cursor.h.
 *
 * Lists of which neither is much denser than the other are taken a window at a time: those of one list
 * are marked in it, a bit each, those of the other looked up. No step waits for the one before, and
 * where pieces end is asked once a window, which makes it several times as quick as going through both
 * together. Where one list has little, the other leaps. */
#include "posting_piece.h"

/* Ids of a window: their bits stay in the processor's first cache. */
#define WINDOW 65536u

/* Ids that are marked at most before they are looked up, and those of one list in as many as a window
   has that are worth it. */
#define MARKED_MOST  2048u
#define MARKED_LEAST 128u

typedef struct window {
    uint32_t base; /* id of the first bit */
    uint32_t last; /* greatest id that is marked */
    uint8_t bits[WINDOW / 8];
} window;

/* ---- Windows --------------------------------------------------------------------------------- */

/* (Several a turn, here and below: the loop itself would be half of the work.) */
static inline void mark(uint8_t *bits, uint32_t base, const uint32_t *ids, uint32_t count)
{
    uint32_t i = 0;
    for (; i + 4 <= count; i += 4) {
        for (uint32_t k = 0; k < 4; k++) {
            const uint32_t place = ids[i + k] - base;
            bits[place / 8] |= (uint8_t)(1u << place % 8);
        }
    }
    for (; i < count; i++) {
        const uint32_t place = ids[i] - base;
        bits[place / 8] |= (uint8_t)(1u << place % 8);
    }
}

static inline uint32_t is_marked(const uint8_t *bits, uint32_t place)
{
    return (uint32_t)bits[place / 8] >> place % 8 & 1u;
}

/* Copies ids that are marked to `out`, which has room for all of them. How many. */
static inline uint32_t take_marked(const uint8_t *bits, uint32_t base, const uint32_t *restrict ids,
                                   uint32_t count, uint32_t *restrict out)
{
    uint32_t hits = 0, i = 0;
    for (; i + 4 <= count; i += 4) {
        for (uint32_t k = 0; k < 4; k++) {
            out[hits] = ids[i + k];
            hits += is_marked(bits, ids[i + k] - base);
        }
    }
    for (; i < count; i++) {
        out[hits] = ids[i];
        hits += is_marked(bits, ids[i] - base);
    }
    return hits;
}

/* How many of what is left of the piece lie below `end`. */
static inline uint32_t below(const stm_posting_cursor *cursor, uint64_t end)
{
    return cursor->ids[cursor->count - 1] < end
               ? cursor->count - cursor->at
               : stm_first_not_below(cursor->ids, cursor->at, cursor->count, (uint32_t)end) - cursor->at;
}

/* Marks some of a list from where it stands, all below `end`, at most `most` of them, and at least one
   when there is one. */
static stemma_status fill(stm_posting_cursor *cursor, uint64_t end, uint32_t most, window *out)
{
    stemma_status status = STEMMA_OK;
    uint32_t marked = 0, cleared = 0;
    out->base = out->last = cursor->ids[cursor->at];
    end = end - out->base < WINDOW ? end : (uint64_t)out->base + WINDOW;
    do {
        const uint32_t *const ids = cursor->ids + cursor->at;
        const uint32_t count = below(cursor, end);
        if (count != 0) {
            const uint32_t bytes = (ids[count - 1] - out->base) / 8 + 1;
            memset(out->bits + cleared, 0, bytes - cleared);
            cleared = bytes;
            mark(out->bits, out->base, ids, count);
            out->last = ids[count - 1];
            cursor->at += count;
            marked += count;
        }
        if (cursor->at < cursor->count) {
            break;
        }
        status = marked + STM_CHUNK_LIMIT <= most ? stm_posting_next_piece(cursor) : STEMMA_END;
    } while (status == STEMMA_OK);
    return status < 0 ? status : STEMMA_OK;
}

/* Adds to `ids` those of a list, from where it stands up to the last that is marked, that are. Room for
   as many as are marked, and for one piece. */
static stemma_status look_up(stm_posting_cursor *cursor, const window *in, uint32_t *ids,
                             uint32_t *count)
{
    stemma_status status = stm_posting_reach(cursor, in->base);
    while (status == STEMMA_OK) {
        const uint32_t some = below(cursor, (uint64_t)in->last + 1);
        const uint32_t hits =
            *count + take_marked(in->bits, in->base, cursor->ids + cursor->at, some, ids + *count);
        /* A list holds an id more than once when the event is in it in several roles. */
        for (uint32_t i = *count; i < hits; i++) {
            ids[*count] = ids[i];
            *count += *count == 0 || ids[*count - 1] != ids[i];
        }
        cursor->at += some;
        if (cursor->at < cursor->count) {
            break;
        }
        status = stm_posting_next_piece(cursor);
    }
    return status < 0 ? status : STEMMA_OK;
}

/* ---- Pieces ---------------------------------------------------------------------------------- */

/* How many ids what is left of a piece lies within. */
static uint64_t span_of(const stm_posting_cursor *cursor)
{
    return (uint64_t)cursor->ids[cursor->count - 1] - cursor->ids[cursor->at] + 1;
}

/* Whether neither of two pieces is `factor` times as dense as the other; and whether the left one is
   denser. */
static int alike(const stm_posting_cursor *left, const stm_posting_cursor *right, uint32_t factor,
                 int *denser)
{
    const uint64_t a = (left->count - left->at) * span_of(right);
    const uint64_t b = (right->count - right->at) * span_of(left);
    *denser = a > b;
    return a < factor * b && b < factor * a;
}

/* Whether enough of the piece lies in a window for marks to pay. */
static int is_dense(const stm_posting_cursor *cursor)
{
    const uint64_t count = cursor->count - cursor->at;
    return count >= 16 && count * WINDOW >= MARKED_LEAST * span_of(cursor);
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

/* What a step takes out of both lists, of which the right one stands no further back. `*passed`: no id up
   to it is left to be found. */
static stemma_status step(stm_posting_cursor *left, stm_posting_cursor *right, uint64_t until,
                          window *room, uint32_t *ids, uint32_t capacity, uint32_t *count,
                          uint32_t *passed)
{
    const uint32_t a = left->ids[left->at], b = right->ids[right->at], before = *count;
    int denser;
    if (capacity - before >= 2 * STM_CHUNK_LIMIT && alike(left, right, 32, &denser) &&
        (is_dense(left) || is_dense(right))) {
        const uint32_t most = capacity - before - STM_CHUNK_LIMIT;
        stemma_status status =
            fill(denser ? left : right, until, most < MARKED_MOST ? most : MARKED_MOST, room);
        *passed = room->last;
        return status == STEMMA_OK ? look_up(denser ? right : left, room, ids, count) : status;
    }
    *passed = 0;
    if (alike(left, right, 8, &denser)) {
        *count = merge(left, right, ids, before, capacity);
    } else if (a == b) {
        ids[(*count)++] = a;
    }
    if (*count != before) {
        *passed = ids[*count - 1]; /* and all postings of it */
    }
    if (right->at < right->count && right->ids[right->at] > *passed) {
        *passed = right->ids[right->at] - 1;
    }
    return STEMMA_OK;
}

stemma_status stm_posting_intersect(stm_posting_cursor *left, stm_posting_cursor *right,
                                    uint64_t until, uint32_t *ids, uint32_t capacity,
                                    uint32_t *count)
{
    window room;
    stemma_status status = stm_posting_reach(left, 0);
    *count = 0;
    if (status == STEMMA_OK) {
        status = stm_posting_reach(right, left->ids[left->at]);
    }
    while (status == STEMMA_OK && *count < capacity && right->ids[right->at] < until) {
        uint32_t passed = 0;
        status = step(left, right, until, &room, ids, capacity, count, &passed);
        if (status == STEMMA_OK) {
            status = stm_posting_reach(left, passed + 1);
        }
        if (status == STEMMA_OK) {
            status = stm_posting_reach(right, left->ids[left->at]);
        }
    }
    return status < 0 ? status : *count != 0 || capacity == 0 ? STEMMA_OK : STEMMA_END;
}
