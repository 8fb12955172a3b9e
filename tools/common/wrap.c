/* SPDX-License-Identifier: MIT */
#include "common/wrap.h"

#include "common/format_buffer.h"
#include "common/terminal.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#define LONGEST (1u << 20) /* bytes of a line; what is longer is broken there */
#define LABEL   24u        /* columns within which a gap ends the name of a field */
#define HANGING 4u

struct wrap {
    FILE *to;
    unsigned width;
    struct stm_buffer line;
    stemma_text color; /* the code that is in force, inside the line; or empty */
};

/* The bytes of the code for colour at `at`, or 0: "\x1b[" ... "m". */
static size_t color_at(stemma_text line, size_t at)
{
    size_t end = at + 2;
    if (line.size < at + 3 || line.data[at] != '\x1b' || line.data[at + 1] != '[') {
        return 0;
    }
    while (end < line.size && strchr("0123456789;", line.data[end]) != NULL) {
        end++;
    }
    return end < line.size && line.data[end] == 'm' ? end + 1 - at : 0;
}

/* A step on: bytes and columns of the code or character at `at`. */
static size_t step_at(stemma_text line, size_t at, unsigned *columns)
{
    size_t size = color_at(line, at);
    *columns = 0;
    if (size == 0) {
        int32_t point;
        size = stm_next_point(line, at, &point);
        *columns = stm_text_width((stemma_text){line.data + at, size});
    }
    return size;
}

static unsigned width_of(stemma_text line)
{
    unsigned total = 0;
    for (size_t at = 0; at < line.size;) {
        unsigned columns;
        at += step_at(line, at, &columns);
        total += columns;
    }
    return total;
}

/* Where a line goes on: below the value of a field, else below its first word. */
static unsigned hanging(stemma_text line, unsigned width)
{
    unsigned column = 0, leading = 0, spaces = 0;
    bool word = false;
    for (size_t at = 0; at < line.size && column < LABEL && column < width / 2;) {
        unsigned columns;
        size_t size = step_at(line, at, &columns);
        if (columns != 0 && line.data[at] != ' ') {
            if (word && leading != 0 && spaces > 1) {
                return column;
            }
            word = true;
            spaces = 0;
        } else if (columns != 0) {
            spaces++;
            leading += !word;
        }
        column += columns;
        at += size;
    }
    return leading != 0 && leading < width / 2 ? leading : HANGING;
}

/* ---- From right to left -------------------------------------------------------------------------- */

enum side { LEFT, RIGHT, NEITHER };

static enum side side_of(int32_t point)
{
    const utf8proc_property_t *about = utf8proc_get_property(point < 0 ? ' ' : point);
    switch (about->bidi_class) {
    case UTF8PROC_BIDI_CLASS_R:
    case UTF8PROC_BIDI_CLASS_AL:
        return RIGHT;
    case UTF8PROC_BIDI_CLASS_L:
        return LEFT;
    default:
        return NEITHER;
    }
}

/* The end of the words from right to left that begin at `at`: behind their last letter, and before a
   gap. */
static size_t end_of_run(stemma_text line, size_t at)
{
    size_t end = at;
    while (at < line.size && line.data[at] != '\x1b' &&
           !(line.data[at] == ' ' && at + 1 < line.size && line.data[at + 1] == ' ')) {
        int32_t point;
        size_t size = stm_next_point(line, at, &point);
        enum side side = side_of(point);
        if (side == LEFT) {
            break;
        }
        at += size;
        if (side == RIGHT || utf8proc_charwidth(point) == 0) {
            end = at;
        }
    }
    return end;
}

static void put(FILE *to, stemma_text text)
{
    size_t done = 0;
    for (size_t at = 0; at < text.size;) {
        int32_t point;
        size_t size = stm_next_point(text, at, &point);
        if ((unsigned char)text.data[at] >= 0xD6 && side_of(point) == RIGHT) {
            size_t end = end_of_run(text, at);
            fwrite(text.data + done, 1, at - done, to);
            fputs("\xE2\x81\xA8", to); /* U+2068 first strong isolate */
            fwrite(text.data + at, 1, end - at, to);
            fputs("\xE2\x81\xA9", to); /* U+2069 pop directional isolate */
            done = at = end;
        } else {
            at += size;
        }
    }
    fwrite(text.data + done, 1, text.size - done, to);
}

/* ---- Lines --------------------------------------------------------------------------------------- */

/* Where the line that begins at `at` is to end: at most `room` columns further, at a space if there is one
   behind its first word. Notes the colour that is in force there. */
static size_t break_at(struct wrap *wrap, stemma_text line, size_t at, unsigned room)
{
    size_t space = 0, end = at;
    unsigned used = 0;
    bool word = false;
    stemma_text color = wrap->color, color_at_space = color;
    while (end < line.size) {
        unsigned columns;
        size_t size = step_at(line, end, &columns);
        if (columns != 0 && line.data[end] == ' ' && word) {
            space = end;
            color_at_space = color;
        }
        if (used + columns > room && end > at) {
            break;
        }
        if (color_at(line, end) != 0) {
            bool off = size == 4 && line.data[end + 2] == '0';
            color = off ? (stemma_text){NULL, 0} : (stemma_text){line.data + end, size};
        }
        word = word || (columns != 0 && line.data[end] != ' ');
        used += columns;
        end += size;
    }
    if (end < line.size && space != 0) {
        wrap->color = color_at_space;
        return space;
    }
    wrap->color = color;
    return end;
}

static stemma_text trimmed(stemma_text text)
{
    while (text.size != 0 && text.data[text.size - 1] == ' ') {
        text.size--;
    }
    return text;
}

static void put_line(struct wrap *wrap, stemma_text line)
{
    unsigned hang;
    size_t at = 0;
    if (width_of(line) <= wrap->width) {
        put(wrap->to, line);
        return;
    }
    hang = hanging(line, wrap->width);
    wrap->color = (stemma_text){NULL, 0};
    while (at < line.size) {
        stemma_text color = wrap->color;
        size_t end = break_at(wrap, line, at, at == 0 ? wrap->width : wrap->width - hang);
        if (at != 0) {
            fprintf(wrap->to, "\n%*s", (int)hang, "");
            fwrite(color.data != NULL ? color.data : "", 1, color.size, wrap->to);
        }
        put(wrap->to, trimmed((stemma_text){line.data + at, end - at}));
        fputs(wrap->color.size != 0 ? "\x1b[0m" : "", wrap->to);
        at = end;
        while (at < line.size && line.data[at] == ' ') {
            at++;
        }
    }
}

static ssize_t write_some(void *cookie, const char *data, size_t size)
{
    struct wrap *wrap = cookie;
    for (size_t at = 0; at < size;) {
        const char *end = memchr(data + at, '\n', size - at);
        size_t part = (end != NULL ? (size_t)(end - data) : size) - at;
        stm_buffer_add(&wrap->line, (stemma_text){data + at, part});
        at += part;
        if (end != NULL || wrap->line.size > LONGEST) {
            put_line(wrap, stm_buffer_text(&wrap->line));
            stm_buffer_clear(&wrap->line);
        }
        if (end != NULL) {
            fputc('\n', wrap->to);
            at++;
        }
    }
    return wrap->line.failed || ferror(wrap->to) ? 0 : (ssize_t)size;
}

static int close_it(void *cookie)
{
    struct wrap *wrap = cookie;
    int failed;
    put_line(wrap, stm_buffer_text(&wrap->line));
    failed = wrap->line.failed;
    stm_buffer_free(&wrap->line);
    free(wrap);
    return failed ? EOF : 0;
}

FILE *stm_wrap_open(FILE *to, unsigned width)
{
    static const cookie_io_functions_t functions = {NULL, write_some, NULL, close_it};
    struct wrap *wrap = calloc(1, sizeof *wrap);
    FILE *file = wrap != NULL ? fopencookie(wrap, "w", functions) : NULL;
    if (file == NULL) {
        free(wrap);
        return NULL;
    }
    wrap->to = to;
    wrap->width = width;
    setvbuf(file, NULL, _IOLBF, 0); /* what is printed appears when its line is complete */
    return file;
}
