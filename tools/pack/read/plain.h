/* SPDX-License-Identifier: MIT */
/**
 * @file plain.h
 * The shape of plain text: where its paragraphs begin.
 */
#ifndef STEMMA_PACK_PLAIN_H
#define STEMMA_PACK_PLAIN_H

#include "pack/read/source.h"

/** Finds the paragraphs of `source->text` and fills `paragraphs`. Blank lines end a paragraph. A
 *  line end does too, unless the text is wrapped at a column: no line is longer than 120 bytes and
 *  the next word would not have fitted. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_plain_paragraphs(stm_source_document *source);

/** Paragraph number `index` without white space at its ends. */
stemma_text stm_plain_paragraph(const stm_source_document *source, uint32_t index);

#endif
