/* SPDX-License-Identifier: MIT */
/* Labels and tokens: arena, hash, list of texts; the first byte chooses. What the check accepts every getter
   answers, and a writer writes it again. */
#include "fuzz.h"
#include "label_arena.h"
#include "label_hash.h"
#include "token_text.h"

#define MOST 5000u

static void arena(stemma_bytes value)
{
    stm_label_arena labels;
    stm_label_arena_writer writer;
    stemma_text text;
    if (stm_label_arena_open(value, &labels) != STEMMA_OK) {
        return;
    }
    bool sound = stm_label_arena_check(&labels) == STEMMA_OK;
    fuzz_must(stm_label_arena_get(&labels, labels.count, &text) == STEMMA_NOT_FOUND);
    stm_label_arena_begin(&writer, labels.count, labels.size);
    for (uint32_t i = 0; i < labels.count && (i < MOST || sound); i++) {
        stemma_status status = stm_label_arena_get(&labels, i, &text);
        fuzz_must(status == STEMMA_OK || (status == STEMMA_E_DAMAGED && !sound));
        if (status == STEMMA_OK && text.size != 0) {
            fuzz_must((const uint8_t *)text.data >= value.data &&
                      (const uint8_t *)text.data + text.size <= value.data + value.size);
        }
        if (sound) {
            stm_label_arena_measure(&writer, text.size);
        }
    }
    size_t size = 0;
    if (sound && stm_label_arena_size(&writer, &size) == STEMMA_OK) {
        uint8_t *bytes = fuzz_zeroed(size, 1);
        stm_label_arena_into(&writer, bytes, size);
        for (uint32_t i = 0; i < labels.count; i++) {
            fuzz_must(stm_label_arena_get(&labels, i, &text) == STEMMA_OK);
            stm_label_arena_add(&writer, text);
        }
        fuzz_must(stm_label_arena_end(&writer, &size) == STEMMA_OK);
        stm_label_arena again;
        fuzz_must(stm_label_arena_open((stemma_bytes){bytes, size}, &again) == STEMMA_OK);
        fuzz_must(stm_label_arena_check(&again) == STEMMA_OK && again.count == labels.count);
        free(bytes);
    }
}

static void hash(stemma_bytes value)
{
    stm_label_index index;
    stm_label_hits hits;
    uint32_t number;
    if (stm_label_hash_open(value, &index) != STEMMA_OK) {
        return;
    }
    bool sound = stm_label_hash_check(&index) == STEMMA_OK;
    for (uint32_t i = 0; i < 64; i++) {
        uint32_t met = 0;
        stemma_status status = stm_label_hash_find(&index, i * 0x04c11db7u, &hits);
        fuzz_must(status == STEMMA_OK || (status == STEMMA_E_DAMAGED && !sound));
        while (status == STEMMA_OK && stm_label_hits_next(&hits, &number)) {
            fuzz_must(++met <= index.count);
        }
    }
}

static void tokens(stemma_bytes value)
{
    stm_token_list list;
    char text[STM_TOKEN_LIMIT], last[STM_TOKEN_LIMIT];
    size_t size = 0, last_size = 0;
    uint32_t number;
    int same;
    if (stm_token_list_open(value, &list) != STEMMA_OK) {
        return;
    }
    bool sound = stm_token_list_check(&list) == STEMMA_OK;
    fuzz_must(stm_token_list_get(&list, list.count, text, &size) == STEMMA_NOT_FOUND);
    size_t bound = value.size * 2 + (size_t)list.count * 64 + 64;
    uint8_t *bytes = sound && list.count <= MOST ? fuzz_zeroed(bound, 1) : NULL;
    char(*kept)[STM_TOKEN_LIMIT] = bytes != NULL ? fuzz_zeroed(list.count, STM_TOKEN_LIMIT) : NULL;
    stm_token_writer writer;
    stm_token_list_begin(&writer, bytes, bytes != NULL ? bound : 0, list.count);
    for (uint32_t i = 0; i < list.count && i < MOST; i++) {
        stemma_status status = stm_token_list_get(&list, i, text, &size);
        fuzz_must(status == STEMMA_OK || (status == STEMMA_E_DAMAGED && !sound));
        if (!sound) {
            continue;
        }
        fuzz_must(size != 0 && size <= STM_TOKEN_LIMIT);
        fuzz_must(i == 0 || stemma_text_compare((stemma_text){last, last_size}, (stemma_text){text, size}) < 0);
        fuzz_must(stm_token_list_find(&list, (stemma_text){text, size}, &number, &same) == STEMMA_OK &&
                  same && number == i);
        memcpy(last, text, size);
        last_size = size;
        if (bytes != NULL) {
            memcpy(kept[i], text, size);
            stm_token_list_add(&writer, (stemma_text){kept[i], size});
        }
    }
    (void)stm_token_list_find(&list, stemma_text_of("middle"), &number, &same);
    if (bytes != NULL) {
        fuzz_must(stm_token_list_end(&writer, &size) == STEMMA_OK);
        fuzz_must(size == value.size && memcmp(bytes, value.data, size) == 0);
        free(kept);
        free(bytes);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    unsigned family = fuzz_u8(&input) % 3;
    stemma_bytes value = fuzz_rest(&input);
    if (family == 0) {
        arena(value);
    } else if (family == 1) {
        hash(value);
    } else {
        tokens(value);
    }
    fuzz_free(value);
    return 0;
}
