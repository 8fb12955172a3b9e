/* SPDX-License-Identifier: MIT */
/**
 * @file event_emit.h
 * From what was understood to assertions with their evidence.
 */
#ifndef STEMMA_EXTRACT_EVENT_EMIT_H
#define STEMMA_EXTRACT_EVENT_EMIT_H

#include "pack/extract/annotation.h"

/** How the document stands to what is asserted. */
struct stm_stand {
    uint8_t polarity;
    uint8_t certainty;
    uint8_t tense;
    uint8_t realis;
    uint8_t attribution;
    uint8_t stance;
    uint32_t speaker;
    uint32_t via;
    uint16_t confidence;
};

/** Positive and actual, in the document's own voice. */
struct stm_stand stm_stand_plain(uint16_t confidence);

/** Adds an assertion. `trigger` and `filler` are spans of words, {0, 0} for none; the sentence of
    token `at` is the context. An equal assertion about the same subject that stands among those
   from number `since` on gets the evidence instead of being said twice. */
STEMMA_NODISCARD stemma_status stm_emit(struct stm_annotation *ann, uint32_t since,
                                        uint32_t subject, const char *predicate,
                                        const stemma_object *object, const struct stm_stand *stand,
                                        stemma_span trigger, stemma_span filler, uint32_t at);

stemma_object stm_object_referent(uint32_t referent);
stemma_object stm_object_text(stemma_text text); /**< Cut where it is longer than may be kept. */
stemma_object stm_object_time(stemma_time time);
stemma_object stm_object_quantity(stemma_quantity quantity);

/** A place; its words are those of `mention`. */
stemma_object stm_object_place(const struct stm_annotation *ann, uint32_t mention,
                               uint32_t referent);

#endif
