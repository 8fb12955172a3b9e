/* SPDX-License-Identifier: MIT */
/* From a claim to what stands behind one of its witnesses. */
#include "base/error.h"
#include "read/known.h"
#include "read/row.h"
#include "file/snapshot.h"
#include "trace/trace_identity.h"

static stemma_status entity_of(stemma_snapshot *snapshot, uint32_t document, uint32_t referent,
                               uint32_t *out, stemma_error *error)
{
    stemma_referent_id id = {document, referent};
    stemma_reference reference;
    stemma_status status;
    *out = STEMMA_NONE;
    if (referent == STEMMA_NONE) {
        return STEMMA_OK;
    }
    status = stemma_member_of(snapshot, id, &reference, error);
    if (status == STEMMA_OK && reference.kind == STEMMA_REFERENCE_ENTITY) {
        *out = reference.number;
    }
    return status;
}

static uint32_t object_referent(const stemma_object *object)
{
    return object->kind == STEMMA_OBJECT_REFERENT ? object->as.referent
           : object->kind == STEMMA_OBJECT_PLACE  ? object->as.place.referent
                                                  : STEMMA_NONE;
}

static bool is_witness(const stemma_claim *claim, uint32_t document)
{
    uint32_t low = 0;
    uint32_t high = claim->witness_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (claim->witnesses[middle].document < document) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < claim->witness_count && claim->witnesses[low].document == document;
}

/* Share of the derivation, more for one that makes its documents one source. */
static uint32_t weight(const stemma_derivation *derivation)
{
    uint32_t score = derivation->score != STEMMA_NO_CONFIDENCE ? derivation->score + 1u : 0u;
    return score + (derivation->kind != STEMMA_DERIVATION_QUOTES ? 2048u : 0u);
}

static stemma_status find_copied(stemma_snapshot *snapshot, const stemma_claim *claim,
                                 uint32_t document, stemma_derivation *out, stemma_error *error)
{
    const stemma_derivation *derivations = NULL;
    uint32_t count = 0;
    stemma_status status = stemma_derivations_of(snapshot, document, &derivations, &count, error);
    memset(out, 0, sizeof *out);
    out->from = document;
    out->to = STEMMA_NONE;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        if (derivations[i].retracted.size == 0 && derivations[i].to < snapshot->until &&
            is_witness(claim, derivations[i].to) &&
            (out->to == STEMMA_NONE || weight(&derivations[i]) > weight(out))) {
            *out = derivations[i];
        }
    }
    return status;
}

stemma_status stemma_trace_get(stemma_snapshot *snapshot, const stemma_claim *claim, uint32_t index,
                               const stemma_assertion *assertion, stemma_trace *out,
                               stemma_error *error)
{
    uint32_t document;
    stemma_status status = STEMMA_OK;
    memset(out, 0, sizeof *out);
    if (index >= claim->witness_count) {
        return STEMMA_NOT_FOUND;
    }
    out->witness = claim->witnesses[index];
    document = out->witness.document;
    if (assertion != NULL) {
        out->assertion = *assertion;
    } else {
        status = stemma_witness_assertion(snapshot, out->witness, &out->assertion, error);
        if (status == STEMMA_NOT_FOUND && out->witness.document < stm_known_documents(snapshot)) {
            return stm_damaged(error, STM_TABLE_CLAIM, claim->number, "WITNESS_MISSING");
        }
    }
    if (status != STEMMA_OK) {
        return status;
    }
    out->subject = (stemma_referent_id){document, out->assertion.subject};
    out->object = (stemma_referent_id){document, object_referent(&out->assertion.object)};
    if (out->object.referent == STEMMA_NONE) {
        out->object.document = STEMMA_NONE;
    }
    status = entity_of(snapshot, document, out->assertion.speaker, &out->speaker, error);
    if (status == STEMMA_OK) {
        status = entity_of(snapshot, document, out->assertion.via, &out->via, error);
    }
    if (status == STEMMA_OK) {
        status = find_copied(snapshot, claim, document, &out->copied, error);
    }
    return status;
}

/* ---- What witnesses speak of ---------------------------------------------------------------------- */

/* The first member in a document that is not before it; `*several` is whether there is another. */
static uint32_t member_in(const stemma_identity *identity, uint32_t document, bool *several)
{
    uint32_t low = 0;
    uint32_t high = identity->member_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (identity->members[middle].document < document) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == identity->member_count || identity->members[low].document != document) {
        return STEMMA_NONE;
    }
    *several = low + 1 < identity->member_count &&
               identity->members[low + 1].document == document;
    return low;
}

/* The member that a witness speaks of, or STEMMA_NONE. */
static stemma_status used_by(stemma_identity *identity, const stemma_claim *claim, uint32_t index,
                             bool as_subject, uint32_t *out, stemma_error *error)
{
    stemma_witness witness = claim->witnesses[index];
    stemma_referent_id referent = {witness.document, STEMMA_NONE};
    stemma_assertion assertion;
    bool several = false;
    stm_mark mark;
    stemma_status status;
    *out = member_in(identity, witness.document, &several);
    if (!several) {
        return STEMMA_OK;
    }
    mark = stm_snapshot_mark(identity->snapshot);
    status = stm_witness_says(identity->snapshot, witness, &assertion, error);
    if (status == STEMMA_OK) {
        referent.referent = as_subject ? assertion.subject : object_referent(&assertion.object);
        *out = stm_identity_member(identity, referent);
    }
    stm_snapshot_rewind(identity->snapshot, mark);
    return status == STEMMA_NOT_FOUND ? stm_damaged(error, STM_TABLE_CLAIM, claim->number, "WITNESS_ORDER")
                                      : status;
}

static bool is_about(const stemma_identity *identity, uint8_t kind, uint32_t number)
{
    return number == identity->of.number &&
           (kind == STEMMA_REFERENT_EVENT) == (identity->of.kind == STEMMA_REFERENCE_EVENT);
}

stemma_status stemma_identity_uses(stemma_identity *identity, const stemma_claim *claim,
                                   const stemma_referent_id **out, uint32_t *count,
                                   stemma_error *error)
{
    bool as_subject = is_about(identity, claim->subject_kind, claim->subject);
    bool as_object = object_referent(&claim->object) != STEMMA_NONE &&
                     is_about(identity, claim->object_referent_kind,
                              object_referent(&claim->object));
    stemma_referent_id *uses;
    stemma_status status = STEMMA_OK;
    *out = NULL;
    *count = 0;
    if (!as_subject && !as_object) {
        return STEMMA_OK;
    }
    uses = stm_snapshot_array(identity->snapshot, claim->witness_count, sizeof *uses, error);
    if (uses == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < claim->witness_count && status == STEMMA_OK; i++) {
        uint32_t member = STEMMA_NONE;
        status = used_by(identity, claim, i, as_subject, &member, error);
        if (status == STEMMA_OK && member != STEMMA_NONE) {
            uses[(*count)++] = identity->members[member];
        }
    }
    *out = uses;
    return status;
}
