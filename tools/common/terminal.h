/* SPDX-License-Identifier: MIT */
/**
 * @file terminal.h
 * What the output can show: its width, colour, and which characters must not reach it.
 *
 * A file is data from a stranger, and a terminal obeys escape sequences: nothing from a file is
 * printed for people before it went through stm_buffer_add_safe().
 */
#ifndef STEMMA_TOOLS_TERMINAL_H
#define STEMMA_TOOLS_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

#include "stemma/types.h"

/** Order of the words of --color=auto|always|never. */
enum stm_color_mode { STM_COLOR_AUTO = 0, STM_COLOR_ALWAYS = 1, STM_COLOR_NEVER = 2 };

enum stm_style { STM_STYLE_NONE, STM_STYLE_BOLD, STM_STYLE_DIM, STM_STYLE_MARK };

struct stm_terminal {
    FILE *file;
    bool color;
    unsigned width; /**< Columns; 0 when the output is no terminal: nothing is cut then. */
};

/** Looks at `file` and the environment (NO_COLOR, TERM). `file` stays the caller's. */
void stm_terminal_init(struct stm_terminal *terminal, FILE *file, enum stm_color_mode mode);

/** What switches a style on or off; "" without colour. Static storage. */
const char *stm_style_on(const struct stm_terminal *terminal, enum stm_style style);
const char *stm_style_off(const struct stm_terminal *terminal, enum stm_style style);

/** Whether a code point may drive a terminal or turn the reading direction: controls (C0, DEL, C1)
    and the embedding, override and isolate characters. White space is not among them. */
bool stm_point_is_dangerous(int32_t point);

/** Bytes of the character at `at`, which lies inside `text`, and its code point. A byte that does not
    begin a character: 1, and point -1. */
size_t stm_next_point(stemma_text text, size_t at, int32_t *point);

/** Columns that `text` takes. */
unsigned stm_text_width(stemma_text text);

/** The longest beginning of `text` that takes at most `width` columns. */
stemma_text stm_text_cut(stemma_text text, unsigned width);

#endif
