/* SPDX-License-Identifier: MIT */
/* search TEXT: documents by their words. */
#include "query/choose.h"
#include "query/claim_words.h"
#include "query/value_words.h"

struct hit {
    const stemma_hit *found;
    const struct stm_source *source;
    stemma_text snippet; /* empty when the text is withheld */
    char score[32];
};

static void prepare(const struct stm_source *source, const stemma_hit *found, struct hit *out)
{
    stemma_text text = source->text;
    out->found = found;
    out->source = source;
    out->snippet = (stemma_text){NULL, 0};
    if (found->snippet.start < found->snippet.end && found->snippet.end <= text.size) {
        out->snippet.data = text.data + found->snippet.start;
        out->snippet.size = found->snippet.end - found->snippet.start;
    }
    snprintf(out->score, sizeof out->score, "%.4f", found->score);
}

static stemma_status show_json(struct stm_query *query, const struct hit *hit)
{
    stm_json *json = &query->output.json;
    const stemma_document *document = &hit->source->document;
    const struct stm_offsets *offsets = &hit->source->offsets;
    stm_output_item_begin(&query->output);
    stm_json_member_string(json, "document", hit->source->id);
    stm_json_key(json, "score");
    stm_json_decimal(json, stemma_text_of(hit->score));
    stm_member_text_or_null(json, "snippet", hit->snippet);
    stm_json_member_unsigned(json, "start",
                             hit->snippet.size != 0
                                 ? stm_offsets_from_byte(offsets, hit->found->snippet.start)
                                 : 0);
    stm_json_key(json, "words");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < hit->found->word_count && hit->snippet.size != 0; i++) {
        stm_json_array_begin(json);
        stm_json_unsigned(json, stm_offsets_from_byte(offsets, hit->found->words[i].start));
        stm_json_unsigned(json, stm_offsets_from_byte(offsets, hit->found->words[i].end));
        stm_json_array_end(json);
    }
    stm_json_array_end(json);
    stm_member_text_or_null(json, "uri", document->uri);
    stm_member_text_or_null(json, "title", document->title);
    stm_member_text_or_null(json, "publisher", document->publisher);
    stm_member_text_or_null(json, "published", document->published.edtf);
    stm_output_item_end(&query->output);
    return STEMMA_OK;
}

static stemma_status show_row(struct stm_query *query, const struct hit *hit)
{
    struct stm_output *output = &query->output;
    const stemma_document *document = &hit->source->document;
    stm_output_field_string(output, hit->source->id);
    stm_output_field_string(output, hit->score);
    stm_output_field(output, hit->snippet);
    stm_output_field(output, document->uri);
    stm_output_field(output, document->title);
    stm_output_field(output, document->publisher);
    stm_output_field(output, document->published.edtf);
    stm_output_row_end(output);
    return STEMMA_OK;
}

/* The snippet with the words found marked. */
static void mark_words(const struct stm_terminal *terminal, const struct hit *hit,
                       struct stm_buffer *out)
{
    uint32_t base = hit->found->snippet.start;
    uint32_t at = 0;
    for (uint32_t i = 0; i < hit->found->word_count; i++) {
        uint32_t start = hit->found->words[i].start - base;
        uint32_t end = hit->found->words[i].end - base;
        if (start < at || end > hit->snippet.size || start > end) {
            continue;
        }
        stm_buffer_add_safe(out, (stemma_text){hit->snippet.data + at, start - at});
        stm_buffer_add_string(out, terminal->color ? stm_style_on(terminal, STM_STYLE_MARK)
                                                   : "\xC2\xAB");
        stm_buffer_add_safe(out, (stemma_text){hit->snippet.data + start, end - start});
        stm_buffer_add_string(out, terminal->color ? stm_style_off(terminal, STM_STYLE_MARK)
                                                   : "\xC2\xBB");
        at = end;
    }
    stm_buffer_add_safe(out, (stemma_text){hit->snippet.data + at, hit->snippet.size - at});
}

static stemma_status show_text(struct stm_query *query, const struct hit *hit)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    const stemma_document *document = &hit->source->document;
    struct stm_buffer words = {0};
    struct stm_buffer line = {0};
    bool failed;
    if (document->title.size != 0) {
        stm_buffer_add_string(&line, stm_style_on(terminal, STM_STYLE_BOLD));
        stm_buffer_add_safe(&line, document->title);
        stm_buffer_add_string(&line, stm_style_off(terminal, STM_STYLE_BOLD));
        stm_buffer_add_string(&line, "  ");
    }
    stm_document_words(document, &words);
    stm_buffer_add_safe(&line, stm_buffer_text(&words));
    fprintf(terminal->file, "%.*s  %s%s%s\n", (int)line.size, line.data != NULL ? line.data : "",
            stm_style_on(terminal, STM_STYLE_DIM), hit->source->id,
            stm_style_off(terminal, STM_STYLE_DIM));
    stm_buffer_clear(&line);
    if (hit->snippet.size != 0) {
        mark_words(terminal, hit, &line);
        fprintf(terminal->file, "    %.*s\n", (int)line.size, line.data);
    }
    failed = line.failed || words.failed;
    stm_buffer_free(&line);
    stm_buffer_free(&words);
    return failed ? STEMMA_E_NO_MEMORY : STEMMA_OK;
}

static stemma_status show(struct stm_query *query, const stemma_hit *found)
{
    const struct stm_source *source;
    struct hit hit;
    stemma_status status = stm_query_source(query, found->document, &source);
    if (status != STEMMA_OK) {
        return status;
    }
    prepare(source, found, &hit);
    return stm_output_is_json(&query->output)   ? show_json(query, &hit)
           : stm_output_is_rows(&query->output) ? show_row(query, &hit)
                                                : show_text(query, &hit);
}

static void show_header(struct stm_output *output)
{
    static const char *const names[] = {"document", "score",     "snippet", "uri",
                                        "title",    "publisher", "published"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(output, names[i]);
    }
    stm_output_row_end(output);
}

stemma_status stm_query_search(struct stm_query *query)
{
    stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
    const stemma_hit *hits = NULL;
    uint32_t count = 0;
    uint32_t shown = 0;
    stemma_text text = stm_choose_arguments(query, 0);
    uint64_t wanted = query->limit > 10000 || query->offset > 10000 ? 10000
                                                                    : query->limit + query->offset;
    stemma_status status = STEMMA_OK;
    options.limit = (uint32_t)wanted;
    if (query->settings->in != NULL) {
        status = stm_choose(query, stemma_text_of(query->settings->in), &options.about);
    }
    if (status == STEMMA_OK) {
        status = stemma_search(query->snapshot, text, &options, &hits, &count, &query->error);
    }
    if (status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT) {
        query->exit = stm_usage_error(&stm_query_program, "search: %s%s%s", query->error.where,
                                      query->error.where[0] != '\0' ? ": " : "",
                                      query->error.message);
    }
    if (status == STEMMA_OK && stm_output_is_rows(&query->output)) {
        show_header(&query->output);
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK && !stm_query_done(query); i++) {
        if (stm_query_take(query)) {
            status = show(query, &hits[i]);
            shown++;
        }
    }
    return status == STEMMA_OK && shown == 0 ? STEMMA_NOT_FOUND : status;
}
