/* SPDX-License-Identifier: MIT */
/**
 * @file html_meta.h
 * What a page says of itself in its head: meta elements, links, JSON-LD.
 */
#ifndef STEMMA_PACK_HTML_META_H
#define STEMMA_PACK_HTML_META_H

#include <libxml/tree.h>

#include "pack/read/source.h"

/** Where the fields of one page come from, best first; complete one from the next. */
typedef struct stm_html_meta {
    struct stm_arena *arena;
    stm_source_fields linked; /* JSON-LD */
    stm_source_fields named;  /* meta and link elements, html lang */
    stm_source_fields shown;  /* title and time elements */
    unsigned scripts;         /* JSON-LD blocks seen */
    stemma_status status;
} stm_html_meta;

void stm_html_meta_init(stm_html_meta *meta, struct stm_arena *arena);

/** Looks at one element, with its attributes and, for title and script, its text. */
void stm_html_meta_take(stm_html_meta *meta, const xmlNode *element);

/** Completes `fields` with what was found. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_html_meta_finish(stm_html_meta *meta, stm_source_fields *fields);

#endif
