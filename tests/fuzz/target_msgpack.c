/* SPDX-License-Identifier: MIT */
/* One canonical MessagePack value: what the scan accepts, the cursor reads to its end without a fault, and
   written again it is the same bytes. What it refuses the cursor may read, but only inside of it. */
#include "canonical.h"
#include "fuzz.h"

/* Reads and writes one value, or the head of one that others follow. */
static void copy_one(stm_mp *mp, stm_buffer *out)
{
    switch (stm_mp_peek(mp)) {
    case STM_MP_END:
        break;
    case STM_MP_UINT:
        stm_mp_put_uint(out, stm_mp_uint(mp, UINT64_MAX));
        break;
    case STM_MP_NEGATIVE:
        stm_mp_put_int(out, stm_mp_int(mp, INT64_MIN, INT64_MAX));
        break;
    case STM_MP_TRUE:
        fuzz_must(stm_mp_true(mp) || mp->code != NULL);
        stm_mp_put_true(out);
        break;
    case STM_MP_TEXT:
        stm_mp_put_text(out, stm_mp_text(mp, SIZE_MAX));
        break;
    case STM_MP_BINARY:
        stm_mp_put_binary(out, stm_mp_binary(mp));
        break;
    case STM_MP_ARRAY:
        stm_mp_put_array(out, stm_mp_array(mp));
        break;
    case STM_MP_MAP:
        stm_mp_put_map(out, stm_mp_map(mp));
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stemma_bytes record = {data, size};
    stm_fault fault = {NULL, 0};
    stemma_status status = stm_mp_check(record, &fault);
    uint8_t *again = fuzz_zeroed(size + 1, 1);
    stm_buffer out = stm_buffer_over(again, size + 1);
    stm_mp mp = stm_mp_over(record);
    size_t steps = 0;
    fuzz_must(status == STEMMA_OK || (status == STEMMA_E_DAMAGED && fault.code != NULL && fault.offset <= size));
    while (stm_mp_peek(&mp) != STM_MP_END) {
        copy_one(&mp, &out);
        fuzz_must(++steps <= size + 1);
    }
    if (status == STEMMA_OK) {
        fuzz_must(mp.code == NULL && out.size == size && memcmp(again, data, size) == 0);
        mp = stm_mp_over(record);
        stemma_bytes skipped = stm_mp_skip(&mp);
        fuzz_must(skipped.size == size && stm_mp_finish(&mp, NULL) == STEMMA_OK);
        mp = stm_mp_over(record);
        stm_mp_skip_items(&mp, 1);
        fuzz_must(stm_mp_finish(&mp, NULL) == STEMMA_OK);
    } else {
        mp = stm_mp_over(record);
        stemma_bytes skipped = stm_mp_skip(&mp);
        fuzz_must(skipped.size <= size);
    }
    free(again);
    return 0;
}
