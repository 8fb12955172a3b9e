/* SPDX-License-Identifier: MIT */
/* Terms: records of the table `vocabulary`, and looking terms up.
 *
 * Map: 0 kind (absent: 0) · 1 name · 2 label · 3 single-valued (true) · 4 roles · 5 crosswalk. */
#ifndef STEMMA_FORMAT_VOCABULARY_RECORD_H
#define STEMMA_FORMAT_VOCABULARY_RECORD_H

#include <stdbool.h>

#include "bytes.h"
#include "fault.h"
#include "stemma/vocabulary.h"

/* All terms of a file by number, strictly ascending by (kind, name). Borrowed. */
typedef struct stm_vocabulary {
    const stemma_term *terms;
    uint32_t count;
} stm_vocabulary;

/* Order of terms by (kind, name): negative, zero, positive. */
int stm_term_compare(const stemma_term *a, const stemma_term *b);

/* Number of the term with this kind and name; false when there is none. */
bool stm_vocabulary_find(const stm_vocabulary *vocabulary, uint8_t kind, stemma_text name,
                         uint32_t *number);

/* Numbers [*first, *end) of the terms of `kind` that are `name` or lie below it: "justice" holds
   "justice.release". Empty when there is none. */
void stm_vocabulary_below(const stm_vocabulary *vocabulary, uint8_t kind, stemma_text name,
                          uint32_t *first, uint32_t *end);

/* Whether `name` is parts of [a-z][a-z0-9_]* joined by dots. */
bool stm_term_name_valid(stemma_text name);

/* Appends the record. STEMMA_E_INVALID: TERM_KIND, TERM_NAME, TEXT_TOO_LONG, TEXT_NOT_UTF8.
   STEMMA_E_NO_SPACE. */
stemma_status stm_term_encode(const stemma_term *term, stm_buffer *out, stm_fault *fault);

/* Decodes a stored value; texts are views into it. STEMMA_E_DAMAGED. */
stemma_status stm_term_decode(stemma_bytes value, stemma_term *term, stm_fault *fault);

#endif
