/* SPDX-License-Identifier: MIT */
#include "pack/rows.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "pack/rows_state.h"

#define AT_ONCE 256u /* rows that are added while the other thread may ask for nothing */

stemma_status stm_rows_refuse(struct stm_row_refusal *refusal, const char *code, stemma_text field,
                              const char *format, ...)
{
    va_list arguments;
    refusal->code = code;
    refusal->field = field;
    va_start(arguments, format);
    vsnprintf(refusal->reason, sizeof refusal->reason, format, arguments);
    va_end(arguments);
    return STEMMA_E_INVALID;
}

/* A code of the library that outlives the error it came in. */
static const char *keep_code(struct stm_rows *state, const char *code)
{
    stemma_text kept = stm_arena_text(&state->arena, (stemma_text){code, strlen(code) + 1});
    return kept.data != NULL ? kept.data : "NO_MEMORY";
}

stemma_status stm_rows_sink_said(struct stm_rows *state, stemma_status status,
                                 const stemma_error *error, stemma_text field,
                                 struct stm_row_refusal *refusal)
{
    bool whole = strcmp(error->code, "CORPUS_TOO_LARGE") == 0 ||
                 strcmp(error->code, "VOCABULARY_TOO_LARGE") == 0;
    if (status == STEMMA_OK) {
        return STEMMA_OK;
    }
    if ((status != STEMMA_E_INVALID && status != STEMMA_E_LIMIT) || whole) {
        *state->error = *error;
        return status == STEMMA_E_INVALID ? STEMMA_E_LIMIT : status;
    }
    return stm_rows_refuse(refusal,
                           state->listed < STM_ROWS_LISTED ? keep_code(state, error->code) : "", field,
                           "%.150s", error->message);
}

static void report(struct stm_rows *state, uint64_t line, uint64_t column, const char *code,
                   const char *reason)
{
    stm_problem problem = {STM_SEVERITY_ERROR, state->input->name, line, column, code};
    state->result->refused++;
    if (state->listed < STM_ROWS_LISTED) {
        state->listed++;
        stm_problems_add(state->problems, &problem, "%s", reason);
    }
}

uint64_t stm_rows_column_of(const struct stm_delimited_row *row, stemma_text field)
{
    uintptr_t start = (uintptr_t)row->start;
    uintptr_t at = (uintptr_t)field.data;
    if (field.data == NULL || at < start || at - start > STM_DELIMITED_ROW_LIMIT ||
        memchr(row->start, '\n', at - start) != NULL) {
        return 0;
    }
    return at - start + 1;
}

/* Adds what a batch holds: the table's own, or that of the other thread. */
static stemma_status flush(struct stm_rows *state, struct stm_row_batch *from)
{
    size_t done = 0;
    stemma_status status = STEMMA_OK;
    if (from->columns != NULL) {
        return stm_rows_add_columns(state, from, report);
    }
    for (size_t i = 0; i < from->count && from->participants != NULL; i++) {
        from->rows[i].participants = from->participants + from->first_participant[i];
    }
    while (done < from->count && status == STEMMA_OK) {
        stemma_error error = {0};
        size_t taken = 0;
        stm_rows_ask(state);
        status = state->sink->rows(state->sink->context, from->rows + done,
                                   from->count - done < AT_ONCE ? from->count - done : AT_ONCE,
                                   &taken, &error);
        stm_rows_answered(state);
        for (size_t i = done; i < done + taken && state->mapping->join_ids; i++) {
            const stemma_row *row = &from->rows[i];
            uint32_t index = state->taken + (uint32_t)(i - done);
            if (row->external_id.size != 0 &&
                stm_row_joins_add(state->input->joins, row->external_id, index,
                                  state->join_types[row->type]) != STEMMA_OK) {
                return STEMMA_E_NO_MEMORY;
            }
        }
        state->taken += (uint32_t)taken;
        state->result->rows += taken;
        done += taken;
        if (status == STEMMA_E_INVALID ||
            (status == STEMMA_E_LIMIT && strcmp(error.code, "CORPUS_TOO_LARGE") != 0)) {
            report(state, from->lines[done], 0, error.code, error.message);
            done++;
            status = STEMMA_OK;
        } else if (status != STEMMA_OK) {
            *state->error = error;
        }
    }
    from->count = 0;
    from->participant_count = 0;
    from->text_used = 0;
    return status;
}

/* Adds the table's own batch. */
static stemma_status flush_own(struct stm_rows *state)
{
    stemma_status status = stm_rows_actors_settle(state);
    return status == STEMMA_OK ? flush(state, state->batch) : status;
}

/* Fills batches with the rows of the table, as far as it goes. The last batch is not added yet. */
static stemma_status fill_rows(struct stm_rows *state, struct stm_delimited *table)
{
    const struct stm_row_ahead *next;
    struct stm_row_refusal refusal;
    while ((next = stm_rows_next(state, table, STM_ROWS_AHEAD))->status != STEMMA_END) {
        stemma_status status = next->status;
        if (status == STEMMA_E_INVALID) {
            report(state, next->fault.line, next->fault.column, next->fault.code, next->fault.reason);
            continue;
        }
        status = stm_rows_fill(state, &next->row, &refusal);
        if (status == STEMMA_E_INVALID) {
            report(state, next->row.line, stm_rows_column_of(&next->row, refusal.field), refusal.code, refusal.reason);
        } else if (status == STEMMA_NOT_FOUND) {
            state->result->skipped++;
        } else if (status != STEMMA_OK) {
            return status;
        }
        if (stm_rows_batch_full(state)) {
            status = flush_own(state);
            if (status != STEMMA_OK) {
                return status;
            }
        }
    }
    return STEMMA_OK;
}

/* Adds the rows that the other thread filled last. */
static stemma_status flush_beside(struct stm_rows *state)
{
    struct stm_row_batch *beside = state->beside;
    state->beside = NULL;
    return beside != NULL ? flush(state, beside) : STEMMA_OK;
}

/* Some of the rows together with the other thread, which has begun: what it filled before is added meanwhile. */
static stemma_status take_shared(struct stm_rows *state, struct stm_delimited *table)
{
    stemma_status status = flush_beside(state);
    if (status == STEMMA_OK) {
        status = fill_rows(state, table);
    }
    stm_rows_pair_turn(state);
    if (status == STEMMA_OK) {
        status = flush_own(state);
    }
    if (status == STEMMA_OK) {
        status = stm_rows_pair_end(state, table, report, &state->beside);
        if (status != STEMMA_OK) {
            stemma_status added = flush_beside(state);
            status = added == STEMMA_OK ? status : added;
        }
    }
    return status;
}

/* The rows of a chunk. When few of them are left that would not be shared, they are left to the next chunk: so the
   other thread goes on from one to the next. */
static stemma_status take_rows(struct stm_rows *state, struct stm_delimited *table)
{
    stemma_status status = STEMMA_OK;
    while (status == STEMMA_OK && stm_rows_pair_begin(state, table)) {
        status = take_shared(state, table);
    }
    if (status == STEMMA_OK && (state->pair == NULL || !stm_delimited_may_wait(table))) {
        status = flush_beside(state);
        if (status == STEMMA_OK) {
            status = fill_rows(state, table);
        }
        if (status == STEMMA_OK) {
            status = flush_own(state);
        }
    }
    if (state->input->progress != NULL) {
        stm_progress_show(state->input->progress, "rows", state->result->rows, 0);
    }
    return status;
}

/* ---- The beginning of a table ---------------------------------------------------------------- */

/* The delimiter that the first line has most of. */
static char sniff(stemma_text line)
{
    static const char candidates[] = "\t,;|";
    size_t best_count = 0;
    char best = '\t';
    for (size_t c = 0; c < strlen(candidates); c++) {
        size_t count = 0;
        for (size_t i = 0; i < line.size; i++) {
            count += line.data[i] == candidates[c];
        }
        if (count > best_count) {
            best_count = count;
            best = candidates[c];
        }
    }
    return best;
}

static stemma_status set_dialect(struct stm_rows *state, struct stm_delimited *table)
{
    const struct stm_mapping *mapping = state->input->mapping;
    struct stm_delimited_dialect dialect = {state->input->delimiter, true};
    if (mapping != NULL && mapping->delimiter != 0) {
        dialect.delimiter = mapping->delimiter;
    }
    if (dialect.delimiter == 0 || (dialect.delimiter == ',' && mapping == NULL)) {
        dialect.delimiter = sniff(stm_delimited_first_line(table));
    }
    dialect.quotes = dialect.delimiter != '\t';
    if (mapping != NULL && mapping->quotes >= 0) {
        dialect.quotes = mapping->quotes != 0;
    }
    return stm_delimited_set(table, dialect);
}

/* Copies of the names in the first row. *count is 0 when there is none. */
static stemma_status read_header(struct stm_rows *state, struct stm_delimited *table,
                                 stemma_text **names, uint32_t *count)
{
    struct stm_delimited_row row;
    struct stm_delimited_fault fault;
    stemma_status status = stm_delimited_row(table, &row, &fault);
    *count = 0;
    if (status == STEMMA_E_INVALID) {
        report(state, fault.line, fault.column, fault.code, fault.reason);
    }
    if (status != STEMMA_OK) {
        return status == STEMMA_END ? STEMMA_OK : status;
    }
    *names = stm_arena_alloc(&state->arena, row.count, sizeof **names);
    if (*names == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < row.count; i++) {
        (*names)[i] = stm_arena_text(&state->arena, row.fields[i]);
        if ((*names)[i].data == NULL && row.fields[i].size != 0) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    *count = row.count;
    return STEMMA_OK;
}

/* Reads the header, if there is one, and settles which field is for what. STEMMA_E_INVALID after a
   report, STEMMA_NOT_FOUND. */
static stemma_status prepare(struct stm_rows *state, struct stm_delimited *table)
{
    stemma_text *names = NULL;
    uint32_t count = 0;
    size_t handles;
    stemma_status status = set_dialect(state, table);
    if (status != STEMMA_OK) {
        return status;
    }
    state->mapping = state->input->mapping;
    if (state->mapping == NULL || state->mapping->header) {
        status = read_header(state, table, &names, &count);
        if (status == STEMMA_E_INVALID && state->mapping == NULL) {
            return STEMMA_NOT_FOUND;
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (state->mapping == NULL) {
            if (!stm_mapping_of_header(&state->own, names, count, &state->arena)) {
                return STEMMA_NOT_FOUND;
            }
            state->mapping = &state->own;
        }
        status = stm_row_plan_make(state, names, count);
    } else {
        status = stm_row_plan_make(state, state->mapping->columns, state->mapping->column_count);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    handles = ((size_t)state->mapping->rename_count + 1) * (state->plan.role_count + 1);
    state->role_handles = stm_arena_alloc(&state->arena, handles, sizeof *state->role_handles);
    if (state->role_handles == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    memset(state->role_handles, 0xff, handles * sizeof *state->role_handles);
    state->plan.columns = stm_rows_may_be_columns(state);
    state->batch = stm_row_batch_new(state->plan.columns);
    if (state->batch == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stm_rows_pair_open(state);
    return STEMMA_OK;
}

static stemma_status begin(struct stm_rows *state, char delimiter)
{
    stemma_document fields = state->mapping->document;
    stemma_status status;
    if (fields.uri.size == 0) {
        fields.uri = state->input->uri;
    }
    fields.media_type =
        stemma_text_of(delimiter == '\t' ? "text/tab-separated-values" : "text/csv");
    status = state->sink->begin(state->sink->context, &fields, state->error);
    state->result->begun = status == STEMMA_OK;
    return status;
}

static stemma_status end(struct stm_rows *state, struct stm_delimited *table)
{
    uint8_t digest[STM_SHA256_SIZE];
    uint64_t size;
    stemma_status status;
    stm_delimited_digest(table, digest, &size);
    status = state->sink->digest(state->sink->context, digest, size, state->error);
    if (status == STEMMA_OK) {
        status = state->sink->end(state->sink->context, &state->result->number, state->error);
    }
    return status;
}

static void summarize(struct stm_rows *state)
{
    if (state->result->refused > state->listed) {
        stm_problem problem = {STM_SEVERITY_WARNING, state->input->name, 0, 0, "ROWS_REFUSED"};
        stm_problems_add(state->problems, &problem, "%llu more rows were refused",
                         (unsigned long long)(state->result->refused - state->listed));
    }
    if (state->result->skipped != 0) {
        stm_problem problem = {STM_SEVERITY_NOTE, state->input->name, 0, 0, "ROWS_SKIPPED"};
        stm_problems_add(state->problems, &problem, "%llu rows were left out, as the mapping says",
                         (unsigned long long)state->result->skipped);
    }
}

/* What reading failed with: the rows before it stand. */
static void report_end(struct stm_rows *state, const stemma_error *error)
{
    stm_problem problem = {STM_SEVERITY_ERROR, state->input->name, 0, 0, error->code};
    stm_problems_add(state->problems, &problem, "%s; the rows before it were taken",
                     error->message);
}

/* All chunks, the first of which was had. */
static stemma_status take_table(struct stm_rows *state, struct stm_delimited *table)
{
    stemma_error error = {0};
    stemma_status status = STEMMA_OK;
    stemma_status read = STEMMA_OK;
    while (read == STEMMA_OK && status == STEMMA_OK) {
        status = take_rows(state, table);
        if (status == STEMMA_OK) {
            read = stm_delimited_chunk(table, &error);
        }
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (read == STEMMA_E_NO_MEMORY) {
        *state->error = error;
        return read;
    }
    if (read != STEMMA_END) {
        status = take_rows(state, table); /* what was left to the chunk that cannot be had */
        if (status != STEMMA_OK) {
            return status;
        }
        report_end(state, &error);
    }
    summarize(state);
    return end(state, table);
}

static stemma_status read_table(struct stm_rows *state, struct stm_delimited *table)
{
    stemma_error error = {0};
    stemma_status status = stm_delimited_chunk(table, &error);
    if (status == STEMMA_E_NO_MEMORY) {
        *state->error = error;
        return status;
    }
    if (status != STEMMA_OK) {
        stm_problem problem = {STM_SEVERITY_ERROR, state->input->name, 0, 0,
                               status == STEMMA_END ? "EMPTY_FILE" : error.code};
        stm_problems_add(state->problems, &problem, "%s",
                         status == STEMMA_END ? "There is no row in the table" : error.message);
        return STEMMA_OK;
    }
    status = prepare(state, table);
    if (status == STEMMA_E_INVALID) {
        return STEMMA_OK; /* reported: the table is refused as a whole */
    }
    if (status == STEMMA_OK) {
        char delimiter = stm_delimited_delimiter(table);
        status = begin(state, delimiter);
    }
    return status == STEMMA_OK ? take_table(state, table) : status;
}

stemma_status stm_rows_read(const struct stm_rows_input *input, const struct stm_row_sink *sink,
                            stm_problems *problems, struct stm_rows_result *result,
                            stemma_error *error)
{
    struct stm_rows *state = calloc(1, sizeof *state);
    struct stm_delimited *table = NULL;
    stemma_error own = {0};
    stemma_status status = STEMMA_E_NO_MEMORY;
    memset(result, 0, sizeof *result);
    if (state != NULL) {
        state->input = input;
        state->sink = sink;
        state->problems = problems;
        state->result = result;
        state->error = &own;
        stm_arena_init(&state->arena, 0);
        if (stm_rows_types_open(state) && stm_rows_actors_open(state)) {
            status = stm_delimited_open(&table, input->file, input->jobs, &own);
            if (status == STEMMA_E_SYSTEM) {
                stm_problem problem = {STM_SEVERITY_ERROR, input->name, 0, 0, own.code};
                stm_problems_add(problems, &problem, "%s", own.message);
                status = STEMMA_OK;
            }
        }
        if (table != NULL) {
            status = read_table(state, table);
        }
        stm_rows_pair_close(state);
        stm_delimited_close(table);
        stm_rows_actors_close(state);
        stm_rows_types_close(state);
        stm_row_batch_free(state->batch);
        free(state->join_types);
        free(state->joined_handles);
        stm_arena_free(&state->arena);
        free(state);
    }
    if (status == STEMMA_E_NO_MEMORY) {
        return stm_fail(error, status, "NO_MEMORY", "", "Out of memory");
    }
    if (status != STEMMA_OK && error != NULL) {
        *error = own;
    }
    return status;
}
