/* SPDX-License-Identifier: MIT */
/* Who takes part in what, as of a document. */
#include "read/known.h"

#include "read/claim.h"
#include "claims/claim_order.h"
#include "base/error.h"
#include "key.h"
#include "posting_cursor.h"

/* ---- One event -------------------------------------------------------------------------- */

/* The first claim of a range that is not before `wanted`. */
static stemma_status first_claim(stemma_snapshot *snapshot, uint32_t first, uint32_t count,
                                 const stm_claim_order *wanted, uint32_t *claim,
                                 stemma_error *error)
{
    uint32_t low = first;
    uint32_t high = first + count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        stm_mark mark = stm_snapshot_mark(snapshot);
        stm_claim_row row;
        uint32_t document = 0;
        stemma_status status = stm_claim_head(snapshot, middle, &row, &document, error);
        stm_snapshot_rewind(snapshot, mark);
        if (status != STEMMA_OK) {
            return status;
        }
        stm_claim_order order =
            stm_claim_order_of(row.predicate, &row.object, row.object_referent_kind);
        if (stm_claim_order_compare(&order, wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *claim = low;
    return STEMMA_OK;
}

/* Whether one of the claims from `claim` on that are `wanted` is known and not denied. */
static stemma_status any_known(stemma_snapshot *snapshot, uint32_t claim, uint32_t end,
                               const stm_claim_order *wanted, bool *does, stemma_error *error)
{
    for (; claim < end && !*does; claim++) {
        stm_mark mark = stm_snapshot_mark(snapshot);
        stm_claim_row row;
        uint32_t document = 0;
        stemma_status status = stm_claim_head(snapshot, claim, &row, &document, error);
        if (status != STEMMA_OK) {
            return status;
        }
        stm_claim_order order =
            stm_claim_order_of(row.predicate, &row.object, row.object_referent_kind);
        *does = stm_claim_order_compare(&order, wanted) == 0 &&
                row.polarity != STEMMA_POLARITY_NEGATIVE && document < snapshot->until;
        stm_snapshot_rewind(snapshot, mark);
        if (stm_claim_order_compare(&order, wanted) != 0) {
            break;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_known_takes_part(stemma_snapshot *snapshot, uint32_t event, uint32_t role,
                                   uint32_t entity, bool *does, stemma_error *error)
{
    const stm_event_block *block = NULL;
    stm_event_row row;
    *does = false;
    stemma_status status = stm_snapshot_event_block(snapshot, event, &block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t at = event % STEMMA_EVENT_BLOCK;
    if (stm_event_block_get(block, STM_EVENT_FIRST_DOCUMENT, at) >= snapshot->until) {
        return STEMMA_OK;
    }
    if (stm_event_block_get(block, STM_EVENT_DOCUMENTS, at) <= 1) {
        *does = true;
        return STEMMA_OK;
    }
    uint32_t claims = snapshot->file->bounds.claims;
    if (stm_event_block_row(block, at, &row) != STEMMA_OK || row.claim_first > claims ||
        row.claim_count > claims - row.claim_first) {
        return stm_damaged(error, STM_TABLE_EVENT, event, "NUMBER_OUT_OF_RANGE");
    }
    stm_claim_order wanted = {role, STEMMA_OBJECT_REFERENT,
                              (uint64_t)STEMMA_REFERENT_ENTITY << 32 | entity};
    uint32_t claim = 0;
    status = first_claim(snapshot, row.claim_first, row.claim_count, &wanted, &claim, error);
    return status == STEMMA_OK ? any_known(snapshot, claim, row.claim_first + row.claim_count,
                                           &wanted, does, error)
                               : status;
}

/* ---- All events of an entity ----------------------------------------------------------------- */

/* Events of a block that are looked up one by one; of more, the columns are unpacked, which is what the lookups of a
   hundred and more cost. */
#define LOOKED_UP 64u

/* What columns tell of the events of a block. */
typedef struct block_look {
    uint32_t block; /* its number + 1; 0: none yet */
    uint32_t asked; /* for how many events of it so far; when more than LOOKED_UP, the arrays hold all */
    uint32_t first[STEMMA_EVENT_BLOCK];
    uint32_t documents[STEMMA_EVENT_BLOCK];
} block_look;

static void unpack(block_look *look, const stm_event_block *block)
{
    stm_column column = stm_event_block_column(block, STM_EVENT_FIRST_DOCUMENT);
    stm_column_unpack_u32(&column, 0, block->rows, look->first);
    column = stm_event_block_column(block, STM_EVENT_DOCUMENTS);
    stm_column_unpack_u32(&column, 0, block->rows, look->documents);
}

/* Whether it takes part as of then: columns tell it of events that one document tells. */
static stemma_status takes_part(stemma_snapshot *snapshot, block_look *look, uint32_t event,
                                uint32_t role, uint32_t entity, bool *does, stemma_error *error)
{
    const stm_event_block *block = NULL;
    uint32_t row = event % STEMMA_EVENT_BLOCK;
    uint32_t first, documents;
    if (look->block != event / STEMMA_EVENT_BLOCK + 1) {
        look->block = event / STEMMA_EVENT_BLOCK + 1;
        look->asked = 0;
    }
    if (look->asked <= LOOKED_UP) {
        stemma_status status = stm_snapshot_event_block(snapshot, event, &block, error);
        if (status != STEMMA_OK) {
            return status;
        }
        look->asked++;
    }
    if (look->asked <= LOOKED_UP) {
        first = (uint32_t)stm_event_block_get(block, STM_EVENT_FIRST_DOCUMENT, row);
        documents = first < snapshot->until
                        ? (uint32_t)stm_event_block_get(block, STM_EVENT_DOCUMENTS, row)
                        : 0;
    } else {
        if (block != NULL) {
            unpack(look, block);
        }
        first = look->first[row];
        documents = look->documents[row];
    }
    *does = first < snapshot->until;
    return *does && documents > 1
               ? stm_known_takes_part(snapshot, event, role, entity, does, error)
               : STEMMA_OK;
}

stemma_status stm_known_count_events(stemma_snapshot *snapshot, uint32_t entity, uint32_t *events,
                                     stemma_error *error)
{
    stm_posting_source source;
    stm_list_key list;
    uint32_t event = 0;
    uint32_t role = 0;
    uint32_t counted = STEMMA_NONE;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stm_posting_cursor *cursor = stm_snapshot_alloc(snapshot, sizeof *cursor, error);
    block_look *look = stm_snapshot_alloc(snapshot, sizeof *look, error);
    if (cursor == NULL || look == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(look, 0, sizeof *look);
    stemma_status status = stm_snapshot_source(snapshot, STM_TABLE_PARTICIPATION, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_list_key_u32(&list, entity);
    *events = 0;
    status = stm_posting_cursor_open(cursor, &source, stm_list_key_bytes(&list),
                                     snapshot->file->bounds.events);
    while (status == STEMMA_OK) {
        bool does = false;
        status = stm_posting_cursor_next(cursor, &event, &role);
        if (status == STEMMA_OK && event != counted) {
            status = takes_part(snapshot, look, event, role, entity, &does, error);
            if (status != STEMMA_OK) {
                break; /* it has told why */
            }
            counted = does ? event : counted;
            *events += does;
        } else if (status != STEMMA_OK && status != STEMMA_END) {
            status = stm_damaged(error, STM_TABLE_PARTICIPATION, entity, "POSTINGS");
        }
    }
    stm_snapshot_source_return(&source);
    stm_snapshot_rewind(snapshot, mark);
    return status == STEMMA_END ? STEMMA_OK : status;
}
