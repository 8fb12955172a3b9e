/* SPDX-License-Identifier: MIT */
/**
 * @file events.h
 * Asking for events: who took part, in which role, what happened, where, when, how many, how sure,
 * and who says so. Lifetimes, errors and threads as in read.h.
 *
 *     stemma_event_query wanted = STEMMA_EVENT_QUERY_INIT;
 *     stemma_event_part part = {7, {NULL, 0}, STEMMA_PART_UNDERGOES};  // entity 7 had it done to it
 *     stemma_event_cursor *cursor;
 *     uint32_t event;
 *     wanted.parts = &part;
 *     wanted.part_count = 1;
 *     wanted.type = stemma_text_of("justice");
 *     if (stemma_events(&cursor, snapshot, &wanted, &error) == STEMMA_OK)
 *         while (stemma_event_next(cursor, &event, &error) == STEMMA_OK)
 *             ...
 *
 * **What it costs.** Entities, roles, places, types and bounds on the start are looked up in posting
 * lists; factuality and `during` in columns; what is left over (amounts, publishers, speakers, roles
 * that nobody is named for) is looked at event by event, as events are asked for, so that the first
 * ones come early. A speaker, or a publisher, of few documents is looked up from those documents.
 */
#ifndef STEMMA_EVENTS_H
#define STEMMA_EVENTS_H

#include "stemma/read.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The entity is the one to whom it was done: its role is one that the vocabulary of the file marks
 *  as that of the recipient ("plover:recipient" or "cameo:target" in its crosswalk: patient, target,
 *  recipient, addressee). */
#define STEMMA_PART_UNDERGOES 1u
/** Or the event is at the entity, a place, or within it (see stemma_place_within()). */
#define STEMMA_PART_OR_THERE 2u

/** One condition on who takes part. */
typedef struct stemma_event_part {
    uint32_t entity;  /**< STEMMA_NONE: anybody, also one whom nobody names (a count of them). */
    stemma_text role; /**< Empty: any. */
    uint32_t flags;   /**< STEMMA_PART_* */
} stemma_event_part;

/** An event is at `place` also when its place lies within it. */
#define STEMMA_EVENTS_WITHIN 1u
/** `from` and `to` bound not the earliest start, but all of the time: an event fits that *may* have
 *  gone on at some moment from `from` to `to`. One of which only the month is known fits every day
 *  of it; stemma_time_fit() tells sure from possible. */
#define STEMMA_EVENTS_DURING 2u

/** Bit of a value of stemma_polarity, stemma_certainty or stemma_realis, for the sets below. */
#define STEMMA_BIT(value) (1u << (value))

/** What to look for: every condition that is set must hold. */
typedef struct stemma_event_query {
    size_t size;              /**< sizeof(stemma_event_query) */
    const uint32_t *entities; /**< All of them take part ... */
    uint32_t entity_count;
    stemma_text role;         /**< ... in this role, if not empty. */
    stemma_text type;         /**< "justice.release", or "justice" for all below it. */
    uint32_t place;           /**< Entity, or STEMMA_NONE. */
    int64_t from;             /**< Earliest start not before; INT64_MIN: no bound. */
    int64_t to;               /**< Earliest start not after; INT64_MAX: no bound. */
    uint32_t flags;           /**< STEMMA_EVENTS_* */
    const stemma_event_part *parts; /**< More on who takes part: all of these hold. */
    uint32_t part_count;
    const stemma_text *types; /**< One of these types, or a type below one of them. */
    uint32_t type_count;      /**< 0: any. */
    uint8_t polarities;       /**< Set of STEMMA_BIT(stemma_polarity); 0: any. */
    uint8_t certainties;      /**< Likewise of stemma_certainty. */
    uint8_t realis;           /**< Likewise of stemma_realis. */
    stemma_text amount_least; /**< Some count or amount of the event may be from here, a decimal ... */
    stemma_text amount_most;  /**< ... to here, both inclusive; empty: no bound. "More than 50" may
                                   be 80, "about 50" lies within a tenth, "dozens" may be anything
                                   its document gives as bounds. Both empty: not asked for. */
    stemma_text unit;         /**< ... of this unit or of what is counted so, as it is written
                                   ("USD", "prisoner"); empty: any. */
    stemma_text publisher;    /**< A document of this publisher speaks of it: whole name, case of
                                   ASCII letters and spaces folded. */
    uint32_t speaker;         /**< Entity to whom a document attributes something about it, or
                                   STEMMA_NONE. */
} stemma_event_query;

#define STEMMA_EVENT_QUERY_INIT                                                                    \
    {                                                                                              \
        sizeof(stemma_event_query), NULL, 0, {NULL, 0}, {NULL, 0}, STEMMA_NONE, INT64_MIN,         \
            INT64_MAX, 0, NULL, 0, NULL, 0, 0, 0, 0, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0},   \
            STEMMA_NONE                                                                            \
    }

/** How a time stands to a range. */
typedef enum stemma_fit {
    STEMMA_FIT_NO = 0,
    STEMMA_FIT_POSSIBLE = 1, /**< It may lie in it, in part at least. */
    STEMMA_FIT_SURE = 2      /**< All moments it may mean lie in it. */
} stemma_fit;

/** Whether a time lies in [from, to]. One without any bound fits no range. Pure. */
STEMMA_API stemma_fit stemma_time_fit(const stemma_time_bounds *bounds, int64_t from, int64_t to);

typedef struct stemma_event_cursor stemma_event_cursor;

/** Starts to look. `query` is copied; NULL asks for all events. The cursor belongs to the snapshot.
 *  STEMMA_OK also when nothing will be found, as when a condition names a word or a number that the
 *  file does not have. STEMMA_E_MISUSE (code OPTIONS) for a query that is not initialised,
 *  STEMMA_E_INVALID (code QUERY_AMOUNT) for bounds of an amount that are no decimals. */
STEMMA_API stemma_status stemma_events(stemma_event_cursor **out, stemma_snapshot *snapshot,
                                       const stemma_event_query *query, stemma_error *error);

/** Next event number, ascending (so by time; of a snapshot that is cut, by the time as of then, see
 *  stemma_snapshot_as_of()). STEMMA_END when there are no more. */
STEMMA_API stemma_status stemma_event_next(stemma_event_cursor *cursor, uint32_t *event,
                                           stemma_error *error);

/** Next event numbers, at most `capacity` (which is not 0); `*count` is how many. STEMMA_END when
 *  there are no more, with `*count` 0. Much quicker than one by one. */
STEMMA_API stemma_status stemma_event_next_many(stemma_event_cursor *cursor, uint32_t *events,
                                                uint32_t capacity, uint32_t *count,
                                                stemma_error *error);

/** How many events a query finds, in the quickest way there is. */
STEMMA_API stemma_status stemma_events_count(stemma_snapshot *snapshot,
                                             const stemma_event_query *query, uint64_t *count,
                                             stemma_error *error);

/** Events by number, `count` of them into `out`, as stemma_event_get(); quickest when the numbers
 *  ascend. STEMMA_NOT_FOUND when one is beyond the last. */
STEMMA_API stemma_status stemma_event_get_many(stemma_snapshot *snapshot, const uint32_t *events,
                                               uint32_t count, stemma_event *out,
                                               stemma_error *error);

/** Columns of events for stemma_event_scan(). */
#define STEMMA_SCAN_TYPE         (1u << 0)
#define STEMMA_SCAN_START        (1u << 1) /**< start_earliest */
#define STEMMA_SCAN_BOUNDS       (1u << 2) /**< the other three bounds, precision; implies START */
#define STEMMA_SCAN_PLACE        (1u << 3)
#define STEMMA_SCAN_PARTICIPANTS (1u << 4)
#define STEMMA_SCAN_DOCUMENTS    (1u << 5) /**< documents, independent */
#define STEMMA_SCAN_FACTUALITY   (1u << 6)
#define STEMMA_SCAN_FIRST        (1u << 7) /**< first document and referent */
#define STEMMA_SCAN_CLAIMS       (1u << 8)
#define STEMMA_SCAN_ALL          ((1u << 9) - 1)

/** Columns of consecutive events, as arrays of `count`; those that were not asked for are NULL.
 *  Numbers are not checked against the counts of the file: a damaged file may hold any. */
typedef struct stemma_event_columns {
    uint32_t first; /**< Number of the first event. */
    uint32_t count;
    const uint32_t *type; /**< Term. */
    const int64_t *start_earliest;
    const int64_t *start_latest;
    const int64_t *end_earliest;
    const int64_t *end_latest;
    const uint32_t *precision; /**< stemma_precision + 16 extent + 32 approximate + 64 uncertain */
    const uint32_t *place;     /**< Entity, or STEMMA_NONE. */
    const uint32_t *participant_first; /**< count + 1: those of event i are [i] up to [i + 1]. */
    const uint32_t *role;              /**< Terms, event after event. */
    const uint32_t *entity;
    const uint32_t *documents;
    const uint32_t *independent;
    const uint32_t *factuality; /**< polarity + 4 certainty + 16 tense + 64 realis */
    const uint32_t *first_document;
    const uint32_t *first_referent;
    const uint32_t *claim_first;
    const uint32_t *claim_count;
} stemma_event_columns;

/** The columns that `columns` (STEMMA_SCAN_*) names, of event `first` and those behind it that lie
 *  in the same block: `first + count` is where to go on. The arrays belong to the snapshot and live
 *  until its next scan. STEMMA_NOT_FOUND beyond the last event. Of a cut snapshot an event that is
 *  not known has 0 documents and neither cast, place nor time; what several documents tell is worked
 *  out event by event. */
STEMMA_API stemma_status stemma_event_scan(stemma_snapshot *snapshot, uint32_t first,
                                           uint32_t columns, stemma_event_columns *out,
                                           stemma_error *error);

/** For each of the first `term_count` terms of the vocabulary, how many events or entities are of
 *  that type; 0 for predicates. Reads no event, unless the snapshot is cut: then all of them. */
STEMMA_API stemma_status stemma_type_counts(stemma_snapshot *snapshot, uint64_t *counts,
                                            uint32_t term_count, stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
