/* SPDX-License-Identifier: MIT */
/* Objects of assertions and claims: one MessagePack value.
 *
 *   referent   integer: the ordinal; in a claim number * 2 + kind (0 entity, 1 event)
 *   text       string
 *   time       [2, edtf, raw]
 *   place      [3, raw, referent + 1, gazetteer, radius, latitude, longitude]
 *   quantity   [4, modifier, amount, counted, raw, lower, upper, unit]
 *   some       [5]
 *   none       [6]
 *
 * Of the arrays, items at the end that are 0 or "" are left off; a place has both coordinates or
 * neither, and all seven items when it has them. */
#ifndef STEMMA_FORMAT_OBJECT_RECORD_H
#define STEMMA_FORMAT_OBJECT_RECORD_H

#include "canonical.h"
#include "stemma/testimony.h"

/* The code of a referent that is not there (a place without one). */
#define STM_NO_CODE UINT64_MAX

/* Why an object cannot be stored, or NULL: OBJECT_KIND, TEXT_TOO_LONG, TEXT_NOT_UTF8, MODIFIER,
   COORDINATES. Its referent is the caller's to check. */
const char *stm_object_fault(const stemma_object *object);

/* Appends an object for which stm_object_fault() is NULL. `code` stands for the referent of an
   object of kind referent or place, and is not looked at for others. */
void stm_object_put(stm_buffer *out, const stemma_object *object, uint64_t code);

/* Reads one object but its referent, which is left STEMMA_NONE: the result is its code, or
   STM_NO_CODE, which the caller checks and turns into a number. Faults are latched in `mp`. */
uint64_t stm_object_get(stm_mp *mp, stemma_object *object);

/* Whether the object is of a kind that has a code. */
static inline bool stm_object_has_code(const stemma_object *object)
{
    return object->kind == STEMMA_OBJECT_REFERENT || object->kind == STEMMA_OBJECT_PLACE;
}

#endif
