/* SPDX-License-Identifier: MIT */
/**
 * @file event_candidate.h
 * Happenings while they are being read: candidates with their fillers, before those that tell of
 * the same happening are joined and become testimony.
 */
#ifndef STEMMA_EXTRACT_EVENT_CANDIDATE_H
#define STEMMA_EXTRACT_EVENT_CANDIDATE_H

#include "pack/extract/event_emit.h"
#include "pack/extract/event_lexicon.h"

/** Something that fills a role of a candidate. Exactly one of `mention`, `quantity` and `text` says
    what; a count of unnamed ones has a quantity only. */
struct stm_filler {
    const char *role;
    uint32_t first; /**< Tokens: the words. */
    uint32_t count;
    uint32_t mention;
    uint32_t quantity;
    uint32_t referent; /**< Of `mention` when known; made only when the filler is kept. */
    uint8_t text;      /**< The words themselves are the object. */
    uint8_t part;      /**< Stands behind "including". */
};

/** One trigger with what was found around it. */
struct stm_candidate {
    uint8_t kind; /**< stm_event_kind */
    uint8_t nominal;
    uint8_t definite;  /**< Speaks of something known: "the release", "among those freed". */
    uint8_t anaphoric; /**< Cannot stand alone: adds to a happening told elsewhere. */
    uint8_t state;     /**< Only describes somebody: "the exiled leader X". */
    uint8_t nobody;    /**< It befell nobody. */
    uint8_t in_title;
    uint8_t timed;  /**< `bounds` are known. */
    uint8_t extent; /**< The time is a stretch: "since 2023". */
    uint32_t first; /**< Tokens of the trigger. */
    uint32_t count;
    struct stm_stand stand;
    uint32_t filler_first; /**< In stm_events.fillers. */
    uint32_t filler_count;
    uint32_t time;          /**< Or STEMMA_NONE. */
    uint32_t place_mention; /**< Or STEMMA_NONE. */
    uint32_t noun; /**< Of "held talks": the token "talks", which tells the same; or STEMMA_NONE. */
    int64_t earliest; /**< Seconds, when `timed`. */
    int64_t latest;
    uint32_t cluster; /**< Candidate that leads the happening this one belongs to. */
};

struct stm_events {
    struct stm_annotation *ann;
    struct stm_candidate *candidates;
    size_t count;
    size_t capacity;
    struct stm_filler *fillers;
    size_t filler_count;
    size_t filler_capacity;
};

/** Adds a filler to the candidate being built (always the last fillers of the pool). */
STEMMA_NODISCARD stemma_status stm_add_filler(struct stm_events *events,
                                              struct stm_candidate *candidate,
                                              const struct stm_filler *filler);

/** Whether the candidate has a filler of `role`. */
int stm_has_role(const struct stm_events *events, const struct stm_candidate *candidate,
                 const char *role);

/** Keeps the candidate when it says enough to stand, or drops its fillers. */
STEMMA_NODISCARD stemma_status stm_keep_candidate(struct stm_events *events,
                                                  struct stm_candidate *candidate);

#endif
