/* SPDX-License-Identifier: MIT */
/**
 * @file label.h
 * Things in words, as lists show them: "Ada Vex frees 12 prisoners, among them Bo Ruk (+2)".
 *
 *     stemma_text text;
 *     if (stemma_label(snapshot, reference, &text, &error) == STEMMA_OK)
 *         printf("%.*s\n", (int)text.size, text.data);
 *
 * Texts belong to the snapshot, as everything got from it. They are made of what documents say:
 * before a terminal shows one, control characters are to be taken out of it. A cut snapshot
 * (stemma_snapshot_as_of()) tells what is known: what is not is STEMMA_NOT_FOUND.
 */
#ifndef STEMMA_LABEL_H
#define STEMMA_LABEL_H

#include "stemma/read.h"

#ifdef __cplusplus
extern "C" {
#endif

/** An event with what its claims add up to. Everything belongs to the snapshot. */
typedef struct stemma_event_summary {
    stemma_event event;
    stemma_time time; /**< That most independent documents give, where `event.bounds` come from;
                           words alone when nobody gives a date; empty when nobody says when. */
    const stemma_claim *claims; /**< All that are known, in their order. */
    uint32_t claim_count;
    /** Of the claims, those about who takes part, by role as the vocabulary orders the roles of the
     *  type, then best supported first; denials are left out. */
    const stemma_claim *const *participants;
    uint32_t participant_count;
    const stemma_claim *const *quantities; /**< Likewise those that count somebody or something. */
    uint32_t quantity_count;
} stemma_event_summary;

/** An event and all its claims, by number. Of a snapshot that is cut (stemma_snapshot_as_of()) the
 *  speakers of the claims are not counted (0): stemma_claim_get() does. STEMMA_NOT_FOUND. */
STEMMA_API stemma_status stemma_event_summary_get(stemma_snapshot *snapshot, uint32_t event,
                                                  stemma_event_summary *out, stemma_error *error);

/** A clause that tells the event; "[denied]" or the like behind it when it is not said to have
 *  happened. */
STEMMA_API stemma_status stemma_event_summary_label(stemma_snapshot *snapshot,
                                                    const stemma_event_summary *event,
                                                    stemma_text *out, stemma_error *error);

/** The same for an event by its number; only the text is kept in memory. STEMMA_NOT_FOUND. */
STEMMA_API stemma_status stemma_event_label(stemma_snapshot *snapshot, uint32_t event,
                                            stemma_text *out, stemma_error *error);

/** The object of a claim: the name of an entity, an event as a clause, a text, a date, a count.
 *  "(an event)" when it is an event that is not known. */
STEMMA_API stemma_status stemma_object_label(stemma_snapshot *snapshot, const stemma_claim *claim,
                                             stemma_text *out, stemma_error *error);

/** Any thing. An entity by its name, or "(unnamed TYPE)"; an event by its clause; a document by
 *  "PUBLISHER, DATE: TITLE" or what there is of it; a claim by "SUBJECT: PREDICATE: OBJECT", with
 *  "not" before the predicate of a denial. STEMMA_NOT_FOUND; STEMMA_E_MISUSE for another kind. */
STEMMA_API stemma_status stemma_label(stemma_snapshot *snapshot, stemma_reference reference,
                                      stemma_text *out, stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
