/* SPDX-License-Identifier: MIT */
/**
 * @file paths.h
 * What ties two people, organisations, places or things: what is claimed of the one with the other,
 * and the shortest chains of events and claims that lead from the one to the other through others.
 * The events that both take part in are a question of stemma/events.h. Lifetimes, errors and threads
 * as in read.h.
 *
 *     stemma_paths *paths;
 *     const stemma_path *path;
 *     if (stemma_paths_begin(&paths, snapshot, a, b, NULL, &error) == STEMMA_OK)
 *         while (stemma_paths_next(paths, &path, &error) == STEMMA_OK)
 *             for (uint32_t i = 0; i < path->hops; i++)
 *                 show(path->nodes[i], &path->edges[i], path->nodes[i + 1]);
 *
 * **Edges.** Two entities are tied by an event that both take part in, or that one takes part in and
 * that happened at the other; and by a claim about the one that names the other. What is denied ties
 * nobody, unless the options ask for it. (A claim is found by whom it is about. One between two who
 * are both in between, about the one that is further from both ends, may be overlooked.)
 *
 * **Which chains.** All that have the fewest edges, of at most `hops`; none that has more.
 *
 * **Best first.** What everything passes through explains little: a chain by way of a country in ten
 * thousand events says less than one by way of a lawyer in three. So a chain weighs as much as its
 * weakest edge has independent sources, divided by the binary digits of the number of events that
 * those in between take part in, all together: 5 sources through one of 10,000 events (14 digits)
 * weigh less than 2 sources through one of 3 (2 digits). Among equals, those through rarer ones come
 * first, then lower numbers. Where several events and claims tie the same two, the edge is the one
 * with the most independent sources (then events before claims, then the lowest number) and says how
 * many more there are.
 *
 * **Bounds.** Of an entity at either end, the first STEMMA_PATHS_END events are looked at; who is in
 * between is not gone on from when he is in more than STEMMA_PATHS_HUB events (a chain may still lead
 * through him when both sides come to him); and about STEMMA_PATHS_READ events are read for all of
 * those in between, of the rarest first. stemma_paths_cut() tells whether any of this left something
 * out: then there may be other chains, and shorter ones.
 */
#ifndef STEMMA_PATHS_H
#define STEMMA_PATHS_H

#include "stemma/events.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STEMMA_PATHS_HOPS 6u      /**< The longest chains that can be asked for. */
#define STEMMA_PATHS_END  100000u /**< Events of each end. */
#define STEMMA_PATHS_HUB  2000u   /**< Events of one in between. */
#define STEMMA_PATHS_READ 60000u  /**< Events of all in between. */

/** What ties the two directly is left out, events that both are in also as ties to others: only chains
 *  through others remain. */
#define STEMMA_PATHS_INDIRECT 1u

typedef struct stemma_path_options {
    size_t size;
    uint32_t hops;  /**< Edges of a chain at most, to STEMMA_PATHS_HOPS; 0: 3. */
    uint32_t limit; /**< At most so many chains, to 1000; 0: 20. */
    uint32_t flags; /**< STEMMA_PATHS_* */
    const stemma_event_query *events; /**< Events that count: all that stemma_events() would find for
                                           this but for its entities, parts and place. NULL: all
                                           that are not denied. */
} stemma_path_options;

#define STEMMA_PATH_OPTIONS_INIT {sizeof(stemma_path_options), 0, 0, 0, NULL}

/** What ties two entities that follow each other in a chain. */
typedef struct stemma_path_edge {
    uint8_t kind;    /**< STEMMA_REFERENCE_EVENT or STEMMA_REFERENCE_CLAIM */
    uint32_t number; /**< Event or claim. */
    uint32_t documents;
    uint32_t independent;
    uint32_t more; /**< Other events and claims that tie the same two. */
} stemma_path_edge;

typedef struct stemma_path {
    uint32_t hops;                   /**< Edges: 1 to STEMMA_PATHS_HOPS. */
    const uint32_t *nodes;           /**< hops + 1 entities, from the first end to the second. */
    const stemma_path_edge *edges;   /**< edges[i] ties nodes[i] and nodes[i + 1]. */
    uint32_t independent;            /**< Of the weakest edge. */
    uint64_t events;                 /**< That those in between take part in, all together. */
} stemma_path;

typedef struct stemma_paths stemma_paths;

/** Looks for the chains from entity `from` to entity `to`; the work is done here. `options` may be
 *  NULL. What is found belongs to the snapshot. STEMMA_OK also when there is no chain.
 *  STEMMA_NOT_FOUND when there is no such entity (as of the snapshot's date); STEMMA_E_MISUSE for
 *  options that are not initialised, and when both ends are one. */
STEMMA_API stemma_status stemma_paths_begin(stemma_paths **out, stemma_snapshot *snapshot,
                                            uint32_t from, uint32_t to,
                                            const stemma_path_options *options,
                                            stemma_error *error);

/** The next chain, best first. STEMMA_END when there are no more. */
STEMMA_API stemma_status stemma_paths_next(stemma_paths *paths, const stemma_path **out,
                                           stemma_error *error);

/** Whether a bound left something out (1) or all was looked at (0). */
STEMMA_API int stemma_paths_cut(const stemma_paths *paths);

/** Claims about `a` that name `b` and claims about `b` that name `a`, denied ones too: their numbers,
 *  ascending within each of the two. STEMMA_NOT_FOUND when there is no such entity. */
STEMMA_API stemma_status stemma_claims_between(stemma_snapshot *snapshot, uint32_t a, uint32_t b,
                                               const uint32_t **out, uint32_t *count,
                                               stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
