/* SPDX-License-Identifier: MIT */
#include "pack/read/markdown_shape.h"

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* Bytes of a mark that begins a quote or the item of a list at `at`; 0 when there is none. */
static size_t container_mark(stemma_text line, size_t at)
{
    size_t end = at;
    if (line.data[at] == '>') {
        return 1;
    }
    if (line.data[at] == '-' || line.data[at] == '+' || line.data[at] == '*') {
        end = at + 1;
    } else {
        while (end < line.size && end - at < 9 && line.data[end] >= '0' && line.data[end] <= '9') {
            end++;
        }
        if (end == at || end >= line.size || (line.data[end] != '.' && line.data[end] != ')')) {
            return 0;
        }
        end++;
    }
    return end == line.size || is_space(line.data[end]) ? end - at : 0;
}

/* "* * *" and "-----": a rule across the page, whatever its length. */
static bool is_rule(stemma_text line)
{
    char mark = 0;
    for (size_t i = 0; i < line.size; i++) {
        char c = line.data[i];
        if (is_space(c)) {
            continue;
        }
        if ((mark != 0 && c != mark) || (c != '*' && c != '-' && c != '_')) {
            return false;
        }
        mark = c;
    }
    return mark != 0;
}

/* How deep the line may lie: each mark opens something, and two columns before the last of them
   may go on with what lines before have opened. */
static size_t depth_of(stemma_text line)
{
    size_t marks = 0;
    size_t blanks = 0;
    size_t before = 0; /* of the blanks, those before the last mark */
    for (size_t at = 0; at < line.size;) {
        size_t mark = 1;
        if (is_space(line.data[at])) {
            blanks += line.data[at] == '\t' ? 4 : 1;
        } else if ((mark = container_mark(line, at)) != 0) {
            marks++;
            before = blanks;
        } else {
            break;
        }
        at += mark;
    }
    return marks == 0 ? 0 : marks + before / 2;
}

static bool is_blank(stemma_text line)
{
    for (size_t i = 0; i < line.size; i++) {
        if (!is_space(line.data[i])) {
            return false;
        }
    }
    return true;
}

/* Counts what a line adds; `*open` are the brackets of its block that wait for their end. */
static size_t count_marks(stemma_text line, size_t *open)
{
    size_t marks = 1;
    if (is_blank(line)) {
        *open = 0;
        return marks;
    }
    for (size_t i = 0; i < line.size; i++) {
        switch (line.data[i]) {
        case '[':
            marks++;
            ++*open;
            break;
        case ']':
            marks++;
            *open -= *open != 0;
            break;
        case '*':
        case '_':
        case '`':
        case '<':
        case '!':
        case '&':
        case '\\':
            marks++;
            break;
        default:
            break;
        }
        if (*open > STM_MARKDOWN_OPEN_MOST) {
            break;
        }
    }
    return marks;
}

const char *stm_markdown_shape_fault(stemma_text markdown)
{
    size_t marks = 0;
    size_t open = 0;
    for (size_t at = 0; at < markdown.size;) {
        const char *end = memchr(markdown.data + at, '\n', markdown.size - at);
        size_t size = end != NULL ? (size_t)(end - markdown.data) - at : markdown.size - at;
        stemma_text line = {markdown.data + at, size};
        at += size + 1;
        if (line.size != 0 && line.data[line.size - 1] == '\r') {
            line.size--;
        }
        if (depth_of(line) > STM_MARKDOWN_DEPTH_MOST && !is_rule(line)) {
            return "quotes and lists lie too deep within each other";
        }
        marks += count_marks(line, &open);
        if (open > STM_MARKDOWN_OPEN_MOST) {
            return "too many square brackets are open at once";
        }
        if (marks > STM_MARKDOWN_MARKS_MOST) {
            return "too many lines and marks";
        }
    }
    return NULL;
}
