/* SPDX-License-Identifier: MIT */
#include "pack/read/pattern.h"

#include "pack/read/words.h"

static bool ends_sentence(stemma_text text)
{
    static const char *const closers[] = {"\"",           "'",       ")", "]", "\xE2\x80\x9D",
                                          "\xE2\x80\x99", "\xC2\xBB"};
    for (bool stripped = true; stripped;) {
        stripped = false;
        for (size_t i = 0; i < sizeof closers / sizeof *closers; i++) {
            if (stm_ends(text, closers[i])) {
                text.size -= strlen(closers[i]);
                stripped = true;
            }
        }
    }
    return stm_ends(text, ".") || stm_ends(text, "!") || stm_ends(text, "?") ||
           stm_ends(text, "\xE2\x80\xA6");
}

static uint32_t count_marks(stemma_text text)
{
    uint32_t count = 0;
    for (size_t at = 0; at < text.size; at++) {
        if (text.data[at] == '|') {
            count++;
        } else if (text.size - at >= 3 && memcmp(text.data + at, "\xE2\x80\xA2", 3) == 0) {
            count++;
        }
    }
    return count;
}

static bool has_quotes(stemma_text text)
{
    for (size_t at = 0; at < text.size; at++) {
        if (text.data[at] == '"' ||
            (text.size - at >= 3 && (memcmp(text.data + at, "\xE2\x80\x9C", 3) == 0 ||
                                     memcmp(text.data + at, "\xE2\x80\x9D", 3) == 0))) {
            return true;
        }
    }
    return false;
}

void stm_line_read(stm_line *line, stemma_text text)
{
    text = stm_trim(text);
    line->text = text;
    line->word_count = 0;
    line->long_line = text.size > STM_LINE_BYTES;
    stemma_text word;
    for (size_t at = 0; stm_next_word(text, &at, &word);) {
        if (line->word_count == STM_LINE_WORDS) {
            line->long_line = true;
            break;
        }
        line->words[line->word_count++] = word;
    }
    line->terminal = ends_sentence(text);
    /* Lines of this length are never furniture: do not look at them twice. */
    line->pipes = line->long_line ? 0 : count_marks(text);
    line->quoted = line->long_line || has_quotes(text);
}

/* One element of a pattern, without its question mark. */
typedef struct pattern_element {
    stemma_text text;
    bool optional;
} pattern_element;

static uint32_t parse(const char *pattern, pattern_element elements[STM_PATTERN_ELEMENTS])
{
    uint32_t count = 0;
    while (*pattern != 0 && count < STM_PATTERN_ELEMENTS) {
        size_t size = strcspn(pattern, " ");
        pattern_element *next = &elements[count++];
        next->optional = size > 1 && pattern[size - 1] == '?';
        next->text = (stemma_text){pattern, size - next->optional};
        pattern += size;
        while (*pattern == ' ') {
            pattern++;
        }
    }
    return count;
}

static bool is_star(const pattern_element *element)
{
    return element->text.size == 1 && element->text.data[0] == '*';
}

static bool is_number(const pattern_element *element)
{
    return element->text.size == 1 && element->text.data[0] == '#';
}

static bool accepts(const pattern_element *element, stemma_text word)
{
    if (is_star(element)) {
        return true;
    }
    if (is_number(element)) {
        return stm_is_digit(word.data[0]);
    }
    stemma_text left = element->text;
    while (left.size != 0) {
        const char *bar = memchr(left.data, '|', left.size);
        size_t size = bar != NULL ? (size_t)(bar - left.data) : left.size;
        if (size == word.size) {
            size_t same = 0;
            while (same < size && stm_to_lower(word.data[same]) == left.data[same]) {
                same++;
            }
            if (same == size) {
                return true;
            }
        }
        left = stm_slice(left, bar != NULL ? size + 1 : size, left.size);
    }
    return false;
}

/* Bit i: the next word may be matched by element i. Bit `count`: the pattern is complete. */
static uint32_t skip_optional(const pattern_element *elements, uint32_t count, uint32_t states)
{
    for (uint32_t i = 0; i < count; i++) {
        if ((states >> i & 1u) != 0 && (elements[i].optional || is_star(&elements[i]))) {
            states |= 1u << (i + 1);
        }
    }
    return states;
}

/* Most patterns fail at the first letter or word: find that out before they are taken apart. */
static bool may_begin(const char *pattern, const stm_line *line)
{
    char letter = stm_to_lower(line->words[0].data[0]);
    bool found = *pattern == '*' || (*pattern == '#' && stm_is_digit(letter));
    bool start = true;
    const char *end = pattern;
    for (; *end != 0 && *end != ' '; end++) {
        found = found || (start && *end == letter) || *end == '?';
        start = *end == '|';
    }
    pattern_element first = {{pattern, (size_t)(end - pattern)}, end[-1] == '?'};
    return found && (first.optional || is_star(&first) || accepts(&first, line->words[0]));
}

bool stm_pattern_matches(const char *pattern, const stm_line *line)
{
    if (line->long_line || line->word_count == 0 || !may_begin(pattern, line)) {
        return false;
    }
    pattern_element elements[STM_PATTERN_ELEMENTS];
    uint32_t count = parse(pattern, elements);
    uint32_t states = skip_optional(elements, count, 1u);
    for (uint32_t w = 0; w < line->word_count && states != 0; w++) {
        uint32_t next = 0;
        for (uint32_t i = 0; i < count; i++) {
            if ((states >> i & 1u) == 0 || !accepts(&elements[i], line->words[w])) {
                continue;
            }
            if (!is_star(&elements[i])) {
                next |= 1u << (i + 1);
            }
            if (is_star(&elements[i]) || is_number(&elements[i])) {
                next |= 1u << i;
            }
        }
        states = skip_optional(elements, count, next);
    }
    return (states >> count & 1u) != 0;
}
