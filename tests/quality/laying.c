/* SPDX-License-Identifier: MIT */
#include "laying.h"

#include <stdio.h>
#include <stdlib.h>

void *laying_make(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (memory == NULL) {
        (void)fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return memory;
}

void laying_must(stemma_status status, const char *what)
{
    if (status != STEMMA_OK) {
        (void)fprintf(stderr, "%s: %s\n", what, stemma_status_name(status));
        exit(1);
    }
}

uint32_t laying_token_at(const struct stm_annotation *ann, uint32_t byte)
{
    uint32_t low = 0;
    uint32_t high = ann->token_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ann->tokens[middle].end <= byte) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
