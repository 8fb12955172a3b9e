/* SPDX-License-Identifier: MIT */
/**
 * @file attribution_range.h
 * Who says what: the ranges of a document that are not in its own voice.
 */
#ifndef STEMMA_EXTRACT_ATTRIBUTION_RANGE_H
#define STEMMA_EXTRACT_ATTRIBUTION_RANGE_H

#include "pack/extract/annotation.h"
#include "pack/extract/event_emit.h"

/** Content that is attributed to somebody. */
struct stm_attributed {
    uint32_t first; /**< Tokens of the content. */
    uint32_t end;
    uint32_t cue;     /**< "said"; the "according" of "according to". */
    uint32_t speaker; /**< Referent, or STEMMA_NONE when unstated. */
    uint32_t via;
    uint8_t stance; /**< stemma_stance */
    uint8_t demand; /**< Asked for, not said to be so. */
};

/** What `part2` of an annotation points to once stm_extract_attribution() has run. */
struct stm_attribution {
    struct stm_attributed *items;
    size_t count;
    size_t capacity;
    uint32_t *by_token; /**< Innermost item of each token, or STEMMA_NONE. */
};

/** The innermost attributed range over a token; NULL when the document speaks itself. */
const struct stm_attributed *stm_attributed_at(const struct stm_annotation *ann, uint32_t token);

/** Puts the speaker of what stands at `token` into a stand. */
void stm_attribute(const struct stm_annotation *ann, uint32_t token, struct stm_stand *stand);

#endif
