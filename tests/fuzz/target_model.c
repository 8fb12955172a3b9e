/* SPDX-License-Identifier: MIT */
/* The weights of the reader of news, with some bytes changed (edits of [offset (4), size, bytes]) and the
   digest that then is right. What opens, reads a text without leaving its tables. */
#include <xxhash.h>

#include "fuzz.h"
#include "pack/extract/extract.h"
#include "support/reader_model.h"

#define EDITS   16u
#define COVERED (8 + sizeof(XXH128_canonical_t)) /* what the digest is of, from here on */

static const char text[] = "LUND, May 3 (Northwire) - Police in Lund said on Monday that they arrested 12 people. "
                           "\"We will leave,\" said Ana Ruiz, the mayor. She met President Max Roe in 2021.";

static stemma_bytes whole;

static void load(void)
{
    FILE *file = fopen(STEMMA_SOURCE_DIR "/tools/model/english.model", "rb");
    long size;
    fuzz_must(file != NULL && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) > 0);
    uint8_t *bytes = aligned_alloc(8, ((size_t)size + 7) / 8 * 8);
    rewind(file);
    fuzz_must(bytes != NULL && fread(bytes, 1, (size_t)size, file) == (size_t)size);
    fclose(file);
    whole = (stemma_bytes){bytes, (size_t)size};
}

static void use(const struct stm_model *model)
{
    stemma_document document = {0}, out = {0};
    struct stm_arena arena;
    stemma_error error = {0};
    document.text = stemma_text_of(text);
    stm_arena_init(&arena, (size_t)64 << 20);
    stemma_status status = stm_extract(model, &document, 0, &arena, &out, &error);
    fuzz_must(status == STEMMA_OK || (status < 0 && status != STEMMA_E_INTERNAL && error.code[0] != '\0'));
    stm_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    struct {
        size_t at;
        stemma_bytes before;
    } undo[EDITS];
    uint32_t edits = 0;
    if (whole.size == 0) {
        load();
    }
    uint8_t *bytes = (uint8_t *)(uintptr_t)whole.data;
    while (input.left >= 6 && edits < EDITS) {
        size_t at = COVERED + fuzz_u32(&input) % (whole.size - COVERED);
        stemma_bytes change = fuzz_copy(&input, fuzz_u8(&input));
        if (change.size <= whole.size - at) {
            fuzz_input old = fuzz_input_of(bytes + at, change.size);
            undo[edits].at = at;
            undo[edits++].before = fuzz_rest(&old);
            memcpy(bytes + at, change.data, change.size);
        }
        fuzz_free(change);
    }
    struct stm_model *model = NULL;
    stemma_error error = {0};
    XXH128_canonical_t digest;
    XXH128_canonicalFromHash(&digest, XXH3_128bits(bytes + COVERED, whole.size - COVERED));
    memcpy(bytes + 8, digest.digest, sizeof digest.digest);
    stemma_status status = stm_model_open_bytes(&model, whole, &error);
    fuzz_must(status == STEMMA_OK || status == STEMMA_E_DAMAGED || status == STEMMA_E_UNSUPPORTED);
    if (status == STEMMA_OK) {
        use(model);
        stm_model_close(model);
    }
    while (edits > 0) {
        edits--;
        memcpy(bytes + undo[edits].at, undo[edits].before.data, undo[edits].before.size);
        fuzz_free(undo[edits].before);
    }
    return 0;
}
