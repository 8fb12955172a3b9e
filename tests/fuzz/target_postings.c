/* SPDX-License-Identifier: MIT */
/* Posting lists, in two ways; the first byte chooses. From bytes: a few records of a posting table, read one
   by one and by a cursor. From numbers: what a builder writes from postings, is read back as they were. */
#include "fuzz.h"
#include "posting.h"
#include "posting_chunk.h"
#include "posting_cursor.h"
#include "support/packed_table.h"

#define POSTINGS 4096u /* read in one go: damaged lists may promise many */

/* ---- From bytes ------------------------------------------------------------------------------ */

static bool ascends(const packed_table *table, stemma_bytes key)
{
    if (table->count == 0) {
        return true;
    }
    stemma_bytes last = table->keys[table->count - 1];
    size_t common = last.size < key.size ? last.size : key.size;
    int order = memcmp(last.data, key.data, common);
    return order < 0 || (order == 0 && last.size < key.size);
}

static void one_value(stemma_bytes key, stemma_bytes bytes, size_t list_size)
{
    stm_posting_value value;
    stm_posting_entry entry, found;
    uint32_t ids[STM_CHUNK_LIMIT], payloads[STM_CHUNK_LIMIT], some[STM_CHUNK_LIMIT];
    stm_list_key last = {.size = 0}, list = {.size = 0};
    uint32_t last_id = 0, last_payload = 0;
    if (stm_posting_open(key, bytes, list_size, &value) != STEMMA_OK) {
        return;
    }
    bool sound = stm_posting_check(&value, &last, &last_id, &last_payload) == STEMMA_OK;
    fuzz_must(value.entries != 0 && value.entries <= 8 * bytes.size && (!sound || 2 * value.entries <= bytes.size));
    for (uint32_t i = 0; i < value.entries; i++) {
        stemma_status status = i == 0 ? stm_posting_entry_first(&value, &entry)
                                      : stm_posting_entry_after(&value, &entry, &entry);
        fuzz_must(status == STEMMA_OK || (status == STEMMA_E_DAMAGED && !sound));
        if (status != STEMMA_OK) {
            break;
        }
        fuzz_must(entry.index == i && entry.count != 0 && entry.count <= STM_CHUNK_LIMIT);
        stm_posting_entry_list(&entry, &list);
        fuzz_must(list.size != 0 && list.size <= STM_LIST_KEY_LIMIT);
        status = stm_chunk_decode(&entry, ids, payloads);
        fuzz_must(status == STEMMA_OK || !sound);
        for (uint32_t p = 0; status == STEMMA_OK && p < entry.count; p++) {
            fuzz_must(p == 0 || ids[p] >= ids[p - 1]);
            fuzz_must(stm_chunk_payload(&entry, p) == payloads[p]);
        }
        uint32_t half = entry.count / 2;
        stemma_status part = stm_chunk_decode_payloads(&entry, half, entry.count - half, some);
        fuzz_must(status != STEMMA_OK ||
                  (part == STEMMA_OK && memcmp(some, payloads + half, (entry.count - half) * 4) == 0));
        uint32_t index = 0;
        status = stm_posting_find(&value, stm_list_key_bytes(&list), entry.id, &index, &found);
        fuzz_must((status == STEMMA_OK && index <= value.entries) || (status == STEMMA_E_DAMAGED && !sound));
        /* What is there is found: here, or one entry before, when that is of the same list. */
        fuzz_must(!sound || ((index == i || index + 1 == i) &&
                             stm_posting_entry_is_of(&found, stm_list_key_bytes(&list))));
    }
}

static void walk(packed_table *table, size_t list_size, stemma_bytes list, uint32_t bound)
{
    stm_posting_source source = packed_table_source(table, list_size);
    stm_posting_cursor *cursor = fuzz_zeroed(1, sizeof *cursor), *other = fuzz_zeroed(1, sizeof *other);
    uint32_t id = 0, payload, last = 0, got = 0, ids[64], count;
    uint64_t counted = 0;
    packed_table second = *table;
    stm_posting_source second_source = packed_table_source(&second, list_size);
    stemma_status status = stm_posting_cursor_open(cursor, &source, list, bound);
    while (status == STEMMA_OK && got < POSTINGS) {
        status = stm_posting_cursor_next(cursor, &id, &payload);
        if (status == STEMMA_OK) {
            fuzz_must(id >= last && id < bound);
            last = id;
            got++;
        }
    }
    fuzz_must(status == STEMMA_OK || status == STEMMA_END || status == STEMMA_E_DAMAGED ||
              status == STEMMA_E_MISUSE);
    if (status == STEMMA_END) {
        /* Whoever read all of it agrees with whoever counts. */
        stemma_status counting = stm_posting_count(&source, list, &counted);
        fuzz_must(counting == STEMMA_E_DAMAGED || counted == got);
    }
    (void)stm_posting_count_range(&source, list, bound / 4, bound / 2, &counted);
    if (stm_posting_cursor_open_at(cursor, &source, list, bound, bound / 2) == STEMMA_OK) {
        (void)stm_posting_cursor_seek(cursor, bound / 2 + 1, &id, &payload);
        (void)stm_posting_cursor_skip(cursor, bound - bound / 4);
        (void)stm_posting_cursor_next_many(cursor, ids, NULL, 64, &count);
    }
    if (stm_posting_cursor_open(cursor, &source, list, bound) == STEMMA_OK &&
        stm_posting_cursor_open(other, &second_source, list, bound) == STEMMA_OK) {
        uint32_t met = 0;
        while (met < POSTINGS && stm_posting_intersect(cursor, other, UINT64_MAX, ids, 64, &count) == STEMMA_OK) {
            fuzz_must(count != 0 && count <= 64);
            met += count;
        }
    }
    free(cursor);
    free(other);
}

static void from_bytes(fuzz_input *input, size_t list_size)
{
    packed_table table = {0};
    uint32_t bound = fuzz_u32(input) | 1u;
    while (input->left > 4 && table.count < 8) {
        stemma_bytes key = fuzz_copy(input, fuzz_u8(input));
        stemma_bytes value = fuzz_copy(input, fuzz_u16(input));
        one_value(key, value, list_size);
        if (key.size != 0 && ascends(&table, key)) {
            packed_table_emit(&table, key, value);
        }
        fuzz_free(key);
        fuzz_free(value);
    }
    for (size_t i = 0; i < table.count; i++) {
        stemma_bytes list;
        uint32_t id, payload;
        if (stm_key_read_posting(table.keys[i], list_size, &list, &id, &payload) == STEMMA_OK) {
            walk(&table, list_size, list, bound);
        }
    }
    packed_table_free(&table);
}

/* ---- From numbers ---------------------------------------------------------------------------- */

static void from_numbers(fuzz_input *input)
{
    static stm_posting_builder builder;
    packed_table table = {0};
    uint32_t ids[POSTINGS], payloads[POSTINGS];
    uint32_t count = 0, id = 0, payload = 0;
    stm_list_key list;
    stm_list_key_u32(&list, 7);
    stm_posting_begin_as(&builder, (fuzz_u8(input) & 1) != 0 ? STM_POSTING_APART : STM_POSTING_NEAR, 4,
                         packed_table_emit, &table);
    while (input->left >= 2 && count < POSTINGS) {
        uint8_t step = fuzz_u8(input);
        uint32_t more = step < 200 ? step : step < 250 ? fuzz_u16(input) : fuzz_u32(input);
        uint32_t with = fuzz_u8(input);
        with = with < 250 ? with % 5 : fuzz_u32(input);
        if (more == 0 && count != 0) {
            if (with == 0 || payload > UINT32_MAX - with) {
                continue;
            }
            payload += with;
        } else {
            if (more > UINT32_MAX - 1 - id) {
                break;
            }
            id += more;
            payload = with;
        }
        fuzz_must(stm_posting_add(&builder, stm_list_key_bytes(&list), id, payload) == STEMMA_OK);
        ids[count] = id;
        payloads[count++] = payload;
    }
    fuzz_must(stm_posting_end(&builder) == STEMMA_OK);
    stm_list_key last = {.size = 0};
    uint32_t last_id = 0, last_payload = 0, at = 0;
    for (size_t i = 0; i < table.count; i++) {
        stm_posting_value value;
        fuzz_must(stm_posting_open(table.keys[i], table.values[i], 4, &value) == STEMMA_OK);
        fuzz_must(stm_posting_check(&value, &last, &last_id, &last_payload) == STEMMA_OK);
        one_value(table.keys[i], table.values[i], 4);
    }
    stm_posting_source source = packed_table_source(&table, 4);
    stm_posting_cursor *cursor = fuzz_zeroed(1, sizeof *cursor);
    fuzz_must(stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&list), UINT32_MAX) == STEMMA_OK);
    while (stm_posting_cursor_next(cursor, &id, &payload) == STEMMA_OK) {
        fuzz_must(at < count && id == ids[at] && payload == payloads[at]);
        at++;
    }
    fuzz_must(at == count);
    uint64_t counted = 0;
    if (count != 0) {
        fuzz_must(stm_posting_count(&source, stm_list_key_bytes(&list), &counted) == STEMMA_OK && counted == count);
    }
    free(cursor);
    packed_table_free(&table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t list_sizes[] = {4, 0, 5};
    fuzz_input input = fuzz_input_of(data, size);
    unsigned way = fuzz_u8(&input) % 4;
    if (way == 3) {
        from_numbers(&input);
    } else {
        from_bytes(&input, list_sizes[way]);
    }
    return 0;
}
