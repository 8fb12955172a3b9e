/* SPDX-License-Identifier: MIT */
#include "query/source_tree.h"

#include <stdlib.h>
#include <strings.h>

#include "query/derivation.h"

static const struct stm_table_column columns[] = {
    {"PUBLISHED", false, false, STM_STYLE_NONE},
    {"DOCUMENT", false, true, STM_STYLE_NONE},
    {"DERIVATION", false, true, STM_STYLE_NONE},
    {"ID", false, false, STM_STYLE_DIM},
};

/* A terminal whose locale is not UTF-8 may show anything but ASCII as something else. What goes into a
   file or pipe is UTF-8, as all of the output. */
static bool draws_boxes(const struct stm_terminal *terminal)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    if (terminal->width == 0) {
        return true;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0') {
            return strcasestr(value, "utf-8") != NULL || strcasestr(value, "utf8") != NULL;
        }
    }
    return false;
}

void stm_source_tree_begin(struct stm_source_tree *tree, struct stm_query *query)
{
    memset(tree, 0, sizeof *tree);
    tree->boxes = draws_boxes(&query->output.terminal);
    stm_table_begin(&tree->table, &query->output.terminal, columns, 4, 0, true);
}

void stm_source_tree_step(struct stm_source_tree *tree, const stemma_source *one)
{
    if (one->depth < STM_TREE_LEVELS) {
        tree->open[one->depth] = !one->is_last;
    }
}

/* "│  └─ " */
static void add_lines(const struct stm_source_tree *tree, const stemma_source *one,
                      struct stm_buffer *out)
{
    uint32_t depth = one->depth < STM_TREE_LEVELS ? one->depth : STM_TREE_LEVELS - 1;
    for (uint32_t i = 1; i < depth; i++) {
        stm_buffer_add_string(out, !tree->open[i] ? "   " : tree->boxes ? "\u2502  " : "|  ");
    }
    if (depth != 0) {
        stm_buffer_add_string(out, !tree->boxes  ? one->is_last ? "`- " : "|- "
                                   : one->is_last ? "\u2514\u2500 "
                                                  : "\u251c\u2500 ");
    }
}

stemma_status stm_source_tree_line(struct stm_source_tree *tree, struct stm_query *query,
                                   const stemma_source *one, const char *id,
                                   const stemma_document *document)
{
    struct stm_table *table = &tree->table;
    struct stm_buffer words = {0};
    stemma_status status;
    stm_table_cell(table, document->published.edtf.size != 0 ? document->published.edtf
                                                             : stemma_text_of("-"));
    add_lines(tree, one, &words);
    stm_document_title(document, &words);
    stm_table_cell(table, stm_buffer_text(&words));
    stm_buffer_clear(&words);
    status = stm_derivation_words(query, one->document, one->parent, &words);
    stm_table_cell(table, stm_buffer_text(&words));
    stm_table_cell(table, stemma_text_of(id));
    status = words.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    return status;
}

bool stm_source_tree_end(struct stm_source_tree *tree)
{
    return stm_table_end(&tree->table);
}
