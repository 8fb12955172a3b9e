/* SPDX-License-Identifier: MIT */
/* Judgements: who judged what, in words and JSON. */
#ifndef STEMMA_QUERY_JUDGEMENT_VIEW_H
#define STEMMA_QUERY_JUDGEMENT_VIEW_H

#include "query/query.h"

/* Who: a person, or a program with its version. Views of the item. */
struct stm_author {
    stemma_text person; /* empty: a program */
    stemma_text run;
    stemma_text version;
};

stemma_status stm_author_load(struct stm_query *query, uint32_t run, stemma_text person,
                              struct stm_author *out);

/* "Ada Vex" or "stemma-pack/judge 0.1.0"; not yet safe for a terminal. */
void stm_author_words(const struct stm_author *author, struct stm_buffer *out);

/* verdict, score, author, run, run_version, created, retracted, reason: members of the open object. */
stemma_status stm_judgement_members(struct stm_query *query, const stemma_judgement *judgement);

/* {"referents","documents","independent"} */
void stm_part_json(stm_json *json, const char *key, const stemma_identity_part *part);

#endif
