/* SPDX-License-Identifier: MIT */
#include "read/heard.h"

#include "base/error.h"
#include "file/publish.h"
#include "read/known.h"
#include "read/row.h"
#include "read/voice.h"
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

/* What a row says is told by its data set, not by voices. */
static stemma_status voice_of(stemma_snapshot *snapshot, stemma_witness witness, stm_voice *out,
                              stemma_error *error)
{
    stemma_assertion assertion;
    stemma_status status =
        stm_assertion_voice(snapshot, witness.document, witness.assertion, out, error);
    if (status != STEMMA_NOT_FOUND) {
        return status;
    }
    status = stm_witness_says(snapshot, witness, &assertion, error);
    if (status == STEMMA_OK) {
        out->speaker = assertion.speaker;
        out->via = assertion.via;
        out->factuality = (uint8_t)((assertion.polarity & 3) | (assertion.certainty & 3) << 2 |
                                    (assertion.tense & 3) << 4 | (assertion.realis & 3) << 6);
    }
    return status;
}

stemma_status stm_witness_hear(stemma_snapshot *snapshot, stemma_witness witness, stm_heard *out,
                               stemma_error *error)
{
    stm_voice voice;
    stemma_status status;
    if (witness.document >= stm_known_documents(snapshot)) {
        return STEMMA_NOT_FOUND;
    }
    status = voice_of(snapshot, witness, &voice, error);
    if (status != STEMMA_OK) {
        return status;
    }
    out->polarity = voice.factuality & 3u;
    out->certainty = voice.factuality >> 2 & 3u;
    out->realis = voice.factuality >> 6 & 3u;
    status = entity_of(snapshot, witness.document, voice.speaker, &out->speaker, error);
    return status == STEMMA_OK
               ? entity_of(snapshot, witness.document, voice.via, &out->via, error)
               : status;
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
