/* SPDX-License-Identifier: MIT */
/**
 * @file doubt.h
 * The pairs of referents that are most worth a person's decision: what programs were unsure of, or
 * judged with a score that could as well have gone the other way, and on which much hangs.
 *
 *     const stemma_doubt *doubts;
 *     stemma_doubts_found found;
 *     if (stemma_doubts(snapshot, NULL, &doubts, &found, &error) == STEMMA_OK)
 *         for (uint32_t i = 0; i < found.count; i++)
 *             printf("%u against %u\n", doubts[i].left, doubts[i].right);
 *
 * Pairs that a person judged, in whatever way, are not doubtful any more; nor are pairs on which
 * nothing hangs, as their referents would be one, or two, without that judgement as well.
 *
 * Threads, lifetime and errors as in read.h.
 */
#ifndef STEMMA_DOUBT_H
#define STEMMA_DOUBT_H

#include "stemma/trace.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Look at every judgement, however many there are. */
#define STEMMA_DOUBTS_ALL 1u

typedef struct stemma_doubts_options {
    size_t size;
    uint32_t limit; /**< At most so many; 0: 20. UINT32_MAX: as many as there are. */
    uint32_t flags; /**< STEMMA_DOUBTS_* */
} stemma_doubts_options;

#define STEMMA_DOUBTS_OPTIONS_INIT {sizeof(stemma_doubts_options), 0, 0}

typedef struct stemma_doubt {
    uint32_t number; /**< As for stemma_judgement_get(). */
    stemma_judgement judgement;
    uint8_t kind;    /**< stemma_referent_kind of both referents. */
    uint32_t left;   /**< Entity or event of the left referent ... */
    uint32_t right;  /**< ... and of the right: the same where the judgement joins the two. */
    uint16_t doubt;  /**< 0..1000: 1000 where it could go either way. */
    uint32_t stake;  /**< Documents that would change sides: those of the smaller side. */
    uint64_t worth;  /**< doubt * stake: what they are ranked by. */
    uint8_t exact;   /**< 0: the cluster is too large to be looked through; `stake` is at least this. */
    /** The two sides: two entities or events as they are, which a "same" would make one; or the parts
     *  that the one would fall into without the judgement, or after a "not same". */
    stemma_identity_part left_side;
    stemma_identity_part right_side;
} stemma_doubt;

typedef struct stemma_doubts_found {
    uint32_t count;
    uint32_t seen;  /**< Judgements that were looked at ... */
    uint32_t total; /**< ... of so many. */
    uint8_t whole;  /**< 1: nothing worth more was left out. */
} stemma_doubts_found;

/** Pairs by falling worth, then by number: one pair of the same two entities or events. `options` may
 *  be NULL. `*out` belongs to the snapshot.
 *
 *  How doubtful: a score of 500 is 1000, one of 0 or 1000 is 0, in between as it lies; unsure is at
 *  least 600. What is below 250 is left out, and so is what has no score unless it is unsure.
 *
 *  Bounded: of a file of more than a million judgements a million are looked at, in 64 runs spread
 *  evenly over all; of more than 8,192 doubtful ones the most doubtful are weighed; clusters are
 *  looked through up to 65,536 members in all. `whole` says whether any of these cut something off.
 *  STEMMA_DOUBTS_ALL lifts the first two. */
STEMMA_API stemma_status stemma_doubts(stemma_snapshot *snapshot,
                                       const stemma_doubts_options *options,
                                       const stemma_doubt **out, stemma_doubts_found *found,
                                       stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
