/* SPDX-License-Identifier: MIT */
/**
 * @file claims.h
 * How claims stand to each other: which say the same more or less exactly, which cannot both be
 * true, who stands behind each, and what most sources say.
 *
 * Claims are stored as exactly what was said: "more than 50", "52" and "about 50" are three. What
 * they have to do with each other is worked out here, when it is asked for:
 *
 * - a **relation** is how two claims about one subject and predicate stand to each other;
 * - a **standing** is how much stands behind a set of claims: documents, independent sources, ...;
 * - a **position** is a claim with those that it bears out: "52" with "more than 50";
 * - a **conflict** is two or more positions that cannot all be true.
 *
 * Lifetime, threads and errors are as in read.h: what is handed out belongs to the snapshot that it
 * was asked of. Of a snapshot as of a date, all of this is as of that date.
 */
#ifndef STEMMA_CLAIMS_H
#define STEMMA_CLAIMS_H

#include "stemma/events.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Two claims ------------------------------------------------------------------------------ */

typedef enum stemma_relation {
    STEMMA_RELATION_COMPATIBLE = 0, /**< Both can be true; also of claims about different things. */
    STEMMA_RELATION_SAME = 1,
    STEMMA_RELATION_MORE_EXACT = 2, /**< The first says what the second says, and more. */
    STEMMA_RELATION_LESS_EXACT = 3, /**< The second says what the first says, and more. */
    STEMMA_RELATION_EXCLUDES = 4    /**< They cannot both be true. */
} stemma_relation;

/** What about. */
typedef enum stemma_conflict_kind {
    STEMMA_CONFLICT_NONE = 0,
    STEMMA_CONFLICT_POLARITY = 1, /**< One denies what the other affirms. */
    STEMMA_CONFLICT_COUNT = 2,
    STEMMA_CONFLICT_TIME = 3,
    STEMMA_CONFLICT_VALUE = 4,
    STEMMA_CONFLICT_PLACE = 5
} stemma_conflict_kind;

/** How `a` stands to `b`; `*kind`, which may be NULL, is set when they exclude each other. By what
 *  the claims say alone, whoever says it:
 *
 *  - Claims about different subjects or predicates are compatible.
 *  - **Polarity.** A denial excludes what says the same, or the same more exactly. Two denials are
 *    the same or compatible.
 *  - **Counts** of one unit are ranges: "at least" and "more than" have no upper end, "about" is a
 *    tenth to both sides. They are about one thing when one does not say what is counted, or says
 *    that it is people, or both share the last word of it ("prisoner", "political prisoner").
 *    Ranges apart exclude each other; one within the other is more exact. One exact number of ten or
 *    more of different things ("17 miners", "17 workers") is the same count.
 *  - **Times.** One within the other is more exact. Apart they exclude each other where the
 *    predicate is single-valued and neither is uncertain or approximate; a moment may be fourteen
 *    hours off a day, which may be one of another time zone.
 *  - **Texts.** One whose words (stems) include the other's is more exact, unless what it has more
 *    turns the sense ("former", "vice"). Of a single-valued predicate two texts exclude each other
 *    when they give different numbers of one thing ("six years", "eight years"), or no numbers and
 *    share no word.
 *  - **Event types.** One below the other is more exact; others are compatible: "arrest" and
 *    "detain", "attack" and "injure" are told of one deed.
 *  - **Places.** One that lies within the other is more exact. Two of a single-valued predicate
 *    exclude each other when both are known by name, and neither lies within the other though both
 *    are known to lie in some place.
 *  - **Entities** of a single-valued predicate exclude each other when they are of one type, both
 *    are known by name, and the names cannot be one in two spellings, nor one short for the other.
 *
 *  Allocates in the snapshot for the time of the call. */
STEMMA_API stemma_status stemma_claim_relation(stemma_snapshot *snapshot, const stemma_claim *a,
                                               const stemma_claim *b, stemma_relation *relation,
                                               stemma_conflict_kind *kind, stemma_error *error);

/* ---- What stands behind claims ----------------------------------------------------------------- */

typedef struct stemma_standing {
    uint32_t witnesses;   /**< Assertions. */
    uint32_t documents;   /**< Distinct. */
    uint32_t independent; /**< See stemma_standing_of(). */
    uint32_t speakers;    /**< Distinct entities to whom witnesses attribute it. */
    uint32_t first;       /**< The document that was published first, and ... */
    uint32_t last;        /**< ... last; undated ones only when all are. STEMMA_NONE: no witness. */
    uint32_t polarity[3]; /**< Witnesses by stemma_polarity, */
    uint32_t certainty[4]; /**< by stemma_certainty */
    uint32_t realis[4];    /**< and by stemma_realis. */
} stemma_standing;

/** What stands behind `count` claims together. **Independent** sources: groups of documents that do
 *  not derive from each other, counted so that no outlet counts twice. A witness credits an outlet
 *  when it comes through one (`via`) or its speaker is one; an entity is an outlet when it is called
 *  like the publisher or agency of a document of the file (of 4,096 at most, spread over it). A group with a
 *  witness that credits none counts; of the other groups each outlet lends its weight to one, and an
 *  outlet whose own documents count already to none. Reads the documents of the witnesses, 512 at
 *  most: of more, the first ones of each claim, and the others count as crediting none, and as being
 *  as sure and as real as the first. */
STEMMA_API stemma_status stemma_standing_of(stemma_snapshot *snapshot, const stemma_claim *claims,
                                            uint32_t count, stemma_standing *out,
                                            stemma_error *error);

/** The entity that a witness quotes, `*speaker`; STEMMA_NONE when it quotes nobody. STEMMA_NOT_FOUND when there is
 *  no such witness. */
STEMMA_API stemma_status stemma_witness_speaker(stemma_snapshot *snapshot, stemma_witness witness,
                                                uint32_t *speaker, stemma_error *error);

/* ---- Positions --------------------------------------------------------------------------------- */

/** A claim with those that it bears out. */
typedef struct stemma_position {
    const stemma_claim *claims; /**< The head first, then by falling support. */
    uint32_t claim_count;
    stemma_standing standing; /**< Of all of them. */
    stemma_standing head;     /**< Of the head alone. */
    uint32_t updated_by; /**< Index of the position that took its place, or STEMMA_NONE. */
} stemma_position;

/** What is said of one subject under one predicate. */
typedef struct stemma_positions {
    stemma_text predicate;
    const stemma_position *positions; /**< By falling independent, documents; then the lesser head. */
    uint32_t position_count;
    const stemma_claim *compatible; /**< Claims that several positions bear out which exclude each
                                         other: they stand with none of them. */
    uint32_t compatible_count;
} stemma_positions;

/** The positions about an entity or event, predicate after predicate as the claims are ordered.
 *
 *  Among the claims of one predicate the most exact come first: by width of the range or precision
 *  of the time, then by number of words; then the best supported. A claim stands with a position
 *  when some claim of that is the same or more exact and none excludes it. When several positions
 *  would have it that do not exclude each other, it joins them into one ("17 miners", "17 workers"
 *  by "17"); when two of them exclude each other, it stands with none: it is `compatible`. When none
 *  would, it heads a position of its own. Beyond the 128 best supported claims of a predicate each
 *  is a position of its own, and so is each of a predicate with several objects that are entities
 *  and no places. Claims that differ in polarity never stand together. Of
 *  one subject at most 64 documents are read to see who is quoted.
 *
 *  **Updated.** A count that all who gave it take back, each source (the speaker, or where nobody is
 *  quoted the outlet or publisher) giving later a certain other count that excludes it, stands apart
 *  from what was not taken back and gives way to the position of that other count. And positions of
 *  counts that exclude each other give way, each to the next, when all of them form one series, each
 *  greater than the one before and first published after the one before was published for the last
 *  time: a series of three or more, or of two that some source gives both. */
STEMMA_API stemma_status stemma_positions_of(stemma_snapshot *snapshot, stemma_reference subject,
                                             const stemma_positions **out, uint32_t *count,
                                             stemma_error *error);

/* ---- Conflicts --------------------------------------------------------------------------------- */

/** What to look for. */
typedef struct stemma_conflict_query {
    size_t size;              /**< sizeof(stemma_conflict_query) */
    stemma_reference subject; /**< Kind 0: everything; an event; an entity, which means claims about it
                                   and the events that it takes part in or that are at it. */
    const stemma_event_query *events; /**< Not NULL: only the events that this finds, no claims about
                                           entities; `subject` does not matter then. */
} stemma_conflict_query;

#define STEMMA_CONFLICT_QUERY_INIT                                                                 \
    {                                                                                              \
        sizeof(stemma_conflict_query), {0, STEMMA_NONE}, NULL                                      \
    }

/** Which conflict, and how much of one. */
typedef struct stemma_conflict {
    uint8_t kind;         /**< stemma_conflict_kind */
    uint8_t subject_kind; /**< stemma_referent_kind */
    uint32_t subject;     /**< Entity or event number. */
    uint32_t ordinal;     /**< Among the conflicts about this subject. */
    uint32_t lesser;      /**< Independent sources of the lesser of two sides that exclude each
                               other: the most that two of them have. */
    uint32_t independent; /**< Of all sides together. */
} stemma_conflict;

typedef struct stemma_conflict_sides {
    stemma_text predicate;
    const stemma_position *sides; /**< At least two, by falling support; each excludes another. */
    uint32_t side_count;
    const stemma_position *updates; /**< Positions that gave way, by first publication. `updated_by`
                                         is an index among the sides, or side_count + one among
                                         these. */
    uint32_t update_count;
    const stemma_claim *compatible; /**< What several sides bear out. */
    uint32_t compatible_count;
} stemma_conflict_sides;

typedef struct stemma_conflict_cursor stemma_conflict_cursor;

/** Starts to look for conflicts. `query` is copied; NULL asks for all.
 *
 *  Two positions are in conflict when claims of theirs exclude each other, the witnesses of both
 *  speak of what happened (or both of what is planned; of denials only of what happened), and
 *  either each is said by a document that does not say the other, or different speakers are quoted
 *  for them: what one document says in its own voice are a part and the whole. Positions that gave
 *  way are not in conflict. When documents disagree on whether an event happened at all, what is
 *  denied of its circumstances is no conflict of its own. The cursor belongs to the snapshot.
 *  STEMMA_NOT_FOUND when the subject does not exist, STEMMA_E_MISUSE for a query that is not
 *  initialised. */
STEMMA_API stemma_status stemma_conflicts(stemma_conflict_cursor **out, stemma_snapshot *snapshot,
                                          const stemma_conflict_query *query, stemma_error *error);

/** The next conflict: by falling `lesser`, then falling `independent`, events before entities, the
 *  lesser number. STEMMA_END when there are no more. Looks at subjects only as long as one of them
 *  may have a greater conflict; needs eight bytes for each that is contested, and some more for each whose
 *  claims are looked at. */
STEMMA_API stemma_status stemma_conflict_next(stemma_conflict_cursor *cursor, stemma_conflict *out,
                                              stemma_error *error);

/** The sides of a conflict that stemma_conflict_next() gave, of any snapshot of the same file as of
 *  the same date. STEMMA_NOT_FOUND when there is none such. */
STEMMA_API stemma_status stemma_conflict_get(stemma_snapshot *snapshot,
                                             const stemma_conflict *conflict,
                                             stemma_conflict_sides *out, stemma_error *error);

/** The same for a conflict that `cursor` gave, in the memory of `snapshot`: that of the cursor, or another of
 *  the same file as of the same date, on the same thread. Quicker than stemma_conflict_get(), as the cursor
 *  keeps what it found out about the last conflicts, in 256 KiB at most; what it does not keep is found out
 *  again. As of a date it takes reading what a claim says to tell who is quoted for it: without `speakers`
 *  stemma_claim.speakers is that of the whole file, which is 0 only when nobody is. STEMMA_NOT_FOUND. */
STEMMA_API stemma_status stemma_conflict_show(const stemma_conflict_cursor *cursor,
                                              stemma_snapshot *snapshot,
                                              const stemma_conflict *conflict, int speakers,
                                              stemma_conflict_sides *out, stemma_error *error);

/* ---- What most sources say --------------------------------------------------------------------- */

/** A position by its place: that of its head. */
typedef struct stemma_attested {
    uint32_t claim;       /**< Its head. */
    uint32_t independent; /**< Of the position. */
    uint32_t documents;
    uint8_t subject_kind; /**< stemma_referent_kind */
    uint32_t subject;
    uint32_t predicate_ordinal; /**< Where it stands in what stemma_positions_of() gives: */
    uint32_t position_ordinal;  /**< out[predicate_ordinal].positions[position_ordinal] */
} stemma_attested;

typedef struct stemma_attested_cursor stemma_attested_cursor;

/** Starts to look for the best attested positions: about `subject` (an entity or an event), or about
 *  everything when its kind is 0. The cursor belongs to the snapshot. STEMMA_NOT_FOUND when there is
 *  no such subject. */
STEMMA_API stemma_status stemma_best_attested(stemma_attested_cursor **out,
                                              stemma_snapshot *snapshot, stemma_reference subject,
                                              stemma_error *error);

/** The next position: by falling `independent`, then falling `documents`, the lesser head. As
 *  stemma_conflict_next(). */
STEMMA_API stemma_status stemma_attested_next(stemma_attested_cursor *cursor, stemma_attested *out,
                                              stemma_error *error);

#ifdef __cplusplus
}
#endif
#endif
