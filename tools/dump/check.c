/* SPDX-License-Identifier: MIT */
#include "stemma/check.h"

#include <string.h>

#include "common/complaint.h"
#include "common/complaint.h"
#include "common/exit_codes.h"
#include "common/json_out.h"
#include "dump/dump.h"
#include "dump/open.h"

struct checking {
    FILE *out;
    int format;
    stm_json json;
    bool failed_to_write;
};

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

static void write_summary(stm_json *json, const char *path, const stemma_check_summary *summary)
{
    stm_json_member_string(json, "file", path);
    stm_json_member_unsigned(json, "problems", summary->problems);
    stm_json_member_unsigned(json, "records_checked", summary->records_checked);
    stm_json_member_unsigned(json, "evidence_checked", summary->evidence_checked);
}

int stm_dump_check(const struct stm_dump_settings *settings, FILE *out)
{
    struct checking checking = {.out = out, .format = settings->format};
    stemma_check_summary summary = {0};
    stemma_error error = {0};
    stemma_status status;
    if (checking.format == -1) {
        checking.format = STM_DUMP_FORMAT_TEXT;
    }
    stm_json_to_file(&checking.json, out, checking.format == STM_DUMP_FORMAT_JSON ? 2 : 0);
    if (checking.format == STM_DUMP_FORMAT_JSON) {
        stm_json_object_begin(&checking.json);
        stm_json_key(&checking.json, "found");
        stm_json_array_begin(&checking.json);
    }
    status = stemma_check(settings->path, report, &checking, &summary, &error);
    if (checking.format == STM_DUMP_FORMAT_JSON) {
        stm_json_array_end(&checking.json);
        write_summary(&checking.json, settings->path, &summary);
        stm_json_object_end(&checking.json);
        stm_json_line(&checking.json);
    } else if (checking.format == STM_DUMP_FORMAT_JSONL) {
        stm_json_object_begin(&checking.json);
        stm_json_member_string(&checking.json, "record", "summary");
        write_summary(&checking.json, settings->path, &summary);
        stm_json_object_end(&checking.json);
        stm_json_line(&checking.json);
    }
    if (status != STEMMA_OK) {
        return stm_dump_failed(settings, status, &error);
    }
    if (!settings->quiet) {
        stm_complain(stderr, "%s: %s: %llu %s; %llu records and %llu pieces of evidence looked at",
                     stm_dump_program.name, settings->path, (unsigned long long)summary.problems,
                     summary.problems == 1 ? "problem" : "problems",
                     (unsigned long long)summary.records_checked,
                     (unsigned long long)summary.evidence_checked);
    }
    return summary.problems == 0 ? STM_EXIT_OK : STM_EXIT_NOTHING;
}
