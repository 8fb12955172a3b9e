/* SPDX-License-Identifier: MIT */
/**
 * @file trace.h
 * Why a file says what it says: from a claim to the words of its witnesses, and from an entity or
 * event to the judgements that made one of many referents, with what would change without each.
 *
 *     stemma_identity *identity;
 *     stemma_identity_without without;
 *     stemma_reference who = {STEMMA_REFERENCE_ENTITY, 7};
 *     if (stemma_identity_of(&identity, snapshot, who, 0, &error) == STEMMA_OK)
 *         for (uint32_t i = 0; i < stemma_identity_count(identity); i++)
 *             if (stemma_identity_try(identity, i, NULL, 0, &without, &error) == STEMMA_OK)
 *                 printf("%u parts without it\n", without.parts);
 *
 * Judgement is not cut by an as-of: who is who is told with all that the file knows, also by
 * judgements about documents that were not there yet; what is *counted* are documents known.
 *
 * Threads, lifetime and errors as in read.h.
 */
#ifndef STEMMA_TRACE_H
#define STEMMA_TRACE_H

#include "stemma/read.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Witnesses ------------------------------------------------------------------------------- */

/** What stands behind one witness of a claim. The assertion has the words (evidence), polarity,
 *  certainty, tense, realis and the number of its run. */
typedef struct stemma_trace {
    stemma_witness witness;
    stemma_assertion assertion;
    stemma_referent_id subject;
    stemma_referent_id object; /**< `document` STEMMA_NONE: the object is no referent. */
    uint32_t speaker;          /**< Entity, or STEMMA_NONE. */
    uint32_t via;              /**< Entity through whom the speaker is quoted, or STEMMA_NONE. */
    /** That its document derives from the document of another witness of the claim; `to` is
     *  STEMMA_NONE when it derives from none. Of several the one that tells most: what makes the two
     *  one source before a quotation, then the greater share, then the earlier document. */
    stemma_derivation copied;
} stemma_trace;

/** Traces witness `index` of a claim. `assertion` is what it says if the caller has that already;
 *  NULL decodes it. STEMMA_NOT_FOUND beyond the last witness. */
STEMMA_API stemma_status stemma_trace_get(stemma_snapshot *snapshot, const stemma_claim *claim,
                                          uint32_t index, const stemma_assertion *assertion,
                                          stemma_trace *out, stemma_error *error);

/* ---- Identity -------------------------------------------------------------------------------- */

/** The judgements about the referents of one entity or event. */
typedef struct stemma_identity stemma_identity;

/** What a judgement does to the entity or event. */
typedef enum stemma_identity_effect {
    STEMMA_IDENTITY_JOINS = 1,   /**< Same, of two members: it joined them. */
    STEMMA_IDENTITY_REPEATS = 2, /**< Same, of two members that others had joined already. */
    STEMMA_IDENTITY_PARTS = 3,   /**< Not same, of a member and something else. */
    STEMMA_IDENTITY_REFUSED = 4, /**< Same, of a member and something else: a stronger one parts them. */
    STEMMA_IDENTITY_OVERRULED = 5, /**< Not same, of two members: a stronger one joined them. */
    STEMMA_IDENTITY_OPEN = 6,      /**< Unsure: it does nothing. */
    STEMMA_IDENTITY_RETRACTED = 7  /**< It no longer stands. */
} stemma_identity_effect;

typedef struct stemma_identity_judgement {
    uint32_t number; /**< As for stemma_judgement_get(). */
    uint8_t effect;  /**< stemma_identity_effect */
    stemma_judgement judgement;
} stemma_identity_judgement;

/** Finds the judgements of which one referent at least belongs to `of`, an entity or event. Those
 *  between two members are all found. Those with something outside are all found in a file of up to
 *  32,768 judgements; in a greater one those whose left referent is a member (see
 *  stemma_identity_is_whole()). Takes the members' judgements only, some 40 bytes each, and replays
 *  them as the file was made: near-linear. STEMMA_NOT_FOUND, STEMMA_E_MISUSE for documents, claims;
 *  STEMMA_E_LIMIT when there are more than `most` members, 0 being no bound. */
STEMMA_API stemma_status stemma_identity_of(stemma_identity **out, stemma_snapshot *snapshot,
                                            stemma_reference of, uint32_t most,
                                            stemma_error *error);

/** How many judgements there are. */
STEMMA_API uint32_t stemma_identity_count(const stemma_identity *identity);

/** Whether all judgements with something outside were looked for. */
STEMMA_API int stemma_identity_is_whole(const stemma_identity *identity);

/** The members, by (document, referent), those of documents that are not known yet included. */
STEMMA_API const stemma_referent_id *stemma_identity_members(const stemma_identity *identity,
                                                             uint32_t *count);

/** One of them; they are in canonical order. STEMMA_NOT_FOUND beyond the last. */
STEMMA_API stemma_status stemma_identity_get(stemma_identity *identity, uint32_t index,
                                             stemma_identity_judgement *out, stemma_error *error);

/** The judgements that name a referent, as indices for stemma_identity_get(), ascending. The array
 *  belongs to the snapshot; none when the referent is no member. */
STEMMA_API stemma_status stemma_identity_about(stemma_identity *identity,
                                               stemma_referent_id referent, const uint32_t **out,
                                               uint32_t *count, stemma_error *error);

/** The members that the witnesses of a claim speak of: as its subject, when that is what the identity
 *  is of, else as its object. Reads documents only where several members lie in one. The array belongs
 *  to the snapshot; empty when the claim is about something else. */
STEMMA_API stemma_status stemma_identity_uses(stemma_identity *identity, const stemma_claim *claim,
                                              const stemma_referent_id **out, uint32_t *count,
                                              stemma_error *error);

/** A share of the referents that were asked about. */
typedef struct stemma_identity_part {
    uint32_t referents;
    uint32_t documents;   /**< Known ones, distinct. */
    uint32_t independent; /**< Distinct independence groups of those. */
} stemma_identity_part;

/** What there would be without one judgement. */
typedef struct stemma_identity_without {
    uint32_t parts; /**< Entities or events that the members would be; 1: it changes nothing. */
    uint8_t exact;  /**< 0: see stemma_identity_try(). */
    stemma_identity_part whole; /**< As it is. */
    stemma_identity_part left;  /**< The part that the judgement's left referent would be in. */
    stemma_identity_part right; /**< And the right one; the same as `left` when nothing changes. */
} stemma_identity_without;

/** What would change if judgement `index` were not there, counted over the `count` referents `of`
 *  (members; others do not count), such as those that the witnesses of a claim speak of; NULL: over
 *  all members.
 *
 *  The judgements among the members are replayed without it (SPEC.md, 11.2). While no standing
 *  not-same judgement lies between two members, that is the same as asking whether the members hang
 *  together without it, which one walk answers for all. Else each is replayed, until 16 million
 *  steps were taken: from then on `exact` is 0 and the walk's answer stands for the replay's. It is 0,
 *  too, where a judgement that is refused (STEMMA_IDENTITY_REFUSED) would join a member with something
 *  outside: without the other that might stand, and a part go its own way. */
STEMMA_API stemma_status stemma_identity_try(stemma_identity *identity, uint32_t index,
                                             const stemma_referent_id *of, uint32_t count,
                                             stemma_identity_without *out, stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
