/* SPDX-License-Identifier: MIT */
/* The witnesses of claims with what their assertions and documents say of them. */
#ifndef STEMMA_LIB_CLAIM_SAID_H
#define STEMMA_LIB_CLAIM_SAID_H

#include "file/snapshot.h"
#include "stemma/claims.h"

/* Documents of witnesses that are read for one subject, and for one standing that is asked for. */
#define STM_SAID_OF_SUBJECT  64u
#define STM_SAID_OF_STANDING 512u

typedef struct stm_said {
    uint64_t outlet; /* name of the outlet it credits, as stm_outlet_name() has it; 0: none */
    uint32_t document; /* more of which tells stm_document_fact_of() */
    uint32_t group;    /* of independence */
    uint32_t speaker;  /* entity, or STEMMA_NONE */
    uint8_t polarity;
    uint8_t certainty;
    uint8_t realis;
    bool read; /* the assertion was; else it speaks as the first one read of its claim */
} stm_said;

/* Documents whose testimony is read, ascending. */
typedef struct stm_said_choice {
    uint32_t documents[STM_SAID_OF_STANDING];
    uint32_t count;
} stm_said_choice;

/* Chooses at most `most` (up to STM_SAID_OF_STANDING) documents of the witnesses of claims: the first ones of
   each claim, then the second ones, and so on. */
void stm_said_choose(const stemma_claim *claims, uint32_t count, uint32_t most,
                     stm_said_choice *out);

/* What the witnesses of each of `count` claims say: (*out)[i] has as many as claims[i] has witnesses. All
   in the snapshot's memory. The testimony of the chosen documents is read, of each once. */
stemma_status stm_said_load(stemma_snapshot *snapshot, const stemma_claim *claims, uint32_t count,
                            const stm_said_choice *chosen, const stm_said ***out,
                            stemma_error *error);

/* What `count` such arrays add up to; claims[i] says how many there are in said[i]. */
stemma_status stm_standing_add(stemma_snapshot *snapshot, const stemma_claim *claims,
                               const stm_said *const *said, uint32_t count, stemma_standing *out,
                               stemma_error *error);

#endif
