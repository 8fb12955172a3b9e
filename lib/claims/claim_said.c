/* SPDX-License-Identifier: MIT */
#include "claims/claim_said.h"

#include <stdlib.h>

#include "claims/outlet.h"
#include "read/heard.h"

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

static stemma_status take(stemma_snapshot *snapshot, const stm_heard *heard, stm_said *said,
                          stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    said->speaker = heard->speaker;
    if (heard->via != STEMMA_NONE) {
        status = stm_outlet_of(snapshot, heard->via, &said->outlet, error);
        /* What a text is quoted through is an outlet, known by its documents or not. */
        said->outlet = said->outlet != 0 ? said->outlet : (uint64_t)heard->via << 1;
    } else if (heard->speaker != STEMMA_NONE) {
        status = stm_outlet_of(snapshot, heard->speaker, &said->outlet, error);
    }
    said->polarity = heard->polarity;
    said->certainty = heard->certainty;
    said->realis = heard->realis;
    said->read = true;
    return status;
}

/* Reads the witnesses of one document. */
static stemma_status read_document(stemma_snapshot *snapshot, const place *places, uint32_t count,
                                   stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        stm_heard heard;
        status = stm_witness_hear(snapshot, places[i].witness, &heard, error);
        if (status == STEMMA_OK) {
            status = take(snapshot, &heard, places[i].said, error);
        }
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    return status;
}

/* ---- Which documents -------------------------------------------------------------------------------- */

/* Where a document is or belongs among the chosen. */
static uint32_t place_of(const stm_said_choice *chosen, uint32_t document)
{
    uint32_t low = 0, high = chosen->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (chosen->documents[middle] < document) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Whether it is chosen; *at is where the last one was looked for, among documents that mostly ascend. */
static bool is_chosen(const stm_said_choice *chosen, uint32_t document, uint32_t *at)
{
    if (*at != 0 && chosen->documents[*at - 1] >= document) {
        *at = 0;
    }
    while (*at < chosen->count && chosen->documents[*at] < document) {
        ++*at;
    }
    return *at < chosen->count && chosen->documents[*at] == document;
}

void stm_said_choose(const stemma_claim *claims, uint32_t count, uint32_t most,
                     stm_said_choice *chosen)
{
    bool more = true;
    chosen->count = 0;
    for (uint32_t w = 0; more && chosen->count < most; w++) {
        more = false;
        for (uint32_t i = 0; i < count && chosen->count < most; i++) {
            uint32_t document, at;
            if (w >= claims[i].witness_count) {
                continue;
            }
            more = true;
            document = claims[i].witnesses[w].document;
            at = place_of(chosen, document);
            if (at == chosen->count || chosen->documents[at] != document) {
                memmove(chosen->documents + at + 1, chosen->documents + at,
                        (chosen->count - at) * sizeof *chosen->documents);
                chosen->documents[at] = document;
                chosen->count++;
            }
        }
    }
}

/* Those that were not read speak as the first one that was. */
static void fill_in(stm_said *said, uint32_t count)
{
    const stm_said *first = NULL;
    for (uint32_t i = 0; i < count && first == NULL; i++) {
        first = said[i].read ? &said[i] : NULL;
    }
    for (uint32_t i = 0; i < count && first != NULL; i++) {
        if (!said[i].read) {
            said[i].polarity = first->polarity;
            said[i].certainty = first->certainty;
            said[i].realis = first->realis;
        }
    }
}

/* ---- All ------------------------------------------------------------------------------------------------ */

static stemma_status read_all(stemma_snapshot *snapshot, place *places, size_t total,
                              stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    if (total > 1) {
        qsort(places, total, sizeof *places, by_witness);
    }
    for (size_t first = 0, end; first < total && status == STEMMA_OK; first = end) {
        stm_mark before = stm_snapshot_mark(snapshot);
        for (end = first + 1;
             end < total && places[end].witness.document == places[first].witness.document; end++) {
        }
        status = read_document(snapshot, places + first, (uint32_t)(end - first), error);
        stm_snapshot_rewind(snapshot, before);
    }
    return status;
}

stemma_status stm_said_load(stemma_snapshot *snapshot, const stemma_claim *claims, uint32_t count,
                            const stm_said_choice *chosen, const stm_said ***out,
                            stemma_error *error)
{
    const stm_said **said = stm_snapshot_array(snapshot, count, sizeof *said, error);
    stemma_status status;
    stm_said *all = NULL;
    place *places = NULL;
    size_t total = 0, filled = 0, wanted = 0;
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
    status = STEMMA_OK;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = 0;
        said[i] = all + filled;
        for (uint32_t w = 0; w < claims[i].witness_count && status == STEMMA_OK; w++, filled++) {
            uint32_t document = claims[i].witnesses[w].document;
            all[filled] = (stm_said){.document = document, .speaker = STEMMA_NONE};
            status = stm_document_group_of(snapshot, document, &all[filled].group, error);
            if (is_chosen(chosen, document, &at)) {
                places[wanted++] = (place){claims[i].witnesses[w], &all[filled]};
            }
        }
    }
    if (status == STEMMA_OK) {
        status = read_all(snapshot, places, wanted, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    filled = 0;
    for (uint32_t i = 0; i < count; i++) {
        fill_in(all + filled, claims[i].witness_count);
        filled += claims[i].witness_count;
    }
    stm_snapshot_rewind(snapshot, mark);
    *out = said;
    return status;
}
