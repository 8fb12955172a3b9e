/* SPDX-License-Identifier: MIT */
/**
 * @file extract.h
 * The built-in reader of English news: text in, testimony out.
 */
#ifndef STEMMA_EXTRACT_H
#define STEMMA_EXTRACT_H

#include "common/arena.h"
#include "pack/extract/annotation.h"
#include "pack/model/model.h"
#include "stemma/status.h"
#include "stemma/testimony.h"

/** Reads `input` (its text, furniture, paragraphs, title, published and language) and fills
   `output`: a copy of `input` with sentences, referents, mentions and assertions, these last marked
   as made by `run`. Everything new is owned by `arena` and lives as long; what was in `input` stays
    borrowed. `model` is never NULL. Pure: the same input gives the same output, and threads with arenas of their own may
    call it at once. STEMMA_OK; STEMMA_E_NO_MEMORY when the system has none; STEMMA_E_LIMIT when the arena's
   cap does not suffice (EXTRACT_MEMORY) or the text is too long (TEXT_LENGTH); STEMMA_E_INVALID
   when the text is not UTF-8 or furniture or paragraphs leave it. `error` (may be NULL) is filled
   unless it is STEMMA_OK. */
STEMMA_NODISCARD stemma_status stm_extract(const struct stm_model *model,
                                           const stemma_document *input, uint32_t run,
                                           struct stm_arena *arena, stemma_document *output,
                                           stemma_error *error);

/** A stage of the reader: stm_extract_names, ... */
typedef stemma_status stm_extract_stage(struct stm_annotation *ann);

/** Called when `stage` is done with a document; may change the annotation before the next stage
    sees it. What it returns but STEMMA_OK ends the reading. */
typedef stemma_status stm_extract_watcher(void *context, struct stm_annotation *ann,
                                          stm_extract_stage *stage);

/** The same with somebody to look in after each stage: scorers lay in what is known there. */
STEMMA_NODISCARD stemma_status stm_extract_watched(const struct stm_model *model,
                                                   const stemma_document *input, uint32_t run,
                                                   struct stm_arena *arena,
                                                   stm_extract_watcher *watcher, void *context,
                                                   stemma_document *output, stemma_error *error);

#endif
