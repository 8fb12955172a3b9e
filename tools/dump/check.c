/* SPDX-License-Identifier: MIT */
#include "stemma/check.h"

#include <stdlib.h>
#include <string.h>

#include "common/complaint.h"
#include "common/exit_codes.h"
#include "common/json_out.h"
#include "common/progress.h"
#include "dump/dump.h"
#include "dump/open.h"

/* Problems of one check that are told unless the user says otherwise. */
#define MAX_PROBLEMS 1000u

struct checking {
    const struct stm_dump_settings *settings;
    FILE *out;
    int format;
    stm_json json;
    struct stm_progress progress;
    bool failed_to_write;
};

static const char *const check_states[] = {"unasked", "ok", "failed", "skipped"};
static const char *const table_states[] = {"unasked", "whole", "damaged", "unknown"};

/* ---- Problems ------------------------------------------------------------------------------ */

static int report(void *context, const stemma_problem *problem)
{
    struct checking *checking = context;
    if (checking->format == STM_DUMP_FORMAT_TEXT) {
        stm_complain(checking->out, "%s %s: %s%s%s", problem->code, problem->check, problem->where,
                     problem->where[0] != '\0' ? ": " : "", problem->message);
        checking->failed_to_write = ferror(checking->out) != 0;
        return checking->failed_to_write;
    }
    stm_json_object_begin(&checking->json);
    if (checking->format == STM_DUMP_FORMAT_JSONL) {
        stm_json_member_string(&checking->json, "record", "problem");
    }
    stm_json_member_string(&checking->json, "check", problem->check);
    stm_json_member_string(&checking->json, "code", problem->code);
    stm_json_member_string(&checking->json, "where", problem->where);
    stm_json_member_string(&checking->json, "message", problem->message);
    stm_json_object_end(&checking->json);
    if (checking->format == STM_DUMP_FORMAT_JSONL) {
        stm_json_line(&checking->json);
    }
    checking->failed_to_write = stm_json_status(&checking->json) != STEMMA_OK;
    return checking->failed_to_write;
}

static void show_progress(void *context, const char *check, uint64_t done, uint64_t total)
{
    struct checking *checking = context;
    stm_progress_show(&checking->progress, check, done, total);
}

/* ---- What the checks came to --------------------------------------------------------------- */

static void write_check(struct checking *checking, unsigned number,
                        const stemma_check_result *result)
{
    stm_json *json = &checking->json;
    stm_json_object_begin(json);
    if (checking->format == STM_DUMP_FORMAT_JSONL) {
        stm_json_member_string(json, "record", "check");
    }
    stm_json_member_string(json, "check", stemma_check_name(number));
    stm_json_member_string(json, "state", check_states[result->state]);
    if (result->why[0] != '\0') {
        stm_json_member_string(json, "why", result->why);
    }
    stm_json_member_unsigned(json, "looked", result->looked);
    stm_json_member_unsigned(json, "problems", result->problems);
    stm_json_object_end(json);
    if (checking->format == STM_DUMP_FORMAT_JSONL) {
        stm_json_line(json);
    }
}

static void write_table(struct checking *checking, const stemma_table_result *table)
{
    stm_json *json = &checking->json;
    stm_json_object_begin(json);
    if (checking->format == STM_DUMP_FORMAT_JSONL) {
        stm_json_member_string(json, "record", "table");
    }
    stm_json_member_string(json, "table", table->name);
    stm_json_member_string(json, "state", table_states[table->state]);
    stm_json_member_unsigned(json, "records", table->records);
    stm_json_member_unsigned(json, "stated", table->stated);
    stm_json_member_unsigned(json, "damaged_pages", table->damaged_pages);
    stm_json_object_end(json);
    if (checking->format == STM_DUMP_FORMAT_JSONL) {
        stm_json_line(json);
    }
}

static void write_checks(struct checking *checking, const stemma_check_summary *summary)
{
    for (unsigned i = 0; i < STEMMA_CHECK_COUNT; i++) {
        write_check(checking, i, &summary->checks[i]);
    }
}

static void write_tables(struct checking *checking, const stemma_check_summary *summary)
{
    for (uint32_t i = 0; i < summary->table_count; i++) {
        write_table(checking, &summary->tables[i]);
    }
}

static void write_summary(stm_json *json, const char *path, const stemma_check_summary *summary)
{
    stm_json_member_string(json, "file", path);
    stm_json_member_unsigned(json, "problems", summary->problems);
    stm_json_member_unsigned(json, "records_checked", summary->records_checked);
    stm_json_member_unsigned(json, "evidence_checked", summary->evidence_checked);
}

/* A line a check, and one of the tables that are not whole. */
static void print_checks(FILE *out, const stemma_check_summary *summary)
{
    bool damaged = false;
    fprintf(out, "%-10s %-8s %14s %10s\n", "CHECK", "STATE", "LOOKED AT", "PROBLEMS");
    for (unsigned i = 0; i < STEMMA_CHECK_COUNT; i++) {
        const stemma_check_result *result = &summary->checks[i];
        fprintf(out, "%-10s %-8s %14llu %10llu%s%s\n", stemma_check_name(i),
                check_states[result->state], (unsigned long long)result->looked,
                (unsigned long long)result->problems, result->why[0] != '\0' ? "  " : "",
                result->why);
    }
    for (uint32_t i = 0; i < summary->table_count; i++) {
        const stemma_table_result *table = &summary->tables[i];
        if (table->state == STEMMA_TABLE_DAMAGED) {
            fprintf(out, "%s%s (%llu of %llu records)",
                    damaged ? ", " : "damaged tables: ", table->name,
                    (unsigned long long)table->records, (unsigned long long)table->stated);
            damaged = true;
        }
    }
    fputs(damaged ? "; all others are whole\n" : "", out);
}

static void write_end(struct checking *checking, const stemma_check_summary *summary)
{
    stm_json *json = &checking->json;
    if (checking->format == STM_DUMP_FORMAT_TEXT) {
        if (!checking->settings->quiet) {
            print_checks(stderr, summary);
        }
    } else if (checking->format == STM_DUMP_FORMAT_JSON) {
        stm_json_array_end(json);
        stm_json_key(json, "checks");
        stm_json_array_begin(json);
        write_checks(checking, summary);
        stm_json_array_end(json);
        stm_json_key(json, "tables");
        stm_json_array_begin(json);
        write_tables(checking, summary);
        stm_json_array_end(json);
        write_summary(json, checking->settings->path, summary);
        stm_json_object_end(json);
        stm_json_line(json);
    } else {
        write_checks(checking, summary);
        write_tables(checking, summary);
        stm_json_object_begin(json);
        stm_json_member_string(json, "record", "summary");
        write_summary(json, checking->settings->path, summary);
        stm_json_object_end(json);
        stm_json_line(json);
    }
}

/* ---- The whole ----------------------------------------------------------------------------- */

static int conclude(const struct checking *checking, const stemma_check_summary *summary,
                    stemma_status status, const stemma_error *error)
{
    const struct stm_dump_settings *settings = checking->settings;
    if (status != STEMMA_OK) {
        return stm_dump_failed(settings, status, error);
    }
    if (!settings->quiet) {
        stm_complain(stderr, "%s: %s: %llu %s; %llu records and %llu pieces of evidence looked at",
                     stm_dump_program.name, settings->path, (unsigned long long)summary->problems,
                     summary->problems == 1 ? "problem" : "problems",
                     (unsigned long long)summary->records_checked,
                     (unsigned long long)summary->evidence_checked);
    }
    return summary->problems == 0 ? STM_EXIT_OK : STM_EXIT_NOTHING;
}

int stm_dump_check(const struct stm_dump_settings *settings, FILE *out)
{
    struct checking checking = {.settings = settings, .out = out, .format = settings->format};
    stemma_check_options options = STEMMA_CHECK_OPTIONS_INIT;
    stemma_check_summary summary = {0};
    stemma_error error = {0};
    if (checking.format == -1) {
        checking.format = STM_DUMP_FORMAT_TEXT;
    }
    options.checks = settings->check_bits;
    options.jobs = settings->jobs < 1024 ? (unsigned)settings->jobs : 1024;
    options.max_problems =
        settings->max_problems == UINT64_MAX ? MAX_PROBLEMS : settings->max_problems;
    options.progress = show_progress;
    options.progress_context = &checking;
    stm_json_to_file(&checking.json, out, checking.format == STM_DUMP_FORMAT_JSON ? 2 : 0);
    if (checking.format == STM_DUMP_FORMAT_JSON) {
        stm_json_object_begin(&checking.json);
        stm_json_key(&checking.json, "found");
        stm_json_array_begin(&checking.json);
    }
    stm_progress_begin(&checking.progress, settings->quiet != 0, false);
    stemma_status status =
        stemma_check_with(settings->path, &options, report, &checking, &summary, &error);
    stm_progress_end(&checking.progress);
    write_end(&checking, &summary);
    return conclude(&checking, &summary, status, &error);
}
