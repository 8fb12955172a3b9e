/* SPDX-License-Identifier: MIT */
/* The stemma for Graphviz. */
#include <stdlib.h>

#include "common/enum_names.h"
#include "base/grow.h"
#include "query/derivation.h"
#include "query/source_tree.h"

struct listed {
    uint32_t group;
    uint32_t document;
    uint32_t parent;
};

struct graph {
    struct listed *list; /* by group, then document */
    size_t count;
    size_t capacity;
};

static int by_group(const void *left, const void *right)
{
    const struct listed *a = left, *b = right;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    return (a->document > b->document) - (a->document < b->document);
}

/* A quoted string: quotes and backslashes escaped, control characters made visible. */
static void add_quoted(struct stm_buffer *out, stemma_text text)
{
    struct stm_buffer safe = {0};
    stm_buffer_add_safe(&safe, text);
    for (size_t i = 0; i < safe.size; i++) {
        if (safe.data[i] == '"' || safe.data[i] == '\\') {
            stm_buffer_add_string(out, "\\");
        }
        stm_buffer_add(out, (stemma_text){safe.data + i, 1});
    }
    out->failed = out->failed || safe.failed;
    stm_buffer_free(&safe);
}

static void put(struct stm_query *query, const struct stm_buffer *line)
{
    fprintf(query->output.file, "%.*s\n", (int)line->size, line->data != NULL ? line->data : "");
}

/* "d.ID" [label="DATE\nPublisher: Title"]; */
static stemma_status put_node(struct stm_query *query, const struct listed *one, const char *indent)
{
    struct stm_buffer line = {0};
    struct stm_buffer words = {0};
    stemma_document document;
    char id[STEMMA_ID_SIZE];
    stemma_status status =
        stemma_document_get(query->item, one->document, &document, &query->error);
    if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, one->document, id);
    }
    if (status == STEMMA_OK) {
        stm_buffer_addf(&line, "%s\"%s\" [label=\"", indent, id);
        if (document.published.edtf.size != 0) {
            add_quoted(&line, document.published.edtf);
            stm_buffer_add_string(&line, "\\n");
        }
        stm_document_title(&document, &words);
        add_quoted(&line, stm_text_cut(stm_buffer_text(&words), 80));
        stm_buffer_add_string(&line, "\"];");
        put(query, &line);
    }
    status = line.failed || words.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    stm_buffer_free(&line);
    return status;
}

static stemma_status put_nodes(struct stm_query *query, const struct graph *graph)
{
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < graph->count && status == STEMMA_OK;) {
        size_t end = i;
        while (end < graph->count && graph->list[end].group == graph->list[i].group) {
            end++;
        }
        if (end - i > 1) {
            fprintf(query->output.file, "  subgraph \"cluster_%u\" {\n    label=\"one source\";\n",
                    graph->list[i].group);
        }
        for (size_t k = i; k < end && status == STEMMA_OK; k++) {
            stm_query_next_item(query);
            status = put_node(query, &graph->list[k], end - i > 1 ? "    " : "  ");
        }
        if (end - i > 1) {
            fputs("  }\n", query->output.file);
        }
        i = end;
    }
    return status;
}

static int by_document(const void *left, const void *right)
{
    const struct listed *a = left, *b = right;
    return (a->document > b->document) - (a->document < b->document);
}

static bool is_shown(const struct graph *graph, uint32_t document)
{
    struct listed key = {0, document, 0};
    return bsearch(&key, graph->list, graph->count, sizeof key, by_document) != NULL;
}

/* The source points to what derives from it. What the tree is drawn by is solid, other derivations are
   dashed, as are quotations, which make no one source of two. */
static stemma_status put_edges(struct stm_query *query, const struct graph *graph,
                               const struct listed *one)
{
    const stemma_derivation *derivations = NULL;
    uint32_t count = 0;
    char from[STEMMA_ID_SIZE];
    char to[STEMMA_ID_SIZE];
    stemma_status status = stemma_derivations_of(query->item, one->document, &derivations, &count,
                                                 &query->error);
    if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, one->document, from);
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        const stemma_derivation *edge = &derivations[i];
        if (edge->retracted.size != 0 || !is_shown(graph, edge->to)) {
            continue;
        }
        status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, edge->to, to);
        fprintf(query->output.file, "  \"%s\" -> \"%s\" [label=\"%s", to, from,
                stm_enum_name(STM_ENUM_DERIVATION_KIND, edge->kind));
        if (edge->score != STEMMA_NO_CONFIDENCE) {
            fprintf(query->output.file, " %u %%", (edge->score + 5u) / 10u);
        }
        fprintf(query->output.file, "\"%s];\n",
                edge->to != one->parent || edge->kind == STEMMA_DERIVATION_QUOTES
                    ? ", style=dashed"
                    : "");
    }
    return status;
}

static stemma_status gather(struct stm_query *query, stemma_sources *sources, struct graph *graph)
{
    stemma_source one;
    stemma_status status = STEMMA_OK;
    while (status == STEMMA_OK && !stm_query_done(query)) {
        status = stemma_sources_next(sources, &one, &query->error);
        if (status == STEMMA_OK && stm_query_take(query)) {
            struct listed *list =
                stm_grow(graph->list, &graph->capacity, graph->count + 1, sizeof *list);
            if (list == NULL) {
                return STEMMA_E_NO_MEMORY;
            }
            graph->list = list;
            list[graph->count++] = (struct listed){one.group, one.document, one.parent};
        }
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

stemma_status stm_source_dot(struct stm_query *query, stemma_sources *sources)
{
    struct graph graph = {NULL, 0, 0};
    stemma_status status = gather(query, sources, &graph);
    if (status == STEMMA_OK && graph.count != 0) {
        qsort(graph.list, graph.count, sizeof *graph.list, by_group);
        fputs("digraph stemma {\n  rankdir=LR;\n  node [shape=box];\n", query->output.file);
        status = put_nodes(query, &graph);
        qsort(graph.list, graph.count, sizeof *graph.list, by_document);
        for (size_t i = 0; i < graph.count && status == STEMMA_OK; i++) {
            stm_query_next_item(query);
            status = put_edges(query, &graph, &graph.list[i]);
        }
        fputs("}\n", query->output.file);
    }
    if (status == STEMMA_OK && graph.count == 0) {
        status = STEMMA_NOT_FOUND;
    }
    free(graph.list);
    return status;
}
