/* SPDX-License-Identifier: MIT */
#include "claims/outlet.h"

#include <stdlib.h>

#include "digest.h"
#include "read/document.h"
#include "read/known.h"
#include "read/entity.h"
#include "file/publish.h"
#include "stemma/name.h"

void stm_outlets_free(stm_outlets *outlets)
{
    if (outlets != NULL) {
        free(outlets->names);
        free(outlets->groups);
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

/* ---- Documents ------------------------------------------------------------------------------------- */

/* What is known of a document, whatever the date. */
typedef struct facts {
    uint64_t publisher; /* stm_outlet_name(); 0: none */
    uint64_t agency;
    int64_t first;
    int64_t last;
} facts;

static stemma_status read_facts(stemma_snapshot *snapshot, uint32_t document, facts *out,
                                stemma_error *error)
{
    stm_document_glance fields;
    stemma_time_bounds bounds;
    stemma_status status = stm_document_glance_get(snapshot, document, &fields, error);
    if (status != STEMMA_OK) {
        return status;
    }
    out->publisher = stm_outlet_name(fields.publisher);
    out->agency = stm_outlet_name(fields.agency);
    out->first = STEMMA_TIME_UNKNOWN_EARLY;
    out->last = STEMMA_TIME_UNKNOWN_LATE;
    if (stemma_edtf_bounds(fields.published, &bounds) == STEMMA_OK) {
        out->first = bounds.start_earliest;
        out->last = bounds.end_latest;
    }
    return STEMMA_OK;
}

static void keep_facts(stm_fact_cell *cell, const facts *from)
{
    atomic_store_explicit(&cell->publisher, from->publisher, memory_order_relaxed);
    atomic_store_explicit(&cell->agency, from->agency, memory_order_relaxed);
    atomic_store_explicit(&cell->first, from->first, memory_order_relaxed);
    atomic_store_explicit(&cell->last, from->last, memory_order_relaxed);
    atomic_store_explicit(&cell->known, 1, memory_order_release);
}

static bool recall_facts(const stm_fact_cell *cell, facts *out)
{
    if (atomic_load_explicit(&cell->known, memory_order_acquire) == 0) {
        return false;
    }
    out->publisher = atomic_load_explicit(&cell->publisher, memory_order_relaxed);
    out->agency = atomic_load_explicit(&cell->agency, memory_order_relaxed);
    out->first = atomic_load_explicit(&cell->first, memory_order_relaxed);
    out->last = atomic_load_explicit(&cell->last, memory_order_relaxed);
    return true;
}

/* The facts of a known document. STEMMA_NOT_FOUND of another. */
static stemma_status find_facts(stemma_snapshot *snapshot, uint32_t document, facts *out,
                                stemma_error *error)
{
    uint32_t documents = snapshot->file->bounds.documents;
    stm_fact_cell *cells;
    stemma_status status;
    if (document >= stm_known_documents(snapshot)) {
        return STEMMA_NOT_FOUND;
    }
    if (documents > STM_FACT_DOCUMENTS) {
        return read_facts(snapshot, document, out, error);
    }
    cells = stm_cache_facts(snapshot->file->cache, documents);
    if (cells == NULL) {
        return stm_no_memory(error);
    }
    if (recall_facts(&cells[document], out)) {
        return STEMMA_OK;
    }
    status = read_facts(snapshot, document, out, error);
    if (status == STEMMA_OK) {
        keep_facts(&cells[document], out);
    }
    return status;
}

/* ---- Names ------------------------------------------------------------------------------------------ */

static stemma_status gather(stemma_snapshot *snapshot, stm_outlets *out, stemma_error *error)
{
    uint32_t documents = stm_known_documents(snapshot);
    uint32_t known = documents < STM_OUTLET_DOCUMENTS ? documents : STM_OUTLET_DOCUMENTS;
    uint32_t kept = 0;
    out->names = malloc(((size_t)known * 2 + 1) * sizeof *out->names);
    if (out->names == NULL) {
        return stm_no_memory(error);
    }
    for (uint32_t i = 0; i < known; i++) {
        facts found = {0};
        stemma_status status = find_facts(
            snapshot, (uint32_t)((uint64_t)i * documents / known), &found, error);
        if (status != STEMMA_OK) {
            return status;
        }
        if (found.publisher != 0) {
            out->names[out->count++] = found.publisher;
        }
        if (found.agency != 0) {
            out->names[out->count++] = found.agency;
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
    memset(snapshot->outlets->looked_up, 0, sizeof snapshot->outlets->looked_up);
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

stemma_status stm_document_group_of(stemma_snapshot *snapshot, uint32_t document, uint32_t *group,
                                    stemma_error *error)
{
    uint32_t documents = snapshot->file->bounds.documents;
    stm_outlets *outlets = snapshot->outlets;
    stemma_status status;
    if (outlets != NULL && outlets->groups != NULL && outlets->until == snapshot->until &&
        document < documents && outlets->groups[document] != 0) {
        *group = outlets->groups[document] - 1;
        return STEMMA_OK;
    }
    status = need(snapshot, error);
    if (status != STEMMA_OK || documents > STM_FACT_DOCUMENTS || document >= documents) {
        return status == STEMMA_OK ? stemma_independence_group(snapshot, document, group, error)
                                   : status;
    }
    outlets = snapshot->outlets;
    if (outlets->groups == NULL || outlets->until != snapshot->until) {
        free(outlets->groups); /* they are others as of another date */
        outlets->groups = calloc(documents, sizeof *outlets->groups);
        outlets->until = snapshot->until;
        if (outlets->groups == NULL) {
            return stm_no_memory(error);
        }
    }
    status = stemma_independence_group(snapshot, document, group, error);
    outlets->groups[document] = status == STEMMA_OK ? *group + 1 : 0;
    return status;
}

stemma_status stm_document_fact_of(stemma_snapshot *snapshot, uint32_t document,
                                   stm_document_fact *out, stemma_error *error)
{
    facts found = {0};
    stemma_status status = find_facts(snapshot, document, &found, error);
    if (status != STEMMA_OK) {
        return status;
    }
    out->publisher = found.publisher;
    out->first = found.first;
    out->last = found.last;
    return STEMMA_OK;
}

/* ---- Entities -------------------------------------------------------------------------------------- */

/* Whether a name, which stands for more than a description, is one of an outlet; its hash then, else 0. */
static uint64_t outlet_among(const stm_outlets *outlets, const stemma_entity_name *name)
{
    uint64_t own = name->kind != STEMMA_NAME_NOMINAL ? stm_outlet_name(name->text) : 0;
    return own != 0 &&
                   bsearch(&own, outlets->names, outlets->count, sizeof own, by_hash) != NULL
               ? own
               : 0;
}

static uint64_t first_outlet(const stm_outlets *outlets, const stemma_entity *entity)
{
    uint64_t name = 0;
    for (uint32_t i = 0; i < entity->name_count && name == 0; i++) {
        name = outlet_among(outlets, &entity->names[i]);
    }
    return name;
}

/* Who is called like no outlet in the whole file is not called so in a part of it, either. */
static stemma_status look_up(stemma_snapshot *snapshot, uint32_t entity, uint64_t *name,
                             stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_entity record;
    stemma_status status = stm_entity_whole(snapshot, entity, true, &record, error);
    *name = status == STEMMA_OK ? first_outlet(snapshot->outlets, &record) : 0;
    if (*name != 0 && stm_is_cut(snapshot)) {
        status = stm_entity_uncounted(snapshot, entity, &record, error);
        *name = status == STEMMA_OK ? first_outlet(snapshot->outlets, &record) : 0;
    }
    stm_snapshot_rewind(snapshot, mark);
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

stemma_status stm_outlet_of(stemma_snapshot *snapshot, uint32_t entity, uint64_t *name,
                            stemma_error *error)
{
    uint32_t slot = entity % STM_OUTLET_SLOTS;
    stemma_status status = need_names(snapshot, error);
    *name = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    if (snapshot->outlets->looked_up[slot].entity != entity + 1u) {
        status = look_up(snapshot, entity, name, error);
        snapshot->outlets->looked_up[slot].entity = status == STEMMA_OK ? entity + 1u : 0;
        snapshot->outlets->looked_up[slot].name = *name;
    }
    *name = snapshot->outlets->looked_up[slot].name;
    return status;
}
