/* SPDX-License-Identifier: MIT */
#include "derivation_record.h"
#include "base/error.h"
#include "judgement_record.h"
#include "key.h"
#include "read/known.h"
#include "file/snapshot.h"

stemma_status stemma_judgement_get(stemma_snapshot *snapshot, uint32_t number,
                                   stemma_judgement *out, stemma_error *error)
{
    stemma_bytes value;
    stm_fault fault = {"", 0};
    if (number >= snapshot->file->counts.judgements) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status =
        stm_snapshot_get_u32(snapshot, STM_TABLE_JUDGEMENT, number, &value, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_JUDGEMENT, number, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_judgement_decode(value, &snapshot->file->bounds, out, &fault);
    return status == STEMMA_OK
               ? STEMMA_OK
               : stm_record_failed(error, status, STM_TABLE_JUDGEMENT, number, &fault);
}

/* ---- Derivations ---- */

/* A walk over the records whose key begins with one document. */
typedef struct walk {
    stm_store_cursor *cursor;
    uint32_t from;
    uint32_t to;
    uint32_t until; /* documents that are known */
    stemma_bytes value;
} walk;

/* STEMMA_OK while the walk stands on a record of the document, STEMMA_END behind the last. */
static stemma_status walk_on(walk *self, stemma_bytes key, stemma_status status,
                             stemma_error *error)
{
    uint32_t from;
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_key_read_u32x2(key, &from, &self->to) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_DERIVATION, self->from, "KEY_FORM");
    }
    return from == self->from && self->to < self->until ? STEMMA_OK : STEMMA_END;
}

static stemma_status walk_begin(walk *self, stemma_snapshot *snapshot, uint32_t from,
                                stemma_error *error)
{
    uint8_t bytes[8];
    stemma_bytes key = {bytes, sizeof bytes};
    stemma_bytes found = {NULL, 0};
    self->from = from;
    self->until = snapshot->until;
    stm_key_u32x2(bytes, from, 0);
    stemma_status status =
        stm_snapshot_cursor(snapshot, STM_TABLE_DERIVATION, &self->cursor, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_store_ceiling(self->cursor, key, &found, &self->value);
    return walk_on(self, found, status, error);
}

static stemma_status walk_next(walk *self, stemma_error *error)
{
    stemma_bytes found = {NULL, 0};
    stemma_status status = stm_store_next(self->cursor, &found, &self->value);
    return walk_on(self, found, status, error);
}

static stemma_status count_all(stemma_snapshot *snapshot, uint32_t document, uint64_t *derivations,
                               uint64_t *ranges, stemma_error *error)
{
    walk at;
    *derivations = 0;
    *ranges = 0;
    stemma_status status = walk_begin(&at, snapshot, document, error);
    while (status == STEMMA_OK) {
        uint32_t count = 0;
        uint32_t range_count = 0;
        stm_fault fault = {"", 0};
        status = stm_derivations_count(at.value, &count, &range_count, &fault);
        if (status != STEMMA_OK) {
            return stm_record_failed(error, status, STM_TABLE_DERIVATION, document, &fault);
        }
        *derivations += count;
        *ranges += range_count;
        status = walk_next(&at, error);
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

static stemma_status decode_all(stemma_snapshot *snapshot, uint32_t document,
                                stemma_derivation *derivations, stemma_shared_range *ranges,
                                stemma_error *error)
{
    walk at;
    stemma_status status = walk_begin(&at, snapshot, document, error);
    while (status == STEMMA_OK) {
        uint32_t count = 0;
        uint32_t range_count = 0;
        stm_fault fault = {"", 0};
        status = stm_derivations_count(at.value, &count, &range_count, &fault);
        if (status == STEMMA_OK) {
            status = stm_derivations_decode(at.value, document, at.to, &snapshot->file->bounds,
                                            derivations, count, ranges, range_count, &fault);
        }
        if (status != STEMMA_OK) {
            return stm_record_failed(error, status, STM_TABLE_DERIVATION, document, &fault);
        }
        derivations += count;
        ranges += range_count;
        status = walk_next(&at, error);
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stemma_derivations_of(stemma_snapshot *snapshot, uint32_t document,
                                    const stemma_derivation **out, uint32_t *count,
                                    stemma_error *error)
{
    uint64_t derivation_count = 0;
    uint64_t range_count = 0;
    if (document >= stm_known_documents(snapshot)) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = count_all(snapshot, document, &derivation_count, &range_count, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stemma_derivation *derivations =
        stm_snapshot_array(snapshot, derivation_count, sizeof *derivations, error);
    stemma_shared_range *ranges = stm_snapshot_array(snapshot, range_count, sizeof *ranges, error);
    if (derivations == NULL || ranges == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = decode_all(snapshot, document, derivations, ranges, error);
    if (status == STEMMA_OK) {
        *out = derivations;
        *count = (uint32_t)derivation_count;
    }
    return status;
}
