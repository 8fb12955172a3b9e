/* SPDX-License-Identifier: MIT */
#include "pack/judge/passage.h"

#include <xxhash.h>

#define WORD_LIMIT 64u /* bytes of a word that count */
#define REPEATS    16u /* places in `to` that are tried for one shingle */

/* Bytes of the character at `position` when it is punctuation or space beyond ASCII that texts set
   in different ways (quotation marks, dashes, ellipses, no-break spaces), else 0. */
static size_t separator_size(const char *data, size_t size, size_t position)
{
    uint8_t c = (uint8_t)data[position];
    if (c == 0xC2 && position + 1 < size) {
        uint8_t d = (uint8_t)data[position + 1];
        return d <= 0xBF && d != 0xAA && d != 0xB5 && d != 0xBA ? 2 : 0;
    }
    if (c == 0xE2 && position + 2 < size) {
        uint8_t d = (uint8_t)data[position + 1];
        return d == 0x80 || d == 0x81 ? 3 : 0;
    }
    return 0;
}

static int is_word_byte(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* Reads one word at `*position` and moves it behind the word; returns whether there was one. An
   apostrophe inside a word belongs to it but does not count. */
static int next_word(const char *data, size_t end, size_t *position, uint64_t *hash,
                     stemma_span *span)
{
    char folded[WORD_LIMIT];
    size_t used = 0;
    size_t i = *position;
    span->start = (uint32_t)i;
    while (i < end) {
        size_t separator = separator_size(data, end, i);
        uint8_t c = (uint8_t)data[i];
        if (separator == 0 && is_word_byte(c)) {
            if (used < WORD_LIMIT) {
                folded[used++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            }
            i++;
            continue;
        }
        if (used != 0) {
            break;
        }
        i += separator != 0 ? separator : 1;
        span->start = (uint32_t)i;
    }
    span->end = (uint32_t)i;
    *position = i;
    if (used != 0) {
        *hash = XXH64(folded, used, 0);
    }
    return used != 0;
}

stemma_status stm_words_split(struct stm_arena *arena, const stemma_document *document,
                              struct stm_words *words)
{
    size_t most = document->text.size / 2 + 1;
    words->count = 0;
    words->hash = stm_arena_alloc(arena, most, sizeof *words->hash);
    words->span = stm_arena_alloc(arena, most, sizeof *words->span);
    if (words->hash == NULL || words->span == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    size_t position = 0;
    for (uint32_t f = 0; f <= document->furniture_count; f++) {
        size_t end = document->text.size;
        size_t resume = end;
        if (f < document->furniture_count && document->furniture[f].start < end) {
            end = document->furniture[f].start;
            resume = document->furniture[f].end < document->text.size ? document->furniture[f].end
                                                                      : document->text.size;
        }
        while (position < end && words->count < most &&
               next_word(document->text.data, end, &position, &words->hash[words->count],
                         &words->span[words->count])) {
            words->count++;
        }
        position = resume > position ? resume : position;
    }
    return STEMMA_OK;
}

uint64_t stm_words_shingle(const struct stm_words *words, uint32_t position)
{
    return XXH64(words->hash + position, STM_SHINGLE * sizeof(uint64_t), 1);
}

static uint32_t shingle_count(const struct stm_words *words)
{
    return words->count < STM_SHINGLE ? 0 : words->count - STM_SHINGLE + 1;
}

static uint32_t common_run(const struct stm_words *from, uint32_t i, const struct stm_words *to,
                           uint32_t j)
{
    uint32_t run = 0;
    while (i + run < from->count && j + run < to->count &&
           from->hash[i + run] == to->hash[j + run]) {
        run++;
    }
    return run;
}

/* Where the places of a shingle begin, or would. */
static uint32_t slot_of(const struct stm_shingles *index, uint64_t hash)
{
    uint32_t slot = (uint32_t)(hash >> 32) & index->mask;
    while (index->first[slot] != 0 && index->hash[index->first[slot] - 1] != hash) {
        slot = (slot + 1) & index->mask;
    }
    return slot;
}

stemma_status stm_shingles_index(struct stm_arena *arena, const struct stm_words *words,
                                 struct stm_shingles *index)
{
    uint32_t count = shingle_count(words);
    uint32_t slots = 16;
    while (slots < 2 * count) {
        slots *= 2;
    }
    index->mask = slots - 1;
    index->first = stm_arena_alloc(arena, slots, sizeof *index->first);
    index->next = stm_arena_alloc(arena, count, sizeof *index->next);
    index->hash = stm_arena_alloc(arena, count, sizeof *index->hash);
    if (index->first == NULL || index->next == NULL || index->hash == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    /* From the end, so that the places of one shingle are found in the order of the text. */
    for (uint32_t j = count; j-- > 0;) {
        index->hash[j] = stm_words_shingle(words, j);
        uint32_t slot = slot_of(index, index->hash[j]);
        index->next[j] = index->first[slot];
        index->first[slot] = j + 1;
    }
    return STEMMA_OK;
}

/* The place in `to` that continues best the passage that ended at `expected`: the next one at or
   after it, else the first. STEMMA_NONE when the shingle is not there. */
static uint32_t find_place(const struct stm_shingles *index, uint64_t hash, uint32_t expected)
{
    uint32_t first = index->first[slot_of(index, hash)];
    uint32_t tried = 0;
    for (uint32_t at = first; at != 0 && tried < REPEATS; at = index->next[at - 1], tried++) {
        if (at - 1 >= expected) {
            return at - 1;
        }
    }
    return first == 0 ? STEMMA_NONE : first - 1;
}

stemma_status stm_passages_find(struct stm_arena *arena, const struct stm_words *from,
                                const struct stm_words *to, const struct stm_shingles *index,
                                struct stm_passages *passages)
{
    memset(passages, 0, sizeof *passages);
    uint32_t from_count = shingle_count(from);
    uint8_t *covered = stm_arena_alloc(arena, to->count, 1);
    passages->ranges =
        stm_arena_alloc(arena, from->count / STM_SHINGLE + 1, sizeof *passages->ranges);
    passages->runs = stm_arena_alloc(arena, from->count / STM_SHINGLE + 1, sizeof *passages->runs);
    if (covered == NULL || passages->ranges == NULL || passages->runs == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t from_end = 0; /* of the last passage */
    uint32_t to_end = 0;
    for (uint32_t i = 0; i < from_count;) {
        uint32_t j = find_place(index, stm_words_shingle(from, i), to_end);
        uint32_t run = j == STEMMA_NONE ? 0 : common_run(from, i, to, j);
        if (run < STM_SHINGLE) {
            i++;
            continue;
        }
        uint32_t start = i;
        uint32_t to_start = j;
        if (passages->range_count > 0 && i - from_end <= STM_BRIDGE && j >= to_end &&
            j - to_end <= STM_BRIDGE) {
            start = from_end;
            to_start = to_end;
        }
        passages->from_words += i + run - start;
        for (uint32_t k = to_start; k < j + run; k++) {
            covered[k] = 1;
        }
        passages->longest = run > passages->longest ? run : passages->longest;
        struct stm_passage *words = &passages->runs[passages->range_count];
        stemma_shared_range *range = &passages->ranges[passages->range_count++];
        words->from = i;
        words->to = j;
        words->count = run;
        range->from.start = from->span[i].start;
        range->from.end = from->span[i + run - 1].end;
        range->to.start = to->span[j].start;
        range->to.end = to->span[j + run - 1].end;
        i += run;
        from_end = i;
        to_end = j + run;
    }
    for (uint32_t k = 0; k < to->count; k++) {
        passages->to_words += covered[k];
    }
    return STEMMA_OK;
}
