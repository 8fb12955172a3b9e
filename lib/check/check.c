/* SPDX-License-Identifier: MIT */
#include "check/check_state.h"

#include <string.h>
#include <sys/mman.h>

#include "digest.h"
#include "base/error.h"
#include "key.h"
#include "meta_record.h"
#include "page_seal.h"
#include "file/publish.h"

/* ---- Pages --------------------------------------------------------------------------------- */

/* Pages hold nothing but their records: no bytes of other data in gaps. (That they are whole was
   checked when the file was opened.) */
static stemma_status check_seal(stm_check *check, stemma_error *error)
{
    size_t size = check->file->size;
    void *map =
        mmap(NULL, size, PROT_READ, MAP_SHARED, stm_store_descriptor(check->file->store), 0);
    stemma_status status;
    if (map == MAP_FAILED) {
        return stm_system_failed(error, "MAP_FAILED", "", "map the file");
    }
    status = stm_page_sealed((stemma_bytes){map, size}, error);
    munmap(map, size);
    return stm_check_failed(check, "pages", status, error);
}

/* ---- Digests and keys ---------------------------------------------------------------------- */

static int key_has_form(const stm_table_info *table, stemma_bytes key)
{
    stemma_bytes list;
    uint32_t id, payload;
    switch (table->key) {
    case STM_KEY_U32:
        return key.size == 4;
    case STM_KEY_U32X2:
    case STM_KEY_U64:
        return key.size == 8;
    case STM_KEY_POSTING:
        return stm_key_read_posting(key, table->list_size, &list, &id, &payload) == STEMMA_OK;
    default:
        return key.size >= 1 && key.size <= 32;
    }
}

static stemma_status check_table_digest(stm_check *check, stm_table table,
                                        const stm_table_digest *expected, stemma_error *error)
{
    const stm_table_info *info = &stm_tables[table];
    stm_store_cursor *cursor;
    stemma_bytes key, value;
    stm_digest digest;
    uint8_t result[STM_DIGEST_SIZE];
    uint64_t entries = 0, misshapen = 0;
    stemma_status status = stm_snapshot_cursor(check->snapshot, table, &cursor, error);
    if (status == STEMMA_OK) {
        status = stm_digest_begin(&digest);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    for (status = stm_store_first(cursor, &key, &value); status == STEMMA_OK;
         status = stm_store_next(cursor, &key, &value)) {
        entries++;
        misshapen += !key_has_form(info, key);
        status = stm_digest_record(&digest, key, value);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (status != STEMMA_END) {
        return stm_fail(error, status, "STORE_FAILED", info->name, "The table cannot be read");
    }
    check->summary->records_checked += entries;
    if (misshapen != 0) {
        status = stm_check_report(check, "digests", "KEY_FORM", info->name,
                                  "%llu keys do not have the form of the table's keys",
                                  (unsigned long long)misshapen);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (table == STM_TABLE_META) {
        return STEMMA_OK;
    }
    stm_digest_end(result, &digest);
    if (expected == NULL) {
        return stm_check_report(check, "digests", "DIGEST_MISSING", info->name,
                                "The file has no digest of the table");
    }
    if (expected->entries != entries) {
        return stm_check_report(check, "digests", "DIGEST_ENTRIES", info->name,
                                "The table has %llu records, its digest was made of %llu",
                                (unsigned long long)entries, (unsigned long long)expected->entries);
    }
    if (memcmp(result, expected->digest, sizeof result) != 0) {
        return stm_check_report(check, "digests", "DIGEST_MISMATCH", info->name,
                                "The table's records do not have the digest that was stored");
    }
    return STEMMA_OK;
}

/* Every record's key has the form of its table; tables are what their digests say. */
static stemma_status check_digests(stm_check *check, stemma_error *error)
{
    stm_table_digest digests[STM_TABLES_MAX];
    uint32_t count = 0;
    stemma_bytes key = {(const uint8_t *)STM_DIGEST_KEY, sizeof STM_DIGEST_KEY - 1}, value;
    stm_fault fault = {NULL, 0};
    stemma_status status = stm_snapshot_get(check->snapshot, STM_TABLE_META, key, &value, error);
    if (status == STEMMA_OK && stm_digests_decode(value, digests, &count, &fault) != STEMMA_OK) {
        count = 0;
        status = stm_check_report(check, "digests", fault.code != NULL ? fault.code : "DAMAGED",
                                  "meta digest", "The record of digests does not decode");
    } else if (status == STEMMA_NOT_FOUND) {
        status = stm_check_report(check, "digests", "DIGEST_MISSING", "meta digest",
                                  "The file has no record of digests");
    }
    for (unsigned table = 0; status == STEMMA_OK && table < STM_TABLE_COUNT; table++) {
        const stm_table_digest *expected = NULL;
        for (uint32_t i = 0; i < count; i++) {
            if (stemma_text_equal(digests[i].table, stemma_text_of(stm_tables[table].name))) {
                expected = &digests[i];
            }
        }
        status = check_table_digest(check, (stm_table)table, expected, error);
    }
    return status;
}

/* ---- The whole ----------------------------------------------------------------------------- */

typedef stemma_status check_part(stm_check *check, stemma_error *error);

static stemma_status run_parts(stm_check *check, stemma_error *error)
{
    static check_part *const parts[] = {check_seal, check_digests, stm_check_tables,
                                        stm_check_judgements, stm_check_documents};
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; status == STEMMA_OK && i < sizeof parts / sizeof parts[0]; i++) {
        status = parts[i](check, error);
        stemma_snapshot_reset(check->snapshot);
    }
    /* What follows from damaged testimony says nothing about the index. */
    if (status == STEMMA_OK && check->summary->problems == 0) {
        status = stm_check_index(check, error);
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stemma_check(const char *path, stemma_problem_callback *callback, void *context,
                           stemma_check_summary *summary, stemma_error *error)
{
    stemma_check_summary unwanted;
    stemma_error own;
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stm_check check;
    stemma_status status;
    error = error != NULL ? error : &own;
    memset(&own, 0, sizeof own);
    memset(&check, 0, sizeof check);
    check.callback = callback;
    check.context = context;
    check.summary = summary != NULL ? summary : &unwanted;
    memset(check.summary, 0, sizeof *check.summary);
    options.flags = STEMMA_OPEN_SEQUENTIAL;
    options.memory_limit = UINT64_C(4) << 30;
    status = stemma_open(&check.file, path, &options, error);
    if (status != STEMMA_OK) {
        (void)stm_check_report(&check, "open", error->code, error->where, "%s", error->message);
        return status;
    }
    stemma_counts_get(check.file, &check.counts);
    status = stemma_snapshot_begin(&check.snapshot, check.file, error);
    if (status == STEMMA_OK) {
        status = run_parts(&check, error);
    }
    if (status < 0) {
        (void)stm_check_report(&check, "check", error->code, error->where, "%s", error->message);
    }
    stm_check_rows_free(&check);
    stemma_snapshot_end(check.snapshot);
    stemma_close(check.file);
    return status;
}
