/* SPDX-License-Identifier: MIT */
/**
 * @file fact_emit.h
 * What the finders of facts share: the name that is looked at, words for offices and for kin, and
 * the way from a fact to its assertion.
 */
#ifndef STEMMA_EXTRACT_FACT_EMIT_H
#define STEMMA_EXTRACT_FACT_EMIT_H

#include "pack/extract/annotation.h"
#include "pack/extract/event_emit.h"

/** A person or organisation named in the text, while facts about it are looked for. */
struct stm_fact_scan {
    struct stm_annotation *ann;
    uint32_t since;   /**< Assertions from here on are facts. */
    uint32_t mention; /**< A name. */
    uint32_t referent;
    uint32_t first; /**< Tokens of the name. */
    uint32_t end;
    uint32_t sentence_first;
    uint32_t sentence_end;
};

/** Whether a token is a noun for what a person is or does. */
int stm_is_role_word(const struct stm_annotation *ann, uint32_t token);

/** The predicate for a word of kinship, "sibling" for "sister"; NULL when it is none. */
const char *stm_kin_predicate(const struct stm_annotation *ann, uint32_t token);

/** An assertion about `subject` in the present, or in the past when `past`. `trigger` and `filler`
    are token ranges [first, end). */
STEMMA_NODISCARD stemma_status stm_emit_fact(const struct stm_fact_scan *scan, uint32_t subject,
                                             const char *predicate, const stemma_object *object,
                                             int past, uint16_t confidence, uint32_t trigger_first,
                                             uint32_t trigger_end, uint32_t filler_first,
                                             uint32_t filler_end);

#endif
