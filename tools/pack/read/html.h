/* SPDX-License-Identifier: MIT */
/**
 * @file html.h
 * An HTML page to text in blocks, its furniture by its elements, and what the page says of itself.
 */
#ifndef STEMMA_PACK_HTML_H
#define STEMMA_PACK_HTML_H

#include "common/problem.h"
#include "pack/read/source.h"

/** Prepares libxml2. Call it once, before any thread reads. */
void stm_html_initialize(void);

/** Reads the page `html` (valid UTF-8) into `source`: text, furniture, and the fields that the page
 *  states. Scripts, styles, templates and hidden elements are left out; navigation, headers,
 * footers, asides, forms, buttons and captions stay in the text as furniture. A page nested deeper
 * than the parser allows is read up to there and reported (HTML_TOO_DEEP, a warning about `file`).
 *  A tag with thousands of attributes is refused (HTML_TAG_TOO_LARGE, an error): they would be
 *  compared with each other.
 *  STEMMA_OK; STEMMA_E_INVALID when refused; STEMMA_E_LIMIT for too much text; STEMMA_E_NO_MEMORY.
 *  Any thread. */
STEMMA_NODISCARD stemma_status stm_html_read(stemma_text html, stemma_text file,
                                             stm_source_document *source, stm_problems *problems);

#endif
