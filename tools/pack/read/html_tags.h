/* SPDX-License-Identifier: MIT */
/* A look at the tags of a page before the parser sees it. */
#ifndef STEMMA_READ_HTML_TAGS_H
#define STEMMA_READ_HTML_TAGS_H

#include <stdbool.h>

#include "stemma/types.h"

/** Attributes of one tag. The parser compares each with all before it, so that a tag of a megabyte
 *  would take it minutes. Pages have a few dozen. */
#define STM_HTML_ATTRIBUTES_MOST 2000u

/** Whether no tag of `html` has more attributes than that. Scripts, styles and comments are passed
 *  over. One pass. Any thread. */
bool stm_html_tags_are_small(stemma_text html);

#endif
