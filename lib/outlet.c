/* SPDX-License-Identifier: MIT */
#include "outlet.h"

#include <stdlib.h>

#include "digest.h"
#include "document.h"
#include "entity.h"
#include "publish.h"
#include "stemma/name.h"

void stm_outlets_free(stm_outlets *outlets)
{
    if (outlets != NULL) {
        free(outlets->names);
        free(outlets->facts);
        free(outlets);
    }
}

uint64_t stm_outlet_name(stemma_text name)
{
    char folded[STEMMA_NAME_KEY_SIZE];
    stemma_bytes key = {(const uint8_t *)folded, 0};
    if (name.size == 0 ||
        stemma_name_fold(name, folded, sizeof folded, &key.size) != STEMMA_OK || key.size == 0) {
        return 0;
    }
    if (key.size > 4 && memcmp(folded, "the ", 4) == 0) { /* "The Lantern" is called "Lantern", too */
        key.data += 4;
        key.size -= 4;
    }
    return stm_hash64(key, 0) | 1u;
}

static int by_hash(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static stemma_status gather(stemma_snapshot *snapshot, stm_outlets *out, stemma_error *error)
{
    uint32_t documents = snapshot->file->bounds.documents;
    uint32_t known = documents < STM_OUTLET_DOCUMENTS ? documents : STM_OUTLET_DOCUMENTS;
    uint32_t kept = 0;
    out->names = malloc(((size_t)known * 2 + 1) * sizeof *out->names);
    if (out->names == NULL) {
        return stm_no_memory(error);
    }
    for (uint32_t i = 0; i < known; i++) {
        stemma_document document;
        stm_document_extra extra;
        stemma_bytes value;
        uint64_t last[2];
        stemma_status status = stm_document_find(snapshot, i, &value, &document, &extra, error);
        if (status == STEMMA_NOT_FOUND) {
            continue; /* not published yet as of the date */
        }
        if (status != STEMMA_OK) {
            return status;
        }
        last[0] = stm_outlet_name(document.publisher);
        last[1] = stm_outlet_name(document.agency);
        for (int k = 0; k < 2; k++) {
            if (last[k] != 0) {
                out->names[out->count++] = last[k];
            }
        }
    }
    if (out->count > 1) {
        qsort(out->names, out->count, sizeof *out->names, by_hash);
    }
    for (uint32_t i = 0; i < out->count; i++) {
        if (i == 0 || out->names[i] != out->names[kept - 1]) {
            out->names[kept++] = out->names[i];
        }
    }
    out->count = kept;
    return STEMMA_OK;
}

static stemma_status need(stemma_snapshot *snapshot, stemma_error *error)
{
    if (snapshot->outlets == NULL) {
        snapshot->outlets = calloc(1, sizeof *snapshot->outlets);
    }
    return snapshot->outlets != NULL ? STEMMA_OK : stm_no_memory(error);
}

static stemma_status need_names(stemma_snapshot *snapshot, stemma_error *error)
{
    stemma_status status = need(snapshot, error);
    if (status != STEMMA_OK || (snapshot->outlets->names != NULL &&
                                snapshot->outlets->names_until == snapshot->until)) {
        return status;
    }
    free(snapshot->outlets->names);
    snapshot->outlets->count = 0;
    snapshot->outlets->names_until = snapshot->until;
    status = gather(snapshot, snapshot->outlets, error);
    if (status != STEMMA_OK) {
        free(snapshot->outlets->names);
        snapshot->outlets->names = NULL;
        snapshot->outlets->count = 0;
    }
    return status;
}

/* ---- Documents ------------------------------------------------------------------------------------- */

static stemma_status find_fact(stemma_snapshot *snapshot, uint32_t document,
                               stm_document_fact *out, stemma_error *error)
{
    stemma_document fields;
    stm_document_extra extra;
    stemma_bytes value;
    stemma_time_bounds bounds;
    stemma_status status = stm_document_find(snapshot, document, &value, &fields, &extra, error);
    if (status != STEMMA_OK) {
        return status;
    }
    out->publisher = stm_outlet_name(fields.publisher);
    out->first = STEMMA_TIME_UNKNOWN_EARLY;
    out->last = STEMMA_TIME_UNKNOWN_LATE;
    if (stemma_edtf_bounds(fields.published.edtf, &bounds) == STEMMA_OK) {
        out->first = bounds.start_earliest;
        out->last = bounds.end_latest;
    }
    out->known = true;
    return stemma_independence_group(snapshot, document, &out->group, error);
}

stemma_status stm_document_fact_of(stemma_snapshot *snapshot, uint32_t document,
                                   stm_document_fact *out, stemma_error *error)
{
    uint32_t documents = snapshot->file->bounds.documents;
    stm_outlets *outlets;
    stemma_status status = need(snapshot, error);
    if (status != STEMMA_OK || documents > STM_FACT_DOCUMENTS || document >= documents) {
        return status == STEMMA_OK ? find_fact(snapshot, document, out, error) : status;
    }
    outlets = snapshot->outlets;
    if (outlets->facts == NULL || outlets->until != snapshot->until) {
        free(outlets->facts); /* groups are others as of another date */
        outlets->facts = calloc(documents, sizeof *outlets->facts);
        outlets->until = snapshot->until;
        if (outlets->facts == NULL) {
            return stm_no_memory(error);
        }
    }
    if (!outlets->facts[document].known) {
        stm_document_fact found = {0};
        status = find_fact(snapshot, document, &found, error);
        if (status != STEMMA_OK) {
            return status;
        }
        outlets->facts[document] = found;
    }
    *out = outlets->facts[document];
    return STEMMA_OK;
}

/* ---- Entities -------------------------------------------------------------------------------------- */

stemma_status stm_outlet_of(stemma_snapshot *snapshot, uint32_t entity, uint64_t *name,
                            stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_entity record;
    stemma_status status = need_names(snapshot, error);
    *name = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_entity_uncounted(snapshot, entity, &record, error);
    for (uint32_t i = 0; status == STEMMA_OK && i < record.name_count && *name == 0; i++) {
        uint64_t own = record.names[i].kind != STEMMA_NAME_NOMINAL
                           ? stm_outlet_name(record.names[i].text)
                           : 0;
        if (own != 0 && bsearch(&own, snapshot->outlets->names, snapshot->outlets->count,
                                sizeof own, by_hash) != NULL) {
            *name = own;
        }
    }
    stm_snapshot_rewind(snapshot, mark);
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}
