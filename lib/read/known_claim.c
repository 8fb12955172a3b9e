/* SPDX-License-Identifier: MIT */
#include "read/known.h"

#include "read/claim.h"
#include "base/error.h"
#include "index/index_memory.h"
#include "read/heard.h"

/* Documents of the witnesses, each once, and their independence. */
static stemma_status count_documents(stemma_snapshot *snapshot, stm_claim_row *row,
                                     stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    uint32_t *documents =
        stm_snapshot_array(snapshot, row->witness_count, sizeof *documents, error);
    uint32_t count = 0;
    if (documents == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < row->witness_count; i++) {
        if (i == 0 || row->witnesses[i].document != row->witnesses[i - 1].document) {
            documents[count++] = row->witnesses[i].document;
        }
    }
    row->documents = count;
    stemma_status status =
        stm_known_independent(snapshot, documents, count, &row->independent, error);
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

static stemma_status count_speakers(stemma_snapshot *snapshot, stm_claim_row *row,
                                    stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    uint32_t *speakers = stm_snapshot_array(snapshot, row->witness_count, sizeof *speakers, error);
    uint32_t count = 0;
    stemma_status status = speakers != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    for (uint32_t i = 0; i < row->witness_count && i < STM_KNOWN_READ && status == STEMMA_OK;
         i++) {
        stm_witness witness = row->witnesses[stm_known_pick(i, row->witness_count)];
        stm_heard heard;
        status = stm_witness_hear(snapshot, (stemma_witness){witness.document, witness.assertion},
                                  &heard, error);
        if (status == STEMMA_NOT_FOUND) {
            status = stm_damaged(error, STM_TABLE_CLAIM, witness.document, "WITNESS_MISSING");
        }
        if (status == STEMMA_OK && heard.speaker != STEMMA_NONE) {
            speakers[count++] = heard.speaker;
            count = (uint32_t)stm_sort_distinct(speakers, count);
            if (count == row->speakers) { /* there are no more in the whole file */
                break;
            }
        }
    }
    row->speakers = count;
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

stemma_status stm_known_claim(stemma_snapshot *snapshot, uint32_t claim, bool speakers,
                              stm_claim_row *out, stemma_error *error)
{
    stemma_status status = stm_claim_fetch(snapshot, claim, out, error);
    uint32_t known = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    while (known < out->witness_count && out->witnesses[known].document < snapshot->until) {
        known++;
    }
    if (known == 0) {
        return STEMMA_NOT_FOUND;
    }
    bool whole = known == out->witness_count;
    out->witness_count = known;
    if (!whole || out->documents > 1) { /* a later document may have joined two known ones */
        status = count_documents(snapshot, out, error);
    }
    if (status == STEMMA_OK && !whole && speakers && out->speakers != 0) {
        status = count_speakers(snapshot, out, error);
    }
    return status;
}
