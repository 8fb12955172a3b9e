/* SPDX-License-Identifier: MIT */
/* Comparing the names of persons: alignment of tokens. */
#include "name/name_given.h"
#include "name/name_token.h"

#define FORMS_OF_ONE 930u /* "Bill" and "William" */

/* Forms of address and offices that stand before a name and are no part of it. */
static const char *const TITLES[] = {
    "admiral",  "ayatollah", "baron",     "bishop",     "brigadier", "cardinal", "chancellor",
    "col",      "colonel",   "count",     "dr",         "engineer",  "general",  "gen",
    "governor", "haji",      "hajji",     "her",        "his",       "hon",      "imam",
    "judge",    "king",      "lady",      "lieutenant", "lord",      "madam",    "major",
    "minister", "miss",      "mr",        "mrs",        "ms",        "mullah",   "mx",
    "pope",     "premier",   "president", "prince",     "princess",  "prof",     "professor",
    "queen",    "rev",       "saint",     "senator",    "sergeant",  "shaikh",   "sheik",
    "sheikh",   "sir",       "st",        "sultan",
};

/* Parts of names that tell little and come and go between spellings. */
static const char *const PARTICLES[] = {
    "abu",  "ad",  "al",  "an",  "ap",  "ar", "as",  "ash",   "at",  "az",   "bar",  "ben", "bin",
    "bint", "d",   "da",  "dal", "das", "de", "del", "della", "den", "der",  "di",   "do",  "dos",
    "du",   "e",   "ed",  "el",  "en",  "er", "es",  "esh",   "et",  "ez",   "i",    "ibn", "ii",
    "iii",  "jr",  "la",  "le",  "les", "lo", "na",  "o",     "of",  "oglu", "ould", "ov",  "sr",
    "ten",  "ter", "the", "u",   "ul",  "ur", "van", "von",   "y",   "z",    "zu",   "zum", "zur",
};

/* The Arabic article as it is spoken before the next letter: "al-Tayyib", "et-Tayib". */
static const char *const ARTICLES[] = {
    "ad", "al", "an", "ar", "as",  "ash", "at", "az", "ed",
    "el", "en", "er", "es", "esh", "et",  "ez", "ul",
};

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

int stm_name_in(const char *const *table, size_t count, stemma_text word)
{
    for (size_t i = 0; i < count; i++) {
        if (word.size != 0 && table[i][0] == word.data[0] &&
            strncmp(table[i], word.data, word.size) == 0 && table[i][word.size] == '\0') {
            return 1;
        }
    }
    return 0;
}

void stm_name_prepare_person(stm_name_tokens *name)
{
    uint32_t plain_words = 0;
    for (uint32_t i = 0; i < name->count; i++) {
        plain_words += !stm_name_in(TITLES, COUNT_OF(TITLES), name->tokens[i].plain);
    }
    for (uint32_t i = 0; i < name->count && plain_words > 0;) {
        if (stm_name_in(TITLES, COUNT_OF(TITLES), name->tokens[i].plain)) {
            stm_name_drop(name, i);
        } else {
            i++;
        }
    }
    for (uint32_t i = 0; i < name->count; i++) {
        stm_name_token *token = &name->tokens[i];
        token->given = stm_given_group(token->plain);
        if (token->initial) {
            token->weight = 40;
        } else if (stm_name_in(PARTICLES, COUNT_OF(PARTICLES), token->plain)) {
            token->weight = 20;
            if (i > 0 && i + 1 < name->count &&
                stm_name_in(ARTICLES, COUNT_OF(ARTICLES), token->plain)) {
                token->plain = (stemma_text){"al", 2};
                token->key = token->plain;
            }
        } else if (token->plain.size == 2) {
            token->weight = 80;
        }
    }
}

/* An initial against what it may stand for. */
static uint32_t initial_score(const stm_name_token *a, const stm_name_token *b)
{
    if (a->plain.data[0] == b->plain.data[0]) {
        return 850;
    }
    return a->key.size != 0 && b->key.size != 0 && a->key.data[0] == b->key.data[0] ? 750 : 0;
}

static int is_plain_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* "Daniel" and "Daniela", "Kovalev" and "Kovaleva", "Mario" and "Maria": the ending makes them a
   man's and a woman's name. The surname "Savchenko" is also written "Savchenka". */
static int differ_by_gender(const stm_name_token *a, const stm_name_token *b, int surname)
{
    if (a->plain.size > b->plain.size) {
        const stm_name_token *swap = a;
        a = b;
        b = swap;
    }
    size_t size = a->plain.size;
    if (size < 3) {
        return 0;
    }
    if (b->plain.size == size + 1) {
        return b->plain.data[size] == 'a' && !is_plain_vowel(a->plain.data[size - 1]) &&
               a->plain.data[size - 1] != 'h' && memcmp(a->plain.data, b->plain.data, size) == 0;
    }
    char x = a->plain.data[size - 1];
    char y = b->plain.data[size - 1];
    return !surname && b->plain.size == size &&
           ((x == 'a' && y == 'o') || (x == 'o' && y == 'a')) &&
           memcmp(a->plain.data, b->plain.data, size - 1) == 0;
}

/* What is below `least` may be told as less. */
static uint32_t pair_score(const stm_name_token *a, const stm_name_token *b, int surname,
                           uint32_t least)
{
    if (a->initial != b->initial) {
        return initial_score(a, b);
    }
    if (a->initial) {
        return a->plain.data[0] == b->plain.data[0] ? 1000 : 0;
    }
    if (differ_by_gender(a, b, surname)) {
        return 0;
    }
    uint32_t score = stm_name_token_score(a, b, least);
    if (score == 1000) {
        return score;
    }
    if (a->given == 0 || b->given == 0) {
        return score;
    }
    if (a->given != b->given) {
        return 0; /* "Ahmed" is not "Mohammed", nor "Karl" "Kirill" */
    }
    return !surname && score < FORMS_OF_ONE ? FORMS_OF_ONE : score;
}

/* How many tokens of `name` from `first` on, at most four, spell `word` when run together; 0: none.
 */
static uint32_t spelled_by(const stm_name_tokens *name, uint32_t first, stemma_text word)
{
    size_t done = 0;
    for (uint32_t i = first; i < name->count && i < first + 4; i++) {
        stemma_text part = name->tokens[i].plain;
        if (part.size > word.size - done || memcmp(word.data + done, part.data, part.size) != 0) {
            return 0;
        }
        done += part.size;
        if (done == word.size) {
            return i - first + 1;
        }
    }
    return 0;
}

/* Neighbouring tokens of `a` that some token of `b` writes as one become one. */
static void join_one_side(stm_name_tokens *a, const stm_name_tokens *b)
{
    for (uint32_t i = 0; i + 1 < a->count; i++) {
        for (uint32_t j = 0; j < b->count; j++) {
            uint32_t parts = b->tokens[j].plain.size > 3 ? spelled_by(a, i, b->tokens[j].plain) : 0;
            if (parts > 1) {
                a->tokens[i] = b->tokens[j];
                while (--parts > 0) {
                    stm_name_drop(a, i + 1);
                }
                break;
            }
        }
    }
}

void stm_name_join_split(stm_name_tokens *a, stm_name_tokens *b)
{
    join_one_side(a, b);
    join_one_side(b, a);
}

/* What an alignment found, in weights (hundreds) and weighted scores. */
struct alignment {
    uint64_t matched;     /* weight of the matched tokens, both sides averaged */
    uint64_t agreement;   /* weight times score */
    uint64_t left_over_a; /* weight without a partner */
    uint64_t left_over_b;
    uint32_t whole_words; /* matched words that are neither particle nor initial */
};

/* Best pair first; ties go to the earlier tokens, so that the result is the same either way round
   up to the names' own order. */
static struct alignment align(stm_name_tokens *a, stm_name_tokens *b, uint32_t least)
{
    struct alignment result = {0, 0, 0, 0, 0};
    uint16_t scores[STM_NAME_TOKENS][STM_NAME_TOKENS];
    for (uint32_t i = 0; i < a->count; i++) {
        a->tokens[i].used = 0;
        for (uint32_t j = 0; j < b->count; j++) {
            int surname = i + 1 == a->count || j + 1 == b->count;
            scores[i][j] = (uint16_t)pair_score(&a->tokens[i], &b->tokens[j], surname, least);
        }
    }
    for (uint32_t j = 0; j < b->count; j++) {
        b->tokens[j].used = 0;
    }
    for (;;) {
        uint32_t best = 0;
        uint32_t best_i = 0;
        uint32_t best_j = 0;
        uint32_t best_apart = UINT32_MAX;
        for (uint32_t i = 0; i < a->count; i++) {
            for (uint32_t j = 0; j < b->count && !a->tokens[i].used; j++) {
                uint32_t apart = i > j ? i - j : j - i;
                if (!b->tokens[j].used && scores[i][j] >= least &&
                    (scores[i][j] > best || (scores[i][j] == best && apart < best_apart))) {
                    best = scores[i][j];
                    best_i = i;
                    best_j = j;
                    best_apart = apart;
                }
            }
        }
        if (best == 0) {
            break;
        }
        stm_name_token *x = &a->tokens[best_i];
        stm_name_token *y = &b->tokens[best_j];
        x->used = 1;
        y->used = 1;
        uint32_t weight = x->weight < y->weight ? x->weight : y->weight;
        result.matched += weight;
        result.agreement += (uint64_t)weight * best;
        result.whole_words += weight > 40;
    }
    for (uint32_t i = 0; i < a->count; i++) {
        result.left_over_a += a->tokens[i].used ? 0 : a->tokens[i].weight;
    }
    for (uint32_t j = 0; j < b->count; j++) {
        result.left_over_b += b->tokens[j].used ? 0 : b->tokens[j].weight;
    }
    return result;
}

uint32_t stm_name_compare_person(stm_name_tokens *a, stm_name_tokens *b)
{
    stm_name_join_split(a, b);
    if (a->count == 0 || b->count == 0) {
        return 0;
    }
    struct alignment found = align(a, b, 620);
    if (found.whole_words == 0) {
        return 0;
    }
    uint64_t fewer = found.left_over_a < found.left_over_b ? found.left_over_a : found.left_over_b;
    uint64_t more = found.left_over_a > found.left_over_b ? found.left_over_a : found.left_over_b;
    uint64_t score = found.agreement / found.matched;
    /* Good pairs of tokens score 850 and more: stretch that range over the whole scale. */
    score = score > 500 ? 2 * score - 1000 : 0;
    /* Words without a partner on both sides contradict; on one side they only say more. */
    score -= score * (fewer < 50 ? 2 * fewer : 100) / 220;
    uint64_t one = (more - fewer) * 1000 / (found.matched + more - fewer);
    score -= score * one / 4000;
    return (uint32_t)score;
}

uint32_t stm_name_compare_words(stm_name_tokens *a, stm_name_tokens *b)
{
    stm_name_join_split(a, b);
    if (a->count == 0 || b->count == 0) {
        return 0;
    }
    struct alignment found = align(a, b, 800);
    uint64_t total = found.matched + found.left_over_a + found.left_over_b;
    return total == 0 ? 0 : (uint32_t)(found.agreement / total);
}
