/* SPDX-License-Identifier: MIT */
/**
 * @file builder.h
 * Puts the text of a page together block by block, with white space as a reader would see it, and
 * remembers which parts of it stood in page furniture.
 */
#ifndef STEMMA_PACK_BUILDER_H
#define STEMMA_PACK_BUILDER_H

#include "common/arena.h"
#include "pack/read/source.h"

/** Private members; one thread at a time. The first error latches. */
typedef struct stm_builder {
    char *data;
    size_t size;
    size_t capacity;
    size_t limit;
    stemma_span *spans;
    uint32_t span_count;
    uint32_t span_capacity;
    uint32_t furniture_depth;
    size_t furniture_start; /* SIZE_MAX until furniture has text */
    unsigned breaks;        /* line feeds owed before the next text */
    int space;              /* a space owed before the next text */
    stemma_status status;
} stm_builder;

/** An empty builder that takes at most `limit` bytes, at most STEMMA_LIMIT_TEXT. */
void stm_builder_init(stm_builder *builder, size_t limit);
void stm_builder_free(stm_builder *builder);

/** Adds valid UTF-8, each run of white space as one space. */
void stm_builder_text(stm_builder *builder, stemma_text text);

/** Adds valid UTF-8 as it is. */
void stm_builder_verbatim(stm_builder *builder, stemma_text text);

/** The next text begins after at least `count` line feeds; none at the beginning or the end. */
void stm_builder_break(stm_builder *builder, unsigned count);

/** What is added between these two is furniture. Pairs nest. */
void stm_builder_furniture_begin(stm_builder *builder);
void stm_builder_furniture_end(stm_builder *builder);

/** Moves text and furniture into `source`. STEMMA_OK, STEMMA_E_NO_MEMORY, or STEMMA_E_LIMIT when
    the text is longer than the limit. */
STEMMA_NODISCARD stemma_status stm_builder_finish(stm_builder *builder,
                                                  stm_source_document *source);

#endif
