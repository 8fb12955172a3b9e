/* SPDX-License-Identifier: MIT */
/**
 * @file intake.h
 * From the inputs on the command line to documents with testimony in the corpus.
 *
 * Reading and extracting run in parallel, batch by batch; what a batch gives is collected in the
 * order of the input, so that runs come before what uses them and problems are listed in order.
 */
#ifndef STEMMA_PACK_INTAKE_H
#define STEMMA_PACK_INTAKE_H

#include "pack/corpus.h"
#include "pack/data_set.h"
#include "pack/model/model.h"
#include "common/arena_pool.h"
#include "common/progress.h"
#include "pack/read/folder.h"
#include "pack/settings.h"
#include "stemma/write.h"

/** So many documents keep threads busy; with little memory it is fewer. */
#define STM_BATCH_MOST 256u
/** A batch whose documents are longer than this each, on average, has fewer of them. */
#define STM_BATCH_BYTES ((size_t)64 << 10)

struct stm_intake {
    const struct stm_pack_settings *settings;
    unsigned jobs;
    struct stm_corpus *corpus;
    size_t batch; /**< Documents that are read and extracted at a time, at most STM_BATCH_MOST. */
    stm_problems *problems;
    stemma_writer *writer; /**< Runs and terms go to it at once. */
    uint32_t extract_run;
    struct stm_model *model; /**< Proven when it is first used. NULL: there is none, for the reason `model_error`. */
    stemma_error model_error;
    struct stm_arena_pool *scratch; /**< What documents are read in. */
    stemma_text version; /**< Of this program, for runs. */
    struct stm_data_sets *sets;
    const struct stm_mapping *mappings; /**< Those that were asked for. */
    uint32_t mapping_count;
    struct stm_progress *progress;
    uint64_t seen; /**< Records so far, for the progress bar. */
    unsigned judged_streams; /**< Streams of documents that brought their judgements along. */
    stemma_error error;
};

struct stm_base;

/** Files and folders, with the manifest of the settings; unreadable ones become problems. */
stemma_status stm_intake_paths(struct stm_intake *intake, const char *const *paths, int count,
                               struct stm_base **bases);

/** JSON Lines from an open stream; `name` is for complaints. With `only_judgements` documents are
 *  refused. */
stemma_status stm_intake_stream(struct stm_intake *intake, FILE *file, const char *name,
                                bool only_judgements);

/** Loads the mappings that the settings name, into `arena`. STEMMA_E_INVALID (MAPPING_UNUSABLE) after
 *  reports of what is wrong with them. */
stemma_status stm_intake_mappings(struct stm_intake *intake, struct stm_arena *arena);

/** The tables among the entries, each a data set that goes to the writer. */
stemma_status stm_intake_tables(struct stm_intake *intake, const stm_entry_list *list);

/** A table from an open descriptor, by the first mapping. */
stemma_status stm_intake_table_stream(struct stm_intake *intake, int file, const char *name);

/** What a .stemma file holds: documents, terms and judgements. Those by programs are left behind:
 *  the judge looks at everything anew. The file stays open until stm_intake_close_bases(). */
stemma_status stm_intake_base(struct stm_intake *intake, const char *path,
                              struct stm_base **list);
void stm_intake_close_bases(struct stm_base *list);

/** Extracts testimony from a document that has none. Called by workers. Without a model: its error. */
stemma_status stm_intake_extract(const struct stm_intake *intake,
                                 struct stm_pack_document *document, stemma_error *error);

/** The order in which the `count` items of a batch, at most STM_BATCH_MOST, have their turns: the largest first, so that
 *  none of them keeps a thread when the others have run out of work. What comes of them is collected by item. */
void stm_intake_turns(const uint64_t *sizes, size_t count, uint32_t turns[STM_BATCH_MOST]);

/** Replaces the run numbers of a document's assertions by map[number]. A number beyond `count`, or
 *  one that maps to STEMMA_NONE, is STEMMA_E_INVALID with code RUN_MISSING. */
stemma_status stm_intake_map_runs(struct stm_pack_document *document, const uint32_t *map,
                                  uint32_t count, stemma_error *error);

/** Gives back what a batch took and freed: the heap would keep it. */
void stm_intake_settle(const struct stm_intake *intake);

/** Most memory that the testimony of one document may take. */
size_t stm_intake_cap(size_t text_size);

#endif
