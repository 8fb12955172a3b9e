/* SPDX-License-Identifier: MIT */
#include "common/interchange_row.h"

#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "error.h"

#define BUFFER_SIZE ((size_t)1 << 18)

/* Actors of the data set as they stand in lines: "Name", or their position when others are called
 * so. */
struct actors {
    stm_json text; /* one behind the other */
    size_t *ends;  /* of each */
    uint32_t count;
};

struct writing {
    stm_json *json;
    stm_json escape; /* scratch: a text that has to be escaped */
    struct actors actors;
    char *buffer;
    size_t used;
    size_t capacity;
    stemma_error *error;
    bool no_memory;
};

static stemma_text name_of(const stemma_document *document, uint32_t actor)
{
    const stemma_referent *referent = &document->referents[actor];
    return referent->name_count != 0 ? referent->names[0].text : (stemma_text){NULL, 0};
}

/* Marks the actors whose name no other one has. */
static bool find_unique(const stemma_document *document, uint8_t *unique)
{
    size_t slots = 16;
    uint32_t *table;
    while (slots < 2 * (size_t)document->referent_count) {
        slots *= 2;
    }
    table = calloc(slots, sizeof *table); /* actor + 1 */
    if (table == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < document->referent_count; i++) {
        stemma_text name = name_of(document, i);
        size_t at = (size_t)stm_hash64((stemma_bytes){(const uint8_t *)name.data, name.size}, 0) &
                    (slots - 1);
        unique[i] = name.size != 0;
        while (table[at] != 0 && !stemma_text_equal(name_of(document, table[at] - 1), name)) {
            at = (at + 1) & (slots - 1);
        }
        if (table[at] != 0) {
            unique[table[at] - 1] = 0;
            unique[i] = 0;
        } else {
            table[at] = i + 1;
        }
    }
    free(table);
    return true;
}

static bool prepare_actors(struct actors *actors, const stemma_document *document)
{
    uint8_t *unique = malloc((size_t)document->referent_count + 1);
    bool good;
    actors->count = document->referent_count;
    actors->ends = malloc(((size_t)actors->count + 1) * sizeof *actors->ends);
    stm_json_to_buffer(&actors->text, 0);
    good = unique != NULL && actors->ends != NULL && find_unique(document, unique);
    for (uint32_t i = 0; good && i < actors->count; i++) {
        if (unique[i]) {
            stm_json_text(&actors->text, name_of(document, i));
        } else {
            stm_json_unsigned(&actors->text, i);
        }
        actors->ends[i] = actors->text.size;
    }
    good = good && stm_json_status(&actors->text) == STEMMA_OK;
    free(unique);
    return good;
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static bool reserve(struct writing *writing, size_t more)
{
    size_t capacity = writing->capacity;
    char *wider;
    if (more <= capacity - writing->used) {
        return true;
    }
    while (capacity - writing->used < more) {
        capacity *= 2;
    }
    wider = realloc(writing->buffer, capacity);
    if (wider == NULL) {
        writing->no_memory = true;
        return false;
    }
    writing->buffer = wider;
    writing->capacity = capacity;
    return true;
}

static void put(struct writing *writing, const char *data, size_t size)
{
    if (reserve(writing, size)) {
        memcpy(writing->buffer + writing->used, data, size);
        writing->used += size;
    }
}

#define PUT(writing, literal) put((writing), (literal), sizeof(literal) - 1)

/* The name of a term, which the decoder of the vocabulary has checked: nothing in it is to be
 * escaped. */
static void put_name(struct writing *writing, stemma_text name)
{
    if (reserve(writing, name.size + 2)) {
        char *out = writing->buffer + writing->used;
        *out++ = '"';
        memcpy(out, name.data, name.size);
        out[name.size] = '"';
        writing->used += name.size + 2;
    }
}

static void put_number(struct writing *writing, uint32_t number)
{
    char digits[10];
    size_t size = 0;
    do {
        digits[sizeof digits - ++size] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    put(writing, digits + sizeof digits - size, size);
}

/* Whether a text stands in JSON as it is. */
static bool plain(stemma_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte < 0x20 || byte >= 0x7f || byte == '"' || byte == '\\') {
            return false;
        }
    }
    return true;
}

static void put_text(struct writing *writing, stemma_text text)
{
    if (plain(text)) {
        if (reserve(writing, text.size + 2)) {
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

static void put_actor(struct writing *writing, uint32_t actor)
{
    const struct actors *actors = &writing->actors;
    size_t from;
    if (actor >= actors->count) {
        put_number(writing, actor); /* of a damaged file: pack says so */
        return;
    }
    from = actor != 0 ? actors->ends[actor - 1] : 0;
    put(writing, actors->text.data + from, actors->ends[actor] - from);
}

/* Participants come by role. */
static void put_participants(struct writing *writing, const stemma_row_view *row)
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

static void put_row(struct writing *writing, const stemma_row_view *row)
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
    if (row->external_id.size != 0) {
        PUT(writing, ",\"external_id\":");
        put_text(writing, row->external_id);
    }
    if (row->content.size != 0) {
        PUT(writing, ",\"content\":");
        put_text(writing, row->content);
    }
    if (row->quantity_predicate.size != 0) {
        PUT(writing, ",\"quantity\":{\"predicate\":");
        put_text(writing, row->quantity_predicate);
        PUT(writing, ",\"amount\":");
        put_text(writing, row->amount);
        if (row->unit.size != 0) {
            PUT(writing, ",\"unit\":");
            put_text(writing, row->unit);
        }
        PUT(writing, "}");
    }
    PUT(writing, "}\n");
}

/* What the buffer holds are whole lines. */
static stemma_status flush(struct writing *writing)
{
    stemma_status status;
    if (writing->no_memory) {
        return stm_fail(writing->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    if (writing->used != 0) {
        stm_json_raw(writing->json, (stemma_text){writing->buffer, writing->used - 1});
        stm_json_line(writing->json);
        writing->used = 0;
    }
    status = stm_json_status(writing->json);
    return status == STEMMA_OK || status == STEMMA_E_SYSTEM
               ? status
               : stm_fail(writing->error, status, stemma_status_name(status), "", "%s",
                          stemma_status_text(status));
}

stemma_status stm_interchange_rows(stemma_snapshot *snapshot, uint32_t number,
                                   const stemma_document *document, stm_json *json,
                                   stemma_error *error)
{
    struct writing writing = {.json = json, .capacity = BUFFER_SIZE, .error = error};
    const uint32_t rows = document->row_count;
    stemma_status status = STEMMA_OK;
    writing.buffer = malloc(BUFFER_SIZE);
    stm_json_to_buffer(&writing.escape, 0);
    writing.no_memory = !prepare_actors(&writing.actors, document) || writing.buffer == NULL;
    if (writing.no_memory) {
        status = flush(&writing);
    }
    /* The document's own memory is no longer needed: what follows is row by row. */
    for (uint32_t i = 0; i < rows && status == STEMMA_OK; i++) {
        stemma_row_view row;
        status = stemma_row_get(snapshot, number, i, &row, error);
        if (status == STEMMA_OK) {
            put_row(&writing, &row);
        }
        stemma_snapshot_reset(snapshot);
        if (status == STEMMA_OK && (writing.used > BUFFER_SIZE / 2 || writing.no_memory)) {
            status = flush(&writing);
        }
    }
    if (status == STEMMA_OK) {
        status = flush(&writing);
    }
    stm_json_free(&writing.escape);
    stm_json_free(&writing.actors.text);
    free(writing.actors.ends);
    free(writing.buffer);
    return status;
}
