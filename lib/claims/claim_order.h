/* SPDX-License-Identifier: MIT */
/* What claims of one subject are ordered by, as far as it is known without their wording. */
#ifndef STEMMA_LIB_CLAIM_ORDER_H
#define STEMMA_LIB_CLAIM_ORDER_H

#include <stdint.h>

#include "stemma/testimony.h"
#include "stemma/types.h"

typedef struct stm_claim_order {
    uint32_t predicate;
    uint8_t kind;      /* of the object; a place that names a referent counts as a referent */
    uint64_t referent; /* kind and number; 0 for other objects */
} stm_claim_order;

/* The entity or event that an object names, or STEMMA_NONE. */
static inline uint32_t stm_object_referent(const stemma_object *object)
{
    return object->kind == STEMMA_OBJECT_REFERENT ? object->as.referent
           : object->kind == STEMMA_OBJECT_PLACE  ? object->as.place.referent
                                                  : STEMMA_NONE;
}

static inline stm_claim_order stm_claim_order_of(uint32_t predicate, const stemma_object *object,
                                                 uint8_t referent_kind)
{
    uint32_t number = stm_object_referent(object);
    stm_claim_order order = {predicate, object->kind, 0};
    if (number != STEMMA_NONE) {
        order.kind = STEMMA_OBJECT_REFERENT;
        order.referent = (uint64_t)referent_kind << 32 | number;
    }
    return order;
}

static inline int stm_claim_order_compare(const stm_claim_order *a, const stm_claim_order *b)
{
    if (a->predicate != b->predicate) {
        return a->predicate < b->predicate ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    return (a->referent > b->referent) - (a->referent < b->referent);
}

#endif
