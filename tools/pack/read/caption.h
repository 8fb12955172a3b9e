/* SPDX-License-Identifier: MIT */
/**
 * @file caption.h
 * Captions of pictures and their credits that scraping left among the paragraphs.
 */
#ifndef STEMMA_PACK_CAPTION_H
#define STEMMA_PACK_CAPTION_H

#include "pack/read/pattern.h"

/** Whether the paragraph is an image description between two copies of its credit, as pages leave
 *  it when the description and the credit are glued: "Name/Agency A man waves Name/Agency",
 *  "Agency The square in springAgency". Pure. */
bool stm_caption_is_credited(const stm_line *line);

/** Whether the paragraph says itself that it is a caption or a credit: "FILE PHOTO: …",
    "Photograph: Name/Agency", "… [File: Name/Agency]". Pure. */
bool stm_caption_is_labelled(const stm_line *line);

/** Whether `line`, which stands right after the credited caption `caption`, is its visible caption:
    no sentence of its own, or one that repeats the caption's words. Pure. */
bool stm_caption_follows(const stm_line *line, const stm_line *caption);

#endif
