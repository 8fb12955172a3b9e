/* SPDX-License-Identifier: MIT */
#include "common/problem.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file/publish.h"

#define REASON_SIZE 1024
#define MEMORY_MOST ((size_t)1 << 20) /* of lines, when there is a folder for more */
#define HEAD_LEAST  4096u
#define COPY_SIZE   65536u

void stm_problems_to_buffer(stm_problems *problems)
{
    memset(problems, 0, sizeof *problems);
    stm_json_to_buffer(&problems->json, 0);
}

void stm_problems_to_folder(stm_problems *problems, const char *folder)
{
    stm_problems_to_buffer(problems);
    problems->folder = folder;
}

void stm_problems_free(stm_problems *problems)
{
    if (problems->filed != 0) {
        close(problems->file);
    }
    problems->filed = 0;
    free(problems->head);
    problems->head = NULL;
    stm_json_free(&problems->json);
}

/* ---- Lines beyond what memory shall hold ------------------------------------------------------ */

/* The lines from the first to the one that ends at HEAD_LEAST bytes or behind. */
static stemma_text first_lines(const stm_json *json)
{
    stemma_text lines = {json->data, json->size};
    if (lines.size > HEAD_LEAST) {
        const char *end = memchr(lines.data + HEAD_LEAST, '\n', lines.size - HEAD_LEAST);
        lines.size = end != NULL ? (size_t)(end - lines.data) + 1 : lines.size;
    }
    return lines;
}

static stemma_status begin_file(stm_problems *problems)
{
    stemma_text first = first_lines(&problems->json);
    problems->head = malloc(first.size);
    if (problems->head == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memcpy(problems->head, first.data, first.size);
    problems->head_size = first.size;
    return stm_private_file(problems->folder, &problems->file, NULL);
}

/* Moves the lines into the file when they are many. */
static void spill(stm_problems *problems)
{
    stm_json *json = &problems->json;
    stemma_status status = STEMMA_OK;
    if (problems->folder == NULL || json->size < MEMORY_MOST || json->status != STEMMA_OK) {
        return;
    }
    if (problems->head == NULL) {
        status = begin_file(problems);
    }
    if (status == STEMMA_OK) {
        size_t size = json->size;
        status = stm_write_all(problems->file, json->data, size, "", NULL);
        problems->filed += size; /* even if not all of it: the file is open */
        stm_json_reset(json);
    }
    if (status != STEMMA_OK) {
        json->status = status;
    }
}

stemma_text stm_problems_first(const stm_problems *problems)
{
    return problems->head != NULL ? (stemma_text){problems->head, problems->head_size}
                                  : (stemma_text){problems->json.data, problems->json.size};
}

bool stm_problems_any(const stm_problems *problems)
{
    return problems->filed != 0 || problems->json.size != 0;
}

/* What lies in the file, from its beginning. */
static stemma_status copy_file(stm_problems *problems, int out, const char *name,
                               stemma_error *error)
{
    char *piece = malloc(COPY_SIZE);
    stemma_status status = piece != NULL ? STEMMA_OK : stm_no_memory(error);
    for (uint64_t at = 0; at < problems->filed && status == STEMMA_OK;) {
        ssize_t got = pread(problems->file, piece, COPY_SIZE, (off_t)at);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            status = stm_system_failed(error, "READ_FAILED", name, "read the list back");
        } else {
            status = stm_write_all(out, piece, (size_t)got, name, error);
            at += (uint64_t)got;
        }
    }
    free(piece);
    return status;
}

stemma_status stm_problems_write(stm_problems *problems, int out, const char *name,
                                 stemma_error *error)
{
    stemma_status status = stm_problems_status(problems);
    if (status == STEMMA_OK && problems->filed != 0) {
        status = copy_file(problems, out, name, error);
    }
    return status == STEMMA_OK
               ? stm_write_all(out, problems->json.data, problems->json.size, name, error)
               : status;
}

/* ---- Reporting -------------------------------------------------------------------------------- */

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
    spill(problems);
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
    spill(into);
}

stemma_status stm_problems_status(const stm_problems *problems)
{
    return stm_json_status(&problems->json);
}
