/* SPDX-License-Identifier: MIT */
/* Claims as they were known at the date of --as-of, and their parts in words and JSON. */
#ifndef STEMMA_QUERY_CLAIM_VIEW_H
#define STEMMA_QUERY_CLAIM_VIEW_H

#include "query/query.h"

/* A share of all witnesses: those in documents that are known. Counts are theirs. */
struct stm_claim_view {
    stemma_claim claim;
    bool cut; /* some witnesses are not known yet */
};

/* The claims first ... first + count - 1 that have a witness that is known. `*out` belongs to the
   item. */
stemma_status stm_claims_load(struct stm_query *query, uint32_t first, uint32_t count,
                              struct stm_claim_view **out, uint32_t *out_count);

/* One claim; STEMMA_NOT_FOUND when nobody known has said it yet. */
stemma_status stm_claim_load(struct stm_query *query, uint32_t number, struct stm_claim_view *out);

/* How many groups of documents that do not derive from each other the sorted `documents` make. */
stemma_status stm_count_independent(struct stm_query *query, const uint32_t *documents,
                                    uint32_t count, uint32_t *out);

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
