/* SPDX-License-Identifier: MIT */
/* What two documents share, word by word. */
#include <stdlib.h>

#include "trace/alike.h"
#include "base/error.h"
#include "base/grow.h"

/* Pairs of words that are compared to align two passages. */
#define PAIRS_MOST (1u << 20)

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Words of a passage, as spans of its bytes. */
struct words {
    stemma_text text;
    stemma_span *spans;
    uint32_t count;
};

static stemma_status split(struct words *words, stemma_text text)
{
    size_t capacity = 0;
    size_t at = 0;
    words->text = text;
    while (at < text.size) {
        size_t start = at;
        stemma_span *spans;
        if (is_space(text.data[at])) {
            at++;
            continue;
        }
        while (at < text.size && !is_space(text.data[at])) {
            at++;
        }
        spans = stm_grow(words->spans, &capacity, words->count + 1u, sizeof *spans);
        if (spans == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        words->spans = spans;
        spans[words->count++] = (stemma_span){(uint32_t)start, (uint32_t)at};
    }
    return STEMMA_OK;
}

static bool is_same(const struct words *a, uint32_t i, const struct words *b, uint32_t j)
{
    size_t size = a->spans[i].end - a->spans[i].start;
    return size == b->spans[j].end - b->spans[j].start &&
           memcmp(a->text.data + a->spans[i].start, b->text.data + b->spans[j].start, size) == 0;
}

/* Marks words of the middle, [start, a_end) and [start, b_end), that the longest common sequence of
   words leaves out. */
static stemma_status align(const struct words *a, uint32_t a_end, const struct words *b,
                           uint32_t b_end, uint32_t start, uint8_t *a_alone, uint8_t *b_alone)
{
    uint32_t rows = a_end - start;
    uint32_t columns = b_end - start;
    uint16_t *length;
    uint32_t i = 0;
    uint32_t j = 0;
    memset(a_alone + start, 1, rows);
    memset(b_alone + start, 1, columns);
    if (rows == 0 || columns == 0 || rows > UINT16_MAX || columns > UINT16_MAX ||
        (uint64_t)rows * columns > PAIRS_MOST) {
        return STEMMA_OK;
    }
    length = stm_zeroed(((size_t)rows + 1) * ((size_t)columns + 1), sizeof *length);
    if (length == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t r = rows; r-- > 0;) {
        for (uint32_t c = columns; c-- > 0;) {
            uint16_t *cell = &length[(size_t)r * (columns + 1) + c];
            uint16_t down = cell[columns + 1];
            uint16_t right = cell[1];
            *cell = is_same(a, start + r, b, start + c) ? (uint16_t)(cell[columns + 2] + 1)
                    : down > right                      ? down
                                                        : right;
        }
    }
    while (i < rows && j < columns) {
        const uint16_t *cell = &length[(size_t)i * (columns + 1) + j];
        if (is_same(a, start + i, b, start + j)) {
            a_alone[start + i++] = 0;
            b_alone[start + j++] = 0;
        } else if (cell[columns + 1] >= cell[1]) {
            i++;
        } else {
            j++;
        }
    }
    free(length);
    return STEMMA_OK;
}

/* Runs of marked words as spans. */
static stemma_status changes(stemma_snapshot *snapshot, const struct words *words,
                             const uint8_t *alone, const stemma_span **out, uint32_t *count,
                             stemma_error *error)
{
    stemma_span *spans;
    uint32_t runs = 0;
    for (uint32_t i = 0; i < words->count; i++) {
        runs += alone[i] && (i == 0 || !alone[i - 1]);
    }
    spans = stm_snapshot_array(snapshot, runs, sizeof *spans, error);
    if (spans == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *out = spans;
    *count = runs;
    runs = 0;
    for (uint32_t i = 0; i < words->count; i++) {
        if (alone[i] && (i == 0 || !alone[i - 1])) {
            spans[runs++] = words->spans[i];
        } else if (alone[i]) {
            spans[runs - 1].end = words->spans[i].end;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_passage_compare(stemma_snapshot *snapshot, stemma_passage *out,
                                  stemma_error *error)
{
    struct words a = {0};
    struct words b = {0};
    uint8_t *alone = NULL;
    uint32_t start = 0;
    stemma_status status = split(&a, out->from);
    if (status == STEMMA_OK) {
        status = split(&b, out->to);
    }
    alone = stm_zeroed((size_t)a.count + b.count, 1);
    if (status == STEMMA_OK && alone != NULL) {
        uint32_t a_end = a.count;
        uint32_t b_end = b.count;
        while (start < a_end && start < b_end && is_same(&a, start, &b, start)) {
            start++;
        }
        while (a_end > start && b_end > start && is_same(&a, a_end - 1, &b, b_end - 1)) {
            a_end--;
            b_end--;
        }
        status = align(&a, a_end, &b, b_end, start, alone, alone + a.count);
    }
    if (status != STEMMA_OK || alone == NULL) {
        status = stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
    }
    if (status == STEMMA_OK) {
        status = changes(snapshot, &a, alone, &out->from_changes, &out->from_change_count, error);
    }
    if (status == STEMMA_OK) {
        status = changes(snapshot, &b, alone + a.count, &out->to_changes, &out->to_change_count,
                         error);
    }
    free(a.spans);
    free(b.spans);
    free(alone);
    return status;
}

static uint32_t points_in(stemma_text text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        count += ((unsigned char)text.data[i] & 0xc0) != 0x80;
    }
    return count;
}

/* The text of a span and its place in code points. A span that cuts a character, or lies outside, is
   a stranger's: it is cut to what is there. */
stemma_status stm_passage_fetch(stemma_snapshot *snapshot, uint32_t document, stemma_span span,
                                stemma_text *text, stemma_span *points, stemma_error *error)
{
    stemma_span before = {0, span.start};
    stemma_text head = {NULL, 0};
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = STEMMA_OK;
    *points = span;
    *text = (stemma_text){NULL, 0};
    if (span.end < span.start) {
        return stm_damaged(error, STM_TABLE_DERIVATION, document, "SPAN_ORDER");
    }
    status = stemma_text_get(snapshot, document, before, &head, error);
    if (status == STEMMA_OK) {
        points->start = points_in(head);
        stm_snapshot_rewind(snapshot, mark);
        status = stemma_text_get(snapshot, document, span, text, error);
    }
    if (status == STEMMA_OK) {
        points->end = points->start + points_in(*text);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status; /* withheld */
}

stemma_status stemma_passage_get(stemma_snapshot *snapshot, const stemma_derivation *derivation,
                                 uint32_t index, stemma_passage *out, stemma_error *error)
{
    const stemma_shared_range *range;
    stemma_status status;
    memset(out, 0, sizeof *out);
    if (index >= derivation->range_count) {
        return STEMMA_NOT_FOUND;
    }
    range = &derivation->ranges[index];
    status = stm_passage_fetch(snapshot, derivation->from, range->from, &out->from,
                               &out->from_points, error);
    if (status == STEMMA_OK) {
        status = stm_passage_fetch(snapshot, derivation->to, range->to, &out->to, &out->to_points,
                                   error);
    }
    if (status == STEMMA_OK && out->from.size != 0 && out->to.size != 0) {
        status = stm_passage_compare(snapshot, out, error);
    }
    return status;
}
