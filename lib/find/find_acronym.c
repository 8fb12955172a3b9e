/* SPDX-License-Identifier: MIT */
/* Names that are called by the first letters of their words. */
#include "find/find_match.h"

static int begins(stemma_text word, stemma_text with)
{
    return with.size <= word.size && memcmp(word.data, with.data, with.size) == 0;
}

int stm_match_is_connector(stemma_text word)
{
    static const char *const connectors[] = {
        "of", "the", "and", "for", "in", "on", "to",  "de", "la", "le", "les", "du", "des", "der",
        "die", "das", "und", "y",  "e",  "i",  "da", "do", "dos", "di", "del", "al", "a",  "et",
        "fur", "pri", "po", "v",   "na", "w", "z",  "para", "pour", "der", "van", "von",
    };
    return stm_name_in(connectors, sizeof connectors / sizeof connectors[0], word);
}

/* How many letters of an acronym a word gives: letters of other scripts are two in Latin. */
static size_t initial_size(stemma_text letters, stemma_text word)
{
    static const char *const pairs[] = {"sh", "ch", "zh", "kh", "ts", "yu", "ya", "ye", "yo", "th"};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        stemma_text pair = {pairs[i], 2};
        if (begins(letters, pair) && begins(word, pair)) {
            return 2;
        }
    }
    return letters.size != 0 && letters.data[0] == word.data[0] ? 1 : 0;
}

static int abbreviates(stemma_text letters, stemma_text plain, int with_connectors)
{
    size_t words = 0;
    for (size_t at = 0; at < plain.size;) {
        const char *space = memchr(plain.data + at, ' ', plain.size - at);
        size_t end = space != NULL ? (size_t)(space - plain.data) : plain.size;
        stemma_text word = {plain.data + at, end - at};
        at = end + 1;
        if (!with_connectors && stm_match_is_connector(word)) {
            continue;
        }
        size_t step = initial_size(letters, word);
        if (step == 0) {
            return 0;
        }
        letters.data += step;
        letters.size -= step;
        words++;
    }
    return letters.size == 0 && words >= 2;
}

int stm_match_acronym(stemma_text letters, stemma_text plain)
{
    if (letters.size < 2 || letters.size > 10 || memchr(letters.data, ' ', letters.size) != NULL) {
        return 0;
    }
    return abbreviates(letters, plain, 0) || abbreviates(letters, plain, 1);
}
