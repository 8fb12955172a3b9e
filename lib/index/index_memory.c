/* SPDX-License-Identifier: MIT */
#include "index/index_memory.h"

#include "base/memory_sort.h"
#include "index/index_radix.h"

#include <stdlib.h>
#include <xxhash.h>

static int compare_numbers(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

void stm_sort_numbers(uint32_t *numbers, size_t count)
{
    if (count < 2) {
        return;
    }
    if (count <= 16) { /* most lists are short: no call through a pointer for them */
        for (size_t i = 1; i < count; i++) {
            uint32_t moving = numbers[i];
            size_t at = i;
            while (at > 0 && numbers[at - 1] > moving) {
                numbers[at] = numbers[at - 1];
                at--;
            }
            numbers[at] = moving;
        }
        return;
    }
    qsort(numbers, count, sizeof *numbers, compare_numbers);
}

size_t stm_sort_distinct(uint32_t *numbers, size_t count)
{
    if (count < 2) {
        return count;
    }
    stm_sort_numbers(numbers, count);
    size_t kept = 1;
    for (size_t i = 1; i < count; i++) {
        if (numbers[i] != numbers[kept - 1]) {
            numbers[kept++] = numbers[i];
        }
    }
    return kept;
}

static int compare_keys(const void *a, const void *b)
{
    const stm_sort_key *left = a;
    const stm_sort_key *right = b;
    if (left->major != right->major) {
        return left->major > right->major ? 1 : -1;
    }
    if (left->minor != right->minor) {
        return left->minor > right->minor ? 1 : -1;
    }
    return (left->position > right->position) - (left->position < right->position);
}

/* Which bits differ between any two of the keys, and whether positions ascend already. */
static int survey(const stm_sort_key *keys, size_t count, uint64_t differ[3])
{
    int ascending = 1;
    differ[0] = differ[1] = differ[2] = 0;
    for (size_t i = 1; i < count; i++) {
        differ[0] |= keys[i].major ^ keys[0].major;
        differ[1] |= keys[i].minor ^ keys[0].minor;
        differ[2] |= keys[i].position ^ keys[0].position;
        ascending &= keys[i].position >= keys[i - 1].position;
    }
    return ascending;
}

static uint64_t digit_of(const stm_sort_key *key, int field, int shift)
{
    uint64_t value = field == 0 ? key->major : field == 1 ? key->minor : key->position;
    return value >> shift & 0xff;
}

/* One stable pass by one byte. */
static void distribute(const stm_sort_key *from, stm_sort_key *to, size_t count, int field,
                       int shift)
{
    size_t starts[256] = {0};
    size_t next = 0;
    for (size_t i = 0; i < count; i++) {
        starts[digit_of(&from[i], field, shift)]++;
    }
    for (int digit = 0; digit < 256; digit++) {
        size_t here = starts[digit];
        starts[digit] = next;
        next += here;
    }
    for (size_t i = 0; i < count; i++) {
        to[starts[digit_of(&from[i], field, shift)]++] = from[i];
    }
}

void stm_sort_keys(stm_memory *memory, stm_sort_key *keys, size_t count)
{
    uint64_t differ[3];
    stm_sort_key *spare = count >= 256 ? stm_memory_zeroed(memory, count, sizeof *spare) : NULL;
    if (spare == NULL) { /* few keys, or little memory */
        if (count > 1) {
            qsort(keys, count, sizeof *keys, compare_keys);
        }
        return;
    }
    stm_sort_key *from = keys;
    stm_sort_key *to = spare;
    int ascending = survey(keys, count, differ);
    for (int field = ascending ? 1 : 2; field >= 0; field--) {
        for (int shift = 0; shift < 64; shift += 8) {
            if ((differ[field] >> shift & 0xff) != 0) {
                distribute(from, to, count, field, shift);
                stm_sort_key *swapped = from;
                from = to;
                to = swapped;
            }
        }
    }
    if (from != keys) {
        memcpy(keys, from, count * sizeof *keys);
    }
    stm_memory_free(spare);
}

static uint32_t hash_of(stemma_text text)
{
    return (uint32_t)XXH3_64bits(text.size > 0 ? text.data : "", text.size);
}

static uint32_t slot_of(const stm_strings *strings, stemma_text text, uint32_t hash)
{
    uint32_t mask = strings->slot_count - 1;
    uint32_t slot = hash & mask;
    while (strings->slots[slot] != 0 &&
           !stemma_text_equal(stm_strings_get(strings, strings->slots[slot] - 1), text)) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

static stemma_status grow_slots(stm_strings *strings)
{
    uint32_t wanted = strings->slot_count == 0 ? 256 : strings->slot_count * 2;
    uint32_t *slots = stm_memory_zeroed(strings->memory, wanted, sizeof *slots);
    if (slots == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stm_memory_free(strings->slots);
    strings->slots = slots;
    strings->slot_count = wanted;
    for (uint32_t i = 0; i < strings->count; i++) { /* each is another: none needs to be compared */
        uint32_t slot = hash_of(stm_strings_get(strings, i)) & (wanted - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (wanted - 1);
        }
        slots[slot] = i + 1;
    }
    return STEMMA_OK;
}

stemma_status stm_strings_add(stm_strings *strings, stemma_text text, uint32_t *number)
{
    if (strings->count >= UINT32_C(1) << 30) {
        return STEMMA_E_LIMIT;
    }
    if (strings->count >= strings->slot_count / 2 && grow_slots(strings) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t slot = slot_of(strings, text, hash_of(text));
    if (strings->slots[slot] != 0) {
        *number = strings->slots[slot] - 1;
        return STEMMA_OK;
    }
    size_t *offsets = stm_memory_grow(strings->memory, strings->offsets, &strings->offset_capacity,
                               (size_t)strings->count + 2, sizeof *offsets);
    if (offsets == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    strings->offsets = offsets;
    char *bytes = stm_memory_grow(strings->memory, strings->bytes, &strings->capacity, strings->size + text.size + 1, 1);
    if (bytes == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    strings->bytes = bytes;
    if (text.size > 0) {
        memcpy(bytes + strings->size, text.data, text.size);
    }
    offsets[strings->count] = strings->size;
    strings->size += text.size;
    offsets[strings->count + 1] = strings->size;
    *number = strings->count++;
    strings->slots[slot] = strings->count;
    return STEMMA_OK;
}

uint32_t stm_strings_find(const stm_strings *strings, stemma_text text)
{
    return strings->slot_count == 0
               ? STEMMA_NONE
               : strings->slots[slot_of(strings, text, hash_of(text))] - 1;
}

void stm_strings_find_many(const stm_strings *strings, const stemma_text *texts, uint32_t count,
                           uint32_t *numbers)
{
    uint32_t hashes[STM_STRINGS_MANY];
    uint32_t mask = strings->slot_count - 1;
    for (uint32_t i = 0; i < count; i++) {
        numbers[i] = STEMMA_NONE;
    }
    if (strings->slot_count == 0) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        hashes[i] = hash_of(texts[i]);
        __builtin_prefetch(&strings->slots[hashes[i] & mask]);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = strings->slots[hashes[i] & mask];
        __builtin_prefetch(&strings->offsets[number]);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = strings->slots[hashes[i] & mask];
        if (number != 0) {
            __builtin_prefetch(strings->bytes + strings->offsets[number - 1]);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        numbers[i] = strings->slots[slot_of(strings, texts[i], hashes[i])] - 1;
    }
}

stemma_text stm_strings_get(const stm_strings *strings, uint32_t number)
{
    size_t start = strings->offsets[number];
    stemma_text text = {strings->bytes + start, strings->offsets[number + 1] - start};
    return text;
}

static int compare_strings(const void *a, const void *b, void *context)
{
    const stm_strings *strings = context;
    return stemma_text_compare(stm_strings_get(strings, *(const uint32_t *)a),
                               stm_strings_get(strings, *(const uint32_t *)b));
}

/* The first eight bytes of a string in the order of strings, shorter ones filled up with zeros: where two differ, that is
   their order. */
static uint64_t beginning_of(stemma_text text)
{
    uint64_t beginning = 0;
    for (size_t i = 0; i < 8; i++) {
        beginning = beginning << 8 | (i < text.size ? (unsigned char)text.data[i] : 0u);
    }
    return beginning;
}

/* Puts the numbers of all strings into memcmp order. */
static stemma_status order_strings(const stm_strings *strings, uint64_t *keys, uint32_t *order)
{
    for (uint32_t i = 0; i < strings->count; i++) {
        order[i] = i;
        keys[i] = beginning_of(stm_strings_get(strings, i));
        stm_memory_step(strings->memory, i);
    }
    stemma_status status = stm_radix_sort(strings->memory, keys, order, strings->count);
    for (uint32_t i = 0; i < strings->count && status == STEMMA_OK;) {
        uint32_t end = i + 1;
        while (end < strings->count && keys[end] == keys[i]) {
            end++;
        }
        if (end - i > 1) {
            stm_memory_sort(strings->memory, order + i, end - i, sizeof *order, compare_strings,
                            (void *)(uintptr_t)strings);
        }
        i = end;
    }
    return status;
}

uint32_t *stm_strings_ranks(const stm_strings *strings)
{
    uint32_t *ranks = stm_memory_zeroed(strings->memory, strings->count, sizeof *ranks);
    uint32_t *order = stm_memory_zeroed(strings->memory, strings->count, sizeof *order);
    uint64_t *keys = stm_memory_zeroed(strings->memory, strings->count, sizeof *keys);
    int ordered = ranks != NULL && order != NULL && keys != NULL &&
                  order_strings(strings, keys, order) == STEMMA_OK;
    for (uint32_t i = 0; i < strings->count && ordered; i++) {
        ranks[order[i]] = i;
    }
    stm_memory_free(order);
    stm_memory_free(keys);
    stm_memory_free(ordered ? NULL : ranks);
    return ordered ? ranks : NULL;
}

void stm_strings_free(stm_strings *strings)
{
    stm_memory_free(strings->bytes);
    stm_memory_free(strings->offsets);
    stm_memory_free(strings->slots);
    memset(strings, 0, sizeof *strings);
}
