/* SPDX-License-Identifier: MIT */
/* Things in words, appended to text that grows. */
#ifndef STEMMA_LIB_LABEL_H
#define STEMMA_LIB_LABEL_H

#include "stemma/label.h"
#include "base/words.h"

/* The name of an entity; its type in brackets when it has none. */
stemma_status stm_words_add_entity(stemma_snapshot *snapshot, uint32_t entity, stm_words *out,
                                   stemma_error *error);

/* The object of a claim: a text, time, count or place. A place that is an entity is called by its
   name; an event is not put in words here. */
stemma_status stm_words_add_value(stemma_snapshot *snapshot, const stemma_claim *claim,
                                  stm_words *out, stemma_error *error);

/* stemma_event_summary_get(), without `witnesses` for who needs none: claims then may come with the first only. */
stemma_status stm_event_summary(stemma_snapshot *snapshot, uint32_t event, bool witnesses,
                                stemma_event_summary *out, stemma_error *error);

/* The clause for an event. */
stemma_status stm_words_add_event(stemma_snapshot *snapshot, const stemma_event_summary *event,
                                  stm_words *out, stemma_error *error);

#endif
