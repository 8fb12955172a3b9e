/* SPDX-License-Identifier: MIT */
/**
 * @file difference.h
 * What became known between two dates, or what two files tell otherwise.
 *
 *     stemma_difference *difference = NULL;
 *     stemma_change change;
 *     stemma_snapshot_as_of(before, earlier);
 *     if (stemma_difference_begin(&difference, before, after, &error) == STEMMA_OK)
 *         while (stemma_difference_next(difference, &change, &error) == STEMMA_OK)
 *             ...
 *     stemma_difference_end(difference);
 *
 * Things are the same when they share a member, by public ids. Between two dates of one file only
 * the documents between them are looked at, so the work is in proportion to those. Between two files
 * documents are compared by their ids, at once; then the members of all things and the rows of all
 * claims are passed over, as any judgement may have changed, and only what is not alike is looked at.
 * Two files with the same digests are the same: who does not trust those checks the files. Changes come in the order of stemma_change_kind's
 * groups: documents; events that are new, events that changed; entities likewise; then, between
 * files, what is gone and what fell apart. Within a group they follow the documents.
 */
#ifndef STEMMA_DIFFERENCE_H
#define STEMMA_DIFFERENCE_H

#include "stemma/label.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum stemma_change_kind {
    STEMMA_CHANGE_NEW = 1,      /**< A document, event or entity that was not known. */
    STEMMA_CHANGE_READING,      /**< What is told of a thing is another: `field`, `was`, `now`. */
    STEMMA_CHANGE_CLAIM,        /**< Somebody says something new of a thing that was known. */
    STEMMA_CHANGE_CORROBORATED, /**< More independent documents make a claim than before. */
    STEMMA_CHANGE_JOINED,       /**< Several things became one: their names are `was`. */
    STEMMA_CHANGE_SPLIT,        /**< One thing became several: their names are `now`. */
    STEMMA_CHANGE_GONE          /**< A document, event or entity is not there any more. */
} stemma_change_kind;

/** Of STEMMA_CHANGE_READING. */
typedef enum stemma_change_field {
    STEMMA_FIELD_NONE = 0,
    STEMMA_FIELD_TYPE,
    STEMMA_FIELD_NAME,       /**< The name to show, of an entity. */
    STEMMA_FIELD_TIME,       /**< That most independent documents give, of an event. */
    STEMMA_FIELD_PLACE,      /**< Likewise. */
    STEMMA_FIELD_COUNT,      /**< Of those in a role, that is supported best; `role` says which. */
    STEMMA_FIELD_FACTUALITY  /**< Whether it is said to have happened. */
} stemma_change_field;

/** Everything in it lives until the next call. */
typedef struct stemma_change {
    uint8_t kind;            /**< stemma_change_kind */
    uint8_t field;           /**< stemma_change_field */
    stemma_reference before; /**< The thing, by its number in `before`; number STEMMA_NONE: none. */
    stemma_reference after;  /**< Likewise in `after`. */
    uint32_t claim;          /**< Of a change of a claim: its number in `after`, or STEMMA_NONE. */
    stemma_text subject;     /**< The thing in words, as it is now, or was when it is gone. */
    stemma_text role;        /**< Of a count or claim: its predicate. */
    stemma_text was;         /**< In words; empty when there was nothing. */
    stemma_text now;
    uint32_t independent_was; /**< Of a claim, or of a thing that is new or gone: independent */
    uint32_t independent_now; /**< documents that tell it (of an entity: documents). */
    const uint32_t *documents; /**< Documents of `after`, unknown before, that made it so. */
    uint32_t document_count;
} stemma_change;

typedef struct stemma_difference stemma_difference;

/** Begins to compare what two snapshots tell, each as it is cut; of one file, `before` must be cut
 *  earlier than `after`. The snapshots are only looked at now: what is got from them stays, and they
 *  may end before the difference, their files not. `*out` is the caller's: stemma_difference_end().
 *  One thread at a time. Two files need four bytes for each of their documents, and five
 *  for each entity and event; where the latter would be half the memory limit of `after` or more, and as of a date, all
 *  things are looked at one by one instead, which takes some fifty times as long and tells the same.
 *  STEMMA_E_MISUSE for one file that is not cut earlier. */
STEMMA_API STEMMA_NODISCARD stemma_status stemma_difference_begin(stemma_difference **out,
                                                                  const stemma_snapshot *before,
                                                                  const stemma_snapshot *after,
                                                                  stemma_error *error);

/** The next change. STEMMA_END behind the last. */
STEMMA_API stemma_status stemma_difference_next(stemma_difference *difference, stemma_change *out,
                                                stemma_error *error);

/** NULL is fine. */
STEMMA_API void stemma_difference_end(stemma_difference *difference);

#ifdef __cplusplus
}
#endif
#endif
