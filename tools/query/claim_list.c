/* SPDX-License-Identifier: MIT */
#include "query/claim_list.h"

#include "common/enum_names.h"
#include "query/claim_words.h"
#include "query/position_list.h"
#include "query/value_words.h"

#define NAMED_WITNESSES 6u

/* ---- Who says it ------------------------------------------------------------------------------- */

static stemma_status speaker_of(struct stm_query *query, stemma_witness witness, uint32_t *speaker)
{
    stemma_status status = stemma_witness_speaker(query->item, witness, speaker, &query->error);
    return status == STEMMA_NOT_FOUND ? STEMMA_E_DAMAGED : status;
}

static stemma_status witnesses_json(struct stm_query *query, const struct stm_claim_view *view)
{
    stm_json *json = &query->output.json;
    stemma_status status = STEMMA_OK;
    stm_json_key(json, "witnesses");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < view->claim.witness_count && status == STEMMA_OK; i++) {
        const struct stm_source *source;
        uint32_t speaker;
        status = stm_query_record(query, view->claim.witnesses[i].document, &source);
        if (status == STEMMA_OK) {
            status = speaker_of(query, view->claim.witnesses[i], &speaker);
        }
        if (status != STEMMA_OK) {
            break;
        }
        stm_json_object_begin(json);
        stm_json_member_string(json, "document", source->id);
        stm_member_text_or_null(json, "uri", source->document.uri);
        stm_member_text_or_null(json, "publisher", source->document.publisher);
        stm_member_text_or_null(json, "published", source->document.published.edtf);
        stm_json_key(json, "speaker");
        status = stm_reference_json(query, STEMMA_REFERENT_ENTITY, speaker);
        stm_json_object_end(json);
    }
    stm_json_array_end(json);
    return status;
}

/* "Bulletin, 2024-05-02 (quoting Ada Vex); ..." */
static stemma_status witness_words(struct stm_query *query, const struct stm_claim_view *view,
                                   struct stm_buffer *out)
{
    uint32_t before = STEMMA_NONE;
    uint32_t shown = 0;
    for (uint32_t i = 0; i < view->claim.witness_count; i++) {
        stemma_document fields;
        uint32_t document = view->claim.witnesses[i].document;
        uint32_t speaker = STEMMA_NONE;
        stemma_status status;
        if (document == before) {
            continue;
        }
        before = document;
        if (shown++ == NAMED_WITNESSES) {
            stm_buffer_addf(out, "; and %u more", view->claim.documents - NAMED_WITNESSES);
            break;
        }
        status = stemma_document_get(query->item, document, &fields, &query->error);
        if (status == STEMMA_OK && view->claim.speakers != 0) {
            status = speaker_of(query, view->claim.witnesses[i], &speaker);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        stm_buffer_add_string(out, shown != 1 ? "; " : "");
        stm_document_words(&fields, out);
        if (speaker != STEMMA_NONE) {
            stm_buffer_add_string(out, " (quoting ");
            status = stm_entity_words(query, speaker, out);
            stm_buffer_add_string(out, ")");
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

/* ---- One claim --------------------------------------------------------------------------------- */

stemma_status stm_claim_list_json(struct stm_query *query, const struct stm_claim_view *view,
                                  bool witnesses)
{
    stemma_status status;
    stm_json_object_begin(&query->output.json);
    status = stm_claim_members(query, view);
    if (status == STEMMA_OK && witnesses) {
        status = witnesses_json(query, view);
    }
    stm_json_object_end(&query->output.json);
    return status;
}

stemma_status stm_claim_list_row(struct stm_query *query, const struct stm_claim_view *view)
{
    struct stm_output *output = &query->output;
    struct stm_buffer words = {0};
    char id[STEMMA_ID_SIZE];
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_CLAIM, view->claim.number, id);
    if (status == STEMMA_OK) {
        status = stm_object_words(query, &view->claim, &words);
    }
    stm_output_field_string(output, status == STEMMA_OK ? id : "");
    stm_output_field(output, view->claim.predicate);
    stm_output_field(output, stm_buffer_text(&words));
    stm_output_field_string(output, view->claim.polarity != 0
                                        ? stm_enum_name(STM_ENUM_POLARITY, view->claim.polarity)
                                        : "");
    stm_output_field_number(output, view->claim.documents);
    stm_output_field_number(output, view->claim.independent);
    stm_output_field_number(output, view->claim.speakers);
    stm_output_row_end(output);
    stm_buffer_free(&words);
    return status;
}

stemma_status stm_claim_list_line(struct stm_query *query, struct stm_table *table,
                                  const struct stm_claim_view *view,
                                  const struct stm_claim_line *line)
{
    struct stm_buffer words = {0};
    char id[STEMMA_ID_SIZE];
    char count[64];
    uint32_t documents = line->standing != NULL ? line->standing->documents : view->claim.documents;
    uint32_t independent =
        line->standing != NULL ? line->standing->independent : view->claim.independent;
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_CLAIM, view->claim.number, id);
    stm_buffer_add_string(&words, line->indent);
    if (view->claim.polarity == STEMMA_POLARITY_NEGATIVE) {
        stm_buffer_add_string(&words, "not ");
    }
    if (status == STEMMA_OK) {
        status = stm_object_words(query, &view->claim, &words);
    }
    stm_buffer_add_string(&words, line->note);
    stm_table_cell(table, stm_buffer_text(&words));
    snprintf(count, sizeof count, "%u doc%s, %u indep.", documents, documents == 1 ? "" : "s",
             independent);
    stm_table_cell(table, stemma_text_of(count));
    stm_buffer_clear(&words);
    if (status == STEMMA_OK && line->witnesses) {
        status = witness_words(query, view, &words);
    }
    stm_table_cell(table, stm_buffer_text(&words));
    stm_table_cell(table, stemma_text_of(status == STEMMA_OK ? id : ""));
    status = words.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    return status;
}

/* ---- All of them ------------------------------------------------------------------------------- */

static const struct stm_table_column columns[] = {
    {"", false, true, STM_STYLE_BOLD},
    {"", false, false, STM_STYLE_NONE},
    {"", false, true, STM_STYLE_NONE},
    {"", false, false, STM_STYLE_DIM},
};

void stm_claim_table_begin(struct stm_table *table, const struct stm_query *query, unsigned indent)
{
    stm_table_begin(table, &query->output.terminal, columns, 4, indent, false);
}

/* A predicate as heading above a table of its own. */
static void heading(struct stm_query *query, stemma_text predicate)
{
    struct stm_buffer name = {0};
    stm_buffer_add_safe(&name, predicate);
    fprintf(query->output.file, "\n%.*s\n", (int)name.size, name.data != NULL ? name.data : "");
    stm_buffer_free(&name);
}

static stemma_status show_predicate(struct stm_query *query, const stemma_positions *at,
                                    uint64_t most, bool witnesses)
{
    const struct stm_claim_line line = {NULL, "", " (fits several)", witnesses};
    struct stm_table table;
    stemma_status status = STEMMA_OK;
    heading(query, at->predicate);
    stm_claim_table_begin(&table, query, 2);
    for (uint32_t p = 0; p < at->position_count && (most == 0 || p < most) && status == STEMMA_OK;
         p++) {
        const char *note = at->positions[p].updated_by != STEMMA_NONE ? " (updated)" : "";
        status = stm_position_lines(query, &table, &at->positions[p], note, witnesses);
    }
    for (uint32_t i = 0; i < at->compatible_count && (most == 0 || i < most) && status == STEMMA_OK;
         i++) {
        struct stm_claim_view view = stm_view_of(&at->compatible[i]);
        status = stm_claim_list_line(query, &table, &view, &line);
    }
    if (!stm_table_end(&table)) {
        status = STEMMA_E_NO_MEMORY;
    }
    if (most != 0 && at->position_count > most) {
        fprintf(query->output.file, "  ... and %u more: --limit 0 shows all\n",
                at->position_count - (uint32_t)most);
    }
    return status;
}

void stm_claim_list_header(struct stm_output *output)
{
    static const char *const names[] = {"id",        "predicate",   "object",  "polarity",
                                        "documents", "independent", "speakers"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(output, names[i]);
    }
    stm_output_row_end(output);
}

/* The claims one by one, in rows or as JSON, those of the best position first. */
static stemma_status show_claims(struct stm_query *query, const stemma_positions *at,
                                 bool witnesses)
{
    bool json = stm_output_is_json(&query->output);
    stemma_status status = STEMMA_OK;
    for (uint32_t p = 0; p <= at->position_count && status == STEMMA_OK; p++) {
        bool last = p == at->position_count;
        const stemma_claim *claims = last ? at->compatible : at->positions[p].claims;
        uint32_t count = last ? at->compatible_count : at->positions[p].claim_count;
        for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
            struct stm_claim_view view = stm_view_of(&claims[i]);
            status = json ? stm_claim_list_json(query, &view, witnesses)
                          : stm_claim_list_row(query, &view);
        }
    }
    return status;
}

/* "positions": those that are more than one claim, or gave way. */
static stemma_status show_positions(struct stm_query *query, const stemma_positions *positions,
                                    uint32_t count)
{
    stm_json *json = &query->output.json;
    stemma_status status = STEMMA_OK;
    stm_json_key(json, "positions");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t p = 0; p < positions[i].position_count && status == STEMMA_OK; p++) {
            const stemma_position *one = &positions[i].positions[p];
            const stemma_claim *by = one->updated_by != STEMMA_NONE
                                         ? positions[i].positions[one->updated_by].claims
                                         : NULL;
            if (one->claim_count > 1 || by != NULL) {
                status = stm_position_json(query, one, by);
            }
        }
    }
    stm_json_array_end(json);
    return status;
}

stemma_status stm_claim_list_show(struct stm_query *query, stemma_reference subject, uint64_t most,
                                  bool witnesses)
{
    bool json = stm_output_is_json(&query->output);
    const stemma_positions *positions = NULL;
    uint32_t count = 0;
    stemma_status status;
    stm_query_next_item(query);
    status = stemma_positions_of(query->item, subject, &positions, &count, &query->error);
    if (json) {
        stm_json_key(&query->output.json, "claims");
        stm_json_array_begin(&query->output.json);
    } else if (stm_output_is_rows(&query->output)) {
        stm_claim_list_header(&query->output);
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = query->output.format == STM_FORMAT_TEXT
                     ? show_predicate(query, &positions[i], most, witnesses)
                     : show_claims(query, &positions[i], witnesses);
    }
    if (json) {
        stm_json_array_end(&query->output.json);
        status = status == STEMMA_OK ? show_positions(query, positions, count) : status;
    }
    return status;
}
