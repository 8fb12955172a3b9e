/* SPDX-License-Identifier: MIT */
/* From a claim to what stands behind one of its witnesses. */
#include "error.h"
#include "snapshot.h"
#include "stemma/trace.h"

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
