/* SPDX-License-Identifier: MIT */
/* Entities: rows of the table `entity`.
 *
 * Row: [type term, index of the name to show, names, documents, mentions, events, first document,
 * first referent, first claim, claims]; names is a flat array of three items each: text, kind,
 * documents. An entity without names shows index 0. */
#ifndef STEMMA_FORMAT_ENTITY_RECORD_H
#define STEMMA_FORMAT_ENTITY_RECORD_H

#include "bounds.h"
#include "bytes.h"
#include "fault.h"
#include "stemma/judgement.h"
#include "stemma/testimony.h"

typedef struct stm_entity_name {
    stemma_text text;
    uint8_t kind; /* stemma_name_kind */
    uint32_t documents;
} stm_entity_name;

typedef struct stm_entity_row {
    uint32_t type; /* term number of an entity type */
    uint32_t name; /* index into names of the one to show */
    const stm_entity_name *names;
    uint32_t name_count;
    uint32_t documents;
    uint32_t mentions;
    uint32_t events;
    stemma_referent_id first;
    uint32_t claim_first;
    uint32_t claim_count;
} stm_entity_row;

/* Appends the row. STEMMA_E_INVALID: TERM_UNKNOWN, NAME_KIND, NAME_EMPTY, NAME_INDEX,
   DOCUMENT_OUT_OF_RANGE, CLAIM_RANGE, TEXT_TOO_LONG, TEXT_NOT_UTF8. STEMMA_E_NO_SPACE. */
stemma_status stm_entity_encode(const stm_entity_row *row, const stm_bounds *bounds,
                                stm_buffer *out, stm_fault *fault);

/* First pass: checks the form; how many names there are. STEMMA_E_DAMAGED. */
stemma_status stm_entity_count(stemma_bytes row, uint32_t *names, stm_fault *fault);

/* Second pass: `names` has room for `name_count`. Texts are views into `row`. STEMMA_E_DAMAGED. */
stemma_status stm_entity_decode(stemma_bytes row, const stm_bounds *bounds, stm_entity_row *out,
                                stm_entity_name *names, uint32_t name_count, stm_fault *fault);

#endif
