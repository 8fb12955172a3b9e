/* SPDX-License-Identifier: MIT */
/* A file over what is left of one: what it states of itself, or else what its tables show. */
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/dictionary.h"
#include "column.h"
#include "file/late.h"
#include "file/snapshot.h"
#include "file/publish.h"
#include "key.h"
#include "meta_record.h"
#include "salvage/salvage.h"

/* Runs that testimony may name when neither their number nor all of their records are left, until
   they are counted. */
#define RUNS_UNKNOWN 65536u

/* Bytes that a snapshot may hold: the largest document that a writer takes can be written out. */
#define MEMORY_LIMIT (UINT64_C(4) << 30)

/* One more than the greatest number that a table has as key; 0 when it is empty. */
static uint64_t numbers_of(const stm_remains *remains, stm_table table)
{
    const stm_remains_table *one = &remains->tables[table];
    uint32_t number;
    if (one->count == 0 ||
        stm_key_read_u32(stm_remains_key(remains, one->pages[one->count - 1], true), &number) !=
            STEMMA_OK) {
        return 0;
    }
    return number < STEMMA_NONE ? (uint64_t)number + 1 : 0;
}

/* Rows of a table of column blocks: all of its blocks but the last are full. */
static uint64_t rows_of_blocks(const stm_remains *remains, stm_table table)
{
    const stm_remains_table *one = &remains->tables[table];
    uint64_t blocks = numbers_of(remains, table);
    if (blocks == 0 || blocks > UINT32_MAX / STEMMA_EVENT_BLOCK) {
        return 0;
    }
    stm_remains_place place = {one->count, 0};
    stemma_bytes key, value;
    stm_column_block block;
    if (!stm_remains_previous(remains, table, &place) ||
        !stm_remains_backward(remains, table, &place, &key, &value) ||
        stm_column_block_open(value, &block) != STEMMA_OK || block.rows > STEMMA_EVENT_BLOCK) {
        return 0;
    }
    return (blocks - 1) * STEMMA_EVENT_BLOCK + block.rows;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static stemma_status read_meta(stemma_salvage *salvage, stm_store_view *view, stm_meta *meta,
                               stemma_error *error)
{
    stemma_bytes key = {(const uint8_t *)STM_META_KEY, sizeof STM_META_KEY - 1}, value;
    stm_fault fault = {"RECORD_MISSING", 0};
    stemma_status status = stm_store_get(view, STM_TABLE_META, key, &value);
    if (status == STEMMA_OK) {
        status = stm_meta_decode(value, meta, &fault);
    }
    if (status == STEMMA_OK) {
        salvage->meta_known = true;
        return stm_meta_stranger(meta) == NULL
                   ? STEMMA_OK
                   : stm_fail(error, STEMMA_E_UNSUPPORTED, "FEATURE_UNKNOWN", "meta stemma",
                              "The file needs a feature which this library lacks");
    }
    if (status == STEMMA_E_UNSUPPORTED) {
        return stm_fail(error, status, fault.code, "meta stemma",
                        "The file has a format that this library does not read");
    }
    memset(meta, 0, sizeof *meta);
    return stm_salvage_lose(salvage, "meta", "meta", NULL, 1, fault.code, "stemma",
                            "What the file says of itself is lost: its tables are counted");
}

/* Numbers below which everything lies, from the record of meta and from what is there. */
static void take_counts(stemma_salvage *salvage, const stm_meta *meta)
{
    stemma_file *file = salvage->file;
    const stm_remains *remains = salvage->remains;
    stemma_counts *counts = &file->counts;
    _Static_assert(sizeof(stemma_counts) == STM_COUNTS * sizeof(uint64_t),
                   "stemma_counts is the array of counts in meta");
    memcpy(counts, meta->counts, sizeof *counts);
    uint64_t *const numbered[] = {&counts->documents, &counts->judgements, &counts->entities,
                                  &counts->events,    &counts->claims,     &counts->runs,
                                  &counts->vocabulary};
    for (size_t i = 0; i < sizeof numbered / sizeof numbered[0]; i++) {
        *numbered[i] = *numbered[i] < STEMMA_NONE ? *numbered[i] : 0;
    }
    counts->documents = larger(counts->documents, numbers_of(remains, STM_TABLE_DOCUMENT));
    counts->judgements = larger(counts->judgements, numbers_of(remains, STM_TABLE_JUDGEMENT));
    counts->runs = larger(counts->runs, numbers_of(remains, STM_TABLE_RUN));
    counts->vocabulary = larger(counts->vocabulary, numbers_of(remains, STM_TABLE_VOCABULARY));
    if (counts->vocabulary > STM_VOCABULARY_MAX) {
        counts->vocabulary = STM_VOCABULARY_MAX;
    }
    if (counts->runs > RUNS_UNKNOWN) { /* more than a file may have: they would all be walked */
        counts->runs = RUNS_UNKNOWN;
    }
    if (!salvage->meta_known && !remains->tables[STM_TABLE_RUN].whole) {
        counts->runs = larger(counts->runs, RUNS_UNKNOWN);
    }
    /* A number that somebody made up is no reason to speak of millions of runs. */
    uint64_t most = remains->tables[STM_TABLE_RUN].entries + RUNS_UNKNOWN;
    counts->runs = counts->runs < most ? counts->runs : most;
    if (!salvage->meta_known) {
        counts->entities = rows_of_blocks(remains, STM_TABLE_ENTITY);
        counts->events = rows_of_blocks(remains, STM_TABLE_EVENT);
        counts->claims = STEMMA_NONE - 1;
    }
    file->bounds.documents = (uint32_t)counts->documents;
    file->bounds.entities = (uint32_t)counts->entities;
    file->bounds.events = (uint32_t)counts->events;
    file->bounds.claims = (uint32_t)counts->claims;
    file->bounds.runs = (uint32_t)counts->runs;
}

/* Whether any value of a table is compressed with a dictionary. */
static bool needs_dictionary(const stm_remains *remains, stm_table table)
{
    stm_remains_place place = {0, 0};
    stemma_bytes key, value;
    bool there = stm_remains_forward(remains, table, &place, &key, &value);
    while (there && (value.size == 0 || value.data[0] != STM_CODEC_DICTIONARY)) {
        there = stm_remains_next(remains, table, &place) &&
                stm_remains_forward(remains, table, &place, &key, &value);
    }
    return there;
}

static stemma_status lost_dictionaries(stemma_salvage *salvage)
{
    const struct {
        const char *name;
        const void *loaded;
        stm_table table;
    } dictionaries[] = {
        {STM_DICTIONARY_TEXT_KEY, salvage->file->text_dictionary, STM_TABLE_TEXT},
        {STM_DICTIONARY_TESTIMONY_KEY, salvage->file->testimony_dictionary, STM_TABLE_TESTIMONY}};
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < 2 && status == STEMMA_OK; i++) {
        if (dictionaries[i].loaded == NULL &&
            needs_dictionary(salvage->remains, dictionaries[i].table)) {
            status = stm_salvage_lose(salvage, "meta", "meta", NULL, 1, "DICTIONARY",
                                      dictionaries[i].name,
                                      "A compression dictionary is lost, and what it compressed");
        }
    }
    return status;
}

static stemma_status fill(stemma_salvage *salvage, stm_store_view *view, stemma_error *error)
{
    stemma_file *file = salvage->file;
    stm_meta meta = {0};
    stemma_status status = read_meta(salvage, view, &meta, error);
    if (status != STEMMA_OK) {
        return status;
    }
    take_counts(salvage, &meta);
    uint64_t blocks = (file->counts.events + STEMMA_EVENT_BLOCK - 1) / STEMMA_EVENT_BLOCK;
    if (stm_cache_new(&file->cache, (uint32_t)blocks, file->bounds.entities) != STEMMA_OK) {
        return stm_no_memory(error);
    }
    status = stm_salvage_terms(salvage, view, file->counts.vocabulary, error);
    if (status == STEMMA_OK) {
        stm_late_load_remains(file, view);
        status = lost_dictionaries(salvage);
    }
    return status;
}

stemma_status stm_salvage_open_file(stemma_salvage *salvage, uint64_t memory_limit,
                                    stemma_error *error)
{
    stemma_file *file = calloc(1, sizeof *file);
    stm_store_view *view = NULL;
    if (file == NULL) {
        return stm_no_memory(error);
    }
    if (pthread_mutex_init(&file->late_lock, NULL) != 0) {
        free(file);
        return stm_no_memory(error);
    }
    salvage->file = file; /* ended with the salvage from here on */
    file->remains = salvage->remains;
    file->process = getpid();
    file->memory_limit = memory_limit != 0 ? memory_limit : MEMORY_LIMIT;
    file->size = salvage->remains->size;
    stemma_status status = stm_store_over(&file->store, salvage->remains, error);
    if (status == STEMMA_OK) {
        status = stm_store_view_begin(&view, file->store, error);
    }
    if (status == STEMMA_OK) {
        status = fill(salvage, view, error);
    }
    stm_store_view_end(view);
    return status;
}

/* ---- Runs ---------------------------------------------------------------------------------- */

static uint32_t runs_of(const stemma_document *document, uint32_t most)
{
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        uint32_t run = document->assertions[i].run;
        most = run != STEMMA_NONE && run >= most ? run + 1 : most;
    }
    return document->row_count != 0 && document->row_run != STEMMA_NONE && document->row_run >= most
               ? document->row_run + 1
               : most;
}

stemma_status stm_salvage_count_runs(stemma_salvage *salvage, stemma_error *error)
{
    stemma_file *file = salvage->file;
    stemma_snapshot *snapshot = NULL;
    uint64_t stored = numbers_of(salvage->remains, STM_TABLE_RUN);
    uint32_t most = stored < RUNS_UNKNOWN ? (uint32_t)stored : RUNS_UNKNOWN;
    if (salvage->meta_known || salvage->remains->tables[STM_TABLE_RUN].whole) {
        return STEMMA_OK;
    }
    stemma_status status = stemma_snapshot_begin(&snapshot, file, error);
    for (size_t i = 0; i < salvage->saved_count && status == STEMMA_OK; i++) {
        stemma_document document;
        if (stemma_testimony_get(snapshot, salvage->saved[i].number, &document, NULL) ==
            STEMMA_OK) {
            most = runs_of(&document, most);
        }
        stemma_snapshot_reset(snapshot);
    }
    uint64_t judgements = salvage->remains->tables[STM_TABLE_JUDGEMENT].entries;
    for (uint32_t i = 0; i < judgements && status == STEMMA_OK; i++) {
        stemma_judgement judgement;
        if (stemma_judgement_get(snapshot, i, &judgement, NULL) == STEMMA_OK &&
            judgement.run != STEMMA_NONE && judgement.run >= most) {
            most = judgement.run + 1;
        }
        stemma_snapshot_reset(snapshot);
    }
    stemma_snapshot_end(snapshot);
    file->counts.runs = most;
    file->bounds.runs = most;
    return status;
}
