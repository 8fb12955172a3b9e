/* SPDX-License-Identifier: MIT */
/* A claim, read: its object as numbers, bounds and stems that can be compared. */
#ifndef STEMMA_LIB_CLAIM_READING_H
#define STEMMA_LIB_CLAIM_READING_H

#include "claims/claim_said.h"
#include "file/snapshot.h"
#include "stemma/claims.h"
#include "read/term.h"

/* Words of an object that are compared; those behind are not read. */
#define STM_READING_WORDS 24u

/* What comparing claims of one subject needs; ended by stm_comparison_end(). */
typedef struct stm_comparison {
    stemma_snapshot *snapshot;
    stemma_claim *claims; /* all of the subject, in any order */
    uint32_t claim_count;
    uint32_t first; /* the least number among them, and ... */
    const stm_said **said; /* ... by number less that: what their witnesses say; NULL until
                              stm_comparison_hear() */
    bool apart;  /* few of its predicates will be heard: each on its own, and `said` stays NULL */
    bool chosen; /* whether `choice` was made: when the first is heard */
    stm_said_choice choice;
    stm_word_maker *maker; /* of the language of the first claim's first document; made when first
                              needed */
} stm_comparison;

/* `claims` may be NULL when nobody will be heard. */
void stm_comparison_begin(stm_comparison *comparison, stemma_snapshot *snapshot,
                          stemma_claim *claims, uint32_t count);
void stm_comparison_end(stm_comparison *comparison);

/* Reads what the witnesses say, once. STEMMA_E_NO_MEMORY, STEMMA_E_DAMAGED. */
stemma_status stm_comparison_hear(stm_comparison *comparison, stemma_error *error);

/* Words of a text as hashes of their stems, without those that say nothing ("the", "of"). */
typedef struct stm_words {
    uint64_t stems[STM_READING_WORDS]; /* in order of the text */
    uint32_t numbers;                  /* bit i: word i is a number */
    uint32_t turns; /* bit i: word i turns the sense of what follows: "former", "vice" */
    uint32_t count;
    bool whole; /* no more words than these */
} stm_words;

/* A range of numbers, both ends belonging to it. */
typedef struct stm_range {
    double low, high;
    bool has_low, has_high;
} stm_range;

typedef struct stm_reading {
    const stemma_claim *claim;
    bool single; /* the predicate can have one true object only */
    bool is_type;
    bool is_place;   /* the predicate is `place` ... */
    bool places;     /* ... or another one whose objects are mostly places */
    uint32_t entity; /* of the object, or STEMMA_NONE */
    bool has_range;  /* the object is a quantity with a number */
    stm_range range;
    bool bare;  /* it does not say what it counts, or says people */
    bool other; /* it counts others than somebody counted before */
    bool has_bounds;
    stemma_time_bounds bounds;
    stm_words words; /* of a text, or of what is counted */
} stm_reading;

/* Reads a claim, which outlives the reading. STEMMA_E_NO_MEMORY, STEMMA_E_DAMAGED. */
stemma_status stm_reading_of(stm_comparison *comparison, const stemma_claim *claim,
                             stm_reading *out, stemma_error *error);

/* How two stand to each other; see stemma_claim_relation(). */
stemma_status stm_reading_relation(stm_comparison *comparison, const stm_reading *a,
                                   const stm_reading *b, stemma_relation *relation,
                                   stemma_conflict_kind *kind, stemma_error *error);

/* The parts of it, one a kind of object. Pure. */
stemma_relation stm_amount_relation(const stm_reading *a, const stm_reading *b);
stemma_relation stm_time_relation(const stm_reading *a, const stm_reading *b);
stemma_relation stm_text_relation(const stm_reading *a, const stm_reading *b);

/* A decimal as the format has it. False when there is none. Pure. */
bool stm_decimal(stemma_text text, double *out);

/* Less than 0 when `a` is more exact than `b`: by width of the range, precision of the time, number of
   words. Pure. */
int stm_reading_exactness(const stm_reading *a, const stm_reading *b);

#endif
