/* SPDX-License-Identifier: MIT */
/* Public ids and what they stand for in this file. */
#include "bytes.h"
#include "document.h"
#include "error.h"
#include "id.h"
#include "key.h"
#include "snapshot.h"

_Static_assert(STM_ID_SIZE == STEMMA_ID_SIZE, "one room for ids");

/* ---- From id to thing ---- */

static stemma_status find_document(stemma_snapshot *snapshot, uint64_t id, uint32_t *document,
                                   stemma_error *error)
{
    uint8_t bytes[8];
    stemma_bytes key = {bytes, sizeof bytes};
    stemma_bytes value;
    stm_key_u64(bytes, id);
    stemma_status status = stm_snapshot_get(snapshot, STM_TABLE_IDENTITY, key, &value, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (value.size != 4 || stm_load_le32(value.data) >= snapshot->file->bounds.documents) {
        return stm_damaged(error, STM_TABLE_IDENTITY, id, "NUMBER_OUT_OF_RANGE");
    }
    *document = stm_load_le32(value.data);
    return STEMMA_OK;
}

/* The range of claims about an entity or event. */
static stemma_status claim_range(stemma_snapshot *snapshot, stemma_reference subject,
                                 uint32_t *first, uint32_t *count, stemma_error *error)
{
    stemma_status status;
    if (subject.kind == STEMMA_REFERENCE_EVENT) {
        stemma_event event;
        status = stemma_event_get(snapshot, subject.number, &event, error);
        if (status == STEMMA_OK) {
            *first = event.claim_first;
            *count = event.claim_count;
        }
    } else {
        stemma_entity entity;
        status = stemma_entity_get(snapshot, subject.number, &entity, error);
        if (status == STEMMA_OK) {
            *first = entity.claim_first;
            *count = entity.claim_count;
        }
    }
    return status;
}

/* Whether the claim has this witness: witnesses ascend. */
static bool has_witness(const stemma_claim *claim, stemma_witness wanted)
{
    uint32_t low = 0;
    uint32_t high = claim->witness_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        stemma_witness at = claim->witnesses[middle];
        if (at.document < wanted.document ||
            (at.document == wanted.document && at.assertion < wanted.assertion)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < claim->witness_count && claim->witnesses[low].document == wanted.document &&
           claim->witnesses[low].assertion == wanted.assertion;
}

static stemma_status find_claim(stemma_snapshot *snapshot, stemma_witness witness,
                                stemma_reference *out, stemma_error *error)
{
    stemma_document document;
    stemma_reference subject = {0, 0};
    uint32_t first = 0;
    uint32_t count = 0;
    stemma_status status = stemma_testimony_get(snapshot, witness.document, &document, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (witness.assertion >= document.assertion_count) {
        return STEMMA_NOT_FOUND;
    }
    const stemma_assertion *assertion = &document.assertions[witness.assertion];
    stemma_referent_id referent = {witness.document, assertion->subject};
    status = stemma_member_of(snapshot, referent, &subject, error);
    if (status == STEMMA_OK) {
        status = claim_range(snapshot, subject, &first, &count, error);
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        stemma_claim claim;
        stm_mark mark = stm_snapshot_mark(snapshot);
        status = stemma_claim_get(snapshot, first + i, &claim, error);
        bool found = status == STEMMA_OK && has_witness(&claim, witness);
        stm_snapshot_rewind(snapshot, mark);
        if (found) {
            out->kind = STEMMA_REFERENCE_CLAIM;
            out->number = first + i;
            return STEMMA_OK;
        }
    }
    return status == STEMMA_OK || status == STEMMA_NOT_FOUND
               ? stm_damaged(error, STM_TABLE_CLAIM, first, "WITNESS_MISSING")
               : status;
}

stemma_status stemma_resolve(stemma_snapshot *snapshot, stemma_text id, stemma_reference *out,
                             stemma_error *error)
{
    stm_public_id parsed;
    uint32_t document = 0;
    if (!stm_public_id_read(id, &parsed)) {
        return stm_fail(error, STEMMA_E_INVALID, "ID_FORM", "", "This is not an id");
    }
    stemma_status status = find_document(snapshot, parsed.document, &document, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (parsed.kind == 'd') {
        out->kind = STEMMA_REFERENCE_DOCUMENT;
        out->number = document;
        return STEMMA_OK;
    }
    if (parsed.kind == 'c') {
        stemma_witness witness = {document, parsed.ordinal};
        stm_mark mark = stm_snapshot_mark(snapshot);
        status = find_claim(snapshot, witness, out, error);
        stm_snapshot_rewind(snapshot, mark);
        return status;
    }
    stemma_referent_id referent = {document, parsed.ordinal};
    stemma_reference member;
    status = stemma_member_of(snapshot, referent, &member, error);
    if (status == STEMMA_OK && member.kind != parsed.kind) {
        return STEMMA_NOT_FOUND;
    }
    if (status == STEMMA_OK) {
        *out = member;
    }
    return status;
}

/* ---- From thing to id ---- */

static stemma_status document_id(stemma_snapshot *snapshot, uint32_t document, uint64_t *id,
                                 stemma_error *error)
{
    stemma_bytes value;
    stemma_document record;
    stm_document_extra extra;
    stemma_status status = stm_document_find(snapshot, document, &value, &record, &extra, error);
    if (status == STEMMA_OK) {
        *id = stm_document_id(record.digest, record.uri);
    }
    return status;
}

/* The document and ordinal that name a thing. */
static stemma_status first_of(stemma_snapshot *snapshot, stemma_reference reference,
                              stemma_referent_id *first, stemma_error *error)
{
    stemma_status status;
    stemma_entity entity;
    stemma_event event;
    stemma_claim claim;
    switch (reference.kind) {
    case STEMMA_REFERENCE_DOCUMENT:
        first->document = reference.number;
        first->referent = 0;
        return STEMMA_OK;
    case STEMMA_REFERENCE_ENTITY:
        status = stemma_entity_get(snapshot, reference.number, &entity, error);
        if (status == STEMMA_OK) {
            *first = entity.first;
        }
        return status;
    case STEMMA_REFERENCE_EVENT:
        status = stemma_event_get(snapshot, reference.number, &event, error);
        if (status == STEMMA_OK) {
            *first = event.first;
        }
        return status;
    case STEMMA_REFERENCE_CLAIM:
        status = stemma_claim_get(snapshot, reference.number, &claim, error);
        if (status == STEMMA_OK && claim.witness_count == 0) {
            return stm_damaged(error, STM_TABLE_CLAIM, reference.number, "WITNESS_MISSING");
        }
        if (status == STEMMA_OK) {
            first->document = claim.witnesses[0].document;
            first->referent = claim.witnesses[0].assertion;
        }
        return status;
    default:
        return stm_fail(error, STEMMA_E_MISUSE, "REFERENCE_KIND", "",
                        "There is no such kind of thing");
    }
}

stemma_status stemma_id_text(stemma_snapshot *snapshot, stemma_reference reference,
                             char out[STEMMA_ID_SIZE], stemma_error *error)
{
    stemma_referent_id first = {0, 0};
    stm_public_id id = {0};
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = first_of(snapshot, reference, &first, error);
    stm_snapshot_rewind(snapshot, mark);
    if (status == STEMMA_OK) {
        status = document_id(snapshot, first.document, &id.document, error);
    }
    if (status == STEMMA_OK) {
        id.kind = (char)reference.kind;
        id.ordinal = first.referent;
        stm_public_id_text(&id, out);
    }
    return status;
}
