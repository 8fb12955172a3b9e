/* SPDX-License-Identifier: MIT */
/* The judgements of a run of pack: those that came in, those of the judge, into the writer. */
#ifndef STEMMA_PACK_EDGES_H
#define STEMMA_PACK_EDGES_H

#include "pack/corpus.h"
#include "pack/data_set.h"
#include "common/progress.h"
#include "pack/settings.h"
#include "stemma/write.h"

/* Judges the corpus, whose documents the writer holds behind the data sets, and gives all
   judgements and derivations to the writer. Edges that came in and name documents or referents that
   are not there become problems. */
stemma_status stm_edges_write(struct stm_corpus *corpus, struct stm_data_sets *sets,
                              enum stm_judge_mode mode, uint32_t judge_run, stemma_writer *writer,
                              stm_problems *problems, struct stm_progress *progress,
                              unsigned jobs, stemma_error *error);

#endif
