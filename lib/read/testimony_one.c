/* SPDX-License-Identifier: MIT */
#include "read/testimony_one.h"

#include <stdlib.h>

#include "read/document.h"
#include "base/error.h"
#include "testimony_record.h"

/* A part that is kept. */
typedef struct kept {
    uint64_t used; /* when, counted in uses; 0: never */
    uint32_t document;
    uint32_t part;
    uint32_t before; /* assertions of the parts before it */
    uint32_t referents; /* of the document */
    uint32_t assertions;
    uint32_t text_size;
    uint8_t *memory;
    size_t room;
    stemma_bytes raw; /* in `memory` */
    stm_part rows;
    stm_assertion_place *places; /* of its assertions, as far as anybody needed them */
    uint32_t place_count;
    uint32_t place_room;
} kept;

struct stm_kept_parts {
    kept parts[STM_PARTS_KEPT];
    uint64_t uses;
};

void stm_kept_parts_free(stm_kept_parts *parts)
{
    for (uint32_t i = 0; parts != NULL && i < STM_PARTS_KEPT; i++) {
        free(parts->parts[i].memory);
        free(parts->parts[i].places);
    }
    free(parts);
}

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "testimony",
                    "The system refused memory");
}

static stemma_status failed(stemma_error *error, stemma_status status, uint32_t document,
                            const stm_fault *fault)
{
    return status == STEMMA_OK
               ? status
               : stm_record_failed(error, status, STM_TABLE_TESTIMONY, document, fault);
}

/* ---- Parts ------------------------------------------------------------------------------------------ */

/* The part when it is kept, else NULL; `*oldest` is the place to put it then. */
static kept *find(stm_kept_parts *parts, uint32_t document, uint32_t part, kept **oldest)
{
    *oldest = &parts->parts[0];
    for (uint32_t i = 0; i < STM_PARTS_KEPT; i++) {
        kept *one = &parts->parts[i];
        if (one->used != 0 && one->document == document && one->part == part) {
            one->used = ++parts->uses;
            return one;
        }
        *oldest = one->used < (*oldest)->used ? one : *oldest;
    }
    return NULL;
}

static stemma_status copy(kept *to, stemma_bytes raw, stemma_error *error)
{
    if (to->room < raw.size || to->memory == NULL) {
        free(to->memory);
        to->room = 0;
        to->memory = malloc(raw.size + 1);
        if (to->memory == NULL) {
            return no_memory(error);
        }
        to->room = raw.size;
    }
    if (raw.size != 0) {
        memcpy(to->memory, raw.data, raw.size);
    }
    to->raw.data = to->memory;
    to->raw.size = raw.size;
    return STEMMA_OK;
}

/* Unpacks a part into `out`. STEMMA_END when it is too large to be kept. */
static stemma_status load(stemma_snapshot *snapshot, uint32_t document, uint32_t part,
                          uint32_t before, kept *out, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_bytes value, raw;
    stemma_document record;
    stm_document_extra extra;
    stm_fault fault = {"", 0};
    stemma_status status = stm_document_find(snapshot, document, &value, &record, &extra, error);
    out->used = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_testimony_part(snapshot, document, part, &raw, error);
    if (status == STEMMA_NOT_FOUND) {
        status = stm_damaged(error, STM_TABLE_TESTIMONY, document, "TESTIMONY_COUNT");
    }
    if (status == STEMMA_OK && raw.size > STM_PART_KEPT_BYTES) {
        status = STEMMA_END;
    }
    if (status == STEMMA_OK) {
        status = copy(out, raw, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    if (status == STEMMA_OK) {
        status = failed(error, stm_part_open(out->raw, &out->rows, &fault), document, &fault);
    }
    out->document = document;
    out->part = part;
    out->before = before;
    out->referents = extra.referents;
    out->assertions = extra.assertions;
    out->text_size = stemma_whole_span(&record).end;
    out->place_count = 0;
    return status;
}

/* The part that holds an assertion. */
static stemma_status need_part(stemma_snapshot *snapshot, uint32_t document, uint32_t assertion,
                               kept **out, stemma_error *error)
{
    stm_kept_parts *parts = snapshot->parts;
    uint32_t before = 0;
    for (uint32_t part = 0;; part++) {
        kept *oldest = NULL;
        kept *one = find(parts, document, part, &oldest);
        if (one == NULL) {
            stemma_status status = load(snapshot, document, part, before, oldest, error);
            if (status != STEMMA_OK) {
                return status;
            }
            one = oldest;
            one->used = ++parts->uses;
        }
        if (assertion >= one->assertions) {
            return STEMMA_NOT_FOUND;
        }
        if (assertion - before < one->rows.assertions) {
            *out = one;
            return STEMMA_OK;
        }
        before += one->rows.assertions;
    }
}

/* ---- Assertions --------------------------------------------------------------------------------------- */

static stemma_status make_room(kept *part, uint32_t count, stemma_error *error)
{
    if (count > part->place_room) {
        uint32_t room = count > part->rows.assertions / 2 ? part->rows.assertions : 2 * count;
        stm_assertion_place *more = realloc(part->places, (size_t)room * sizeof *more);
        if (more == NULL) {
            return no_memory(error);
        }
        part->places = more;
        part->place_room = room;
    }
    return STEMMA_OK;
}

/* Where row `row` of a part begins. */
static stemma_status need_place(kept *part, uint32_t row, stm_assertion_place *out,
                                stemma_error *error)
{
    stm_testimony_need need = {0};
    stm_fault fault = {"", 0};
    stemma_status status = make_room(part, row + 1, error);
    if (status == STEMMA_OK && part->place_count == 0) {
        part->places[0] = part->rows.first;
        part->place_count = 1;
    }
    while (status == STEMMA_OK && part->place_count <= row) {
        stm_assertion_place *next = &part->places[part->place_count];
        *next = next[-1];
        status = failed(error, stm_assertion_pass(part->raw, part->text_size, next, &need, &fault),
                        part->document, &fault);
        part->place_count += status == STEMMA_OK;
    }
    if (status == STEMMA_OK) {
        *out = part->places[row];
    }
    return status;
}

/* A copy of the row in the snapshot's memory, and room for its evidence. */
static stemma_status keep_row(stemma_snapshot *snapshot, stemma_bytes *row, stm_testimony *into,
                              stemma_error *error)
{
    uint8_t *bytes = stm_snapshot_alloc(snapshot, row->size, error);
    into->evidence = bytes != NULL ? stm_snapshot_array(snapshot, into->need.evidence,
                                                        sizeof *into->evidence, error)
                                   : NULL;
    into->spans = into->evidence != NULL ? stm_snapshot_array(snapshot, into->need.spans,
                                                              sizeof *into->spans, error)
                                         : NULL;
    if (into->spans == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memcpy(bytes, row->data, row->size);
    row->data = bytes;
    return STEMMA_OK;
}

static stemma_status read_row(stemma_snapshot *snapshot, kept *part, uint32_t number, bool evidence,
                              stemma_assertion *out, stemma_error *error)
{
    stm_assertion_place place, end;
    stm_testimony into;
    stm_fault fault = {"", 0};
    stemma_status status = need_place(part, number, &place, error);
    memset(&into, 0, sizeof into);
    if (status != STEMMA_OK) {
        return status;
    }
    end = place;
    status = stm_assertion_pass(part->raw, part->text_size, &end, &into.need, &fault);
    if (status != STEMMA_OK) {
        return failed(error, status, part->document, &fault);
    }
    stemma_bytes row = {part->raw.data + place.at, end.at - place.at};
    into.need.referents = part->referents;
    if (evidence) {
        status = keep_row(snapshot, &row, &into, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_assertion_decode(row, &place, &snapshot->file->bounds, part->text_size, &into,
                                  evidence, out, &fault);
    return failed(error, status, part->document, &fault);
}

/* Of a part that is too large to be kept, all that its document says is decoded. */
static stemma_status read_whole(stemma_snapshot *snapshot, uint32_t document, uint32_t assertion,
                                stemma_assertion *out, stemma_error *error)
{
    stemma_document whole;
    stemma_status status = stemma_testimony_get(snapshot, document, &whole, error);
    if (status == STEMMA_OK && assertion >= whole.assertion_count) {
        return STEMMA_NOT_FOUND;
    }
    if (status == STEMMA_OK) {
        *out = whole.assertions[assertion];
    }
    return status;
}

stemma_status stm_testimony_assertion(stemma_snapshot *snapshot, uint32_t document,
                                      uint32_t assertion, bool evidence, stemma_assertion *out,
                                      stemma_error *error)
{
    kept *part = NULL;
    stemma_status status;
    if (document >= snapshot->until) {
        return STEMMA_NOT_FOUND;
    }
    if (snapshot->parts == NULL) {
        snapshot->parts = calloc(1, sizeof *snapshot->parts);
    }
    if (snapshot->parts == NULL) {
        return no_memory(error);
    }
    status = need_part(snapshot, document, assertion, &part, error);
    if (status == STEMMA_END) {
        return read_whole(snapshot, document, assertion, out, error);
    }
    return status == STEMMA_OK
               ? read_row(snapshot, part, assertion - part->before, evidence, out, error)
               : status;
}
