/* SPDX-License-Identifier: MIT */
/**
 * @file timeline.h
 * Events in order of time, put together by day, month or year, with what is known of each such
 * period: how many events, documents and independent sources, and how long nothing was known of.
 * Lifetimes, errors and threads as in read.h.
 *
 *     stemma_timeline_options options = STEMMA_TIMELINE_OPTIONS_INIT;
 *     stemma_timeline *timeline;
 *     stemma_timeline_entry entry;
 *     options.query = &wanted;                                   // as stemma_events() takes it
 *     if (stemma_timeline_begin(&timeline, snapshot, &options, &error) == STEMMA_OK)
 *         while (stemma_timeline_next(timeline, &entry, &error) == STEMMA_OK)
 *             ...                                                // entry.events[0 ... event_count - 1]
 */
#ifndef STEMMA_TIMELINE_H
#define STEMMA_TIMELINE_H

#include "stemma/events.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum stemma_timeline_step {
    STEMMA_TIMELINE_DAY = 0,
    STEMMA_TIMELINE_MONTH = 1,
    STEMMA_TIMELINE_YEAR = 2
} stemma_timeline_step;

typedef struct stemma_timeline_options {
    size_t size;                     /**< sizeof(stemma_timeline_options) */
    const stemma_event_query *query; /**< Which events; NULL: all. */
    uint8_t step;                    /**< stemma_timeline_step */
} stemma_timeline_options;

#define STEMMA_TIMELINE_OPTIONS_INIT {sizeof(stemma_timeline_options), NULL, STEMMA_TIMELINE_DAY}

typedef enum stemma_timeline_kind {
    STEMMA_TIMELINE_PERIOD = 0, /**< The events lie in the day (month, year), all that their times may
                                     mean. */
    STEMMA_TIMELINE_RANGE = 1,  /**< They lie somewhere in a longer time, or last so long, or are known
                                     about so: `from` and `to` are its outer bounds, one of which may
                                     be unknown. */
    STEMMA_TIMELINE_UNKNOWN = 2 /**< Nobody says when. */
} stemma_timeline_kind;

/** Some events of one time. Ordered by the earliest start; of one day (month, year) those that lie
 *  in it first, then ranges that begin in it, the shorter first. Ranges without a known start and
 *  unknown times come last. */
typedef struct stemma_timeline_entry {
    uint8_t kind; /**< stemma_timeline_kind */
    uint8_t extent;      /**< Of a range: it lasts; otherwise it lies somewhere within. */
    uint8_t approximate; /**< Its bounds are approximate. */
    int64_t from; /**< First second; STEMMA_TIME_UNKNOWN_EARLY when not known. */
    int64_t to;   /**< Last second; STEMMA_TIME_UNKNOWN_LATE when not known. */
    uint32_t gap; /**< Whole days before `from` in which no event of the entries before may lie; 0 of
                       the first entry, and after an event whose end nobody knows. */
    const uint32_t *events; /**< Numbers, by earliest start; until the next stemma_timeline_next(). */
    uint32_t event_count;
    uint32_t documents;   /**< Different documents that speak of these events. */
    uint32_t independent; /**< Groups of those that do not derive from each other. */
} stemma_timeline_entry;

typedef struct stemma_timeline stemma_timeline;

/** Begins. `options` may be NULL; it is copied, the query too. The timeline belongs to the snapshot.
 *  Statuses as stemma_events(). */
STEMMA_API stemma_status stemma_timeline_begin(stemma_timeline **out, stemma_snapshot *snapshot,
                                               const stemma_timeline_options *options,
                                               stemma_error *error);

/** The next entry. STEMMA_END when there are no more. Reads the events of one period at a time: memory
 *  is that of the fullest one. */
STEMMA_API stemma_status stemma_timeline_next(stemma_timeline *timeline, stemma_timeline_entry *out,
                                              stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
