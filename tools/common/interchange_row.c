/* SPDX-License-Identifier: MIT */
/* One row as a line, whatever it holds. */
#include <stdlib.h>
#include <string.h>

#include "common/interchange_row_text.h"

#define KEY_SIZE 16u /* room for a key of the members that few rows have, and no more than the slack of a line */

bool stm_row_reserve(struct stm_row_text *writing, size_t more)
{
    size_t capacity = writing->capacity;
    char *wider;
    if (more <= capacity - writing->used) {
        return true;
    }
    while (capacity - writing->used < more) {
        capacity *= 2;
    }
    wider = realloc(writing->buffer, capacity + STM_ROW_SLACK);
    if (wider == NULL) {
        writing->no_memory = true;
        return false;
    }
    writing->buffer = wider;
    writing->capacity = capacity;
    return true;
}

static void put(struct stm_row_text *writing, const char *data, size_t size)
{
    if (stm_row_reserve(writing, size)) {
        memcpy(writing->buffer + writing->used, data, size);
        writing->used += size;
    }
}

#define PUT(writing, literal) put((writing), (literal), sizeof(literal) - 1)

/* The name of a term, which the decoder of the vocabulary has checked: nothing in it is to be
 * escaped. */
static void put_name(struct stm_row_text *writing, stemma_text name)
{
    if (stm_row_reserve(writing, name.size + 2)) {
        char *out = writing->buffer + writing->used;
        *out++ = '"';
        memcpy(out, name.data, name.size);
        out[name.size] = '"';
        writing->used += name.size + 2;
    }
}

static void put_number(struct stm_row_text *writing, uint32_t number)
{
    char digits[10];
    size_t size = 0;
    do {
        digits[sizeof digits - ++size] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    put(writing, digits + sizeof digits - size, size);
}

static void put_text(struct stm_row_text *writing, stemma_text text)
{
    if (stm_json_stands(text) == text.size) {
        if (stm_row_reserve(writing, text.size + 2)) {
            char *out = writing->buffer + writing->used;
            *out++ = '"';
            if (text.size != 0) {
                memcpy(out, text.data, text.size);
            }
            out[text.size] = '"';
            writing->used += text.size + 2;
        }
        return;
    }
    stm_json_reset(&writing->escape);
    stm_json_text(&writing->escape, text);
    writing->no_memory |= stm_json_status(&writing->escape) != STEMMA_OK;
    put(writing, writing->escape.data, writing->escape.size);
}

static void put_actor(struct stm_row_text *writing, uint32_t actor)
{
    const struct stm_row_actors *actors = writing->actors;
    stemma_text text;
    if (actor >= actors->count) {
        put_number(writing, actor); /* of a damaged file: pack says so */
        return;
    }
    text = stm_row_actor(actors, actor);
    put(writing, text.data, text.size);
}

/* Participants come by role. */
static void put_participants(struct stm_row_text *writing, const stemma_row_view *row)
{
    uint32_t i = 0;
    PUT(writing, ",\"participants\":{");
    while (i < row->participant_count) {
        uint32_t end = i + 1;
        while (end < row->participant_count &&
               stemma_text_equal(row->participants[end].role, row->participants[i].role)) {
            end++;
        }
        if (i != 0) {
            PUT(writing, ",");
        }
        put_name(writing, row->participants[i].role);
        PUT(writing, ":");
        if (end - i > 1) {
            PUT(writing, "[");
        }
        for (uint32_t k = i; k < end; k++) {
            if (k != i) {
                PUT(writing, ",");
            }
            put_actor(writing, row->participants[k].referent);
        }
        if (end - i > 1) {
            PUT(writing, "]");
        }
        i = end;
    }
    PUT(writing, "}");
}

/* A member with a text, and nothing when that is empty. */
static void put_member(struct stm_row_text *writing, const char *key, size_t key_size, stemma_text text)
{
    char *out;
    if (text.size == 0) {
        return;
    }
    if (stm_json_stands(text) != text.size) {
        put(writing, key, key_size);
        put_text(writing, text);
        return;
    }
    if (stm_row_reserve(writing, key_size + text.size + 2)) {
        out = writing->buffer + writing->used;
        memcpy(out, key, KEY_SIZE); /* what is behind it is written next */
        out[key_size] = '"';
        memcpy(out + key_size + 1, text.data, text.size);
        out[key_size + 1 + text.size] = '"';
        writing->used += key_size + text.size + 2;
    }
}

#define PUT_MEMBER(writing, key, text)                                                             \
    do {                                                                                           \
        static const char padded[KEY_SIZE] = key;                                                  \
        put_member((writing), padded, sizeof(key) - 1, (text));                                    \
    } while (0)

void stm_row_put_rare(struct stm_row_text *writing, stemma_text external_id, stemma_text content,
                      stemma_text predicate, stemma_text amount, stemma_text unit)
{
    PUT_MEMBER(writing, ",\"external_id\":", external_id);
    PUT_MEMBER(writing, ",\"content\":", content);
    if (predicate.size != 0) {
        PUT(writing, ",\"quantity\":{\"predicate\":");
        put_text(writing, predicate);
        PUT(writing, ",\"amount\":");
        put_text(writing, amount);
        PUT_MEMBER(writing, ",\"unit\":", unit);
        PUT(writing, "}");
    }
}

void stm_row_put(struct stm_row_text *writing, const stemma_row_view *row)
{
    PUT(writing, "{\"record\":\"row\",\"row\":");
    put_number(writing, row->number);
    PUT(writing, ",\"type\":");
    put_name(writing, row->type);
    if (row->time.size != 0) {
        PUT(writing, ",\"time\":");
        put_text(writing, row->time);
    }
    if (row->participant_count != 0) {
        put_participants(writing, row);
    }
    if (row->place != STEMMA_NONE) {
        PUT(writing, ",\"place\":");
        put_actor(writing, row->place);
    }
    if (row->source != STEMMA_NONE) {
        PUT(writing, ",\"source\":");
        put_actor(writing, row->source);
    }
    stm_row_put_rare(writing, row->external_id, row->content, row->quantity_predicate, row->amount,
                     row->unit);
    PUT(writing, "}\n");
}
