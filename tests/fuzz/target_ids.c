/* SPDX-License-Identifier: MIT */
/* Ids and keys: what reads as an id is written as the same; keys come apart into what makes them again. */
#include "common/interchange_read.h"
#include "fuzz.h"
#include "id.h"
#include "key.h"
#include "utf8.h"

static void keys(stemma_bytes key, size_t list_size)
{
    uint8_t again[STM_POSTING_KEY_LIMIT];
    uint32_t first, second;
    uint64_t number;
    stemma_bytes list;
    if (stm_key_read_posting(key, list_size, &list, &first, &second) == STEMMA_OK) {
        size_t size = stm_key_posting(again, list, first, second);
        fuzz_must(size == key.size && memcmp(again, key.data, size) == 0);
    }
    if (stm_key_read_u32(key, &first) == STEMMA_OK) {
        stm_key_u32(again, first);
        fuzz_must(key.size == 4 && memcmp(again, key.data, 4) == 0);
    }
    if (stm_key_read_u32x2(key, &first, &second) == STEMMA_OK) {
        stm_key_u32x2(again, first, second);
        fuzz_must(key.size == 8 && memcmp(again, key.data, 8) == 0);
    }
    if (stm_key_read_u64(key, &number) == STEMMA_OK) {
        stm_key_u64(again, number);
        fuzz_must(key.size == 8 && memcmp(again, key.data, 8) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    stemma_bytes bytes = fuzz_rest(&input);
    stemma_text text = fuzz_text(bytes), document;
    stm_public_id id;
    char written[STM_ID_SIZE], kind;
    uint32_t referent;
    stm_list_key list;
    if (stm_public_id_read(text, &id)) {
        stm_public_id_text(&id, written);
        fuzz_must(strlen(written) == size && memcmp(written, text.data, size) == 0);
    }
    if (stm_interchange_referent(text, &document, &referent, &kind)) {
        fuzz_must(document.data >= text.data && document.data + document.size <= text.data + text.size);
    }
    keys(bytes, 4);
    keys(bytes, 5);
    keys(bytes, 0);
    if (stm_list_key_text(&list, text) == STEMMA_OK) {
        fuzz_must(list.size == size && size != 0 && size <= STM_TERM_LIMIT);
    }
    size_t fault = stm_utf8_fault(text);
    fuzz_must(fault <= size && (fault != size || stm_utf8_length(text) <= size));
    fuzz_free(bytes);
    return 0;
}
