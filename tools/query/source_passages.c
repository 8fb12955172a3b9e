/* SPDX-License-Identifier: MIT */
#include "query/source_passages.h"

#include "common/enum_names.h"
#include "query/derivation.h"
#include "query/entity_view.h"
#include "query/value_words.h"

/* ---- JSON and rows -------------------------------------------------------------------------------- */

static stemma_status document_member(struct stm_query *query, const char *key, uint32_t number)
{
    stm_json *json = &query->output.json;
    stemma_document document;
    char id[STEMMA_ID_SIZE];
    stemma_status status = stemma_document_get(query->item, number, &document, &query->error);
    if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, number, id);
    }
    stm_json_key(json, key);
    stm_json_object_begin(json);
    if (status == STEMMA_OK) {
        stm_document_members(json, id, &document);
    }
    stm_json_object_end(json);
    return status;
}

static void side_json(stm_json *json, const char *key, stemma_text text, stemma_span points,
                      const stemma_span *changes, uint32_t count)
{
    stm_json_key(json, key);
    stm_json_object_begin(json);
    stm_json_member_unsigned(json, "start", points.start);
    stm_json_member_unsigned(json, "end", points.end);
    stm_json_key(json, "text");
    if (text.size != 0) {
        stm_json_text(json, text);
    } else {
        stm_json_null(json);
    }
    stm_json_key(json, "only_here");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < count; i++) {
        stm_json_text(json, (stemma_text){text.data + changes[i].start,
                                          changes[i].end - changes[i].start});
    }
    stm_json_array_end(json);
    stm_json_object_end(json);
}

static stemma_status show_json(struct stm_query *query, const stemma_derivation *derivation)
{
    stm_json *json = &query->output.json;
    stemma_status status;
    stm_output_item_begin(&query->output);
    status = document_member(query, "from", derivation->from);
    if (status == STEMMA_OK) {
        status = document_member(query, "to", derivation->to);
    }
    stm_json_member_string(json, "kind", stm_enum_name(STM_ENUM_DERIVATION_KIND, derivation->kind));
    stm_entity_share(json, "score", derivation->score);
    stm_json_key(json, "passages");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < derivation->range_count && status == STEMMA_OK; i++) {
        stemma_passage passage;
        status = stemma_passage_get(query->item, derivation, i, &passage, &query->error);
        if (status == STEMMA_OK) {
            stm_json_object_begin(json);
            side_json(json, "from", passage.from, passage.from_points, passage.from_changes,
                      passage.from_change_count);
            side_json(json, "to", passage.to, passage.to_points, passage.to_changes,
                      passage.to_change_count);
            stm_json_object_end(json);
        }
    }
    stm_json_array_end(json);
    stm_output_item_end(&query->output);
    return status;
}

static stemma_status show_rows(struct stm_query *query, const stemma_derivation *derivation)
{
    struct stm_output *output = &query->output;
    char from[STEMMA_ID_SIZE];
    char to[STEMMA_ID_SIZE];
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, derivation->from, from);
    if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, derivation->to, to);
    }
    for (uint32_t i = 0; i < derivation->range_count && status == STEMMA_OK; i++) {
        stemma_passage passage;
        status = stemma_passage_get(query->item, derivation, i, &passage, &query->error);
        if (status != STEMMA_OK) {
            break;
        }
        stm_output_field_string(output, from);
        stm_output_field_string(output, to);
        stm_output_field_string(output, stm_enum_name(STM_ENUM_DERIVATION_KIND, derivation->kind));
        stm_output_field_number(output, passage.from_points.start);
        stm_output_field_number(output, passage.from_points.end);
        stm_output_field_number(output, passage.to_points.start);
        stm_output_field_number(output, passage.to_points.end);
        stm_output_field(output, passage.from);
        stm_output_field(output, passage.to);
        stm_output_row_end(output);
    }
    return status;
}

static void show_header(struct stm_output *output)
{
    static const char *const names[] = {"from",     "to",       "kind",   "from_start",
                                        "from_end", "to_start", "to_end", "from_text",
                                        "to_text"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(output, names[i]);
    }
    stm_output_row_end(output);
}

/* ---- Text --------------------------------------------------------------------------------------- */

/* A passage with what only it has marked. */
static void add_marked(const struct stm_terminal *terminal, stemma_text text,
                       const stemma_span *changes, uint32_t count, struct stm_buffer *out)
{
    size_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        stm_buffer_add_safe(out, (stemma_text){text.data + at, changes[i].start - at});
        stm_buffer_add_string(out, terminal->color ? stm_style_on(terminal, STM_STYLE_MARK)
                                                   : "\xC2\xAB");
        stm_buffer_add_safe(out, (stemma_text){text.data + changes[i].start,
                                               changes[i].end - changes[i].start});
        stm_buffer_add_string(out, terminal->color ? stm_style_off(terminal, STM_STYLE_MARK)
                                                   : "\xC2\xBB");
        at = changes[i].end;
    }
    stm_buffer_add_safe(out, (stemma_text){text.data + at, text.size - at});
}

static void put(const struct stm_terminal *terminal, const struct stm_buffer *line)
{
    fprintf(terminal->file, "%.*s\n", (int)line->size, line->data != NULL ? line->data : "");
}

/* Once where both say the same, else one under the other. */
static void put_passage(const struct stm_terminal *terminal, const stemma_passage *passage,
                        struct stm_buffer *line)
{
    bool same = passage->from_change_count == 0 && passage->to_change_count == 0;
    stm_buffer_clear(line);
    stm_buffer_addf(line, "  %s%u-%u, there %u-%u%s", stm_style_on(terminal, STM_STYLE_DIM),
                    passage->from_points.start, passage->from_points.end,
                    passage->to_points.start, passage->to_points.end,
                    stm_style_off(terminal, STM_STYLE_DIM));
    put(terminal, line);
    if (passage->from.size == 0 || passage->to.size == 0) {
        fputs("    (a text is not in the file)\n", terminal->file);
        return;
    }
    for (int side = 0; side < (same ? 1 : 2); side++) {
        stm_buffer_clear(line);
        stm_buffer_add_string(line, same ? "    " : side == 0 ? "    here:  " : "    there: ");
        if (side == 0) {
            add_marked(terminal, passage->from, passage->from_changes, passage->from_change_count,
                       line);
        } else {
            add_marked(terminal, passage->to, passage->to_changes, passage->to_change_count, line);
        }
        put(terminal, line);
    }
}

static stemma_status put_title(struct stm_query *query, const stemma_derivation *derivation,
                               struct stm_buffer *line)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    const uint32_t ends[2] = {derivation->from, derivation->to};
    struct stm_buffer words = {0};
    stemma_status status = STEMMA_OK;
    for (int i = 0; i < 2 && status == STEMMA_OK; i++) {
        stemma_document document;
        char id[STEMMA_ID_SIZE];
        status = stemma_document_get(query->item, ends[i], &document, &query->error);
        if (status == STEMMA_OK) {
            status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, ends[i], id);
        }
        if (status != STEMMA_OK) {
            break;
        }
        stm_buffer_clear(line);
        stm_buffer_clear(&words);
        if (i == 1) {
            stm_derivation_one(derivation, &words);
            stm_buffer_add_string(line, "  ");
            stm_buffer_add_safe(line, stm_buffer_text(&words));
            stm_buffer_add_string(line, " ");
            stm_buffer_clear(&words);
        }
        stm_document_title(&document, &words);
        stm_buffer_add_string(line, stm_style_on(terminal, STM_STYLE_BOLD));
        stm_buffer_add_safe(line, stm_buffer_text(&words));
        stm_buffer_add_string(line, stm_style_off(terminal, STM_STYLE_BOLD));
        stm_buffer_addf(line, "  %s%s%s", stm_style_on(terminal, STM_STYLE_DIM), id,
                        stm_style_off(terminal, STM_STYLE_DIM));
        put(terminal, line);
    }
    status = words.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    return status;
}

static stemma_status show_text(struct stm_query *query, const stemma_derivation *derivation)
{
    struct stm_buffer line = {0};
    stemma_status status = put_title(query, derivation, &line);
    for (uint32_t i = 0; i < derivation->range_count && status == STEMMA_OK; i++) {
        stemma_passage passage;
        status = stemma_passage_get(query->item, derivation, i, &passage, &query->error);
        if (status == STEMMA_OK) {
            put_passage(&query->output.terminal, &passage, &line);
        }
    }
    status = line.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&line);
    return status;
}

/* ---- The command -------------------------------------------------------------------------------- */

static stemma_status show_of(struct stm_query *query, uint32_t document, uint64_t *shown)
{
    const stemma_derivation *derivations = NULL;
    uint32_t count = 0;
    stemma_status status;
    stm_query_next_item(query);
    status = stemma_derivations_of(query->item, document, &derivations, &count, &query->error);
    for (uint32_t i = 0; i < count && status == STEMMA_OK && !stm_query_done(query); i++) {
        const stemma_derivation *one = &derivations[i];
        if (one->retracted.size != 0 || one->to >= query->until || one->range_count == 0 ||
            !stm_query_take(query)) {
            continue;
        }
        if (query->output.format == STM_FORMAT_TEXT && (*shown)++ != 0) {
            fputc('\n', query->output.file);
        }
        *shown += query->output.format != STM_FORMAT_TEXT;
        status = stm_output_is_json(&query->output)   ? show_json(query, one)
                 : stm_output_is_rows(&query->output) ? show_rows(query, one)
                                                      : show_text(query, one);
    }
    return status;
}

stemma_status stm_source_passages(struct stm_query *query, stemma_sources *sources)
{
    stemma_source one;
    uint64_t shown = 0;
    stemma_status status = STEMMA_OK;
    if (stm_output_is_rows(&query->output)) {
        show_header(&query->output);
    }
    while (status == STEMMA_OK && !stm_query_done(query)) {
        status = stemma_sources_next(sources, &one, &query->error);
        if (status == STEMMA_OK) {
            status = show_of(query, one.document, &shown);
        }
    }
    if (status == STEMMA_OK || status == STEMMA_END) {
        return shown == 0 ? STEMMA_NOT_FOUND : STEMMA_OK;
    }
    return status;
}
