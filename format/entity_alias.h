/* SPDX-License-Identifier: MIT */
/* Names of an entity: rows of the table `alias`, for those whose names are not just their label.
 *
 * Row: [place of the name to show, then three items a name: text, kind, documents]. The text of the
 * name to show is empty, as it is the entity's label. */
#ifndef STEMMA_FORMAT_ENTITY_ALIAS_H
#define STEMMA_FORMAT_ENTITY_ALIAS_H

#include "bounds.h"
#include "bytes.h"
#include "fault.h"
#include "stemma/testimony.h"

typedef struct stm_entity_name {
    stemma_text text;
    uint8_t kind; /* stemma_name_kind */
    uint32_t documents;
} stm_entity_name;

/* Appends the row of `count` names, at least one, of which `shown` is the one to show.
   STEMMA_E_INVALID: NAME_KIND, NAME_EMPTY, NAME_INDEX, NAME_COUNT, TEXT_TOO_LONG, TEXT_NOT_UTF8.
   STEMMA_E_NO_SPACE. */
stemma_status stm_entity_alias_encode(const stm_entity_name *names, uint32_t count, uint32_t shown,
                                      stm_buffer *out, stm_fault *fault);

/* First pass: checks the form; how many names there are. STEMMA_E_DAMAGED. */
stemma_status stm_entity_alias_count(stemma_bytes row, uint32_t *count, stm_fault *fault);

/* Second pass: `names` has room for `count`. Texts are views into `row`, that of the name to show
   is `label`, which must not be empty. STEMMA_E_DAMAGED. */
stemma_status stm_entity_alias_decode(stemma_bytes row, stemma_text label, uint32_t documents,
                                      stm_entity_name *names, uint32_t count, uint32_t *shown,
                                      stm_fault *fault);

#endif
