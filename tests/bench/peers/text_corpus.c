/* SPDX-License-Identifier: MIT */
#include "text_corpus.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARTICLE_BYTES 3000u
#define TOPIC_WORDS   14u /* words that an article comes back to */

static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static uint32_t below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)((next(state) >> 32) * limit >> 32);
}

/* A word of syllables that names its rank, so that no two are alike; frequent ones are short. */
static void make_word(uint32_t rank, char *out)
{
    static const char onset[] = "bdfgklmnprstvz";
    static const char vowel[] = "aeiou";
    static const char *const ending[] = {"", "n", "s", "ing", "ed", "er", "ation", "al"};
    uint32_t left = rank / 8, at = 0;
    do {
        uint32_t syllable = left % 70;
        left /= 70;
        out[at++] = onset[syllable / 5];
        out[at++] = vowel[syllable % 5];
    } while (left != 0);
    /* a mark of where the syllables end keeps "ban" + "" and "ba" + "n" apart */
    snprintf(out + at, TEXT_CORPUS_WORD - at, "k%s", ending[rank % 8]);
}

/* Vose's alias method: a draw costs two table looks, whatever the number of words. */
static void make_table(text_corpus *corpus)
{
    uint32_t n = corpus->word_count, small_count = 0, large_count = 0;
    double sum = 0, *weight = malloc(n * sizeof *weight);
    uint32_t *small = malloc(n * sizeof *small), *large = malloc(n * sizeof *large);
    if (weight == NULL || small == NULL || large == NULL) {
        abort();
    }
    for (uint32_t i = 0; i < n; i++) {
        weight[i] = 1.0 / pow((double)i + 2.7, 1.05);
        sum += weight[i];
    }
    for (uint32_t i = 0; i < n; i++) {
        weight[i] *= n / sum;
        if (weight[i] < 1) {
            small[small_count++] = i;
        } else {
            large[large_count++] = i;
        }
        corpus->alias[i] = i;
        corpus->table[i] = UINT32_MAX;
    }
    while (small_count != 0 && large_count != 0) {
        uint32_t few = small[--small_count], many = large[large_count - 1];
        corpus->table[few] = (uint32_t)(weight[few] * 4294967295.0);
        corpus->alias[few] = many;
        weight[many] -= 1 - weight[few];
        if (weight[many] < 1) {
            large_count--;
            small[small_count++] = many;
        }
    }
    free(weight);
    free(small);
    free(large);
}

void text_corpus_make(text_corpus *corpus, uint32_t words, uint32_t sentence)
{
    corpus->word_count = words;
    corpus->sentence = sentence;
    corpus->words = malloc((size_t)words * sizeof *corpus->words);
    corpus->table = malloc(words * sizeof *corpus->table);
    corpus->alias = malloc(words * sizeof *corpus->alias);
    if (corpus->words == NULL || corpus->table == NULL || corpus->alias == NULL) {
        abort();
    }
    for (uint32_t i = 0; i < words; i++) {
        make_word(i, corpus->words[i]);
    }
    make_table(corpus);
}

void text_corpus_free(text_corpus *corpus)
{
    free(corpus->words);
    free(corpus->table);
    free(corpus->alias);
}

static uint32_t draw(const text_corpus *corpus, uint64_t *state)
{
    uint32_t at = below(state, corpus->word_count);
    return (uint32_t)(next(state) >> 32) <= corpus->table[at] ? at : corpus->alias[at];
}

size_t text_corpus_text(const text_corpus *corpus, uint32_t number, char *out)
{
    uint64_t state = (uint64_t)number * UINT64_C(0x2545f4914f6cdd1d) + 7;
    uint32_t topics[TOPIC_WORDS], words = 0, sentence_end = 0, wanted, text_words;
    size_t size = 0;
    for (uint32_t i = 0; i < TOPIC_WORDS; i++) {
        topics[i] = draw(corpus, &state);
    }
    /* articles of a quarter to seven quarters of the usual length */
    wanted = ARTICLE_BYTES / 4 + below(&state, ARTICLE_BYTES * 3 / 2);
    text_words = corpus->sentence + below(&state, 5);
    while (corpus->sentence != 0 ? words < text_words : size < wanted) {
        int topical = corpus->sentence == 0 && below(&state, 7) == 0;
        const char *word =
            corpus->words[topical ? topics[below(&state, TOPIC_WORDS)] : draw(corpus, &state)];
        size_t length = strlen(word);
        if (words != 0) {
            out[size++] = ' ';
        }
        memcpy(out + size, word, length);
        if (words == sentence_end || topical) { /* sentences and names begin with a capital */
            out[size] = (char)(out[size] - 'a' + 'A');
        }
        size += length;
        if (words == sentence_end) {
            sentence_end = words + 8 + below(&state, 16);
            if (words != 0) {
                out[size++] = '.';
            }
        }
        words++;
    }
    out[size++] = '.';
    return size;
}
