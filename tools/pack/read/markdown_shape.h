/* SPDX-License-Identifier: MIT */
/* A look at the shape of a Markdown file before the parser sees it. */
#ifndef STEMMA_READ_MARKDOWN_SHAPE_H
#define STEMMA_READ_MARKDOWN_SHAPE_H

#include <stdbool.h>

#include "stemma/types.h"

/** Quotes and lists within each other. The parser looks at all of them on every line. */
#define STM_MARKDOWN_DEPTH_MOST 100u
/** Square brackets that wait for their end in one block. The parser looks at all of them at each
    link. */
#define STM_MARKDOWN_OPEN_MOST 500u
/** Lines and characters that may mean something, for each of which the parser keeps a node of some
    two hundred bytes. */
#define STM_MARKDOWN_MARKS_MOST 4000000u

/** Why the parser would take too long or too much memory over `markdown`: a few English words in
 *  static storage; NULL when it would not. Articles come nowhere near. One pass. Any thread. */
const char *stm_markdown_shape_fault(stemma_text markdown);

#endif
