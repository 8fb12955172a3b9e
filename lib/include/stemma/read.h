/* SPDX-License-Identifier: MIT */
/**
 * @file read.h
 * Open a .stemma file and read what it holds.
 *
 *     stemma_file *file = NULL;
 *     stemma_snapshot *snapshot = NULL;
 *     stemma_error error;
 *     if (stemma_open(&file, "news.stemma", NULL, &error) == STEMMA_OK &&
 *         stemma_snapshot_begin(&snapshot, file, &error) == STEMMA_OK) {
 *         stemma_entity entity;
 *         if (stemma_entity_get(snapshot, 0, &entity, &error) == STEMMA_OK)
 *             printf("%.*s\n", (int)entity.name.size, entity.name.data);
 *     }
 *     stemma_snapshot_end(snapshot);
 *     stemma_close(file);
 *
 * **Threads.** A stemma_file may be used by any number of threads at once. A stemma_snapshot, and
 * everything got from it, belongs to one thread at a time. Neither survives fork(): reopen in the
 * child.
 *
 * **Stack.** A call takes less than 128 KiB of the stack of the thread that makes it; so do the calls that
 * check, salvage and write.
 *
 * **Lifetime.** Every view, array and iterator that a getter hands out belongs to the snapshot and
 * lives until stemma_snapshot_reset() or stemma_snapshot_end(). Nothing is freed piece by piece.
 *
 * **Errors.** Beside what a function names, all that take a snapshot may return STEMMA_E_DAMAGED
 * for a value that breaks the format, STEMMA_E_NO_MEMORY when memory or the limit is used up, and
 * STEMMA_E_SYSTEM. `error` may be NULL; it is filled for negative statuses only. What is returned
 * through out-parameters counts only when the status is STEMMA_OK. After STEMMA_E_NO_MEMORY the
 * snapshot and the file are as usable as before: nothing is left half done, and the same question,
 * asked when there is memory again, is answered. What was handed out before stays valid.
 *
 * **Trust.** A sealed file is never modified in place: a file that another process truncates or
 * overwrites while it is open ends this process by SIGBUS, as with any mapped file, and so does a
 * medium that fails to give a page: a program that must survive that handles the signal, or copies
 * the file first. Opening checks the whole
 * page structure first unless told otherwise, and every value is checked before it is decoded, so
 * no file, however made, can crash a reader or make it use memory beyond `memory_limit`, but for
 * some hundred bytes for each block of events and entities, which are kept once they were checked.
 */
#ifndef STEMMA_READ_H
#define STEMMA_READ_H

#include "stemma/edtf.h"
#include "stemma/judgement.h"
#include "stemma/status.h"
#include "stemma/testimony.h"
#include "stemma/vocabulary.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct stemma_file stemma_file;
typedef struct stemma_snapshot stemma_snapshot;

/** Skip the page check: for files that the caller made and kept itself. Terms, compression
    dictionaries and the like are then read when an answer first needs them: damage there is told by
    that answer. */
#define STEMMA_OPEN_TRUSTED 1u
/** The caller will read most of the file: let the system read ahead. */
#define STEMMA_OPEN_SEQUENTIAL 2u
/** Remember in the user's cache folder ($XDG_CACHE_HOME, or ~/.cache, below it stemma/checked) that
    the pages of this file passed, and skip their check when this very file (device, inode, size,
    times of its last change) is remembered to have. Then what STEMMA_OPEN_TRUSTED reads late is
    read late, too. For files of 4 MiB and more. */
#define STEMMA_OPEN_REMEMBER 4u

typedef struct stemma_open_options {
    size_t size;           /**< sizeof(stemma_open_options); set by the initialiser. */
    uint32_t flags;        /**< STEMMA_OPEN_* */
    uint64_t memory_limit; /**< Bytes that one snapshot may hold decoded; 0: 256 MiB. */
    unsigned jobs; /**< Threads of the page check while the file opens; 0: up to four when it is
                        large. The verdict is the same whatever the number. */
} stemma_open_options;

#define STEMMA_OPEN_OPTIONS_INIT                                                                   \
    {                                                                                              \
        sizeof(stemma_open_options), 0, 0, 0                                                       \
    }

/** Opens the file at `path` read-only. `options` may be NULL. On success `*out` is owned by the
 *  caller and ended by stemma_close(). Never writes, never makes a lock file (with
 *  STEMMA_OPEN_REMEMBER a small file in the user's cache folder).
 *  STEMMA_E_SYSTEM, STEMMA_E_NOT_STEMMA, STEMMA_E_DAMAGED, STEMMA_E_UNSUPPORTED,
 *  STEMMA_E_NO_MEMORY. */
STEMMA_API STEMMA_NODISCARD stemma_status stemma_open(stemma_file **out, const char *path,
                                                      const stemma_open_options *options,
                                                      stemma_error *error);

/** Closes; NULL is fine. All snapshots must have ended. */
STEMMA_API void stemma_close(stemma_file *file);

/** A consistent view for one thread. `*out` is owned by the caller: stemma_snapshot_end(). */
STEMMA_API STEMMA_NODISCARD stemma_status stemma_snapshot_begin(stemma_snapshot **out,
                                                                stemma_file *file,
                                                                stemma_error *error);

/** Ends all that was got from the snapshot and gives its memory back for reuse. */
STEMMA_API void stemma_snapshot_reset(stemma_snapshot *snapshot);

/** Makes the snapshot answer as if the file held only the documents below `documents_until` (which
 *  stemma_documents_until() gives for a moment): what those documents say, and what follows from it,
 *  and nothing else. STEMMA_NONE, or the number of documents and beyond: the whole file again, as a
 *  snapshot begins. Every getter, cursor and search of the snapshot answers so from then on; what
 *  was got before remains as it was got, but a cursor that was begun before must not be used again.
 *
 *  - A document from `documents_until` on is STEMMA_NOT_FOUND, and so is an entity, event or claim
 *    that no known document speaks of. Numbers do not change: of a range of numbers (all entities,
 *    the claims of an event) some may be STEMMA_NOT_FOUND, which means: go on with the next.
 *  - Where a rule lets the lesser number decide between equals, it is that of the whole file.
 *  - Names and the name to show, types, counts, casts, times, places, factuality, speakers and
 *    independence are worked out anew from the known documents, by the same rules.
 *  - Judgement is not cut. Who is the same as whom is judged with all that the whole file knows:
 *    two referents that only a later document shows to be one are one here, too.
 *  - Events are still numbered by the time that the whole file gives them. What starts when as of
 *    then, stemma_events() knows.
 *  - At most 64 testimonies are read for one number. Of what more than 64 known members or witnesses
 *    tell, and later ones as well, 64 are read: the first 8, and 56 spread evenly over the others.
 *    Type and factuality of an event, type and shown name of an entity are those of the whole file
 *    when one of the first 8 says so, otherwise what most of the 64 say; the speakers of a claim are
 *    those that the 64 quote, the names of an entity those that the 64 use; how many documents use
 *    each name, and `mentions`, are projected from these, never beyond what the whole file has.
 *  - Documents, independence, casts, times and places are exact, however many tell of them.
 *
 *  A snapshot that is not cut pays nothing for this. One that is reads for each answer the claims
 *  of what it answers about and a bounded number of testimonies. */
STEMMA_API void stemma_snapshot_as_of(stemma_snapshot *snapshot, uint32_t documents_until);

/** Documents below this number are known to the snapshot; STEMMA_NONE when it is not cut. */
STEMMA_API uint32_t stemma_snapshot_until(const stemma_snapshot *snapshot);

/** Ends the snapshot; NULL is fine. */
STEMMA_API void stemma_snapshot_end(stemma_snapshot *snapshot);

/** How much a file holds. */
typedef struct stemma_counts {
    uint64_t documents, referents, mentions, assertions, evidence;
    uint64_t judgements, derivations, entities, events, claims;
    uint64_t names, terms, runs, vocabulary, text_bytes, tokens;
} stemma_counts;

/** The counts that the file states; stemma_check() compares them with what is there. Any thread. */
STEMMA_API void stemma_counts_get(const stemma_file *file, stemma_counts *out);

/** What a snapshot knows of: all, or of one as of a date what its documents speak of. */
typedef struct stemma_known_counts {
    uint32_t documents, entities, events;
} stemma_known_counts;

/** Counts documents, entities and events that a snapshot knows, without reading any of them. As of a date, looks at
 *  two columns of the file. */
STEMMA_API stemma_status stemma_known_counts_get(stemma_snapshot *snapshot,
                                                 stemma_known_counts *out, stemma_error *error);

/* ---- Identity ------------------------------------------------------------------------------ */

/** Numbers (`document`, `entity`, ...) are dense and belong to one file. Public ids survive
 *  re-packing: "d.DOC", "e.DOC.N", "v.DOC.N", "c.DOC.N", where DOC is twelve characters derived
 *  from the digest of a document's text and its URI, and N a referent's (e, v) or an assertion's
 *  (c) ordinal. Entities and events print the id of their first referent; the id of any other
 *  member leads to them as well. */
typedef enum stemma_reference_kind {
    STEMMA_REFERENCE_DOCUMENT = 'd',
    STEMMA_REFERENCE_ENTITY = 'e',
    STEMMA_REFERENCE_EVENT = 'v',
    STEMMA_REFERENCE_CLAIM = 'c'
} stemma_reference_kind;

typedef struct stemma_reference {
    uint8_t kind;    /**< stemma_reference_kind */
    uint32_t number; /**< Document, entity, event or claim number. */
} stemma_reference;

/** Room for any public id and its NUL. */
#define STEMMA_ID_SIZE 32

/** Reads a public id. STEMMA_NOT_FOUND when it is well formed but not in the file,
 *  STEMMA_E_INVALID when it is not an id at all. */
STEMMA_API stemma_status stemma_resolve(stemma_snapshot *snapshot, stemma_text id,
                                        stemma_reference *out, stemma_error *error);

/** Writes the public id of a thing, NUL-terminated. */
STEMMA_API stemma_status stemma_id_text(stemma_snapshot *snapshot, stemma_reference reference,
                                        char out[STEMMA_ID_SIZE], stemma_error *error);

/** The same of a document that one has got: nothing is looked up. Any thread. */
STEMMA_API void stemma_document_id_text(const stemma_document *document, char out[STEMMA_ID_SIZE]);

/* ---- Testimony ----------------------------------------------------------------------------- */

/** A document's own fields; testimony arrays and `text` are left empty. Documents are numbered in
 *  order of publication, undated ones last. STEMMA_NOT_FOUND beyond the last. */
STEMMA_API stemma_status stemma_document_get(stemma_snapshot *snapshot, uint32_t document,
                                             stemma_document *out, stemma_error *error);

/** The same with referents, mentions and assertions; `text` is left empty. `run` of an assertion is
 *  a number for stemma_run_get(). Of a data set only what is no row: its actors. */
STEMMA_API stemma_status stemma_testimony_get(stemma_snapshot *snapshot, uint32_t document,
                                              stemma_document *out, stemma_error *error);

/* ---- Rows of data sets ---------------------------------------------------------------------- */

/** Who takes part in a row. */
typedef struct stemma_row_role {
    stemma_text role;
    uint32_t referent; /**< Ordinal of the actor in the document. */
} stemma_row_role;

/** A row of a data set: one event as one line of a table tells it. What it lacks is empty or
 *  STEMMA_NONE. */
typedef struct stemma_row_view {
    uint32_t number; /**< RFC 7111 `#row=`: from 1, the header line counted. */
    stemma_text type;
    stemma_text time;                    /**< EDTF. */
    const stemma_row_role *participants; /**< Distinct, by role term, then referent. */
    uint32_t participant_count;
    uint32_t place;  /**< Ordinal of an actor. */
    uint32_t source; /**< Ordinal of the actor that says so. */
    stemma_text external_id;
    stemma_text content;
    stemma_text quantity_predicate; /**< `quantity` or a role. */
    stemma_text amount;
    stemma_text unit;
} stemma_row_view;

/** A row of a data set by its index, from 0 in the order of the table. STEMMA_NOT_FOUND beyond the
 *  last row, and for documents that are no data sets. */
STEMMA_API stemma_status stemma_row_get(stemma_snapshot *snapshot, uint32_t document,
                                        uint32_t row_index, stemma_row_view *out,
                                        stemma_error *error);

/** What few rows have; what one lacks is empty or STEMMA_NONE. */
typedef struct stemma_row_detail {
    stemma_text external_id;
    stemma_text content;
    uint32_t quantity_predicate; /**< Term, or STEMMA_NONE. */
    stemma_text amount;
    stemma_text unit;
} stemma_row_detail;

/** Rows that follow each other, as arrays of `count`; what none of them has may be NULL. */
typedef struct stemma_row_columns {
    uint32_t first; /**< Index of the first row. */
    uint32_t count;
    const uint32_t *number;   /**< As in stemma_row_view. */
    const uint32_t *type;     /**< Term. */
    const uint32_t *time;     /**< Index into `times`. */
    const stemma_text *times; /**< EDTF, or empty. */
    const uint32_t *place;    /**< Ordinal of an actor, or STEMMA_NONE. */
    const uint32_t *source;   /**< Likewise. */
    const uint32_t *frame;    /**< Which sequence of roles the participants have ... */
    uint32_t frame_count;
    const uint32_t *frame_first;       /**< ... : frame f has role[frame_first[f]] up to [f + 1]. */
    const uint32_t *role;              /**< Terms. */
    const uint32_t *participant_first; /**< count + 1: row i has actor[participant_first[i]] up to
                                            [i + 1], as many as its frame has roles. */
    const uint32_t *actor;             /**< Ordinals; in one role they ascend. */
    uint32_t actor_count;              /**< All ordinals are below it. */
    const stemma_row_detail *detail;
} stemma_row_columns;

/** Rows of a data set from index `first` on that lie together in the file, some ten times quicker
 *  than one by one: `first + count` is where to go on. `count` is 0 when the first of them is to be
 *  got with stemma_row_get(). How many come at a time depends on what the snapshot was asked before;
 *  what they say does not. The arrays belong to the snapshot and live until its next call about
 *  rows. Needs four bytes for each entity of the file. STEMMA_NOT_FOUND as stemma_row_get(). */
STEMMA_API stemma_status stemma_row_scan(stemma_snapshot *snapshot, uint32_t document,
                                         uint32_t first, stemma_row_columns *out,
                                         stemma_error *error);

/** The index of the row that a referent is. STEMMA_NOT_FOUND when it is none. */
STEMMA_API stemma_status stemma_row_of(stemma_snapshot *snapshot, stemma_referent_id referent,
                                       uint32_t *row_index, stemma_error *error);

/** Text of a document in `span`, which is cut to the text's end. STEMMA_NOT_FOUND when the text is
 *  withheld. Decompresses only the blocks that the span touches. */
STEMMA_API stemma_status stemma_text_get(stemma_snapshot *snapshot, uint32_t document,
                                         stemma_span span, stemma_text *out, stemma_error *error);

/** First document that was published after `seconds` (its earliest bound is later): documents below
 *  this number are what was known by then. */
STEMMA_API stemma_status stemma_documents_until(stemma_snapshot *snapshot, int64_t seconds,
                                                uint32_t *out, stemma_error *error);

/** The program, version and settings that made records, by number. STEMMA_NOT_FOUND beyond the
 *  last. */
STEMMA_API stemma_status stemma_run_get(stemma_snapshot *snapshot, uint32_t run, stemma_run *out,
                                        stemma_error *error);

/** Vocabulary term by number, ascending by (kind, name). STEMMA_NOT_FOUND beyond the last. */
STEMMA_API stemma_status stemma_term_get(stemma_snapshot *snapshot, uint32_t term, stemma_term *out,
                                         stemma_error *error);

/* ---- Judgement ----------------------------------------------------------------------------- */

/** Judgement by number, in canonical order (left, right, ...). STEMMA_NOT_FOUND beyond the last. */
STEMMA_API stemma_status stemma_judgement_get(stemma_snapshot *snapshot, uint32_t number,
                                              stemma_judgement *out, stemma_error *error);

/** What `document` derives from, in order of the other document. */
STEMMA_API stemma_status stemma_derivations_of(stemma_snapshot *snapshot, uint32_t document,
                                               const stemma_derivation **out, uint32_t *count,
                                               stemma_error *error);

/** The independence group of a document: the lowest-numbered document that it is joined to by
 *  derivations that stand. Documents of one group count as one source. */
STEMMA_API stemma_status stemma_independence_group(stemma_snapshot *snapshot, uint32_t document,
                                                   uint32_t *out, stemma_error *error);

/* ---- Index: entities, events, claims --------------------------------------------------------- */

typedef struct stemma_entity_name {
    stemma_text text;
    uint8_t kind;       /**< stemma_name_kind */
    uint32_t documents; /**< In how many documents the entity is called so. */
} stemma_entity_name;

/** The referents, across documents, that judgements join. Numbered by falling mention count. */
typedef struct stemma_entity {
    uint32_t number;
    stemma_text type;
    stemma_text name; /**< The form to show: the full name that most documents use. */
    const stemma_entity_name *names; /**< By falling number of documents. */
    uint32_t name_count;
    uint32_t documents;
    uint32_t mentions;
    uint32_t events;
    stemma_referent_id first; /**< First referent by (document, ordinal): names the public id. */
    uint32_t claim_first;     /**< Claims about it are claim_first ... + claim_count - 1. */
    uint32_t claim_count;
} stemma_entity;

/** An entity with all its names, by number. STEMMA_NOT_FOUND beyond the last. */
STEMMA_API stemma_status stemma_entity_get(stemma_snapshot *snapshot, uint32_t entity,
                                           stemma_entity *out, stemma_error *error);

/** Only the name to show, without decoding the entity: for lists. The view needs no snapshot
 *  memory. */
STEMMA_API stemma_status stemma_entity_label(stemma_snapshot *snapshot, uint32_t entity,
                                             stemma_text *out, stemma_error *error);

typedef struct stemma_participant {
    stemma_text role;
    uint32_t entity;
} stemma_participant;

/** A happening as judgements join it. Numbered by earliest start, unknown last. */
typedef struct stemma_event {
    uint32_t number;
    uint32_t type_term; /**< Number of its type's term, as stemma_term_get() takes it. */
    stemma_text type;   /**< The name of that term. */
    stemma_time_bounds bounds; /**< Of the time that most independent documents give. */
    uint32_t place;            /**< Entity, or STEMMA_NONE. */
    const stemma_participant *participants; /**< Distinct; by role number, then entity. */
    uint32_t participant_count;
    uint32_t documents;
    uint32_t independent; /**< Groups of documents that do not derive from each other. */
    uint8_t polarity;
    uint8_t certainty;
    uint8_t tense;
    uint8_t realis; /**< ACTUAL when any independent witness says that it happened. */
    stemma_referent_id first;
    uint32_t claim_first;
    uint32_t claim_count;
} stemma_event;

/** An event with who takes part, by number. STEMMA_NOT_FOUND beyond the last. */
STEMMA_API stemma_status stemma_event_get(stemma_snapshot *snapshot, uint32_t event,
                                          stemma_event *out, stemma_error *error);

/** One assertion of one document. */
typedef struct stemma_witness {
    uint32_t document;
    uint32_t assertion;
} stemma_witness;

/** The assertions, across documents, that say the same of the same entity or event. */
typedef struct stemma_claim {
    uint32_t number;
    uint8_t subject_kind; /**< stemma_referent_kind */
    uint32_t subject;     /**< Entity or event number. */
    stemma_text predicate;
    stemma_object object; /**< Of kind REFERENT or PLACE: `referent` is an entity or event number
                               (see object_referent_kind), or STEMMA_NONE. */
    uint8_t object_referent_kind; /**< stemma_referent_kind */
    uint8_t polarity;
    uint32_t documents;
    uint32_t independent;
    uint32_t speakers;               /**< Distinct entities to whom witnesses attribute it. */
    const stemma_witness *witnesses; /**< By (document, assertion). */
    uint32_t witness_count;
} stemma_claim;

/** A claim with its witnesses, by number. STEMMA_NOT_FOUND beyond the last. */
STEMMA_API stemma_status stemma_claim_get(stemma_snapshot *snapshot, uint32_t claim,
                                          stemma_claim *out, stemma_error *error);

/** The assertion that a witness made, also when it is one of a row, which has no evidence but the
 *  row itself. STEMMA_NOT_FOUND when there is none. Decodes the document's testimony when it is no
 *  row: for many assertions of one document stemma_testimony_get() is quicker. */
STEMMA_API stemma_status stemma_witness_assertion(stemma_snapshot *snapshot, stemma_witness witness,
                                                  stemma_assertion *out, stemma_error *error);

/** The claim that an assertion is a witness of. STEMMA_NOT_FOUND when there is no such assertion. */
STEMMA_API stemma_status stemma_claim_of(stemma_snapshot *snapshot, stemma_witness witness,
                                         uint32_t *claim, stemma_error *error);

/** The ordinals that assertions of a row of a data set may have: `*first` up to `*first + *count`;
 *  stemma_witness_assertion() tells which of them there are. Rows as stemma_row_get(). */
STEMMA_API stemma_status stemma_row_assertions(stemma_snapshot *snapshot, uint32_t document,
                                               uint32_t row_index, uint32_t *first,
                                               uint32_t *count, stemma_error *error);

/** Entity or event that a referent of a document belongs to. */
STEMMA_API stemma_status stemma_member_of(stemma_snapshot *snapshot, stemma_referent_id referent,
                                          stemma_reference *out, stemma_error *error);

/** The referents that an entity or event consists of, by (document, referent). */
STEMMA_API stemma_status stemma_members(stemma_snapshot *snapshot, stemma_reference of,
                                        const stemma_referent_id **out, uint32_t *count,
                                        stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
