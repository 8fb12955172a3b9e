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

/* Where a text is remembered; STM_FACT_TEXTS when it is too long for that. */
static uint32_t slot_of(stemma_text text)
{
    uint32_t hash = (uint32_t)text.size;
    if (text.size == 0 || text.size > STM_FACT_TEXT) {
        return STM_FACT_TEXTS;
    }
    for (size_t i = 0; i < text.size; i++) {
        hash = hash * 31u + (uint8_t)text.data[i];
    }
    return (hash ^ hash >> 8) % STM_FACT_TEXTS;
}

static uint64_t name_of(stm_outlets *outlets, stemma_text text)
{
    uint32_t slot = slot_of(text);
    stm_fact_name *known = slot < STM_FACT_TEXTS ? &outlets->fact_names[slot] : NULL;
    if (known == NULL) {
        return stm_outlet_name(text);
    }
    if (known->size != text.size || memcmp(known->text, text.data, text.size) != 0) {
        known->name = stm_outlet_name(text);
        known->size = text.size;
        memcpy(known->text, text.data, text.size);
    }
    return known->name;
}

static void date_of(stm_outlets *outlets, stemma_text edtf, facts *out)
{
    uint32_t slot = slot_of(edtf);
    stm_fact_date *known = slot < STM_FACT_TEXTS ? &outlets->fact_dates[slot] : NULL;
    stemma_time_bounds bounds;
    if (known != NULL && known->size == edtf.size &&
        memcmp(known->text, edtf.data, edtf.size) == 0) {
        out->first = known->first;
        out->last = known->last;
        return;
    }
    out->first = STEMMA_TIME_UNKNOWN_EARLY;
    out->last = STEMMA_TIME_UNKNOWN_LATE;
    if (stemma_edtf_bounds(edtf, &bounds) == STEMMA_OK) {
        out->first = bounds.start_earliest;
        out->last = bounds.end_latest;
    }
    if (known != NULL) {
        known->size = edtf.size;
        memcpy(known->text, edtf.data, edtf.size);
        known->first = out->first;
        known->last = out->last;
    }
}

static stemma_status need(stemma_snapshot *snapshot, stemma_error *error)
{
    if (snapshot->outlets == NULL) {
        snapshot->outlets = calloc(1, sizeof *snapshot->outlets);
    }
    return snapshot->outlets != NULL ? STEMMA_OK : stm_no_memory(error);
}

static stemma_status read_facts(stemma_snapshot *snapshot, uint32_t document, facts *out,
                                stemma_error *error)
{
    stm_document_glance fields;
    stemma_status status = need(snapshot, error);
    if (status == STEMMA_OK) {
        status = stm_document_glance_get(snapshot, document, &fields, error);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    out->publisher = name_of(snapshot->outlets, fields.publisher);
    out->agency = name_of(snapshot->outlets, fields.agency);
    date_of(snapshot->outlets, fields.published, out);
    return STEMMA_OK;
}

/* Both bounds of a date in one number above 0: 1 when they are unknown, 0 for a span that is too long for it. */
#define DATE_BITS 25
#define DATE_BIAS (INT64_C(1) << 38)

static uint64_t date_in_one(const facts *from)
{
    if (from->first == STEMMA_TIME_UNKNOWN_EARLY && from->last == STEMMA_TIME_UNKNOWN_LATE) {
        return 1;
    }
    if (from->first <= -DATE_BIAS || from->first >= DATE_BIAS || from->last < from->first ||
        ((uint64_t)from->last - (uint64_t)from->first) >> DATE_BITS != 0) {
        return 0;
    }
    return (uint64_t)(from->first + DATE_BIAS) << DATE_BITS |
           ((uint64_t)from->last - (uint64_t)from->first);
}

static void keep_facts(stm_fact_cell *cell, const facts *from)
{
    uint64_t dates = date_in_one(from);
    if (dates != 0) {
        atomic_store_explicit(&cell->publisher, from->publisher, memory_order_relaxed);
        atomic_store_explicit(&cell->dates, dates, memory_order_release);
    }
}

static bool recall_facts(const stm_fact_cell *cell, facts *out)
{
    uint64_t dates = atomic_load_explicit(&cell->dates, memory_order_acquire);
    if (dates == 0) {
        return false;
    }
    out->publisher = atomic_load_explicit(&cell->publisher, memory_order_relaxed);
    out->first = STEMMA_TIME_UNKNOWN_EARLY;
    out->last = STEMMA_TIME_UNKNOWN_LATE;
    if (dates != 1) {
        out->first = (int64_t)(dates >> DATE_BITS) - DATE_BIAS;
        out->last = out->first + (int64_t)(dates & ((UINT64_C(1) << DATE_BITS) - 1));
    }
    return true;
}

/* The facts of a known document but its agency. STEMMA_NOT_FOUND of another. */
static stemma_status find_facts(stemma_snapshot *snapshot, uint32_t document, facts *out,
                                stemma_error *error)
{
    stm_fact_cell *cell;
    stemma_status status;
    if (document >= stm_known_documents(snapshot)) {
        return STEMMA_NOT_FOUND;
    }
    if (document >= STM_FACT_DOCUMENTS) {
        return read_facts(snapshot, document, out, error);
    }
    cell = stm_cache_facts(snapshot->file->cache, document);
    if (cell == NULL) {
        return stm_no_memory(error);
    }
    if (recall_facts(cell, out)) {
        return STEMMA_OK;
    }
    status = read_facts(snapshot, document, out, error);
    if (status == STEMMA_OK) {
        keep_facts(cell, out);
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
        stemma_status status = read_facts(
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

/* Fills in the groups of a document and its neighbours in the table. */
static stemma_status fill_groups(stemma_snapshot *snapshot, uint32_t *groups, uint32_t document,
                                 uint32_t *group, stemma_error *error)
{
    uint32_t first = document - document % STEMMA_EVENT_BLOCK;
    uint32_t left = snapshot->file->bounds.documents - first;
    uint32_t count = left < STEMMA_EVENT_BLOCK ? left : STEMMA_EVENT_BLOCK;
    stemma_status status = stm_file_groups(snapshot, first, count, groups + first, error);
    for (uint32_t i = first; i < first + count; i++) {
        groups[i] = status == STEMMA_OK ? groups[i] + 1 : 0;
    }
    *group = status == STEMMA_OK ? groups[document] - 1 : 0;
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
    if (!stm_is_cut(snapshot)) {
        return fill_groups(snapshot, outlets->groups, document, group, error);
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
