/* SPDX-License-Identifier: MIT */
#include "claim_said.h"

#include <stdlib.h>

#include "document.h"
#include "outlet.h"

/* A witness, and where what it says is to go. */
typedef struct place {
    stemma_witness witness;
    stm_said *said;
} place;

static int by_witness(const void *left, const void *right)
{
    const place *a = left, *b = right;
    if (a->witness.document != b->witness.document) {
        return a->witness.document < b->witness.document ? -1 : 1;
    }
    return (a->witness.assertion > b->witness.assertion) -
           (a->witness.assertion < b->witness.assertion);
}

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

static stemma_status take(stemma_snapshot *snapshot, const stemma_assertion *assertion,
                          stm_said *said, stemma_error *error)
{
    uint32_t via = STEMMA_NONE;
    stemma_status status =
        entity_of(snapshot, said->document, assertion->speaker, &said->speaker, error);
    if (status == STEMMA_OK) {
        status = entity_of(snapshot, said->document, assertion->via, &via, error);
    }
    if (status == STEMMA_OK && via != STEMMA_NONE) {
        status = stm_outlet_of(snapshot, via, &said->outlet, error);
        /* What a text is quoted through is an outlet, known by its documents or not. */
        said->outlet = said->outlet != 0 ? said->outlet : (uint64_t)via << 1;
    } else if (status == STEMMA_OK && said->speaker != STEMMA_NONE) {
        status = stm_outlet_of(snapshot, said->speaker, &said->outlet, error);
    }
    said->polarity = assertion->polarity & 3u;
    said->certainty = assertion->certainty & 3u;
    said->realis = assertion->realis & 3u;
    said->read = true;
    return status;
}

/* What the document says of itself; the same for all its witnesses. */
static stemma_status take_document(stemma_snapshot *snapshot, const stemma_document *document,
                                   stm_said *said, stemma_error *error)
{
    stemma_time_bounds bounds;
    said->publisher = stm_outlet_name(document->publisher);
    said->first = STEMMA_TIME_UNKNOWN_EARLY;
    said->last = STEMMA_TIME_UNKNOWN_LATE;
    said->speaker = STEMMA_NONE;
    if (stemma_edtf_bounds(document->published.edtf, &bounds) == STEMMA_OK) {
        said->first = bounds.start_earliest;
        said->last = bounds.end_latest;
    }
    return stemma_independence_group(snapshot, said->document, &said->group, error);
}

/* The witnesses of one document. */
static stemma_status take_all(stemma_snapshot *snapshot, const place *places, uint32_t count,
                              stemma_error *error)
{
    uint32_t number = places[0].witness.document;
    stemma_document document;
    stm_document_extra extra;
    stemma_bytes value;
    stm_said own;
    bool whole = false;
    stemma_status status = stm_document_find(snapshot, number, &value, &document, &extra, error);
    memset(&own, 0, sizeof own);
    own.document = number;
    if (status == STEMMA_OK) {
        status = take_document(snapshot, &document, &own, error);
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        bool wanted = places[i].said->read;
        *places[i].said = own;
        if (!wanted) {
            continue;
        }
        if (!whole && document.row_count == 0) {
            status = stemma_testimony_get(snapshot, number, &document, error);
            whole = true;
        }
        if (status != STEMMA_OK) {
            break;
        }
        if (document.row_count != 0) {
            stemma_assertion assertion;
            status = stemma_witness_assertion(snapshot, places[i].witness, &assertion, error);
            if (status == STEMMA_OK) {
                status = take(snapshot, &assertion, places[i].said, error);
            }
        } else if (places[i].witness.assertion < document.assertion_count) {
            status = take(snapshot, &document.assertions[places[i].witness.assertion],
                          places[i].said, error);
        }
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

stemma_status stm_said_load(stemma_snapshot *snapshot, const stemma_claim *claims, uint32_t count,
                            const stm_said ***out, stemma_error *error)
{
    const stm_said **said = stm_snapshot_array(snapshot, count, sizeof *said, error);
    stemma_status status = STEMMA_OK;
    stm_said *all = NULL;
    place *places = NULL;
    size_t total = 0;
    size_t filled = 0;
    stm_mark mark;
    for (uint32_t i = 0; i < count; i++) {
        total += claims[i].witness_count;
    }
    all = said != NULL ? stm_snapshot_array(snapshot, total, sizeof *all, error) : NULL;
    mark = stm_snapshot_mark(snapshot);
    places = all != NULL ? stm_snapshot_array(snapshot, total, sizeof *places, error) : NULL;
    if (places == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(all, 0, total * sizeof *all);
    for (uint32_t i = 0; i < count; i++) {
        said[i] = all + filled;
        for (uint32_t w = 0; w < claims[i].witness_count; w++, filled++) {
            places[filled] = (place){claims[i].witnesses[w], &all[filled]};
            all[filled].read = w < STM_SAID_MOST; /* that it shall be */
        }
    }
    if (total > 1) {
        qsort(places, total, sizeof *places, by_witness);
    }
    for (size_t first = 0, end; first < total && status == STEMMA_OK; first = end) {
        stm_mark before = stm_snapshot_mark(snapshot);
        for (end = first + 1;
             end < total && places[end].witness.document == places[first].witness.document; end++) {
        }
        status = take_all(snapshot, places + first, (uint32_t)(end - first), error);
        stm_snapshot_rewind(snapshot, before);
    }
    stm_snapshot_rewind(snapshot, mark);
    *out = said;
    return status;
}
