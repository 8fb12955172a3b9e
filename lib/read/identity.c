/* SPDX-License-Identifier: MIT */
/* Public ids and what they stand for in this file. */
#include "bytes.h"
#include "read/claim.h"
#include "claims/claim_order.h"
#include "read/document.h"
#include "read/entity.h"
#include "base/error.h"
#include "name/folded.h"
#include "id.h"
#include "key.h"
#include "read/known.h"
#include "file/snapshot.h"

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
    return *document < snapshot->until ? STEMMA_OK : STEMMA_NOT_FOUND;
}

/* The columns of an event. STEMMA_NOT_FOUND beyond the last. */
static stemma_status event_row(stemma_snapshot *snapshot, uint32_t event, stm_event_row *row,
                               stemma_error *error)
{
    const stm_event_block *block = NULL;
    const stm_bounds *bounds = &snapshot->file->bounds;
    if (event >= bounds->events) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = stm_snapshot_event_block(snapshot, event, &block, error);
    if (status == STEMMA_OK &&
        (stm_event_block_row(block, event % STEMMA_EVENT_BLOCK, row) != STEMMA_OK ||
         row->first_document >= bounds->documents || row->claim_first > bounds->claims ||
         row->claim_count > bounds->claims - row->claim_first)) {
        return stm_damaged(error, STM_TABLE_EVENT, event, "NUMBER_OUT_OF_RANGE");
    }
    return status;
}

/* The range of claims about an entity or event. */
static stemma_status claim_range(stemma_snapshot *snapshot, stemma_reference subject,
                                 uint32_t *first, uint32_t *count, stemma_error *error)
{
    stemma_status status;
    if (subject.kind == STEMMA_REFERENCE_EVENT) {
        stm_event_row row;
        status = event_row(snapshot, subject.number, &row, error);
        if (status == STEMMA_OK) {
            *first = row.claim_first;
            *count = row.claim_count;
        }
    } else {
        stemma_entity entity;
        status = stm_entity_whole(snapshot, subject.number, false, &entity, error);
        if (status == STEMMA_OK) {
            *first = entity.claim_first;
            *count = entity.claim_count;
        }
    }
    return status;
}

/* Whether the claim has this witness: witnesses ascend. */
static bool has_witness(const stm_claim_row *claim, stemma_witness wanted)
{
    uint32_t low = 0;
    uint32_t high = claim->witness_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        stm_witness at = claim->witnesses[middle];
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

/* The order of a claim, and whether it has the witness. */
static stemma_status look_at(stemma_snapshot *snapshot, uint32_t claim, stemma_witness witness,
                             stm_claim_order *order, bool *has, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stm_claim_row row;
    stemma_status status = stm_claim_fetch(snapshot, claim, &row, error);
    if (status == STEMMA_OK) {
        *order = stm_claim_order_of(row.predicate, &row.object, row.object_referent_kind);
        *has = has_witness(&row, witness);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

/* The claim of a range that has a witness, whose assertion is in that order: a search for the first
   of its order, then one after the other. */
static stemma_status search_claims(stemma_snapshot *snapshot, uint32_t first, uint32_t count,
                                   const stm_claim_order *wanted, stemma_witness witness,
                                   uint32_t *claim, stemma_error *error)
{
    uint32_t low = first;
    uint32_t high = first + count;
    stm_claim_order order;
    bool has = false;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        stemma_status status = look_at(snapshot, middle, witness, &order, &has, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (stm_claim_order_compare(&order, wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < first + count; low++) {
        stemma_status status = look_at(snapshot, low, witness, &order, &has, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (has) {
            *claim = low;
            return STEMMA_OK;
        }
        if (stm_claim_order_compare(&order, wanted) != 0) {
            break;
        }
    }
    return stm_damaged(error, STM_TABLE_CLAIM, first, "WITNESS_MISSING");
}

/* The claim of an assertion, its subject being known. */
static stemma_status claim_of(stemma_snapshot *snapshot, const stemma_assertion *assertion,
                              stemma_witness witness, uint32_t *claim, stemma_error *error)
{
    const stm_vocabulary *vocabulary = &snapshot->file->bounds.vocabulary;
    stemma_referent_id referent = {witness.document, assertion->subject};
    stemma_reference subject = {0, 0};
    stemma_reference object_of = {STEMMA_REFERENCE_ENTITY, 0};
    stemma_object object = assertion->object;
    uint32_t predicate = 0;
    uint32_t first = 0;
    uint32_t count = 0;
    stemma_status status = stemma_member_of(snapshot, referent, &subject, error);
    if (status == STEMMA_OK) {
        status = claim_range(snapshot, subject, &first, &count, error);
    }
    uint32_t *number = object.kind == STEMMA_OBJECT_REFERENT ? &object.as.referent
                       : object.kind == STEMMA_OBJECT_PLACE  ? &object.as.place.referent
                                                             : NULL;
    if (status == STEMMA_OK && number != NULL && *number != STEMMA_NONE) {
        referent.referent = *number;
        status = stemma_member_of(snapshot, referent, &object_of, error);
        *number = object_of.number;
    }
    if (status == STEMMA_NOT_FOUND ||
        (status == STEMMA_OK && !stm_vocabulary_find(vocabulary, STEMMA_TERM_PREDICATE,
                                                     assertion->predicate, &predicate))) {
        return stm_damaged(error, STM_TABLE_MEMBER, witness.document, "MEMBER_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    uint8_t kind =
        object_of.kind == STEMMA_REFERENCE_EVENT ? STEMMA_REFERENT_EVENT : STEMMA_REFERENT_ENTITY;
    stm_claim_order order = stm_claim_order_of(predicate, &object, kind);
    return search_claims(snapshot, first, count, &order, witness, claim, error);
}

/* The claim of an assertion of a row that is folded; STEMMA_NOT_FOUND when the row says no such
   thing, STEMMA_END when the row is not folded. */
static stemma_status folded_claim(stemma_snapshot *snapshot, uint32_t document, uint32_t row_index,
                                  uint32_t assertion, uint32_t *claim, stemma_error *error)
{
    const stm_event_block *block = NULL;
    stm_row_record record;
    stm_event_row row;
    uint32_t event = 0;
    uint32_t place = 0;
    stemma_status status = stm_row_load(snapshot, document, row_index, &record, &event, error);
    if (status == STEMMA_OK) {
        status = stm_snapshot_event_block(snapshot, event, &block, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_event_block_row(block, event % STEMMA_EVENT_BLOCK, &row) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_EVENT, event, "NUMBER_OUT_OF_RANGE");
    }
    if (!row.folded) {
        return STEMMA_END;
    }
    status = stm_folded_claim_of(snapshot, document, &record, assertion, &place, error);
    if (status == STEMMA_OK) {
        if (place >= row.claim_count || row.claim_first > snapshot->file->bounds.claims ||
            place >= snapshot->file->bounds.claims - row.claim_first) {
            return stm_damaged(error, STM_TABLE_EVENT, event, "CLAIM_RANGE");
        }
        *claim = row.claim_first + place;
    }
    return status;
}

static stemma_status find_claim(stemma_snapshot *snapshot, stemma_witness witness,
                                stemma_reference *out, stemma_error *error)
{
    const stm_data_set *set = NULL;
    stemma_assertion assertion;
    uint32_t row = 0;
    uint32_t place = 0;
    uint32_t claim = 0;
    stemma_status status = stm_data_set_find(snapshot, witness.document, &set, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = STEMMA_END;
    if (stm_row_of_assertion(set, witness.assertion, &row, &place)) {
        status = folded_claim(snapshot, witness.document, row, place, &claim, error);
    }
    if (status == STEMMA_END) {
        status = stemma_witness_assertion(snapshot, witness, &assertion, error);
        if (status == STEMMA_OK) {
            status = claim_of(snapshot, &assertion, witness, &claim, error);
        }
    }
    if (status == STEMMA_OK) {
        out->kind = STEMMA_REFERENCE_CLAIM;
        out->number = claim;
    }
    return status;
}

stemma_status stemma_claim_of(stemma_snapshot *snapshot, stemma_witness witness, uint32_t *claim,
                              stemma_error *error)
{
    stemma_reference found = {0, 0};
    if (witness.document >= snapshot->file->bounds.documents) {
        return STEMMA_NOT_FOUND;
    }
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = find_claim(snapshot, witness, &found, error);
    stm_snapshot_rewind(snapshot, mark);
    if (status == STEMMA_OK) {
        *claim = found.number;
    }
    return status;
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
    if (status == STEMMA_OK && member.kind != (uint8_t)parsed.kind) {
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
    stm_event_row event;
    stm_claim_row claim;
    switch (reference.kind) {
    case STEMMA_REFERENCE_DOCUMENT:
        first->document = reference.number;
        first->referent = 0;
        return STEMMA_OK;
    case STEMMA_REFERENCE_ENTITY:
        return stm_entity_first(snapshot, reference.number, first, error);
    case STEMMA_REFERENCE_EVENT:
        status = event_row(snapshot, reference.number, &event, error);
        if (status == STEMMA_OK) {
            first->document = event.first_document;
            first->referent = event.first_referent;
        }
        return status;
    case STEMMA_REFERENCE_CLAIM:
        if (reference.number >= snapshot->file->bounds.claims) {
            return STEMMA_NOT_FOUND;
        }
        status = stm_claim_fetch(snapshot, reference.number, &claim, error);
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

void stemma_document_id_text(const stemma_document *document, char out[STEMMA_ID_SIZE])
{
    stm_public_id id = {STEMMA_REFERENCE_DOCUMENT, 0, 0};
    id.document = stm_document_id(document->digest, document->uri);
    stm_public_id_text(&id, out);
}
