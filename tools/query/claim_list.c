/* SPDX-License-Identifier: MIT */
#include "query/claim_list.h"

#include <stdlib.h>

#include "common/enum_names.h"
#include "query/claim_words.h"
#include "query/value_words.h"

#define NAMED_WITNESSES 6u

struct listed {
    uint32_t number;
    uint32_t group; /* claims of one predicate */
    uint32_t independent;
    uint32_t documents;
};

static int by_support(const void *left, const void *right)
{
    const struct listed *a = left, *b = right;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    if (a->independent != b->independent) {
        return a->independent > b->independent ? -1 : 1;
    }
    if (a->documents != b->documents) {
        return a->documents > b->documents ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}

/* Claims are stored by predicate: each change of it begins a group. */
static stemma_status gather(struct stm_query *query, uint32_t first, uint32_t count,
                            struct listed *list, uint32_t *listed)
{
    struct stm_buffer predicate = {0};
    stemma_status status = STEMMA_OK;
    uint32_t group = 0;
    *listed = 0;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        struct stm_claim_view view;
        stm_query_next_item(query);
        status = stm_claim_load(query, first + i, &view);
        if (status == STEMMA_NOT_FOUND) {
            status = STEMMA_OK;
            continue;
        }
        if (status == STEMMA_OK) {
            if (!stemma_text_equal(view.claim.predicate, stm_buffer_text(&predicate))) {
                group++;
                stm_buffer_clear(&predicate);
                stm_buffer_add(&predicate, view.claim.predicate);
            }
            list[(*listed)++] = (struct listed){first + i, group, view.claim.independent,
                                                view.claim.documents};
        }
    }
    stm_buffer_free(&predicate);
    if (*listed > 1) {
        qsort(list, *listed, sizeof *list, by_support);
    }
    return status;
}

/* ---- Who says it ------------------------------------------------------------------------------- */

static stemma_status speaker_of(struct stm_query *query, stemma_witness witness,
                                const struct stm_source **source, uint32_t *speaker)
{
    stemma_referent_id referent = {witness.document, STEMMA_NONE};
    stemma_reference reference;
    const stemma_assertion *assertion;
    stemma_status status = stm_query_assertion(query, witness, source, &assertion);
    *speaker = STEMMA_NONE;
    if (status == STEMMA_OK) {
        referent.referent = assertion->speaker;
    }
    if (referent.referent != STEMMA_NONE) {
        status = stemma_member_of(query->item, referent, &reference, &query->error);
        *speaker = reference.number;
    }
    return status;
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
        status = speaker_of(query, view->claim.witnesses[i], &source, &speaker);
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
        const struct stm_source *source;
        uint32_t document = view->claim.witnesses[i].document;
        uint32_t speaker;
        stemma_status status;
        if (document == before) {
            continue;
        }
        before = document;
        if (shown++ == NAMED_WITNESSES) {
            stm_buffer_addf(out, "; and %u more", view->claim.documents - NAMED_WITNESSES);
            break;
        }
        status = speaker_of(query, view->claim.witnesses[i], &source, &speaker);
        if (status != STEMMA_OK) {
            return status;
        }
        stm_buffer_add_string(out, shown != 1 ? "; " : "");
        stm_document_words(&source->document, out);
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
                                  const struct stm_claim_view *view, bool witnesses)
{
    struct stm_buffer words = {0};
    char id[STEMMA_ID_SIZE];
    char count[64];
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_CLAIM, view->claim.number, id);
    if (view->claim.polarity == STEMMA_POLARITY_NEGATIVE) {
        stm_buffer_add_string(&words, "not ");
    }
    if (status == STEMMA_OK) {
        status = stm_object_words(query, &view->claim, &words);
    }
    stm_table_cell(table, stm_buffer_text(&words));
    snprintf(count, sizeof count, "%u doc%s, %u indep.", view->claim.documents,
             view->claim.documents == 1 ? "" : "s", view->claim.independent);
    stm_table_cell(table, stemma_text_of(count));
    stm_buffer_clear(&words);
    if (status == STEMMA_OK && witnesses) {
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

/* A claim's predicate as heading above a table of its own. */
static void heading(struct stm_query *query, const struct stm_claim_view *view)
{
    struct stm_buffer name = {0};
    stm_buffer_add_safe(&name, view->claim.predicate);
    fprintf(query->output.file, "\n%.*s\n", (int)name.size, name.data != NULL ? name.data : "");
    stm_buffer_free(&name);
}

static stemma_status show_text(struct stm_query *query, const struct listed *list, uint32_t count,
                               uint64_t most, bool witnesses)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t first = 0, end; first < count && status == STEMMA_OK; first = end) {
        struct stm_table table;
        for (end = first; end < count && list[end].group == list[first].group; end++) {
        }
        stm_claim_table_begin(&table, query, 2);
        for (uint32_t i = first; i < end && status == STEMMA_OK; i++) {
            struct stm_claim_view view;
            if (most != 0 && i - first == most) {
                break;
            }
            stm_query_next_item(query);
            status = stm_claim_load(query, list[i].number, &view);
            if (status == STEMMA_OK && i == first) {
                heading(query, &view);
            }
            if (status == STEMMA_OK) {
                status = stm_claim_list_line(query, &table, &view, witnesses);
            }
        }
        if (!stm_table_end(&table)) {
            status = STEMMA_E_NO_MEMORY;
        }
        if (most != 0 && end - first > most) {
            fprintf(query->output.file, "  ... and %u more: --limit 0 shows all\n",
                    end - first - (uint32_t)most);
        }
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

stemma_status stm_claim_list_show(struct stm_query *query, uint32_t first, uint32_t count,
                                  uint64_t most, bool witnesses)
{
    bool json = stm_output_is_json(&query->output);
    struct listed *list = malloc((count != 0 ? count : 1) * sizeof *list);
    uint32_t listed = 0;
    stemma_status status =
        list != NULL ? gather(query, first, count, list, &listed) : STEMMA_E_NO_MEMORY;
    if (status == STEMMA_OK && query->output.format == STM_FORMAT_TEXT) {
        status = show_text(query, list, listed, most, witnesses);
        free(list);
        return status;
    }
    if (json) {
        stm_json_key(&query->output.json, "claims");
        stm_json_array_begin(&query->output.json);
    } else {
        stm_claim_list_header(&query->output);
    }
    for (uint32_t i = 0; i < listed && status == STEMMA_OK; i++) {
        struct stm_claim_view view;
        stm_query_next_item(query);
        status = stm_claim_load(query, list[i].number, &view);
        if (status == STEMMA_OK) {
            status = json ? stm_claim_list_json(query, &view, witnesses)
                          : stm_claim_list_row(query, &view);
        }
    }
    if (json) {
        stm_json_array_end(&query->output.json);
    }
    free(list);
    return status;
}
