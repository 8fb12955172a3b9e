/* SPDX-License-Identifier: MIT */
/* What the parts of score_events share. */
#ifndef STEMMA_SCORE_EVENTS_H
#define STEMMA_SCORE_EVENTS_H

#include "pack/extract/extract.h"

#include <jansson.h>

/* Whether one text stands in the other as whole words, whatever the case and an article before it. */
int texts_agree(stemma_text ours, const char *gold);

/* Whether an object is what one argument of the gold names or counts. */
int object_agrees(const stemma_document *document, const stemma_object *object,
                  const json_t *gold);

/* Whether a mention of the event is the trigger of the gold. */
int is_triggered(const stemma_document *document, uint32_t event, const char *trigger);

#endif
