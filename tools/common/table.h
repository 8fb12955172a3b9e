/* SPDX-License-Identifier: MIT */
/**
 * @file table.h
 * Aligned columns for people. On a terminal the columns fit its width: those that may shrink go on in
 * the next line, and after some lines end in an ellipsis. Where even that is too wide, the last column goes
 * into a line of its own. Rows are held back only until some hundreds have come, so that a table of
 * any length takes bounded memory; columns grow but never shrink from one such batch to the next.
 */
#ifndef STEMMA_TOOLS_TABLE_H
#define STEMMA_TOOLS_TABLE_H

#include "common/format_buffer.h"
#include "common/terminal.h"

#define STM_TABLE_COLUMNS 64

struct stm_table_column {
    const char *title;
    bool right;    /**< Numbers. */
    bool flexible; /**< May be narrowed to fit. */
    enum stm_style style;
};

/** Members are private to table.c. */
struct stm_table {
    const struct stm_terminal *terminal;
    const struct stm_table_column *columns;
    unsigned column_count;
    unsigned indent;
    bool titled;
    unsigned widths[STM_TABLE_COLUMNS];
    struct stm_buffer text; /* all cells of the batch, one after another */
    size_t *ends;           /* where each cell ends in it */
    size_t cells;
    size_t capacity;
    bool failed;
};

/** Begins a table of at most STM_TABLE_COLUMNS columns. `columns` must outlive it. `titles`: print a
    line of titles above. */
void stm_table_begin(struct stm_table *table, const struct stm_terminal *terminal,
                     const struct stm_table_column *columns, unsigned count, unsigned indent,
                     bool titles);

/** Adds the next cell; text of files may be given as it is, it is made safe here. */
void stm_table_cell(struct stm_table *table, stemma_text text);
void stm_table_number(struct stm_table *table, uint64_t number);

/** Prints what is left and frees everything. False when memory ran out: some rows are missing. */
bool stm_table_end(struct stm_table *table);

#endif
