/* SPDX-License-Identifier: MIT */
#include "pack/extract/token.h"

#include "pack/extract/annotation.h"
#include "pack/extract/lexicon.h"

#include <string.h>
#include <utf8proc.h>

#define LONGEST_WORD 512u /* bytes: beyond it a "word" is not language, and is cut */

/* A cursor over the text between two pieces of furniture. */
struct scanner {
    struct stm_annotation *ann;
    stemma_text text; /* cut at the next furniture */
    uint32_t at;
    int spaced; /* white space since the last token */
};

static uint32_t code_at(const struct scanner *s, uint32_t at, uint32_t *length)
{
    if (at >= s->text.size) {
        *length = 0;
        return 0;
    }
    return stm_char_decode(s->text, at, length);
}

static int is_letter_class(enum stm_char_class class)
{
    return class == STM_CHAR_UPPER || class == STM_CHAR_LOWER;
}

static int class_at(const struct scanner *s, uint32_t at)
{
    uint32_t length;
    uint32_t code = code_at(s, at, &length);
    return length == 0 ? STM_CHAR_SPACE : (int)stm_char_class_of(code);
}

static int letter_at(const struct scanner *s, uint32_t at)
{
    return is_letter_class((enum stm_char_class)class_at(s, at));
}

/* Where a word may be broken or must not be: pages are full of them, and nobody sees them. */
static int is_invisible(uint32_t code)
{
    return code == 0x00AD || (code >= 0x200B && code <= 0x200D) || code == 0x2060 ||
           code == 0xFEFF;
}

static int is_apostrophe(uint32_t code)
{
    return code == '\'' || code == 0x2019 || code == 0x02BC;
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Whether `word` (lower-case ASCII) stands at `at` and no letter or digit follows it. */
static int word_follows(const struct scanner *s, uint32_t at, const char *word)
{
    size_t size = strlen(word);
    if (s->text.size - at < size) {
        return 0;
    }
    for (size_t i = 0; i < size; i++) {
        if (ascii_lower(s->text.data[at + i]) != word[i]) {
            return 0;
        }
    }
    int next = class_at(s, at + (uint32_t)size);
    return next == STM_CHAR_SPACE || next == STM_CHAR_OTHER;
}

stemma_status stm_token_lower(struct stm_arena *arena, stemma_text word, stemma_text *lower)
{
    size_t i = 0;
    while (i < word.size && (word.data[i] & 0x80) == 0 &&
           !(word.data[i] >= 'A' && word.data[i] <= 'Z')) {
        i++;
    }
    if (i == word.size) {
        *lower = word;
        return STEMMA_OK;
    }
    /* Lower-casing one code point can take one more byte at most three times per three bytes. */
    char *out = stm_arena_alloc(arena, word.size * 2, 1);
    if (out == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    size_t size = 0;
    for (uint32_t at = 0; at < word.size;) {
        uint32_t length;
        uint32_t code = stm_char_decode(word, at, &length);
        at += length;
        if (is_invisible(code)) {
            continue;
        }
        if (code < 0x80) {
            out[size++] = ascii_lower((char)code);
        } else if (is_apostrophe(code)) {
            out[size++] = '\'';
        } else if (code == 0x2010 || code == 0x2011) {
            out[size++] = '-';
        } else if (size + 4 <= word.size * 2) {
            size += (size_t)utf8proc_encode_char(utf8proc_tolower((utf8proc_int32_t)code),
                                                 (utf8proc_uint8_t *)out + size);
        }
    }
    *lower = (stemma_text){out, size};
    return STEMMA_OK;
}

static uint32_t letter_flags(stemma_text word)
{
    uint32_t uppers = 0;
    uint32_t lowers = 0;
    uint32_t digits = 0;
    uint32_t flags = 0;
    uint32_t first = 1;
    for (uint32_t at = 0; at < word.size;) {
        uint32_t length;
        enum stm_char_class class = stm_char_class_of(stm_char_decode(word, at, &length));
        at += length;
        uppers += class == STM_CHAR_UPPER;
        lowers += class == STM_CHAR_LOWER;
        digits += class == STM_CHAR_DIGIT;
        if (first && class == STM_CHAR_UPPER) {
            flags |= STM_TOKEN_CAPITALISED;
        }
        if (first && class == STM_CHAR_DIGIT) {
            flags |= STM_TOKEN_DIGIT;
        }
        first = 0;
    }
    if (uppers + lowers + digits == 0) {
        return flags | STM_TOKEN_PUNCTUATION;
    }
    if (uppers >= 2 && lowers == 0) {
        flags |= STM_TOKEN_ALL_CAPS;
    }
    if (uppers == 1 && lowers == 0 && digits == 0) {
        flags |= STM_TOKEN_INITIAL;
    }
    return flags;
}

static stemma_status add_token(struct scanner *s, uint32_t start, uint32_t end, uint32_t flags)
{
    struct stm_annotation *ann = s->ann;
    if (stm_arena_grow(ann->arena, &ann->tokens, ann->token_count, &ann->token_capacity,
                       sizeof *ann->tokens) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    struct stm_token *token = &ann->tokens[ann->token_count];
    memset(token, 0, sizeof *token);
    token->start = start;
    token->end = end;
    token->sentence = token->mention = token->outer = STEMMA_NONE;
    token->quote = token->time = token->quantity = STEMMA_NONE;
    stemma_text word = {ann->text.data + start, end - start};
    token->flags = flags | letter_flags(word) | (s->spaced ? STM_TOKEN_SPACE_BEFORE : 0);
    if ((flags & STM_TOKEN_POSSESSIVE) != 0) {
        token->flags &= ~(uint32_t)(STM_TOKEN_PUNCTUATION | STM_TOKEN_INITIAL);
    }
    s->spaced = 0;
    stemma_status status = stm_token_lower(ann->arena, word, &token->lower);
    token->lemma = token->lower;
    if (status == STEMMA_OK) {
        ann->token_count++;
    }
    return status;
}

/* The end of the clitic that begins with the apostrophe at `at`; 0 when there is none. */
static uint32_t clitic_end(const struct scanner *s, uint32_t at, uint32_t apostrophe_length)
{
    static const char *const clitics[] = {"s", "ve", "re", "ll", "d", "m"};
    uint32_t after = at + apostrophe_length;
    for (size_t i = 0; i < sizeof clitics / sizeof clitics[0]; i++) {
        if (word_follows(s, after, clitics[i])) {
            return after + (uint32_t)strlen(clitics[i]);
        }
    }
    return 0;
}

static int ends_in_letter(const struct scanner *s, uint32_t end, char letter)
{
    return end != 0 && ascii_lower(s->text.data[end - 1]) == letter;
}

/* "a.m", "U.S", "e.g": letters one by one with dots between. */
static int is_dotted(const struct scanner *s, uint32_t start, uint32_t end)
{
    uint32_t at = start;
    while (at < end) {
        if (!letter_at(s, at)) {
            return 0;
        }
        uint32_t length;
        (void)code_at(s, at, &length);
        at += length;
        if (at < end) {
            if (s->text.data[at] != '.') {
                return 0;
            }
            at++;
        }
    }
    return 1;
}

static int is_domain_ending(const struct scanner *s, uint32_t at)
{
    static const char *const endings[] = {"com", "org", "net", "gov", "edu", "info", "co", "io",
                                          "uk",  "de",  "fr",  "ru",  "ua",  "by",   "eu", "tv"};
    if (class_at(s, at) != STM_CHAR_LOWER) {
        return 0;
    }
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (word_follows(s, at, endings[i])) {
            return 1;
        }
    }
    return 0;
}

/* Whether the connecting character at `at` is inside of the word [start, at). */
static int connects(const struct scanner *s, uint32_t start, uint32_t at, uint32_t code,
                    uint32_t length)
{
    int before_digit = class_at(s, at - 1) == STM_CHAR_DIGIT;
    int after = class_at(s, at + length);
    switch (code) {
    case 0x00AD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF:
        return is_letter_class((enum stm_char_class)after);
    case '-':
    case 0x2010:
    case 0x2011:
        return after == STM_CHAR_DIGIT || is_letter_class((enum stm_char_class)after);
    case '.':
        if (after == STM_CHAR_DIGIT) {
            return before_digit;
        }
        return is_letter_class((enum stm_char_class)after) &&
               ((is_dotted(s, start, at) && !letter_at(s, at + 2)) || is_domain_ending(s, at + 1));
    case ',':
        return before_digit && after == STM_CHAR_DIGIT && class_at(s, at + 2) == STM_CHAR_DIGIT &&
               class_at(s, at + 3) == STM_CHAR_DIGIT && class_at(s, at + 4) != STM_CHAR_DIGIT;
    case ':':
    case '/':
        return before_digit && after == STM_CHAR_DIGIT;
    case '&':
        return class_at(s, at - 1) == STM_CHAR_UPPER && after == STM_CHAR_UPPER;
    case '_':
        return 1;
    default:
        return 0;
    }
}

/* Splits "US-led", "Chile-Peru" and "pro-Chilean" into three tokens: they join a name to something.
   `*hyphen` receives where. */
static int splits_at_hyphen(struct scanner *s, uint32_t start, uint32_t end, uint32_t *hyphen)
{
    uint32_t at = start;
    while (at < end && s->text.data[at] != '-') {
        at++;
    }
    if (at == start || at + 1 >= end) {
        return 0;
    }
    char lower[64];
    if (at - start >= sizeof lower) {
        return 0;
    }
    for (uint32_t i = start; i < at; i++) {
        lower[i - start] = ascii_lower(s->text.data[i]);
    }
    stemma_text left = {lower, at - start};
    stemma_text left_word = {s->text.data + start, at - start};
    uint32_t flags = letter_flags(left_word);
    int right = class_at(s, at + 1);
    *hyphen = at;
    if ((flags & STM_TOKEN_CAPITALISED) == 0) {
        return right == STM_CHAR_UPPER && stm_lexicon_has(STM_LEXICON_NAME_PREFIX, left);
    }
    int is_name = (flags & STM_TOKEN_ALL_CAPS) != 0 || stm_lexicon_place(left) != NULL ||
                  stm_lexicon_demonym(left) != NULL;
    /* "D-Ohio": a party's letter and a state */
    int letter = left.size == 1 && memchr("dril", left.data[0], 4) != NULL;
    if ((!is_name && !letter) || stm_lexicon_has(STM_LEXICON_GIVEN, left)) {
        return 0;
    }
    if (right != STM_CHAR_UPPER) {
        return right == STM_CHAR_LOWER;
    }
    /* "Chile-Peru", but not "Agence France-Presse" */
    char other[64];
    if (end - at - 1 >= sizeof other) {
        return 0;
    }
    for (uint32_t i = at + 1; i < end; i++) {
        other[i - at - 1] = ascii_lower(s->text.data[i]);
    }
    stemma_text right_key = {other, end - at - 1};
    stemma_text right_word = {s->text.data + at + 1, end - at - 1};
    if (letter) {
        return stm_lexicon_place(right_key) != NULL ||
               stm_lexicon_has(STM_LEXICON_STATE_CODE, right_key);
    }
    return (letter_flags(right_word) & STM_TOKEN_ALL_CAPS) != 0 ||
           stm_lexicon_place(right_key) != NULL || stm_lexicon_demonym(right_key) != NULL;
}

static stemma_status add_word(struct scanner *s, uint32_t start, uint32_t end)
{
    uint32_t hyphen;
    if (memchr(s->text.data + start, '-', end - start) != NULL &&
        splits_at_hyphen(s, start, end, &hyphen)) {
        stemma_status status = add_token(s, start, hyphen, 0);
        if (status == STEMMA_OK) {
            status = add_token(s, hyphen, hyphen + 1, 0);
        }
        return status == STEMMA_OK ? add_token(s, hyphen + 1, end, 0) : status;
    }
    return add_token(s, start, end, 0);
}

static int takes_final_dot(const struct scanner *s, uint32_t start, uint32_t end)
{
    if (end >= s->text.size || s->text.data[end] != '.') {
        return 0;
    }
    for (uint32_t i = start; i < end; i++) {
        if (s->text.data[i] == '-') {
            start = i + 1; /* "R-Fla." */
        }
    }
    stemma_text word = {s->text.data + start, end - start};
    if (word.size == 0) {
        return 0;
    }
    if (memchr(word.data, '.', word.size) != NULL) {
        return is_dotted(s, start, end);
    }
    if ((letter_flags(word) & STM_TOKEN_INITIAL) != 0 && word.data[0] != 'I') {
        return 1;
    }
    char lower[16];
    if (word.size >= sizeof lower) {
        return 0;
    }
    for (size_t i = 0; i < word.size; i++) {
        lower[i] = ascii_lower(word.data[i]);
    }
    stemma_text key = {lower, word.size};
    return stm_lexicon_has(STM_LEXICON_ABBREVIATION, key);
}

static stemma_status scan_word(struct scanner *s)
{
    uint32_t start = s->at;
    uint32_t at = start;
    while (at < s->text.size && at - start < LONGEST_WORD) {
        uint32_t length;
        uint32_t code = code_at(s, at, &length);
        enum stm_char_class class = stm_char_class_of(code);
        if (is_letter_class(class) || class == STM_CHAR_DIGIT) {
            at += length;
            continue;
        }
        if (at == start) {
            break;
        }
        if (is_apostrophe(code) && letter_at(s, at + length)) {
            if (word_follows(s, at + length, "t") && ends_in_letter(s, at, 'n') && at - start > 1) {
                stemma_status status = STEMMA_OK;
                /* "can't" keeps its n: "can" + "'t" reads better than "ca" + "n't". */
                uint32_t cut = word_follows(s, start, "can") ? at : at - 1;
                status = add_word(s, start, cut);
                s->at = at + length + 1;
                return status == STEMMA_OK ? add_token(s, cut, s->at, STM_TOKEN_CONTRACTED)
                                           : status;
            }
            uint32_t end = clitic_end(s, at, length);
            if (end != 0) {
                uint32_t flag =
                    end - (at + length) == 1 && ascii_lower(s->text.data[end - 1]) == 's'
                        ? STM_TOKEN_POSSESSIVE
                        : STM_TOKEN_CONTRACTED;
                stemma_status status = add_word(s, start, at);
                s->at = end;
                return status == STEMMA_OK ? add_token(s, at, end, flag) : status;
            }
            at += length; /* O'Brien */
            continue;
        }
        if (!connects(s, start, at, code, length)) {
            break;
        }
        at += length;
    }
    if (takes_final_dot(s, start, at)) {
        at++;
    }
    s->at = at;
    return add_word(s, start, at);
}

/* Addresses, handles and tags: up to the next white space, less final punctuation. */
static uint32_t address_end(const struct scanner *s)
{
    uint32_t at = s->at;
    if (s->text.data[at] == '@' || s->text.data[at] == '#') {
        at++;
        if (!letter_at(s, at)) {
            return 0;
        }
        while (at < s->text.size &&
               (letter_at(s, at) || class_at(s, at) == STM_CHAR_DIGIT || s->text.data[at] == '_')) {
            uint32_t length;
            (void)code_at(s, at, &length);
            at += length;
        }
        return at;
    }
    size_t left = s->text.size - at;
    const char *p = s->text.data + at;
    if (!(left > 8 && (memcmp(p, "http://", 7) == 0 || memcmp(p, "https://", 8) == 0)) &&
        !(left > 4 && memcmp(p, "www.", 4) == 0)) {
        return 0;
    }
    while (at < s->text.size && s->text.data[at] > ' ') {
        at++;
    }
    while (at > s->at + 1 && strchr(".,;:!?)\"'", s->text.data[at - 1]) != NULL) {
        at--;
    }
    return at;
}

static uint32_t quote_flag(const struct scanner *s, uint32_t code, uint32_t length)
{
    int after = class_at(s, s->at + length);
    int before_open = s->spaced || s->at == 0 || strchr("([-{", s->text.data[s->at - 1]) != NULL;
    switch (code) {
    case 0x201C:
    case 0x201E:
    case 0x00AB:
    case 0x2018:
        return STM_TOKEN_QUOTE_OPEN;
    case 0x201D:
    case 0x00BB:
    case 0x2019:
        return STM_TOKEN_QUOTE_CLOSE;
    case '"':
        return before_open && after != STM_CHAR_SPACE ? STM_TOKEN_QUOTE_OPEN
                                                      : STM_TOKEN_QUOTE_CLOSE;
    case '\'':
        return before_open && after != STM_CHAR_SPACE && after != STM_CHAR_DIGIT
                   ? STM_TOKEN_QUOTE_OPEN
                   : STM_TOKEN_QUOTE_CLOSE;
    default:
        return 0;
    }
}

static stemma_status scan_mark(struct scanner *s, uint32_t code, uint32_t length)
{
    uint32_t end = s->at + length;
    uint32_t flags = quote_flag(s, code, length);
    if (is_apostrophe(code) && !s->spaced && ends_in_letter(s, s->at, 's') &&
        letter_at(s, s->at - 1) && class_at(s, end) == STM_CHAR_SPACE) {
        flags |= STM_TOKEN_POSSESSIVE; /* or the end of a quotation: sentence.c tells by balance */
    }
    if (code == '.' || code == '-' || code == '!' || code == '?') {
        while (end < s->text.size &&
               (s->text.data[end] == (char)code ||
                (code != '.' && code != '-' && strchr("!?", s->text.data[end]) != NULL))) {
            end++;
        }
    }
    stemma_status status = add_token(s, s->at, end, flags);
    s->at = end;
    return status;
}

static stemma_status scan(struct scanner *s)
{
    while (s->at < s->text.size) {
        uint32_t length;
        uint32_t code = code_at(s, s->at, &length);
        enum stm_char_class class = stm_char_class_of(code);
        stemma_status status = STEMMA_OK;
        if (class == STM_CHAR_SPACE) {
            s->at += length;
            s->spaced = 1;
            continue;
        }
        uint32_t address =
            code == '@' || code == '#' || code == 'h' || code == 'w' ? address_end(s) : 0;
        if (address != 0) {
            status = add_token(s, s->at, address, 0);
            s->at = address;
        } else if (class == STM_CHAR_OTHER) {
            status = scan_mark(s, code, length);
        } else {
            status = scan_word(s);
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_extract_tokens(struct stm_annotation *ann)
{
    const stemma_document *document = ann->document;
    struct scanner s = {ann, ann->text, 0, 1};
    /* Room for the tokens of ordinary prose at once: growing would leave half-sized arrays behind.
     */
    ann->token_capacity = ann->text.size / 4 + 16;
    ann->tokens = stm_arena_alloc(ann->arena, ann->token_capacity, sizeof *ann->tokens);
    if (ann->tokens == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i <= document->furniture_count; i++) {
        int last = i == document->furniture_count;
        s.text.size = last ? ann->text.size : document->furniture[i].start;
        stemma_status status = s.at < s.text.size ? scan(&s) : STEMMA_OK;
        if (status != STEMMA_OK) {
            return status;
        }
        if (!last) {
            s.at = document->furniture[i].end;
            s.spaced = 1;
        }
    }
    return STEMMA_OK;
}
