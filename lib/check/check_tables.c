/* SPDX-License-Identifier: MIT */
/* Whether tables hold the records that their numbers promise, and those of runs, terms, judgements
   and derivations. */
#include "check/check_share.h"

#include <stdio.h>

#include "derivation_record.h"
#include "judgement_record.h"
#include "key.h"
#include "limits.h"
#include "run_record.h"
#include "write/validate.h"

static const char part_name[] = "records";

/* A table keyed by one number has the keys 0, 1, 2, ... */
static stemma_status check_dense(stm_check *check, stm_table table, uint64_t expected,
                                 stemma_error *error)
{
    uint64_t entries = stm_store_entries(check->file->store, table);
    stm_store_cursor *cursor;
    stemma_bytes key, value;
    uint32_t number, next = 0;
    stemma_status status;
    if (entries != expected) {
        return stm_check_report(check, part_name, "RECORD_COUNT", stm_tables[table].name,
                                "The table has %llu records where there should be %llu",
                                (unsigned long long)entries, (unsigned long long)expected);
    }
    status = stm_snapshot_cursor(check->snapshot, table, &cursor, error);
    if (status != STEMMA_OK) {
        return status;
    }
    for (status = stm_store_first(cursor, &key, &value); status == STEMMA_OK;
         status = stm_store_next(cursor, &key, &value)) {
        if (stm_key_read_u32(key, &number) != STEMMA_OK || number != next) {
            return stm_check_report(check, part_name, "RECORD_NUMBER", stm_tables[table].name,
                                    "The record after %u others has another number", next);
        }
        next++;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* A table keyed by (document, part) has the parts 0, 1, 2, ... of documents that exist. */
static stemma_status check_parts(stm_check *check, stm_table table, stemma_error *error)
{
    stm_store_cursor *cursor;
    stemma_bytes key, value;
    uint32_t document, block, last = STEMMA_NONE, next = 0;
    stemma_status status = stm_snapshot_cursor(check->snapshot, table, &cursor, error);
    if (status != STEMMA_OK) {
        return status;
    }
    for (status = stm_store_first(cursor, &key, &value); status == STEMMA_OK;
         status = stm_store_next(cursor, &key, &value)) {
        char where[64];
        if (stm_key_read_u32x2(key, &document, &block) != STEMMA_OK) {
            continue; /* reported with the keys */
        }
        if (document != last) {
            next = 0;
            last = document;
        }
        if (document >= check->counts.documents || block != next) {
            snprintf(where, sizeof where, "%s %u %u", stm_tables[table].name, document, block);
            status = stm_check_report(check, part_name, "RECORD_NUMBER", where,
                                      "The record belongs to no document or is out of sequence");
            if (status != STEMMA_OK) {
                return status;
            }
        }
        next = block + 1;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_check_tables(stm_check *check, stemma_error *error)
{
    const stemma_counts *counts = &check->counts;
    const struct {
        stm_table table;
        uint64_t records;
    } dense[] = {
        {STM_TABLE_DOCUMENT, counts->documents},
        {STM_TABLE_RUN, counts->runs},
        {STM_TABLE_VOCABULARY, counts->vocabulary},
        {STM_TABLE_JUDGEMENT, counts->judgements},
        {STM_TABLE_EVENT, (counts->events + STEMMA_EVENT_BLOCK - 1) / STEMMA_EVENT_BLOCK},
        {STM_TABLE_ENTITY, (counts->entities + STM_ENTITY_BLOCK - 1) / STM_ENTITY_BLOCK},
        {STM_TABLE_GROUP, (counts->documents + STEMMA_EVENT_BLOCK - 1) / STEMMA_EVENT_BLOCK},
    };
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; status == STEMMA_OK && i < sizeof dense / sizeof dense[0]; i++) {
        if (!stm_check_table_sound(check, dense[i].table)) {
            continue;
        }
        status = check_dense(check, dense[i].table, dense[i].records, error);
    }
    if (status == STEMMA_OK) {
        status = check_parts(check, STM_TABLE_TEXT, error);
    }
    return status == STEMMA_OK ? check_parts(check, STM_TABLE_TESTIMONY, error) : status;
}

/* ---- Runs, terms, judgements, derivations -------------------------------------------------- */

static stemma_status out_of_order(stm_check *check, stm_table table, uint32_t number)
{
    char where[64];
    snprintf(where, sizeof where, "%s %u", stm_tables[table].name, number);
    return stm_check_report(check, part_name, "RECORD_ORDER", where,
                            "The record does not come after the one before it");
}

static stemma_status check_runs(stm_check *check, stemma_error *error)
{
    stemma_run last = {0}, run;
    int has_last = 0; /* a record that cannot be read is compared with none */
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < check->counts.runs; i++) {
        status = stemma_run_get(check->snapshot, i, &run, error);
        if (status != STEMMA_OK) {
            status = stm_check_failed(check, part_name, status, error);
            has_last = 0;
            continue;
        }
        if (has_last && stm_run_compare(&last, &run) >= 0) {
            status = out_of_order(check, STM_TABLE_RUN, i);
        }
        last = run;
        has_last = 1;
    }
    return status;
}

/* Whether a referent is there; without memory that is not known. */
static stemma_status find_referent(stm_check *check, stemma_referent_id id, int *exists,
                                   stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(check->snapshot);
    stemma_reference reference;
    stemma_status status = stemma_member_of(check->snapshot, id, &reference, error);
    *exists = *exists && status == STEMMA_OK;
    stm_snapshot_rewind(check->snapshot, mark);
    return status == STEMMA_E_NO_MEMORY ? stm_check_failed(check, part_name, status, error) : STEMMA_OK;
}

static stemma_status report_judgement(stm_check *check, uint32_t number, const char *code,
                                      const char *message)
{
    char where[64];
    snprintf(where, sizeof where, "judgement %u", number);
    return stm_check_report(check, part_name, code, where, "%s", message);
}

/* What one judgement says, and that it comes after the one before it. */
static stemma_status check_judgement(stm_check *check, uint32_t number,
                                     const stemma_judgement *judgement,
                                     const stemma_judgement *before, stemma_error *error)
{
    stemma_error broken;
    stemma_status status = STEMMA_OK;
    int exist = 1;
    if (stm_validate_judgement(judgement, check->file->bounds.runs, &broken) != STEMMA_OK) {
        status = report_judgement(check, number, broken.code, broken.message);
    } else if (before != NULL && stm_judgement_compare(before, judgement) >= 0) {
        status = out_of_order(check, STM_TABLE_JUDGEMENT, number);
    }
    if (status == STEMMA_OK) {
        status = find_referent(check, judgement->left, &exist, error);
    }
    if (status == STEMMA_OK) {
        status = find_referent(check, judgement->right, &exist, error);
    }
    if (status == STEMMA_OK && !exist) {
        status = report_judgement(check, number, "REFERENT_OUT_OF_RANGE",
                                  "The judgement names a referent that is not there");
    }
    return status;
}

#define SHARE 512u /* judgements that one thread looks at in one go */

static stemma_status check_judgement_share(stm_check_share *self, stemma_error *error)
{
    stm_check *check = &self->check;
    stemma_judgement last, judgement;
    stemma_status status = STEMMA_OK;
    if (self->first != 0) { /* when it is damaged, the share before is the last */
        status = stemma_judgement_get(check->snapshot, self->first - 1, &last, error);
    }
    for (uint32_t i = self->first; status == STEMMA_OK && i < self->end; i++) {
        status = stemma_judgement_get(check->snapshot, i, &judgement, error);
        if (status != STEMMA_OK) {
            self->is_last = true;
            return stm_check_failed(check, part_name, status, error);
        }
        status = check_judgement(check, i, &judgement, i != 0 ? &last : NULL, error);
        last = judgement;
    }
    return status;
}

static stemma_status check_judgement_records(stm_check *check, stemma_error *error)
{
    uint32_t looked = 0;
    return stm_check_in_shares(check, STEMMA_CHECK_RECORDS, (uint32_t)check->counts.judgements,
                               SHARE, check_judgement_share, &looked, error);
}

/* The derivations of one document: their rules, their order, and how many records they come from. */
static stemma_status check_derivation_list(stm_check *check, uint32_t document,
                                           const stemma_derivation *list, uint32_t count,
                                           uint64_t *records)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        stemma_error broken;
        *records += i == 0 || list[i].to != list[i - 1].to;
        if (stm_validate_derivation(&list[i], check->file->bounds.runs, &broken) != STEMMA_OK) {
            char where[64];
            snprintf(where, sizeof where, "derivation %u %u", document, list[i].to);
            status = stm_check_report(check, part_name, broken.code, where, "%s", broken.message);
        } else if (i != 0 && stm_derivation_compare(&list[i - 1], &list[i]) >= 0) {
            status = out_of_order(check, STM_TABLE_DERIVATION, document);
        }
    }
    return status;
}

/* How many derivations the table holds; each is decoded through the reader. */
static stemma_status check_derivations(stm_check *check, stemma_error *error)
{
    uint64_t seen = 0, records = 0;
    const uint64_t problems = check->summary->problems;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < check->counts.documents; i++) {
        const stemma_derivation *list;
        uint32_t count = 0;
        stm_mark mark = stm_snapshot_mark(check->snapshot);
        status = stemma_derivations_of(check->snapshot, i, &list, &count, error);
        seen += status == STEMMA_OK ? count : 0;
        if (status == STEMMA_OK) {
            status = check_derivation_list(check, i, list, count, &records);
        }
        stm_snapshot_rewind(check->snapshot, mark);
        status = stm_check_failed(check, part_name, status, error);
    }
    if (status == STEMMA_OK && check->summary->problems == problems &&
        records != stm_store_entries(check->file->store, STM_TABLE_DERIVATION)) {
        status = stm_check_report(check, part_name, "RECORD_COUNT", "derivation",
                                  "There are derivations from documents that are not there");
    }
    if (status == STEMMA_OK && seen != check->counts.derivations) {
        status = stm_check_report(check, part_name, "RECORD_COUNT", "derivation",
                                  "There are %llu derivations, the file says %llu",
                                  (unsigned long long)seen,
                                  (unsigned long long)check->counts.derivations);
    }
    return status;
}

stemma_status stm_check_judgements(stm_check *check, stemma_error *error)
{
    stemma_status status = check_runs(check, error);
    if (status == STEMMA_OK) {
        status = check_judgement_records(check, error);
    }
    return status == STEMMA_OK ? check_derivations(check, error) : status;
}
