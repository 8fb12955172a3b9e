/* SPDX-License-Identifier: MIT */
/**
 * @file source.h
 * One document as the read stage hands it on: its text, and what is known about it from outside
 * the text (manifest, front matter, page metadata) or from its first lines.
 */
#ifndef STEMMA_PACK_SOURCE_H
#define STEMMA_PACK_SOURCE_H

#include "common/arena.h"
#include "stemma/testimony.h"

/** What the read stage knows about a document besides its text. Views live in the arena of the
    document; an unknown value is empty. White space is collapsed in all of them. */
typedef struct stm_source_fields {
    stemma_text uri;
    stemma_text title;
    stemma_text publisher;
    stemma_text agency;     /**< Credit line: "Reuters". */
    stemma_text byline;     /**< Who wrote it, without "By". */
    stemma_time published;  /**< `raw` as found; `edtf` empty when it could not be read. */
    stemma_text retrieved;  /**< EDTF */
    stemma_text language;   /**< BCP 47 */
    stemma_text media_type; /**< "text/plain", "text/html", "text/markdown" */
    stemma_text licence;
} stm_source_fields;

/** A document that was read. Owns all that it points to; one thread at a time. */
typedef struct stm_source_document {
    stm_source_fields fields;
    stemma_text text;       /**< Valid UTF-8 without NUL or byte order mark, never empty. */
    stemma_span *furniture; /**< Ascending, disjoint; inside the text, never empty spans. */
    uint32_t furniture_count;
    uint32_t *paragraphs; /**< Ascending offsets of the first byte of each paragraph. */
    uint32_t paragraph_count;
    struct stm_arena arena; /* private: owns everything above */
} stm_source_document;

/** An empty document whose arena will hold at most `cap` bytes (0: no bound). NULL when there is no
    memory. Free it with stm_source_free(). */
stm_source_document *stm_source_new(size_t cap);

/** Frees the document and all that it owns. NULL is allowed. */
void stm_source_free(stm_source_document *source);

/** Fills `document` (all else zero) with views of `source`, which must outlive it. */
void stm_source_view(const stm_source_document *source, stemma_document *document);

/** Every field that is empty in `into` is taken from `from`; nothing is copied but views. */
void stm_source_fields_complete(stm_source_fields *into, const stm_source_fields *from);

#endif
