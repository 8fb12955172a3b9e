/* SPDX-License-Identifier: MIT */
/**
 * @file write.h
 * Make a .stemma file from testimony and judgements.
 *
 * Give the writer runs, terms, documents, data sets and judgements in any order in which each refers only to
 * what was given before; then finish. The writer numbers everything, derives the index (entities,
 * events, claims, names, terms), and publishes the sealed file atomically: until finish succeeds
 * the path holds what it held before. The same input gives the same bytes, whatever the order in
 * which documents were added.
 *
 * A writer belongs to one thread at a time. All input is copied before a call returns.
 *
 * What is given is refused with STEMMA_E_INVALID or STEMMA_E_LIMIT and a problem code in `error`,
 * which may be NULL; the writer is then as it was and stays usable. STEMMA_E_NO_MEMORY and
 * STEMMA_E_SYSTEM (its temporary files) leave nothing to do but to free it: every later call fails
 * with the same status, and no file comes to be. After stemma_writer_finish() every call is STEMMA_E_MISUSE.
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
 *  STEMMA_E_INVALID with a problem code; the writer stays usable. STEMMA_E_MISUSE for a data set. */
STEMMA_API stemma_status stemma_writer_add_document(stemma_writer *writer,
                                                    const stemma_document *document,
                                                    uint32_t *number, stemma_error *error);

/* ---- Data sets ------------------------------------------------------------------------------ */

/** Who takes part in a row. */
typedef struct stemma_row_participant {
    uint32_t role;  /**< Handle of a predicate. */
    uint32_t actor; /**< Handle of an actor. */
} stemma_row_participant;

/** A row of a data set: one event. All texts may be empty. */
typedef struct stemma_row {
    uint32_t number;    /**< RFC 7111: from 1, the header line counted; ascending strictly. */
    uint32_t type;      /**< Handle of an event type. */
    stemma_text time;   /**< EDTF. */
    uint32_t place;     /**< Handle of an actor, or STEMMA_NONE. */
    uint32_t source;    /**< Who says so, an actor; or STEMMA_NONE. */
    const stemma_row_participant *participants; /**< A set: order and repetitions do not count. */
    uint32_t participant_count;
    stemma_text external_id; /**< "source:id" */
    stemma_text content;
    uint32_t quantity_predicate; /**< Handle of `quantity` or of a role, or STEMMA_NONE. */
    stemma_text amount;          /**< Decimal; needs a predicate. */
    stemma_text unit;
} stemma_row;

/** Begins a data set: a document without text whose testimony is rows. Of `fields` only uri, title,
 *  publisher, agency, byline, published, retrieved, language, media_type and licence are taken.
 *  `run` is who made the rows. Until stemma_writer_end_rows() only runs and terms can be added
 *  besides. STEMMA_E_MISUSE when another data set is open. */
STEMMA_API stemma_status stemma_writer_begin_rows(stemma_writer *writer,
                                                  const stemma_document *fields, uint32_t run,
                                                  stemma_error *error);

/** A term for use in rows: `kind` is STEMMA_TERM_EVENT_TYPE or STEMMA_TERM_PREDICATE. The same term
 *  gives the same handle; handles belong to the open data set. STEMMA_E_INVALID: TYPE_UNKNOWN,
 *  PREDICATE_UNKNOWN. */
STEMMA_API stemma_status stemma_writer_row_term(stemma_writer *writer, uint8_t kind,
                                                stemma_text name, uint32_t *handle,
                                                stemma_error *error);

/** An actor: an entity of this type and name. The same pair gives the same handle; handles count up
 *  from 0 and belong to the open data set. An actor that no row uses is kept as well.
 *  STEMMA_E_INVALID: TYPE_UNKNOWN, NAME_EMPTY, NAME_SPACE, TEXT_NOT_UTF8; STEMMA_E_LIMIT. */
STEMMA_API stemma_status stemma_writer_row_actor(stemma_writer *writer, stemma_text type,
                                                 stemma_text name, uint32_t *handle,
                                                 stemma_error *error);

/** Several actors of one type, quicker than one by one: as stemma_writer_row_actor() of each, up to the first that
 *  is refused; `*taken` of them have their handles. */
STEMMA_API stemma_status stemma_writer_row_actors(stemma_writer *writer, stemma_text type,
                                                  const stemma_text *names, size_t count,
                                                  uint32_t *handles, size_t *taken,
                                                  stemma_error *error);

/** Adds rows up to the first that is refused: `*taken` are before it, `error` says why, and the
 *  caller goes on behind it or ends. STEMMA_E_INVALID: ROW_ORDER, TYPE_UNKNOWN, ROLE_UNKNOWN,
 *  PREDICATE_UNKNOWN, ACTOR_OUT_OF_RANGE, EDTF, DECIMAL, EXTERNAL_ID, TEXT_NOT_UTF8;
 *  STEMMA_E_LIMIT: TEXT_TOO_LONG, CORPUS_TOO_LARGE. */
STEMMA_API stemma_status stemma_writer_add_rows(stemma_writer *writer, const stemma_row *rows,
                                                size_t count, size_t *taken, stemma_error *error);

/** What many rows have in common: an event type, and the roles of their actors in the order in which columns give
 *  them (at most 64; a role may come twice). The same form gives the same handle; handles belong to the open data
 *  set. Whether the roles are those of the type is looked at when a row has the form. */
STEMMA_API stemma_status stemma_writer_row_form(stemma_writer *writer, uint32_t type,
                                                const uint32_t *roles, uint32_t count,
                                                uint32_t *handle, stemma_error *error);

/** A time for use in columns; STEMMA_NONE for an empty one. Handles belong to the open data set. STEMMA_E_INVALID:
 *  EDTF. */
STEMMA_API stemma_status stemma_writer_row_time(stemma_writer *writer, stemma_text time,
                                                uint32_t *handle, stemma_error *error);

/** Rows of which nothing is said but what happened, when, and who took part: the quickest way to give many. */
typedef struct stemma_plain_rows {
    size_t count;            /**< Rows. */
    const uint32_t *numbers; /**< As of stemma_row. */
    const uint32_t *forms;   /**< Handles of forms. */
    const uint32_t *times;   /**< Handles of times, or STEMMA_NONE. */
    const uint32_t *actors;  /**< Handles: as many as the first row's form has roles, then those of the next row. */
} stemma_plain_rows;

/** As stemma_writer_add_rows(), with the same outcome as the same rows given there. STEMMA_E_MISUSE as well for
 *  what is no handle of a form or time. */
STEMMA_API stemma_status stemma_writer_add_plain_rows(stemma_writer *writer,
                                                   const stemma_plain_rows *columns, size_t *taken,
                                                   stemma_error *error);

/** SHA-256 and size of the decompressed table, before the end of the data set. */
STEMMA_API stemma_status stemma_writer_rows_digest(stemma_writer *writer,
                                                   const uint8_t digest[STEMMA_DIGEST_SIZE],
                                                   uint64_t size, stemma_error *error);

/** Ends the data set. `*number` is what judgements call the document; when one of its digest and
 *  URI was added before, it is that one and these rows are dropped. STEMMA_E_MISUSE without digest.
 *  STEMMA_E_INVALID: ID_COLLISION; the data set is dropped. STEMMA_E_LIMIT: TEXT_TOO_LONG, a
 *  table longer than a text may be that has no row; it is dropped, too. */
STEMMA_API stemma_status stemma_writer_end_rows(stemma_writer *writer, uint32_t *number,
                                                stemma_error *error);

/** Forgets the open data set, its rows, terms and actors; nothing when none is open. */
STEMMA_API void stemma_writer_drop_rows(stemma_writer *writer);

/** The referent of the row with index `row` (rows that were taken, from 0) of a data set that has
 *  ended. `*referent` is its ordinal, for judgements. STEMMA_E_INVALID when there is no such row. */
STEMMA_API stemma_status stemma_writer_row_referent(const stemma_writer *writer, uint32_t document,
                                                    uint32_t row, uint32_t *referent,
                                                    stemma_error *error);

/** The referent of an actor of a data set that has ended, by its handle. STEMMA_E_INVALID when
 *  there is no such actor. */
STEMMA_API stemma_status stemma_writer_actor_referent(const stemma_writer *writer,
                                                      uint32_t document, uint32_t actor,
                                                      uint32_t *referent, stemma_error *error);

/* ---- Judgements ----------------------------------------------------------------------------- */

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
