/* SPDX-License-Identifier: MIT */
#include "pack/rows_join.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/grow.h"

#define FIRST_SLOTS ((size_t)1 << 12)

/* 128 bits of digest stand for the id: no two ids meet in them by chance. */
struct stm_row_joins_slot {
    XXH128_hash_t id;
    uint32_t document; /* of the row that came last, + 1; 0: free */
    uint32_t row;
    uint32_t type; /* of the row that came first */
};

void stm_row_joins_free(struct stm_row_joins *joins)
{
    free(joins->slots);
    free(joins->joins);
    stm_arena_free(&joins->arena);
    memset(joins, 0, sizeof *joins);
}

uint32_t stm_row_joins_type(struct stm_row_joins *joins, stemma_text name)
{
    for (size_t i = 0; i < joins->type_count; i++) {
        if (stemma_text_equal(joins->types[i], name)) {
            return (uint32_t)i;
        }
    }
    if (stm_arena_grow(&joins->arena, &joins->types, joins->type_count, &joins->type_capacity,
                       sizeof *joins->types) != STEMMA_OK) {
        return STEMMA_NONE;
    }
    name = stm_arena_text(&joins->arena, name);
    if (name.data == NULL) {
        return STEMMA_NONE;
    }
    joins->types[joins->type_count] = name;
    return (uint32_t)joins->type_count++;
}

/* The slot of the id, or the free one where it would go. */
static struct stm_row_joins_slot *slot_of(struct stm_row_joins_slot *slots, size_t count,
                                          XXH128_hash_t id)
{
    size_t at = (size_t)id.low64 & (count - 1);
    while (slots[at].document != 0 && !XXH128_isEqual(slots[at].id, id)) {
        at = (at + 1) & (count - 1);
    }
    return &slots[at];
}

static stemma_status make_room(struct stm_row_joins *joins)
{
    size_t count = joins->slot_count == 0 ? FIRST_SLOTS : 2 * joins->slot_count;
    struct stm_row_joins_slot *slots;
    if (joins->used < joins->slot_count / 2) {
        return STEMMA_OK;
    }
    slots = calloc(count, sizeof *slots);
    if (slots == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < joins->slot_count; i++) {
        if (joins->slots[i].document != 0) {
            *slot_of(slots, count, joins->slots[i].id) = joins->slots[i];
        }
    }
    free(joins->slots);
    joins->slots = slots;
    joins->slot_count = count;
    return STEMMA_OK;
}

uint32_t stm_row_joins_find(const struct stm_row_joins *joins, stemma_text id)
{
    const struct stm_row_joins_slot *slot;
    if (joins->slot_count == 0) {
        return STEMMA_NONE;
    }
    slot = slot_of(joins->slots, joins->slot_count, XXH3_128bits(id.data, id.size));
    return slot->document != 0 ? slot->type : STEMMA_NONE;
}

stemma_status stm_row_joins_add(struct stm_row_joins *joins, stemma_text id, uint32_t row,
                                uint32_t type)
{
    XXH128_hash_t digest = XXH3_128bits(id.data, id.size);
    struct stm_row_joins_slot *slot;
    stemma_status status = make_room(joins);
    if (status != STEMMA_OK) {
        return status;
    }
    slot = slot_of(joins->slots, joins->slot_count, digest);
    if (slot->document == 0) {
        slot->id = digest;
        slot->type = type;
        joins->used++;
    } else {
        struct stm_row_join *list =
            stm_grow(joins->joins, &joins->join_capacity, joins->join_count + 1, sizeof *list);
        if (list == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        joins->joins = list;
        list[joins->join_count++] =
            (struct stm_row_join){slot->document - 1, slot->row, joins->documents, row};
    }
    slot->document = joins->documents + 1;
    slot->row = row;
    return STEMMA_OK;
}
