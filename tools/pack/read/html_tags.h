/* SPDX-License-Identifier: MIT */
/* A look at the tags of a page before the parser sees it. */
#ifndef STEMMA_READ_HTML_TAGS_H
#define STEMMA_READ_HTML_TAGS_H

#include <stdbool.h>

#include "stemma/types.h"

/** Attributes of one tag. The parser compares each with all before it, so that a tag of a megabyte
 *  would take it minutes. Pages have a few dozen. */
#define STM_HTML_ATTRIBUTES_MOST 2000u

/** Tags of a page, ends of elements not counted. The parser keeps some two hundred bytes for each.
    The longest pages have some ten thousand. */
#define STM_HTML_TAGS_MOST 2000000u

/** Whether no tag of `html` has more attributes than that. Scripts, styles and comments are passed
 *  over, and the other tags counted in `*tags`, which may not be NULL. One pass. Any thread. */
bool stm_html_tags_are_small(stemma_text html, size_t *tags);

#endif
