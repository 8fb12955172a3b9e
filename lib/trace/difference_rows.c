/* SPDX-License-Identifier: MIT */
/* Whether a thing is told alike in two files: rows of the index side by side, documents by the number they have in
 * the other file. Whatever is not as expected, damage too, is only "not surely alike": who then compares the two as
 * things, finds out. Claims that have the same witnesses, polarity and independent documents bring no change; of their
 * objects only times and quantities are shown as readings. */
#include "trace/difference_scan.h"

#include "base/error.h"
#include "bytes.h"
#include "name/folded.h"
#include "read/entity.h"
#include "read/known.h"
#include "stemma/label.h"

#define CLAIM_ITEMS 0x98u /* MessagePack: an array of eight */

/* ---- Values ---------------------------------------------------------------------------------- */

static bool skip(stm_reader *reader, uint64_t size)
{
    if (stm_remaining(reader) < size) {
        return false;
    }
    reader->at += size;
    return true;
}

/* A number of `size` bytes, most significant first. */
static bool take_big_endian(stm_reader *reader, unsigned size, uint64_t *value)
{
    if (stm_remaining(reader) < size) {
        return false;
    }
    *value = 0;
    for (unsigned i = 0; i < size; i++) {
        *value = *value << 8 | *reader->at++;
    }
    return true;
}

static bool take_number(stm_reader *reader, uint64_t *value)
{
    uint8_t first;
    if (!stm_read_u8(reader, &first)) {
        return false;
    }
    if (first < 0x80) {
        *value = first;
        return true;
    }
    return first >= 0xcc && first <= 0xcf && take_big_endian(reader, 1u << (first - 0xcc), value);
}

/* Text, bytes or a number, of any size. */
static bool skip_scalar(stm_reader *reader)
{
    uint8_t first;
    uint64_t size;
    if (!stm_read_u8(reader, &first)) {
        return false;
    }
    if (first < 0x80 || first >= 0xe0) {
        return true;
    }
    if (first >= 0xa0 && first < 0xc0) {
        return skip(reader, first & 0x1fu);
    }
    if (first >= 0xcc && first <= 0xd3) {
        return skip(reader, UINT64_C(1) << ((first - 0xcc) & 3));
    }
    return first >= 0xd9 && first <= 0xdb &&
           take_big_endian(reader, 1u << (first - 0xd9), &size) && skip(reader, size);
}

/* An object. `*kind` is that of an array, or 0. */
static bool take_object(stm_reader *reader, stemma_bytes *object, uint8_t *kind)
{
    const uint8_t *start = reader->at;
    unsigned items = 1;
    *kind = 0;
    if (stm_remaining(reader) >= 2 && reader->at[0] >= 0x91 && reader->at[0] <= 0x9f) {
        items = *reader->at & 0x0fu;
        *kind = reader->at[1];
        reader->at++;
    }
    for (unsigned i = 0; i < items; i++) {
        if (!skip_scalar(reader)) {
            return false;
        }
    }
    *object = (stemma_bytes){start, (size_t)(reader->at - start)};
    return object->size != 0;
}

static bool is_number(stemma_bytes object)
{
    return object.data[0] < 0x80 || (object.data[0] >= 0xcc && object.data[0] <= 0xcf);
}

/* Whether the objects are of one kind, and the same where they are shown. */
static bool same_object(stm_reader *a, stm_reader *b)
{
    stemma_bytes one, other;
    uint8_t kind, other_kind;
    if (!take_object(a, &one, &kind) || !take_object(b, &other, &other_kind) || kind != other_kind) {
        return false;
    }
    if (kind == STEMMA_OBJECT_PLACE || (is_number(one) && is_number(other))) {
        return true;
    }
    return one.size == other.size && memcmp(one.data, other.data, one.size) == 0;
}

/* ---- Claims ---------------------------------------------------------------------------------- */

static bool take_witnesses(stm_reader *reader, stm_reader *out)
{
    uint8_t first;
    uint64_t size;
    if (!stm_read_u8(reader, &first) || first < 0xc4 || first > 0xc6 ||
        !take_big_endian(reader, 1u << (first - 0xc4), &size) || stm_remaining(reader) != size) {
        return false;
    }
    *out = *reader;
    return true;
}

/* Whether the same assertions of the same documents stand behind two claims. */
static bool same_witnesses(const stemma_difference *self, stm_reader *before, stm_reader *after)
{
    uint64_t was = 0, now = 0;
    stemma_bytes one = {before->at, stm_remaining(before)};
    stemma_bytes other = {after->at, stm_remaining(after)};
    if (self->same_numbers) {
        return one.size == other.size && memcmp(one.data, other.data, one.size) == 0;
    }
    while (before->at != before->end && after->at != after->end) {
        uint64_t step = 0, other_step = 0, assertion = 0, other_assertion = 0;
        if (!stm_read_varint(before, &step) || !stm_read_varint(before, &assertion) ||
            !stm_read_varint(after, &other_step) || !stm_read_varint(after, &other_assertion)) {
            return false;
        }
        was += step;
        now += other_step;
        if (now >= stm_known_documents(self->after) || self->earlier[now] != was ||
            (step == 0) != (other_step == 0) || assertion != other_assertion) {
            return false;
        }
    }
    return before->at == before->end && after->at == after->end;
}

/* Whether two rows of claims bring no change. */
static bool same_rows(const stemma_difference *self, stemma_bytes before, stemma_bytes after)
{
    stm_reader a = stm_reader_of(before), b = stm_reader_of(after), one, other;
    uint64_t x = 0, y = 0;
    uint8_t items = 0, other_items = 0;
    bool good = stm_read_u8(&a, &items) && stm_read_u8(&b, &other_items) && items == CLAIM_ITEMS &&
                other_items == CLAIM_ITEMS && take_number(&a, &x) && take_number(&b, &y);
    good = good && take_number(&a, &x) && take_number(&b, &y) && stm_same_term(self->scan, x, y);
    good = good && same_object(&a, &b);
    good = good && take_number(&a, &x) && take_number(&b, &y) && x == y; /* polarity */
    good = good && skip_scalar(&a) && skip_scalar(&b);                   /* documents */
    good = good && take_number(&a, &x) && take_number(&b, &y) && x == y; /* independent */
    good = good && skip_scalar(&a) && skip_scalar(&b);                   /* speakers */
    return good && take_witnesses(&a, &one) && take_witnesses(&b, &other) &&
           same_witnesses(self, &one, &other);
}

/* The claims of two things, which are stored in rows from these on. */
static stemma_status same_claims(stemma_difference *self, uint32_t before, uint32_t after,
                                 uint32_t count, bool *same, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    *same = true;
    for (uint32_t i = 0; i < count && *same; i++) {
        stemma_bytes row, other;
        status = stm_snapshot_row(self->before, STM_TABLE_CLAIM, before + i, &row, error);
        if (status == STEMMA_OK) {
            status = stm_snapshot_row(self->after, STM_TABLE_CLAIM, after + i, &other, error);
        }
        *same = status == STEMMA_OK && same_rows(self, row, other);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

/* ---- Entities -------------------------------------------------------------------------------- */

static stemma_status entity_row(stemma_snapshot *snapshot, uint32_t entity, stm_entity_row *row,
                                stemma_error *error)
{
    const stm_entity_block *block = NULL;
    stm_fault fault = {"", 0};
    stemma_status status = stm_snapshot_entity_block(snapshot, entity, &block, error);
    if (status == STEMMA_OK) {
        status = stm_entity_block_row(block, entity % STM_ENTITY_BLOCK, &snapshot->file->bounds,
                                      row, &fault);
        status = status == STEMMA_OK
                     ? status
                     : stm_record_failed(error, status, STM_TABLE_ENTITY, entity, &fault);
    }
    return status;
}

/* Whether an entity is named in words as the one that it was. */
static stemma_status same_label(stm_difference_scan *scan, stemma_difference *self, uint32_t before,
                                uint32_t after, bool *same, stemma_error *error)
{
    stemma_text was, now;
    stemma_status status = STEMMA_OK;
    *same = false;
    if (scan->after[STM_SCAN_ENTITY].other[after] != before + 1) {
        return STEMMA_OK;
    }
    if (scan->label[after] == 0) {
        status = stm_entity_whole_label(self->before, before, &was, error);
        if (status == STEMMA_OK) {
            status = stm_entity_whole_label(self->after, after, &now, error);
        }
        scan->label[after] =
            status == STEMMA_OK && was.size != 0 && stemma_text_equal(was, now) ? 1 : 2;
    }
    *same = scan->label[after] == 1;
    return status;
}

static stemma_status same_entity(stm_difference_scan *scan, stemma_difference *self,
                                 uint32_t before, uint32_t after, bool *same, stemma_error *error)
{
    stm_entity_row was, now;
    stm_claim_place place, other_place;
    stemma_status status = same_label(scan, self, before, after, same, error);
    if (status != STEMMA_OK || !*same) {
        return status;
    }
    status = entity_row(self->before, before, &was, error);
    if (status == STEMMA_OK) {
        status = entity_row(self->after, after, &now, error);
    }
    *same = status == STEMMA_OK && stm_same_term(scan, was.type, now.type) &&
            was.claim_count == now.claim_count;
    if (!*same || now.claim_count == 0) {
        return status;
    }
    status = stm_claim_locate(self->before, was.claim_first, &place, error);
    if (status == STEMMA_OK) {
        status = stm_claim_locate(self->after, now.claim_first, &other_place, error);
    }
    *same = status == STEMMA_OK && !place.folded && !other_place.folded;
    return *same
               ? same_claims(self, place.rank, other_place.rank, now.claim_count, same, error)
               : status;
}

/* ---- Events ---------------------------------------------------------------------------------- */

static stemma_status event_row(stemma_snapshot *snapshot, uint32_t event,
                               const stm_event_block **block, stm_event_row *row,
                               stemma_error *error)
{
    stemma_status status = stm_snapshot_event_block(snapshot, event, block, error);
    if (status == STEMMA_OK &&
        stm_event_block_row(*block, event % STEMMA_EVENT_BLOCK, row) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_EVENT, event, "NUMBER_OUT_OF_RANGE");
    }
    return status;
}

/* Whether two entities, or none, are each the other's other. */
static bool are_one(const stm_difference_scan *scan, uint32_t before, uint32_t after)
{
    const stm_difference_side *was = &scan->before[STM_SCAN_ENTITY];
    const stm_difference_side *now = &scan->after[STM_SCAN_ENTITY];
    if (before == STEMMA_NONE || after == STEMMA_NONE) {
        return before == after;
    }
    return before < was->count && after < now->count && was->other[before] == after + 1 &&
           now->other[after] == before + 1;
}

static bool same_bounds(const stemma_time_bounds *a, const stemma_time_bounds *b)
{
    return a->start_earliest == b->start_earliest && a->start_latest == b->start_latest &&
           a->end_earliest == b->end_earliest && a->end_latest == b->end_latest &&
           a->precision == b->precision && a->extent == b->extent &&
           a->approximate == b->approximate && a->uncertain == b->uncertain;
}

/* Rows of data sets that are stored nowhere but in their event: all that they say. */
static bool same_folded(const stm_difference_scan *scan, const stm_event_block *block,
                        const stm_event_row *was, const stm_event_block *other_block,
                        const stm_event_row *now)
{
    if (!same_bounds(&was->bounds, &now->bounds) || !are_one(scan, was->via, now->via) ||
        !are_one(scan, was->place, now->place) ||
        was->participant_count != now->participant_count) {
        return false;
    }
    for (uint32_t i = 0; i < now->participant_count; i++) {
        stm_event_participant one, other;
        if (stm_event_block_participant(block, was, i, &one) != STEMMA_OK ||
            stm_event_block_participant(other_block, now, i, &other) != STEMMA_OK ||
            !stm_same_term(scan, one.role, other.role) || !are_one(scan, one.entity, other.entity)) {
            return false;
        }
    }
    return true;
}

static stemma_status same_place(stm_difference_scan *scan, stemma_difference *self,
                                uint32_t before, uint32_t after, bool *same, stemma_error *error)
{
    *same = before == after && after == STEMMA_NONE;
    return before != STEMMA_NONE && after < scan->after[STM_SCAN_ENTITY].count
               ? same_label(scan, self, before, after, same, error)
               : STEMMA_OK;
}

static stemma_status same_event(stm_difference_scan *scan, stemma_difference *self,
                                uint32_t before, uint32_t after, bool *same, stemma_error *error)
{
    const stm_event_block *block = NULL, *other_block = NULL;
    stm_event_row was, now;
    stemma_status status = event_row(self->before, before, &block, &was, error);
    if (status == STEMMA_OK) {
        status = event_row(self->after, after, &other_block, &now, error);
    }
    *same = status == STEMMA_OK && stm_same_term(scan, was.type, now.type) &&
            was.folded == now.folded && was.polarity == now.polarity &&
            was.realis == now.realis && was.claim_count == now.claim_count;
    if (!*same) {
        return status;
    }
    status = same_place(scan, self, was.place, now.place, same, error);
    if (status != STEMMA_OK || !*same) {
        return status;
    }
    if (now.folded) {
        *same = (scan->no_details || (scan->details_same && before == after)) &&
                same_folded(scan, block, &was, other_block, &now);
        return STEMMA_OK;
    }
    if (was.claim_first < was.unstored_before || now.claim_first < now.unstored_before) {
        *same = false;
        return STEMMA_OK;
    }
    return same_claims(self, was.claim_first - was.unstored_before,
                       now.claim_first - now.unstored_before, now.claim_count, same, error);
}

stemma_status stm_difference_same(stm_difference_scan *self, stemma_difference *difference,
                                  unsigned kind, uint32_t before, uint32_t after, bool *same,
                                  stemma_error *error)
{
    *same = false;
    return kind == STM_SCAN_EVENT ? same_event(self, difference, before, after, same, error)
                                  : same_entity(self, difference, before, after, same, error);
}
