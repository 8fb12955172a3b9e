/* SPDX-License-Identifier: MIT */
#include "read/heard.h"

#include "base/error.h"
#include "file/publish.h"
#include "read/known.h"
#include "read/row.h"
#include "stemma/claims.h"

/* The entity that a referent of a document belongs to, or STEMMA_NONE. */
static stemma_status entity_of(stemma_snapshot *snapshot, uint32_t document, uint32_t referent,
                               uint32_t *entity, stemma_error *error)
{
    stemma_referent_id id = {document, referent};
    stemma_reference reference = {0, STEMMA_NONE};
    stemma_status status = STEMMA_OK;
    if (referent != STEMMA_NONE) {
        status = stemma_member_of(snapshot, id, &reference, error);
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    *entity = status == STEMMA_OK && reference.kind == STEMMA_REFERENCE_ENTITY ? reference.number
                                                                               : STEMMA_NONE;
    return status;
}

stemma_status stm_witness_hear(stemma_snapshot *snapshot, stemma_witness witness, stm_heard *out,
                               stemma_error *error)
{
    stemma_assertion assertion;
    const stm_heard *known =
        stm_cache_heard(snapshot->file->cache, witness.document, witness.assertion);
    stemma_status status;
    if (witness.document >= stm_known_documents(snapshot)) {
        return STEMMA_NOT_FOUND;
    }
    if (known != NULL) {
        *out = *known;
        return STEMMA_OK;
    }
    status = stm_witness_says(snapshot, witness, &assertion, error);
    if (status != STEMMA_OK) {
        return status;
    }
    *out = (stm_heard){.document = witness.document, .assertion = witness.assertion};
    out->polarity = assertion.polarity & 3u;
    out->certainty = assertion.certainty & 3u;
    out->realis = assertion.realis & 3u;
    status = entity_of(snapshot, witness.document, assertion.speaker, &out->speaker, error);
    if (status == STEMMA_OK) {
        status = entity_of(snapshot, witness.document, assertion.via, &out->via, error);
    }
    if (status == STEMMA_OK &&
        stm_cache_keep_heard(snapshot->file->cache, out) != STEMMA_OK) {
        status = stm_no_memory(error);
    }
    return status;
}

stemma_status stemma_witness_speaker(stemma_snapshot *snapshot, stemma_witness witness,
                                     uint32_t *speaker, stemma_error *error)
{
    stm_heard heard;
    stemma_status status;
    if (snapshot == NULL || speaker == NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    status = stm_witness_hear(snapshot, witness, &heard, error);
    *speaker = status == STEMMA_OK ? heard.speaker : STEMMA_NONE;
    return status;
}
