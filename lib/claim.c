/* SPDX-License-Identifier: MIT */
#include "claim_record.h"
#include "error.h"
#include "snapshot.h"

stemma_status stemma_claim_get(stemma_snapshot *snapshot, uint32_t claim, stemma_claim *out,
                               stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    stemma_bytes bytes;
    stm_claim_row row;
    stm_fault fault = {"", 0};
    uint32_t count = 0;
    stm_witness *decoded = NULL;
    if (claim >= bounds->claims) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = stm_snapshot_row(snapshot, STM_TABLE_CLAIM, claim, &bytes, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_CLAIM, claim, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_claim_count(bytes, &count, &fault);
    stemma_witness *witnesses = NULL;
    if (status == STEMMA_OK) {
        witnesses = stm_snapshot_array(snapshot, count, sizeof *witnesses, error);
        decoded = stm_snapshot_array(snapshot, count, sizeof *decoded, error);
        if (witnesses == NULL || decoded == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        status = stm_claim_decode(bytes, bounds, &row, decoded, count, &fault);
    }
    if (status != STEMMA_OK) {
        return stm_record_failed(error, status, STM_TABLE_CLAIM, claim, &fault);
    }
    for (uint32_t i = 0; i < count; i++) {
        witnesses[i].document = decoded[i].document;
        witnesses[i].assertion = decoded[i].assertion;
    }
    memset(out, 0, sizeof *out);
    out->number = claim;
    out->subject_kind = row.subject_kind;
    out->subject = row.subject;
    out->predicate = bounds->vocabulary.terms[row.predicate].name;
    out->object = row.object;
    out->object_referent_kind = row.object_referent_kind;
    out->polarity = row.polarity;
    out->documents = row.documents;
    out->independent = row.independent;
    out->speakers = row.speakers;
    out->witnesses = witnesses;
    out->witness_count = count;
    return STEMMA_OK;
}
