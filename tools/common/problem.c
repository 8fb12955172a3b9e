/* SPDX-License-Identifier: MIT */
#include "common/problem.h"

#include <stdarg.h>
#include <string.h>

#define REASON_SIZE 1024

void stm_problems_to_buffer(stm_problems *problems)
{
    memset(problems, 0, sizeof *problems);
    stm_json_to_buffer(&problems->json, 0);
}

void stm_problems_free(stm_problems *problems)
{
    stm_json_free(&problems->json);
}

/* "error", "warning", "note". Static storage. */
static const char *severity_name(stm_severity severity)
{
    static const char *const names[STM_SEVERITY_COUNT] = {"error", "warning", "note"};
    return (unsigned)severity < STM_SEVERITY_COUNT ? names[severity] : "error";
}

void stm_problems_add(stm_problems *problems, const stm_problem *problem, const char *format, ...)
{
    if (problems == NULL) {
        return;
    }
    char reason[REASON_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);

    stm_json *json = &problems->json;
    stm_json_object_begin(json);
    stm_json_member_text(json, "file", problem->file);
    if (problem->line != 0) {
        stm_json_member_unsigned(json, "line", problem->line);
    }
    if (problem->column != 0) {
        stm_json_member_unsigned(json, "column", problem->column);
    }
    stm_json_member_string(json, "code", problem->code);
    stm_json_member_string(json, "reason", reason);
    stm_json_member_string(json, "severity", severity_name(problem->severity));
    stm_json_object_end(json);
    stm_json_line(json);
    problems->counts[problem->severity]++;
}

void stm_problems_append(stm_problems *into, const stm_problems *from)
{
    stemma_text lines = {from->json.data, from->json.size};
    stm_json_raw(&into->json, lines);
    for (unsigned i = 0; i < STM_SEVERITY_COUNT; i++) {
        into->counts[i] += from->counts[i];
    }
    if (from->json.status != STEMMA_OK && into->json.status == STEMMA_OK) {
        into->json.status = from->json.status;
    }
}

stemma_status stm_problems_status(const stm_problems *problems)
{
    return stm_json_status(&problems->json);
}
