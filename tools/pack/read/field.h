/* SPDX-License-Identifier: MIT */
/**
 * @file field.h
 * Fields of a document by name, as manifests and front matter give them.
 */
#ifndef STEMMA_PACK_FIELD_H
#define STEMMA_PACK_FIELD_H

#include "common/problem.h"
#include "pack/read/source.h"

typedef enum stm_field {
    STM_FIELD_UNKNOWN = 0,
    STM_FIELD_FILE, /**< Of a manifest only: the file that the row speaks of. */
    STM_FIELD_URI,
    STM_FIELD_TITLE,
    STM_FIELD_PUBLISHER,
    STM_FIELD_AGENCY,
    STM_FIELD_BYLINE,
    STM_FIELD_PUBLISHED,
    STM_FIELD_RETRIEVED,
    STM_FIELD_LANGUAGE,
    STM_FIELD_LICENCE
} stm_field;

/** The field that goes by `name`, case ignored, or STM_FIELD_UNKNOWN. Pure. */
stm_field stm_field_by_name(stemma_text name);

/** Copies `value` into the field. A date that cannot be read is reported as a warning at `where`
 *  (DATE_UNREADABLE; its code and severity are overwritten), a value beyond its limit likewise
 *  (FIELD_TOO_LONG) and cut. A field that already has a value keeps it. STEMMA_OK or
 *  STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_field_set(stm_source_fields *fields, stm_field field,
                                             stemma_text value, struct stm_arena *arena,
                                             stm_problems *problems, stm_problem where);

#endif
