/* SPDX-License-Identifier: MIT */
/* Wrong records in a file that is sound around them: pages sealed, digests right. First byte: bit 0 which
   file, bit 1 digests left as they were; second byte: which question is asked. Then up to four changes of
   [table, record, way, size (2), bytes]: the bytes instead of the value, at its end, as edits of [offset (2),
   byte], nothing (the record is left out), or a record behind it: [size of key, key, value].
   Nothing may crash; what stemma_check() finds sound answers every question. */
#include "common/exit_codes.h"
#include "fuzz.h"
#include "fuzz_ask.h"
#include "fuzz_base.h"
#include "stemma/check.h"
#include "support/read_all.h"

#define CHANGES 4u

enum { REPLACE, APPEND, EDIT, LEAVE_OUT, INSERT, WAYS };

static stemma_bytes edited(stemma_bytes value, stemma_bytes edits, size_t room)
{
    uint8_t *copy = fuzz_zeroed(value.size + room, 1);
    memcpy(copy, value.data, value.size);
    fuzz_input input = fuzz_input_of(edits.data, edits.size);
    while (input.left >= 3 && value.size != 0) {
        size_t at = fuzz_u16(&input) % value.size;
        copy[at] = fuzz_u8(&input);
    }
    return (stemma_bytes){copy, value.size};
}

/* Makes one change; gives how many records there are then. */
static uint32_t change(fuzz_record *records, uint32_t count, fuzz_input *input, stemma_bytes *owned)
{
    stm_table table = (stm_table)(fuzz_u8(input) % STM_TABLE_COUNT);
    uint32_t record = fuzz_u8(input), way = fuzz_u8(input) % WAYS, first = 0, end;
    *owned = fuzz_copy(input, fuzz_u16(input));
    while (first < count && records[first].table < table) {
        first++;
    }
    for (end = first; end < count && records[end].table == table; end++) {
    }
    if (first == end) {
        return count;
    }
    fuzz_record *one = &records[first + record % (end - first)];
    stemma_bytes bytes = *owned;
    switch (way) {
    case REPLACE:
        one->value = bytes;
        break;
    case APPEND:
        *owned = edited(one->value, (stemma_bytes){bytes.data, 0}, bytes.size);
        memcpy((uint8_t *)(uintptr_t)owned->data + owned->size, bytes.data, bytes.size);
        owned->size += bytes.size;
        one->value = *owned;
        fuzz_free(bytes);
        break;
    case EDIT:
        *owned = edited(one->value, bytes, 0);
        one->value = *owned;
        fuzz_free(bytes);
        break;
    case LEAVE_OUT:
        memmove(one, one + 1, (size_t)(records + count - one - 1) * sizeof *one);
        return count - 1;
    default: {
        size_t key = bytes.size != 0 ? bytes.data[0] : 0;
        if (key == 0 || key >= bytes.size) {
            break;
        }
        memmove(one + 1, one, (size_t)(records + count - one) * sizeof *one);
        one[1].table = table;
        one[1].key = (stemma_bytes){bytes.data + 1, key};
        one[1].value = (stemma_bytes){bytes.data + 1 + key, bytes.size - 1 - key};
        return count + 1;
    }
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    uint8_t way = fuzz_u8(&input), question = fuzz_u8(&input);
    uint32_t count;
    const fuzz_record *base = fuzz_base_records(way & 1, &count);
    fuzz_record *records = fuzz_zeroed(count + CHANGES, sizeof *records);
    stemma_bytes owned[CHANGES] = {{NULL, 0}};
    memcpy(records, base, count * sizeof *records);
    for (uint32_t i = 0; i < CHANGES && input.left >= 5; i++) {
        count = change(records, count, &input, &owned[i]);
    }
    const char *path = fuzz_make_file(records, count, way & 2);
    read_all_result result = {0};
    stemma_check_summary summary = {0};
    stemma_error error = {0};
    stemma_status checked = stemma_check(path, NULL, NULL, &summary, &error);
    stemma_status status = read_all(path, NULL, &result);
    bool sound = checked == STEMMA_OK && summary.problems == 0;
    fuzz_must(result.other == 0);
    fuzz_must(!sound || (status == STEMMA_OK && result.damaged == 0));
    int answer = fuzz_ask(path, question);
    fuzz_must(answer == STM_EXIT_OK || answer == STM_EXIT_NOTHING ||
              (!sound && (answer == STM_EXIT_DAMAGED || answer == STM_EXIT_UNSUPPORTED)));
    free(records);
    for (uint32_t i = 0; i < CHANGES; i++) {
        fuzz_free(owned[i]);
    }
    return 0;
}
