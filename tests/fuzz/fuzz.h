/* SPDX-License-Identifier: MIT */
/* What every fuzz target shares. A target is one function from any bytes to 0: it must return, free what
   it took, and hold what it promises (fuzz_must). It keeps nothing from input to input but what it made
   once at its first call, so that one input alone repeats a failure. */
#ifndef STEMMA_FUZZ_H
#define STEMMA_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stemma/types.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process with a message when a promise is broken: the fuzzer keeps the input. */
#define fuzz_must(condition)                                                                       \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* What is left of an input. Numbers beyond its end are 0. */
typedef struct fuzz_input {
    const uint8_t *at;
    size_t left;
} fuzz_input;

static inline fuzz_input fuzz_input_of(const uint8_t *data, size_t size)
{
    fuzz_input input = {data, size};
    return input;
}

static inline uint8_t fuzz_u8(fuzz_input *input)
{
    if (input->left == 0) {
        return 0;
    }
    input->left--;
    return *input->at++;
}

static inline uint16_t fuzz_u16(fuzz_input *input)
{
    uint16_t low = fuzz_u8(input);
    return (uint16_t)(low | fuzz_u8(input) << 8);
}

static inline uint32_t fuzz_u32(fuzz_input *input)
{
    uint32_t low = fuzz_u16(input);
    return low | (uint32_t)fuzz_u16(input) << 16;
}

static inline void *fuzz_zeroed(size_t count, size_t size)
{
    void *memory = calloc(count != 0 ? count : 1, size);
    fuzz_must(memory != NULL);
    return memory;
}

/* The next `size` bytes, or what there is, in memory of exactly that size: a sanitizer sees each read
   beyond them. free() the data. */
static inline stemma_bytes fuzz_copy(fuzz_input *input, size_t size)
{
    size = size < input->left ? size : input->left;
    uint8_t *copy = malloc(size != 0 ? size : 1);
    fuzz_must(copy != NULL);
    if (size != 0) {
        memcpy(copy, input->at, size);
    }
    input->at += size;
    input->left -= size;
    stemma_bytes bytes = {copy, size};
    return bytes;
}

static inline stemma_bytes fuzz_rest(fuzz_input *input)
{
    return fuzz_copy(input, input->left);
}

static inline void fuzz_free(stemma_bytes bytes)
{
    free((void *)(uintptr_t)bytes.data);
}

static inline stemma_text fuzz_text(stemma_bytes bytes)
{
    stemma_text text = {(const char *)bytes.data, bytes.size};
    return text;
}

/* The bytes up to the next line that is `mark` (with its line feed), which is passed over; all when there
   is none. */
static inline stemma_bytes fuzz_section(fuzz_input *input, const char *mark)
{
    size_t length = strlen(mark);
    const uint8_t *found = length <= input->left ? memmem(input->at, input->left, mark, length) : NULL;
    if (found == NULL) {
        return fuzz_rest(input);
    }
    stemma_bytes section = fuzz_copy(input, (size_t)(found - input->at));
    input->at += length;
    input->left -= length;
    return section;
}

#endif
