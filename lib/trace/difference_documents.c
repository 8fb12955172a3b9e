/* SPDX-License-Identifier: MIT */
/* Which documents two files have in common: a merge of their ids, which both keep in order. */
#include "trace/difference.h"

#include <stdlib.h>

#include "base/error.h"
#include "bytes.h"
#include "read/known.h"

/* Where a walk through the ids of documents stands, which ascend. */
typedef struct id_walk {
    stemma_snapshot *snapshot;
    stm_store_cursor *cursor;
    stemma_status status; /* STEMMA_END behind the last */
    stemma_bytes id;
    uint32_t document;
} id_walk;

static void read_id(id_walk *self, stemma_bytes value, stemma_error *error)
{
    uint32_t document = self->status == STEMMA_OK && value.size == 4 ? stm_load_le32(value.data)
                                                                     : STEMMA_NONE;
    if (self->status == STEMMA_OK &&
        (self->id.size != 8 || document >= self->snapshot->file->bounds.documents)) {
        self->status = stm_damaged(error, STM_TABLE_IDENTITY, 0, "NUMBER_OUT_OF_RANGE");
    } else if (self->status < 0) {
        self->status = stm_damaged(error, STM_TABLE_IDENTITY, 0, "STORE_DAMAGED");
    }
    self->document = document;
}

static void first_id(id_walk *self, stemma_snapshot *snapshot, stemma_error *error)
{
    stemma_bytes value = {NULL, 0};
    *self = (id_walk){.snapshot = snapshot, .document = STEMMA_NONE};
    self->status = stm_snapshot_cursor(snapshot, STM_TABLE_IDENTITY, &self->cursor, error);
    if (self->status == STEMMA_OK) {
        self->status = stm_store_first(self->cursor, &self->id, &value);
        read_id(self, value, error);
    }
}

static void next_id(id_walk *self, stemma_error *error)
{
    stemma_bytes value = {NULL, 0};
    self->status = stm_store_next(self->cursor, &self->id, &value);
    read_id(self, value, error);
}

stemma_status stm_difference_map(stemma_difference *self, stemma_error *error)
{
    uint32_t before = stm_known_documents(self->before), after = stm_known_documents(self->after);
    id_walk a, b;
    self->later = calloc((size_t)before + 1, sizeof *self->later);
    self->earlier = calloc((size_t)after + 1, sizeof *self->earlier);
    if (self->later == NULL || self->earlier == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
    }
    memset(self->later, 0xff, before * sizeof *self->later); /* STEMMA_NONE */
    memset(self->earlier, 0xff, after * sizeof *self->earlier);
    self->same_numbers = true;
    first_id(&a, self->before, error);
    first_id(&b, self->after, error);
    while (a.status == STEMMA_OK && b.status == STEMMA_OK) {
        int order = memcmp(a.id.data, b.id.data, 8);
        if (order == 0 && a.document < before && b.document < after) {
            self->later[a.document] = b.document;
            self->earlier[b.document] = a.document;
            self->same_numbers = self->same_numbers && a.document == b.document;
        }
        if (order <= 0) {
            next_id(&a, error);
        }
        if (order >= 0) {
            next_id(&b, error);
        }
    }
    return a.status < 0 ? a.status : b.status < 0 ? b.status : STEMMA_OK;
}
