/* SPDX-License-Identifier: MIT */
#include "common/table.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/grow.h"
#include "common/refusal.h"

#define BATCH_ROWS 500u
#define GAP 2u      /* spaces between columns */
#define BELOW 4u    /* further to the right: what has no room beside the rest */
#define SHRUNK 16u  /* a column is not narrowed below this width */
#define ROW_LINES 6u /* lines that a row may take */

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

/* Takes what is too much from the first `count` columns, the widest flexible one first. False when they are
   still too wide. */
static bool fit(const struct stm_table *table, unsigned count, unsigned widths[STM_TABLE_COLUMNS])
{
    unsigned total = table->indent;
    for (unsigned i = 0; i < count; i++) {
        widths[i] = table->widths[i];
        total += widths[i] + (i != 0 ? GAP : 0);
    }
    while (table->terminal->width != 0 && total > table->terminal->width) {
        unsigned widest = STM_TABLE_COLUMNS;
        for (unsigned i = 0; i < count; i++) {
            if (table->columns[i].flexible && widths[i] > SHRUNK &&
                (widest == STM_TABLE_COLUMNS || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        if (widest == STM_TABLE_COLUMNS) {
            return false;
        }
        widths[widest]--;
        total--;
    }
    return true;
}

static void pad(FILE *file, unsigned count)
{
    fprintf(file, "%*s", (int)count, "");
}

/* Takes from `rest` what goes into one line of `room` columns, at a space if there is one, and leaves
   what follows. On the last line that a row may have, what does not fit is cut off. */
static stemma_text next_line(stemma_text *rest, unsigned room, bool last, bool *more)
{
    stemma_text line = stm_text_cut(*rest, room);
    size_t skipped = 0;
    *more = false;
    if (line.size == rest->size) {
        rest->size = 0;
        return line;
    }
    if (last) {
        *more = true;
        line = stm_text_cut(*rest, room - 1);
        rest->size = 0;
        return line;
    }
    if (rest->data[line.size] == ' ') {
        skipped = 1;
    } else {
        const char *space = memrchr(line.data, ' ', line.size);
        if (space != NULL && space != line.data) {
            line.size = (size_t)(space - line.data);
            skipped = 1;
        }
    }
    if (line.size == 0) { /* a character wider than the column */
        rest->size = 0;
        return line;
    }
    rest->data += line.size + skipped;
    rest->size -= line.size + skipped;
    return line;
}

static void print_cell(const struct stm_table *table, unsigned column, stemma_text *rest,
                       unsigned room, enum stm_style style, bool last, bool ends)
{
    FILE *file = table->terminal->file;
    bool more;
    stemma_text text = next_line(rest, room, last, &more);
    unsigned width = stm_text_width(text) + more;
    if (table->columns[column].right) {
        pad(file, room - width);
    }
    if (text.size != 0) {
        fputs(stm_style_on(table->terminal, style), file);
        fwrite(text.data, 1, text.size, file);
        fputs(more ? "\xE2\x80\xA6" : "", file);
        fputs(stm_style_off(table->terminal, style), file);
    }
    if (!table->columns[column].right && !ends) {
        pad(file, room - width);
    }
}

/* A row takes several lines where a cell is wider than its column. Columns behind the first `count` have
   no room beside them: they follow in a line of their own. */
static void print_row(const struct stm_table *table, unsigned count, stemma_text *cells,
                      const unsigned *widths, bool titles)
{
    FILE *file = table->terminal->file;
    bool left = true;
    for (unsigned line = 1; left; line++) {
        unsigned filled = count; /* nothing is padded beyond the last text */
        while (filled > 0 && cells[filled - 1].size == 0) {
            filled--;
        }
        left = false;
        pad(file, filled != 0 ? table->indent : 0);
        for (unsigned i = 0; i < filled; i++) {
            pad(file, i != 0 ? GAP : 0);
            print_cell(table, i, &cells[i], widths[i],
                       titles ? STM_STYLE_DIM : table->columns[i].style, line == ROW_LINES,
                       i + 1 == filled);
            left = left || cells[i].size != 0;
        }
        fputc('\n', file);
    }
    for (unsigned i = count; i < table->column_count; i++) {
        enum stm_style style = titles ? STM_STYLE_DIM : table->columns[i].style;
        if (cells[i].size != 0) {
            pad(file, table->indent + BELOW);
            fputs(stm_style_on(table->terminal, style), file);
            fwrite(cells[i].data, 1, cells[i].size, file);
            fprintf(file, "%s\n", stm_style_off(table->terminal, style));
        }
    }
}

static void flush_rows(struct stm_table *table)
{
    unsigned widths[STM_TABLE_COLUMNS];
    stemma_text cells[STM_TABLE_COLUMNS];
    unsigned count = table->column_count;
    measure(table);
    if (!fit(table, count, widths) && count > 1) {
        (void)fit(table, --count, widths);
    }
    if (!table->titled && table->cells != 0) {
        for (unsigned i = 0; i < table->column_count; i++) {
            cells[i] = stemma_text_of(table->columns[i].title);
        }
        print_row(table, count, cells, widths, true);
        table->titled = true;
    }
    for (size_t row = 0; row + table->column_count <= table->cells; row += table->column_count) {
        for (unsigned i = 0; i < table->column_count; i++) {
            cells[i] = cell_at(table, row + i);
        }
        print_row(table, count, cells, widths, false);
    }
    table->cells = 0;
    stm_buffer_clear(&table->text);
}

void stm_table_cell(struct stm_table *table, stemma_text text)
{
    if (table->cells == (size_t)BATCH_ROWS * table->column_count) {
        flush_rows(table);
    }
    size_t *ends = stm_grow(table->ends, &table->capacity, table->cells + 1, sizeof *ends);
    if (ends == NULL) {
        table->failed = true;
        stm_refusal_note();
        return;
    }
    table->ends = ends;
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
