/* SPDX-License-Identifier: MIT */
#include "common/table.h"

#include <inttypes.h>
#include <stdlib.h>

#define BATCH_ROWS 500u
#define GAP 2u      /* spaces between columns */
#define SHRUNK 16u  /* a column is not cut below this width */

void stm_table_begin(struct stm_table *table, const struct stm_terminal *terminal,
                     const struct stm_table_column *columns, unsigned count, unsigned indent,
                     bool titles)
{
    memset(table, 0, sizeof *table);
    table->terminal = terminal;
    table->columns = columns;
    table->column_count = count;
    table->indent = indent;
    table->titled = !titles;
}

static stemma_text cell_at(const struct stm_table *table, size_t cell)
{
    size_t start = cell == 0 ? 0 : table->ends[cell - 1];
    stemma_text text = {table->text.data + start, table->ends[cell] - start};
    return text;
}

static void measure(struct stm_table *table)
{
    for (size_t i = 0; i < table->cells; i++) {
        unsigned width = stm_text_width(cell_at(table, i));
        unsigned column = (unsigned)(i % table->column_count);
        if (width > table->widths[column]) {
            table->widths[column] = width;
        }
    }
    for (unsigned i = 0; i < table->column_count && !table->titled; i++) {
        unsigned width = stm_text_width(stemma_text_of(table->columns[i].title));
        if (width > table->widths[i]) {
            table->widths[i] = width;
        }
    }
}

/* Takes what is too much from the flexible columns, the widest first. */
static void fit(const struct stm_table *table, unsigned widths[STM_TABLE_COLUMNS])
{
    unsigned total = table->indent;
    for (unsigned i = 0; i < table->column_count; i++) {
        widths[i] = table->widths[i];
        total += widths[i] + (i != 0 ? GAP : 0);
    }
    while (table->terminal->width != 0 && total > table->terminal->width) {
        unsigned widest = STM_TABLE_COLUMNS;
        for (unsigned i = 0; i < table->column_count; i++) {
            if (table->columns[i].flexible && widths[i] > SHRUNK &&
                (widest == STM_TABLE_COLUMNS || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        if (widest == STM_TABLE_COLUMNS) {
            break;
        }
        widths[widest]--;
        total--;
    }
}

static void pad(FILE *file, unsigned count)
{
    fprintf(file, "%*s", (int)count, "");
}

static void print_cell(const struct stm_table *table, unsigned column, stemma_text text,
                       unsigned room, enum stm_style style)
{
    FILE *file = table->terminal->file;
    unsigned width = stm_text_width(text);
    const char *more = "";
    if (width > room) {
        text = stm_text_cut(text, room - 1);
        width = stm_text_width(text) + 1;
        more = "\xE2\x80\xA6";
    }
    if (table->columns[column].right) {
        pad(file, room - width);
    }
    fputs(stm_style_on(table->terminal, style), file);
    fwrite(text.data != NULL ? text.data : "", 1, text.size, file);
    fputs(more, file);
    fputs(stm_style_off(table->terminal, style), file);
    if (!table->columns[column].right && column + 1 < table->column_count) {
        pad(file, room - width);
    }
}

static void flush_rows(struct stm_table *table)
{
    unsigned widths[STM_TABLE_COLUMNS];
    FILE *file = table->terminal->file;
    measure(table);
    fit(table, widths);
    if (!table->titled && table->cells != 0) {
        pad(file, table->indent);
        for (unsigned i = 0; i < table->column_count; i++) {
            pad(file, i != 0 ? GAP : 0);
            print_cell(table, i, stemma_text_of(table->columns[i].title), widths[i],
                       STM_STYLE_DIM);
        }
        fputc('\n', file);
        table->titled = true;
    }
    for (size_t i = 0; i < table->cells; i++) {
        unsigned column = (unsigned)(i % table->column_count);
        pad(file, column != 0 ? GAP : table->indent);
        print_cell(table, column, cell_at(table, i), widths[column],
                   table->columns[column].style);
        if (column + 1 == table->column_count) {
            fputc('\n', file);
        }
    }
    table->cells = 0;
    stm_buffer_clear(&table->text);
}

void stm_table_cell(struct stm_table *table, stemma_text text)
{
    if (table->cells == (size_t)BATCH_ROWS * table->column_count) {
        flush_rows(table);
    }
    if (table->cells == table->capacity) {
        size_t capacity = table->capacity == 0 ? 64 : table->capacity * 2;
        size_t *ends = realloc(table->ends, capacity * sizeof *ends);
        if (ends == NULL) {
            table->failed = true;
            return;
        }
        table->ends = ends;
        table->capacity = capacity;
    }
    stm_buffer_add_safe(&table->text, text);
    table->ends[table->cells++] = table->text.size;
}

void stm_table_number(struct stm_table *table, uint64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, number);
    stm_table_cell(table, stemma_text_of(digits));
}

bool stm_table_end(struct stm_table *table)
{
    bool good = !table->failed && !table->text.failed;
    if (good) {
        flush_rows(table);
    }
    stm_buffer_free(&table->text);
    free(table->ends);
    table->ends = NULL;
    return good;
}
