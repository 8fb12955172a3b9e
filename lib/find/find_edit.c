/* SPDX-License-Identifier: MIT */
#include "find/find_edit.h"

#include <string.h>

#define EDIT_LETTERS  40u /* of a word that are compared */
#define EDIT_SPELLING 24u /* of a word whose spellings are made */

uint32_t stm_edits(stemma_text a, stemma_text b, uint32_t most)
{
    uint32_t rows[3][EDIT_LETTERS + 1];
    size_t gap = a.size > b.size ? a.size - b.size : b.size - a.size;
    if (a.size > EDIT_LETTERS || b.size > EDIT_LETTERS || gap > most) {
        return most + 1;
    }
    for (uint32_t j = 0; j <= b.size; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a.size; i++) {
        uint32_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two = rows[(i + 1) % 3];
        uint32_t least = row[0] = (uint32_t)i;
        for (size_t j = 1; j <= b.size; j++) {
            uint32_t best = above[j - 1] + (a.data[i - 1] != b.data[j - 1]);
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1] &&
                two[j - 2] + 1 < best) {
                best = two[j - 2] + 1;
            }
            row[j] = best;
            least = best < least ? best : least;
        }
        if (least > most) {
            return most + 1;
        }
    }
    uint32_t edits = rows[a.size % 3][b.size];
    return edits > most ? most + 1 : edits;
}

/* ---- One edit away ----------------------------------------------------------------------------- */

static int is_ascii_word(stemma_text word)
{
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] < 'a' || word.data[i] > 'z') {
            return 0;
        }
    }
    return word.size >= 3 && word.size <= EDIT_SPELLING;
}

/* The word with `drop` letters at `at` replaced by `put`. */
static stemma_status emit_with(stemma_text word, size_t at, size_t drop, const char *put,
                               size_t size, stm_spelling_emit *emit, void *context)
{
    char out[EDIT_SPELLING + 2];
    memcpy(out, word.data, at);
    memcpy(out + at, put, size);
    memcpy(out + at + size, word.data + at + drop, word.size - at - drop);
    return emit(context, (stemma_text){out, word.size - drop + size});
}

stemma_status stm_edit_each(stemma_text word, stm_spelling_emit *emit, void *context)
{
    stemma_status status = STEMMA_OK;
    if (!is_ascii_word(word)) {
        return STEMMA_OK;
    }
    for (size_t i = 0; status == STEMMA_OK && i <= word.size; i++) {
        if (i + 1 < word.size) {
            char swapped[2] = {word.data[i + 1], word.data[i]};
            status = emit_with(word, i, 2, swapped, 2, emit, context);
        }
        if (status == STEMMA_OK && i < word.size) {
            status = emit_with(word, i, 1, "", 0, emit, context);
        }
        for (char letter = 'a'; status == STEMMA_OK && letter <= 'z'; letter++) {
            status = emit_with(word, i, 0, &letter, 1, emit, context);
            if (status == STEMMA_OK && i < word.size) {
                status = emit_with(word, i, 1, &letter, 1, emit, context);
            }
        }
    }
    return status;
}

/* ---- Scripts that leave vowels out -------------------------------------------------------------- */

/* What may stand at one place of a spelling, the likeliest first. */
typedef struct choice {
    const char *const *options;
    uint32_t count;
} choice;

#define CHOICES 48u

typedef struct choices {
    choice at[CHOICES];
    uint32_t count;
} choices;

static void choose(choices *c, const char *const *options, uint32_t count)
{
    if (c->count < CHOICES) {
        c->at[c->count].options = options;
        c->at[c->count++].count = count;
    }
}

#define CHOOSE(c, ...)                                                                             \
    do {                                                                                           \
        static const char *const options_[] = {__VA_ARGS__};                                       \
        choose(c, options_, (uint32_t)(sizeof options_ / sizeof options_[0]));                     \
    } while (0)

/* Leaves the less likely options out, from the end of the word on, until few enough spellings remain.
 */
static void limit(choices *c)
{
    for (;;) {
        uint64_t product = 1;
        uint32_t widest = 0;
        for (uint32_t i = 0; i < c->count; i++) {
            product = product > STM_VOWELLED ? product : product * c->at[i].count;
            widest = c->at[i].count >= c->at[widest].count ? i : widest;
        }
        if (product <= STM_VOWELLED || c->count == 0 || c->at[widest].count == 1) {
            return;
        }
        c->at[widest].count--;
    }
}

static stemma_status each(choices *c, stm_spelling_emit *emit, void *context)
{
    uint32_t digits[CHOICES] = {0};
    stemma_status status = STEMMA_OK;
    limit(c);
    for (uint32_t made = 0; status == STEMMA_OK && made < STM_VOWELLED; made++) {
        char out[4 * CHOICES];
        size_t size = 0;
        for (uint32_t i = 0; i < c->count; i++) {
            const char *option = c->at[i].options[digits[i]];
            size_t length = strlen(option);
            memcpy(out + size, option, length);
            size += length;
        }
        if (size != 0) {
            status = emit(context, (stemma_text){out, size});
        }
        uint32_t place = 0;
        while (place < c->count && ++digits[place] == c->at[place].count) {
            digits[place++] = 0;
        }
        if (place == c->count) {
            break;
        }
    }
    return status;
}

static int starts(stemma_text word, size_t at, const char *with)
{
    size_t size = strlen(with);
    return word.size - at >= size && memcmp(word.data + at, with, size) == 0;
}

/* Between two consonants there may be a vowel that was not written. Folding keys tell three apart. */
static void choose_vowel(choices *c)
{
    CHOOSE(c, "", "a", "i", "u");
}

/* One letter of a script of consonants. Returns how many Latin letters it was folded to. */
static size_t read_consonant(choices *c, stemma_text word, size_t at)
{
    int first = at == 0, last = at + 1 == word.size;
    if (starts(word, at, "sh") || starts(word, at, "ch") || starts(word, at, "zh") ||
        starts(word, at, "kh") || starts(word, at, "th") || starts(word, at, "dh") ||
        starts(word, at, "gh") || starts(word, at, "ts")) {
        if (word.data[at] == 's') {
            CHOOSE(c, "s");
        } else if (word.data[at] == 'c') {
            CHOOSE(c, "ch");
        } else if (word.data[at] == 'z') {
            CHOOSE(c, "z");
        } else if (word.data[at] == 'k') {
            CHOOSE(c, "h", "k", "ch");
        } else if (word.data[at] == 'g') {
            CHOOSE(c, "h");
        } else if (word.data[at] == 't' && word.data[at + 1] == 's') {
            CHOOSE(c, "ts", "z", "s");
        } else if (word.data[at] == 't') {
            CHOOSE(c, "t", "s");
        } else {
            CHOOSE(c, "d", "z");
        }
        return 2;
    }
    switch (word.data[at]) {
    case 'a':
        if (first) {
            CHOOSE(c, "a", "i", "u", "");
        } else {
            CHOOSE(c, "a", "");
        }
        return 1;
    case 'y':
        if (first) {
            CHOOSE(c, "i", "a", "u");
        } else {
            CHOOSE(c, "i", "ia", "ai", "");
        }
        return 1;
    case 'w':
    case 'v':
        CHOOSE(c, "u", "a", "v", "av");
        return 1;
    case 'h':
        if (last) {
            CHOOSE(c, "a", "h", "i", "");
        } else {
            CHOOSE(c, "h", "");
        }
        return 1;
    case 'b':
        CHOOSE(c, "b", "v", "p");
        return 1;
    case 'f':
    case 'p':
        CHOOSE(c, "f", "v", "p");
        return 1;
    case 'j':
        CHOOSE(c, "j", "g");
        return 1;
    case 'k':
    case 'q':
        CHOOSE(c, "k", "h", "ch");
        return 1;
    case 's':
        CHOOSE(c, "s", "z", "ts");
        return 1;
    case 'd':
        CHOOSE(c, "d");
        return 1;
    case 'g':
        CHOOSE(c, "g", "j");
        return 1;
    case 'z':
        CHOOSE(c, "z", "s");
        return 1;
    case 't':
        CHOOSE(c, "t");
        return 1;
    case 'l':
        CHOOSE(c, "l");
        return 1;
    case 'm':
        CHOOSE(c, "m");
        return 1;
    case 'n':
        CHOOSE(c, "n");
        return 1;
    case 'r':
        CHOOSE(c, "r");
        return 1;
    default:
        return 0;
    }
}

static int is_long_vowel(char letter)
{
    return letter == 'a' || letter == 'y' || letter == 'w' || letter == 'v';
}

stemma_status stm_vowelled_each(stemma_text word, stm_spelling_emit *emit, void *context)
{
    choices c = {.count = 0};
    if (!is_ascii_word(word)) {
        return STEMMA_OK;
    }
    for (size_t at = 0; at < word.size;) {
        if (at != 0 && !is_long_vowel(word.data[at]) && !is_long_vowel(word.data[at - 1])) {
            choose_vowel(&c);
        }
        size_t step = read_consonant(&c, word, at);
        if (step == 0) {
            return STEMMA_OK; /* not written in such a script */
        }
        at += step;
    }
    return each(&c, emit, context);
}

/* One letter, or two that are one sound, as a script of consonants writes it. */
static size_t write_consonant(choices *c, stemma_text word, size_t at)
{
    int first = at == 0, last = at + 1 == word.size;
    char letter = word.data[at];
    if (at != 0 && letter == word.data[at - 1]) {
        return 1; /* doubled letters are written once */
    }
    if (starts(word, at, "sch")) {
        CHOOSE(c, "sh");
        return 3;
    }
    if (starts(word, at, "sh") || starts(word, at, "kh") || starts(word, at, "zh") ||
        starts(word, at, "gh") || starts(word, at, "dh")) {
        static const char *const same[][1] = {{"sh"}, {"kh"}, {"zh"}, {"gh"}, {"dh"}};
        size_t which = letter == 's' ? 0 : letter == 'k' ? 1 : letter == 'z' ? 2 : letter == 'g' ? 3 : 4;
        choose(c, same[which], 1);
        return 2;
    }
    if (starts(word, at, "ch")) {
        CHOOSE(c, "tsh", "k", "sh", "kh");
        return 2;
    }
    if (starts(word, at, "th")) {
        CHOOSE(c, "th", "t");
        return 2;
    }
    if (starts(word, at, "ph")) {
        CHOOSE(c, "f");
        return 2;
    }
    if (starts(word, at, "ck")) {
        CHOOSE(c, "k");
        return 2;
    }
    switch (letter) {
    case 'a':
    case 'e':
        if (first) {
            CHOOSE(c, "a", "ay", "h");
        } else if (last && letter == 'a') {
            CHOOSE(c, "a", "h", "");
        } else if (last) {
            CHOOSE(c, "", "y", "h");
        } else if (letter == 'a') {
            CHOOSE(c, "a", "");
        } else {
            CHOOSE(c, "", "y");
        }
        return 1;
    case 'i':
        if (first) {
            CHOOSE(c, "ay", "a");
        } else {
            CHOOSE(c, "y", "");
        }
        return 1;
    case 'o':
    case 'u':
        if (first) {
            CHOOSE(c, "av", "a");
        } else {
            CHOOSE(c, "v", "");
        }
        return 1;
    case 'c':
        CHOOSE(c, "k", "s", "ts");
        return 1;
    case 'g':
        CHOOSE(c, "g", "j", "gh");
        return 1;
    case 'p':
        CHOOSE(c, "b", "f", "p");
        return 1;
    case 'v':
    case 'w':
        CHOOSE(c, "v", "f", "b");
        return 1;
    case 'f':
        CHOOSE(c, "f", "p");
        return 1;
    case 'x':
        CHOOSE(c, "ks");
        return 1;
    case 'j':
        CHOOSE(c, "j", "g", "y", "kh");
        return 1;
    case 'q':
    case 'k':
        CHOOSE(c, "k");
        return 1;
    case 'h':
        CHOOSE(c, "h", "kh", "");
        return 1;
    case 's':
        CHOOSE(c, "s", "z");
        return 1;
    case 'z':
        CHOOSE(c, "z", "ts");
        return 1;
    case 'y':
        CHOOSE(c, "y", "");
        return 1;
    default: {
        static const char *const same[][1] = {{"b"}, {"d"}, {"l"}, {"m"}, {"n"}, {"r"}, {"t"}};
        for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
            if (same[i][0][0] == letter) {
                choose(c, same[i], 1);
            }
        }
        return 1;
    }
    }
}

stemma_status stm_consonants_each(stemma_text word, stm_spelling_emit *emit, void *context)
{
    choices c = {.count = 0};
    if (!is_ascii_word(word)) {
        return STEMMA_OK;
    }
    for (size_t at = 0; at < word.size;) {
        at += write_consonant(&c, word, at);
    }
    return each(&c, emit, context);
}
