/* SPDX-License-Identifier: MIT */
#include "read/claim.h"

#include "base/error.h"
#include "name/folded.h"
#include "read/known.h"

static stemma_status load_stored(stemma_snapshot *snapshot, uint32_t claim, uint32_t rank,
                                 stm_claim_row *out, stemma_error *error)
{
    stemma_bytes bytes;
    stm_fault fault = {"", 0};
    uint32_t count = 0;
    stemma_status status = stm_snapshot_row(snapshot, STM_TABLE_CLAIM, rank, &bytes, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_CLAIM, claim, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_claim_count(bytes, &count, &fault);
    if (status == STEMMA_OK) {
        stm_witness *witnesses = stm_snapshot_array(snapshot, count, sizeof *witnesses, error);
        if (witnesses == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        status = stm_claim_decode(bytes, &snapshot->file->bounds, out, witnesses, count, &fault);
    }
    return status == STEMMA_OK ? STEMMA_OK
                               : stm_record_failed(error, status, STM_TABLE_CLAIM, claim, &fault);
}

stemma_status stm_claim_fetch(stemma_snapshot *snapshot, uint32_t claim, stm_claim_row *out,
                              stemma_error *error)
{
    stm_claim_place place;
    stemma_status status = stm_claim_locate(snapshot, claim, &place, error);
    if (status != STEMMA_OK) {
        return status;
    }
    return place.folded ? stm_folded_claim(snapshot, &place, out, error)
                        : load_stored(snapshot, claim, place.rank, out, error);
}

stemma_status stm_claim_head(stemma_snapshot *snapshot, uint32_t claim, stm_claim_row *out,
                             uint32_t *document, stemma_error *error)
{
    stm_claim_place place;
    stemma_bytes bytes;
    stm_fault fault = {"", 0};
    stemma_status status = stm_claim_locate(snapshot, claim, &place, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (place.folded) {
        status = stm_folded_claim(snapshot, &place, out, error);
        *document = status == STEMMA_OK && out->witness_count != 0 ? out->witnesses[0].document
                                                                   : STEMMA_NONE;
        return status;
    }
    status = stm_snapshot_row(snapshot, STM_TABLE_CLAIM, place.rank, &bytes, error);
    if (status != STEMMA_OK) {
        return status == STEMMA_NOT_FOUND
                   ? stm_damaged(error, STM_TABLE_CLAIM, claim, "RECORD_MISSING")
                   : status;
    }
    status = stm_claim_peek_first(bytes, &snapshot->file->bounds, out, document, &fault);
    return status == STEMMA_OK ? STEMMA_OK
                               : stm_record_failed(error, status, STM_TABLE_CLAIM, claim, &fault);
}

stemma_status stemma_claim_get(stemma_snapshot *snapshot, uint32_t claim, stemma_claim *out,
                               stemma_error *error)
{
    return stm_claim_get(snapshot, claim, true, out, error);
}

/* Gives a row out. */
static stemma_status give(stemma_snapshot *snapshot, uint32_t claim, const stm_claim_row *row,
                          stemma_claim *out, stemma_error *error)
{
    stemma_witness *witnesses =
        stm_snapshot_array(snapshot, row->witness_count, sizeof *witnesses, error);
    if (witnesses == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < row->witness_count; i++) {
        witnesses[i].document = row->witnesses[i].document;
        witnesses[i].assertion = row->witnesses[i].assertion;
    }
    memset(out, 0, sizeof *out);
    out->number = claim;
    out->subject_kind = row->subject_kind;
    out->subject = row->subject;
    out->predicate = snapshot->file->bounds.vocabulary.terms[row->predicate].name;
    out->object = row->object;
    out->object_referent_kind = row->object_referent_kind;
    out->polarity = row->polarity;
    out->documents = row->documents;
    out->independent = row->independent;
    out->speakers = row->speakers;
    out->witnesses = witnesses;
    out->witness_count = row->witness_count;
    return STEMMA_OK;
}

stemma_status stm_claim_get(stemma_snapshot *snapshot, uint32_t claim, bool speakers,
                            stemma_claim *out, stemma_error *error)
{
    const stm_bounds *bounds = &snapshot->file->bounds;
    stm_claim_row row;
    if (claim >= bounds->claims) {
        return STEMMA_NOT_FOUND;
    }
    stemma_status status = stm_is_cut(snapshot)
                               ? stm_known_claim(snapshot, claim, speakers, &row, error)
                               : stm_claim_fetch(snapshot, claim, &row, error);
    if (status != STEMMA_OK) {
        return status;
    }
    return give(snapshot, claim, &row, out, error);
}

stemma_status stm_claim_get_first(stemma_snapshot *snapshot, uint32_t claim, uint32_t most,
                                  stemma_claim *out, stemma_error *error)
{
    stm_claim_place place;
    stm_claim_row row;
    stemma_bytes bytes;
    stm_fault fault = {"", 0};
    stemma_status status = stm_claim_locate(snapshot, claim, &place, error);
    if (status != STEMMA_OK || place.folded) {
        return status != STEMMA_OK ? status : stm_claim_get(snapshot, claim, false, out, error);
    }
    stm_witness *witnesses = stm_snapshot_array(snapshot, most, sizeof *witnesses, error);
    if (witnesses == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    status = stm_snapshot_row(snapshot, STM_TABLE_CLAIM, place.rank, &bytes, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_CLAIM, claim, "RECORD_MISSING");
    }
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_claim_decode_first(bytes, &snapshot->file->bounds, &row, witnesses, most, &fault);
    if (status != STEMMA_OK) {
        return stm_record_failed(error, status, STM_TABLE_CLAIM, claim, &fault);
    }
    while (row.witness_count != 0 && witnesses[row.witness_count - 1].document >= snapshot->until) {
        row.witness_count--;
    }
    return row.witness_count != 0 || !stm_is_cut(snapshot)
               ? give(snapshot, claim, &row, out, error)
               : STEMMA_NOT_FOUND;
}
