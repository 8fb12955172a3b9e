/* SPDX-License-Identifier: MIT */
/* Whether tables are what their digests say, each by itself: so they say which table is damaged. */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/parallel.h"
#include "check/check_state.h"
#include "digest.h"
#include "file/publish.h"
#include "file/remains.h"
#include "key.h"
#include "meta_record.h"

static const char part_name[] = "digests";

/* One table, looked at by any thread. */
typedef struct table_check {
    stm_check check; /* with a list of its own */
    stm_check_list list;
    stm_table table;
    const stm_table_digest *stated; /* NULL: the file has none */
    uint64_t weight;                /* the heaviest are begun first */
    stemma_status status;
    stemma_error error;
} table_check;

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

/* The digest, the number and the misshapen keys of what is there. */
static stemma_status digest_table(table_check *self, uint8_t result[STM_DIGEST_SIZE],
                                  uint64_t *misshapen)
{
    const stm_table_info *info = &stm_tables[self->table];
    stemma_table_result *told = &self->check.summary->tables[self->table];
    stm_store_cursor *cursor;
    stemma_bytes key, value;
    stm_digest digest;
    stemma_status status =
        stm_snapshot_cursor(self->check.snapshot, self->table, &cursor, &self->error);
    if (status == STEMMA_OK) {
        status = stm_digest_begin(&digest);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    for (status = stm_store_first(cursor, &key, &value); status == STEMMA_OK;
         status = stm_store_next(cursor, &key, &value)) {
        told->records++;
        *misshapen += !key_has_form(info, key);
        status = stm_digest_record(&digest, key, value);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (status == STEMMA_E_NO_MEMORY) {
        return stm_no_memory(&self->error);
    }
    if (status != STEMMA_END) {
        return stm_fail(&self->error, status, "STORE_FAILED", info->name,
                        "The table cannot be read");
    }
    stm_digest_end(result, &digest);
    return STEMMA_OK;
}

/* What is there against what was stored. */
static stemma_status compare(table_check *self, const uint8_t result[STM_DIGEST_SIZE])
{
    const char *name = stm_tables[self->table].name;
    stemma_table_result *told = &self->check.summary->tables[self->table];
    if (self->table == STM_TABLE_META) {
        /* It has no digest but those of its dictionaries: the structure of its pages speaks for it. */
        told->state = told->damaged_pages == 0 ? STEMMA_TABLE_WHOLE : STEMMA_TABLE_DAMAGED;
        return STEMMA_OK;
    }
    if (self->stated == NULL) {
        told->state = told->damaged_pages == 0 ? STEMMA_TABLE_UNKNOWN : STEMMA_TABLE_DAMAGED;
        return stm_check_report(&self->check, part_name, "DIGEST_MISSING", name,
                                "The file has no digest of the table");
    }
    told->stated = self->stated->entries;
    told->state = STEMMA_TABLE_DAMAGED;
    if (told->stated != told->records) {
        return stm_check_report(&self->check, part_name, "DIGEST_ENTRIES", name,
                                "The table has %llu records, its digest was made of %llu",
                                (unsigned long long)told->records,
                                (unsigned long long)told->stated);
    }
    if (memcmp(result, self->stated->digest, STM_DIGEST_SIZE) != 0) {
        return stm_check_report(&self->check, part_name, "DIGEST_MISMATCH", name,
                                "The table's records do not have the digest that was stored");
    }
    told->state = STEMMA_TABLE_WHOLE;
    return STEMMA_OK;
}

static stemma_status check_table(table_check *self)
{
    uint8_t result[STM_DIGEST_SIZE];
    uint64_t misshapen = 0;
    stemma_table_result *told = &self->check.summary->tables[self->table];
    stemma_status status = digest_table(self, result, &misshapen);
    told->stated = told->records;
    if (status == STEMMA_OK && misshapen != 0) {
        status = stm_check_report(&self->check, part_name, "KEY_FORM", stm_tables[self->table].name,
                                  "%llu keys do not have the form of the table's keys",
                                  (unsigned long long)misshapen);
    }
    return status == STEMMA_OK ? compare(self, result) : status;
}

static void work(void *context, size_t item)
{
    table_check **order = context;
    table_check *self = order[item];
    self->status = stemma_snapshot_begin(&self->check.snapshot, self->check.file, &self->error);
    if (self->status == STEMMA_OK) {
        self->status = check_table(self);
    }
    stemma_snapshot_end(self->check.snapshot);
}

static int heavier(const void *a, const void *b)
{
    const table_check *left = *(table_check *const *)a;
    const table_check *right = *(table_check *const *)b;
    return left->weight != right->weight ? (left->weight < right->weight ? 1 : -1)
                                         : (int)left->table - (int)right->table;
}

/* Pages of a table, as far as they are known. */
static uint64_t weight_of(const stm_check *check, stm_table table)
{
    const stm_page_report *report = check->file->report;
    for (uint32_t i = 0; report != NULL && i < report->table_count; i++) {
        if (strcmp(report->tables[i].name, stm_tables[table].name) == 0) {
            return report->tables[i].leaf_pages + report->tables[i].overflow_pages;
        }
    }
    return stm_store_entries(check->file->store, table);
}

static stemma_status read_digests(stm_check *check, stm_table_digest digests[STM_TABLES_MAX],
                                  uint32_t *count, stemma_error *error)
{
    stemma_bytes key = {(const uint8_t *)STM_DIGEST_KEY, sizeof STM_DIGEST_KEY - 1}, value;
    stm_fault fault = {NULL, 0};
    stemma_status status = stm_snapshot_get(check->snapshot, STM_TABLE_META, key, &value, error);
    *count = 0;
    if (status == STEMMA_NOT_FOUND) {
        return stm_check_report(check, part_name, "DIGEST_MISSING", "meta digest",
                                "The file has no record of digests");
    }
    if (status == STEMMA_OK && stm_digests_decode(value, digests, count, &fault) != STEMMA_OK) {
        *count = 0;
        return stm_check_report(check, part_name, fault.code != NULL ? fault.code : "DAMAGED",
                                "meta digest", "The record of digests does not decode");
    }
    return status;
}

/* The dictionaries, each of which has a digest of its own. */
static stemma_status check_dictionaries(stm_check *check, const stm_table_digest *digests,
                                        uint32_t count, stemma_error *error)
{
    static const char *const names[] = {STM_DICTIONARY_TESTIMONY_KEY, STM_DICTIONARY_TEXT_KEY};
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && status == STEMMA_OK; i++) {
        stemma_bytes key = {(const uint8_t *)names[i], strlen(names[i])}, value;
        char where[40];
        status = stm_snapshot_get(check->snapshot, STM_TABLE_META, key, &value, error);
        if (status == STEMMA_NOT_FOUND) {
            status = STEMMA_OK;
            continue;
        }
        stemma_status told = status == STEMMA_OK
                                 ? stm_dictionary_prove(digests, count, names[i], value)
                                 : STEMMA_OK;
        snprintf(where, sizeof where, "meta %s", names[i]);
        if (told == STEMMA_E_DAMAGED) {
            check->summary->tables[STM_TABLE_META].state = STEMMA_TABLE_DAMAGED;
            status = stm_check_report(check, part_name, "DIGEST_MISMATCH", where,
                                      "The dictionary does not have the digest that was stored");
        } else if (told == STEMMA_NOT_FOUND && check->file->minor != 0) {
            status = stm_check_report(check, part_name, "DIGEST_MISSING", where,
                                      "The file has no digest of the dictionary");
        }
    }
    return status;
}

/* Gives the number of tables that are there or should be; one that neither is has no name in the summary. */
static size_t prepare(stm_check *check, table_check *tables, table_check **order,
                      const stm_table_digest *digests, uint32_t count)
{
    size_t wanted = 0;
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        table_check *self = &tables[i];
        stemma_table_result *told = &check->summary->tables[i];
        self->check = *check;
        self->check.list = &self->list;
        self->check.snapshot = NULL;
        self->table = (stm_table)i;
        self->weight = weight_of(check, self->table);
        for (uint32_t j = 0; j < count; j++) {
            if (stemma_text_equal(digests[j].table, stemma_text_of(stm_tables[i].name))) {
                self->stated = &digests[j];
            }
        }
        if (self->stated != NULL || !stm_table_is_optional(self->table) ||
            stm_store_has(check->file->store, self->table)) {
            snprintf(told->name, sizeof told->name, "%s", stm_tables[i].name);
            order[wanted++] = self;
        }
    }
    check->summary->table_count = STM_TABLE_COUNT;
    qsort(order, wanted, sizeof *order, heavier);
    return wanted;
}

stemma_status stm_check_digests(stm_check *check, stemma_error *error)
{
    _Static_assert(STM_TABLE_COUNT <= STEMMA_CHECK_TABLES, "a summary has room for all tables");
    stm_table_digest digests[STM_TABLES_MAX];
    table_check *order[STM_TABLE_COUNT];
    uint32_t count = 0;
    stemma_check_result *result = &check->summary->checks[STEMMA_CHECK_DIGESTS];
    stemma_status status = read_digests(check, digests, &count, error);
    table_check *tables = calloc(STM_TABLE_COUNT, sizeof *tables);
    if (tables == NULL) {
        return stm_no_memory(error);
    }
    if (status == STEMMA_OK) {
        size_t wanted = prepare(check, tables, order, digests, count);
        stm_check_tell_progress(check, STEMMA_CHECK_DIGESTS, 0, wanted);
        stm_parallel(stm_check_jobs(check), wanted, work, order);
        stm_check_tell_progress(check, STEMMA_CHECK_DIGESTS, wanted, wanted);
        status = check_dictionaries(check, digests, count, error);
    }
    for (unsigned i = 0; i < STM_TABLE_COUNT; i++) {
        result->looked += check->summary->tables[i].records;
        if (status == STEMMA_OK) {
            status = stm_check_flush(check, &tables[i].list);
        }
        if (status == STEMMA_OK && tables[i].status != STEMMA_OK) {
            status = tables[i].status;
            *error = tables[i].error;
        }
        stm_check_list_free(&tables[i].list);
    }
    check->summary->records_checked = result->looked;
    free(tables);
    return status;
}
