/* SPDX-License-Identifier: MIT */
/**
 * @file slug.h
 * What agencies write to editors around a story: "UPDATE 2-" before a headline, "(adds quotes, details)" behind
 * it or a paragraph, "(ORB.L)" behind the name of a company.
 */
#ifndef STEMMA_PACK_SLUG_H
#define STEMMA_PACK_SLUG_H

#include "pack/read/source.h"

/** Adds such notes to the furniture of a document whose paragraphs are known. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_slugs_find(stm_source_document *source);

/** A headline without the notes around it. Borrowed from `headline`. */
stemma_text stm_without_slugs(stemma_text headline);

#endif
