/* SPDX-License-Identifier: MIT */
/**
 * @file write.h
 * Make a .stemma file from testimony and judgements.
 *
 * Give the writer runs, terms, documents and judgements in any order in which each refers only to
 * what was given before; then finish. The writer numbers everything, derives the index (entities,
 * events, claims, names, terms), and publishes the sealed file atomically: until finish succeeds
 * the path holds what it held before. The same input gives the same bytes, whatever the order in
 * which documents were added.
 *
 * A writer belongs to one thread at a time. All input is copied before a call returns.
 *
 * What is given is refused with STEMMA_E_INVALID or STEMMA_E_LIMIT and a problem code in `error`,
 * which may be NULL; the writer is then as it was and stays usable. STEMMA_E_NO_MEMORY and
 * STEMMA_E_SYSTEM (its temporary files) leave nothing to do but to free it; after
 * stemma_writer_finish() every call is STEMMA_E_MISUSE.
 */
#ifndef STEMMA_WRITE_H
#define STEMMA_WRITE_H

#include "stemma/judgement.h"
#include "stemma/status.h"
#include "stemma/testimony.h"
#include "stemma/vocabulary.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct stemma_writer stemma_writer;

/** Replace a file that is already at the path. Without it that is an error. */
#define STEMMA_WRITE_REPLACE 1u

/** What finish() is doing: `stage` is a static English word, `done` of `total` (0: unknown). */
typedef void stemma_progress(void *context, const char *stage, uint64_t done, uint64_t total);

typedef struct stemma_writer_options {
    size_t size;
    uint32_t flags; /**< STEMMA_WRITE_* */
    stemma_progress *progress; /**< May be NULL. Called on the writer's thread. */
    void *progress_context;
    /** Bytes that the process shall hold at most while the writer works, so far as they are the
     *  writer's: arrays beyond it lie in temporary files beside the output. 0: 1 GiB. What the file
     *  will hold does not depend on it. */
    uint64_t memory;
    unsigned jobs; /**< Threads of stemma_writer_finish(); 0: 1. Nor on this. */
} stemma_writer_options;

#define STEMMA_WRITER_OPTIONS_INIT {sizeof(stemma_writer_options), 0, NULL, NULL, 0, 0}

/** Begins a file that will stand at `path`. Checks at once that the folder can be written to.
 *  `*out` is owned by the caller: stemma_writer_free(). STEMMA_E_SYSTEM, STEMMA_E_NO_MEMORY. */
STEMMA_API STEMMA_NODISCARD stemma_status stemma_writer_new(stemma_writer **out, const char *path,
                                                            const stemma_writer_options *options,
                                                            stemma_error *error);

/** Registers a run; equal runs get the same number. */
STEMMA_API stemma_status stemma_writer_add_run(stemma_writer *writer, const stemma_run *run,
                                               uint32_t *number, stemma_error *error);

/** Adds a term to the vocabulary or replaces the built-in one of the same kind and name. */
STEMMA_API stemma_status stemma_writer_add_term(stemma_writer *writer, const stemma_term *term,
                                                stemma_error *error);

/** Adds a document with its testimony, after checking every rule of SPEC.md on it: spans inside the
 *  text and on character boundaries, ordinals in range, terms known, one canonical mention a
 *  referent, evidence present. `*number` is what judgements call it. A document whose text and URI
 *  were added before is not added again: `*number` is the earlier one and the status STEMMA_OK.
 *  STEMMA_E_INVALID with a problem code; the writer stays usable. */
STEMMA_API stemma_status stemma_writer_add_document(stemma_writer *writer,
                                                    const stemma_document *document,
                                                    uint32_t *number, stemma_error *error);

/** Adds a judgement of two referents of documents that were added, by those documents' numbers; its
 *  `run` is a number of stemma_writer_add_run() or STEMMA_NONE. Equal ones are stored once. */
STEMMA_API stemma_status stemma_writer_add_judgement(stemma_writer *writer,
                                                     const stemma_judgement *judgement,
                                                     stemma_error *error);

/** Adds that one document derives from another, both by number; shared ranges lie inside their
 *  texts. Equal ones are stored once. */
STEMMA_API stemma_status stemma_writer_add_derivation(stemma_writer *writer,
                                                      const stemma_derivation *derivation,
                                                      stemma_error *error);

/** Numbers, indexes, writes, seals, syncs and renames into place. After it, success or not, only
 *  stemma_writer_free() may be called. */
STEMMA_API STEMMA_NODISCARD stemma_status stemma_writer_finish(stemma_writer *writer,
                                                               stemma_error *error);

/** Frees the writer and removes its temporary files; NULL is fine. */
STEMMA_API void stemma_writer_free(stemma_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
