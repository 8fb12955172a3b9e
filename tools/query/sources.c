/* SPDX-License-Identifier: MIT */
/* sources [ID]: documents, those that derive from each other side by side. */
#include <stdlib.h>

#include "grow.h"
#include "query/choose.h"
#include "query/claim_view.h"
#include "query/derivation.h"

struct listed {
    uint32_t group;
    uint32_t document;
};

struct sources {
    struct listed *list;
    size_t count;
    size_t capacity;
};

static stemma_status add(struct stm_query *query, struct sources *sources, uint32_t document)
{
    struct listed *one;
    if (document >= query->until) {
        return STEMMA_OK;
    }
    struct listed *list =
        stm_grow(sources->list, &sources->capacity, sources->count + 1, sizeof *list);
    if (list == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    sources->list = list;
    one = &sources->list[sources->count++];
    one->document = document;
    return stemma_independence_group(query->snapshot, document, &one->group, &query->error);
}

static int by_group(const void *left, const void *right)
{
    const struct listed *a = left, *b = right;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    return (a->document > b->document) - (a->document < b->document);
}

static void sort(struct sources *sources)
{
    size_t kept = 0;
    if (sources->count > 1) {
        qsort(sources->list, sources->count, sizeof *sources->list, by_group);
    }
    for (size_t i = 0; i < sources->count; i++) {
        if (kept == 0 || sources->list[i].document != sources->list[kept - 1].document) {
            sources->list[kept++] = sources->list[i];
        }
    }
    sources->count = kept;
}

/* ---- Which documents ---------------------------------------------------------------------------- */

/* All, or those of one group. */
static stemma_status gather_all(struct stm_query *query, uint32_t group, struct sources *out)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < query->counts.documents && status == STEMMA_OK; i++) {
        status = add(query, out, i);
        if (status == STEMMA_OK && group != STEMMA_NONE && out->count != 0 &&
            out->list[out->count - 1].group != group) {
            out->count--;
        }
    }
    return status;
}

static stemma_status gather_members(struct stm_query *query, stemma_reference reference,
                                    struct sources *out)
{
    const stemma_referent_id *members = NULL;
    uint32_t count = 0;
    stemma_status status =
        stemma_members(query->item, reference, &members, &count, &query->error);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        if (i == 0 || members[i].document != members[i - 1].document) {
            status = add(query, out, members[i].document);
        }
    }
    return status;
}

static stemma_status gather_claim(struct stm_query *query, uint32_t claim, struct sources *out)
{
    struct stm_claim_view view;
    stemma_status status = stm_claim_load(query, claim, &view);
    for (uint32_t i = 0; status == STEMMA_OK && i < view.claim.witness_count; i++) {
        status = add(query, out, view.claim.witnesses[i].document);
    }
    return status;
}

static stemma_status gather(struct stm_query *query, struct sources *out)
{
    stemma_reference reference;
    stemma_status status;
    uint32_t group;
    if (query->argument_count == 0) {
        return gather_all(query, STEMMA_NONE, out);
    }
    status = stm_choose_id(query, stemma_text_of(query->arguments[0]), &reference);
    if (status != STEMMA_OK) {
        return status;
    }
    if (reference.kind == STEMMA_REFERENCE_CLAIM) {
        return gather_claim(query, reference.number, out);
    }
    if (reference.kind != STEMMA_REFERENCE_DOCUMENT) {
        return gather_members(query, reference, out);
    }
    status = stemma_independence_group(query->item, reference.number, &group, &query->error);
    return status == STEMMA_OK ? gather_all(query, group, out) : status;
}

/* ---- Showing them -------------------------------------------------------------------------------- */

static stemma_status show_json(struct stm_query *query, const struct listed *one, const char *id,
                               const stemma_document *document)
{
    stm_json *json = &query->output.json;
    char group[STEMMA_ID_SIZE];
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, one->group, group);
    stm_output_item_begin(&query->output);
    stm_document_members(json, id, document);
    if (status == STEMMA_OK) {
        status = stm_derivations_member(query, one->document);
    }
    stm_json_member_string(json, "group", group);
    stm_output_item_end(&query->output);
    return status;
}

static stemma_status show_row(struct stm_query *query, const struct listed *one, const char *id,
                              const stemma_document *document, stemma_text derivation)
{
    struct stm_output *output = &query->output;
    char group[STEMMA_ID_SIZE];
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, one->group, group);
    stm_output_field_string(output, id);
    stm_output_field(output, document->uri);
    stm_output_field(output, document->publisher);
    stm_output_field(output, document->published.edtf);
    stm_output_field(output, document->title);
    stm_output_field(output, derivation);
    stm_output_field_string(output, status == STEMMA_OK ? group : "");
    stm_output_row_end(output);
    return status;
}

static void show_line(struct stm_table *table, const struct listed *one, const char *id,
                      const stemma_document *document, stemma_text derivation)
{
    struct stm_buffer words = {0};
    stm_table_cell(table, document->published.edtf.size != 0 ? document->published.edtf
                                                             : stemma_text_of("-"));
    if (one->group != one->document) {
        stm_buffer_add_string(&words, "+ "); /* one more voice of the source above */
    }
    if (document->publisher.size != 0) {
        stm_buffer_add(&words, document->publisher);
        stm_buffer_add_string(&words, ": ");
    }
    stm_buffer_add(&words, document->title.size != 0 ? document->title : document->uri);
    stm_table_cell(table, stm_buffer_text(&words));
    stm_table_cell(table, derivation);
    stm_table_cell(table, stemma_text_of(id));
    stm_buffer_free(&words);
}

static stemma_status show(struct stm_query *query, struct stm_table *table,
                          const struct listed *one)
{
    struct stm_buffer derivation = {0};
    stemma_document document;
    char id[STEMMA_ID_SIZE];
    stemma_status status;
    stm_query_next_item(query);
    status = stemma_document_get(query->item, one->document, &document, &query->error);
    if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, one->document, id);
    }
    if (status == STEMMA_OK && stm_output_is_json(&query->output)) {
        return show_json(query, one, id, &document);
    }
    if (status == STEMMA_OK) {
        status = stm_derivation_words(query, one->document, &derivation);
    }
    if (status == STEMMA_OK && stm_output_is_rows(&query->output)) {
        status = show_row(query, one, id, &document, stm_buffer_text(&derivation));
    } else if (status == STEMMA_OK) {
        show_line(table, one, id, &document, stm_buffer_text(&derivation));
    }
    stm_buffer_free(&derivation);
    return status;
}

static void show_header(struct stm_output *output)
{
    static const char *const names[] = {"id",    "uri",          "publisher", "published",
                                        "title", "derives_from", "group"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(output, names[i]);
    }
    stm_output_row_end(output);
}

static const struct stm_table_column columns[] = {
    {"PUBLISHED", false, false, STM_STYLE_NONE},
    {"DOCUMENT", false, true, STM_STYLE_NONE},
    {"DERIVATION", false, true, STM_STYLE_NONE},
    {"ID", false, false, STM_STYLE_DIM},
};

static stemma_status show_all(struct stm_query *query, const struct sources *sources)
{
    struct stm_table table;
    stemma_status status = STEMMA_OK;
    size_t independent = 0;
    if (stm_output_is_rows(&query->output)) {
        show_header(&query->output);
    }
    stm_table_begin(&table, &query->output.terminal, columns, 4, 0, true);
    for (size_t i = 0; i < sources->count && status == STEMMA_OK; i++) {
        independent += i == 0 || sources->list[i].group != sources->list[i - 1].group;
        if (!stm_query_done(query) && stm_query_take(query)) {
            status = show(query, &table, &sources->list[i]);
        }
    }
    if (!stm_table_end(&table)) {
        return STEMMA_E_NO_MEMORY;
    }
    if (status == STEMMA_OK && query->output.format == STM_FORMAT_TEXT && sources->count != 0) {
        fprintf(query->output.file, "%zu document%s, %zu independent\n", sources->count,
                sources->count == 1 ? "" : "s", independent);
    }
    return status;
}

stemma_status stm_query_sources(struct stm_query *query)
{
    struct sources sources = {NULL, 0, 0};
    stemma_status status = gather(query, &sources);
    if (status == STEMMA_OK) {
        sort(&sources);
        status = show_all(query, &sources);
    }
    if (status == STEMMA_OK && sources.count == 0) {
        status = STEMMA_NOT_FOUND;
    }
    free(sources.list);
    return status;
}
