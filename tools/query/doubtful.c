/* SPDX-License-Identifier: MIT */
/* doubtful: pairs of referents that a person should decide about, also in the form in which the decision
   goes back into stemma-pack. */
#include "common/enum_names.h"
#include "query/claim_words.h"
#include "query/derivation.h"
#include "query/entity_view.h"
#include "query/judgement_view.h"
#include "query/label.h"
#include "query/referent_view.h"
#include "query/value_words.h"

static stemma_status words_of(struct stm_query *query, uint8_t kind, uint32_t number,
                              struct stm_buffer *out)
{
    return kind == STEMMA_REFERENT_EVENT ? stm_event_words(query, number, out)
                                         : stm_entity_words(query, number, out);
}

/* ---- Resolver lines ------------------------------------------------------------------------------ */

/* ["LEFT", "RIGHT", "no_judgement", score, null, null]: the greater id first, as nomenklatura has it. */
static stemma_status show_resolver(struct stm_query *query, const stemma_doubt *doubt)
{
    stm_json *json = &query->output.json;
    char ids[2][STEMMA_ID_SIZE];
    int first;
    stemma_status status =
        stm_referent_id_text(query, doubt->kind, doubt->judgement.left, ids[0]);
    if (status == STEMMA_OK) {
        status = stm_referent_id_text(query, doubt->kind, doubt->judgement.right, ids[1]);
    }
    first = strcmp(ids[0], ids[1]) > 0 ? 0 : 1;
    stm_json_array_begin(json);
    stm_json_text(json, stemma_text_of(ids[first]));
    stm_json_text(json, stemma_text_of(ids[1 - first]));
    stm_json_text(json, stemma_text_of("no_judgement"));
    if (doubt->judgement.score == STEMMA_NO_CONFIDENCE) {
        stm_json_null(json);
    } else {
        char score[16];
        snprintf(score, sizeof score, "%u.%03u", doubt->judgement.score / 1000u,
                 doubt->judgement.score % 1000u);
        stm_json_decimal(json, stemma_text_of(score));
    }
    stm_json_null(json);
    stm_json_null(json);
    stm_json_array_end(json);
    stm_json_line(json);
    return status;
}

/* ---- JSON --------------------------------------------------------------------------------------- */

static stemma_status side_json(struct stm_query *query, const stemma_doubt *doubt, bool left)
{
    stm_json *json = &query->output.json;
    struct stm_referent_view view;
    stemma_status status = stm_referent_load(
        query, doubt->kind, left ? doubt->judgement.left : doubt->judgement.right, &view);
    stm_json_object_begin(json);
    if (status == STEMMA_OK) {
        const stemma_document *document = &view.source->document;
        stm_json_member_string(json, "id", view.id);
        stm_member_text_or_null(json, "name", view.name);
        stm_json_key(json, "member_of");
        status = stm_reference_json(query, doubt->kind, left ? doubt->left : doubt->right);
        stm_part_json(json, "side", left ? &doubt->left_side : &doubt->right_side);
        stm_json_key(json, "document");
        stm_json_object_begin(json);
        stm_document_members(json, view.source->id, document);
        stm_json_object_end(json);
        stm_quote_members(json, &view.quote);
    }
    stm_json_object_end(json);
    return status;
}

static stemma_status show_json(struct stm_query *query, const stemma_doubt *doubt)
{
    stm_json *json = &query->output.json;
    char id[STEMMA_ID_SIZE];
    stemma_status status = stm_referent_id_text(query, doubt->kind, doubt->judgement.left, id);
    stm_output_item_begin(&query->output);
    stm_json_member_string(json, "left", id);
    if (status == STEMMA_OK) {
        status = stm_referent_id_text(query, doubt->kind, doubt->judgement.right, id);
    }
    stm_json_member_string(json, "right", id);
    stm_json_member_string(json, "judgement", "no_judgement");
    stm_entity_share(json, "score", doubt->judgement.score);
    stm_json_key(json, "user");
    stm_json_null(json);
    stm_json_key(json, "created");
    stm_json_null(json);
    stm_json_member_string(json, "kind", stm_enum_name(STM_ENUM_REFERENT_KIND, doubt->kind));
    stm_json_member_bool(json, "joined", doubt->left == doubt->right);
    stm_entity_share(json, "doubt", doubt->doubt);
    stm_json_member_unsigned(json, "stake", doubt->stake);
    stm_json_member_bool(json, "exact", doubt->exact != 0);
    stm_json_key(json, "by");
    stm_json_object_begin(json);
    if (status == STEMMA_OK) {
        status = stm_judgement_members(query, &doubt->judgement);
    }
    stm_json_object_end(json);
    stm_json_key(json, "sides");
    stm_json_array_begin(json);
    for (int i = 0; i < 2 && status == STEMMA_OK; i++) {
        status = side_json(query, doubt, i == 0);
    }
    stm_json_array_end(json);
    stm_output_item_end(&query->output);
    return status;
}

/* ---- Rows --------------------------------------------------------------------------------------- */

static void show_header(struct stm_output *output)
{
    static const char *const names[] = {"left",      "right",      "judgement", "score",
                                        "user",      "created",    "kind",      "joined",
                                        "left_name", "right_name", "verdict",   "reason",
                                        "doubt",     "stake"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stm_output_field_string(output, names[i]);
    }
    stm_output_row_end(output);
}

static void share_field(struct stm_output *output, uint16_t thousandths)
{
    char text[16] = "";
    if (thousandths != STEMMA_NO_CONFIDENCE) {
        snprintf(text, sizeof text, "%u.%03u", thousandths / 1000u, thousandths % 1000u);
    }
    stm_output_field_string(output, text);
}

static stemma_status show_row(struct stm_query *query, const stemma_doubt *doubt)
{
    struct stm_output *output = &query->output;
    struct stm_buffer words = {0};
    char ids[2][STEMMA_ID_SIZE];
    stemma_status status =
        stm_referent_id_text(query, doubt->kind, doubt->judgement.left, ids[0]);
    if (status == STEMMA_OK) {
        status = stm_referent_id_text(query, doubt->kind, doubt->judgement.right, ids[1]);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    stm_output_field_string(output, ids[0]);
    stm_output_field_string(output, ids[1]);
    stm_output_field_string(output, "no_judgement");
    share_field(output, doubt->judgement.score);
    stm_output_field_string(output, "");
    stm_output_field_string(output, "");
    stm_output_field_string(output, stm_enum_name(STM_ENUM_REFERENT_KIND, doubt->kind));
    stm_output_field_string(output, doubt->left == doubt->right ? "true" : "false");
    for (int i = 0; i < 2 && status == STEMMA_OK; i++) {
        stm_buffer_clear(&words);
        status = words_of(query, doubt->kind, i == 0 ? doubt->left : doubt->right, &words);
        stm_output_field(output, stm_buffer_text(&words));
    }
    stm_output_field_string(output, stm_enum_name(STM_ENUM_VERDICT, doubt->judgement.verdict));
    stm_output_field(output, doubt->judgement.reason);
    share_field(output, doubt->doubt);
    stm_output_field_number(output, doubt->stake);
    stm_output_row_end(output);
    status = words.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    return status;
}

/* ---- Text --------------------------------------------------------------------------------------- */

/* A name that fits a line. */
static void add_short(struct stm_buffer *line, const struct stm_buffer *words)
{
    stemma_text all = stm_buffer_text(words);
    stemma_text cut = stm_text_cut(all, 60);
    stm_buffer_add_safe(line, cut);
    stm_buffer_add_string(line, cut.size < all.size ? "..." : "");
}

static void print(const struct stm_terminal *terminal, const struct stm_buffer *line)
{
    fprintf(terminal->file, "%.*s\n", (int)line->size, line->data != NULL ? line->data : "");
}

/* "Ada Vex: the same as Bo Vex?" */
static stemma_status show_question(struct stm_query *query, const stemma_doubt *doubt)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    struct stm_buffer words = {0};
    struct stm_buffer line = {0};
    stemma_status status = words_of(query, doubt->kind, doubt->left, &words);
    stm_buffer_add_string(&line, stm_style_on(terminal, STM_STYLE_BOLD));
    add_short(&line, &words);
    stm_buffer_clear(&words);
    if (doubt->left == doubt->right) {
        stm_buffer_add_string(&line, doubt->kind == STEMMA_REFERENT_EVENT ? ": one happening?"
                                                                          : ": one and the same?");
    } else if (status == STEMMA_OK) {
        status = words_of(query, doubt->kind, doubt->right, &words);
        stm_buffer_add_string(&line, "  =?  ");
        add_short(&line, &words);
    }
    stm_buffer_add_string(&line, stm_style_off(terminal, STM_STYLE_BOLD));
    print(terminal, &line);
    status = words.failed || line.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    stm_buffer_free(&line);
    return status;
}

/* One side: where the document names it, and how large it is. */
static stemma_status show_side(struct stm_query *query, const stemma_doubt *doubt, bool left)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    const stemma_identity_part *side = left ? &doubt->left_side : &doubt->right_side;
    struct stm_referent_view view;
    struct stm_buffer words = {0};
    struct stm_buffer line = {0};
    stemma_status status = stm_referent_load(
        query, doubt->kind, left ? doubt->judgement.left : doubt->judgement.right, &view);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_buffer_add_string(&line, "  ");
    stm_document_words(&view.source->document, &words);
    stm_buffer_add_safe(&line, stm_buffer_text(&words));
    if (side->documents > 1) {
        stm_buffer_addf(&line, " (and %u more document%s, %u independent)", side->documents - 1,
                        side->documents == 2 ? "" : "s", side->independent);
    }
    stm_buffer_addf(&line, "  %s%s%s", stm_style_on(terminal, STM_STYLE_DIM), view.id,
                    stm_style_off(terminal, STM_STYLE_DIM));
    print(terminal, &line);
    if (view.quote.present) {
        stm_buffer_clear(&line);
        stm_buffer_add_string(&line, "    ");
        stm_quote_words(terminal, &view.quote, &line);
        print(terminal, &line);
    }
    status = words.failed || line.failed ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    stm_buffer_free(&words);
    stm_buffer_free(&line);
    return status;
}

static void add_consequence(const stemma_doubt *doubt, struct stm_buffer *line)
{
    const char *thing = doubt->kind == STEMMA_REFERENT_EVENT ? "event" : "entity";
    uint32_t left = doubt->left_side.documents;
    uint32_t right = doubt->right_side.documents;
    if (doubt->left != doubt->right) {
        stm_buffer_addf(line, "  yes: one %s of %u + %u documents; no: they stay two", thing, left,
                        right);
    } else if (left != 0 || right != 0) {
        stm_buffer_addf(line, "  yes: it stays one; no: it falls apart, %u + %u documents", left,
                        right);
    } else {
        stm_buffer_addf(line, "  yes: it stays one; no: it may fall apart");
    }
}

static stemma_status show_text(struct stm_query *query, const stemma_doubt *doubt)
{
    static const char *const verdicts[] = {"", "same", "not the same", "unsure"};
    const struct stm_terminal *terminal = &query->output.terminal;
    struct stm_author author;
    struct stm_buffer words = {0};
    struct stm_buffer line = {0};
    stemma_status status = show_question(query, doubt);
    for (int i = 0; i < 2 && status == STEMMA_OK; i++) {
        status = show_side(query, doubt, i == 0);
    }
    if (status == STEMMA_OK) {
        status = stm_author_load(query, doubt->judgement.run, doubt->judgement.author, &author);
    }
    if (status == STEMMA_OK) {
        stm_author_words(&author, &words);
        stm_buffer_add_string(&line, "  ");
        stm_buffer_add_safe(&line, stm_buffer_text(&words));
        stm_buffer_addf(&line, ": %s", verdicts[doubt->judgement.verdict & 3u]);
        if (doubt->judgement.score != STEMMA_NO_CONFIDENCE) {
            stm_buffer_addf(&line, ", %u.%02u", doubt->judgement.score / 1000u,
                            doubt->judgement.score % 1000u / 10u);
        }
        if (doubt->judgement.reason.size != 0) {
            stm_buffer_add_string(&line, "; ");
            stm_buffer_add_safe(&line, doubt->judgement.reason);
        }
        print(terminal, &line);
        stm_buffer_clear(&line);
        add_consequence(doubt, &line);
        print(terminal, &line);
    }
    status = words.failed || line.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    stm_buffer_free(&line);
    return status;
}

/* ---- The command -------------------------------------------------------------------------------- */

static stemma_status show(struct stm_query *query, const stemma_doubt *doubt, bool *first)
{
    stm_query_next_item(query);
    if (query->output.format == STM_FORMAT_RESOLVER) {
        return show_resolver(query, doubt);
    }
    if (stm_output_is_json(&query->output)) {
        return show_json(query, doubt);
    }
    if (stm_output_is_rows(&query->output)) {
        return show_row(query, doubt);
    }
    if (!*first) {
        fputc('\n', query->output.file);
    }
    *first = false;
    return show_text(query, doubt);
}

stemma_status stm_query_doubtful(struct stm_query *query)
{
    stemma_doubts_options options = STEMMA_DOUBTS_OPTIONS_INIT;
    stemma_doubts_found found;
    const stemma_doubt *doubts = NULL;
    bool first = true;
    bool all = query->limit == UINT64_MAX;
    uint64_t wanted = all || query->limit > UINT32_MAX - query->offset
                          ? UINT32_MAX
                          : query->limit + query->offset;
    stemma_status status;
    options.limit = (uint32_t)wanted;
    options.flags = all ? STEMMA_DOUBTS_ALL : 0;
    status = stemma_doubts(query->snapshot, &options, &doubts, &found, &query->error);
    if (status == STEMMA_OK && stm_output_is_rows(&query->output)) {
        show_header(&query->output);
    }
    for (uint32_t i = 0; i < found.count && status == STEMMA_OK && !stm_query_done(query); i++) {
        if (stm_query_take(query)) {
            status = show(query, &doubts[i], &first);
        }
    }
    if (status == STEMMA_OK && !found.whole) {
        stm_query_note("%u of %u judgements were looked at, or too many to weigh each: pairs worth more "
                       "may be missing", found.seen, found.total);
    }
    return status == STEMMA_OK && found.count == 0 ? STEMMA_NOT_FOUND : status;
}
