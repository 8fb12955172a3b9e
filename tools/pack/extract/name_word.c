/* SPDX-License-Identifier: MIT */
/* A table of words and names of a document. */
#include "pack/extract/name.h"

#include <xxhash.h>

static stemma_status rehash(struct stm_name_words *words)
{
    size_t larger = words->slot_count == 0 ? 256 : words->slot_count * 2;
    uint32_t *slots = stm_arena_alloc(words->arena, larger, sizeof *slots);
    if (slots == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < words->count; i++) {
        stemma_text lower = words->items[i].lower;
        size_t at = (size_t)XXH3_64bits(lower.data, lower.size) & (larger - 1);
        while (slots[at] != 0) {
            at = (at + 1) & (larger - 1);
        }
        slots[at] = (uint32_t)i + 1;
    }
    words->slots = slots;
    words->slot_count = larger;
    return STEMMA_OK;
}

static size_t slot_of(const struct stm_name_words *words, stemma_text lower)
{
    size_t at = (size_t)XXH3_64bits(lower.data, lower.size) & (words->slot_count - 1);
    while (words->slots[at] != 0 &&
           !stemma_text_equal(words->items[words->slots[at] - 1].lower, lower)) {
        at = (at + 1) & (words->slot_count - 1);
    }
    return at;
}

struct stm_name_word *stm_name_words_find(const struct stm_name_words *words, stemma_text lower)
{
    if (words->slot_count == 0 || lower.size == 0) {
        return NULL;
    }
    uint32_t item = words->slots[slot_of(words, lower)];
    return item == 0 ? NULL : &words->items[item - 1];
}

struct stm_name_word *stm_name_words_add(struct stm_name_words *words, stemma_text lower)
{
    if (words->count * 2 >= words->slot_count && rehash(words) != STEMMA_OK) {
        return NULL;
    }
    size_t at = slot_of(words, lower);
    if (words->slots[at] != 0) {
        return &words->items[words->slots[at] - 1];
    }
    if (stm_arena_grow(words->arena, &words->items, words->count, &words->capacity,
                       sizeof *words->items) != STEMMA_OK) {
        return NULL;
    }
    struct stm_name_word *item = &words->items[words->count];
    memset(item, 0, sizeof *item);
    item->lower = lower;
    words->count++;
    words->slots[at] = (uint32_t)words->count;
    return item;
}

stemma_text stm_name_join(const struct stm_annotation *ann, uint32_t first, uint32_t count,
                          char *buffer, size_t size)
{
    stemma_text joined = {buffer, 0};
    for (uint32_t i = first; i < first + count; i++) {
        stemma_text lower = ann->tokens[i].lower;
        int glued = i != first && (ann->tokens[i].flags & STM_TOKEN_SPACE_BEFORE) == 0;
        if (lower.size + 1 > size - joined.size) {
            joined.size = 0;
            return joined;
        }
        if (i != first && !glued) {
            buffer[joined.size++] = ' ';
        }
        memcpy(buffer + joined.size, lower.data, lower.size);
        joined.size += lower.size;
    }
    return joined;
}
