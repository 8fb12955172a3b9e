/* SPDX-License-Identifier: MIT */
/* What data sets are stored as: rows, details of events, blocks of rows. The first byte chooses. */
#include "fuzz.h"
#include "fuzz_bounds.h"
#include "row_block.h"
#include "row_record.h"

#define ACTORS 300u

static void a_row(stemma_bytes value)
{
    uint32_t count;
    stm_row_record row;
    stm_fault fault = {NULL, 0};
    stemma_status status = stm_row_count(value, &count, &fault);
    if (status == STEMMA_OK) {
        fuzz_must(count <= value.size);
        stm_row_participant *participants = fuzz_zeroed(count, sizeof *participants);
        status = stm_row_decode(value, &fuzz_bounds()->vocabulary, ACTORS, &row, participants, count, &fault);
        if (status == STEMMA_OK) {
            uint8_t *bytes = fuzz_zeroed(value.size + 16, 1);
            stm_buffer out = stm_buffer_over(bytes, value.size + 16);
            fuzz_must(stm_row_encode(&row, &fuzz_bounds()->vocabulary, &out, NULL) == STEMMA_OK);
            fuzz_must(out.size <= value.size); /* less: fields of later versions */
            fuzz_must(out.size < value.size || memcmp(bytes, value.data, value.size) == 0);
            const stm_row_predicates predicates = {8, 7, 6, STEMMA_NONE};
            uint32_t assertions = stm_row_assertion_count(&row);
            stm_row_assertion *list = fuzz_zeroed(assertions, sizeof *list);
            stm_row_assertions(&row, &predicates, list);
            free(list);
            free(bytes);
        }
        free(participants);
    }
    fuzz_must(status == STEMMA_OK || (status == STEMMA_E_DAMAGED && fault.code != NULL));
}

static void details(uint32_t count, stemma_bytes payload)
{
    stm_row_rare many[STM_DETAIL_PART];
    stm_fault fault = {NULL, 0};
    count = count % STM_DETAIL_PART + 1;
    stemma_status status = stm_detail_decode(payload, &fuzz_bounds()->vocabulary, count, many, &fault);
    fuzz_must(status == STEMMA_OK || (status == STEMMA_E_DAMAGED && fault.code != NULL));
    size_t capacity = payload.size + 16;
    uint8_t *bytes = fuzz_zeroed(capacity, 1);
    stm_buffer out = stm_buffer_over(bytes, capacity);
    stm_detail_begin(count, &out);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        fuzz_must(stm_detail_put(&many[i], &fuzz_bounds()->vocabulary, &out, NULL) == STEMMA_OK);
    }
    fuzz_must(status != STEMMA_OK || out.size <= payload.size);
    fuzz_must(status != STEMMA_OK || out.size < payload.size ||
              memcmp(bytes, payload.data, payload.size) == 0);
    free(bytes);
}

static void a_block(stemma_bytes value)
{
    uint32_t rows = 0;
    stm_fault fault = {NULL, 0};
    stemma_status status = stm_rows_count(value, &rows, &fault);
    static stm_row_block block;
    stm_row_block_clear(&block);
    bool whole = status == STEMMA_OK && value.size <= STEMMA_LIMIT_CHUNK;
    fuzz_must(status != STEMMA_OK || (rows != 0 && rows <= value.size));
    for (uint32_t i = 0; status == STEMMA_OK && i < rows; i++) {
        stemma_bytes row = {NULL, 0};
        stemma_status got = stm_rows_at(value, i, &row, &fault);
        fuzz_must(got == STEMMA_OK || got == STEMMA_E_DAMAGED);
        if (got == STEMMA_OK) {
            fuzz_must(row.data >= value.data && row.data + row.size <= value.data + value.size);
        }
        whole = whole && got == STEMMA_OK && row.size != 0 && stm_row_block_add(&block, row);
    }
    if (whole && rows != 0) {
        stemma_bytes made = stm_row_block_value(&block);
        fuzz_must(made.size <= STEMMA_LIMIT_CHUNK);
        for (uint32_t i = 0; i < rows; i++) {
            stemma_bytes a = {NULL, 0}, b = {NULL, 0};
            fuzz_must(stm_rows_at(value, i, &a, NULL) == STEMMA_OK &&
                      stm_rows_at(made, i, &b, NULL) == STEMMA_OK);
            fuzz_must(a.size == b.size && memcmp(a.data, b.data, a.size) == 0);
        }
    }
    stemma_bytes none;
    fuzz_must(stm_rows_at(value, rows, &none, NULL) != STEMMA_OK || status != STEMMA_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    unsigned family = fuzz_u8(&input) % 3;
    uint8_t count = family == 1 ? fuzz_u8(&input) : 0;
    stemma_bytes value = fuzz_rest(&input);
    if (family == 0) {
        a_row(value);
    } else if (family == 1) {
        details(count, value);
    } else {
        a_block(value);
    }
    fuzz_free(value);
    return 0;
}
