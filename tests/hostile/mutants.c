/* SPDX-License-Identifier: MIT */
#include "hostile/mutants.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bytes.h"
#include "canonical.h"
#include "hostile/value.h"
#include "page_layout.h"
#include "page_seal.h"
#include "stemma/read.h"

#define PAIRS_SHARE 23u /* one of so many files is of the shape that takes ten times as long */

const char *mutant_name(int kind)
{
    static const char *const names[] = {"live bytes", "splice",  "several", "sealed damage",
                                        "value",      "number",  "payload", "key",
                                        "records",    "transplant", "counts", "forged"};
    return kind < MUTATE_KIND_COUNT ? mutation_name((mutation)kind)
                                    : names[kind - MUTATE_KIND_COUNT];
}

/* Ids to ask for, of the first of each kind. */
static void note_ids(const uint8_t *data, size_t size, char ids[3][32])
{
    static const char kinds[] = {STEMMA_REFERENCE_ENTITY, STEMMA_REFERENCE_EVENT, STEMMA_REFERENCE_CLAIM};
    char path[] = "/tmp/stemma-mutants-XXXXXX";
    stemma_file *file;
    stemma_snapshot *snapshot;
    int descriptor = mkstemp(path);
    if (descriptor < 0) {
        abort();
    }
    image_save(path, data, size);
    if (stemma_open(&file, path, NULL, NULL) != STEMMA_OK ||
        stemma_snapshot_begin(&snapshot, file, NULL) != STEMMA_OK) {
        abort();
    }
    for (int i = 0; i < 3; i++) {
        stemma_reference reference = {(uint8_t)kinds[i], 0};
        if (stemma_id_text(snapshot, reference, ids[i], NULL) != STEMMA_OK) {
            abort();
        }
    }
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    close(descriptor);
    unlink(path);
}

void mutants_begin(mutants *self)
{
    for (int i = 0; i < SHAPE_COUNT; i++) {
        self->originals[i] = shape_make((shape)i, &self->sizes[i]);
        image_read(&self->images[i], self->originals[i], self->sizes[i]);
        note_ids(self->originals[i], self->sizes[i], self->ids[i]);
    }
}

void mutants_end(mutants *self)
{
    for (int i = 0; i < SHAPE_COUNT; i++) {
        image_free(&self->images[i]);
        free(self->originals[i]);
    }
}

/* ---- Damage to bytes ------------------------------------------------------------------------- */

static void reserve(image_file *file, size_t size)
{
    if (size > file->capacity) {
        file->capacity = 2 * size;
        file->data = realloc(file->data, file->capacity);
        if (file->data == NULL) {
            abort();
        }
    }
}

/* Most of a small file is gaps, where damage is not seen by what is read. */
static void change_live_bytes(mutate_random *random, image_file *file)
{
    for (uint64_t changes = 1 + mutate_below(random, 4); changes > 0; changes--) {
        size_t at = 0;
        for (int tries = 0; tries < 200 && file->data[at] == 0; tries++) {
            at = 2 * STEMMA_PAGE_SIZE +
                 (size_t)mutate_below(random, file->size - 2 * STEMMA_PAGE_SIZE);
        }
        if (mutate_below(random, 2)) {
            file->data[at] = (uint8_t)mutate_next(random);
        } else {
            file->data[at] ^= (uint8_t)(1u << (at % 8));
        }
    }
}

/* Pages of another file in the place of some of this one's, mostly with the numbers they then need. */
static void splice(mutate_random *random, const mutants *from, shape other, image_file *file)
{
    size_t pages = file->size / STEMMA_PAGE_SIZE, others = from->sizes[other] / STEMMA_PAGE_SIZE;
    for (uint64_t count = 1 + mutate_below(random, 4); count > 0; count--) {
        size_t to = (size_t)mutate_below(random, pages);
        size_t page = to < others && mutate_below(random, 2) ? to
                                                             : (size_t)mutate_below(random, others);
        uint8_t *at = file->data + to * STEMMA_PAGE_SIZE;
        memcpy(at, from->originals[other] + page * STEMMA_PAGE_SIZE, STEMMA_PAGE_SIZE);
        if (to > 1 && mutate_below(random, 4) != 0) {
            stm_page_put64(at, to);
        }
    }
}

static void damage(mutate_random *random, const mutants *from, int kind, image_file *file)
{
    shape other = (shape)mutate_below(random, SHAPE_COUNT);
    stemma_error ignored;
    switch (kind) {
    case MUTANT_LIVE_BYTES:
        change_live_bytes(random, file);
        break;
    case MUTANT_SPLICE:
        splice(random, from, other, file);
        break;
    case MUTANT_SEVERAL:
        for (uint64_t times = 2 + mutate_below(random, 4);
             times > 0 && file->size > 2 * STEMMA_PAGE_SIZE; times--) {
            damage(random, from, (int)mutate_below(random, MUTANT_SEVERAL), file);
        }
        break;
    case MUTANT_SEALED:
        damage(random, from, (int)mutate_below(random, MUTANT_SEALED), file);
        if (stm_page_seal(file->data, file->size, &ignored) != STEMMA_OK) {
            ignored.code[0] = '\0';
        }
        break;
    default:
        mutate_apply(random, (mutation)kind, file->data, &file->size);
        break;
    }
}

/* ---- Forged records -------------------------------------------------------------------------- */

static value_bytes scratch, changed; /* one thread at a time */

static void damage_bytes(mutate_random *random, uint8_t *value, size_t *size, size_t capacity)
{
    static const uint8_t edges[] = {0,    1,    0x7f, 0x80, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2,
                                    0xc4, 0xc6, 0xcc, 0xce, 0xcf, 0xd3, 0xdb, 0xdd, 0xdf, 0xff};
    for (uint64_t changes = 1 + mutate_below(random, 3); changes > 0 && *size > 0; changes--) {
        size_t near = mutate_below(random, 2) && *size > 60 ? 60 : *size;
        size_t at = (size_t)mutate_below(random, near);
        size_t left = *size - at;
        size_t length = 1 + (size_t)mutate_below(random, left < 64 ? left : 64);
        switch (mutate_below(random, 9)) {
        case 0:
            value[at] ^= (uint8_t)(1u << mutate_below(random, 8));
            break;
        case 1:
            value[at] = (uint8_t)mutate_next(random);
            break;
        case 2:
            value[at] = edges[mutate_below(random, sizeof edges)];
            break;
        case 3:
            value[at]++;
            break;
        case 4:
            *size = at;
            break;
        case 5: /* one part over another */
            memmove(value + at, value + mutate_below(random, *size - length + 1), length);
            break;
        case 6: /* a part left out */
            memmove(value + at, value + at + length, left - length);
            *size -= length;
            break;
        case 7: /* a part twice */
            if (capacity - *size >= length) {
                memmove(value + at + length, value + at, left);
                *size += length;
            }
            break;
        default:
            memset(value + at, mutate_below(random, 2) ? 0xff : 0, length < 8 ? length : 8);
            break;
        }
    }
}

/* A number near what was there, near an edge, or any. */
static uint64_t awkward(mutate_random *random, uint64_t was)
{
    static const uint64_t edges[] = {0,      1,      2,          15,         16,        63,
                                     64,     127,    128,        255,        256,       4095,
                                     4096,   65535,  65536,      0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF,
                                     1ull << 32, INT64_MAX, 1ull << 63,  UINT64_MAX};
    switch (mutate_below(random, 4)) {
    case 0:
        return was + 1 + mutate_below(random, 3);
    case 1:
        return was - 1 - mutate_below(random, 3);
    case 2:
        return edges[mutate_below(random, sizeof edges / sizeof edges[0])];
    default:
        return mutate_next(random) >> mutate_below(random, 64);
    }
}

static int64_t awkward_element(void *random, int64_t was)
{
    return (int64_t)awkward(random, (uint64_t)was);
}

/* Changes one item of a MessagePack value to another that is as well-formed. */
static bool change_item(mutate_random *random, value_bytes *value)
{
    static mp_token tokens[20000];
    size_t count = mp_tokens(value, tokens, sizeof tokens / sizeof tokens[0]);
    uint8_t bytes[16];
    stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
    if (count == 0) {
        return false;
    }
    mp_token one = tokens[mutate_below(random, count)];
    if (one.is_text) {
        static const char *const texts[] = {"", "a", "2031-13-99", "..", "event", "-1e9", "\x7f\x1b[2J"};
        stm_mp_put_text(&out, stemma_text_of(texts[mutate_below(random, 7)]));
    } else {
        uint64_t was = value->data[one.at] < 0x80 ? value->data[one.at] : 0;
        uint64_t now = awkward(random, was);
        if (mutate_below(random, 8) == 0) {
            stm_mp_put_int(&out, -(int64_t)(now >> 1));
        } else {
            stm_mp_put_uint(&out, now);
        }
    }
    mp_replace(value, one.at, one.end, bytes, out.size);
    return true;
}

static image_table *some_table(mutate_random *random, image *records)
{
    static const char *const often[] = {"testimony", "claim", "event", "member", "detail", "row",
                                        "participation", "label", "token", "entity"};
    image_table *pairs = image_table_of(records, STM_TABLE_NEIGHBOUR);
    if (pairs != NULL && pairs->count != 0 && mutate_below(random, 3) == 0) {
        return pairs; /* few files have it */
    }
    for (int tries = 0; tries < 50; tries++) {
        image_table *table =
            mutate_below(random, 2)
                ? image_table_named(records, often[mutate_below(random, 10)])
                : &records->tables[mutate_below(random, records->table_count)];
        if (table != NULL && table->count != 0) {
            return table;
        }
    }
    return image_table_of(records, STM_TABLE_VOCABULARY);
}

static image_record *some_record(mutate_random *random, image_table *table)
{
    return &table->records[mutate_below(random, table->count)];
}

static void forge_value(mutate_random *random, image *records)
{
    image_table *table = some_table(random, records);
    if (table->count == 0) {
        return;
    }
    image_record *record = some_record(random, table);
    size_t capacity = record->value.size + 256, size = record->value.size;
    uint8_t *value = image_bytes_new(records, record->value.data, size, capacity);
    damage_bytes(random, value, &size, capacity);
    record->value = (image_bytes){value, size};
    table->changed = true;
}

static void forge_posting(mutate_random *random, image *records, image_table *table)
{
    size_t count;
    value_posting *postings = value_postings(table, &count);
    for (int tries = 0; tries < 4 && count != 0; tries++) {
        value_posting *one = &postings[mutate_below(random, count)], was = *one;
        if (mutate_below(random, 2)) {
            one->id = (uint32_t)awkward(random, one->id);
        } else {
            one->payload = (uint32_t)awkward(random, one->payload);
        }
        if (value_set_postings(records, table, postings, count)) {
            break;
        }
        *one = was; /* it would not be in order */
    }
    free(postings);
}

/* A number of a value that is no MessagePack. */
static void forge_word(mutate_random *random, image *records, image_table *table,
                       image_record *record)
{
    size_t size = record->value.size;
    uint8_t *value = image_bytes_new(records, record->value.data, size, size);
    if (size >= 4) {
        size_t at = (size_t)mutate_below(random, size / 4) * 4;
        at = mutate_below(random, 2) && at > 20 ? at % 20 : at;
        stm_store_le32(value + at, (uint32_t)awkward(random, stm_load_le32(value + at)));
    }
    record->value.data = value;
    table->changed = true;
}

static void forge_number(mutate_random *random, image *records)
{
    image_table *table = some_table(random, records);
    if (table->count == 0) {
        return;
    }
    image_record *record = some_record(random, table);
    switch (value_form_of(table->name)) {
    case VALUE_RECORD:
        if (record->value.size <= sizeof scratch.data) {
            memcpy(scratch.data, record->value.data, record->value.size);
            scratch.size = record->value.size;
            if (change_item(random, &scratch)) {
                image_set(records, table, record, scratch.data, scratch.size);
            }
        }
        break;
    case VALUE_ROWS: {
        uint32_t rows = value_rows(record);
        uint32_t row = (uint32_t)mutate_below(random, rows);
        if (rows != 0 && value_row(record, row, &scratch) && change_item(random, &scratch)) {
            value_with_row(record, row, &scratch, &changed);
            image_set(records, table, record, changed.data, changed.size);
        }
        break;
    }
    case VALUE_COLUMNS:
        for (int tries = 0; tries < 20; tries++) {
            uint16_t column = (uint16_t)(1 + mutate_below(random, 26));
            if (value_set_column(record, column, (uint32_t)mutate_next(random), awkward_element,
                                 random, &changed)) {
                image_set(records, table, record, changed.data, changed.size);
                break;
            }
        }
        break;
    case VALUE_POSTINGS:
        forge_posting(random, records, table);
        break;
    default:
        forge_word(random, records, table, record);
        break;
    }
}

static void forge_payload(mutate_random *random, image *records)
{
    static const char *const packed[] = {"testimony", "testimony", "detail", "text"};
    image_table *table = image_table_named(records, packed[mutate_below(random, 4)]);
    if (table == NULL || table->count == 0) {
        table = image_table_of(records, STM_TABLE_TESTIMONY);
    }
    if (table == NULL || table->count == 0) {
        return;
    }
    image_record *record = some_record(random, table);
    if (!value_unpack(records, table->name, record, &scratch)) {
        return;
    }
    if (mutate_below(random, 3) == 0 || !change_item(random, &scratch)) {
        size_t size = scratch.size;
        damage_bytes(random, scratch.data, &size, scratch.size + 256);
        scratch.size = size;
    }
    value_pack(table->name, &scratch, &changed);
    image_set(records, table, record, changed.data, changed.size);
}

static void forge_key(mutate_random *random, image *records)
{
    image_table *table = some_table(random, records);
    if (table->count == 0) {
        return;
    }
    image_record *record = some_record(random, table);
    uint8_t key[512];
    size_t size = record->key.size;
    memcpy(key, record->key.data, size);
    if (size >= 4 && mutate_below(random, 2)) {
        size_t at = size - 4 * (1 + (size_t)mutate_below(random, size / 4));
        stm_store_be32(key + at, (uint32_t)awkward(random, stm_load_be32(key + at)));
    } else if (mutate_below(random, 4) == 0 && size > 1) {
        size -= 1;
    } else {
        key[mutate_below(random, size)] ^= (uint8_t)(1u << mutate_below(random, 8));
    }
    image_set_key(records, table, record, key, size);
    image_sort(table);
}

static void forge_records(mutate_random *random, image *records)
{
    image_table *table = some_table(random, records);
    if (table->count == 0) {
        return;
    }
    size_t one = (size_t)mutate_below(random, table->count);
    size_t two = (size_t)mutate_below(random, table->count);
    image_bytes value = table->records[one].value;
    switch (mutate_below(random, 3)) {
    case 0:
        image_remove(table, one);
        break;
    case 1:
        table->records[one].value = table->records[two].value;
        table->records[two].value = value;
        break;
    default:
        table->records[two].value = value;
        break;
    }
    table->changed = true;
}

/* Bytes of the other image live as long as the mutants. */
static void forge_transplant(mutate_random *random, image *records, image *other)
{
    image_table *table = some_table(random, records);
    image_table *from = image_table_named(other, table->name);
    if (from == NULL) {
        return;
    }
    if (mutate_below(random, 2) || table->count == 0 || from->count == 0) {
        image_record *copy = malloc((from->count + 1) * sizeof *copy);
        if (copy == NULL) {
            abort();
        }
        if (from->count != 0) {
            memcpy(copy, from->records, from->count * sizeof *copy);
        }
        free(table->records);
        table->records = copy;
        table->count = table->capacity = from->count;
    } else {
        some_record(random, table)->value = some_record(random, from)->value;
    }
    table->changed = true;
}

static void forge_counts(mutate_random *random, image *records)
{
    image_table *meta = image_table_of(records, STM_TABLE_META);
    image_record *record = meta != NULL ? image_find(meta, "stemma", 6) : NULL;
    if (record == NULL || record->value.size > sizeof scratch.data) {
        return;
    }
    memcpy(scratch.data, record->value.data, record->value.size);
    scratch.size = record->value.size;
    if (change_item(random, &scratch)) {
        image_set(records, meta, record, scratch.data, scratch.size);
    }
}

static void forge(mutate_random *random, const mutants *from, int kind, image *records)
{
    switch (kind) {
    case MUTANT_VALUE:
        forge_value(random, records);
        break;
    case MUTANT_NUMBER:
        forge_number(random, records);
        break;
    case MUTANT_PAYLOAD:
        forge_payload(random, records);
        break;
    case MUTANT_KEY:
        forge_key(random, records);
        break;
    case MUTANT_RECORDS:
        forge_records(random, records);
        break;
    case MUTANT_TRANSPLANT: {
        image other = from->images[mutate_below(random, SHAPE_COUNT)];
        forge_transplant(random, records, &other);
        break;
    }
    case MUTANT_COUNTS:
        forge_counts(random, records);
        break;
    default:
        for (uint64_t times = 2 + mutate_below(random, 4); times > 0; times--) {
            forge(random, from, MUTANT_VALUE + (int)mutate_below(random, MUTANT_FORGED - MUTANT_VALUE),
                  records);
        }
        break;
    }
}

/* ---- One of them ----------------------------------------------------------------------------- */

shape mutant_shape(uint64_t number)
{
    return number % PAIRS_SHARE == 0 ? SHAPE_PAIRS : (shape)(number % SHAPE_PAIRS);
}

void mutant_make(mutants *self, uint64_t seed, uint64_t number, mutant *out)
{
    mutate_random random = {seed * UINT64_C(1000003) + number};
    (void)mutate_next(&random);
    out->shape = mutant_shape(number);
    out->kind = (int)mutate_below(&random, MUTANT_KIND_COUNT);
    if (mutate_below(&random, 3) == 0) { /* most of what is blind is refused at once */
        out->kind = MUTANT_VALUE + (int)mutate_below(&random, MUTANT_KIND_COUNT - MUTANT_VALUE);
    }
    out->resealed = false;
    if (out->kind < MUTANT_VALUE) {
        size_t size = self->sizes[out->shape];
        reserve(&out->bytes, size);
        memcpy(out->bytes.data, self->originals[out->shape], size);
        out->bytes.size = size;
        damage(&random, self, out->kind, &out->bytes);
        return;
    }
    image records;
    image_copy(&records, &self->images[out->shape]);
    records.fanout = out->shape == SHAPE_DEEP ? 3 : 0;
    records.keep_digests = mutate_below(&random, 4) == 0;
    forge(&random, self, out->kind, &records);
    image_write(&records, &out->bytes);
    out->resealed = !records.keep_digests;
    image_free(&records);
}
