/* SPDX-License-Identifier: MIT */
#include "pack/read/csv.h"

#include <stdbool.h>
#include <stdlib.h>

char stm_csv_sniff(stemma_text text)
{
    static const char marks[3] = {',', ';', '\t'};
    size_t counts[3] = {0, 0, 0};
    bool quoted = false;
    for (size_t at = 0; at < text.size; at++) {
        char c = text.data[at];
        if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '\n' || c == '\r')) {
            break;
        }
        for (size_t i = 0; !quoted && i < 3; i++) {
            counts[i] += c == marks[i];
        }
    }
    size_t best = 0;
    for (size_t i = 1; i < 3; i++) {
        best = counts[i] > counts[best] ? i : best;
    }
    return marks[best];
}

stemma_status stm_csv_init(stm_csv *csv, stemma_text text, char delimiter)
{
    memset(csv, 0, sizeof *csv);
    csv->input = text;
    csv->line = 1;
    csv->delimiter = delimiter;
    if (text.size >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0) {
        csv->at = 3;
        csv->line_start = 3;
    }
    /* No row can be longer than what there is to read. */
    size_t room = text.size < STM_CSV_ROW_LIMIT ? text.size + 1 : STM_CSV_ROW_LIMIT;
    csv->buffer = malloc(room);
    csv->fields = malloc(STM_CSV_FIELD_LIMIT * sizeof *csv->fields);
    return csv->buffer != NULL && csv->fields != NULL ? STEMMA_OK : STEMMA_E_NO_MEMORY;
}

void stm_csv_free(stm_csv *csv)
{
    free(csv->buffer);
    free(csv->fields);
    csv->buffer = NULL;
    csv->fields = NULL;
}

static bool at_line_end(const stm_csv *csv)
{
    return csv->at >= csv->input.size || csv->input.data[csv->at] == '\n' ||
           csv->input.data[csv->at] == '\r';
}

/* Steps over one line end: LF, CR LF or CR. */
static void step_line(stm_csv *csv)
{
    const char *data = csv->input.data;
    if (csv->at < csv->input.size) {
        if (data[csv->at] == '\r' && csv->at + 1 < csv->input.size && data[csv->at + 1] == '\n') {
            csv->at++;
        }
        csv->at++;
        csv->line++;
        csv->line_start = csv->at;
    }
}

static stemma_status fail(stm_csv *csv, stm_csv_error *error, const char *code, uint64_t line,
                          uint64_t column)
{
    error->code = code;
    error->line = line;
    error->column = column;
    while (!at_line_end(csv)) {
        csv->at++;
    }
    step_line(csv);
    return STEMMA_E_INVALID;
}

static bool keep(stm_csv *csv, char c)
{
    if (csv->used == STM_CSV_ROW_LIMIT) {
        return false;
    }
    csv->buffer[csv->used++] = c;
    return true;
}

static uint64_t column(const stm_csv *csv)
{
    return csv->at - csv->line_start + 1;
}

/* A field from its opening quote to behind its closing one. */
static stemma_status read_quoted(stm_csv *csv, const stm_csv_field *field, stm_csv_error *error)
{
    const char *data = csv->input.data;
    csv->at++;
    for (;;) {
        if (csv->at >= csv->input.size) {
            return fail(csv, error, "CSV_QUOTE_OPEN", field->line, field->column);
        }
        char c = data[csv->at];
        if (c == '"') {
            csv->at++;
            if (csv->at >= csv->input.size || data[csv->at] != '"') {
                break;
            }
        }
        if (!keep(csv, c)) {
            return fail(csv, error, "CSV_ROW_TOO_LONG", field->line, field->column);
        }
        if (c == '\n' || c == '\r') {
            if (c == '\r' && csv->at + 1 < csv->input.size && data[csv->at + 1] == '\n') {
                keep(csv, '\n');
            }
            step_line(csv);
        } else {
            csv->at++;
        }
    }
    if (!at_line_end(csv) && data[csv->at] != csv->delimiter) {
        return fail(csv, error, "CSV_QUOTE_STRAY", csv->line, column(csv));
    }
    return STEMMA_OK;
}

static stemma_status read_bare(stm_csv *csv, const stm_csv_field *field, stm_csv_error *error)
{
    while (!at_line_end(csv) && csv->input.data[csv->at] != csv->delimiter) {
        char c = csv->input.data[csv->at];
        if (c == '"') {
            return fail(csv, error, "CSV_QUOTE_STRAY", csv->line, column(csv));
        }
        if (!keep(csv, c)) {
            return fail(csv, error, "CSV_ROW_TOO_LONG", field->line, field->column);
        }
        csv->at++;
    }
    return STEMMA_OK;
}

stemma_status stm_csv_next(stm_csv *csv, stm_csv_row *row, stm_csv_error *error)
{
    while (csv->at < csv->input.size && at_line_end(csv)) {
        step_line(csv);
    }
    if (csv->at >= csv->input.size) {
        return STEMMA_END;
    }
    csv->used = 0;
    row->line = csv->line;
    row->fields = csv->fields;
    row->count = 0;
    for (;;) {
        if (row->count == STM_CSV_FIELD_LIMIT) {
            return fail(csv, error, "CSV_ROW_TOO_LONG", csv->line, column(csv));
        }
        stm_csv_field *field = &csv->fields[row->count++];
        size_t start = csv->used;
        field->line = csv->line;
        field->column = column(csv);
        bool quoted = csv->at < csv->input.size && csv->input.data[csv->at] == '"';
        stemma_status status =
            quoted ? read_quoted(csv, field, error) : read_bare(csv, field, error);
        if (status != STEMMA_OK) {
            return status;
        }
        field->text = (stemma_text){csv->buffer + start, csv->used - start};
        if (at_line_end(csv)) {
            step_line(csv);
            return STEMMA_OK;
        }
        csv->at++; /* the delimiter */
    }
}
