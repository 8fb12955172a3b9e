/* SPDX-License-Identifier: MIT */
#include "common/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <utf8proc.h>

#define NARROWEST 40u /* a terminal that says it is narrower is not believed */

void stm_terminal_init(struct stm_terminal *terminal, FILE *file, enum stm_color_mode mode)
{
    bool is_terminal = isatty(fileno(file)) == 1;
    terminal->file = file;
    terminal->color = mode == STM_COLOR_ALWAYS;
    terminal->width = 0;
    if (mode == STM_COLOR_AUTO && is_terminal) {
        const char *no_color = getenv("NO_COLOR");
        const char *term = getenv("TERM");
        terminal->color = (no_color == NULL || no_color[0] == '\0') &&
                          (term == NULL || strcmp(term, "dumb") != 0);
    }
    if (is_terminal) {
        struct winsize size;
        terminal->width = 80;
        if (ioctl(fileno(file), TIOCGWINSZ, &size) == 0 && size.ws_col != 0) {
            terminal->width = size.ws_col;
        }
        if (terminal->width < NARROWEST) {
            terminal->width = NARROWEST;
        }
    }
}

const char *stm_style_on(const struct stm_terminal *terminal, enum stm_style style)
{
    static const char *const codes[] = {"", "\x1b[1m", "\x1b[2m", "\x1b[1;4m"};
    return terminal->color ? codes[style] : "";
}

const char *stm_style_off(const struct stm_terminal *terminal, enum stm_style style)
{
    return terminal->color && style != STM_STYLE_NONE ? "\x1b[0m" : "";
}

bool stm_point_is_dangerous(int32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x61C ||
           point == 0x200E || point == 0x200F || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

size_t stm_next_point(stemma_text text, size_t at, int32_t *point)
{
    size_t left = text.size - at;
    utf8proc_int32_t decoded = -1;
    if ((uint8_t)text.data[at] < 0x80) { /* nearly all of most texts */
        *point = (uint8_t)text.data[at];
        return 1;
    }
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text.data + at,
                                             left > 4 ? 4 : (utf8proc_ssize_t)left, &decoded);
    *point = used > 0 ? decoded : -1;
    return used > 0 ? (size_t)used : 1;
}

static unsigned point_width(int32_t point)
{
    if (point >= 0x20 && point < 0x7F) {
        return 1;
    }
    int width = point < 0 ? 1 : utf8proc_charwidth(point);
    return width > 0 ? (unsigned)width : 0;
}

unsigned stm_text_width(stemma_text text)
{
    unsigned width = 0;
    for (size_t at = 0; at < text.size;) {
        int32_t point;
        at += stm_next_point(text, at, &point);
        width += point_width(point);
    }
    return width;
}

stemma_text stm_text_cut(stemma_text text, unsigned width)
{
    unsigned used = 0;
    size_t at = 0;
    while (at < text.size) {
        int32_t point;
        size_t step = stm_next_point(text, at, &point);
        unsigned more = point_width(point);
        if (used + more > width) {
            break;
        }
        used += more;
        at += step;
    }
    text.size = at;
    return text;
}
