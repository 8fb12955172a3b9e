/* SPDX-License-Identifier: MIT */
/**
 * @file referent_anaphora.h
 * What a document has spoken of so far, as later words may point back to it. Mentions are taken in
 * the order of the text; each leaves a trace.
 */
#ifndef STEMMA_EXTRACT_REFERENT_ANAPHORA_H
#define STEMMA_EXTRACT_REFERENT_ANAPHORA_H

#include "pack/extract/referent_role.h"

enum stm_trace_place { STM_TRACE_OTHER = 0, STM_TRACE_OBJECT, STM_TRACE_SUBJECT };

struct stm_trace {
    uint32_t referent;
    uint32_t mention;
    uint32_t token; /**< Its head. */
    uint32_t sentence;
    uint8_t place;  /**< stm_trace_place */
    uint8_t speaks; /**< Subject of a verb of saying. */
    uint8_t in_quote;
    uint8_t kind; /**< stemma_mention_kind */
    uint8_t plural;
};

/** The newest nominal or name of a head noun and number. */
struct stm_head_slot {
    uint64_t hash;    /**< 0: free. */
    uint32_t mention; /**< + 1 */
    uint32_t named;   /**< Referent of the name that ends in this noun, + 1; or 0. */
    uint8_t several;  /**< More than one name does, or groups of other counts. */
};

struct stm_resolver {
    struct stm_annotation *ann;
    struct stm_roles roles;
    struct stm_trace *traces;
    size_t count;
    size_t capacity;
    struct stm_head_slot *heads;
    size_t head_mask;    /**< Slots less one: twice the mentions, a power of two. */
    uint32_t *same_head; /**< By mention: the one before it with its head noun, + 1; or 0. */
    uint32_t *seen;      /**< By referent: mentions so far. */
    size_t seen_capacity;
};

/** Whether two genders may be one person's. */
static inline int stm_genders_agree(uint8_t a, uint8_t b)
{
    return a == STM_GENDER_UNKNOWN || b == STM_GENDER_UNKNOWN || a == b;
}

/** The referent that a pronoun means; or STEMMA_NONE. */
uint32_t stm_resolve_pronoun(const struct stm_resolver *resolver,
                             const struct stm_mention *mention);

/** Whom "the 24-year-old" means, of the sentences before; or STEMMA_NONE. */
uint32_t stm_resolve_aged(const struct stm_resolver *resolver, const struct stm_mention *mention);

/** Whom "I" and "my" mean in direct speech: its speaker, once all else is known; or STEMMA_NONE. */
uint32_t stm_resolve_speaker(const struct stm_resolver *resolver,
                             const struct stm_mention *mention);

/** The subject of the clause in which a token is no subject; or STEMMA_NONE. */
uint32_t stm_own_subject(const struct stm_resolver *resolver, uint32_t token);

/** The mention that a nominal takes up by its head noun ("a gunman ... the gunman", "Lantern
   Theatre ... the theatre"), or by what it is ("the company"); or STEMMA_NONE. */
uint32_t stm_resolve_head(const struct stm_resolver *resolver, uint32_t mention);

/** Enters a name or nominal under its head noun. */
void stm_enter_head(struct stm_resolver *resolver, uint32_t mention);

#endif
