/* SPDX-License-Identifier: MIT */
#include "query/source_passages.h"

#include "common/enum_names.h"
#include "query/derivation.h"
#include "query/entity_view.h"
#include "query/value_words.h"

#define ALIKE_MOST 100u /* documents or pairs that are alike, none derived from the other */

/* Two documents and what they share: a derivation, or what only their texts tell. */
struct shared {
    const stemma_derivation *derivation; /* NULL: `alike` is set */
    const stemma_alike *alike;
    uint32_t from, to, count;
};

static struct shared of_derivation(const stemma_derivation *one)
{
    return (struct shared){one, NULL, one->from, one->to, one->range_count};
}

static struct shared of_alike(const stemma_alike *one)
{
    return (struct shared){NULL, one, one->from, one->to, one->pair_count};
}

static stemma_status passage_of(struct stm_query *query, const struct shared *shared, uint32_t index,
                                stemma_passage *out)
{
    return shared->alike != NULL
               ? stemma_alike_passage(query->item, shared->alike, index, out, &query->error)
               : stemma_passage_get(query->item, shared->derivation, index, out, &query->error);
}

static const char *kind_of(const struct shared *shared)
{
    return shared->alike != NULL
               ? "alike"
               : stm_enum_name(STM_ENUM_DERIVATION_KIND, shared->derivation->kind);
}

static const char *wording_of(const stemma_alike_pair *pair)
{
    return pair->kind == STEMMA_ALIKE_SAME_WORDS ? "same_words" : "rewritten";
}

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

static stemma_status show_json(struct stm_query *query, const struct shared *shared)
{
    stm_json *json = &query->output.json;
    const stemma_alike *alike = shared->alike;
    stemma_status status;
    stm_output_item_begin(&query->output);
    status = document_member(query, "from", shared->from);
    if (status == STEMMA_OK) {
        status = document_member(query, "to", shared->to);
    }
    stm_json_member_string(json, "kind", kind_of(shared));
    stm_entity_share(json, "score", shared->derivation != NULL ? shared->derivation->score
                                                               : STEMMA_NO_CONFIDENCE);
    stm_entity_share(json, "likeness", alike != NULL ? alike->likeness : STEMMA_NO_CONFIDENCE);
    stm_entity_share(json, "share", alike != NULL ? alike->share : STEMMA_NO_CONFIDENCE);
    stm_json_key(json, "passages");
    stm_json_array_begin(json);
    for (uint32_t i = 0; i < shared->count && status == STEMMA_OK; i++) {
        stemma_passage passage;
        status = passage_of(query, shared, i, &passage);
        if (status == STEMMA_OK) {
            stm_json_object_begin(json);
            side_json(json, "from", passage.from, passage.from_points, passage.from_changes,
                      passage.from_change_count);
            side_json(json, "to", passage.to, passage.to_points, passage.to_changes,
                      passage.to_change_count);
            stm_entity_share(json, "likeness",
                             alike != NULL ? alike->pairs[i].likeness : STEMMA_NO_CONFIDENCE);
            stm_json_key(json, "wording");
            if (alike != NULL) {
                stm_json_text(json, stemma_text_of(wording_of(&alike->pairs[i])));
            } else {
                stm_json_null(json);
            }
            stm_json_object_end(json);
        }
    }
    stm_json_array_end(json);
    stm_output_item_end(&query->output);
    return status;
}

static stemma_status show_rows(struct stm_query *query, const struct shared *shared)
{
    struct stm_output *output = &query->output;
    char from[STEMMA_ID_SIZE];
    char to[STEMMA_ID_SIZE];
    stemma_status status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, shared->from, from);
    if (status == STEMMA_OK) {
        status = stm_query_id(query, STEMMA_REFERENCE_DOCUMENT, shared->to, to);
    }
    for (uint32_t i = 0; i < shared->count && status == STEMMA_OK; i++) {
        stemma_passage passage;
        status = passage_of(query, shared, i, &passage);
        if (status != STEMMA_OK) {
            break;
        }
        stm_output_field_string(output, from);
        stm_output_field_string(output, to);
        stm_output_field_string(output, kind_of(shared));
        stm_output_field_number(output, passage.from_points.start);
        stm_output_field_number(output, passage.from_points.end);
        stm_output_field_number(output, passage.to_points.start);
        stm_output_field_number(output, passage.to_points.end);
        stm_output_field(output, passage.from);
        stm_output_field(output, passage.to);
        if (shared->alike != NULL) {
            char likeness[16];
            snprintf(likeness, sizeof likeness, "%.3f", shared->alike->pairs[i].likeness / 1000.0);
            stm_output_field_string(output, likeness);
            stm_output_field_string(output, wording_of(&shared->alike->pairs[i]));
        } else {
            stm_output_field_string(output, "");
            stm_output_field_string(output, "");
        }
        stm_output_row_end(output);
    }
    return status;
}

static void show_header(struct stm_output *output)
{
    static const char *const names[] = {"from",     "to",       "kind",    "from_start",
                                        "from_end", "to_start", "to_end",  "from_text",
                                        "to_text",  "likeness", "wording"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(output, names[i]);
    }
    stm_output_row_end(output);
}

/* ---- Text --------------------------------------------------------------------------------------- */

static void mark(const struct stm_terminal *terminal, stemma_text text, struct stm_buffer *out)
{
    stm_buffer_add_string(out, terminal->color ? stm_style_on(terminal, STM_STYLE_MARK)
                                               : "\xC2\xAB");
    stm_buffer_add_safe(out, text);
    stm_buffer_add_string(out, terminal->color ? stm_style_off(terminal, STM_STYLE_MARK)
                                               : "\xC2\xBB");
}

static bool is_letter(char byte)
{
    return (byte & 0x80) != 0 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

/* What lies between two changes is common: marked, but for spaces and points around it. */
static void mark_common(const struct stm_terminal *terminal, stemma_text text,
                        struct stm_buffer *out)
{
    size_t start = 0;
    size_t end = text.size;
    while (start < end && !is_letter(text.data[start])) {
        start++;
    }
    while (end > start && !is_letter(text.data[end - 1])) {
        end--;
    }
    stm_buffer_add_safe(out, (stemma_text){text.data, start});
    if (end > start) {
        mark(terminal, (stemma_text){text.data + start, end - start}, out);
    }
    stm_buffer_add_safe(out, (stemma_text){text.data + end, text.size - end});
}

/* A passage with what both have marked. */
static void add_common(const struct stm_terminal *terminal, stemma_text text,
                       const stemma_span *changes, uint32_t count, struct stm_buffer *out)
{
    size_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        mark_common(terminal, (stemma_text){text.data + at, changes[i].start - at}, out);
        stm_buffer_add_safe(out, (stemma_text){text.data + changes[i].start,
                                               changes[i].end - changes[i].start});
        at = changes[i].end;
    }
    mark_common(terminal, (stemma_text){text.data + at, text.size - at}, out);
}

/* A passage with what only it has marked. */
static void add_marked(const struct stm_terminal *terminal, stemma_text text,
                       const stemma_span *changes, uint32_t count, struct stm_buffer *out)
{
    size_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        stm_buffer_add_safe(out, (stemma_text){text.data + at, changes[i].start - at});
        mark(terminal,
             (stemma_text){text.data + changes[i].start, changes[i].end - changes[i].start}, out);
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
                        const stemma_alike_pair *pair, struct stm_buffer *line)
{
    void (*add)(const struct stm_terminal *, stemma_text, const stemma_span *, uint32_t,
                struct stm_buffer *) = pair != NULL ? add_common : add_marked;
    bool same = passage->from_change_count == 0 && passage->to_change_count == 0;
    stm_buffer_clear(line);
    stm_buffer_addf(line, "  %s%u-%u, there %u-%u", stm_style_on(terminal, STM_STYLE_DIM),
                    passage->from_points.start, passage->from_points.end,
                    passage->to_points.start, passage->to_points.end);
    if (pair != NULL) {
        stm_buffer_addf(line, ": %s, likeness %u %%",
                        pair->kind == STEMMA_ALIKE_SAME_WORDS ? "same words" : "rewritten",
                        (pair->likeness + 5u) / 10u);
    }
    stm_buffer_add_string(line, stm_style_off(terminal, STM_STYLE_DIM));
    put(terminal, line);
    if (passage->from.size == 0 || passage->to.size == 0) {
        fputs("    (a text is not in the file)\n", terminal->file);
        return;
    }
    for (int side = 0; side < (same ? 1 : 2); side++) {
        stm_buffer_clear(line);
        stm_buffer_add_string(line, same ? "    " : side == 0 ? "    here:  " : "    there: ");
        if (side == 0) {
            add(terminal, passage->from, passage->from_changes, passage->from_change_count, line);
        } else {
            add(terminal, passage->to, passage->to_changes, passage->to_change_count, line);
        }
        put(terminal, line);
    }
}

/* "copy of (98 %)" */
static void add_relation(const struct shared *shared, struct stm_buffer *out)
{
    if (shared->alike == NULL) {
        stm_derivation_one(shared->derivation, out);
        return;
    }
    stm_buffer_addf(out, "alike (%u %%; %u sentence%s, %u %% of the shorter%s)",
                    (shared->alike->likeness + 5u) / 10u, shared->count,
                    shared->count == 1 ? "" : "s", (shared->alike->share + 5u) / 10u,
                    shared->alike->is_partial ? ", not all of which was compared" : "");
}

static stemma_status put_title(struct stm_query *query, const struct shared *shared,
                               struct stm_buffer *line)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    const uint32_t ends[2] = {shared->from, shared->to};
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
            add_relation(shared, &words);
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

static stemma_status show_text(struct stm_query *query, const struct shared *shared)
{
    struct stm_buffer line = {0};
    stemma_status status = put_title(query, shared, &line);
    for (uint32_t i = 0; i < shared->count && status == STEMMA_OK; i++) {
        stemma_passage passage;
        status = passage_of(query, shared, i, &passage);
        if (status == STEMMA_OK) {
            put_passage(&query->output.terminal, &passage,
                        shared->alike != NULL ? &shared->alike->pairs[i] : NULL, &line);
        }
    }
    status = line.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&line);
    return status;
}

/* ---- The command -------------------------------------------------------------------------------- */

static stemma_status show(struct stm_query *query, const struct shared *shared, uint64_t *shown)
{
    if (query->output.format == STM_FORMAT_TEXT && *shown != 0) {
        fputc('\n', query->output.file);
    }
    ++*shown;
    return stm_output_is_json(&query->output)   ? show_json(query, shared)
           : stm_output_is_rows(&query->output) ? show_rows(query, shared)
                                                : show_text(query, shared);
}

static bool is_known(const struct stm_query *query, const stemma_derivation *one)
{
    return one->retracted.size == 0 && one->to < query->until;
}

static stemma_status show_of(struct stm_query *query, uint32_t document, uint64_t *shown)
{
    const stemma_derivation *derivations = NULL;
    uint32_t count = 0;
    stemma_status status;
    stm_query_next_item(query);
    status = stemma_derivations_of(query->item, document, &derivations, &count, &query->error);
    for (uint32_t i = 0; i < count && status == STEMMA_OK && !stm_query_done(query); i++) {
        struct shared one = of_derivation(&derivations[i]);
        if (is_known(query, &derivations[i]) && one.count != 0 && stm_query_take(query)) {
            status = show(query, &one, shown);
        }
    }
    return status;
}

stemma_status stm_source_passages(struct stm_query *query, stemma_sources *sources, uint64_t *shown)
{
    stemma_source one;
    stemma_status status = STEMMA_OK;
    while (status == STEMMA_OK && !stm_query_done(query)) {
        status = stemma_sources_next(sources, &one, &query->error);
        if (status == STEMMA_OK) {
            status = show_of(query, one.document, shown);
        }
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

void stm_source_passages_begin(struct stm_query *query)
{
    if (stm_output_is_rows(&query->output)) {
        show_header(&query->output);
    }
}

static stemma_status show_alike(struct stm_query *query, const stemma_alike *alike, uint32_t count,
                                uint64_t *shown)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && status == STEMMA_OK && !stm_query_done(query); i++) {
        struct shared one = of_alike(&alike[i]);
        if (stm_query_take(query)) {
            stm_query_next_item(query);
            status = show(query, &one, shown);
        }
    }
    return status;
}

stemma_status stm_source_alike(struct stm_query *query, uint32_t document, uint64_t *shown)
{
    const stemma_alike *alike = NULL;
    uint32_t count = 0;
    stemma_status status;
    if (stm_query_done(query)) {
        return STEMMA_OK;
    }
    if (document != STEMMA_NONE) {
        status = stemma_documents_alike(query->snapshot, document, STEMMA_ALIKE_UNTIED, ALIKE_MOST,
                                        &alike, &count, &query->error);
    } else if (query->counts.documents > STEMMA_ALIKE_DOCUMENTS &&
               query->until > STEMMA_ALIKE_DOCUMENTS) {
        stm_query_note("sources: documents that are alike though none derives from the other are "
                       "looked for in files of up to %u; ask for those like one: sources ID "
                       "--passages",
                       STEMMA_ALIKE_DOCUMENTS);
        return STEMMA_OK;
    } else {
        status = stemma_pairs_alike(query->snapshot, STEMMA_ALIKE_UNTIED, ALIKE_MOST, &alike, &count,
                                    &query->error);
    }
    return status == STEMMA_OK ? show_alike(query, alike, count, shown) : status;
}

/* What the file says of two documents, in either direction. */
static stemma_status show_between(struct stm_query *query, uint32_t from, uint32_t to,
                                  uint64_t *shown, bool *passages)
{
    const stemma_derivation *derivations = NULL;
    uint32_t count = 0;
    stemma_status status;
    stm_query_next_item(query);
    status = stemma_derivations_of(query->item, from, &derivations, &count, &query->error);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        struct shared one = of_derivation(&derivations[i]);
        if (one.to == to && is_known(query, &derivations[i]) && stm_query_take(query)) {
            *passages |= one.count != 0;
            status = show(query, &one, shown);
        }
    }
    return status;
}

stemma_status stm_source_between(struct stm_query *query, uint32_t from, uint32_t to)
{
    stemma_alike alike;
    uint64_t shown = 0;
    bool passages = false;
    stemma_status status;
    stm_source_passages_begin(query);
    status = show_between(query, from, to, &shown, &passages);
    if (status == STEMMA_OK) {
        status = show_between(query, to, from, &shown, &passages);
    }
    if (status == STEMMA_OK && !passages) {
        status = stemma_passages_between(query->snapshot, from, to, &alike, &query->error);
        if (status == STEMMA_OK && alike.pair_count != 0) {
            status = show_alike(query, &alike, 1, &shown);
        }
    }
    return status == STEMMA_OK && shown == 0 ? STEMMA_NOT_FOUND : status;
}
