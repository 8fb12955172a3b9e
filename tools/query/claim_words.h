/* SPDX-License-Identifier: MIT */
/* Claims and their parts in words and JSON. */
#ifndef STEMMA_QUERY_CLAIM_WORDS_H
#define STEMMA_QUERY_CLAIM_WORDS_H

#include "query/claim_view.h"

/* The object in words, as stored: not yet safe for a terminal. */
stemma_status stm_object_words(struct stm_query *query, const stemma_claim *claim,
                               struct stm_buffer *out);

/* The object as JSON value: {kind, id, name}, {kind, text}, ... */
stemma_status stm_object_json(struct stm_query *query, const stemma_claim *claim);

/* {"id","name"} of an entity or event, or null for STEMMA_NONE. */
stemma_status stm_reference_json(struct stm_query *query, uint8_t referent_kind, uint32_t number);

/* Key and value: text, or null when it is empty. */
void stm_member_text_or_null(stm_json *json, const char *key, stemma_text text);

/* The word for a value of an enumeration, or null for 0, "unspecified". */
void stm_member_enum(stm_json *json, const char *key, int which, uint8_t value);

/* id, predicate, object, polarity and counts: the members of a claim in a list of claims. */
stemma_status stm_claim_members(struct stm_query *query, const struct stm_claim_view *view);

#endif
