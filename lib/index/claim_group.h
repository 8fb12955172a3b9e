/* SPDX-License-Identifier: MIT */
/* Grouping assertions that say the same of the same thing into claims. */
#ifndef STEMMA_LIB_CLAIM_GROUP_H
#define STEMMA_LIB_CLAIM_GROUP_H

#include "index/index_model.h"

/* Bytes that are equal exactly when two objects say the same. The key of a text is at most this
   much longer than the text itself; see stm_object_key(). */
#define STM_OBJECT_KEY_SLACK 2048u

/* Writes the normal form of an object that is not a referent into `out`, which has room for the
   texts of the object and STM_OBJECT_KEY_SLACK bytes more, and gives its size. */
size_t stm_object_key(const stemma_object *object, char *out);

/* Room that stm_object_key() and stm_object_pack() need for an object. */
size_t stm_object_room(const stemma_object *object);

/* The modifier and the numbers of a quantity, from its normal form; views into `key`. */
stemma_quantity stm_quantity_of_key(stemma_text key);

/* Packs an object as it was written, so that it can be had back later; gives the size. */
size_t stm_object_pack(const stemma_object *object, char *out);

/* The reverse. Texts of `object` are views into `packed`. A referent is not part of it: the caller
   sets that. `packed` came from stm_object_pack(). */
void stm_object_unpack(stemma_text packed, stemma_object *object);

/* Sorts the index's assertions by claim and fills its claims, their subjects and referent objects
   being clusters as yet. Needs clusters and groups. */
stemma_status stm_claims_group(stm_index *index);

/* Turns the clusters in claims into entity and event numbers, sorts the claims into their final
   order, and gives every entity and event its range of them. */
stemma_status stm_claims_number(stm_index *index);

#endif
