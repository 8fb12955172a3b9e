/* SPDX-License-Identifier: MIT */
/* The claims of one subject under one predicate, arranged into positions, and which of those are
 * opposed. stemma/claims.h says by what rules. */
#ifndef STEMMA_LIB_CLAIM_ARRANGE_H
#define STEMMA_LIB_CLAIM_ARRANGE_H

#include "claims/claim_reading.h"
#include "claims/claim_said.h"

/* Claims that are compared with each other; those less supported stand alone. */
#define STM_ARRANGE_MOST 128u

/* Claims of one predicate. Arrays are in the snapshot's memory. */
typedef struct stm_arrangement {
    const stemma_claim *claims; /* by exactness, then support; those not compared behind */
    uint32_t count;
    uint32_t compared;
    uint8_t *relations;  /* compared * compared: of the row to the column */
    uint8_t *kinds;      /* likewise: stemma_conflict_kind */
    stm_range *ranges;   /* of compared claims that are counts */
    uint32_t *position;   /* of each claim, or STEMMA_NONE: compatible with several */
    uint32_t *revised_by; /* of each claim: a claim that all its sources make later, or STEMMA_NONE */
    uint32_t *head;       /* of each position: a claim */
    uint32_t *updated_by; /* of each position: a position, or STEMMA_NONE */
    uint32_t positions;
    uint32_t related; /* positions of claims that were compared; those behind are one claim each */
    bool excluding; /* some two claims exclude each other */
    bool uncounted; /* nobody asks how many are quoted for its claims as of a date */
    const stm_said *const *said; /* of each claim; read when some exclude each other, else NULL until
                                    stm_arrangement_hear() */
    stm_said *voices;          /* after stm_arrangement_hear(): the same by position, document ... */
    uint32_t *voice_first;     /* ... : those of position p are [p] up to [p + 1] */
    stemma_standing *standing; /* of each position, likewise */
} stm_arrangement;

/* Where the claims of a position are: among [*first, *end). */
static inline void stm_position_range(const stm_arrangement *arrangement, uint32_t position,
                                      uint32_t *first, uint32_t *end)
{
    bool related = position < arrangement->related;
    *first = related ? 0 : arrangement->head[position];
    *end = related ? arrangement->compared : *first + 1;
}

/* The witnesses of a position, by document. Laid out. */
typedef struct stm_voices {
    const stm_said *first;
    const stm_said *end;
} stm_voices;

static inline stm_voices stm_voices_of(const stm_arrangement *arrangement, uint32_t position)
{
    return (stm_voices){arrangement->voices + arrangement->voice_first[position],
                        arrangement->voices + arrangement->voice_first[position + 1]};
}

/* Arranges `count` claims of one predicate. `claims` is sorted. */
stemma_status stm_arrange(stm_comparison *comparison, stemma_claim *claims, uint32_t count,
                          stm_arrangement *out, stemma_error *error);

/* Reads what the witnesses say, and finds which positions gave way. */
stemma_status stm_arrangement_hear(stm_comparison *comparison, stm_arrangement *arrangement,
                                   stemma_error *error);

/* Sets voices and voice_first: the witnesses of each position, in order of documents. `said` is there. */
stemma_status stm_arrangement_lay_out(stemma_snapshot *snapshot, stm_arrangement *arrangement,
                                      stemma_error *error);

/* The claims of a position, the head first; in the snapshot's memory. */
stemma_status stm_arrangement_claims(stemma_snapshot *snapshot, const stm_arrangement *arrangement,
                                     uint32_t position, const stemma_claim **out, uint32_t *count,
                                     stemma_error *error);

/* The kind of conflict that two positions are in by what they say and who says it; NONE when they
   are in none. Heard. Does not ask whether one gave way. */
stemma_conflict_kind stm_opposed(const stm_arrangement *arrangement, uint32_t a, uint32_t b);

/* The kind of conflict that they are in by what they say alone; NONE. */
stemma_conflict_kind stm_excluded(const stm_arrangement *arrangement, uint32_t a, uint32_t b);

/* Finds the claims that their own sources took back: sets revised_by. `said` is there. */
stemma_status stm_find_revisions(stemma_snapshot *snapshot, stm_arrangement *arrangement,
                                 stemma_error *error);

/* Sets updated_by of the positions that gave way. Heard. */
stemma_status stm_find_updates(stemma_snapshot *snapshot, stm_arrangement *arrangement,
                               stemma_error *error);

/* Order of support: more independent, more documents, the lesser number. */
int stm_claim_by_support(const stemma_claim *a, const stemma_claim *b);

/* The claims about a subject, in their order, those of one predicate together. STEMMA_NOT_FOUND. */
stemma_status stm_subject_claims(stemma_snapshot *snapshot, stemma_reference subject,
                                 stemma_claim **out, uint32_t *count, stemma_error *error);

/* Sets how many are quoted for claims of stm_subject_claims(), which does not count them as of a date: that
   takes reading what they say. */
stemma_status stm_count_speakers(stemma_snapshot *snapshot, stemma_claim *claims, uint32_t count,
                                 stemma_error *error);

/* How many of `count` claims from `claims` on are of one predicate. */
uint32_t stm_predicate_run(const stemma_claim *claims, uint32_t count);

#endif
