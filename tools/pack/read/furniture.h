/* SPDX-License-Identifier: MIT */
/**
 * @file furniture.h
 * Finds page furniture among the paragraphs of a text: what the page put around the article.
 *
 * The text is not changed; furniture is marked. Where in doubt, a paragraph is kept: a sentence of
 * the article must never be lost.
 */
#ifndef STEMMA_PACK_FURNITURE_H
#define STEMMA_PACK_FURNITURE_H

#include <stdbool.h>

#include "pack/read/source.h"

/** Marks furniture in `source->text`, whose paragraphs are known, beside the spans that are marked
 *  already; and fills byline, agency and date of publication, where these are still empty, from the
 *  lines that state them. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_furniture_find(stm_source_document *source);

/** Whether the byte at `offset` is furniture. Logarithmic. */
bool stm_furniture_holds(const stm_source_document *source, uint32_t offset);

#endif
