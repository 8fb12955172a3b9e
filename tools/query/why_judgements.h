/* SPDX-License-Identifier: MIT */
/* The judgements behind witnesses: who made one thing of what documents speak of, and what a claim would
   be without that. */
#ifndef STEMMA_QUERY_WHY_JUDGEMENTS_H
#define STEMMA_QUERY_WHY_JUDGEMENTS_H

#include "query/query.h"

/* Of a subject or object with more referents than this judgements are not looked through. */
#define STM_WHY_MEMBERS 10000u

/* Judgements that were told of in text already: more than anybody reads. */
#define STM_WHY_TOLD 1024u

/* One of what a claim is about. */
struct stm_why_thing {
    stemma_identity *identity; /* NULL: none, or too many referents */
    uint8_t kind;              /* stemma_referent_kind */
    uint32_t number;           /* STEMMA_NONE: nothing */
    bool too_many;
    const stemma_referent_id *uses; /* that the claim's witnesses speak of */
    uint32_t use_count;
};

struct stm_why {
    struct stm_query *query;
    struct stm_why_thing subject; /* for all claims */
    struct stm_why_thing object;  /* of the claim at hand */
    stemma_claim claim;
    uint32_t told[STM_WHY_TOLD];
    uint32_t told_count;
};

/* Begins with what the claims are about. */
stemma_status stm_why_begin(struct stm_why *why, struct stm_query *query, uint8_t kind,
                            uint32_t number);

/* What people judged of the subject, in text. */
stemma_status stm_why_people(struct stm_why *why);

/* Begins a claim of the subject; its object's judgements belong to the item. */
stemma_status stm_why_claim(struct stm_why *why, const stemma_claim *claim);

/* Lines below a witness: judgements without which the claim would be another, each told of once. */
stemma_status stm_why_text(struct stm_why *why, const stemma_trace *trace);

/* "judgements": all that name the witness's subject or object, or null for too many. */
stemma_status stm_why_json(struct stm_why *why, const stemma_trace *trace);

#endif
