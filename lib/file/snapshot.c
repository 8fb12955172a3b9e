/* SPDX-License-Identifier: MIT */
#include "file/snapshot.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bytes.h"
#include "base/error.h"
#include "base/large.h"
#include "read/event_scan.h"
#include "claims/outlet.h"
#include "read/row_scan.h"
#include "read/row_detail.h"
#include "key.h"
#include "read/known.h"
#include "row_block.h"
#include "search/search_cache.h"
#include "tables.h"
#include "read/testimony_one.h"
#include "file/late.h"

#define SLAB_LEAST (64u * 1024u)
#define SLAB_MOST  (4u * 1024u * 1024u)
#define SLAB_HEAD  (sizeof(stm_slab) + ALIGNMENT)
#define ALIGNMENT  16u

/* ---- Beginning and end ---- */

stemma_status stemma_snapshot_begin(stemma_snapshot **out, stemma_file *file, stemma_error *error)
{
    if (out == NULL || file == NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "NULL_ARGUMENT", "", "An argument is missing");
    }
    if (getpid() != file->process) {
        return stm_fail(error, STEMMA_E_MISUSE, "FORKED", "",
                        "The file was opened before fork(): reopen it in the child");
    }
    stemma_snapshot *snapshot = calloc(1, sizeof *snapshot);
    if (snapshot == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
    }
    snapshot->file = file;
    snapshot->until = STEMMA_NONE;
    /* Most programs have one snapshot. */
    snapshot->view = atomic_exchange_explicit(&file->view, NULL, memory_order_acq_rel);
    stemma_status status = snapshot->view != NULL
                               ? STEMMA_OK
                               : stm_store_view_begin(&snapshot->view, file->store, error);
    if (status != STEMMA_OK) {
        free(snapshot);
        return status;
    }
    *out = snapshot;
    return STEMMA_OK;
}

static void free_slab(stemma_snapshot *snapshot, stm_slab *slab)
{
    if (slab != NULL) {
        snapshot->held -= slab->capacity;
        free(slab);
    }
}

static void free_spare(stemma_snapshot *snapshot)
{
    free_slab(snapshot, snapshot->spare);
    snapshot->spare = NULL;
}

static void free_slabs(stemma_snapshot *snapshot, stm_slab *keep)
{
    while (snapshot->slabs != keep) {
        stm_slab *next = snapshot->slabs->next;
        free_slab(snapshot, snapshot->slabs);
        snapshot->slabs = next;
    }
}

/* Takes away the slabs before `keep`, and keeps the largest of them: what is worked out over and over needs as
   much the next time, and memory that is new to the process is dear. */
static void rewind_slabs(stemma_snapshot *snapshot, stm_slab *keep)
{
    while (snapshot->slabs != keep) {
        stm_slab *slab = snapshot->slabs;
        snapshot->slabs = slab->next;
        if (slab->capacity <= SLAB_MOST &&
            (snapshot->spare == NULL || snapshot->spare->capacity < slab->capacity)) {
            free_spare(snapshot);
            snapshot->spare = slab;
        } else {
            free_slab(snapshot, slab);
        }
    }
}

void stemma_snapshot_reset(stemma_snapshot *snapshot)
{
    if (snapshot == NULL) {
        return;
    }
    /* The oldest slab is kept, so that small answers over and over need no malloc. */
    stm_slab *oldest = snapshot->slabs;
    while (oldest != NULL && oldest->next != NULL) {
        oldest = oldest->next;
    }
    free_slabs(snapshot, oldest);
    free_spare(snapshot);
    if (oldest != NULL) {
        oldest->used = 0;
        if (oldest->capacity > SLAB_MOST) {
            free_slabs(snapshot, NULL);
        }
    }
    stm_store_cursors_reset(snapshot->view);
    memset(snapshot->cursors, 0, sizeof snapshot->cursors);
}

void stemma_snapshot_end(stemma_snapshot *snapshot)
{
    if (snapshot != NULL) {
        stm_store_view_end(snapshot->view);
        free_slabs(snapshot, NULL);
        free_spare(snapshot);
        ZSTD_freeDCtx(snapshot->decompressor);
        stm_known_free(snapshot->known);
        stm_search_cache_free(snapshot->search);
        stm_outlets_free(snapshot->outlets);
        stm_kept_parts_free(snapshot->parts);
        stm_scan_free(snapshot->scan);
        stm_row_scan_free(snapshot->row_scan);
        stm_detail_free(&snapshot->detail);
        free(snapshot->edges);
        free(snapshot);
    }
}

/* ---- As of ---- */

void stemma_snapshot_as_of(stemma_snapshot *snapshot, uint32_t documents_until)
{
    bool cut = documents_until < snapshot->file->bounds.documents;
    uint32_t until = cut ? documents_until : STEMMA_NONE;
    if (until != snapshot->until) {
        stm_known_free(snapshot->known);
        snapshot->known = NULL;
        snapshot->data_set_known = false;
        snapshot->until = until;
    }
}

uint32_t stemma_snapshot_until(const stemma_snapshot *snapshot)
{
    return snapshot->until;
}

/* ---- Memory ---- */

static uint8_t *slab_bytes(stm_slab *slab)
{
    return (uint8_t *)slab + ALIGNMENT * ((sizeof *slab + ALIGNMENT - 1) / ALIGNMENT);
}

static stm_slab *put_first(stemma_snapshot *snapshot, stm_slab *slab)
{
    slab->next = snapshot->slabs;
    slab->used = 0;
    snapshot->slabs = slab;
    return slab;
}

static stm_slab *beyond_limit(const stemma_snapshot *snapshot, stemma_error *error)
{
    (void)stm_fail(error, STEMMA_E_NO_MEMORY, "MEMORY_LIMIT", "",
                   "The answer needs more memory than the limit of %llu bytes allows",
                   (unsigned long long)snapshot->file->memory_limit);
    return NULL;
}

/* A new slab with room for `size`, within the limit. */
static stm_slab *add_slab(stemma_snapshot *snapshot, size_t size, stemma_error *error)
{
    uint64_t limit = snapshot->file->memory_limit;
    size_t capacity = SLAB_LEAST;
    stm_slab *spare = snapshot->spare;
    if (spare != NULL && spare->capacity >= size) {
        snapshot->spare = NULL;
        return put_first(snapshot, spare);
    }
    free_spare(snapshot);
    while (capacity < SLAB_MOST && capacity < snapshot->held) {
        capacity *= 2;
    }
    capacity -= capacity >= STM_LARGE_PAGE ? SLAB_HEAD : 0; /* whole pages */
    if (limit - snapshot->held < capacity) {
        capacity = (size_t)(limit - snapshot->held);
    }
    if (capacity < size) {
        capacity = size;
    }
    if (capacity > limit - snapshot->held || capacity > SIZE_MAX / 2) {
        return beyond_limit(snapshot, error);
    }
    stm_slab *slab = stm_large_alloc(SLAB_HEAD + capacity);
    if (slab == NULL) {
        (void)stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "The system refused memory");
        return NULL;
    }
    slab->capacity = capacity;
    snapshot->held += capacity;
    return put_first(snapshot, slab);
}

void *stm_snapshot_alloc(stemma_snapshot *snapshot, size_t size, stemma_error *error)
{
    stm_slab *slab = snapshot->slabs;
    size_t rounded;
    if (!stm_add_size(size, ALIGNMENT - 1, &rounded)) {
        rounded = SIZE_MAX;
    } else {
        rounded -= rounded % ALIGNMENT;
    }
    if (slab == NULL || slab->capacity - slab->used < rounded) {
        slab = add_slab(snapshot, rounded, error);
    }
    if (slab == NULL) {
        return NULL;
    }
    void *memory = slab_bytes(slab) + slab->used;
    slab->used += rounded;
    return memory;
}

void *stm_snapshot_array(stemma_snapshot *snapshot, uint64_t count, size_t size,
                         stemma_error *error)
{
    size_t bytes;
    if (!stm_mul_size((size_t)count, size, &bytes)) {
        bytes = SIZE_MAX;
    }
    return stm_snapshot_alloc(snapshot, bytes, error);
}

stm_mark stm_snapshot_mark(const stemma_snapshot *snapshot)
{
    stm_mark mark = {snapshot->slabs, snapshot->slabs != NULL ? snapshot->slabs->used : 0};
    return mark;
}

void stm_snapshot_rewind(stemma_snapshot *snapshot, stm_mark mark)
{
    if (mark.slab == NULL) {
        if (snapshot->slabs != NULL && snapshot->slabs->next == NULL &&
            snapshot->slabs->capacity <= SLAB_MOST) {
            snapshot->slabs->used = 0; /* the first one is worth keeping */
            return;
        }
        rewind_slabs(snapshot, NULL);
        return;
    }
    rewind_slabs(snapshot, mark.slab);
    mark.slab->used = mark.used;
}

/* ---- Tables ---- */

static stemma_status store_failed(stemma_error *error, stemma_status status, stm_table table)
{
    if (status == STEMMA_OK || status == STEMMA_NOT_FOUND || status == STEMMA_END) {
        return status;
    }
    return stm_fail(error, status, status == STEMMA_E_NO_MEMORY ? "NO_MEMORY" : "STORE_DAMAGED",
                    stm_tables[table].name, "The table cannot be read");
}

stemma_status stm_snapshot_get(stemma_snapshot *snapshot, stm_table table, stemma_bytes key,
                               stemma_bytes *value, stemma_error *error)
{
    /* Blocks of `event` know their terms by number alone: stm_snapshot_event_block(). */
    stemma_status status = table != STM_TABLE_EVENT ? stm_late_need(snapshot, error) : STEMMA_OK;
    return status == STEMMA_OK
               ? store_failed(error, stm_store_get(snapshot->view, table, key, value), table)
               : status;
}

stemma_status stm_snapshot_get_u32(stemma_snapshot *snapshot, stm_table table, uint32_t number,
                                   stemma_bytes *value, stemma_error *error)
{
    uint8_t bytes[4];
    stemma_bytes key = {bytes, sizeof bytes};
    stm_key_u32(bytes, number);
    return stm_snapshot_get(snapshot, table, key, value, error);
}

stemma_status stm_snapshot_get_u32x2(stemma_snapshot *snapshot, stm_table table, uint32_t first,
                                     uint32_t second, stemma_bytes *value, stemma_error *error)
{
    uint8_t bytes[8];
    stemma_bytes key = {bytes, sizeof bytes};
    stm_key_u32x2(bytes, first, second);
    return stm_snapshot_get(snapshot, table, key, value, error);
}

stemma_status stm_snapshot_column(stemma_snapshot *snapshot, stm_table table, uint16_t column_id,
                                  uint32_t first, uint32_t second, stm_column *out,
                                  stemma_error *error)
{
    uint64_t key = (uint64_t)first << 32 | second;
    bool one_number = stm_tables[table].key == STM_KEY_U32;
    const stm_cached *known = stm_cache_find(snapshot->file->cache, table, column_id, key);
    stm_cached found = {.key = key, .table = table, .column_id = column_id};
    stm_column_block block;
    stemma_bytes value;
    if (known != NULL) {
        *out = known->column;
        return STEMMA_OK;
    }
    stemma_status status =
        one_number ? stm_snapshot_get_u32(snapshot, table, second, &value, error)
                   : stm_snapshot_get_u32x2(snapshot, table, first, second, &value, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_column_block_open(value, &block) != STEMMA_OK ||
        stm_column_require(&block, column_id, block.rows, &found.column) != STEMMA_OK) {
        return stm_damaged(error, table, one_number ? second : first, "COLUMN_BLOCK");
    }
    if (stm_cache_keep(snapshot->file->cache, &found) != STEMMA_OK) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", stm_tables[table].name,
                        "The system refused memory");
    }
    *out = found.column;
    return STEMMA_OK;
}

stemma_status stm_snapshot_cursor(stemma_snapshot *snapshot, stm_table table,
                                  stm_store_cursor **out, stemma_error *error)
{
    stemma_status status = stm_late_need(snapshot, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (snapshot->cursors[table] == NULL) {
        status = stm_store_cursor_take(&snapshot->cursors[table], snapshot->view, table);
        if (status != STEMMA_OK) {
            snapshot->cursors[table] = NULL;
            return store_failed(error, status, table);
        }
    }
    *out = snapshot->cursors[table];
    return STEMMA_OK;
}

stemma_status stm_snapshot_rows(stemma_snapshot *snapshot, stm_table table, uint32_t number,
                                uint32_t *first, stemma_bytes *value, stemma_error *error)
{
    stm_store_cursor *cursor = NULL;
    stemma_bytes found;
    uint8_t bytes[4];
    stemma_bytes key = {bytes, sizeof bytes};
    stm_key_u32(bytes, number);
    stemma_status status = stm_snapshot_cursor(snapshot, table, &cursor, error);
    if (status == STEMMA_OK) {
        status = stm_store_floor(cursor, key, &found, value);
    }
    if (status != STEMMA_OK) {
        return store_failed(error, status, table);
    }
    if (stm_key_read_u32(found, first) != STEMMA_OK) {
        return stm_damaged(error, table, number, "KEY_FORM");
    }
    return *first > number ? STEMMA_NOT_FOUND : STEMMA_OK;
}

stemma_status stm_snapshot_row(stemma_snapshot *snapshot, stm_table table, uint32_t number,
                               stemma_bytes *row, stemma_error *error)
{
    stm_last_rows *last = &snapshot->last_claims;
    stemma_bytes value;
    uint32_t first = 0;
    stm_fault fault = {"", 0};
    stemma_status status;
    if (table == STM_TABLE_CLAIM && number >= last->first && number - last->first < last->rows) {
        status = stm_rows_at(last->value, number - last->first, row, &fault);
        return status == STEMMA_E_DAMAGED ? stm_record_failed(error, status, table, number, &fault)
                                          : status;
    }
    status = stm_snapshot_rows(snapshot, table, number, &first, &value, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_rows_at(value, number - first, row, &fault);
    if (status == STEMMA_E_DAMAGED) {
        return stm_record_failed(error, status, table, number, &fault);
    }
    if (status == STEMMA_OK && table == STM_TABLE_CLAIM) {
        last->value = value;
        last->first = first;
        (void)stm_rows_count(value, &last->rows, &fault);
    }
    return status;
}

/* ---- Posting sources ---- */

static stemma_status source_seek(void *context, stemma_bytes key, stemma_bytes *found,
                                 stemma_bytes *value)
{
    return stm_store_floor(context, key, found, value);
}

static stemma_status source_next(void *context, stemma_bytes *key, stemma_bytes *value)
{
    return stm_store_next(context, key, value);
}

stemma_status stm_snapshot_source(stemma_snapshot *snapshot, stm_table table,
                                  stm_posting_source *out, stemma_error *error)
{
    stm_store_cursor *cursor = NULL;
    stemma_status status = stm_late_need(snapshot, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_store_cursor_take(&cursor, snapshot->view, table);
    if (status != STEMMA_OK) {
        return store_failed(error, status, table);
    }
    out->context = cursor;
    out->list_size = stm_tables[table].list_size;
    out->seek = source_seek;
    out->next = source_next;
    return STEMMA_OK;
}

void stm_snapshot_source_return(stm_posting_source *source)
{
    stm_store_cursor_return(source->context);
    source->context = NULL;
}

/* ---- Errors ---- */

stemma_status stm_record_failed(stemma_error *error, stemma_status status, stm_table table,
                                uint64_t number, const stm_fault *fault)
{
    char where[64];
    snprintf(where, sizeof where, "%s %llu", stm_tables[table].name, (unsigned long long)number);
    (void)stm_fail(error, status, fault->code != NULL ? fault->code : "RECORD_DAMAGED", where,
                   "The record breaks a rule of the format");
    if (error != NULL) {
        error->offset = fault->offset;
    }
    return status;
}

stemma_status stm_damaged(stemma_error *error, stm_table table, uint64_t number, const char *code)
{
    const stm_fault fault = {code, 0};
    return stm_record_failed(error, STEMMA_E_DAMAGED, table, number, &fault);
}
