/* SPDX-License-Identifier: MIT */
#include "read/known.h"

#include <stdlib.h>

#include "column.h"
#include "base/error.h"
#include "index/index_memory.h"
#include "read/known_scan.h"
#include "stemma/judgement.h"

/* Of the memory limit, what may be kept: 1 / SHARE. */
#define SHARE 4u

stemma_status stm_known_get(stemma_snapshot *snapshot, stm_known **out, stemma_error *error)
{
    if (snapshot->known == NULL) {
        snapshot->known = calloc(1, sizeof *snapshot->known);
        if (snapshot->known == NULL) {
            return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "",
                            "The system refused memory");
        }
    }
    *out = snapshot->known;
    return STEMMA_OK;
}

static void drop_all(stm_known *known)
{
    for (uint32_t i = 0; i < STM_KNOWN_DOCUMENT_SLOTS; i++) {
        free(known->document[i]);
        known->document[i] = NULL;
    }
    for (uint32_t i = 0; i < STM_KNOWN_ARTICLE_SLOTS; i++) {
        free(known->article[i]);
        known->article[i] = NULL;
    }
    for (uint32_t i = 0; i < STM_KNOWN_ENTITY_SLOTS; i++) {
        free(known->entity[i]);
        known->entity[i] = NULL;
    }
    known->held = 0;
}

void stm_known_free(stm_known *known)
{
    if (known != NULL) {
        drop_all(known);
        free(known->group);
        free(known->open);
        free(known->met);
        stm_known_scan_free(known->scan);
        free(known);
    }
}

void *stm_known_keep(stemma_snapshot *snapshot, stm_known *known, size_t size)
{
    uint64_t most = snapshot->file->memory_limit / SHARE;
    if (size > most) {
        return NULL;
    }
    if (known->held > most - size) {
        drop_all(known);
    }
    void *block = calloc(1, size);
    known->held += block != NULL ? size : 0;
    return block;
}

void stm_known_drop(stm_known *known, void *block, size_t size)
{
    known->held -= block != NULL ? size : 0;
    free(block);
}

/* ---- Independence ---------------------------------------------------------------------------- */

stemma_status stm_file_groups(stemma_snapshot *snapshot, uint32_t first, uint32_t count,
                              uint32_t *out, stemma_error *error)
{
    stm_column column;
    uint32_t block = first / STEMMA_EVENT_BLOCK;
    stemma_status status =
        stm_snapshot_column(snapshot, STM_TABLE_GROUP, 1, 0, block, &column, error);
    if (status == STEMMA_NOT_FOUND || (status == STEMMA_OK && column.count < count)) {
        return stm_damaged(error, STM_TABLE_GROUP, block, "COLUMN_BLOCK");
    }
    if (status == STEMMA_OK) {
        stm_column_unpack_u32(&column, 0, count, out);
        for (uint32_t i = 0; i < count; i++) {
            if (out[i] > first + i) {
                return stm_damaged(error, STM_TABLE_GROUP, first + i, "NUMBER_OUT_OF_RANGE");
            }
        }
    }
    return status;
}

/* The root of a tree in which no document points to a greater one. */
static uint32_t root_of(uint32_t *group, uint32_t document)
{
    while (group[document] != document) {
        group[document] = group[group[document]];
        document = group[document];
    }
    return document;
}

static bool joins(const stemma_derivation *derivation)
{
    return derivation->retracted.size == 0 && derivation->kind != STEMMA_DERIVATION_QUOTES;
}

/* Joins the documents that are open (`open` is not 0) by what they derive from. */
static stemma_status join_anew(stemma_snapshot *snapshot, uint32_t *group, const uint8_t *open,
                               stemma_error *error)
{
    uint32_t until = snapshot->until;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < until; i++) {
        group[i] = open[i] != 0 ? i : group[i];
    }
    for (uint32_t i = 0; i < until && status == STEMMA_OK; i++) {
        const stemma_derivation *derivations = NULL;
        uint32_t count = 0;
        stm_mark mark = stm_snapshot_mark(snapshot);
        if (open[i] == 0) {
            continue;
        }
        status = stemma_derivations_of(snapshot, i, &derivations, &count, error);
        for (uint32_t k = 0; k < count && status == STEMMA_OK; k++) {
            uint32_t to = derivations[k].to;
            if (joins(&derivations[k]) && to < until && open[to] != 0) {
                uint32_t a = root_of(group, i), b = root_of(group, to);
                group[a > b ? a : b] = a > b ? b : a;
            }
        }
        stm_snapshot_rewind(snapshot, mark);
    }
    for (uint32_t i = 0; i < until; i++) {
        group[i] = open[i] != 0 ? root_of(group, i) : group[i];
    }
    return status;
}

/* How many of the groups with a document that is open there are: each is named by its least document. */
static uint32_t count_open(const uint32_t *group, const uint8_t *open, uint32_t until)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < until; i++) {
        count += open[i] != 0 && group[i] == i;
    }
    return count;
}

/* Reads all groups. One that no later document belongs to is as it was: a derivation joins within a
   group. The others are made anew. */
static stemma_status fill_groups(stemma_snapshot *snapshot, uint32_t *group, uint8_t *open,
                                 uint32_t *split, stemma_error *error)
{
    uint32_t documents = snapshot->file->bounds.documents;
    uint32_t until = snapshot->until;
    uint32_t *block = stm_snapshot_array(snapshot, STEMMA_EVENT_BLOCK, sizeof *block, error);
    stemma_status status = block != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
    uint32_t opened = 0, whole;
    for (uint32_t first = 0; first < documents && status == STEMMA_OK;
         first += STEMMA_EVENT_BLOCK) {
        uint32_t left = documents - first;
        uint32_t count = left < STEMMA_EVENT_BLOCK ? left : STEMMA_EVENT_BLOCK;
        status = stm_file_groups(snapshot, first, count, block, error);
        for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
            if (first + i < until) {
                group[first + i] = block[i];
            } else if (block[i] < until) {
                open[block[i]] = 1;
                opened++;
            }
        }
    }
    *split = 0;
    if (status != STEMMA_OK || opened == 0) {
        return status;
    }
    for (uint32_t i = 0; i < until; i++) { /* a group is named by its least document */
        open[i] = open[group[i]];
    }
    whole = count_open(group, open, until);
    status = join_anew(snapshot, group, open, error);
    opened = count_open(group, open, until);
    *split = opened > whole ? opened - whole : 0; /* a derivation joins within a group */
    return status;
}

static stemma_status begin_groups(stemma_snapshot *snapshot, stm_known *known, stemma_error *error)
{
    size_t room = (size_t)snapshot->until + 1;
    stm_mark mark = stm_snapshot_mark(snapshot);
    if (room * (sizeof *known->group + 1) > snapshot->file->memory_limit) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "group", "The limit is reached");
    }
    uint32_t *group = calloc(room, sizeof *group);
    uint8_t *open = calloc(room, 1);
    uint64_t *met = calloc(room / 64 + 1, sizeof *met);
    stemma_status status = STEMMA_OK;
    if (group == NULL || open == NULL || met == NULL) {
        status = stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
    } else {
        status = fill_groups(snapshot, group, open, &known->split, error);
    }
    stm_snapshot_rewind(snapshot, mark);
    if (status != STEMMA_OK) {
        free(group);
        free(open);
        free(met);
        return status;
    }
    known->group = group;
    known->open = open;
    known->met = met;
    return STEMMA_OK;
}

static stemma_status get_groups(stemma_snapshot *snapshot, stm_known **known, stemma_error *error)
{
    stemma_status status = stm_known_get(snapshot, known, error);
    return status == STEMMA_OK && (*known)->group == NULL ? begin_groups(snapshot, *known, error)
                                                          : status;
}

stemma_status stm_known_split(stemma_snapshot *snapshot, uint32_t *split, stemma_error *error)
{
    stm_known *known = NULL;
    stemma_status status = stm_is_cut(snapshot) ? get_groups(snapshot, &known, error) : STEMMA_OK;
    *split = known != NULL && status == STEMMA_OK ? known->split : 0;
    return status;
}

stemma_status stm_known_group_is_open(stemma_snapshot *snapshot, uint32_t document, bool *open,
                                      stemma_error *error)
{
    stm_known *known = NULL;
    stemma_status status = get_groups(snapshot, &known, error);
    if (status == STEMMA_OK) {
        *open = known->open[document] != 0;
    }
    return status;
}

stemma_status stm_known_group(stemma_snapshot *snapshot, uint32_t document, uint32_t *group,
                              stemma_error *error)
{
    stm_known *known = NULL;
    stemma_status status = get_groups(snapshot, &known, error);
    if (status == STEMMA_OK) {
        *group = known->group[document];
    }
    return status;
}

stemma_status stm_known_independent(stemma_snapshot *snapshot, const uint32_t *documents,
                                    uint32_t count, uint32_t *independent, stemma_error *error)
{
    stm_known *known = NULL;
    *independent = count;
    if (count <= 1) {
        return STEMMA_OK;
    }
    stemma_status status = get_groups(snapshot, &known, error);
    if (status != STEMMA_OK) {
        return status;
    }
    *independent = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t *bits = &known->met[known->group[documents[i]] / 64];
        uint64_t bit = UINT64_C(1) << known->group[documents[i]] % 64;
        *independent += (*bits & bit) == 0;
        *bits |= bit;
    }
    for (uint32_t i = 0; i < count; i++) {
        known->met[known->group[documents[i]] / 64] = 0;
    }
    return STEMMA_OK;
}
