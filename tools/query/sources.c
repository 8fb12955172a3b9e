/* SPDX-License-Identifier: MIT */
/* sources [ID [ID]]: documents as a forest, each under the one that it derives from, and what they
   share. */
#include <stdlib.h>

#include "base/grow.h"
#include "query/choose.h"
#include "query/claim_view.h"
#include "query/derivation.h"
#include "query/source_passages.h"
#include "query/source_tree.h"

/* ---- Which documents ---------------------------------------------------------------------------- */

static stemma_status among_members(struct stm_query *query, stemma_reference reference,
                                   stemma_sources **out)
{
    const stemma_referent_id *members = NULL;
    uint32_t count = 0;
    uint32_t *documents;
    stemma_status status = stemma_members(query->item, reference, &members, &count, &query->error);
    if (status != STEMMA_OK) {
        return status;
    }
    documents = stm_arena_alloc(&query->arena, count, sizeof *documents);
    if (documents == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        documents[i] = members[i].document;
    }
    return stemma_sources_among(out, query->snapshot, documents, count, &query->error);
}

static stemma_status among_witnesses(struct stm_query *query, uint32_t claim, stemma_sources **out)
{
    struct stm_claim_view view;
    uint32_t *documents;
    stemma_status status = stm_claim_load(query, claim, &view);
    if (status != STEMMA_OK) {
        return status;
    }
    documents = stm_arena_alloc(&query->arena, view.claim.witness_count, sizeof *documents);
    if (documents == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < view.claim.witness_count; i++) {
        documents[i] = view.claim.witnesses[i].document;
    }
    return stemma_sources_among(out, query->snapshot, documents, view.claim.witness_count,
                                &query->error);
}

/* `*document` is the one that was asked about, or STEMMA_NONE. */
static stemma_status gather(struct stm_query *query, stemma_sources **out, uint32_t *document)
{
    stemma_reference reference;
    stemma_status status;
    if (query->argument_count == 0) {
        return stemma_sources_all(out, query->snapshot, &query->error);
    }
    status = stm_choose_id(query, stemma_text_of(query->arguments[0]), &reference);
    if (status != STEMMA_OK) {
        return status;
    }
    switch (reference.kind) {
    case STEMMA_REFERENCE_CLAIM:
        return among_witnesses(query, reference.number, out);
    case STEMMA_REFERENCE_DOCUMENT:
        *document = reference.number;
        return stemma_sources_about(out, query->snapshot, reference.number, &query->error);
    default:
        return among_members(query, reference, out);
    }
}

/* ---- Showing them -------------------------------------------------------------------------------- */

static stemma_status show_json(struct stm_query *query, const stemma_source *one, const char *id,
                               const stemma_document *document)
{
    stm_json *json = &query->output.json;
    char other[STEMMA_ID_SIZE];
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, one->group, other);
    stm_output_item_begin(&query->output);
    stm_document_members(json, id, document);
    if (status == STEMMA_OK) {
        status = stm_derivations_member(query, one->document);
    }
    stm_json_member_string(json, "group", other);
    stm_json_member_unsigned(json, "depth", one->depth);
    stm_json_key(json, "parent");
    if (one->parent == STEMMA_NONE) {
        stm_json_null(json);
    } else if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, one->parent, other);
        stm_json_text(json, stemma_text_of(other));
    }
    stm_output_item_end(&query->output);
    return status;
}

static stemma_status show_row(struct stm_query *query, const stemma_source *one, const char *id,
                              const stemma_document *document)
{
    struct stm_output *output = &query->output;
    struct stm_buffer derivation = {0};
    char group[STEMMA_ID_SIZE];
    char parent[STEMMA_ID_SIZE] = "";
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, one->group, group);
    if (status == STEMMA_OK) {
        status = stm_derivation_words(query, one->document, STEMMA_NONE, &derivation);
    }
    if (status == STEMMA_OK && one->parent != STEMMA_NONE) {
        status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, one->parent, parent);
    }
    stm_output_field_string(output, id);
    stm_output_field(output, document->uri);
    stm_output_field(output, document->publisher);
    stm_output_field(output, document->published.edtf);
    stm_output_field(output, document->title);
    stm_output_field(output, stm_buffer_text(&derivation));
    stm_output_field_string(output, status == STEMMA_OK ? group : "");
    stm_output_field_number(output, one->depth);
    stm_output_field_string(output, parent);
    stm_output_row_end(output);
    status = derivation.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&derivation);
    return status;
}

static void show_header(struct stm_query *query)
{
    static const char *const names[] = {"id",           "uri",   "publisher", "published", "title",
                                        "derives_from", "group", "depth",     "parent"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(&query->output, names[i]);
    }
    stm_output_row_end(&query->output);
}

static stemma_status show(struct stm_query *query, struct stm_source_tree *tree,
                          const stemma_source *one)
{
    stemma_document document;
    char id[STEMMA_ID_SIZE];
    stemma_status status;
    stm_query_next_item(query);
    status = stemma_document_get(query->item, one->document, &document, &query->error);
    if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, one->document, id);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_output_is_json(&query->output)) {
        return show_json(query, one, id, &document);
    }
    return stm_output_is_rows(&query->output)
               ? show_row(query, one, id, &document)
               : stm_source_tree_line(tree, query, one, id, &document);
}

/* One by one, as a list or a drawing in text. */
static stemma_status show_all(struct stm_query *query, stemma_sources *sources)
{
    struct stm_source_tree tree;
    stemma_source one;
    stemma_status status = STEMMA_OK;
    if (stm_output_is_rows(&query->output)) {
        show_header(query);
    }
    stm_source_tree_begin(&tree, query);
    while (status == STEMMA_OK && !stm_query_done(query)) {
        status = stemma_sources_next(sources, &one, &query->error);
        if (status == STEMMA_OK) {
            stm_source_tree_step(&tree, &one);
        }
        if (status == STEMMA_OK && stm_query_take(query)) {
            status = show(query, &tree, &one);
        }
    }
    if (!stm_source_tree_end(&tree)) {
        return STEMMA_E_NO_MEMORY;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

/* sources ID ID */
static stemma_status between(struct stm_query *query)
{
    stemma_reference ends[2];
    for (int i = 0; i < 2; i++) {
        stemma_status status =
            stm_choose_id(query, stemma_text_of(query->arguments[i]), &ends[i]);
        if (status != STEMMA_OK) {
            return status;
        }
        if (ends[i].kind != STEMMA_REFERENCE_DOCUMENT) {
            stm_query_note("sources: '%s' is no document; two IDs must be documents",
                           query->arguments[i]);
            query->exit = STM_EXIT_USAGE;
            return STEMMA_NOT_FOUND;
        }
    }
    if (ends[0].number == ends[1].number) {
        stm_query_note("sources: both IDs are the same document");
        query->exit = STM_EXIT_USAGE;
        return STEMMA_NOT_FOUND;
    }
    return stm_source_between(query, ends[0].number, ends[1].number);
}

/* --passages */
static stemma_status show_passages(struct stm_query *query, stemma_sources *sources,
                                   uint32_t document)
{
    uint64_t shown = 0;
    stemma_status status;
    stm_source_passages_begin(query);
    status = stm_source_passages(query, sources, &shown);
    if (status == STEMMA_OK && (query->argument_count == 0 || document != STEMMA_NONE)) {
        status = stm_source_alike(query, document, &shown);
    }
    return status == STEMMA_OK && shown == 0 ? STEMMA_NOT_FOUND : status;
}

stemma_status stm_query_sources(struct stm_query *query)
{
    stemma_sources *sources = NULL;
    stemma_sources_counts counts = {0, 0, 0};
    uint32_t document = STEMMA_NONE;
    stemma_status status;
    if (query->argument_count == 2) {
        return between(query);
    }
    status = gather(query, &sources, &document);
    if (status != STEMMA_OK) {
        return status;
    }
    stemma_sources_count(sources, &counts);
    if (query->settings->passages) {
        return show_passages(query, sources, document);
    }
    if (query->output.format == STM_FORMAT_DOT) {
        return stm_source_dot(query, sources);
    }
    status = show_all(query, sources);
    if (status == STEMMA_OK && query->output.format == STM_FORMAT_TEXT && counts.documents != 0) {
        fprintf(query->output.file, "%u document%s, %u independent\n", counts.documents,
                counts.documents == 1 ? "" : "s", counts.independent);
    }
    return status == STEMMA_OK && counts.documents == 0 ? STEMMA_NOT_FOUND : status;
}
