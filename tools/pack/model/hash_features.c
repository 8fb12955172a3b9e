/* SPDX-License-Identifier: MIT */
#include "pack/model/hash_features.h"

#include <string.h>

#define SHAPE_LONGEST 24u
#define HASH_START    2166136261u

static uint32_t step(uint32_t hash, uint8_t byte)
{
    return (hash ^ byte) * 16777619u;
}

static uint8_t plain(uint8_t byte)
{
    return byte >= '0' && byte <= '9' ? '0' : byte;
}

static char shape_of(uint8_t byte)
{
    if (byte >= 'A' && byte <= 'Z') {
        return 'X';
    }
    if ((byte >= 'a' && byte <= 'z') || byte >= 0x80) {
        return 'x';
    }
    return byte >= '0' && byte <= '9' ? '0' : (char)byte;
}

/* Shape, and the flags that go with it; bytes of other alphabets count as small letters, unless
   their lower-case form is another. */
static void hash_shape(stemma_text text, int other_capital, struct stm_word *word)
{
    uint32_t hash = HASH_START;
    uint32_t run = 0;
    uint32_t length = 0;
    char last = 0;
    int upper = other_capital;
    int lower = 0;
    for (size_t i = 0; i < text.size; i++) {
        char shape = shape_of((uint8_t)text.data[i]);
        if (i == 0 && other_capital) {
            shape = 'X';
        }
        upper |= shape == 'X';
        lower |= shape == 'x' && (uint8_t)text.data[i] < 0x80;
        if (shape == '0') {
            word->flags |= STM_WORD_DIGIT;
        }
        if (shape == '-' && i != 0 && i + 1 < text.size) {
            word->flags |= STM_WORD_HYPHEN;
        }
        run = shape == last ? run + 1 : 1;
        last = shape;
        if (run <= 2 && length < SHAPE_LONGEST) {
            hash = step(hash, (uint8_t)shape);
            length++;
        }
    }
    if (upper && shape_of((uint8_t)text.data[0]) != 'x') {
        word->flags |= text.data[0] >= 'A' && text.data[0] <= 'Z' ? STM_WORD_CAPITAL : 0;
    }
    if (other_capital) {
        word->flags |= STM_WORD_CAPITAL;
    }
    if (upper && !lower) {
        word->flags |= STM_WORD_CAPITALS;
    }
    if (upper || lower || (uint8_t)last >= 0x80 || last == 'x') {
        word->flags |= STM_WORD_LETTER;
    }
    word->shape = hash;
}

void stm_word_hash(stemma_text text, stemma_text lower, struct stm_word *word)
{
    const uint8_t *bytes = (const uint8_t *)lower.data;
    size_t size = lower.size;
    uint32_t hash = HASH_START;
    uint32_t at = 0;
    memset(word, 0, sizeof *word);
    for (size_t i = 0; i < size; i++) {
        hash = step(hash, plain(bytes[i]));
        if (i < STM_WORD_AFFIXES) {
            word->prefix[at++] = hash;
        }
    }
    word->hash = hash;
    while (at < STM_WORD_AFFIXES) {
        word->prefix[at++] = hash;
    }
    hash = HASH_START + 1;
    for (size_t i = 0; i < STM_WORD_AFFIXES; i++) {
        if (i < size) {
            hash = step(hash, plain(bytes[size - 1 - i]));
        }
        word->suffix[i] = hash;
    }
    int other_capital = (uint8_t)text.data[0] >= 0x80 && lower.size != 0 &&
                        (lower.data[0] != text.data[0] ||
                         (text.size > 1 && lower.size > 1 && lower.data[1] != text.data[1]));
    hash_shape(text, other_capital, word);
}
