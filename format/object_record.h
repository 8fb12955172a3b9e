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

/* Why an object cannot be stored, or NULL: OBJECT_KIND, REFERENT_OUT_OF_RANGE, TEXT_TOO_LONG,
   TEXT_NOT_UTF8, MODIFIER, COORDINATES. `referents` bounds the referent numbers (codes, in a
   claim). */
const char *stm_object_fault(const stemma_object *object, uint64_t referents);

/* Appends an object for which stm_object_fault() is NULL. */
void stm_object_put(stm_buffer *out, const stemma_object *object);

/* Reads one object; faults are latched in `mp`. */
void stm_object_get(stm_mp *mp, stemma_object *object, uint64_t referents);

#endif
