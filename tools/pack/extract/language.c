/* SPDX-License-Identifier: MIT */
#include "pack/extract/language.h"

#include <string.h>

#include "pack/extract/annotation.h"
#include "pack/extract/token.h"

enum {
    WORDS = 400,        /**< Words looked at. */
    BYTES = 16384,      /**< Bytes looked at. */
    LEAST_WORDS = 10,   /**< Fewer say nothing. */
    LEAST_LETTERS = 20, /**< The same for letters of another script. */
    WORD_ROOM = 24,
    LANGUAGES = 32
};

enum script {
    LATIN,
    CYRILLIC,
    GREEK,
    ARABIC,
    HEBREW,
    DEVANAGARI,
    BENGALI,
    TAMIL,
    THAI,
    GEORGIAN,
    ARMENIAN,
    ETHIOPIC,
    HAN,
    KANA,
    HANGUL,
    OTHER,
    SCRIPTS
};

static const struct stm_language by_script[SCRIPTS] = {
    [GREEK] = {"el", "Greek"},       [ARABIC] = {"ar", "Arabic"},
    [HEBREW] = {"he", "Hebrew"},     [DEVANAGARI] = {"hi", "Hindi or Nepali"},
    [BENGALI] = {"bn", "Bengali"},   [TAMIL] = {"ta", "Tamil"},
    [THAI] = {"th", "Thai"},         [GEORGIAN] = {"ka", "Georgian"},
    [ARMENIAN] = {"hy", "Armenian"}, [ETHIOPIC] = {"am", "Amharic"},
    [HAN] = {"zh", "Chinese"},       [KANA] = {"ja", "Japanese"},
    [HANGUL] = {"ko", "Korean"},     [CYRILLIC] = {"ru", "Russian"},
};

static const struct stm_language ukrainian = {"uk", "Ukrainian"};
static const struct stm_language belarusian = {"be", "Belarusian"};
static const struct stm_language persian = {"fa", "Persian or Urdu"};

static enum script script_of(uint32_t code)
{
    static const struct {
        uint32_t first;
        uint32_t last;
        enum script script;
    } ranges[] = {
        {0x0041, 0x024F, LATIN},      {0x0370, 0x03FF, GREEK},    {0x0400, 0x052F, CYRILLIC},
        {0x0530, 0x058F, ARMENIAN},   {0x0590, 0x05FF, HEBREW},   {0x0600, 0x077F, ARABIC},
        {0x0900, 0x097F, DEVANAGARI}, {0x0980, 0x09FF, BENGALI},  {0x0B80, 0x0BFF, TAMIL},
        {0x0E00, 0x0E7F, THAI},       {0x10A0, 0x10FF, GEORGIAN}, {0x1200, 0x139F, ETHIOPIC},
        {0x1E00, 0x1EFF, LATIN},      {0x3040, 0x30FF, KANA},     {0x3400, 0x9FFF, HAN},
        {0xAC00, 0xD7AF, HANGUL}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return ranges[i].script;
        }
    }
    return OTHER;
}

struct counts {
    uint32_t letters[SCRIPTS];
    uint32_t words;
    uint32_t hits[LANGUAGES];
    uint32_t ukrainian, belarusian, persian; /* letters that only they have */
};

static void count_word(const char *word, size_t size, struct counts *counts)
{
    size_t low = 0;
    size_t high = stm_language_word_count;
    counts->words++;
    if (size < 2) {
        return; /* the names of variables */
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = stm_word_order((stemma_text){word, size}, stm_language_words[middle].word);
        if (order == 0) {
            for (size_t k = 0; k < stm_language_count && k < LANGUAGES; k++) {
                counts->hits[k] += stm_language_words[middle].languages >> k & 1;
            }
            return;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
}

static void count_letter(uint32_t code, struct counts *counts)
{
    counts->letters[script_of(code)]++;
    counts->ukrainian += code == 0x0457 || code == 0x0454 || code == 0x0491;
    counts->belarusian += code == 0x045E;
    counts->persian += code == 0x067E || code == 0x0686 || code == 0x06AF || code == 0x06A9;
}

/** The words of [from, to), lower-cased as far as Latin letters go. */
static void count_range(stemma_text text, uint32_t from, uint32_t to, struct counts *counts)
{
    char word[WORD_ROOM];
    size_t size = 0;
    for (uint32_t at = from; at < to && counts->words < WORDS;) {
        uint32_t length;
        uint32_t code = stm_char_decode(text, at, &length);
        enum stm_char_class class = stm_char_class_of(code);
        if (class == STM_CHAR_UPPER || class == STM_CHAR_LOWER) {
            count_letter(code, counts);
            for (uint32_t k = 0; k < length && at + k < to; k++) {
                char byte = text.data[at + k];
                if (size < WORD_ROOM) {
                    word[size++] = byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
                }
            }
        } else if (size != 0) {
            count_word(word, size, counts);
            size = 0;
        }
        at += length;
    }
    if (size != 0) {
        count_word(word, size, counts);
    }
}

static const struct stm_language *by_letters(const struct counts *counts)
{
    uint32_t all = 0;
    uint32_t best = 0;
    for (uint32_t s = 0; s < SCRIPTS; s++) {
        all += counts->letters[s];
        if (s != OTHER && counts->letters[s] > counts->letters[best]) {
            best = s;
        }
    }
    if (best == LATIN || counts->letters[best] < LEAST_LETTERS || counts->letters[best] * 2 < all) {
        return NULL;
    }
    if (best == HAN && counts->letters[KANA] * 10 > counts->letters[HAN]) {
        return &by_script[KANA];
    }
    if (best == CYRILLIC && counts->belarusian != 0) {
        return &belarusian;
    }
    if (best == CYRILLIC && counts->ukrainian != 0) {
        return &ukrainian;
    }
    return best == ARABIC && counts->persian != 0 ? &persian : &by_script[best];
}

const struct stm_language *stm_language_of(const stemma_document *document)
{
    struct counts counts;
    stemma_text text = document->text;
    uint32_t from = 0;
    uint32_t left = BYTES;
    memset(&counts, 0, sizeof counts);
    for (uint32_t i = 0; i <= document->furniture_count && left != 0; i++) {
        uint32_t to =
            i == document->furniture_count ? (uint32_t)text.size : document->furniture[i].start;
        if (to > from) {
            uint32_t end = to - from > left ? from + left : to;
            count_range(text, from, end, &counts);
            left -= end - from;
        }
        from = i == document->furniture_count ? to : document->furniture[i].end;
    }
    const struct stm_language *other = by_letters(&counts);
    if (other != NULL || counts.words < LEAST_WORDS) {
        return other;
    }
    size_t best = 0;
    for (size_t k = 1; k < stm_language_count && k < LANGUAGES; k++) {
        if (best == 0 || counts.hits[k] > counts.hits[best]) {
            best = k;
        }
    }
    /* English in every seventh word or so; another language in as many, and far more often. */
    if (counts.hits[0] * 10 >= counts.words && counts.hits[0] >= counts.hits[best]) {
        return &stm_languages[0];
    }
    if (counts.hits[best] * 8 >= counts.words && counts.hits[best] > counts.hits[0] * 3 &&
        counts.hits[best] >= 3) {
        return &stm_languages[best];
    }
    return NULL;
}
