/* SPDX-License-Identifier: MIT */
/* How alike two tokens are: edits, with those cheap that transliterators and ears make. */
#include "name/name_token.h"

#define ALIGN_MAX 40u /* letters of a token that are compared */

#define COST_LETTER       100
#define COST_CHANGE       150 /* one consonant for an unrelated one: what tells strangers apart */
#define COST_VOWEL        45
#define COST_VOWEL_CHANGE 30
#define COST_KIN          40 /* consonants that stand for each other across spellings */

/* Sets of letters from a to z. */
#define BIT(letter) (1u << ((letter) - 'a'))
#define VOWELS      (BIT('a') | BIT('e') | BIT('i') | BIT('o') | BIT('u') | BIT('y'))

/* For each letter the ones that write the same sound elsewhere. */
static const uint32_t KIN[32] = {
    ['b' - 'a'] = BIT('p') | BIT('v'),
    ['c' - 'a'] = BIT('h') | BIT('k') | BIT('s') | BIT('t') | BIT('z'),
    ['d' - 'a'] = BIT('t'),
    ['f' - 'a'] = BIT('p') | BIT('v'),
    ['g' - 'a'] = BIT('h') | BIT('k'),
    ['h' - 'a'] = BIT('c') | BIT('g') | BIT('k'),
    ['i' - 'a'] = BIT('j') | BIT('z'),
    ['j' - 'a'] = BIT('i') | BIT('y'),
    ['k' - 'a'] = BIT('c') | BIT('g') | BIT('h') | BIT('q') | BIT('x'),
    ['m' - 'a'] = BIT('n'),
    ['n' - 'a'] = BIT('m'),
    ['p' - 'a'] = BIT('b') | BIT('f'),
    ['q' - 'a'] = BIT('k'),
    ['s' - 'a'] = BIT('c') | BIT('t') | BIT('z'),
    ['t' - 'a'] = BIT('c') | BIT('d') | BIT('s'),
    ['u' - 'a'] = BIT('v') | BIT('w'),
    ['v' - 'a'] = BIT('b') | BIT('f') | BIT('u') | BIT('w'),
    ['w' - 'a'] = BIT('u') | BIT('v'),
    ['x' - 'a'] = BIT('k'),
    ['y' - 'a'] = BIT('j'),
    ['z' - 'a'] = BIT('c') | BIT('i') | BIT('s'),
};

/* 0 to 25, or 26 to 31 for what is no letter from a to z: a place in a set without members there.
 */
static unsigned letter_of(char c)
{
    return c >= 'a' && c <= 'z' ? (unsigned)(c - 'a') : 31u;
}

static int is_vowel(char c)
{
    return (VOWELS >> letter_of(c) & 1u) != 0;
}

/* Cost of one letter more; a letter said twice and a silent h are cheap. */
static int extra_cost(const char *text, size_t position)
{
    char c = text[position];
    if (position > 0 && text[position - 1] == c) {
        return 30;
    }
    if (is_vowel(c)) {
        return COST_VOWEL;
    }
    return c == 'h' ? 60 : COST_LETTER;
}

static int length_cost(stemma_text text)
{
    int cost = 0;
    for (size_t i = 0; i < text.size && i < ALIGN_MAX; i++) {
        cost += is_vowel(text.data[i]) ? 70 : COST_LETTER;
    }
    return cost;
}

/* What it costs to make one of the other; of costs of `enough` and more, no more than that. */
static int edit_cost(stemma_text a, stemma_text b, int enough)
{
    int rows[3][ALIGN_MAX + 1];
    int extra[ALIGN_MAX];       /* of each letter of b */
    uint8_t letters[ALIGN_MAX]; /* the same, as places in sets */
    size_t n = a.size < ALIGN_MAX ? a.size : ALIGN_MAX;
    size_t m = b.size < ALIGN_MAX ? b.size : ALIGN_MAX;
    int least_above = 0; /* of the last row: no way to the end costs less than the least of two rows */
    rows[0][0] = 0;
    for (size_t j = 0; j < m; j++) {
        extra[j] = extra_cost(b.data, j);
        letters[j] = (uint8_t)letter_of(b.data[j]);
        rows[0][j + 1] = rows[0][j] + extra[j];
    }
    for (size_t i = 1; i <= n; i++) {
        int *row = rows[i % 3];
        const int *above = rows[(i + 2) % 3];
        const int *two_above = rows[(i + 1) % 3];
        int drop = extra_cost(a.data, i - 1);
        char letter = a.data[i - 1];
        uint32_t kin = KIN[letter_of(letter)], vowels = is_vowel(letter) ? VOWELS : 0;
        row[0] = above[0] + drop;
        int least = row[0];
        for (size_t j = 1; j <= m; j++) {
            int change = kin >> letters[j - 1] & 1u      ? COST_KIN
                         : vowels >> letters[j - 1] & 1u ? COST_VOWEL_CHANGE
                                                         : COST_CHANGE;
            int best = above[j - 1] + (letter == b.data[j - 1] ? 0 : change);
            int other = above[j] + drop;
            best = other < best ? other : best;
            other = row[j - 1] + extra[j - 1];
            best = other < best ? other : best;
            if (i > 1 && j > 1 && letter == b.data[j - 2] && a.data[i - 2] == b.data[j - 1]) {
                other = two_above[j - 2] + 70;
                best = other < best ? other : best;
            }
            row[j] = best;
            least = best < least ? best : least;
        }
        if (least >= enough && least_above >= enough) {
            return enough;
        }
        least_above = least;
    }
    return rows[n % 3][m];
}

/* The letters of a text as a set: those from a to z. */
static uint32_t letters_of(stemma_text text)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < text.size && i < ALIGN_MAX; i++) {
        letters |= 1u << letter_of(text.data[i]);
    }
    return letters & (BIT('z') | (BIT('z') - 1));
}

/* What edits cost at the least. A consonant but "h" that is not in the other text and has no kin there has to be
   dropped or changed for an unrelated letter, which may be one of the other text that is as lonely. */
static int least_cost(stemma_text a, stemma_text b)
{
    uint32_t in_a = letters_of(a);
    uint32_t in_b = letters_of(b);
    uint32_t kin_of_a = 0;
    int lonely_a = 0;
    int lonely_b = 0;
    for (uint32_t left = in_a; left != 0; left &= left - 1) {
        unsigned letter = (unsigned)__builtin_ctz(left);
        kin_of_a |= KIN[letter];
        lonely_a += ((in_b & (KIN[letter] | 1u << letter)) | (1u << letter & (VOWELS | BIT('h')))) == 0;
    }
    lonely_b = __builtin_popcount(in_b & ~(in_a | kin_of_a | VOWELS | BIT('h')));
    int both = lonely_a < lonely_b ? lonely_a : lonely_b;
    return both * COST_CHANGE + (lonely_a + lonely_b - 2 * both) * COST_LETTER;
}

/* 0 instead of scores below `least`. */
static uint32_t edit_score(stemma_text a, stemma_text b, uint32_t least)
{
    if (stemma_text_equal(a, b)) {
        return 1000;
    }
    int la = length_cost(a);
    int lb = length_cost(b);
    int longest = la > lb ? la : lb;
    int shortest = la > lb ? lb : la;
    if (longest == 0 || shortest * 2 < longest) {
        return 0;
    }
    /* With this cost and more it scores less than `least`, or nothing. */
    int enough = (int)(((int64_t)longest * (1001 - (int64_t)least) + 999) / 1000);
    enough = enough < longest ? enough : longest;
    if (least_cost(a, b) >= enough) {
        return 0;
    }
    int cost = edit_cost(a, b, enough);
    return cost >= enough ? 0 : (uint32_t)(1000 - (int64_t)1000 * cost / longest);
}

/* The consonants of a key, without those letters that a consonantal script may or may not write. */
static stemma_text skeleton(stemma_text text, char out[ALIGN_MAX])
{
    stemma_text bones = {out, 0};
    for (size_t i = 0; i < text.size && bones.size < ALIGN_MAX; i++) {
        char c = text.data[i];
        if (!is_vowel(c) && c != 'v' && c != 'w' && (bones.size == 0 || out[bones.size - 1] != c)) {
            out[bones.size++] = c;
        }
    }
    return bones;
}

/* Hardly a vowel among several letters: written in a script that leaves vowels out. */
static int is_consonantal(stemma_text text)
{
    size_t vowels = 0;
    for (size_t i = 0; i < text.size; i++) {
        vowels += text.data[i] == 'e' || text.data[i] == 'i' || text.data[i] == 'o' ||
                  text.data[i] == 'u' || text.data[i] == 'a';
    }
    return text.size >= 3 && vowels * 5 <= text.size;
}

/* No ASCII letter: digits and scripts that we do not transliterate are equal or strangers. */
static int is_opaque(stemma_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] >= 'a' && text.data[i] <= 'z') {
            return 0;
        }
    }
    return 1;
}

/* What the comparison of keys must come to for a score of `least`, were the plain forms the same. */
static uint32_t least_of_keys(uint32_t least)
{
    return least > 500 ? 2 * least - 1000 : 0;
}

uint32_t stm_name_token_score(const stm_name_token *a, const stm_name_token *b, uint32_t least)
{
    if (stemma_text_equal(a->plain, b->plain)) {
        return 1000;
    }
    if (is_opaque(a->plain) || is_opaque(b->plain)) {
        return 0;
    }
    int bare = is_consonantal(a->plain) != is_consonantal(b->plain);
    uint32_t key = edit_score(a->key, b->key, bare ? 0 : least_of_keys(least));
    if (!bare && key < least_of_keys(least)) {
        return 0;
    }
    uint32_t plain = edit_score(a->plain, b->plain, 0);
    uint32_t score = plain > key ? (plain + key) / 2 : (plain * 3 + key * 7) / 10;
    if (bare) {
        char x[ALIGN_MAX];
        char y[ALIGN_MAX];
        stemma_text left = skeleton(a->key, x);
        stemma_text right = skeleton(b->key, y);
        if (left.size >= 3 && right.size >= 3) {
            uint32_t bones = edit_score(left, right, 0) * 95 / 100;
            score = bones > score ? bones : score;
        }
    }
    return score;
}

uint32_t stemma_name_token_similarity(stemma_text a, stemma_text b)
{
    stm_name_tokens left;
    stm_name_tokens right;
    if (stm_name_split(&left, a) != STEMMA_OK || stm_name_split(&right, b) != STEMMA_OK) {
        return 0;
    }
    if (left.count == 0 || right.count == 0) {
        return 0;
    }
    stm_name_token x = {{left.plain, left.plain_size}, {left.key, left.key_size}, 100, 0, 0, 0, 0, 0};
    stm_name_token y = {{right.plain, right.plain_size}, {right.key, right.key_size}, 100, 0, 0, 0, 0, 0};
    return stm_name_token_score(&x, &y, 0);
}
