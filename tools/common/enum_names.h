/* SPDX-License-Identifier: MIT */
/* The words that JSON uses for the enumerations of the data model: one table each way. */
#ifndef STEMMA_TOOLS_ENUM_NAMES_H
#define STEMMA_TOOLS_ENUM_NAMES_H

#include <stdint.h>

#include "stemma/types.h"

enum stm_enum {
    STM_ENUM_REFERENT_KIND,
    STM_ENUM_MENTION_KIND,
    STM_ENUM_NAME_KIND,
    STM_ENUM_MODIFIER,
    STM_ENUM_POLARITY,
    STM_ENUM_CERTAINTY,
    STM_ENUM_TENSE,
    STM_ENUM_REALIS,
    STM_ENUM_ATTRIBUTION,
    STM_ENUM_STANCE,
    STM_ENUM_EVIDENCE_PART,
    STM_ENUM_RUN_KIND,
    STM_ENUM_VERDICT,
    STM_ENUM_DERIVATION_KIND,
    STM_ENUM_TERM_KIND
};

/* The word for a value: "positive". Static storage. A value that has none gives "unknown". */
const char *stm_enum_name(enum stm_enum which, uint8_t value);

/* The value of a word, or -1. */
int stm_enum_value(enum stm_enum which, stemma_text word);

#endif
