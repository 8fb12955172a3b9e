/* SPDX-License-Identifier: MIT */
#include "check/check_state.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/parallel.h"

static const struct {
    const char *name;
    const char *meaning;
} checks[STEMMA_CHECK_COUNT] = {
    {"pages", "the structure of the file is sound and nothing lies in its gaps"},
    {"digests", "each table has the digest that was stored, its keys the form of the table"},
    {"records", "tables hold what their numbers promise; judgements refer to what is there"},
    {"documents", "testimony and texts keep every rule; texts have their SHA-256"},
    {"rows", "the rows of data sets keep every rule"},
    {"evidence", "what testimony says reads in the text where it says so"},
    {"index", "the index is exactly what follows from testimony and judgements"},
};

/* Problems of no check: that the file does not open, that checking failed. */
#define NO_CHECK STEMMA_CHECK_COUNT

const char *stemma_check_name(unsigned number)
{
    return number < STEMMA_CHECK_COUNT ? checks[number].name : NULL;
}

const char *stemma_check_meaning(unsigned number)
{
    return number < STEMMA_CHECK_COUNT ? checks[number].meaning : NULL;
}

static unsigned number_of(const char *part)
{
    unsigned number = 0;
    while (number < STEMMA_CHECK_COUNT && strcmp(checks[number].name, part) != 0) {
        number++;
    }
    return number;
}

bool stm_check_table_sound(const stm_check *check, stm_table table)
{
    return !check->damaged || check->summary->tables[table].state == STEMMA_TABLE_WHOLE;
}

unsigned stm_check_jobs(const stm_check *check)
{
    return check->options->jobs != 0 ? check->options->jobs : stm_parallel_default();
}

void stm_check_tell_progress(const stm_check *check, stemma_check_number number, uint64_t done,
                             uint64_t total)
{
    if (check->options->progress != NULL) {
        check->options->progress(check->options->progress_context, checks[number].name, done,
                                 total);
    }
}

/* ---- Telling ------------------------------------------------------------------------------- */

/* Counts a problem, and tells it unless enough of its check were told. */
static stemma_status tell(stm_check *check, const stemma_problem *problem, unsigned number)
{
    stemma_check_summary *summary = check->summary;
    uint64_t most = check->options->max_problems;
    uint64_t before = 0;
    summary->problems++;
    if (number != NO_CHECK) {
        before = summary->checks[number].problems++;
        summary->checks[number].state = STEMMA_CHECK_FAILED;
    }
    if (check->callback != NULL && (most == 0 || before < most) &&
        check->callback(check->context, problem) != 0) {
        return STEMMA_END;
    }
    return STEMMA_OK;
}

/* Makes room for that many bytes more. */
static bool reserve(stm_check_list *list, size_t size)
{
    if (list->room - list->used < size) {
        size_t room = 2 * list->room + size + 1024;
        char *bytes = realloc(list->bytes, room);
        if (bytes == NULL) {
            return false;
        }
        list->bytes = bytes;
        list->room = room;
    }
    return true;
}

/* Appends a problem, or nothing of it. */
static bool append(stm_check_list *list, const stemma_problem *problem)
{
    const char *texts[] = {problem->check, problem->code, problem->where, problem->message};
    size_t total = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        total += strlen(texts[i]) + 1;
    }
    if (!reserve(list, total)) {
        return false;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t size = strlen(texts[i]) + 1;
        memcpy(list->bytes + list->used, texts[i], size);
        list->used += size;
    }
    return true;
}

static stemma_status keep(stm_check *check, const stemma_problem *problem, unsigned number)
{
    stm_check_list *list = check->list;
    uint64_t most = check->options->max_problems;
    if (most != 0 && list->kept[number] >= most) {
        list->counted[number]++;
        return STEMMA_OK;
    }
    list->kept[number]++;
    return append(list, problem) ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

static const char *next_text(const char **at)
{
    const char *text = *at;
    *at += strlen(text) + 1;
    return text;
}

stemma_status stm_check_flush(stm_check *check, stm_check_list *list)
{
    stemma_status status = STEMMA_OK;
    const char *at = list->bytes;
    const char *end = list->used != 0 ? at + list->used : at;
    while (at != end && status == STEMMA_OK) {
        stemma_problem problem;
        problem.check = next_text(&at);
        problem.code = next_text(&at);
        problem.where = next_text(&at);
        problem.message = next_text(&at);
        status = tell(check, &problem, number_of(problem.check));
    }
    for (unsigned i = 0; i <= STEMMA_CHECK_COUNT; i++) {
        check->summary->problems += list->counted[i];
        if (i < STEMMA_CHECK_COUNT) {
            check->summary->checks[i].problems += list->counted[i];
        }
        list->kept[i] = list->counted[i] = 0;
    }
    list->used = 0;
    return status;
}

void stm_check_list_free(stm_check_list *list)
{
    free(list->bytes);
    memset(list, 0, sizeof *list);
}

/* ---- Reporting ----------------------------------------------------------------------------- */

stemma_status stm_check_report(stm_check *check, const char *part, const char *code,
                               const char *where, const char *format, ...)
{
    char message[256];
    stemma_problem problem = {part, code, where, message};
    unsigned number = number_of(part);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return check->list != NULL ? keep(check, &problem, number) : tell(check, &problem, number);
}

/* What is the file's fault. A record that asks for more than the limit is; what the system refuses is
   nobody's, and no file is damaged by it. */
static bool is_of_file(stemma_status status, const stemma_error *error)
{
    switch (status) {
    case STEMMA_OK:
    case STEMMA_END:
    case STEMMA_E_SYSTEM:
    case STEMMA_E_MISUSE:
    case STEMMA_E_INTERNAL:
        return false;
    case STEMMA_E_NO_MEMORY:
        return strcmp(error->code, "MEMORY_LIMIT") == 0;
    default:
        return true;
    }
}

stemma_status stm_check_failed(stm_check *check, const char *part, stemma_status status,
                               const stemma_error *error)
{
    if (!is_of_file(status, error)) {
        return status;
    }
    return stm_check_report(check, part, error->code[0] != 0 ? error->code : "DAMAGED",
                            error->where, "%s",
                            error->message[0] != 0 ? error->message : stemma_status_text(status));
}
