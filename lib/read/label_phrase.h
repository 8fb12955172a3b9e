/* SPDX-License-Identifier: MIT */
/* How each type of event is told in words. */
#ifndef STEMMA_LIB_LABEL_PHRASE_H
#define STEMMA_LIB_LABEL_PHRASE_H

#include "stemma/types.h"

/* Templates: %s stands for the subject, %o for the object. */
typedef struct stm_phrase {
    const char *type;
    const char *subject; /* role */
    const char *object;  /* role, or NULL */
    const char *both;
    const char *only_object;
    const char *only_subject;
    const char *neither;
} stm_phrase;

/* What is added for a further role: " to %s". */
typedef struct stm_phrase_part {
    const char *role;
    const char *words;
} stm_phrase_part;

/* NULL for types that are not known here. */
const stm_phrase *stm_phrase_find(stemma_text type);

/* Further roles in the order in which they are told; `role` of the last is NULL. */
extern const stm_phrase_part stm_phrase_parts[];

#endif
