/* SPDX-License-Identifier: MIT */
#include "name/fold_script.h"

#include <stddef.h>

/* Consecutive code points of one script. NULL: not a letter of these languages. */
struct fold_block {
    int32_t first;
    int32_t count;
    const char *const *latin;
};

static const char *const LATIN_GREEK[] = {
    /* 03B1.. */ "a",
    "v",
    "g",
    "d",
    "e",
    "z",
    "i",
    "th",
    "i",
    "k",
    "l",
    "m",
    "n",
    "x",
    "o",
    "p",
    "r",
    "s",
    "s",
    "t",
    "y",
    "f",
    "ch",
    "ps",
    "o"};

static const char *const LATIN_CYRILLIC[] = {
    /* 0430.. */ "a",
    "b",
    "v",
    "g",
    "d",
    "e",
    "zh",
    "z",
    "i",
    "y",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    /* 0440.. */ "r",
    "s",
    "t",
    "u",
    "f",
    "kh",
    "ts",
    "ch",
    "sh",
    "shch",
    "",
    "y",
    "",
    "e",
    "yu",
    "ya",
    /* 0450.. */ "e",
    "yo",
    "dj",
    "g",
    "ye",
    "dz",
    "i",
    "yi",
    "j",
    "lj",
    "nj",
    "c",
    "k",
    "i",
    "u",
    "dzh"};

static const char *const LATIN_ARMENIAN[] = {
    /* 0561.. */ "a",
    "b",
    "g",
    "d",
    "e",
    "z",
    "e",
    "e",
    "t",
    "zh",
    "i",
    "l",
    "kh",
    "ts",
    "k",
    "h",
    "dz",
    "gh",
    "ch",
    "m",
    "y",
    "n",
    "sh",
    "o",
    "ch",
    "p",
    "j",
    "r",
    "s",
    "v",
    "t",
    "r",
    "ts",
    "u",
    "p",
    "k",
    "o",
    "f",
    "ev"};

static const char *const LATIN_HEBREW[] = {
    /* 05D0.. */ "a",
    "b",
    "g",
    "d",
    "h",
    "v",
    "z",
    "kh",
    "t",
    "y",
    "k",
    "k",
    "l",
    "m",
    "m",
    "n",
    "n",
    "s",
    "a",
    "f",
    "p",
    "ts",
    "ts",
    "k",
    "r",
    "sh",
    "t"};

static const char *const LATIN_ARABIC[] = {
    /* 0621.. */ "",
    "a",
    "a",
    "w",
    "a",
    "y",
    "a",
    "b",
    "a",
    "t",
    "th",
    "j",
    "h",
    "kh",
    "d",
    "dh",
    "r",
    "z",
    "s",
    "sh",
    "s",
    "d",
    "t",
    "z",
    "a",
    "gh",
    "",
    "",
    "",
    "",
    "",
    "",
    /* 0641.. */ "f",
    "q",
    "k",
    "l",
    "m",
    "n",
    "h",
    "w",
    "a",
    "y"};

static const char *const LATIN_GEORGIAN[] = {
    /* 10D0.. */ "a",
    "b",
    "g",
    "d",
    "e",
    "v",
    "z",
    "t",
    "i",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "zh",
    "r",
    "s",
    "t",
    "u",
    "p",
    "k",
    "gh",
    "q",
    "sh",
    "ch",
    "ts",
    "dz",
    "ts",
    "ch",
    "kh",
    "j",
    "h"};

static const char *const DIGITS[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

#define FOLD_BLOCK(first, table)                                                                   \
    {                                                                                              \
        first, (int32_t)(sizeof(table) / sizeof(table)[0]), table                                  \
    }

static const struct fold_block BLOCKS[] = {
    FOLD_BLOCK(0x03B1, LATIN_GREEK),    FOLD_BLOCK(0x0430, LATIN_CYRILLIC),
    FOLD_BLOCK(0x0561, LATIN_ARMENIAN), FOLD_BLOCK(0x05D0, LATIN_HEBREW),
    FOLD_BLOCK(0x0621, LATIN_ARABIC),   FOLD_BLOCK(0x10D0, LATIN_GEORGIAN),
    FOLD_BLOCK(0x0660, DIGITS),         FOLD_BLOCK(0x06F0, DIGITS),
};

/* Single letters: Latin ones that do not decompose, and strays of the scripts above. */
static const struct {
    int32_t code;
    const char *latin;
} SINGLES[] = {
    {0x00E6, "ae"}, {0x00F0, "d"},  {0x00F8, "o"}, {0x00FE, "th"}, {0x0111, "d"},  {0x0127, "h"},
    {0x0131, "i"},  {0x0138, "k"},  {0x0142, "l"}, {0x014B, "ng"}, {0x0153, "oe"}, {0x0167, "t"},
    {0x0180, "b"},  {0x0188, "c"},  {0x0192, "f"}, {0x0199, "k"},  {0x01B4, "y"},  {0x0253, "b"},
    {0x0257, "d"},  {0x0259, "a"},  {0x0268, "i"}, {0x0491, "g"},  {0x0493, "g"},  {0x049B, "k"},
    {0x04A3, "n"},  {0x04AF, "u"},  {0x04B1, "u"}, {0x04B3, "h"},  {0x04BB, "h"},  {0x04D9, "a"},
    {0x04E9, "o"},  {0x0671, "a"},  {0x0679, "t"}, {0x067E, "p"},  {0x0686, "ch"}, {0x0688, "d"},
    {0x0691, "r"},  {0x0698, "zh"}, {0x06A4, "v"}, {0x06A9, "k"},  {0x06AF, "g"},  {0x06BA, "n"},
    {0x06BE, "h"},  {0x06C1, "h"},  {0x06CC, "y"}, {0x06D2, "e"},
};

const char *stm_fold_latin(int32_t code)
{
    if (code < 0xE6) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof BLOCKS / sizeof BLOCKS[0]; i++) {
        if (code >= BLOCKS[i].first && code < BLOCKS[i].first + BLOCKS[i].count) {
            return BLOCKS[i].latin[code - BLOCKS[i].first];
        }
    }
    size_t low = 0;
    size_t high = sizeof SINGLES / sizeof SINGLES[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (SINGLES[middle].code < code) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < sizeof SINGLES / sizeof SINGLES[0] && SINGLES[low].code == code) {
        return SINGLES[low].latin;
    }
    return NULL;
}

int32_t stm_fold_compose(int32_t base, int32_t mark)
{
    if (mark == 0x0306) { /* breve */
        return base == 0x0438 ? 0x0439 : base == 0x0443 ? 0x045E : 0;
    }
    if (mark == 0x0308) { /* diaeresis */
        return base == 0x0435 ? 0x0451 : base == 0x0456 ? 0x0457 : 0;
    }
    return 0;
}
