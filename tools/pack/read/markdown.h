/* SPDX-License-Identifier: MIT */
/**
 * @file markdown.h
 * CommonMark to plain text in blocks.
 */
#ifndef STEMMA_PACK_MARKDOWN_H
#define STEMMA_PACK_MARKDOWN_H

#include "pack/read/source.h"

/** Puts the text of `markdown` (valid UTF-8, without front matter) into `source`: blocks apart by a
 *  blank line, marks of emphasis and targets of links left out, HTML left out. A first heading of
 *  level 1 becomes the title when there is none. STEMMA_OK; STEMMA_E_LIMIT; STEMMA_E_NO_MEMORY.
 *  Any thread. */
STEMMA_NODISCARD stemma_status stm_markdown_read(stemma_text markdown, stm_source_document *source);

#endif
