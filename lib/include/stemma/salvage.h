/* SPDX-License-Identifier: MIT */
/**
 * @file salvage.h
 * What can still be read of a damaged file: documents with what they say, judgements, derivations.
 *
 * stemma_open() refuses a file at the first page that is damaged. Salvage takes what is left: every
 * sound page of a table that its tree still leads to, and those that no tree leads to any more but
 * whose table can be told. Nothing of it goes through LMDB. What a record says is taken only when
 * it decodes, keeps the rules of the format, and refers to what was saved, too; a text only when it
 * has the digest that its document states. What testimony says is proven by nothing but those rules
 * and by the digest of its whole table: when that does not match, as stemma_loss tells
 * ("unverified"), a value that was altered without breaking a rule cannot be told from a sound one.
 *
 * A sound file gives all that it holds, and no loss.
 *
 * **Threads.** A stemma_salvage, its file and its snapshot belong to one thread, but for
 * stemma_row_scan() and stemma_row_get() on snapshots of its file.
 */
#ifndef STEMMA_SALVAGE_H
#define STEMMA_SALVAGE_H

#include "stemma/read.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Something that could not be saved, or not as it was. Views live until the callback returns. */
typedef struct stemma_loss {
    /** "page", "meta", "run", "term", "document", "text", "testimony", "rows",
     *  "judgement", "derivation": what is lost. "unverified": records of a table whose digest does
     *  not match were taken. "supplied": a value that is lost was found by reasoning. */
    const char *what;
    const char *table;    /**< Name of the table, or "". */
    const char *where;    /**< Page and offset, number, range of numbers, or "". */
    const char *document; /**< Public id of the document that is concerned, or "". */
    const char *code;     /**< Registered problem code. */
    const char *message;  /**< A sentence without full stop. */
    uint64_t count;       /**< How many of them, at least 1. */
} stemma_loss;

/** Called once a loss. Return non-zero to end the work (STEMMA_END). */
typedef int stemma_loss_callback(void *context, const stemma_loss *loss);

typedef struct stemma_salvage stemma_salvage;

/** Take no record of a table that is not what its digest says: what is saved is then proven, but
 *  for what a damaged compression dictionary may do to testimony in files of format 3.0, where it has
 *  no digest. Damage to a few records costs all of their table. */
#define STEMMA_SALVAGE_PROVEN 1u

/** Looks through the file at `path`. `callback` may be NULL; it is called by this function and by
 *  those below, as they meet losses. `flags`: STEMMA_SALVAGE_*. `memory_limit` bounds what a
 * snapshot may hold, 0: 4 GiB; beside it salvage takes about five bytes a page of the file and
 * eight a document. `*out` is the caller's, to be ended by stemma_salvage_end(). STEMMA_E_SYSTEM,
 * STEMMA_E_NOT_STEMMA (nothing in it is of a .stemma file), STEMMA_E_UNSUPPORTED,
 * STEMMA_E_NO_MEMORY, STEMMA_END. */
STEMMA_API STEMMA_NODISCARD stemma_status
stemma_salvage_begin(stemma_salvage **out, const char *path, stemma_loss_callback *callback,
                     void *context, uint32_t flags, uint64_t memory_limit, stemma_error *error);

/** NULL is fine. Snapshots of its file must have ended. */
STEMMA_API void stemma_salvage_end(stemma_salvage *salvage);

/** The file as far as it can be read: for stemma_snapshot_begin(), stemma_counts_get() (of
 *  documents, runs, vocabulary and judgements: one more than the last number that can occur), and
 *  the rows of data sets. Owned by the salvage. Everything else about the index may be missing. */
STEMMA_API stemma_file *stemma_salvage_file(stemma_salvage *salvage);

/** Things lost so far; pages and "supplied" values are not counted. */
STEMMA_API uint64_t stemma_salvage_losses(const stemma_salvage *salvage);

/** A run; one that is lost but may be named by testimony is called "lost". STEMMA_NOT_FOUND beyond
 * the last. */
STEMMA_API stemma_status stemma_salvage_run(stemma_salvage *salvage, stemma_snapshot *snapshot,
                                            uint32_t run, stemma_run *out, stemma_error *error);

/** A term. STEMMA_NOT_FOUND when it is lost or beyond the last. */
STEMMA_API stemma_status stemma_salvage_term(stemma_salvage *salvage, uint32_t term,
                                             stemma_term *out);

/** The next document from `*number` on that is saved, with testimony and text: a text that is lost
 *  or altered is withheld, testimony that is lost is empty. STEMMA_END behind the last. */
STEMMA_API stemma_status stemma_salvage_document(stemma_salvage *salvage, stemma_snapshot *snapshot,
                                                 uint32_t *number, stemma_document *out,
                                                 stemma_error *error);

/** The next row from `*row` on of a data set that was saved, by its place, that can be read; all of
 *  them when none was lost. STEMMA_END behind the last. */
STEMMA_API stemma_status stemma_salvage_row(stemma_salvage *salvage, stemma_snapshot *snapshot,
                                            uint32_t document, uint32_t *row, stemma_error *error);

/** The next number from `*number` on of a document that was saved. STEMMA_END behind the last. */
STEMMA_API stemma_status stemma_salvage_next(const stemma_salvage *salvage, uint32_t *number);

/** Whether a document was saved, with its text. What stemma_salvage_document() did not come by was
 *  not. */
STEMMA_API int stemma_salvage_has_text(const stemma_salvage *salvage, uint32_t document);

/** The next judgement from `*number` on both of whose referents were saved. STEMMA_END behind the
 *  last. To be called when all documents are through. */
STEMMA_API stemma_status stemma_salvage_judgement(stemma_salvage *salvage,
                                                  stemma_snapshot *snapshot, uint32_t *number,
                                                  stemma_judgement *out, stemma_error *error);

/** The derivations of a document between saved documents; `*count` may be 0. To be called when all
 *  documents are through. */
STEMMA_API stemma_status stemma_salvage_derivations(stemma_salvage *salvage,
                                                    stemma_snapshot *snapshot, uint32_t document,
                                                    const stemma_derivation **out, uint32_t *count,
                                                    stemma_error *error);

/** Tells what can only be told by what the file counts: derivations of which nothing is left. To be
 *  called last. STEMMA_END. */
STEMMA_API stemma_status stemma_salvage_finish(stemma_salvage *salvage);

#ifdef __cplusplus
}
#endif
#endif
